"""An amending act held against the findings it should settle, both texts side by side."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard, headings, jobs
from review.components.formats import number
from review.components.wording import say
from review.permission import allows
from review.programme.closing import KIND
from review.programme.verification import OUTCOMES, REMAINS, SETTLED
from review.records import CampaignView, Person
from review.records.closing import Check, TargetExam
from review.workbench import Workbench


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the choice of an act, the running check, and what the last one found."""
    st.html(f'<p class="rs-muted">{escape(say("programme.check_about"))}</p>')
    acts = {act.id: act for act in bench.closing.amending_acts(person, campaign.id)}
    if not acts:
        guard.empty(say("programme.check_none"), say("programme.check_none_advice"))
        return
    chosen = st.selectbox(
        say("programme.check_act"),
        list(acts),
        format_func=lambda act: f"{acts[act].number} – {acts[act].title}"[:160],
    )

    @guard.guarded
    def start() -> None:
        bench.closing.start(person, chosen)

    st.button(say("programme.check_start"), on_click=start, type="primary")
    last = next(iter(bench.jobs.list(person, KIND)), None)
    if last is None:
        return
    if last.finished_at is None:
        jobs.watch(bench, person, last.id)
        return
    act_id = (last.result or {}).get("act")
    if act_id in acts:
        headings.section(f"{acts[act_id].number} – {acts[act_id].title}"[:160])
        for exam in bench.closing.result(person, last.id):
            _exam(bench, person, act_id, exam)


def _exam(bench: Workbench, person: Person, amending: int, exam: TargetExam) -> None:
    if exam.act_id is None:
        st.html(f"<p>{escape(say('programme.check_unloaded', number=exam.number))}</p>")
        return
    counts = say(
        "programme.check_counts",
        settled=number(exam.count(SETTLED)),
        left=number(exam.count(REMAINS)),
    )
    st.html(f"<p><b>{escape(exam.number)}</b> {escape(counts)}</p>")
    if not exam.checks:
        return
    st.html("".join(map(_check, exam.checks)))
    if not allows(person, "closing.settle"):
        return

    @guard.guarded
    def settle() -> None:
        bench.closing.settle(person, amending, exam.act_id or 0, exam.version, issued=True)
        guard.tell(say("programme.check_settled"))

    st.button(say("programme.check_settle"), on_click=settle, key=f"ghi-kiem-lai-{exam.act_id}")


def _check(check: Check) -> str:
    new = check.new_text or say("programme.check_gone")
    missed = ""
    if check.missed:
        words = "; ".join(f"«{one}»" for one in check.missed)
        missed = f"<p>{escape(say('programme.check_missed', words=words))}</p>"
    return (
        f'<table class="rs-table"><thead><tr><th colspan="2">{escape(check.label)} · '
        f"{escape(check.category)} · {escape(OUTCOMES[check.outcome])}</th></tr></thead><tbody>"
        f"<tr><td><b>{escape(say('programme.check_old'))}</b><br>{escape(check.old_text)}</td>"
        f"<td><b>{escape(say('programme.check_new'))}</b><br>{escape(new)}{missed}</td></tr>"
        "</tbody></table>"
    )
