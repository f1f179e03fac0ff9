"""Chương trình & thời hạn: countdown board, what lapses, and the check of issued texts."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

import streamlit as st

from review.components import checking, filters, guard, links
from review.components.formats import day, number
from review.components.wording import say
from review.permission import allows
from review.programme.instrument import STATES
from review.programme.risk import LEVELS
from review.records import CampaignView, Person
from review.records.programme import Board, InstrumentFilter, InstrumentRow
from review.workbench import Workbench

_COLUMNS = ("number", "agency", "due", "state", "risk", "findings")


def render(bench: Workbench, person: Person) -> None:
    """Draw the part that the address names, of those the person may see."""
    campaign = filters.campaign_head(bench, person, say("programme.heading"))
    if campaign is None:
        return
    parts = {"": say("programme.view_board")}
    if allows(person, "instruments.expiry"):
        parts["het-han"] = say("programme.view_lapse")
    if allows(person, "closing.examine"):
        parts["kiem-lai"] = say("programme.view_check")
    chosen = links.switch(say("programme.views"), links.VIEW, parts)
    if chosen == "het-han":
        _lapse(bench, person, campaign)
    elif chosen == "kiem-lai":
        checking.draw(bench, person, campaign)
    else:
        _board(bench, person, campaign)


def _board(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    board = bench.instruments.board(person, InstrumentFilter(campaign.id))
    if allows(person, "instruments.add_confirmed"):
        _listing(bench, person, campaign)
    if not board.rows:
        guard.empty(say("programme.empty"), say("programme.empty_advice"))
        return
    st.html(_figures(board))
    head = "".join(f"<th>{escape(say(f'programme.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_row(bench, row) for row in board.rows)
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    st.html(f'<p class="rs-muted">{escape(say("programme.risk_about"))}</p>')


def _listing(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    # The deadline is the last day; what must be in force before a day is due the day after.
    due: date | None = campaign.deadline + timedelta(days=1) if campaign.deadline else None
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        due = st.date_input(say("programme.due_by"), value=due, format="DD/MM/YYYY")

    @guard.guarded
    def listed() -> None:
        if due:
            added, known = bench.instruments.add_confirmed(person, campaign.id, due)
            guard.tell(say("programme.listed", added=number(added), known=number(known)))

    right.button(say("programme.list_confirmed"), on_click=listed, disabled=due is None)


def _figures(board: Board) -> str:
    if board.days_left is None:
        clock = f"<b>–</b>{escape(say('programme.no_deadline'))}"
    else:
        clock = (
            f"<b>{number(board.days_left)}</b>{escape(say('programme.days_left'))} "
            f"{day(board.next_due)}"
        )
    counts = "; ".join(
        f"{escape(name)}: <b>{number(board.by_state[code])}</b>" for code, name in STATES.items()
    )
    risks = "; ".join(
        f"{escape(name)}: <b>{number(board.by_risk[code])}</b>"
        for code, name in LEVELS.items()
        if board.by_risk[code]
    )
    return f'<div class="rs-clock">{clock}</div><p>{counts}</p><p>{risks}</p>'


def _row(bench: Workbench, row: InstrumentRow) -> str:
    name = row.input.number or row.input.title
    shown = escape(name)
    if row.act_id is not None:
        shown = links.anchor("kho-van-ban", name, **{links.ACT: row.act_id})
    agency = bench.agencies.name(row.input.agency) if row.input.agency else ""
    cells = (
        shown,
        escape(agency or say("programme.unassigned")),
        day(row.input.due),
        escape(STATES[row.state]),
        escape(LEVELS[row.risk.code]),
        f"{number(row.settled)}/{number(row.findings)}",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _lapse(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    rules = bench.instruments.expiry(person, campaign.id)
    lines = "".join(
        "<li>"
        + escape(
            say(
                "programme.lapse_line",
                rule=rule.rule,
                day=day(rule.last_day),
                open=number(rule.open),
                all=number(rule.findings),
                mark=rule.confidence,
            )
        )
        + "</li>"
        for rule in rules
        if rule.findings
    )
    if lines:
        st.html(f'<ul class="rs-list">{lines}</ul>')
    else:
        st.html(f'<p class="rs-muted">{escape(say("programme.lapse_none"))}</p>')
