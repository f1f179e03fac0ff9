"""«Quyết định một lần»: all provisions of one wording are listed first, then decided together."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components import guard, links, severity
from review.components.formats import number, shorten
from review.components.wording import say
from review.people.permission import allows
from review.records import FindingRow, FindingView, Person, SetResult
from review.state import FINDING_STATES, UNDECIDED
from review.workbench import Workbench

_HEIGHT, _WITHOUT_SCROLLING = 260, 6  # pixels of the list, provisions that it shows without
_TOLD = 3  # reasons named in the message; the rest is counted


@st.dialog(say("once.heading"), width="large")
def decide(bench: Workbench, person: Person, view: FindingView) -> None:
    """List every provision of the wording, let some be left out, decide on the others."""
    with guard.boundary():
        rows = bench.same_wording.of(person, view.row.id)
        open_rows = [row for row in rows if row.state in UNDECIDED]
        st.html(f'<div class="rs-act"><p>{escape(shorten(view.provision.text, 400))}</p></div>')
        about = say("once.about", count=number(len(rows)), open=number(len(open_rows)))
        st.html(f'<p class="rs-muted">{escape(about)}</p>')
        height = _HEIGHT if len(rows) > _WITHOUT_SCROLLING else "content"
        with st.container(height=height, border=True):
            st.html(_table(bench, rows))
        if not open_rows:
            st.html(f'<div class="rs-notice">{escape(say("once.nothing_open"))}</div>')
            return
        names = {row.id: f"{row.label} {row.number}".strip() for row in open_rows}
        aside = st.multiselect(
            say("once.leave_out"),
            list(names),
            format_func=lambda key: names[key],
            placeholder=say("once.leave_out_none"),
            key=f"mot-lan-bo-{view.row.id}",
        )
        chosen = [(row.id, row.version) for row in open_rows if row.id not in aside]
        note = st.text_input(say("decision.note"), key=f"mot-lan-ghi-chu-{view.row.id}")
        _buttons(bench, person, view, chosen, note)


def _buttons(
    bench: Workbench,
    person: Person,
    view: FindingView,
    chosen: Sequence[tuple[int, int]],
    note: str,
) -> None:
    count = number(len(chosen))
    confirm, code_place, reject = st.columns([4, 5, 4], vertical_alignment="bottom")
    sentences = dict(bench.findings.look_alikes())
    code = code_place.selectbox(
        say("suppressed.code"),
        list(sentences),
        index=None,
        format_func=lambda key: f"{key} · {sentences[key]}",
        placeholder=say("once.pick_code"),
        key=f"mot-lan-ma-{view.row.id}",
    )
    confirmed = confirm.button(
        say("once.confirm", count=count),
        key="mot-lan-xac-nhan",
        type="primary",
        shortcut="1",
        width="stretch",
        disabled=not chosen,
    )
    rejected = reject.button(
        say("once.reject", count=count),
        key="mot-lan-loai",
        shortcut="2",
        width="stretch",
        disabled=not chosen or code is None,
    )
    if confirmed:
        _decided(bench.same_wording.apply(person, chosen, "confirm", note=note))
    if rejected:
        _decided(bench.same_wording.apply(person, chosen, "reject", code or "", note))


def undo(bench: Workbench, person: Person, view: FindingView) -> None:
    """Draw the button that takes a common decision back, where the finding has one."""
    decided = view.row.state in {"xac_nhan", "loai_bo"}
    if not decided or not allows(person, "same_wording.undo", view.act.agency):
        return
    set_id = bench.same_wording.set_of(person, view.row.id)
    if not set_id:
        return
    members = bench.same_wording.members(person, set_id)

    def take_back() -> None:
        result = bench.same_wording.undo(person, set_id)
        guard.tell(say("once.undone", count=number(len(result.done))))
        _tell_left(result)

    words, button = st.columns([5, 3], vertical_alignment="center")
    told = say("once.standing", count=number(len(members)))
    words.html(f'<p class="rs-muted">{escape(told)}</p>')
    button.button(
        say("once.undo"), key="bo-luot", width="stretch", on_click=guard.guarded(take_back)
    )


def _decided(result: SetResult) -> None:
    guard.tell(say("once.done", count=number(len(result.done))))
    _tell_left(result)
    st.rerun()


def _tell_left(result: SetResult) -> None:
    if result.left:
        reasons = "; ".join(f"{row.label} {row.number}: {why}" for row, why in result.left[:_TOLD])
        more = say("once.left", count=number(len(result.left)), reasons=reasons)
        guard.tell(more, good=False)


def _table(bench: Workbench, rows: Sequence[FindingRow]) -> str:
    body = "".join(
        f"<tr><td>{severity.short(row.severity)}</td><td>{_link(row)}</td>"
        f"<td>{escape(shorten(row.act_title, 70))}</td>"
        f"<td>{escape(bench.agencies.name(row.agency))}</td>"
        f"<td>{escape(FINDING_STATES.get(row.state, row.state))}</td></tr>"
        for row in rows
    )
    return f'<table class="rs-table"><tbody>{body}</tbody></table>'


def _link(row: FindingRow) -> str:
    place = f"{row.label} {row.number}".strip()
    return links.anchor("ra-soat", place, **{links.FINDING: row.id, links.STATE: "tat-ca"})
