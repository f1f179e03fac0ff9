"""Back-ups of the embedded store: made as a job, listed, fetched."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard, jobs, links
from review.components.formats import moment, number
from review.components.wording import say
from review.records import Person
from review.workbench import Workbench

_JOB = "viec"


def draw(bench: Workbench, person: Person) -> None:
    """Draw the list of back-ups and the button that makes one."""
    st.html(f'<p class="rs-muted">{escape(say("backing.about"))}</p>')
    kept = bench.backups.list(person)

    def start() -> None:
        links.put(**{_JOB: bench.backups.start(person).id})

    job_id = links.integer(_JOB)
    job = bench.jobs.status(person, job_id) if job_id is not None else None
    if job is not None and not job.finished:
        jobs.watch(bench, person, job.id)
    else:
        if job is not None and job.state != "xong":
            st.html(f'<div class="rs-notice rs-bad">{escape(job.message)}</div>')
        st.button(say("backing.make"), key="sao-luu", type="primary", on_click=guard.guarded(start))
    if not kept:
        guard.empty(say("backing.none"), say("backing.none_advice"))
        return
    head = "".join(
        f'<th class="{style}">{escape(say(f"backing.column_{name}"))}</th>'
        for name, style in (("name", ""), ("at", ""), ("size", "rs-num"))
    )
    body = "".join(
        f"<tr><td><code>{escape(one.name)}</code></td><td>{moment(one.at)}</td>"
        f'<td class="rs-num">{number(max(1, round(one.size / 2**20)))} MB</td></tr>'
        for one in kept
    )
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    st.html(f'<div class="rs-notice">{escape(say("backing.restore"))}</div>')
