"""Tổng quan: days left, four figures with their rows, progress by ministry, what is mine, late."""

from __future__ import annotations

from datetime import date
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from review.components import charts, filters, formats, guard, headings, links, severity
from review.components.wording import say
from review.records import (
    ActFilter,
    AgencyFigures,
    CampaignView,
    CategoryFigure,
    Figures,
    Person,
    Tally,
    WorkLine,
)
from review.workbench import Workbench

# What the finding lists are called in the address; acts live on their own page.
_FINDINGS, _ACTS, _OPINIONS = "ra-soat", "kho-van-ban", "y-kien"

_FEW = 6  # agencies, so that the chart fits under them on a laptop

_COLOURS = {4: "#8f1d14", 3: "#c06a2c", 2: "#c9a227", 1: "#4a7aa8"}


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    campaign = filters.campaign_head(bench, person, say("overview.heading"))
    if campaign is None:
        return
    figures = bench.overview.figures(person, campaign.id)
    _head(campaign, figures, bench.today())
    if not figures.acts.value:
        guard.empty(say("overview.empty"), say("overview.empty_advice"))
        return
    progress, side = st.columns([31, 21])
    with progress:
        headings.section(say("overview.by_agency"))
        st.html(_agencies(figures.by_agency))
    with side:
        headings.section(say("overview.mine"))
        _mine(figures)
        headings.section(say("overview.late"))
        _late(figures)
    with progress if len(figures.by_agency) <= _FEW else side:
        headings.section(say("overview.by_category"))
        _chart(bench, figures.by_category)


def _head(campaign: CampaignView, figures: Figures, today: date) -> None:
    columns = st.columns(5)
    with columns[0], st.container(key="so-lieu-han"):
        st.html(_clock(campaign, today))
    tallies = (
        ("acts", figures.acts),
        ("findings", figures.findings),
        ("decided", figures.decided),
        ("agreed", figures.agreed),
    )
    for column, (name, tally) in zip(columns[1:], tallies, strict=True):
        with column, st.container(key=f"so-lieu-{name}"):
            path, names = place(tally)
            st.page_link(
                links.page(path),
                label=f"**{formats.number(tally.value)}**\n{say(f'overview.figure_{name}')}",
                query_params=names,
                width="stretch",
                disabled=not links.opens(path),
            )


def place(tally: Tally) -> tuple[str, dict[str, str]]:
    """Return the page and the address parameters that show the rows behind a figure."""
    if isinstance(tally.filter, ActFilter):
        names: dict[str, object] = {
            links.CAMPAIGN: tally.filter.campaign_id,
            links.AGENCY: tally.filter.agency,
            links.STATE: tally.filter.state,
            links.FOUND: "1" if tally.filter.with_findings else None,
            links.ASSIGNED: tally.filter.reviewer,
        }
        return _ACTS, links.named(names)
    if tally.filter.silent:
        return _OPINIONS, links.named({links.CAMPAIGN: tally.filter.campaign_id})
    return _FINDINGS, links.named(filters.names_of(tally.filter))


def _clock(campaign: CampaignView, today: date) -> str:
    left = campaign.days_left(today)
    if left is None:
        return f'<div class="rs-clock"><b>–</b>{escape(say("overview.no_deadline"))}</div>'
    words = say("overview.days_left") if left >= 0 else say("overview.days_over")
    late = " rs-late" if left < 0 else ""
    return (
        f'<div class="rs-clock{late}"><b>{formats.number(abs(left))}</b>'
        f"{escape(words)} {formats.day(campaign.deadline)}</div>"
    )


def _agencies(rows: list[AgencyFigures]) -> str:
    head = "".join(
        f'<th class="{style}">{escape(say(f"overview.column_{name}"))}</th>'
        for name, style in (
            ("agency", ""),
            ("acts", "rs-num"),
            ("progress", ""),
            ("decided", "rs-num"),
            ("agreed", "rs-num"),
            ("deadline", "rs-num"),
        )
    )
    body = "".join(map(_agency, rows))
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _agency(row: AgencyFigures) -> str:
    path, names = place(row.findings)
    share = formats.percent(row.decided.value, row.findings.value)
    width = 100 * row.decided.value / row.findings.value if row.findings.value else 0
    agreed = 100 * row.agreed.value / row.findings.value if row.findings.value else 0
    bar = (
        f'<span class="rs-bar" title="{share}"><i style="width:{width:.1f}%"></i>'
        f'<i style="width:{agreed:.1f}%"></i></span>'
    )
    return (
        f"<tr><td>{links.anchor(path, row.name or row.code, **names)}</td>"
        f'<td class="rs-num">{formats.number(row.acts_reviewed)}/'
        f"{formats.number(row.acts.value)}</td><td>{bar}</td>"
        f'<td class="rs-num">{formats.number(row.decided.value)}/'
        f"{formats.number(row.findings.value)}</td>"
        f'<td class="rs-num">{formats.number(row.agreed.value)}</td>'
        f'<td class="rs-num">{formats.day(row.deadline)}</td></tr>'
    )


def _chart(bench: Workbench, rows: list[CategoryFigure]) -> None:
    if not rows:
        st.html(f'<p class="rs-muted">{say("overview.no_findings")}</p>')
        return
    names = dict(bench.findings.categories())
    table = pd.DataFrame(
        {
            "nhom": [row.category for row in rows],
            "ten": [f"{row.category} · {names.get(row.category, '')}" for row in rows],
            "muc": [severity.name(row.severity) for row in rows],
            "thu_tu": [row.severity for row in rows],
            "so": [row.findings.value for row in rows],
        }
    )
    levels = [level for level in (4, 3, 2, 1) if level in set(table["thu_tu"])]
    chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X(
                "nhom:N",
                title=say("overview.axis_category"),
                sort=sorted(set(table["nhom"]), key=_order),
                axis=alt.Axis(labelAngle=-90, labelOverlap=False, labelFontSize=10),
            ),
            y=alt.Y(
                "so:Q",
                title=say("overview.axis_findings"),
                axis=alt.Axis(format="d", tickMinStep=1),
            ),
            color=alt.Color(
                "muc:N",
                title=say("filter.severity"),
                scale=alt.Scale(
                    domain=[severity.name(level) for level in levels],
                    range=[_COLOURS[level] for level in levels],
                ),
                legend=alt.Legend(orient="top", columns=2, labelLimit=260),
            ),
            order=alt.Order("thu_tu:Q", sort="descending"),
            tooltip=[
                alt.Tooltip("ten:N", title=say("filter.category")),
                alt.Tooltip("muc:N", title=say("filter.severity")),
                alt.Tooltip("so:Q", title=say("overview.axis_findings")),
            ],
        )
    )
    charts.draw(chart, height=280)


def _order(category: str) -> tuple[str, int]:
    return category[:1], int(category[1:] or 0)


def _mine(figures: Figures) -> None:
    waiting = [line for line in figures.mine if line.tally.value]
    if not waiting:
        st.html(f'<p class="rs-muted">{say("overview.nothing_mine")}</p>')
        return
    for line in waiting:
        path, names = place(line.tally)
        words = f"**{formats.number(line.tally.value)}** {formats.markdown(line.sentence)}"
        st.page_link(links.page(path), label=words + _until(line), query_params=names)


def _until(line: WorkLine) -> str:
    """Return when the work is due, as Markdown; marked in words too where that day is over."""
    if line.deadline is None:
        return ""
    if line.late:
        return f" :red-badge[{say('overview.overdue', day=formats.day(line.deadline))}]"
    return f" · {say('overview.due', day=formats.day(line.deadline))}"


def _late(figures: Figures) -> None:
    rows = [row for row in figures.by_agency if row.late.value]
    if not rows:
        st.html(f'<p class="rs-muted">{say("overview.nothing_late")}</p>')
        return
    st.html(f'<ul class="rs-list">{"".join(map(_late_line, rows))}</ul>')


def _late_line(row: AgencyFigures) -> str:
    path, names = place(row.late)
    words = say(
        "overview.late_line", count=formats.number(row.late.value), day=formats.day(row.deadline)
    )
    return f"<li>{links.anchor(path, row.name, **names)}: {escape(words)}</li>"
