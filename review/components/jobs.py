"""Long work on the screen: progress, count, time left; goes on when the page is left."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from review.components import guard
from review.components.formats import number
from review.components.wording import say
from review.records import JobView, Person
from review.workbench import Workbench


@st.fragment(run_every=1.0)
def watch(bench: Workbench, person: Person, job_id: int) -> None:
    """Show the progress of a job once a second; draws the page anew when the job has ended."""
    with guard.boundary():
        job = bench.jobs.status(person, job_id)
        if job.finished:
            st.rerun()
        share = job.done / job.total if job.total else 0.0
        st.progress(min(share, 1.0), text=progress_line(job, datetime.now(UTC)))


def progress_line(job: JobView, now: datetime) -> str:
    """Return «Nạp 3 tệp: 1/3 · tep.docx · còn khoảng 12 giây»."""
    parts = [job.title]
    if job.total:
        parts.append(say("job.count", done=number(job.done), total=number(job.total)))
    if job.message:
        parts.append(job.message)
    left = job.seconds_left(now)
    if left is not None:
        parts.append(time_left(left))
    return " · ".join(parts)


def time_left(seconds: float) -> str:
    """Return the time left in words, minutes from one and a half minutes on."""
    if seconds >= 90:
        return say("job.minutes_left", count=number(round(seconds / 60)))
    return say("job.seconds_left", count=number(max(1, round(seconds))))
