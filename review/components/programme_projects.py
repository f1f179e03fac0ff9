"""The projects by the step they are at, and the form that adds one."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard, links, project_form
from review.components.formats import day, number, shorten
from review.components.programme_board import PATH, risk_mark
from review.components.wording import say
from review.people.permission import allows
from review.programme.risk import LEVELS
from review.programme.step import plan
from review.records import CampaignView, Person
from review.records.programme import ProjectBoard, ProjectFilter, ProjectRow
from review.workbench import Workbench

PART = "du-an"


def of_address(campaign: CampaignView) -> ProjectFilter:
    """Return the filter that the address describes; unknown values count as none."""
    kind, risk = links.value(links.TYPE), links.value(links.RISK)
    return ProjectFilter(
        campaign.id,
        year=links.integer(links.YEAR),
        agency=links.value(links.AGENCY),
        kind=kind if kind in plan().kinds else "",
        risk=risk if risk in LEVELS else "",
    )


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the board, its filters, what waits for a project, and the form."""
    board = bench.projects.board(person, of_address(campaign))
    if board.programmes:
        st.html(_programmes(campaign, board))
        _filters(board)
        st.html(_board(campaign, board) if board.total else _nothing())
    else:
        guard.empty(say("project.none"), say("project.none_advice"))
    _waiting(bench, person, campaign)
    _add(bench, person, campaign)


def _nothing() -> str:
    return (
        f'<div class="rs-empty"><b>{escape(say("programme.no_match"))}</b>'
        f"{escape(say('programme.no_match_advice'))}</div>"
    )


def _programmes(campaign: CampaignView, board: ProjectBoard) -> str:
    made = []
    for year, name, count in board.programmes:
        names = {links.CAMPAIGN: campaign.id, links.VIEW: PART, links.YEAR: year}
        words = say("project.programme", name=name, year=year, count=number(count))
        made.append(f'<span class="rs-chip">{links.anchor(PATH, words, **names)}</span>')
    return f'<div class="rs-counts">{"".join(made)}</div>'


def _filters(board: ProjectBoard) -> None:
    every = {"": say("filter.any")}
    year, agency, kind, risk = st.columns(4)
    with year:
        years = {str(one): str(one) for one, _, _ in board.programmes}
        links.choose(say("project.year"), links.YEAR, {**every, **years})
    with agency:
        links.choose(say("project.agency"), links.AGENCY, {**every, **dict(board.agencies)})
    with kind:
        kinds = {code: one.name for code, one in plan().kinds.items()}
        links.choose(say("project.kind"), links.TYPE, {**every, **kinds})
    with risk:
        counted = {code: f"{name} ({number(board.by_risk[code])})" for code, name in LEVELS.items()}
        links.choose(say("programme.risk"), links.RISK, {**every, **counted})


def _board(campaign: CampaignView, board: ProjectBoard) -> str:
    columns = "".join(
        f"<section><h4>{escape(name)} <span>{number(len(rows))}</span></h4>"
        f"{''.join(_card(campaign, row) for row in rows)}</section>"
        for _, name, rows in board.columns
    )
    return f'<div class="rs-board">{columns}</div>'


def _card(campaign: CampaignView, row: ProjectRow) -> str:
    names = {links.CAMPAIGN: campaign.id, links.VIEW: PART, links.PROJECT: row.id}
    due = f"{say('project.before')} {day(row.due)} · {_left(row)}" if row.due else ""
    planned = next((step.planned for step in row.steps if step.code == row.current), None)
    at = f"{row.step_name}: {day(planned)}" if planned else row.step_name
    carried = ""
    if row.instruments or row.findings:
        carried = say(
            "project.carries", acts=number(row.instruments), findings=number(row.findings)
        )
    lines = [escape(line) for line in (at, due, carried) if line]
    return (
        f"<article>{links.anchor(PATH, shorten(row.input.title, 90), **names)}"
        f'<p class="rs-muted">{escape(plan().kinds[row.input.kind].name)} · '
        f"{escape(row.input.agency)} · {row.input.year}</p>"
        f"<p>{'<br>'.join(lines)}</p>{risk_mark(row.risk.code)}</article>"
    )


def _left(row: ProjectRow) -> str:
    left = row.risk.days_left or 0
    if left < 0:
        return say("project.days_over", days=number(-left))
    return say("project.days_left", days=number(left))


def _waiting(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    if not allows(person, "projects.agreed"):
        return
    waiting = bench.projects.agreed(person, campaign.id)
    if not waiting:
        return
    with st.expander(say("project.waiting", count=number(len(waiting)))):
        lines = "".join(
            "<li>"
            + links.anchor(
                "de-xuat",
                f"{row.number} – {row.label}",
                **{links.FINDING: row.id, links.CAMPAIGN: campaign.id},
            )
            + f' <span class="rs-muted">{escape(row.category)} · {escape(row.quote)}</span></li>'
            for row in waiting
        )
        advice = escape(say("project.waiting_advice"))
        st.html(f'<p class="rs-muted">{advice}</p><ul class="rs-list">{lines}</ul>')


def _add(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    if not allows(person, "projects.add"):
        return
    with st.expander(say("project.add")):
        form = project_form.begin(bench, person, f"du-an-moi:{campaign.id}")

        def add() -> None:
            made = bench.projects.add(person, campaign.id, project_form.entered(form))
            form.discard()
            links.put(**{links.PROJECT: made.id})
            guard.tell(say("project.added"))

        st.button(
            say("project.add_now"), key="them-du-an", type="primary", on_click=guard.guarded(add)
        )
        form.saved_line()
