"""Repeated demands (N22): choose what a finding is counted with, see what is counted with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from review.components import guard, links, severity
from review.components.formats import moment, shorten
from review.components.trace import block
from review.components.wording import say
from review.people.permission import allows
from review.records import FindingRow, FindingView, MergeView, Person
from review.state import FINDING_STATES, RECOGNISED
from review.workbench import Workbench

_DIGITS = 9  # the first candidates have the keys 1 to 9
_HEIGHT, _WITHOUT_SCROLLING = 260, 4  # pixels of the list, candidates that it shows without


@st.dialog(say("merge.heading"), width="large")
def choose(bench: Workbench, person: Person, view: FindingView) -> None:
    """Let a person choose the finding that this one repeats."""
    with guard.boundary():
        st.html(f'<p class="rs-muted">{escape(say("merge.about"))}</p>')
        words = st.text_input(
            say("merge.search"), key=f"gop-tim-{view.row.id}", placeholder=say("merge.hint")
        )
        rows = {row.id: row for row in bench.duplicates.candidates(person, view.row.id, words)}
        if not rows:
            guard.empty(say("merge.none"), say("merge.none_advice"))
            return
        parent = _pick(view, rows)
        note = st.text_input(say("decision.note"), key=f"gop-ghi-chu-{view.row.id}")
        saved = st.button(
            say("merge.save"),
            key="gop-ghi",
            type="primary",
            shortcut="Ctrl+Enter",
            disabled=parent is None,
        )
        if saved and parent is not None:
            bench.duplicates.merge(person, view.row.id, view.row.version, parent, note)
            place = f"{rows[parent].label} {rows[parent].number}".strip()
            guard.tell(say("merge.done", what=place))
            st.rerun()


def _pick(view: FindingView, rows: Mapping[int, FindingRow]) -> int | None:
    """Draw what may be chosen, each with a key of its own; return what is chosen of it."""
    field = f"gop-chon-{view.row.id}"
    chosen = st.session_state.get(field)

    def choose_one(finding_id: int) -> None:
        st.session_state[field] = finding_id

    st.html(f'<p class="rs-muted">{escape(say("merge.candidates"))}</p>')
    with st.container(height=_HEIGHT if len(rows) > _WITHOUT_SCROLLING else "content"):
        for number, row in enumerate(rows.values(), 1):
            mark = "hang-chon" if row.id == chosen else "hang"
            st.button(
                f"{_label(row)}\n«{shorten(row.quote, 110)}»",
                key=f"{mark}-gop-{row.id}",
                shortcut=str(number) if number <= _DIGITS else None,
                width="stretch",
                on_click=choose_one,
                args=(row.id,),
            )
    return chosen if chosen in rows else None


def _label(row: FindingRow) -> str:
    state = FINDING_STATES.get(row.state, row.state)
    place = f"{row.label} {row.number or shorten(row.act_title, 40)}".strip()
    return f"{severity.label(row.severity)} **{row.category}** {place} · {state}"


def standing(bench: Workbench, person: Person, view: FindingView) -> None:
    """Draw what the finding is counted with, or what is counted with it; undo for the former."""
    if view.row.state == "loai_bo":
        parent = bench.duplicates.parent(person, view.row.id)
        if parent is None:
            return
        st.html(block(say("merge.parent"), _list([parent])))
        if allows(person, "duplicates.undo", view.act.agency):

            def undo() -> None:
                bench.duplicates.undo(person, view.row.id, view.row.version)
                guard.tell(say("merge.undone"))

            st.button(say("merge.undo"), key="bo-gop", on_click=guard.guarded(undo))
    elif view.row.state in RECOGNISED or view.row.state == "goi_y":
        children = bench.duplicates.children(person, view.row.id)
        if children:
            st.html(block(say("merge.children", count=len(children)), _list(children)))


def _list(merges: Iterable[MergeView]) -> str:
    items = "".join(
        f"<li>{severity.short(one.finding.severity)} <b>{escape(one.finding.category)}</b> "
        f"{_link(one.finding)}<br>"
        f'<span class="rs-muted">{escape(one.person)} · {moment(one.at)}'
        f"{': ' + escape(one.note) if one.note else ''}</span></li>"
        for one in merges
    )
    return f'<ul class="rs-list">{items}</ul>'


def _link(row: FindingRow) -> str:
    place = f"{row.label} {row.number}".strip()
    return links.anchor("ra-soat", place, **{links.FINDING: row.id, links.STATE: "tat-ca"})
