"""Phụ lục NQ 66.7: lists of the Government row by row against the stored provisions."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import filters, guard, handing, links, loading_list, spelling
from review.components.formats import number, percent
from review.components.wording import say
from review.people.permission import allows
from review.programme.worklist_match import MATCHED, MATCHES, NO_ACT, NO_FINDING, NO_PROVISION
from review.records import CampaignView, PageRequest, Person
from review.records.worklist import Match, WorklistRow, WorklistView
from review.workbench import Workbench

LIST, _ANNEX = "danh_muc", "phu_luc"
_ROWS = 20
_COLUMNS = ("order", "procedure", "component", "act", "state")
_TONES = {MATCHED: "rs-ev-v", NO_FINDING: "rs-ev-v2", NO_PROVISION: "rs-ev-m", NO_ACT: "rs-ev-m"}


def render(bench: Workbench, person: Person) -> None:
    """Draw the lists of the campaign, one of them row by row."""
    campaign = filters.campaign_head(bench, person, say("worklist.heading"))
    if campaign is None:
        return
    if allows(person, "worklists.start"):
        loading_list.draw(bench, person, campaign)
    views = {str(view.id): view for view in bench.worklists.list(person, campaign.id)}
    if not views:
        guard.empty(say("worklist.empty"), say("worklist.empty_advice"))
        return
    view = views[_pick(views)]
    parts = {"": say("worklist.view_rows"), "ten-goi": say("worklist.view_names")}
    if links.switch(say("worklist.views"), links.VIEW, parts) == "ten-goi":
        spelling.draw(bench, person, view)
        return
    _summary(view)
    _tools(bench, person, campaign, view)
    _doubts(view)
    _rows(bench, person, campaign, view)


def _pick(views: dict[str, WorklistView]) -> str:
    names = {
        key: say("worklist.file", name=view.name, rows=number(view.total))
        for key, view in views.items()
    }
    return links.choose(say("worklist.list"), LIST, names, label_visibility="collapsed")


def _summary(view: WorklistView) -> None:
    """How many rows of each annex match, as links that filter the table below."""
    head = "".join(f'<th class="rs-num">{escape(name)}</th>' for name in MATCHES.values())
    body = ""
    for annex, counts in view.counts.items():
        total = sum(counts.values())
        cells = "".join(
            f'<td class="rs-num">{_count(view, annex, state, counts.get(state, 0))}</td>'
            for state in MATCHES
        )
        held = counts.get(MATCHED, 0) + counts.get(NO_FINDING, 0)
        body += (
            f"<tr><td>{escape(_annex_name(annex))}</td>{cells}"
            f'<td class="rs-num">{number(total)}</td>'
            f'<td class="rs-num">{percent(held, total)}</td></tr>'
        )
    st.html(
        f'<table class="rs-table"><thead><tr><th>{escape(say("worklist.annex"))}</th>{head}'
        f'<th class="rs-num">{escape(say("worklist.total"))}</th>'
        f'<th class="rs-num">{escape(say("worklist.share"))}</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _count(view: WorklistView, annex: str, state: str, count: int) -> str:
    if not count:
        return "0"
    names = {LIST: view.id, _ANNEX: annex, links.STATE: state}
    return links.anchor("phu-luc", number(count), **names)


def _annex_name(annex: str) -> str:
    return say("worklist.annex_named", name=annex) if annex else say("worklist.annex_none")


def _tools(bench: Workbench, person: Person, campaign: CampaignView, view: WorklistView) -> None:
    again, excel, plain = st.columns([2, 2, 2])
    with again:
        if allows(person, "worklists.start_match"):
            loading_list.match_button(bench, person, view)
    if allows(person, "worklists.table"):
        with excel:
            handing.button(
                bench, person, campaign, "phu-luc", say("worklist.excel"), choice=str(view.id)
            )
        with plain:
            handing.button(
                bench, person, campaign, "phu-luc-csv", say("worklist.csv"), choice=str(view.id)
            )


def _doubts(view: WorklistView) -> None:
    if not view.doubts:
        return
    with st.expander(say("worklist.doubts", count=number(len(view.doubts)))):
        lines = "".join(f"<li>{escape(doubt)}</li>" for doubt in view.doubts)
        st.html(f'<ul class="rs-list">{lines}</ul>')


def _rows(bench: Workbench, person: Person, campaign: CampaignView, view: WorklistView) -> None:
    annex_box, state_box = st.columns(2)
    with annex_box:
        annexes = {"": say("filter.any")} | {one: _annex_name(one) for one in view.counts if one}
        annex = links.choose(say("worklist.annex"), _ANNEX, annexes)
    with state_box:
        states = {"": say("filter.any"), **MATCHES}
        state = links.choose(say("worklist.state"), links.STATE, states)
    page = bench.worklists.rows(
        person, view.id, annex=annex, state=state, page=PageRequest(links.requested_page(), _ROWS)
    )
    if not page.items:
        guard.empty(say("worklist.no_rows"), say("worklist.no_rows_advice"))
        return
    head = "".join(f"<th>{escape(say(f'worklist.column_{name}'))}</th>" for name in _COLUMNS)
    body = "".join(_row(person, campaign, row) for row in page.items)
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count)


def _row(person: Person, campaign: CampaignView, row: WorklistRow) -> str:
    cells = row.cells
    order = ".".join(part for part in (row.annex, cells["order"]) if part)
    code = f"<br>{_muted(cells['procedure_code'])}" if cells["procedure_code"] else ""
    data = ", ".join(row.sources) or cells["database"]
    component = escape(cells["component"])
    if data:
        component += f"<br>{_muted(say('worklist.replaced_by', source=data))}"
    act = escape(cells["act"])
    if cells["location"]:
        act += f"<br>{_muted(cells['location'])}"
    tone = _TONES.get(row.state, "rs-ev-m")
    state = f'<span class="rs-evidence {tone}">{escape(MATCHES[row.state])}</span>'
    places = "".join(f"<br>{_place(person, campaign, match)}" for match in row.found)
    return (
        f"<tr><td>{escape(order)}</td><td>{escape(cells['procedure'])}{code}</td>"
        f"<td>{component}</td><td>{act}</td><td>{state}{places}</td></tr>"
    )


def _place(person: Person, campaign: CampaignView, match: Match) -> str:
    """A link to the stored place and to the suggestion on it, or that there is none."""
    label = f"{match.number} {match.label}".strip() or say("library.no_number")
    place = links.anchor("kho-van-ban", label, **{links.ACT: match.act_id, links.PLACE: match.path})
    if match.near:
        return f"{escape(say('worklist.near'))} {place}"
    if not match.path:
        return place
    if match.finding_id is None:
        return f"{place} {_muted(say('worklist.no_finding'))}"
    if not allows(person, "findings.queue"):
        return place
    words = say("worklist.finding", id=match.finding_id)
    names = {links.CAMPAIGN: campaign.id, links.FINDING: match.finding_id, links.STATE: "tat-ca"}
    return f"{place} {links.anchor('ra-soat', words, **names)}"


def _muted(words: str) -> str:
    return f'<span class="rs-muted">{escape(words)}</span>'
