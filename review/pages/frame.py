"""The frame around every page: head, navigation, who is signed in, one error boundary.

Streamlit runs this file for every drawing; ``app.py`` serves it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from review.components import guard, links, session, theme
from review.components.wording import say
from review.pages import (
    administration,
    criteria,
    library,
    meetings,
    opinions,
    overview,
    procedures,
    programme,
    proposals,
    reading,
    reports,
    savings,
    screening,
    search,
    sources,
    submissions,
    tasks,
    worklists,
)
from review.people.permission import allows, role_label
from review.records import Person
from review.workbench import Workbench

Render = Callable[[Workbench, Person], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation; ``actions`` are service actions, any of which opens it."""

    path: str
    section: str  # key of the catalogue, "" for the first level
    render: Render
    actions: tuple[str, ...]


ENTRIES = (
    Entry("tong-quan", "", overview.render, ("overview.figures",)),
    Entry("kho-van-ban", "", library.render, ("library.acts",)),
    Entry("tra-cuu", "section.reading", search.render, ("lookup.find",)),
    Entry("ra-soat", "", screening.render, ("findings.queue",)),
    Entry("doc-gi-tiep", "section.reading", reading.render, ("reading.state",)),
    Entry("de-xuat", "", proposals.render, ("proposals.get",)),
    Entry("y-kien", "", opinions.render, ("opinions.queue",)),
    Entry("cuoc-hop", "", meetings.render, ("meetings.list",)),
    Entry("chuong-trinh", "", programme.render, ("instruments.board",)),
    Entry("bao-cao-bo", "section.reports", submissions.render, ("submissions.list",)),
    Entry("xuat-bao-cao", "section.reports", reports.render, ("audit.exports",)),
    Entry("phu-luc", "section.lists", worklists.render, ("worklists.list",)),
    Entry("nguon-dien-tu", "section.lists", sources.render, ("agencies.list",)),
    Entry("thu-tuc", "section.lists", procedures.render, ("procedures.list",)),
    Entry("nhiem-vu", "section.lists", tasks.render, ("tasks.list",)),
    Entry("uoc-tinh", "section.lists", savings.render, ("savings.estimate",)),
    Entry("bo-tieu-chi", "section.lists", criteria.render, ("agencies.list",)),
    Entry(
        "quan-tri",
        "section.lists",
        administration.render,
        ("people.list_people", "campaigns.add", "handovers.stranded"),
    ),
)

LANDING = "tong-quan"


def draw(landing: str = LANDING) -> None:
    """Draw the frame and the page of the address; ``landing`` is the page of the bare address."""
    theme.apply()
    with guard.boundary():
        person = session.signed_in()
        if person is None:
            st.html(f'<p class="rs-notice rs-bad">{escape(say("signin.over"))}</p>')
            st.link_button(say("signin.again"), "/dang-nhap")
            return
        bench = session.workbench()
        entries = [e for e in ENTRIES if any(allows(person, action) for action in e.actions)]
        pages = {e.path: _page(e, bench, person, e.path == landing) for e in entries}
        links.register(pages)
        sections: dict[str, list[st.Page]] = {}
        for entry in entries:
            title = say(entry.section) if entry.section else ""
            sections.setdefault(title, []).append(pages[entry.path])
        page = st.navigation(sections, position="top")
        _person(bench, person)
        guard.show_messages()
        page.run()


def _page(entry: Entry, bench: Workbench, person: Person, default: bool) -> st.Page:
    def run() -> None:
        with guard.boundary():
            entry.render(bench, person)

    return st.Page(run, title=say(f"page.{entry.path}"), url_path=entry.path, default=default)


def _person(bench: Workbench, person: Person) -> None:
    agencies = ", ".join(map(bench.agencies.name, person.agencies()))
    roles = "; ".join(
        f"{role_label(m.role)} – {bench.agencies.name(m.agency)}" for m in person.memberships
    )
    st.html(
        f'<div class="rs-person"><span title="{escape(roles)}"><b>{escape(person.name)}</b>'
        f'<small>{escape(agencies)}</small></span><form method="post" action="/dang-xuat">'
        f'<button type="submit">{escape(say("signin.out"))}</button></form></div>'
    )


if __name__ == "__main__":
    draw()
