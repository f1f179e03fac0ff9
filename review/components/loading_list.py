"""Load an annex file: upload, progress as a job, what became of its rows."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

import streamlit as st

from review.components import guard, links, upload_job
from review.components.formats import number
from review.components.wording import say
from review.programme.worklist_match import MATCHES
from review.records import CampaignView, JobView, Person
from review.records.worklist import WorklistView
from review.workbench import Workbench

_TYPES = ["docx", "doc", "xlsx", "pdf", "csv", "tsv", "txt"]
_FIELD = "tep-phu-luc"


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the upload field, the running job or its report."""
    upload_job.draw(
        bench,
        person,
        say("worklist.load"),
        lambda: _upload(bench, person, campaign),
        lambda job: _report(bench, person, campaign, job),
    )


def _upload(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    st.html(f'<p class="rs-muted">{escape(say("worklist.load_about"))}</p>')
    file_box, due_box = st.columns([3, 1], vertical_alignment="bottom")
    with file_box:
        file = st.file_uploader(
            say("worklist.file_field"),
            type=_TYPES,
            key=upload_job.key(_FIELD),
            max_upload_size=bench.settings.max_upload_mb,
        )
    with due_box:
        # The deadline is the last day; what must be in force before a day is due the day after.
        usual = campaign.deadline + timedelta(days=1) if campaign.deadline else None
        due = st.date_input(say("worklist.due"), value=usual, format="DD/MM/YYYY")

    @guard.guarded
    def start() -> None:
        if file is not None and isinstance(due, date):
            job = bench.worklists.start(person, campaign.id, file.name, file.getvalue(), due)
            upload_job.follow(_FIELD, job, danh_muc=None)

    st.button(
        say("worklist.start"),
        key="nap-phu-luc",
        type="primary",
        disabled=file is None or due is None,
        on_click=start,
    )


def match_button(bench: Workbench, person: Person, view: WorklistView) -> None:
    """Draw the button that matches a list again, as a job."""

    @guard.guarded
    def again() -> None:
        links.put(**{upload_job.JOB: bench.worklists.start_match(person, view.id).id})

    st.button(
        say("worklist.match_again"),
        key="doi-chieu-lai",
        help=say("worklist.match_again_help"),
        on_click=again,
        width="stretch",
    )


def _report(bench: Workbench, person: Person, campaign: CampaignView, job: JobView) -> str:
    done = int((job.result or {})["worklist"])
    view = next(one for one in bench.worklists.list(person, campaign.id) if one.id == done)
    counts = {
        state: sum(found.get(state, 0) for found in view.counts.values()) for state in MATCHES
    }
    parts = "; ".join(
        f"{name}: {number(counts[state])}" for state, name in MATCHES.items() if counts[state]
    )
    words = say("worklist.done", name=view.name, rows=number(view.total), parts=parts)
    return f'<div class="rs-notice rs-good" role="status">{escape(words)}</div>'
