"""The month with its days, its events as a list, and the person's calendar address."""

from __future__ import annotations

import calendar as months
import re
from collections import defaultdict
from datetime import date, timedelta
from html import escape

import streamlit as st

from review.components import feed, guard, headings, links
from review.components.formats import day, moment, number, shorten
from review.components.programme_board import PATH
from review.components.programme_projects import PART
from review.components.wording import say
from review.people.permission import allows
from review.programme.agenda import KINDS
from review.records import CampaignView, Person
from review.records.programme import AgendaEvent
from review.workbench import Workbench

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_SHOWN = 3  # events written into a day; the list below has them all
_SECRET = "dia-chi-lich"


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the month of the address, this month where it names none."""
    today = bench.today()
    first = _first(today)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    agency = links.value(links.AGENCY)
    events = bench.agenda.events(person, campaign.id, weeks[0][0], weeks[-1][-1], agency)
    _head(campaign, first)
    st.html(_month(weeks, first, today, events))
    listed = [event for event in events if event.on.month == first.month]
    wide, side = st.columns([34, 20])
    with wide:
        headings.section(say("calendar.list", count=number(len(listed))))
        st.html(_list(bench, campaign, listed))
    with side:
        _address(bench, person)


def _first(today: date) -> date:
    found = _MONTH.fullmatch(links.value(links.MONTH))
    if found:
        return date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def _head(campaign: CampaignView, first: date) -> None:
    before, name, after, whose = st.columns([2, 4, 2, 6], vertical_alignment="bottom")
    earlier = first - timedelta(days=1)
    later = (first + timedelta(days=31)).replace(day=1)
    for column, label, key, target in (
        (before, say("calendar.before"), "thang-truoc", earlier),
        (after, say("calendar.after"), "thang-sau", later),
    ):
        column.button(
            label,
            key=key,
            width="stretch",
            on_click=links.put,
            kwargs={links.MONTH: f"{target:%Y-%m}"},
        )
    title = escape(say("calendar.month", month=first.month, year=first.year))
    name.html(f'<h3 class="rs-section rs-month-name">{title}</h3>')
    with whose:
        agencies = {part.code: part.name for part in campaign.agencies}
        links.choose(
            say("programme.column_agency"), links.AGENCY, {"": say("filter.any"), **agencies}
        )


def _month(weeks: list[list[date]], first: date, today: date, events: list[AgendaEvent]) -> str:
    by_day: dict[date, list[AgendaEvent]] = defaultdict(list)
    for event in events:
        by_day[event.on].append(event)
    names = "".join(f"<th>{escape(say(f'calendar.day_{index}'))}</th>" for index in range(7))
    rows = "".join(
        f"<tr>{''.join(_day(one, first, today, by_day[one]) for one in week)}</tr>"
        for week in weeks
    )
    return f'<table class="rs-month"><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>'


def _day(on: date, first: date, today: date, events: list[AgendaEvent]) -> str:
    styles = []
    if on.month != first.month:
        styles.append("rs-other")
    if on == today:
        styles.append("rs-today")
    lines = "".join(
        f'<p class="rs-event rs-event-{event.kind}" title="{escape(event.title)}">'
        f"{escape(shorten(event.title, 46))}</p>"
        for event in events[:_SHOWN]
    )
    if len(events) > _SHOWN:
        more = say("calendar.more", count=number(len(events) - _SHOWN))
        lines += f'<p class="rs-muted">{escape(more)}</p>'
    return f'<td class="{" ".join(styles)}"><b>{on.day}</b>{lines}</td>'


def _list(bench: Workbench, campaign: CampaignView, events: list[AgendaEvent]) -> str:
    if not events:
        return f'<p class="rs-muted">{escape(say("calendar.none"))}</p>'
    lines = "".join(_line(bench, campaign, event) for event in events)
    return f'<table class="rs-table"><tbody>{lines}</tbody></table>'


def _line(bench: Workbench, campaign: CampaignView, event: AgendaEvent) -> str:
    names: dict[str, object] = {links.CAMPAIGN: campaign.id}
    title = escape(event.title)
    if event.project_id is not None:
        names |= {links.VIEW: PART, links.PROJECT: event.project_id}
        title = links.anchor(PATH, event.title, **names)
    elif event.kind == "van-ban":
        title = links.anchor(PATH, event.title, **names, **{links.AGENCY: event.agency or "-"})
    elif event.kind == "het-hieu-luc":
        title = links.anchor(PATH, event.title, **names, **{links.VIEW: "het-han"})
    state = say("calendar.done") if event.done else say("calendar.late") if event.late else ""
    whose = bench.agencies.name(event.agency) if event.agency else say("calendar.all")
    return (
        f"<tr><td>{day(event.on)}</td><td>{escape(KINDS[event.kind])}</td><td>{title}</td>"
        f"<td>{escape(whose)}</td><td><b>{escape(state)}</b></td></tr>"
    )


def _address(bench: Workbench, person: Person) -> None:
    if not allows(person, "feeds.make"):
        return
    headings.section(say("calendar.feed"))
    st.html(f'<p class="rs-muted">{escape(say("calendar.feed_about"))}</p>')
    standing = bench.feeds.standing(person)
    secret = st.session_state.get(_SECRET)
    if standing is None:
        secret = None
    if secret:
        host = st.context.url.split("/")[2] if st.context.url else ""
        scheme = st.context.url.split(":")[0] if st.context.url else "http"
        st.code(f"{scheme}://{host}{feed.address(secret)}", language=None, wrap_lines=True)
        st.html(f'<p class="rs-muted">{escape(say("calendar.feed_once"))}</p>')
    elif standing is not None:
        words = say("calendar.feed_since", at=moment(standing.made_at))
        st.html(f"<p>{escape(words)}</p>")

    def make() -> None:
        st.session_state[_SECRET] = bench.feeds.make(person)

    def withdraw() -> None:
        bench.feeds.withdraw(person)
        st.session_state.pop(_SECRET, None)
        guard.tell(say("calendar.feed_withdrawn"))

    left, right = st.columns(2)
    left.button(
        say("calendar.feed_again") if standing else say("calendar.feed_make"),
        key="tao-lich",
        width="stretch",
        on_click=guard.guarded(make),
    )
    right.button(
        say("calendar.feed_withdraw"),
        key="huy-lich",
        width="stretch",
        disabled=standing is None,
        on_click=guard.guarded(withdraw),
    )
