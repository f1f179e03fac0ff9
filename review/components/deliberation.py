"""What follows the opinions: opening, the task force's opinion, the thread with the ministry."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import formats, guard, headings
from review.components.drafts import Form
from review.components.trace import block
from review.components.wording import say
from review.opinions.ballot import VERDICTS
from review.opinions.conclusion import OUTCOMES
from review.opinions.thread import KINDS, REPLY
from review.people.permission import allows
from review.records import (
    ConclusionInput,
    ConclusionView,
    FindingView,
    Person,
    RoundView,
    ThreadEntry,
)
from review.workbench import Workbench

_FIELDS = ("agreed", "disagreed", "reason", "wording")
_CONCLUDING = {"agree", "conclude", "disagree", "exceed"}


def draw(bench: Workbench, person: Person, view: FindingView) -> None:
    """Draw what this person may do next, then every round with its conclusions and thread."""
    rounds = bench.conclusions.rounds(person, view.row.id)
    actions = set(view.actions)
    if "open" in actions:
        _reason(bench, person, view, "open")
    if actions & _CONCLUDING and rounds and rounds[0].opened:
        _compose(bench, person, view, rounds[0])
    if "escalate" in actions:
        _reason(bench, person, view, "escalate")
    if "rule" in actions:
        _reason(bench, person, view, "rule")
    if "answer" in actions:
        _answer(bench, person, view)
    waiting = view.row.state in {"tra_lai_bo", "bo_tiep_thu_giai_trinh", "chua_thong_nhat"}
    if waiting and allows(person, "thread.reply"):
        _reply(bench, person, view)
    for one in rounds:
        if one.conclusions or one.thread or one.opening_reason:
            st.html(_round(one))


def _reason(bench: Workbench, person: Person, view: FindingView, action: str) -> None:
    """A step that needs nothing but a reason: opening, submitting on, noting the ruling."""
    take = {
        "open": bench.opinions.open,
        "escalate": bench.conclusions.escalate,
        "rule": bench.conclusions.record_ruling,
    }[action]
    with st.popover(say(f"step.{action}"), width="stretch"):
        form = Form(bench, person, f"buoc-{action}:{view.row.id}")
        form.area(say(f"step.{action}_reason"), "reason", height=90)

        def send() -> None:
            take(person, view.row.id, view.row.version, str(form.current().get("reason", "")))
            form.discard()
            guard.tell(say(f"step.{action}_done"))

        st.button(say(f"step.{action}"), key=f"buoc-{action}", on_click=guard.guarded(send))


def _compose(bench: Workbench, person: Person, view: FindingView, now: RoundView) -> None:
    standing = now.conclusions[0] if now.conclusions else None
    start = bench.conclusions.prefill(person, view.row.id)
    values = {"outcome": start.outcome, "verdict": start.verdict}
    values |= {name: getattr(start, name) for name in _FIELDS}
    key = f"ket-luan:{view.row.id}:{now.number}"
    form = Form(bench, person, key, values, standing.id if standing else 0)
    headings.section(say("conclusion.compose"))
    form.pick(say("field.verdict"), "verdict", VERDICTS)
    for name in _FIELDS:
        form.area(say(f"field.{name}"), name, height=90)
    choices = {code: name for code, name in OUTCOMES.items() if code in view.actions}
    form.pick(say("field.outcome"), "outcome", choices)

    def send() -> None:
        typed = form.current()
        entered = ConclusionInput(
            str(typed["outcome"]), str(typed["verdict"]), *(str(typed[name]) for name in _FIELDS)
        )
        with form.saving():
            bench.conclusions.compose(person, view.row.id, entered, form.basis or None)
        guard.tell(say("conclusion.written"))

    left, right = st.columns([3, 5], vertical_alignment="center")
    left.button(
        say("conclusion.write"),
        key="ghi-ket-luan",
        type="primary",
        width="stretch",
        on_click=guard.guarded(send),
    )
    with right:
        form.saved_line()


def _answer(bench: Workbench, person: Person, view: FindingView) -> None:
    entries = bench.thread.read(person, view.row.id)
    seen = entries[-1].id if entries else 0
    form = Form(bench, person, f"giai-trinh:{view.row.id}", {"kind": "tiep_thu"}, seen)
    headings.section(say("thread.answer"))
    form.pick(say("field.kind"), "kind", KINDS)
    form.area(say("field.text"), "text", height=90)
    form.area(say("field.explanation"), "explanation", height=90)

    def send() -> None:
        typed = form.current()
        kind, words = str(typed["kind"]), str(typed.get("explanation") or "")
        text = str(typed.get("text") or "")
        with form.saving():
            bench.thread.answer(person, view.row.id, kind, words, text, form.basis or None)
        guard.tell(say("thread.answered"))

    left, right = st.columns([3, 5], vertical_alignment="center")
    left.button(
        say("thread.send"), key="gui-giai-trinh", type="primary", on_click=guard.guarded(send)
    )
    with right:
        form.saved_line()


def _reply(bench: Workbench, person: Person, view: FindingView) -> None:
    entries = bench.thread.read(person, view.row.id)
    seen = entries[-1].id if entries else 0
    with st.popover(say("thread.reply"), width="stretch"):
        form = Form(bench, person, f"tra-loi:{view.row.id}", {}, seen)
        form.area(say("field.explanation"), "explanation", height=90)

        def send() -> None:
            words = str(form.current().get("explanation") or "")
            with form.saving():
                bench.thread.reply(person, view.row.id, words, form.basis or None)
            guard.tell(say("thread.replied"))

        st.button(say("thread.send"), key="gui-tra-loi", on_click=guard.guarded(send))


def _round(one: RoundView) -> str:
    rows = []
    if one.opening_reason:
        rows.append(f"<li>{escape(say('round.opened', reason=one.opening_reason))}</li>")
    rows += [_conclusion(item) for item in reversed(one.conclusions)]
    rows += [_entry(item) for item in one.thread]
    title = say("round.heading", round=one.number)
    return block(title, f'<ul class="rs-list">{"".join(rows)}</ul>')


def _conclusion(view: ConclusionView) -> str:
    entered = view.input
    parts = [f"<b>{escape(say('conclusion.heading'))}: {escape(VERDICTS[entered.verdict])}</b>"]
    parts += [
        f"{escape(say(f'field.{name}'))}: {escape(text)}".replace("\n", "<br>")
        for name in _FIELDS
        if (text := getattr(entered, name))
    ]
    parts.append(escape(say("conclusion.outcome", outcome=OUTCOMES[entered.outcome])))
    if view.outdated:
        parts.append(f"<b>{escape(say('conclusion.outdated'))}</b>")
    parts.append(_by(view.person, formats.moment(view.at)))
    return f"<li>{'<br>'.join(parts)}</li>"


def _entry(entry: ThreadEntry) -> str:
    side = say("thread.ministry") if entry.side == "bo" else say("thread.task_force")
    kind = "" if entry.kind == REPLY else f" · {KINDS[entry.kind]}"
    parts = [f"<b>{escape(side + kind)}</b>"]
    parts += [escape(words) for words in (entry.explanation,) if words]
    if entry.text:
        parts.append(f"<q>{escape(entry.text)}</q>")
    parts.append(_by(entry.person, formats.moment(entry.at)))
    return f"<li>{'<br>'.join(parts)}</li>"


def _by(name: str, when: str) -> str:
    return f'<span class="rs-muted">{escape(name)} · {when}</span>'
