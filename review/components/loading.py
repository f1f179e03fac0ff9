"""Load files: upload, progress as a job, a line per file of what became of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard, links, upload_job
from review.components.formats import number
from review.components.wording import say
from review.records import CampaignView, LoadLine, LoadReport, Person
from review.workbench import Workbench

_FIELD = "tep"
_TONES = {"loi": "rs-sev-4", "tu_choi": "rs-sev-3", "da_co": "rs-sev-0"}


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the upload field, the running job or its report."""
    upload_job.draw(
        bench,
        person,
        say("loading.heading"),
        lambda: _upload(bench, person, campaign),
        lambda job: report(bench.library.report_of(person, job.id)),
    )


def _upload(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    limit = bench.settings.max_upload_mb
    st.html(
        f'<div class="rs-notice"><b>{escape(say("loading.secret"))}</b>'
        f"<p>{escape(say('loading.formats', limit=number(limit)))}</p></div>"
    )
    files = st.file_uploader(
        say("loading.files"),
        accept_multiple_files=True,
        key=upload_job.key(_FIELD),
        max_upload_size=limit,
    )
    st.button(
        say("loading.start"),
        key="nap",
        type="primary",
        disabled=not files,
        on_click=guard.guarded(_start),
        args=(bench, person, campaign, files),
    )


def _start(
    bench: Workbench,
    person: Person,
    campaign: CampaignView,
    files: list[st.runtime.uploaded_file_manager.UploadedFile],
) -> None:
    named = [(file.name, file.getvalue()) for file in files]
    upload_job.follow(_FIELD, bench.library.load_files(person, named, campaign.id))


def report(lines: LoadReport) -> str:
    """Return the load report as a table: a line per act or failed file."""
    summary = say(
        "loading.summary",
        new=number(lines.count("moi", "phien_ban_moi")),
        known=number(lines.count("da_co")),
        failed=number(lines.count("tu_choi", "loi")),
    )
    head = "".join(
        f"<th>{escape(say(f'loading.column_{name}'))}</th>"
        for name in ("file", "status", "act", "counts", "notes")
    )
    body = "".join(map(_line, lines.lines))
    return (
        f'<p role="status"><b>{escape(summary)}</b></p><table class="rs-table"><thead><tr>{head}'
        f"</tr></thead><tbody>{body}</tbody></table>"
    )


def _line(line: LoadLine) -> str:
    tone = _TONES.get(line.status, "rs-sev-1")
    act = escape(line.number or line.title or "–")
    if line.act_id is not None:
        act = links.anchor("kho-van-ban", line.number or line.title, **{links.ACT: line.act_id})
    counts = say(
        "loading.counts",
        provisions=number(line.provisions),
        findings=number(line.findings),
        suppressed=number(line.suppressed),
    )
    if line.carried or line.changed:
        counts += " " + say(
            "loading.carried", carried=number(line.carried), changed=number(line.changed)
        )
    notes = "<br>".join(
        f"<b>{escape(notice.code)}</b> {escape(notice.message)}" for notice in line.notices
    )
    return (
        f'<tr><td>{escape(line.source)}</td><td><span class="rs-sev {tone}">'
        f"{escape(say(f'loading.status_{line.status}'))}</span></td><td>{act}</td>"
        f"<td>{escape(counts)}</td><td>{notes}</td></tr>"
    )
