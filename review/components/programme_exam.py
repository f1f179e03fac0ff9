"""What an amending text makes of one act: operations, findings before and after, what is new."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard, headings, links
from review.components.diff import changes
from review.components.formats import moment, number
from review.components.wording import say
from review.people.permission import allows
from review.programme.verification import OUTCOMES, REMAINS, SETTLED, UNTOUCHED
from review.records import Person
from review.records.closing import (
    AmendingAct,
    Check,
    Emerging,
    OperationView,
    TargetExam,
    VerificationView,
)
from review.workbench import Workbench

# Label, colour and shape together, as for severity.
_TONES = {REMAINS: 4, "khong-ap-dung": 3, SETTLED: 0, UNTOUCHED: 2}
_SHAPES = {REMAINS: "✗", "khong-ap-dung": "!", SETTLED: "✓", UNTOUCHED: "–"}


def draw(
    bench: Workbench, person: Person, exam: TargetExam, amending: AmendingAct | None = None
) -> None:
    """Draw one amended act; ``amending`` is the stored act that can be recorded against it."""
    act = links.anchor("kho-van-ban", exam.number, **{links.ACT: exam.act_id})
    counts = "; ".join(
        f"{_SHAPES[code]} {escape(name)}: <b>{number(exam.count(code))}</b>"
        for code, name in OUTCOMES.items()
        if exam.count(code)
    )
    none = escape(say("check.no_findings"))
    st.html(f'<h3 class="rs-section">{act} – {escape(exam.title)}</h3><p>{counts or none}</p>')
    st.html(_operations(exam.operations))
    meant = [one for one in exam.checks if one.outcome != UNTOUCHED]
    others = [one for one in exam.checks if one.outcome == UNTOUCHED]
    if meant:
        order = list(_TONES)
        rows = sorted(meant, key=lambda one: order.index(one.outcome))
        st.html(_table([_check(one) for one in rows]))
    if others:
        # What the amending act is not about stands below, closed: often most of the findings.
        summary = say("check.untouched", count=number(len(others)))
        table = _table([_check(one) for one in others])
        st.html(f'<details class="rs-note"><summary>{escape(summary)}</summary>{table}</details>')
    if exam.emerging:
        st.html(_emerging(exam.emerging))
    if amending is not None and exam.checks and allows(person, "closing.settle"):
        _settle(bench, person, exam, amending)


def _settle(bench: Workbench, person: Person, exam: TargetExam, amending: AmendingAct) -> None:
    def settle(*, issued: bool) -> None:
        bench.closing.settle(person, amending.id, exam.act_id or 0, exam.version, issued=issued)
        guard.tell(say("programme.check_settled") if issued else say("check.draft_settled"))

    about = say("check.draft_only") if amending.draft else say("check.settle_about")
    st.html(f'<p class="rs-muted">{escape(about)}</p>')
    issued, draft = st.columns(2)
    issued.button(
        say("programme.check_settle"),
        key=f"ghi-kiem-lai-{exam.act_id}",
        type="primary",
        width="stretch",
        disabled=amending.draft,
        on_click=guard.guarded(settle),
        kwargs={"issued": True},
    )
    draft.button(
        say("check.settle_draft"),
        key=f"ghi-thu-{exam.act_id}",
        width="stretch",
        on_click=guard.guarded(settle),
        kwargs={"issued": False},
    )


def recorded(bench: Workbench, person: Person, amending: AmendingAct) -> None:
    """Draw what was recorded by this amending act, both texts side by side."""
    rows = bench.closing.recorded(person, amending.id)
    if not rows:
        return
    headings.section(say("check.recorded", count=number(len(rows))))
    st.html(_table([_record(row) for row in rows]))


def unloaded(exams: list[TargetExam]) -> None:
    """Say which acts the amending text names that are not stored, or not this person's to see."""
    numbers = [exam.number for exam in exams if exam.act_id is None]
    if numbers:
        words = say("programme.check_unloaded", numbers="; ".join(numbers))
        st.html(f'<div class="rs-notice">{escape(words)}</div>')


def of_finding(rows: list[VerificationView]) -> str:
    """Return the recorded checks of one finding, newest first, both texts under each other."""
    if not rows:
        return ""
    parts = "".join(
        f'<details class="rs-note"><summary>{_mark(row.outcome)} {escape(_note(row))}</summary>'
        f"{_missed(row.missed)}"
        f"<p><b>{escape(say('programme.check_old'))}:</b> {old}</p>"
        f"<p><b>{escape(say('programme.check_new'))}:</b> {new}</p></details>"
        for row in rows
        for old, new in [_both(row.old_text, row.new_text)]
    )
    return f'<div class="rs-block"><h4>{escape(say("check.of_finding"))}</h4>{parts}</div>'


def _record(row: VerificationView) -> str:
    head = (row.number, row.label, row.category, row.outcome)
    names = {links.FINDING: row.finding_id, links.STATE: "tat-ca"}
    return _rows(head, names, row.old_text, row.new_text, row.missed, (_note(row),))


def _note(row: VerificationView) -> str:
    kind = say("check.as_issued") if row.issued else say("check.as_draft")
    return say(
        "check.recorded_by", amending=row.amending, person=row.person, at=moment(row.at), kind=kind
    )


def _mark(outcome: str) -> str:
    return (
        f'<span class="rs-sev rs-sev-{_TONES[outcome]}">{_SHAPES[outcome]} '
        f"{escape(OUTCOMES[outcome])}</span>"
    )


def _missed(missed: tuple[str, ...]) -> str:
    if not missed:
        return ""
    words = "; ".join(f"«{one}»" for one in missed)
    return f"<p><b>{escape(say('programme.check_missed', words=words))}</b></p>"


def _check(one: Check) -> str:
    names = {links.FINDING: one.finding_id, links.STATE: "tat-ca"}
    head = ("", one.label, one.category, one.outcome)
    return _rows(head, names, one.old_text, one.new_text, one.missed, one.operations)


def _rows(
    head: tuple[str, str, str, str],
    names: dict[str, object],
    old_text: str,
    new_text: str,
    missed: tuple[str, ...],
    notes: tuple[str, ...],
) -> str:
    act, label, category, outcome = head
    where = " – ".join(part for part in (act, label) if part)
    told = f'<br><span class="rs-muted">{escape("; ".join(notes))}</span>' if notes else ""
    told += _missed(missed)
    old, new = _both(old_text, new_text)
    named = f"{links.anchor('ra-soat', where, **names)}<br>{escape(category)}"
    return f"<tr><td>{named}<br>{_mark(outcome)}{told}</td><td>{old}</td><td>{new}</td></tr>"


def _both(old_text: str, new_text: str) -> tuple[str, str]:
    """Return both texts with what went marked in the one and what came marked in the other."""
    if not new_text:
        return escape(old_text), f"<i>{escape(say('programme.check_gone'))}</i>"
    old = new = ""
    for same, gone, come in changes(old_text, new_text):
        old += escape(same) + (f"<del>{escape(gone)}</del>" if gone else "")
        new += escape(same) + (f"<ins>{escape(come)}</ins>" if come else "")
    return old, new


def _table(rows: list[str]) -> str:
    names = (say("check.where"), say("programme.check_old"), say("programme.check_new"))
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    return (
        f'<table class="rs-table rs-versions"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _operations(operations: tuple[OperationView, ...]) -> str:
    applied = sum(one.applied for one in operations)
    summary = say("check.operations", applied=number(applied), all=number(len(operations)))
    lines = "".join(
        f"<li>{'✓' if one.applied else '✗'} {escape(one.what)}"
        + (f" – <b>{escape(one.message)}</b>" if one.message and not one.applied else "")
        + "</li>"
        for one in sorted(operations, key=lambda one: one.applied)
    )
    opened = "" if applied == len(operations) else " open"
    return (
        f'<details class="rs-note"{opened}><summary>{escape(summary)}</summary>'
        f'<ul class="rs-list">{lines}</ul></details>'
    )


def _emerging(found: tuple[Emerging, ...]) -> str:
    lines = "".join(
        f"<li><b>{escape(one.label)}</b> · {escape(one.category)} · «{escape(one.quote)}»<br>"
        f"{escape(one.text)}</li>"
        for one in found
    )
    return (
        f'<div class="rs-notice"><b>{escape(say("check.emerging", count=number(len(found))))}</b>'
        f'<ul class="rs-list">{lines}</ul></div>'
    )
