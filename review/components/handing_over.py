"""Work of people who are gone: whose, how much, and to whom it goes."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard
from review.components.formats import number
from review.components.wording import say
from review.people.permission import allows
from review.records import Person, StrandedRow
from review.workbench import Workbench

_COUNTS = ("acts", "claims", "questions", "drafts")


def draw(bench: Workbench, person: Person) -> None:
    """Draw what waits, and the form that hands it to somebody who reviews for the agency."""
    st.html(f'<p class="rs-muted">{escape(say("handing.about"))}</p>')
    rows = bench.handovers.stranded(person)
    if not rows:
        guard.empty(say("handing.none"), say("handing.none_advice"))
        return
    left, right = st.columns([31, 21])
    with left:
        st.html(_table(bench, rows))
    mine = [row for row in rows if allows(person, "handovers.take_over", row.agency)]
    with right:
        if mine:
            _form(bench, person, mine)
        else:
            st.html(f'<div class="rs-notice">{escape(say("handing.not_yours"))}</div>')


def _table(bench: Workbench, rows: list[StrandedRow]) -> str:
    head = f"<th>{escape(say('handing.person'))}</th><th>{escape(say('filter.agency'))}</th>"
    head += "".join(f'<th class="rs-num">{escape(say(f"handing.{name}"))}</th>' for name in _COUNTS)
    body = "".join(
        f"<tr><td>{escape(row.person)}</td><td>{escape(bench.agencies.name(row.agency))}</td>"
        + "".join(f'<td class="rs-num">{number(getattr(row, name))}</td>' for name in _COUNTS)
        + "</tr>"
        for row in rows
    )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _form(bench: Workbench, person: Person, rows: list[StrandedRow]) -> None:
    names = {
        f"{row.person_id}:{row.agency}": f"{row.person} – {bench.agencies.name(row.agency)}"
        for row in rows
    }
    by_key = dict(zip(names, rows, strict=True))
    chosen = by_key[
        st.selectbox(say("handing.from"), list(names), format_func=names.get, key="chuyen-tu")
    ]
    people = {one.id: one.name for one in bench.handovers.candidates(person, chosen.agency)}
    to = st.selectbox(
        say("handing.to"),
        list(people),
        index=None,
        format_func=people.get,
        placeholder=say("share.pick"),
        key=f"chuyen-cho-{chosen.agency}",
    )
    st.text_input(say("decision.note"), key="chuyen-ghi-chu")

    def take_over() -> None:
        note = st.session_state["chuyen-ghi-chu"]
        moved = bench.handovers.take_over(person, chosen.person_id, chosen.agency, to or 0, note)
        guard.tell(say("handing.done", count=number(moved.total), who=people.get(to, "")))

    st.button(
        say("handing.save", count=number(chosen.total)),
        key="chuyen-viec",
        type="primary",
        width="stretch",
        disabled=to is None,
        on_click=guard.guarded(take_over),
    )
