"""One source over time: what the catalogue says of it, figures people recorded, a new figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from models.source import READINESS, Source
from review.components import entry, evidence, figure_chart, guard, headings, links
from review.components.catalogue import catalogue
from review.components.drafts import Form
from review.components.figure_chart import Point
from review.components.formats import amount, day, moment
from review.components.wording import say
from review.people.permission import allows
from review.records import Person
from review.records.follow_up import SourceFigureInput, SourceFigureView, SourceStanding
from review.workbench import Workbench

SOURCE = "nguon"
_COLUMNS = ("on", "name", "value", "readiness", "document", "who")


def draw(bench: Workbench, person: Person, standing: Mapping[str, SourceStanding]) -> None:
    """Draw the source of the address with its history."""
    names = {one.id: f"{one.id} · {one.name}" for one in standing.values()}
    chosen = links.choose(say("sources.source"), SOURCE, names, label_visibility="collapsed")
    source, now = catalogue().sources.rows[chosen], standing[chosen]
    facts, recorded = st.columns([20, 32])
    with facts:
        st.html(_facts(bench, source, now))
        if allows(person, "readiness.record"):
            _record(bench, person, source)
    history = bench.readiness.history(person, source.id)
    with recorded:
        headings.section(say("sources.history"))
        if not history:
            guard.empty(say("sources.no_history"), say("sources.no_history_advice"))
            return
        figure_chart.draw(
            Point(one.input.name, one.input.unit, one.input.on, one.input.value)
            for one in history
            if one.input.value is not None
        )
        st.html(_table(history))


def _facts(bench: Workbench, source: Source, now: SourceStanding) -> str:
    bases = catalogue().bases.rows
    lines = (
        (say("sources.column_owner"), bench.agencies.name(source.owner)),
        (say("sources.column_papers"), "; ".join(source.papers)),
        (say("sources.information"), "; ".join(source.scope)),
        (say("sources.access"), "; ".join(source.access)),
        (
            say("sources.column_bases"),
            "; ".join(bases[key].citation for key in source.bases if key in bases),
        ),
        (say("sources.note"), source.note),
    )
    rows = "".join(
        f"<li><b>{escape(name)}</b>: {escape(words)}</li>" for name, words in lines if words
    )
    shipped = "".join(
        f"<li>{escape(one.name)}: <b>{escape(one.value)}</b></li>" for one in source.figures
    )
    words = say(f"readiness.d{now.readiness}")
    since = say("sources.since", day=day(now.since)) if now.since else say("sources.shipped")
    figures = f"<h4>{escape(say('sources.shipped_figures'))}</h4>" if shipped else ""
    return (
        f'<div class="rs-clock"><b>D{now.readiness}</b>{escape(words)} · {escape(since)} '
        f"{evidence.mark(now.confidence)}</div>"
        f'<ul class="rs-list">{rows}</ul><div class="rs-block">{figures}'
        f'<ul class="rs-list">{shipped}</ul></div>'
    )


def _table(history: Sequence[SourceFigureView]) -> str:
    head = "".join(f"<th>{escape(say(f'sources.figure_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_figure(one) for one in reversed(history))
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _figure(one: SourceFigureView) -> str:
    entered = one.input
    value = "" if entered.value is None else f"{amount(entered.value)} {entered.unit}".strip()
    level = "" if entered.readiness is None else f"D{entered.readiness}"
    return (
        f"<tr><td>{day(entered.on)}</td><td>{escape(entered.name)}</td>"
        f'<td class="rs-num">{escape(value)}</td><td>{level}</td>'
        f"<td>{escape(entered.document)}</td>"
        f'<td>{escape(one.person)}<br><span class="rs-muted">{moment(one.at)}</span></td></tr>'
    )


def _record(bench: Workbench, person: Person, source: Source) -> None:
    with st.expander(say("sources.record")):
        form = Form(bench, person, f"so-lieu-nguon:{source.id}", {"on": day(bench.today())})
        form.line(say("sources.figure_name"), "name", placeholder=say("sources.figure_example"))
        value_box, unit_box = st.columns(2)
        with value_box:
            form.line(say("sources.figure_value"), "value")
        with unit_box:
            form.line(say("sources.figure_unit"), "unit")
        on_box, level_box = st.columns(2)
        with on_box:
            form.line(say("sources.figure_on"), "on")
        with level_box:
            levels = {"": say("sources.not_said"), **{code[1]: code for code in READINESS}}
            form.pick(say("sources.figure_readiness"), "readiness", levels)
        form.line(say("sources.figure_document"), "document")
        form.saved_line()

        @guard.guarded
        def save() -> None:
            entered = form.current()
            level = entered.get("readiness", "")
            figure = SourceFigureInput(
                source.id,
                entry.day(entered.get("on", "")) or bench.today(),
                entered.get("name", ""),
                entry.figure(entered.get("value", "")),
                entered.get("unit", ""),
                entered.get("document", ""),
                int(level) if level else None,
            )
            bench.readiness.record(person, figure)
            form.discard()
            guard.tell(say("sources.recorded"))

        st.button(say("sources.save"), key="ghi-so-lieu", type="primary", on_click=save)
