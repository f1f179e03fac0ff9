"""The right side of a finding: why, legal bases, electronic source, what was set aside, history."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from models.records import BasisRef
from review.components import catalogue, evidence, links, programme_exam, severity, trace
from review.components.formats import number
from review.components.wording import say
from review.people.permission import allows
from review.records import ActFilter, FindingView, PageRequest, Person
from review.state import FINDING_STATES
from review.workbench import Workbench

_DIEU = re.compile(r"Điều (\d+[a-zđ]?)")


def draw(bench: Workbench, person: Person, view: FindingView) -> None:
    """Draw everything that speaks for and against the suggestion."""
    st.html(_head(bench, view) + trace.why(view.trace, say("reasons.why")))
    st.html(
        evidence.bases(
            catalogue.basis_lines(view.bases, bench.today()),
            {ref.id: address for ref in view.bases if (address := clause(bench, person, ref))},
            say("reasons.bases"),
        )
        + evidence.sources(
            catalogue.source_lines(view.sources, bench.agencies.name), say("reasons.sources")
        )
    )
    _set_aside(view)
    if allows(person, "closing.of_finding", view.row.agency):
        recorded = programme_exam.of_finding(bench.closing.of_finding(person, view.row.id))
        if recorded:  # Streamlit refuses an empty body
            st.html(recorded)
    st.html(trace.history(view.history, FINDING_STATES, say("reasons.history")))


def _head(bench: Workbench, view: FindingView) -> str:
    names = dict(bench.findings.categories())
    row = view.row
    chips = [
        f"{row.category} · {names.get(row.category, '')}",
        severity.readiness(row.readiness),
        FINDING_STATES.get(row.state, row.state),
        *row.badges,
    ]
    if row.origin != "may":
        chips.append(say("reasons.by_person"))
    boxes = "".join(f'<span class="rs-chip">{escape(chip)}</span>' for chip in chips)
    return f'<div class="rs-chips">{boxes}</div>'


def clause(bench: Workbench, person: Person, reference: BasisRef) -> str:
    """Return the address of a basis clause where that act is loaded, else an empty string."""
    found = bench.library.acts(person, ActFilter(text=reference.number), PageRequest(1, 5))
    act = next((row for row in found.items if row.number == reference.number), None)
    if act is None:
        return ""
    dieu = _DIEU.search(reference.provision)
    place = f"dieu-{dieu[1]}" if dieu else ""
    return links.address("kho-van-ban", **{links.ACT: act.id, links.PLACE: place})


def _set_aside(view: FindingView) -> None:
    if not view.suppressed:
        return
    rows = "".join(
        f"<li><b>{escape(item.code)}</b> {escape(item.label)}: <q>{escape(item.quote)}</q><br>"
        f'<span class="rs-muted">{escape(item.reason)}</span></li>'
        for item in view.suppressed
    )
    title = say("reasons.set_aside", count=number(len(view.suppressed)))
    st.html(trace.block(title, f'<ul class="rs-list">{rows}</ul>'))
