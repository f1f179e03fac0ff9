"""Nguồn điện tử: the data that replaces papers, how far it is, what it frees, what would change."""

from __future__ import annotations

from html import escape

import streamlit as st

from models.source import Source
from review.components import (
    evidence,
    filters,
    freed,
    guard,
    headings,
    links,
    severity,
    source_figures,
    what_if,
)
from review.components.catalogue import catalogue
from review.components.formats import day
from review.components.wording import say
from review.people.permission import allows
from review.records import Person
from review.records.follow_up import SourceStanding
from review.workbench import Workbench

SOURCE = "nguon"
_COLUMNS = ("id", "name", "owner", "papers", "readiness", "bases")


def render(bench: Workbench, person: Person) -> None:
    """Draw the catalogue, or the part of it that the address names."""
    campaign = filters.campaign_head(bench, person, say("sources.heading"))
    parts = {"": say("sources.view_list"), "so-lieu": say("sources.view_figures")}
    if campaign and allows(person, "readiness.freed"):
        parts["giai-phong"] = say("sources.view_freed")
    if campaign and allows(person, "readiness.what_if"):
        parts[what_if.PART] = say("sources.view_what_if")
    if not allows(person, "readiness.sources"):
        _list(bench, person, {})
        return
    standing = {one.id: one for one in bench.readiness.sources(person)}
    chosen = links.switch(say("sources.views"), links.VIEW, parts)
    if chosen == "so-lieu":
        source_figures.draw(bench, person, standing)
    elif chosen == "giai-phong" and campaign:
        freed.draw(bench, person, campaign)
    elif chosen == what_if.PART and campaign:
        what_if.draw(bench, person, campaign, standing)
    else:
        _list(bench, person, standing)


def _list(bench: Workbench, person: Person, standing: dict[str, SourceStanding]) -> None:
    st.html(f'<p class="rs-muted">{escape(say("sources.about"))}</p>')
    text = links.type_in(say("filter.text"), links.TEXT)
    rows = list(catalogue().sources.rows.values())
    if text:
        found = catalogue().sources
        wanted = {*found.resolve(text), *found.source_of(text)}
        rows = [row for row in rows if row.id in wanted or text.casefold() in row.name.casefold()]
    if not rows:
        guard.empty(say("sources.none"), say("sources.none_advice"))
        return
    head = "".join(f"<th>{escape(say(f'sources.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_row(bench, source, standing.get(source.id)) for source in rows)
    table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    st.html(f'<table class="rs-table rs-sources">{table}</table>')
    headings.section(say("sources.scale"))
    lines = "".join(f"<li>{escape(severity.readiness(level))}</li>" for level in range(4))
    st.html(f'<ul class="rs-list">{lines}</ul>')


def _row(bench: Workbench, source: Source, standing: SourceStanding | None) -> str:
    bases = catalogue().bases.rows
    cited = "<br>".join(escape(bases[key].citation) for key in source.bases if key in bases)
    also = f'<br><span class="rs-muted">{escape("; ".join(source.aliases))}</span>'
    note = f'<br><span class="rs-muted">{escape(source.note)}</span>' if source.note else ""
    owner = bench.agencies.name(source.owner)
    if source.operator:
        owner = f"{owner} ({source.operator})"
    name = escape(source.name)
    readiness = escape(source.readiness_label)
    if standing:
        names = {links.VIEW: "so-lieu", SOURCE: source.id}
        name = links.anchor("nguon-dien-tu", source.name, **names)
        readiness = escape(severity.readiness(standing.readiness))
        if standing.since:
            said = say("sources.since", day=day(standing.since))
            readiness += f'<br><span class="rs-muted">{escape(said)}</span>'
    return (
        f"<tr><td><b>{escape(source.id)}</b></td>"
        f"<td>{name}{also if source.aliases else ''}{note}</td>"
        f"<td>{escape(owner)}</td><td>{escape('; '.join(source.papers))}</td>"
        f"<td>{readiness}</td>"
        f"<td>{cited} {evidence.mark(source.confidence)}</td></tr>"
    )
