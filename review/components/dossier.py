"""One procedure: its papers with what is suggested on each, its provisions, its publication."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import checklist, entry, guard, headings, links, severity
from review.components.drafts import Form
from review.components.formats import day, moment, number, shorten
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, FindingRow, Person
from review.records.follow_up import ProcedureView
from review.records.procedure import Component
from review.workbench import Workbench

PROCEDURE = "thu_tuc"
_SAID = {"": None, "co": True, "khong": False}
_QUOTE = 90


def state(row: ProcedureView) -> str:
    """Return what the duty still lacks, as HTML."""
    if row.complete:
        return f'<span class="rs-evidence rs-ev-v">{escape(say("procedure.complete"))}</span>'
    lacking = "no_decision"
    if row.decision and row.published:
        lacking = "no_data" if row.uses_data is False else "data_open"
    elif row.decision:
        lacking = "no_day"
    words = say(f"procedure.{lacking}")
    return f'<span class="rs-evidence rs-ev-m">{escape(words)}</span>'


def draw(bench: Workbench, person: Person, campaign: CampaignView, procedure_id: int) -> None:
    """Draw the procedure of the address."""
    view = bench.procedures.get(person, procedure_id)
    st.button(say("procedure.back"), key="thu-tuc-ve", on_click=links.put, kwargs={PROCEDURE: None})
    head = f"<b>{escape(view.input.code)}</b> {escape(view.input.name)}"
    agency = escape(bench.agencies.name(view.input.agency))
    st.html(f"<p>{head}</p><p class='rs-muted'>{agency} {state(view)}</p>")
    papers, rest = st.columns([28, 24])
    with papers:
        _papers(bench, person, view)
    with rest:
        _provisions(bench, person, campaign, view)
        _publish(bench, person, view)
    checklist.provinces_of(bench, person, view)


def _papers(bench: Workbench, person: Person, view: ProcedureView) -> None:
    headings.section(say("procedure.papers"))
    dossier = bench.dossiers.of(person, view.id)
    if dossier is None:
        guard.empty(say("procedure.no_dossier"), say("procedure.no_dossier_advice"))
        return
    body = "".join(
        f'<tr><td class="rs-num">{number(place)}</td><td>{escape(one.text)}</td>'
        f"<td>{_suggested(one)}</td></tr>"
        for place, one in enumerate(dossier.components, 1)
    )
    head = "".join(
        f"<th>{escape(words)}</th>"
        for words in ("", say("procedure.paper"), say("procedure.suggested"))
    )
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    words = say(
        "procedure.read_from",
        document=dossier.document,
        person=dossier.person,
        at=moment(dossier.at),
        ruleset=dossier.ruleset,
    )
    bases = say("procedure.bases", numbers=", ".join(dossier.bases) or "–")
    st.html(f'<p class="rs-muted">{escape(bases)}</p><p class="rs-muted">{escape(words)}</p>')


def _suggested(one: Component) -> str:
    if not one.suggestions:
        return '<span class="rs-muted">–</span>'
    return "<br>".join(
        f"{severity.short(held.severity)} {escape(held.category)} "
        f"<q>{escape(shorten(held.quote, _QUOTE))}</q> "
        f'<span class="rs-muted">{escape(", ".join(held.sources))}</span>'
        for held in one.suggestions
    )


def _provisions(
    bench: Workbench, person: Person, campaign: CampaignView, view: ProcedureView
) -> None:
    headings.section(say("procedure.provisions"))
    linked = bench.procedures.findings(person, view.id)
    if not linked:
        st.html(f'<p class="rs-muted">{escape(say("procedure.no_provisions"))}</p>')
    writes = allows(person, "procedures.link", view.input.agency)
    for row in linked:
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.html(_finding(campaign, row))
        if writes:
            button.button(
                say("procedure.unlink"),
                key=f"bo-gan-{row.id}",
                on_click=guard.guarded(bench.procedures.unlink),
                args=(person, view.id, row.id),
                width="stretch",
            )
    if not writes:
        return
    candidates = bench.dossiers.candidates(person, view.id)
    with st.expander(say("procedure.candidates", count=number(len(candidates)))):
        if not candidates:
            st.html(f'<p class="rs-muted">{escape(say("procedure.no_candidates"))}</p>')
        for row in candidates:
            words, button = st.columns([5, 1], vertical_alignment="center")
            words.html(_finding(campaign, row))
            button.button(
                say("procedure.link"),
                key=f"gan-{row.id}",
                on_click=guard.guarded(bench.procedures.link),
                args=(person, view.id, row.id),
                width="stretch",
            )
        _by_number(bench, person, view)


def _by_number(bench: Workbench, person: Person, view: ProcedureView) -> None:
    form = Form(bench, person, f"gan-quy-dinh:{view.id}")
    form.line(say("procedure.by_number"), "finding", help=say("procedure.by_number_help"))

    @guard.guarded
    def save() -> None:
        number_ = entry.figure(form.current().get("finding", ""))
        if number_ is not None:
            bench.procedures.link(person, view.id, int(number_))
            form.discard()

    st.button(say("procedure.link_number"), key="gan-theo-ma", on_click=save)


def _finding(campaign: CampaignView, row: FindingRow) -> str:
    words = f"{row.number} {row.label}".strip()
    names = {links.CAMPAIGN: campaign.id, links.FINDING: row.id, links.STATE: "tat-ca"}
    return (
        f"<p>{links.anchor('ra-soat', words, **names)} {severity.short(row.severity)} "
        f"{escape(row.category)} <q>{escape(shorten(row.quote, _QUOTE))}</q></p>"
    )


def _publish(bench: Workbench, person: Person, view: ProcedureView) -> None:
    headings.section(say("procedure.publication"))
    said = {key: say(f"procedure.uses_{key or 'open'}") for key in _SAID}
    if not allows(person, "procedures.publish", view.input.agency):
        now = next(key for key, value in _SAID.items() if value == view.uses_data)
        words = say(
            "procedure.published_line",
            decision=view.decision or "–",
            day=day(view.published),
            uses=said[now],
        )
        st.html(f"<p>{escape(words)}</p>")
        return
    start = {
        "decision": view.decision,
        "published": day(view.published) if view.published else "",
        "uses_data": next(key for key, value in _SAID.items() if value == view.uses_data),
    }
    form = Form(bench, person, f"cong-bo:{view.id}", start, view.version)
    decision_box, day_box = st.columns([3, 2])
    with decision_box:
        form.line(say("procedure.decision"), "decision")
    with day_box:
        form.line(say("procedure.published"), "published", placeholder="dd/mm/yyyy")
    form.pick(say("procedure.uses"), "uses_data", said)
    form.saved_line()

    @guard.guarded
    def save() -> None:
        entered = form.current()
        bench.procedures.publish(
            person,
            view.id,
            form.basis,
            decision=entered["decision"],
            published=entry.day(entered["published"]),
            uses_data=_SAID[entered["uses_data"]],
        )
        form.discard()
        guard.tell(say("procedure.saved"))

    st.button(say("procedure.save"), key="luu-cong-bo", type="primary", on_click=save)
