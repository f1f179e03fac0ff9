"""Kho văn bản: the acts with filters, the upload with its report; one act opens in the reader."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.acts.effect import STATES
from review.components import assigning, effect, filters, guard, links, loading, reader
from review.components.formats import day, number
from review.components.wording import say
from review.people.permission import allows
from review.records import ActFilter, ActRow, CampaignView, PageRequest, Person
from review.state import ACT_STATES
from review.workbench import Workbench

_ROWS = 20
_SHARING = "phan-cong"
_COLUMNS = (
    ("number", ""),
    ("title", ""),
    ("agency", ""),
    ("reviewer", ""),
    ("issued", "rs-num"),
    ("provisions", "rs-num"),
    ("findings", "rs-num"),
    ("state", ""),
)


def render(bench: Workbench, person: Person) -> None:
    """Draw the list, or the act of the address."""
    act_id = links.integer(links.ACT)
    if act_id is not None:
        reader.draw(bench, person, act_id)
        return
    campaign = filters.campaign_head(bench, person, say("library.heading"))
    if campaign is None:
        return
    sharing = False
    if allows(person, "assignments.assign"):
        views = {"": say("library.list"), _SHARING: say("share.heading")}
        sharing = links.switch(say("library.heading"), links.VIEW, views) == _SHARING
    if allows(person, "library.load_files") and not sharing:
        loading.draw(bench, person, campaign)
    wanted = _filter(bench, person, campaign)
    page = bench.library.acts(person, wanted, PageRequest(links.requested_page(), _ROWS))
    if wanted.text and allows(person, "lookup.find"):
        # The field looks in numbers and titles; what people often mean is the text itself.
        words = say("search.within", text=wanted.text)
        names = {links.CAMPAIGN: campaign.id, links.TEXT: wanted.text}
        st.html(f'<ul class="rs-list"><li>{links.anchor("tra-cuu", words, **names)}</li></ul>')
    if not page.items:
        guard.empty(say("library.empty"), say("library.empty_advice"))
        return
    count = say("library.count", total=number(page.total))
    st.html(f'<p class="rs-muted">{escape(count)}</p>')
    given = assigning.of(bench, person, page.items)
    if sharing:
        assigning.share_out(bench, person, page.items, given)
    else:
        st.html(_table(bench, page.items, given))
    links.page_number(page.count)


def _filter(bench: Workbench, person: Person, campaign: CampaignView) -> ActFilter:
    any_ = say("filter.any")
    words, kind, year, agency = st.columns([4, 3, 2, 4])
    with words:
        text = links.type_in(say("filter.text"), links.TEXT)
    with kind:
        types = bench.library.types(person, campaign.id)
        chosen_type = links.choose(
            say("library.type"), links.TYPE, {"": any_, **{name: name for name in types}}
        )
    with year:
        years = bench.library.years(person, campaign.id)
        chosen_year = links.choose(
            say("library.year"), links.YEAR, {"": any_, **{str(y): str(y) for y in years}}
        )
    with agency:
        names = {item.code: item.name for item in campaign.agencies}
        chosen_agency = links.choose(
            say("filter.agency"), links.AGENCY, {"": any_, **names, "-": say("library.unassigned")}
        )
    state, found, reviewer, in_effect, on_day = st.columns([3, 3, 3, 4, 3])
    with state:
        chosen_state = links.choose(say("filter.state"), links.STATE, {"": any_, **ACT_STATES})
    with found:
        having = links.choose(
            say("library.having"),
            links.FOUND,
            {"": any_, "1": say("library.with_findings"), "0": say("library.without_findings")},
        )
    chosen_reviewer = ""
    with reviewer:
        if allows(person, "assignments.of"):
            options = {"": any_, str(person.id): say("share.mine"), "0": say("share.nobody")}
            chosen_reviewer = links.choose(say("library.column_reviewer"), links.ASSIGNED, options)
    with in_effect:
        chosen_effect = links.choose(say("effect.filter"), links.EFFECT, {"": any_, **STATES})
    with on_day:
        effect_on = effect.asked_day(bench, say("effect.filter_day"))
    return ActFilter(
        campaign_id=campaign.id,
        agency=chosen_agency,
        type=chosen_type,
        year=int(chosen_year) if chosen_year else None,
        state=chosen_state,
        with_findings={"1": True, "0": False}.get(having),
        reviewer=int(chosen_reviewer) if chosen_reviewer else None,
        text=text,
        effect=chosen_effect,
        effect_on=effect_on,
    )


def _table(bench: Workbench, rows: list[ActRow], given: assigning.Given) -> str:
    head = "".join(
        f'<th class="{style}">{escape(say(f"library.column_{name}"))}</th>'
        for name, style in _COLUMNS
    )
    body = "".join(
        _row(bench, row, given[row.id].person if row.id in given else "–") for row in rows
    )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(bench: Workbench, row: ActRow, reviewer: str) -> str:
    name = row.number or say("library.no_number")
    link = links.anchor("kho-van-ban", name, **{links.ACT: row.id})
    agency = bench.agencies.name(row.agency) if row.agency else say("library.unassigned")
    found = number(row.findings)
    if row.undecided:
        waiting = say("library.undecided", count=number(row.undecided))
        found += f' <span class="rs-muted">({waiting})</span>'
    return (
        f"<tr><td class='rs-nowrap'>{link}<br><span class='rs-muted'>{escape(row.type)}</span></td>"
        f"<td>{escape(row.title)}</td><td>{escape(agency)}</td>"
        f"<td>{escape(reviewer)}</td>"
        f'<td class="rs-num">{day(row.issued)}</td>'
        f'<td class="rs-num">{number(row.provisions)}</td><td class="rs-num">{found}</td>'
        f"<td>{escape(ACT_STATES.get(row.state, row.state))}</td></tr>"
    )
