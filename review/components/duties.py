"""One province's checklist of NĐ 104/2022 Đ15.1: every procedure, and what the province decided."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components import checklist, guard, links
from review.components.formats import day, number, percent
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, Person
from review.records.procedure import Duty
from review.workbench import Workbench

_CHOSEN = "thu_tuc_ghi"
_ROWS = 20
_COLUMNS = ("code", "name", "agency", "own", "decision", "day", "uses")
_SHOWN = {"": "all", "chua": "open", "roi": "published"}


def draw(bench: Workbench, person: Person, campaign: CampaignView, province: str) -> None:
    """Draw the province's progress, the form of the procedure in the address, and all of them."""
    duties = bench.publications.duties(person, campaign.id, province)
    name = bench.agencies.name(province)
    if not duties:
        guard.empty(say("duty.empty"), say("duty.empty_advice"))
        return
    done = sum(one.published for one in duties)
    words = say(
        "duty.progress",
        name=name,
        done=number(done),
        all=number(len(duties)),
        part=percent(done, len(duties)),
    )
    st.html(f"<p><b>{escape(words)}</b></p>")
    chosen = links.integer(_CHOSEN)
    writes = allows(person, "publications.record", province)
    for one in duties:
        if writes and one.procedure.id == chosen:
            st.html(f"<p>{escape(one.procedure.input.code)} {escape(one.procedure.input.name)}</p>")
            checklist.record(bench, person, chosen, {province: name})
    _list(bench, duties, province, writes)


def _list(bench: Workbench, duties: Sequence[Duty], province: str, writes: bool) -> None:
    shown_box, text_box = st.columns([3, 5])
    with shown_box:
        kinds = {key: say(f"duty.show_{kind}") for key, kind in _SHOWN.items()}
        shown = links.choose(say("procedure.show"), links.STATE, kinds)
    with text_box:
        text = links.type_in(say("filter.text"), links.TEXT).casefold()
    rows = [
        one
        for one in duties
        if (not shown or one.published == (shown == "roi"))
        and text in f"{one.procedure.input.code} {one.procedure.input.name}".casefold()
    ]
    st.html(f'<p class="rs-muted">{escape(say("procedure.count", count=number(len(rows))))}</p>')
    page = links.page_of(rows, _ROWS)
    head = "".join(f"<th>{escape(say(f'duty.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_row(bench, one, province, writes) for one in page.items)
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count, page.number)


def _row(bench: Workbench, duty: Duty, province: str, writes: bool) -> str:
    entered, procedure = duty.line.input, duty.procedure
    code = escape(procedure.input.code)
    if writes:
        names = {links.VIEW: checklist.VIEW, checklist.PROVINCE: province, _CHOSEN: procedure.id}
        code = links.anchor("thu-tuc", procedure.input.code, **names)
    uses = checklist.said(entered.uses_data) if duty.line.at else "–"
    return (
        f'<tr><td class="rs-nowrap">{code}</td><td>{escape(procedure.input.name)}</td>'
        f"<td>{escape(bench.agencies.name(procedure.input.agency))}</td>"
        f"<td>{escape(procedure.decision or '–')}</td><td>{escape(entered.decision or '–')}</td>"
        f'<td class="rs-nowrap">{day(entered.published)}</td><td>{escape(uses)}</td></tr>'
    )
