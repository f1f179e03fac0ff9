"""Nguồn điện tử: the catalogue of data that replaces papers, as data for reading."""

from __future__ import annotations

from html import escape

import streamlit as st

from models.source import Source
from review.components import evidence, headings, links
from review.components.catalogue import catalogue
from review.components.wording import say
from review.records import Person
from review.workbench import Workbench

_COLUMNS = ("id", "name", "owner", "papers", "readiness", "bases")


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    headings.title(say("sources.heading"))
    st.html(f'<p class="rs-muted">{escape(say("sources.about"))}</p>')
    text = links.type_in(say("filter.text"), links.TEXT)
    rows = list(catalogue().sources.rows.values())
    if text:
        found = catalogue().sources
        wanted = {*found.resolve(text), *found.source_of(text)}
        rows = [row for row in rows if row.id in wanted or text.casefold() in row.name.casefold()]
    head = "".join(f"<th>{escape(say(f'sources.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_row(bench, source) for source in rows)
    if not body:
        body = f'<tr><td colspan="{len(_COLUMNS)}">{escape(say("sources.none"))}</td></tr>'
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _row(bench: Workbench, source: Source) -> str:
    bases = catalogue().bases.rows
    cited = "<br>".join(escape(bases[key].citation) for key in source.bases if key in bases)
    also = f'<br><span class="rs-muted">{escape("; ".join(source.aliases))}</span>'
    note = f'<br><span class="rs-muted">{escape(source.note)}</span>' if source.note else ""
    owner = bench.agencies.name(source.owner)
    if source.operator:
        owner = f"{owner} ({source.operator})"
    return (
        f"<tr><td><b>{escape(source.id)}</b></td>"
        f"<td>{escape(source.name)}{also if source.aliases else ''}{note}</td>"
        f"<td>{escape(owner)}</td><td>{escape('; '.join(source.papers))}</td>"
        f"<td>{escape(source.readiness_label)}</td>"
        f"<td>{cited} {evidence.mark(source.confidence)}</td></tr>"
    )
