"""An amending act held against the findings it should settle, both texts side by side.

The same screen for an issued act and for a draft before issue; only the former closes findings.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard, headings, jobs, links, programme_exam
from review.components.drafts import Form
from review.components.formats import shorten
from review.components.wording import say
from review.people.permission import allows
from review.programme.closing import KIND
from review.records import CampaignView, JobView, Person
from review.records.closing import AmendingAct
from review.workbench import Workbench

_FILE = "du-thao"
_TURN = "lan-thu-du-thao"  # counts uploads, so that the field empties itself afterwards
_PASTED = "du-thao-da-dan.txt"


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the choice of a text, the running check, and what the last one found."""
    modes = {"": say("check.issued")}
    if allows(person, "closing.start_draft"):
        modes["du-thao"] = say("check.draft")
    if links.switch(say("check.modes"), links.PART, modes) == "du-thao":
        _draft(bench, person, campaign)
        return
    acts = {act.id: act for act in bench.closing.amending_acts(person, campaign.id)}
    if not acts:
        guard.empty(say("programme.check_none"), say("programme.check_none_advice"))
        return
    st.html(f'<p class="rs-muted">{escape(say("programme.check_about"))}</p>')
    named = {str(act.id): _named(act) for act in acts.values()}
    which, start = st.columns([10, 2], vertical_alignment="bottom")
    with which:
        chosen = acts[int(links.choose(say("programme.check_act"), links.ACT, named))]

    @guard.guarded
    def check() -> None:
        bench.closing.start(person, chosen.id)

    start.button(
        say("programme.check_start"),
        key="kiem-lai",
        on_click=check,
        type="primary",
        width="stretch",
    )
    job = _last(bench, person, "act", chosen.id)
    if job is not None and not _running(bench, person, job):
        _exams(bench, person, job, chosen)
    programme_exam.recorded(bench, person, chosen)


def _draft(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    st.html(f'<p class="rs-muted">{escape(say("check.draft_about"))}</p>')
    turn = st.session_state.setdefault(_TURN, 0)
    form = Form(bench, person, f"thu-du-thao:{campaign.id}")
    pasted, upload = st.columns([7, 5])
    with pasted:
        form.area(say("check.paste"), "text", height=170, placeholder=say("check.paste_example"))
    with upload:
        file = st.file_uploader(
            say("check.file"),
            key=f"{_FILE}-{turn}",
            max_upload_size=bench.settings.max_upload_mb,
        )

    def check() -> None:
        text = str(form.current().get("text") or "")
        if file is not None:
            bench.closing.start_draft(person, campaign.id, file.name, file.getvalue())
            st.session_state[_TURN] += 1
        else:
            bench.closing.start_draft(person, campaign.id, _PASTED, text.encode())

    st.button(
        say("check.draft_start"), key="thu-du-thao", type="primary", on_click=guard.guarded(check)
    )
    form.saved_line()
    job = _last(bench, person, "draft")
    if job is None or _running(bench, person, job):
        return
    headings.section(say("check.draft_result", name=str((job.result or {}).get("draft", ""))))
    _exams(bench, person, job)


def _exams(
    bench: Workbench, person: Person, job: JobView, amending: AmendingAct | None = None
) -> None:
    exams = bench.closing.result(person, job.id)
    written = set()
    if amending is not None and job.finished_at is not None:
        # What was recorded since stands below; the older check would only meet a conflict.
        written = {
            row.number
            for row in bench.closing.recorded(person, amending.id)
            if row.issued and row.at >= job.finished_at
        }
    for exam in exams:
        if exam.act_id is not None and exam.number not in written:
            programme_exam.draw(bench, person, exam, amending)
    programme_exam.unloaded(exams)


def _named(act: AmendingAct) -> str:
    note = f" ({say('check.no_number')})" if act.draft else ""
    return shorten(f"{act.number or say('check.unnumbered')} – {act.title}", 150) + note


def _last(bench: Workbench, person: Person, kind: str, wanted: int = 0) -> JobView | None:
    """Return the newest check of this kind, finished or not; None where there is none.

    A running check does not say yet what it is about; it shows its title while it runs.
    """
    for job in bench.jobs.list(person, KIND):
        result = job.result or {}
        if not job.finished or (job.state != "xong" and not result):
            return job
        if kind in result and wanted in (0, result[kind]):
            return job
    return None


def _running(bench: Workbench, person: Person, job: JobView) -> bool:
    """Draw the progress of a job, or why it failed; True where there is no result to show."""
    if not job.finished:
        jobs.watch(bench, person, job.id)
        st.html(f'<p class="rs-muted">{escape(say("job.leave"))}</p>')
        return True
    if job.state != "xong":
        st.html(f'<div class="rs-notice rs-bad">{escape(job.message)}</div>')
        return True
    return False
