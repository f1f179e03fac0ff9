"""Báo cáo: choose a document, build it as a job, download it; what was exported and by whom."""

from __future__ import annotations

import time
from html import escape

import streamlit as st

from exports import catalogue
from exports.catalogue import Document
from exports.sources import Wanted
from review.components import (
    exporting,
    filters,
    formats,
    guard,
    headings,
    jobs,
    kept,
    links,
    own_list,
    returning,
)
from review.components.wording import say
from review.records import ActFilter, CampaignView, JobView, PageRequest, Person
from review.workbench import Workbench

_JOB, _DOCUMENT, _ACT, _CHOICE = "viec", "tai_lieu", "van_ban", "lua_chon"
_ROWS = 15


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    campaign = filters.campaign_head(bench, person, say("report.heading"))
    if campaign is None:
        return
    form, made = st.columns([20, 32])
    with form:
        _choose(bench, person, campaign)
    with made:
        _made(bench, person)
    returning.draw(bench, person, campaign)
    own_list.draw(bench, person, campaign)


def _choose(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    agencies = bench.reports.agencies(person, campaign.id)
    documents = {
        document.id: document
        for document in catalogue.offered(bench, person)
        if document.reach in ("overall", "own") or agencies
    }
    headings.section(say("report.choose"))
    if not documents:
        guard.empty(say("report.nothing"), say("report.nothing_advice"))
        return
    titles = {key: document.title for key, document in documents.items()}
    chosen = documents[links.choose(say("report.document"), _DOCUMENT, titles, resets=(_JOB,))]
    agency, act_id = "", 0
    if chosen.reach == "ministry":
        agency = links.choose(say("filter.agency"), links.AGENCY, agencies, resets=(_JOB,))
    elif chosen.reach == "act":
        acts = bench.library.acts(person, ActFilter(campaign_id=campaign.id), PageRequest(1, 500))
        names = {
            str(row.id): f"{row.number} {formats.shorten(row.title, 60)}" for row in acts.items
        }
        if not names:
            guard.empty(say("library.empty"), say("report.no_act_advice"))
            return
        act_id = int(links.choose(say("report.act"), _ACT, names, resets=(_JOB,)))
    choice = ""
    if chosen.source.choices is not None:
        options = catalogue.choices(bench, person, chosen, campaign.id, agency)
        if not options:
            guard.empty(say("report.no_choice"), chosen.source.nothing)
            return
        choice = links.choose(say("report.choice"), _CHOICE, options, resets=(_JOB,))
    if chosen.source.counted:
        _reconciled(bench, person, campaign, agency)
    _build(bench, person, chosen, Wanted(campaign.id, agency, act_id, choice))


def _reconciled(bench: Workbench, person: Person, campaign: CampaignView, agency: str) -> None:
    # Told again each minute: all rows are counted, and building the document counts them anyway.
    asked = (campaign.id, agency, int(time.time()) // 60)
    found = kept.once(
        "khop-so-lieu", asked, lambda: catalogue.differences(bench, person, campaign.id, agency)
    )
    if not found:
        st.html(f'<div class="rs-notice rs-good">{escape(say("report.reconciled"))}</div>')
        return
    lines = "".join(f"<p>{escape(str(difference))}</p>" for difference in found)
    st.html(f'<div class="rs-notice rs-bad"><b>{escape(say("report.differs"))}</b>{lines}</div>')


def _build(
    bench: Workbench,
    person: Person,
    document: Document,
    wanted: Wanted,
) -> None:
    def start() -> None:
        job = exporting.submit(bench, person, document, wanted)
        links.put(**{_JOB: job.id})

    st.button(
        say("report.build"),
        key="lap-tai-lieu",
        type="primary",
        width="stretch",
        on_click=guard.guarded(start),
    )
    job_id = links.integer(_JOB)
    if job_id is None:
        return
    job = bench.jobs.status(person, job_id)
    if not job.finished:
        jobs.watch(bench, person, job_id)
        st.html(f'<p class="rs-muted">{escape(say("job.leave"))}</p>')
        return
    _result(bench, job)


def _result(bench: Workbench, job: JobView) -> None:
    content = exporting.content(bench, job) if job.state == "xong" else None
    if content is None:
        st.html(f'<div class="rs-notice rs-bad">{escape(job.message or say("report.gone"))}</div>')
        return
    result = job.result or {}
    st.download_button(
        say("report.download", name=result["filename"]),
        data=content,
        file_name=str(result["filename"]),
        mime=str(result["mime"]),
        key="tai-tai-lieu",
        on_click="ignore",
        width="stretch",
    )
    st.html(f'<p class="rs-muted">SHA-256: {escape(str(result["digest"]))}</p>')


def _made(bench: Workbench, person: Person) -> None:
    headings.section(say("report.made"))
    page = bench.audit.exports(person, PageRequest(links.requested_page(), _ROWS))
    if not page.items:
        guard.empty(say("report.none_made"), say("report.none_made_advice"))
        return
    head = "".join(
        f"<th>{escape(say(f'report.column_{name}'))}</th>"
        for name in ("title", "person", "at", "digest")
    )
    body = "".join(
        f"<tr><td><b>{escape(row.title)}</b><br>"
        f'<span class="rs-muted">{escape(row.filename)}</span></td>'
        f"<td>{escape(row.person)}</td><td>{formats.moment(row.at)}</td>"
        f'<td><code title="{escape(row.digest)}">{escape(row.digest[:12])}</code></td></tr>'
        for row in page.items
    )
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count)
