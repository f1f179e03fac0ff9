"""What would change if a source were further (or less far) than it is: counts, then every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from models.source import PUBLISHED
from review.components import freed, headings, links, severity
from review.components.formats import number, shorten
from review.components.wording import say
from review.records import CampaignView, Person
from review.records.follow_up import Shift, SourceStanding, WhatIf
from review.workbench import Workbench

PART, SOURCE, _LEVEL = "tinh-thu", "nguon", "muc_san_sang"
_ROWS = 20
_COLUMNS = ("provision", "paper", "severity", "handling")
_QUOTE = 120


def draw(
    bench: Workbench,
    person: Person,
    campaign: CampaignView,
    standing: Mapping[str, SourceStanding],
) -> None:
    """Draw the question, the answer in a sentence each, and the provisions it names."""
    st.html(f'<p class="rs-muted">{escape(say("what_if.about"))}</p>')
    source_box, level_box = st.columns([3, 2])
    with source_box:
        names = {
            one.id: say("what_if.option", name=one.name, level=one.readiness)
            for one in sorted(standing.values(), key=lambda one: one.readiness)
        }
        source = links.choose(say("sources.source"), SOURCE, names)
    with level_box:
        levels = {str(PUBLISHED): severity.readiness(PUBLISHED)}
        levels |= {str(one): severity.readiness(one) for one in range(PUBLISHED)}
        level = int(links.choose(say("what_if.level"), _LEVEL, levels))
    found = bench.readiness.what_if(person, campaign.id, source, level)
    st.html(_answer(found))
    if found.shifts:
        _shifts(person, campaign, found)
    waiting = bench.readiness.if_published(person, campaign.id)
    if waiting:
        headings.section(say("what_if.every"))
        st.html(_every(campaign, waiting, source))


def _shifts(person: Person, campaign: CampaignView, found: WhatIf) -> None:
    headings.section(say("what_if.rows", count=number(len(found.shifts))))
    page = links.page_of(found.shifts, _ROWS)
    st.html(_table(person, campaign, page.items))
    links.page_number(page.count, page.number)


def _every(campaign: CampaignView, waiting: Sequence[WhatIf], chosen: str) -> str:
    """A line per source that is not published yet: what it would change if it were."""
    head = "".join(
        f'<th class="{style}">{escape(say(f"what_if.every_{name}"))}</th>'
        for name, style in (
            ("source", ""), ("now", ""), ("findings", "rs-num"), ("severity", "rs-num"),
            ("handling", "rs-num"),
        )
    )  # fmt: skip
    names = {links.CAMPAIGN: campaign.id, links.VIEW: PART}
    body = "".join(
        f'<tr class="{"rs-chosen" if one.source == chosen else ""}">'
        f"<td>{links.anchor('nguon-dien-tu', one.name, **names, **{SOURCE: one.source})}</td>"
        f"<td>{escape(severity.readiness(one.before))}</td>"
        f'<td class="rs-num">{number(one.findings)}</td>'
        f'<td class="rs-num">{number(sum(one.severity.values()))}</td>'
        f'<td class="rs-num">{number(sum(one.handling.values()))}</td></tr>'
        for one in waiting
    )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _answer(found: WhatIf) -> str:
    """The sentence that was asked for, then what it rests on."""
    changes = [
        say("what_if.severity", count=number(count), before=before, after=after)
        for (before, after), count in found.severity.items()
    ]
    changes += [
        say("what_if.handling", count=number(count), before=before, after=after)
        for (before, after), count in found.handling.items()
    ]
    about = say(
        "what_if.reach",
        before=found.before,
        after=found.after,
        findings=number(found.findings),
        readier=number(found.readier),
    )
    published = found.after == PUBLISHED
    as_grave = found.readier - sum(found.severity.values())
    if published and as_grave:
        about += " " + say("what_if.as_grave", count=number(as_grave))
    if published:
        answer = say("what_if.published", name=found.name, level=found.after)
    else:
        answer = say("what_if.reached", name=found.name, level=found.after)
    answer += " " + ("; ".join(changes) or say("what_if.nothing")) + "."
    return (
        f'<div class="rs-notice"><p><b>{escape(answer)}</b></p>'
        f'<p class="rs-muted">{escape(about)}</p></div>'
    )


def _table(person: Person, campaign: CampaignView, shifts: Sequence[Shift]) -> str:
    head = "".join(f"<th>{escape(say(f'what_if.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_row(person, campaign, shift) for shift in shifts)
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(person: Person, campaign: CampaignView, shift: Shift) -> str:
    before, after = shift.severity
    shown = severity.short(before)
    if before != after:
        shown += f" → {severity.short(after)}"
    ways = " → ".join(dict.fromkeys(shift.handling))
    return (
        f"<tr><td>{freed.provision(person, campaign, shift.link)}</td>"
        f"<td>{escape(shorten(shift.link.quote, _QUOTE))}</td>"
        f"<td>{shown}</td><td>{escape(ways)}</td></tr>"
    )
