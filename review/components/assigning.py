"""Acts shared out among the reviewers of an agency: from the list, from the reader, by oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from review.components import guard
from review.components.formats import markdown, moment, number, shorten
from review.components.trace import block
from review.components.wording import say
from review.people.permission import allows
from review.records import ActRow, AssignmentView, Person
from review.state import ACT_STATES
from review.workbench import Workbench

Given = Mapping[int, AssignmentView]


def of(bench: Workbench, person: Person, rows: Sequence[ActRow]) -> Given:
    """Return who reviews the acts of a list, as far as this person may know."""
    if not allows(person, "assignments.of"):
        return {}
    return bench.assignments.of(person, [row.id for row in rows])


def share_out(bench: Workbench, person: Person, rows: Sequence[ActRow], given: Given) -> None:
    """Draw the acts of a page with a box each, and the form that gives the ticked ones away."""
    left, right = st.columns([31, 21])
    with left, st.container(height=470, border=True):
        ticked = [row for row in rows if _box(row, given)]
    with right:
        subject = ticked[0] if ticked else rows[0]
        people = {one.id: one for one in bench.assignments.candidates(person, subject.id)}
        st.html(f'<p class="rs-muted">{escape(say("share.about"))}</p>')
        chosen = st.selectbox(
            say("share.to"),
            list(people),
            index=None,
            format_func=lambda key: f"{people[key].name}, {people[key].title}".rstrip(", "),
            placeholder=say("share.pick"),
            key="giao-cho",
        )
        st.text_input(say("decision.note"), key="giao-ghi-chu")
        ids = [row.id for row in ticked]

        def assign(to: int | None) -> None:
            bench.assignments.assign(person, ids, to, st.session_state["giao-ghi-chu"])
            for act_id in ids:
                st.session_state[_key(act_id)] = False
            done = say("share.done", count=number(len(ids)), who=people[to].name) if to else ""
            guard.tell(done or say("share.taken_back", count=number(len(ids))))

        st.button(
            say("share.save", count=number(len(ids))),
            key="giao-van-ban",
            type="primary",
            width="stretch",
            disabled=not ids or chosen is None,
            on_click=guard.guarded(assign),
            args=(chosen,),
        )
        st.button(
            say("share.take_back"),
            key="thu-hoi",
            width="stretch",
            disabled=not any(act_id in given for act_id in ids),
            on_click=guard.guarded(assign),
            args=(None,),
        )


def _box(row: ActRow, given: Given) -> bool:
    who = given[row.id].person if row.id in given else say("share.nobody")
    waiting = say("library.undecided", count=number(row.undecided))
    facts = f"{who} · {waiting} · {ACT_STATES.get(row.state, row.state)}"
    label = f"**{markdown(row.number or say('library.no_number'))}** {markdown(row.title)}"
    return st.checkbox(f"{shorten(label, 150)}  \n:gray[{markdown(facts)}]", key=_key(row.id))


def _key(act_id: int) -> str:
    return f"giao-{act_id}"


def of_act(bench: Workbench, person: Person, row: ActRow) -> None:
    """Draw who reviews one act, taking it oneself, and giving it to somebody."""
    if not row.agency or not allows(person, "assignments.of", row.agency):
        return
    given = bench.assignments.of(person, [row.id]).get(row.id)
    if given:
        note = f": {given.note}" if given.note else ""
        line = say("share.line", who=given.person, by=given.by, at=moment(given.at)) + note
    else:
        line = say("share.nobody_long")
    st.html(block(say("library.column_reviewer"), f'<p class="rs-muted">{escape(line)}</p>'))
    if given is None and allows(person, "assignments.take", row.agency):

        def take() -> None:
            bench.assignments.take(person, row.id)
            guard.tell(say("share.yours"))

        st.button(
            say("share.take"), key="nhan-van-ban", width="stretch", on_click=guard.guarded(take)
        )
    if allows(person, "assignments.assign", row.agency):
        with st.popover(say("share.open"), width="stretch"):
            _give(bench, person, row, given)


def _give(bench: Workbench, person: Person, row: ActRow, given: AssignmentView | None) -> None:
    people = {one.id: one for one in bench.assignments.candidates(person, row.id)}
    chosen = st.selectbox(
        say("share.to"),
        list(people),
        index=list(people).index(given.person_id) if given and given.person_id in people else None,
        format_func=lambda key: f"{people[key].name}, {people[key].title}".rstrip(", "),
        placeholder=say("share.pick"),
        key=f"giao-cho-{row.id}",
    )
    field = f"giao-ghi-chu-{row.id}"
    st.text_input(say("decision.note"), key=field)

    def assign() -> None:
        bench.assignments.assign(person, [row.id], chosen, st.session_state[field])
        guard.tell(say("share.done", count=number(1), who=people[chosen].name))  # type: ignore[index]

    st.button(
        say("share.open"),
        key="giao-mot",
        type="primary",
        disabled=chosen is None,
        on_click=guard.guarded(assign),
    )
