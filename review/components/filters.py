"""Filters of finding lists: drawn from the address, handed to the services as they are."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from review.components import guard, headings, links
from review.components.formats import day
from review.components.severity import name as severity_name
from review.components.wording import say
from review.errors import Forbidden, NotFound
from review.findings.query import READ_FIRST
from review.records import CampaignView, FindingFilter, Person
from review.state import FINDING_STATES
from review.workbench import Workbench


def campaign(bench: Workbench, person: Person) -> CampaignView | None:
    """Return the campaign of the address, its finding's, the last one seen or the newest."""
    campaigns = {item.id: item for item in bench.campaigns.list(person)}
    if not campaigns:
        return None
    wanted = links.integer(links.CAMPAIGN) or _of_finding(bench, person)
    wanted = wanted or st.session_state.get(links.LAST_CAMPAIGN)
    chosen = campaigns.get(wanted) or next(iter(campaigns.values()))
    st.session_state[links.LAST_CAMPAIGN] = chosen.id
    return chosen


def _of_finding(bench: Workbench, person: Person) -> int | None:
    finding = links.integer(links.FINDING)
    if finding is None:
        return None
    try:
        return bench.findings.get(person, finding).act.campaign_id
    except (NotFound, Forbidden):
        return None  # a page that shows the finding says so when it reads it


def campaign_head(bench: Workbench, person: Person, heading: str) -> CampaignView | None:
    """Draw a page's heading beside the campaign picker; None, and said so, without campaigns."""
    current = campaign(bench, person)
    if current is None:
        guard.empty(say("campaign.none"), say("campaign.none_advice"))
        return None
    left, right = st.columns([5, 3], vertical_alignment="center")
    with left:
        headings.title(heading)
    with right:
        pick_campaign(bench, person, current)
    return current


def pick_campaign(bench: Workbench, person: Person, current: CampaignView) -> None:
    """Draw the campaign picker; a choice goes into the address."""
    options = {str(item.id): item.name for item in bench.campaigns.list(person)}
    ordered = {str(current.id): current.name, **options}
    links.choose(
        say("campaign.label"),
        links.CAMPAIGN,
        ordered,
        resets=(links.PAGE, links.FINDING, links.ACT),  # those of the campaign that is left
        label_visibility="collapsed",
    )


def of_address(current: CampaignView, default_states: tuple[str, ...] = ()) -> FindingFilter:
    """Return the filter that the address describes; unknown values count as none."""
    states = tuple(s for s in links.value(links.STATE).split(",") if s in FINDING_STATES)
    if links.value(links.STATE) == "tat-ca":
        default_states = ()
    return FindingFilter(
        campaign_id=current.id,
        act_id=links.integer(links.ACT),
        agency=links.value(links.AGENCY),
        category=links.value(links.CATEGORY),
        severity=links.integer(links.SEVERITY),
        states=states or default_states,
        origin=links.value(links.ORIGIN),
        handling=links.value(links.HANDLING),
        late=links.value(links.LATE) == "1",
        decided_by=links.integer(links.DECIDER),
        changed=True if links.value(links.CHANGED) == "1" else None,
        after_cutoff=True if links.value(links.CUTOFF) == "1" else None,
        assigned_to=links.integer(links.ASSIGNED),
        claimed_by=links.integer(links.CLAIMED),
        asked_of=links.integer(links.ASKED),
        answered_for=links.integer(links.ANSWERED),
        text=links.value(links.TEXT),
        wording=links.value(links.WORDING),
        order=READ_FIRST if links.value(links.ORDER) == READ_FIRST else "",
    )


def names_of(filter: FindingFilter) -> dict[str, object]:
    """Return the address parameters that describe ``filter``; the inverse of ``of_address``."""
    return {
        links.CAMPAIGN: filter.campaign_id,
        links.ACT: filter.act_id,
        links.AGENCY: filter.agency,
        links.CATEGORY: filter.category,
        links.SEVERITY: filter.severity,
        links.STATE: ",".join(filter.states) or "tat-ca",
        links.ORIGIN: filter.origin,
        links.HANDLING: filter.handling,
        links.LATE: "1" if filter.late else None,
        links.DECIDER: filter.decided_by,
        links.CHANGED: "1" if filter.changed else None,
        links.CUTOFF: "1" if filter.after_cutoff else None,
        links.ASSIGNED: filter.assigned_to,
        links.CLAIMED: filter.claimed_by,
        links.ASKED: filter.asked_of,
        links.ANSWERED: filter.answered_for,
        links.TEXT: filter.text,
        links.WORDING: filter.wording,
        links.ORDER: filter.order,
    }


def draw(
    bench: Workbench, person: Person, current: CampaignView, states: Mapping[str, str]
) -> None:
    """Draw the filter widgets in a pop-over; ``states`` are the choices of the state filter."""
    resets = (links.PAGE, links.FINDING)
    with st.popover(say("filter.open"), width="stretch"):
        orders = {"": say("reading.by_act"), READ_FIRST: say("reading.first")}
        links.choose(say("reading.order"), links.ORDER, orders, resets=resets)
        links.choose(say("filter.state"), links.STATE, states, resets=resets)
        levels = {"": say("filter.any"), **{str(n): severity_name(n) for n in (4, 3, 2, 1)}}
        links.choose(say("filter.severity"), links.SEVERITY, levels, resets=resets)
        categories = dict(bench.findings.categories())
        links.choose(
            say("filter.category"),
            links.CATEGORY,
            {
                "": say("filter.any"),
                **{code: f"{code} · {name}" for code, name in categories.items()},
            },
            resets=resets,
        )
        agencies = {agency.code: agency.name for agency in current.agencies}
        links.choose(
            say("filter.agency"),
            links.AGENCY,
            {"": say("filter.any"), **agencies},
            resets=resets,
        )
        if current.cutoff:
            when = {"": say("filter.any"), "1": say("filter.after_cutoff", day=day(current.cutoff))}
            links.choose(say("filter.cutoff"), links.CUTOFF, when, resets=resets)
        links.type_in(say("filter.text"), links.TEXT)
    if links.value(links.WORDING):
        # Comes from a link of «Đọc gì tiếp»: without a sign nobody knows why the list is short.
        st.button(
            say("wording.clear"),
            key="bo-loc-cau-chu",
            width="stretch",
            on_click=links.put,
            kwargs={links.WORDING: None, links.PAGE: None, links.FINDING: None},
        )
