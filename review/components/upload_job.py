"""Upload a file that a job works through: the field, the job's progress, then its report."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from review.components import jobs, links
from review.components.wording import say
from review.records import JobView, Person
from review.workbench import Workbench

JOB = "viec"

Draw = Callable[[], None]
Report = Callable[[JobView], str]  # HTML of a job that is done


def draw(bench: Workbench, person: Person, heading: str, upload: Draw, report: Report) -> None:
    """Draw under ``heading`` the upload, or the job of the address with what became of it."""
    job_id = links.integer(JOB)
    with st.expander(heading, expanded=job_id is not None):
        if job_id is None:
            upload()
            return
        job = bench.jobs.status(person, job_id)
        if not job.finished:
            jobs.watch(bench, person, job_id)
            st.html(f'<p class="rs-muted">{escape(say("job.leave"))}</p>')
            return
        if job.state != "xong":
            st.html(f'<div class="rs-notice rs-bad">{escape(job.message)}</div>')
        else:
            st.html(report(job))
        st.button(say("loading.again"), key="nap-tiep", on_click=links.put, kwargs={JOB: None})


def key(name: str) -> str:
    """Return the key of the upload field ``name``; a new one once a job has taken the file."""
    return f"{name}-{st.session_state.setdefault(_turn(name), 0)}"


def follow(name: str, job: JobView, **changes: object) -> None:
    """Empty the field ``name`` and put its job, and other ``changes``, into the address."""
    st.session_state[_turn(name)] = st.session_state.get(_turn(name), 0) + 1
    links.put(**{JOB: job.id, links.PAGE: None, **changes})


def _turn(name: str) -> str:
    return f"lan-{name}"
