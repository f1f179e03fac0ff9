"""The countdown board: figures that lead to their rows, by ministry, what falls due, the acts."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from review.components import guard, headings, links, programme_assign
from review.components.formats import day, number, shorten
from review.components.wording import say
from review.people.permission import allows
from review.programme.instrument import STATES
from review.programme.risk import LEVELS
from review.records import CampaignView, Person
from review.records.programme import Board, InstrumentFilter, InstrumentRow, StepDue
from review.workbench import Workbench

PATH = "chuong-trinh"
_ROWS = 20
_WITHIN = (7, 30, 60, 90)
_COLUMNS = ("act", "agency", "due", "state", "risk", "project", "findings")
_TONES = {"qua-han": 4, "nguy-co": 3, "sat": 2, "kip": 1, "xong": 0, "khong-han": 0}


def of_address(campaign: CampaignView) -> InstrumentFilter:
    """Return the filter that the address describes; unknown values count as none."""
    state, risk = links.value(links.STATE), links.value(links.RISK)
    return InstrumentFilter(
        campaign.id,
        agency=links.value(links.AGENCY),
        type=links.value(links.TYPE),
        state=state if state in STATES else "",
        risk=risk if risk in LEVELS else "",
        due_within=links.integer(links.DUE_WITHIN),
    )


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the whole part."""
    wanted = of_address(campaign)
    board = bench.instruments.board(person, wanted)
    everything = board
    if wanted != InstrumentFilter(campaign.id):
        everything = bench.instruments.board(person, InstrumentFilter(campaign.id))
    if not everything.rows:
        guard.empty(say("programme.empty"), say("programme.empty_advice"))
        programme_assign.draw(bench, person, campaign, everything)
        return
    _figures(campaign, board)
    _filters(everything)
    wide, side = st.columns([36, 18])
    with wide:
        _acts(bench, board)
    with side:
        _week(campaign, board.this_week)
        headings.section(say("programme.by_agency"))
        st.html(_agencies(campaign, board))
        _letters(bench, person, campaign)
    programme_assign.draw(bench, person, campaign, board)


def risk_mark(code: str) -> str:
    """Return the risk as label, colour and frame together."""
    return f'<span class="rs-sev rs-sev-{_TONES[code]}">{escape(LEVELS[code])}</span>'


def _figures(campaign: CampaignView, board: Board) -> None:
    clock, counts = st.columns([12, 42])
    with clock:
        if board.days_left is None:
            shown = f"<b>–</b>{escape(say('programme.no_deadline'))}"
        else:
            shown = (
                f"<b>{number(board.days_left)}</b>{escape(say('programme.days_left'))} "
                f"{day(board.next_due)}"
            )
        late = " rs-late" if board.days_left is not None and board.days_left < 0 else ""
        st.html(f'<div class="rs-clock{late}">{shown}</div>')
    with counts:
        total = say("programme.acts_total", count=number(len(board.rows)))
        states = _counted(campaign, links.STATE, STATES, board.by_state)
        risks = _counted(campaign, links.RISK, LEVELS, board.by_risk)
        st.html(
            f'<p><b>{escape(total)}</b></p><div class="rs-counts">{states}</div>'
            f'<div class="rs-counts"><span class="rs-muted">{escape(say("programme.risk"))}</span>'
            f"{risks}</div>"
        )


def _counted(
    campaign: CampaignView, name: str, labels: Mapping[str, str], counts: Mapping[str, int]
) -> str:
    """Return every count as a link to its rows, within what is filtered already."""
    chosen = links.value(name)
    made = []
    for code, label in labels.items():
        if not counts[code]:
            continue
        names = {**_kept(campaign), name: "" if code == chosen else code}
        words = f"{label}: {number(counts[code])}" + (" ×" if code == chosen else "")
        made.append(f'<span class="rs-chip">{links.anchor(PATH, words, **names)}</span>')
    return "".join(made)


def _kept(campaign: CampaignView) -> dict[str, str]:
    """Return the address of the filters as they stand, to be changed in one name."""
    names = (links.AGENCY, links.STATE, links.RISK, links.TYPE, links.DUE_WITHIN)
    return {links.CAMPAIGN: str(campaign.id), **{name: links.value(name) for name in names}}


def _filters(everything: Board) -> None:
    agency, kind, state, risk, within = st.columns(5)
    every = {"": say("filter.any")}
    named = {code or "-": name for code, name, _ in everything.by_agency}
    types = sorted({row.input.type for row in everything.rows if row.input.type})
    with agency:
        links.choose(say("programme.column_agency"), links.AGENCY, {**every, **named})
    with kind:
        links.choose(say("programme.type"), links.TYPE, {**every, **{name: name for name in types}})
    with state:
        links.choose(say("programme.column_state"), links.STATE, {**every, **STATES})
    with risk:
        links.choose(say("programme.risk"), links.RISK, {**every, **LEVELS})
    with within:
        days = {str(days): say("programme.within", days=days) for days in _WITHIN}
        links.choose(say("programme.column_due"), links.DUE_WITHIN, {**every, **days})


def _acts(bench: Workbench, board: Board) -> None:
    if not board.rows:
        guard.empty(say("programme.no_match"), say("programme.no_match_advice"))
        return
    page = links.page_of(board.rows, _ROWS)
    st.html(acts_table(bench, page.items))
    links.page_number(page.count, page.number)
    st.html(f'<p class="rs-muted">{escape(say("programme.risk_about"))}</p>')


def acts_table(bench: Workbench, rows: list[InstrumentRow]) -> str:
    """Return acts that must be amended as a table, each with its project and its findings."""
    head = "".join(f"<th>{escape(say(f'programme.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_act(bench, row) for row in rows)
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _act(bench: Workbench, row: InstrumentRow) -> str:
    name = row.input.number or shorten(row.input.title, 60)
    shown = escape(name)
    if row.act_id is not None:
        shown = links.anchor("kho-van-ban", name, **{links.ACT: row.act_id})
    if row.input.number and row.input.title:
        title = escape(shorten(row.input.title, 70))
        shown += f'<br><span class="rs-muted">{title}</span>'
    agency = bench.agencies.name(row.input.agency) if row.input.agency else ""
    project = "–"
    if row.project_id is not None:
        project = links.anchor(
            PATH,
            shorten(row.project, 44),
            **{links.VIEW: "du-an", links.PROJECT: row.project_id},
        )
    findings = f"{number(row.settled)}/{number(row.findings)}"
    if row.act_id is not None and row.findings:
        names = {links.ACT: row.act_id, links.STATE: "tat-ca", links.CAMPAIGN: row.campaign_id}
        findings = links.anchor("ra-soat", findings, **names)
    cells = (
        shown,
        escape(agency or say("programme.unassigned")),
        day(row.input.due),
        escape(STATES[row.state]),
        risk_mark(row.risk.code),
        project,
        findings,
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _agencies(campaign: CampaignView, board: Board) -> str:
    columns = ("chua-lam", "dang-lam", "da-ban-hanh", "hieu-luc", "xong")
    head = "".join(
        f'<th class="rs-num" title="{escape(STATES[code])}">'
        f"{escape(say(f'programme.short_{code}'))}</th>"
        for code in columns
    )
    body = ""
    for code, name, states in board.by_agency:
        whose = {**_kept(campaign), links.AGENCY: code or "-"}
        cells = "".join(
            '<td class="rs-num">'
            + (
                links.anchor(PATH, number(states[state]), **{**whose, links.STATE: state})
                if states.get(state)
                else "0"
            )
            + "</td>"
            for state in columns
        )
        body += f"<tr><td>{links.anchor(PATH, name, **whose)}</td>{cells}</tr>"
    return (
        f'<table class="rs-table"><thead><tr><th>{escape(say("programme.ministry"))}</th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table>"
    )


def _week(campaign: CampaignView, due: list[StepDue]) -> None:
    headings.section(say("programme.week"))
    if not due:
        st.html(f'<p class="rs-muted">{escape(say("programme.week_none"))}</p>')
        return
    lines = "".join(
        f"<li>{day(step.planned)} · "
        + (f"<b>{escape(say('programme.step_late'))}</b> · " if step.late else "")
        + f"{escape(step.step)}: "
        + links.anchor(
            PATH,
            shorten(step.project, 70),
            **{
                links.VIEW: "du-an",
                links.PROJECT: step.project_id,
                links.CAMPAIGN: campaign.id,
            },
        )
        + "</li>"
        for step in due
    )
    st.html(f'<ul class="rs-list">{lines}</ul>')


def _letters(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    if not allows(person, "chases.letters"):
        return
    link = links.anchor(
        "xuat-bao-cao",
        say("programme.letters"),
        **{links.CAMPAIGN: campaign.id, "tai_lieu": "don-doc-van-ban"},
    )
    st.html(f"<p>{link}</p>")
