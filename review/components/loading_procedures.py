"""Procedures from a file, as a job, or one typed in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from review.components import guard, upload_job
from review.components.drafts import Form
from review.components.formats import number
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, Person
from review.records.follow_up import ProcedureInput
from review.workbench import Workbench

_TYPES = ["json", "zip", "xlsx", "docx", "pdf", "csv", "tsv"]
_FIELD = "tep-thu-tuc"


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the upload with its job, and the form of one procedure."""
    left, right = st.columns(2)
    with left:
        upload_job.draw(
            bench,
            person,
            say("procedure.load"),
            lambda: _upload(bench, person, campaign),
            lambda job: _report(job.result or {}),
        )
    with right, st.expander(say("procedure.add")):
        _add(bench, person, campaign)


def _agencies(bench: Workbench, person: Person, campaign: CampaignView) -> dict[str, str]:
    """Return the agencies the person may write for: of the campaign, and the person's own."""
    codes = [agency.code for agency in campaign.agencies]
    codes += [code for code in person.agencies() if code not in codes]
    return {
        code: bench.agencies.name(code) for code in codes if allows(person, "procedures.add", code)
    }


def _upload(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    st.html(f'<p class="rs-muted">{escape(say("procedure.load_about"))}</p>')
    file = st.file_uploader(
        say("procedure.file"),
        type=_TYPES,
        key=upload_job.key(_FIELD),
        max_upload_size=bench.settings.max_upload_mb,
    )
    options = {"": say("procedure.by_decision"), **_agencies(bench, person, campaign)}
    agency = st.selectbox(
        say("procedure.responsible"),
        list(options),
        format_func=lambda code: options[code],
        key="thu-tuc-co-quan",
    )

    @guard.guarded
    def start() -> None:
        if file is not None:
            job = bench.dossiers.start(person, campaign.id, file.name, file.getvalue(), agency)
            upload_job.follow(_FIELD, job)

    st.button(
        say("procedure.start"), key="nap-thu-tuc", type="primary", disabled=file is None,
        on_click=start,
    )  # fmt: skip


def _report(result: Mapping[str, Any]) -> str:
    words = say(
        "procedure.loaded",
        added=number(result["added"]),
        known=number(result["known"]),
        refused=number(result["refused"]),
        suggestions=number(result["suggestions"]),
    )
    done = f'<div class="rs-notice rs-good" role="status">{escape(words)}</div>'
    if not result["doubts"]:
        return done
    doubts = "".join(f"<li>{escape(doubt)}</li>" for doubt in result["doubts"])
    summary = say("procedure.doubts", count=number(len(result["doubts"])))
    if result["refused"]:
        done += f'<p class="rs-muted">{escape(say("procedure.refused_advice"))}</p>'
    return (
        f'{done}<details class="rs-note"><summary>{escape(summary)}</summary>'
        f'<ul class="rs-list">{doubts}</ul></details>'
    )


def _add(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    form = Form(bench, person, f"thu-tuc-moi:{campaign.id}")
    code_box, agency_box = st.columns(2)
    with code_box:
        form.line(say("procedure.column_code"), "code", placeholder="1.234567")
    with agency_box:
        form.pick(say("procedure.column_agency"), "agency", _agencies(bench, person, campaign))
    form.line(say("procedure.column_name"), "name")
    form.line(say("procedure.note"), "note")
    form.saved_line()

    @guard.guarded
    def save() -> None:
        entered = form.current()
        agency = entered.get("agency") or next(iter(_agencies(bench, person, campaign)))
        added = ProcedureInput(
            entered.get("code", ""), entered.get("name", ""), agency, entered.get("note", "")
        )
        bench.procedures.add(person, campaign.id, added)
        form.discard()
        guard.tell(say("procedure.added"))

    st.button(say("procedure.save_new"), key="them-thu-tuc", type="primary", on_click=save)
