"""Quản trị: people and roles, campaigns, agencies with their succession, work left behind, the
audit log and its check, back-ups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from review.components import (
    accounts,
    backing_up,
    campaigning,
    guard,
    handing_over,
    headings,
    links,
    logged,
    similar,
)
from review.components.formats import day, number
from review.components.wording import say
from review.people.permission import allows
from review.records import AgencyRow, PageRequest, Person
from review.workbench import Workbench

_ROWS = 30


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the page; ``actions`` are service actions, any of which opens it."""

    path: str
    name: str  # of its title in the catalogue
    draw: Callable[[Workbench, Person], None]
    actions: tuple[str, ...]


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    parts = {part.path: part for part in _PARTS if _open(part, person)}
    headings.title(say("admin.heading"))
    chosen = links.switch(
        say("admin.heading"),
        links.VIEW,
        {path: say(f"admin.{part.name}") for path, part in parts.items()},
    )
    parts[chosen].draw(bench, person)


def _open(part: _Part, person: Person) -> bool:
    return any(allows(person, action) for action in part.actions)


def _agencies(bench: Workbench, person: Person) -> None:
    rows = bench.agencies.list(person, None)
    st.html(f'<p class="rs-muted">{escape(say("admin.agencies_about"))}</p>')
    head = "".join(
        f"<th>{escape(say(f'admin.agency_{name}'))}</th>"
        for name in ("code", "name", "validity", "today", "people", "acts")
    )
    body = "".join(_agency(bench, row) for row in rows)
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _agency(bench: Workbench, row: AgencyRow) -> str:
    since = day(row.valid_from) if row.valid_from else "…"
    until = day(row.valid_to) if row.valid_to else say("admin.agency_now")
    today = ""
    if row.responsible_today and row.responsible_today != row.code:
        today = bench.agencies.name(row.responsible_today)
    return (
        f"<tr><td><b>{escape(row.code)}</b></td><td>{escape(row.name)}</td>"
        f"<td>{since} – {until}</td><td>{escape(today)}</td>"
        f'<td class="rs-num">{number(row.people)}</td><td class="rs-num">{number(row.acts)}</td>'
        "</tr>"
    )


def _audit(bench: Workbench, person: Person) -> None:
    asked = st.button(say("admin.verify"), key="kiem-tra-nhat-ky", type="primary")
    with st.container(key="ket-qua-kiem-tra"):
        if asked:
            verdict = bench.audit.verify(person)
            tone = "rs-good" if verdict.broken is None else "rs-bad"
            st.html(f'<div class="rs-notice {tone}" role="status">{escape(verdict.sentence)}</div>')
    page = bench.audit.list(person, page=PageRequest(links.requested_page(), _ROWS))
    if not page.items:
        guard.empty(say("admin.audit_empty"), say("admin.audit_empty_advice"))
        return
    head = "".join(f"<th>{escape(say(f'admin.audit_{name}'))}</th>" for name in logged.COLUMNS)
    body = "".join(map(logged.line, page.items))
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count)


_PARTS = (
    _Part("", "people", accounts.draw, ("people.list_people",)),
    _Part("dot", "campaigns", campaigning.draw, ("campaigns.add", "campaigns.change")),
    _Part("co-quan", "agencies", _agencies, ("agencies.list",)),
    _Part("chuyen-viec", "handovers", handing_over.draw, ("handovers.stranded",)),
    _Part("nhat-ky", "audit", _audit, ("audit.list",)),
    _Part("sao-luu", "backups", backing_up.draw, ("backups.list",)),
    _Part("tuong-tu", "similar", similar.administer, ("similar.rebuild",)),
)
