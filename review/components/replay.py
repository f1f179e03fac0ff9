"""A replay of a campaign: how early each order of reading finds what people confirmed."""

from __future__ import annotations

from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from review.components import charts, guard, jobs
from review.components.formats import moment, number, percent
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, Person
from review.records.reading import Simulation
from review.workbench import Workbench

_JOB = "viec-mo-phong"
_COLOURS = ("#5b6470", "#b5540b", "#6b4a7d", "#1f4e79")
_DASHES = ([2, 2], [6, 3], [1, 0], [1, 0])  # told apart without colour


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the newest replay as curves and figures, and the button that starts another."""
    st.html(f'<p class="rs-muted">{escape(say("replay.about"))}</p>')
    running = st.session_state.get(_JOB)
    if running is not None:
        job = bench.jobs.status(person, running)
        if not job.finished:
            jobs.watch(bench, person, running)
        elif job.state != "xong":
            st.html(f'<p class="rs-notice rs-bad">{escape(job.message)}</p>')
    if allows(person, "reading.simulate"):
        st.button(
            say("replay.start"),
            key="mo-phong",
            type="primary",
            on_click=guard.guarded(_start),
            args=(bench, person, campaign.id),
        )
    found = bench.reading.simulation(person, campaign.id)
    if found is None:
        guard.empty(say("replay.none"), say("replay.none_advice"))
        return
    st.html(f'<p class="rs-muted">{escape(_head(found))}</p>')
    left, right = st.columns([3, 2])
    with left:
        _curves(found)
    with right:
        st.html(_table(found))


def _start(bench: Workbench, person: Person, campaign_id: int) -> None:
    st.session_state[_JOB] = bench.reading.simulate(person, campaign_id).id


def _head(found: Simulation) -> str:
    return say(
        "replay.head",
        when=moment(found.at),
        person=found.person,
        total=number(found.total),
        relevant=number(found.relevant),
        open="" if found.finished else say("replay.open"),
    )


def _table(found: Simulation) -> str:
    columns = ("order", "wss", "recall", "last")
    titles = (
        say("replay.column_order"),
        say("replay.column_wss"),
        say("replay.column_recall"),
        say("replay.column_last"),
    )
    head = "".join(
        f'<th class="{"" if name == "order" else "rs-num"}">{escape(title)}</th>'
        for name, title in zip(columns, titles, strict=True)
    )
    body = "".join(
        f"<tr><td>{escape(order.name)}</td>"
        f'<td class="rs-num">{_share(order.wss95)}</td>'
        f'<td class="rs-num">{_share(order.recall_10)}</td>'
        f'<td class="rs-num">{number(order.last_find)}</td></tr>'
        for order in found.orders
    )
    return (
        f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f'<p class="rs-muted">{escape(say("replay.explain"))}</p>'
    )


def _share(value: float) -> str:
    sign = "−" if value < 0 else ""
    return sign + percent(round(abs(value) * 1000), 1000)


def _curves(found: Simulation) -> None:
    table = pd.DataFrame(
        [
            {"thu_tu": order.name, "doc": 100 * read, "thay": 100 * share}
            for order in found.orders
            for read, share in order.points
        ]
    )
    names = [order.name for order in found.orders]
    chart = (
        alt.Chart(table)
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("doc:Q", title=say("replay.axis_read"), scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("thay:Q", title=say("replay.axis_found"), scale=alt.Scale(domain=[0, 100])),
            color=alt.Color(
                "thu_tu:N",
                title=say("replay.column_order"),
                scale=alt.Scale(domain=names, range=list(_COLOURS[: len(names)])),
                legend=alt.Legend(orient="top", labelLimit=220),
            ),
            strokeDash=alt.StrokeDash(
                "thu_tu:N",
                scale=alt.Scale(domain=names, range=list(_DASHES[: len(names)])),
                legend=None,
            ),
        )
    )
    charts.draw(chart, height=320)
