"""Which provisions each source frees of their paper: a chart, and the way from paper to data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from models.source import READINESS
from review.components import charts, guard, headings, links
from review.components.catalogue import catalogue
from review.components.formats import number, shorten
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, PageRequest, Person
from review.records.follow_up import Freed, SourceLink
from review.state import FINDING_STATES
from review.workbench import Workbench

SOURCE = "nguon"
_ROWS = 20
_COLUMNS = ("provision", "paper", "information", "database", "readiness", "state")
_COLOURS = ("#8f1d14", "#c9a227", "#4a7aa8", "#2f6b45")  # D0 … D3
_QUOTE = 120


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the chart over all sources, then the provisions of the one in the address."""
    rows = bench.readiness.freed(person, campaign.id)
    if not rows:
        guard.empty(say("freed.empty"), say("freed.empty_advice"))
        return
    headings.section(say("freed.heading"))
    _chart(rows)
    if not allows(person, "readiness.provisions"):
        return
    names = {
        one.source: say("freed.option", name=one.name, count=number(one.findings)) for one in rows
    }
    chosen = links.choose(say("sources.source"), SOURCE, names, label_visibility="collapsed")
    page = bench.readiness.provisions(
        person, campaign.id, chosen, PageRequest(links.requested_page(), _ROWS)
    )
    st.html(_table(person, campaign, chosen, page.items))
    links.page_number(page.count)


def _chart(rows: Sequence[Freed]) -> None:
    table = pd.DataFrame(
        {
            "nguon": [f"{one.source} · {shorten(one.name, 44)}" for one in rows],
            "so": [one.findings for one in rows],
            "xong": [one.settled for one in rows],
            "muc": [f"D{one.readiness}" for one in rows],
        }
    )
    order = list(table["nguon"])
    chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            y=alt.Y("nguon:N", sort=order, title=None, axis=alt.Axis(labelLimit=360)),
            x=alt.X("so:Q", title=say("freed.axis"), axis=alt.Axis(format="d", tickMinStep=1)),
            color=alt.Color(
                "muc:N",
                title=say("freed.legend"),
                scale=alt.Scale(domain=list(READINESS), range=list(_COLOURS)),
                legend=alt.Legend(orient="right"),
            ),
            tooltip=[
                alt.Tooltip("nguon:N", title=say("freed.source")),
                alt.Tooltip("so:Q", title=say("freed.axis")),
                alt.Tooltip("xong:Q", title=say("freed.settled")),
                alt.Tooltip("muc:N", title=say("freed.legend")),
            ],
        )
    )
    labels = (
        alt.Chart(table)
        .mark_text(align="left", dx=4)
        .encode(y=alt.Y("nguon:N", sort=order), x="so:Q", text=alt.Text("muc:N"))
    )
    charts.draw(chart + labels, height=28 * len(rows) + 40)


def _table(person: Person, campaign: CampaignView, source: str, rows: Sequence[SourceLink]) -> str:
    head = "".join(f"<th>{escape(say(f'freed.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_row(person, campaign, source, row) for row in rows)
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def provision(person: Person, campaign: CampaignView, link: SourceLink) -> str:
    """Return the link to a finding where the person has a queue, else to its place in the act."""
    words = f"{link.number} {link.label}".strip()
    if allows(person, "findings.queue"):
        names = {links.CAMPAIGN: campaign.id, links.FINDING: link.finding_id}
        return links.anchor("ra-soat", words, **names, **{links.STATE: "tat-ca"})
    return links.anchor("kho-van-ban", words, **{links.ACT: link.act_id, links.PLACE: link.path})


def _row(person: Person, campaign: CampaignView, source: str, link: SourceLink) -> str:
    known = catalogue().sources.rows
    stored = known[source]
    others = ", ".join(link.others)
    also = (
        f'<br><span class="rs-muted">{escape(say("freed.also", sources=others))}</span>'
        if others
        else ""
    )
    return (
        f"<tr><td>{provision(person, campaign, link)}</td>"
        f"<td>{escape(shorten(link.quote, _QUOTE))}</td>"
        f"<td>{escape('; '.join(stored.scope))}</td>"
        f"<td><b>{escape(source)}</b> {escape(stored.name)}{also}</td>"
        f"<td>D{link.readiness}</td>"
        f"<td>{escape(FINDING_STATES.get(link.state, link.state))}</td></tr>"
    )
