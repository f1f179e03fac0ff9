"""Tra cứu: one box over all provisions that may be read, with filters beside it."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from review.acts.effect import STATES
from review.components import filters, found, guard, links, saved
from review.components.formats import number, read_day
from review.components.wording import say
from review.people.permission import allows
from review.records import (
    CampaignView,
    PageRequest,
    Person,
    SearchFilter,
    SearchResult,
)
from review.state import FINDING_STATES
from review.workbench import Workbench

_ROWS = 10
# What a saved filter keeps of the address; the campaign stays the one that is chosen.
_KEPT = (
    links.TEXT, links.AGENCY, links.TYPE, links.EFFECT, links.EFFECTIVE_ON, links.CATEGORY,
    links.STATE,
)  # fmt: skip


def render(bench: Workbench, person: Person) -> None:
    """Draw the box, the filters and one page of what was found."""
    campaign = filters.campaign_head(bench, person, say("search.heading"))
    if campaign is None:
        return
    box, side, kept = st.columns([7, 2, 2], vertical_alignment="bottom")
    with box:
        text = links.type_in(say("search.box"), links.TEXT, placeholder=say("search.hint"))
    with side:
        wanted, complaint = _filters(bench, person, campaign, text)
    with kept:
        saved.draw(bench, person, "tra-cuu", _KEPT)
    if complaint:
        st.html(f'<p class="rs-notice" role="status">{escape(complaint)}</p>')
    if not text:
        guard.empty(say("search.start"), say("search.start_advice"))
        return
    result = bench.lookup.find(person, wanted, PageRequest(links.requested_page(), _ROWS))
    _draw(bench, person, result)


def _filters(
    bench: Workbench, person: Person, campaign: CampaignView, text: str
) -> tuple[SearchFilter, str]:
    """Draw the filters in a pop-over; return what they say, and what is wrong with the date."""
    any_ = say("filter.any")
    sees_findings = allows(person, "findings.queue")
    names = [links.AGENCY, links.TYPE, links.EFFECT]
    if sees_findings:
        names += [links.CATEGORY, links.STATE]
    used = sum(bool(links.value(name)) for name in names)
    title = say("search.filters_on", count=number(used)) if used else say("search.filters")
    category = state = ""
    with st.popover(title, width="stretch"):
        agencies = {item.code: item.name for item in campaign.agencies}
        agency = links.choose(
            say("filter.agency"),
            links.AGENCY,
            {"": any_, **agencies, "-": say("library.unassigned")},
        )
        types = bench.library.types(person, campaign.id)
        kind = links.choose(
            say("library.type"), links.TYPE, {"": any_, **{name: name for name in types}}
        )
        effect = links.choose(say("effect.filter"), links.EFFECT, {"": any_, **STATES})
        typed = links.type_in(
            say("effect.filter_day"), links.EFFECTIVE_ON, help=say("effect.filter_day_hint")
        )
        if sees_findings:
            categories = bench.findings.categories()
            category = links.choose(
                say("search.finding_category"),
                links.CATEGORY,
                {"": any_, **{code: f"{code} · {name}" for code, name in categories}},
            )
            state = links.choose(
                say("search.finding_state"), links.STATE, {"": any_, **FINDING_STATES}
            )
    on, complaint = _day(typed)
    states = (state,) if state else ()
    return SearchFilter(text, campaign.id, agency, kind, effect, on, category, states), complaint


def _day(typed: str) -> tuple[date | None, str]:
    try:
        return read_day(typed), ""
    except ValueError:
        return None, say("effect.wrong_day", typed=typed)


def _draw(bench: Workbench, person: Person, result: SearchResult) -> None:
    lines = [say(f"search.note.{note}") for note in result.notes]
    if result.understood:
        lines.insert(0, say("search.understood", what=result.understood))
    if lines:
        st.html(f'<p class="rs-muted">{" ".join(map(escape, lines))}</p>')
    if result.acts:
        review = allows(person, "findings.queue")
        st.html(found.acts(result.acts, bench.agencies.name, review=review))
    if not result.hits.items:
        if not result.acts:
            guard.empty(say("search.none"), say("search.none_advice"))
        return
    total = number(result.hits.total)
    count = (
        say("search.count_more", total=total) if result.more else say("search.count", total=total)
    )
    st.html(f'<p class="rs-muted">{escape(count)}</p>')
    st.html(found.provisions(result.hits.items, bench.agencies.name))
    links.page_number(result.hits.count, result.hits.number)
