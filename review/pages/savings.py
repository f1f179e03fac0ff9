"""Ước tính tiết kiệm: what people would be spared, always with the inputs of the estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from review.components import entry, filters, guard, handing, headings, links
from review.components.drafts import Form
from review.components.formats import amount, moment, money, number
from review.components.wording import say
from review.people.permission import allows
from review.programme.saving import TOTALS, TRIPS, assumptions
from review.records import CampaignView, PageRequest, Person
from review.records.follow_up import SavingEstimate, SavingInput, SavingView
from review.workbench import Workbench

_ROWS = 15
_MONEY = "tien"


def render(bench: Workbench, person: Person) -> None:
    """Draw the estimate, the entry of one provision, or what waits for a volume."""
    campaign = filters.campaign_head(bench, person, say("saving.heading"))
    if campaign is None:
        return
    st.html(f'<div class="rs-notice">{escape(say("saving.about"))}</div>')
    chosen = links.integer(links.FINDING)
    if chosen is not None:
        _enter(bench, person, campaign, chosen)
        return
    estimate = bench.savings.estimate(person, campaign.id)
    parts = {
        "": say("saving.view_sums"),
        "quy-dinh": say("saving.view_rows", count=number(len(estimate.rows))),
        "chua-nhap": say("saving.view_waiting", count=number(estimate.without_volume)),
        "gia-dinh": say("saving.view_assumptions"),
    }
    switch, button = st.columns([4, 1], vertical_alignment="center")
    with switch:
        view = links.switch(say("saving.views"), links.VIEW, parts)
    with button:
        handing.button(bench, person, campaign, "uoc-tinh", say("saving.excel"))
    if view == "quy-dinh":
        _rows(campaign, estimate)
    elif view == "chua-nhap":
        _waiting(bench, person, campaign)
    elif view == "gia-dinh":
        st.html(_assumptions())
    else:
        _sums(estimate)


def _priced(values: Mapping[str, float]) -> bool:
    return values[_MONEY] > 0


def _cells(values: Mapping[str, float]) -> str:
    """Return the sums as cells; money only where somebody has entered a price."""
    cells = [amount(round(values[code])) for code in TOTALS if code != _MONEY]
    cells.append(money(values[_MONEY]) if _priced(values) else say("saving.no_price"))
    return "".join(f'<td class="rs-num">{escape(cell)}</td>' for cell in cells)


def _heads(first: Sequence[str]) -> str:
    names = [f"{name} ({unit}/năm)" for name, unit in TOTALS.values()]
    return "".join(f"<th>{escape(one)}</th>" for one in first) + "".join(
        f'<th class="rs-num">{escape(one)}</th>' for one in names
    )


def _sums(estimate: SavingEstimate) -> None:
    if not estimate.rows:
        guard.empty(say("saving.empty"), say("saving.empty_advice"))
        return
    figures = "; ".join(
        f"{name}: {_shown(code, estimate.totals)} {_unit(code)}".strip()
        for code, (name, _) in TOTALS.items()
    )
    words = say(
        "saving.total",
        figures=figures,
        rows=number(len(estimate.rows)),
        waiting=number(estimate.without_volume),
    )
    st.html(f"<p><b>{escape(words)}</b></p>")
    body = "".join(
        f"<tr><td>{escape(name)}</td>"
        f'<td class="rs-num">{number(sum(row.agency == code for row in estimate.rows))}</td>'
        f"{_cells(sums)}</tr>"
        for code, name, sums in estimate.by_agency
    )
    head = _heads((say("saving.column_agency"), say("saving.column_rows")))
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _provision(campaign: CampaignView, view: SavingView) -> str:
    words = f"{view.number} {view.label}".strip()
    names = {links.CAMPAIGN: campaign.id, links.FINDING: view.finding_id}
    return f"{links.anchor('uoc-tinh', words, **names)} {escape(view.category)}"


def _rows(campaign: CampaignView, estimate: SavingEstimate) -> None:
    if not estimate.rows:
        guard.empty(say("saving.empty"), say("saving.empty_advice"))
        return
    page = links.page_of(estimate.rows, _ROWS)
    body = "".join(
        f"<tr><td>{_provision(campaign, view)}</td>"
        f'<td class="rs-num">{amount(view.input.volume or 0)}</td>'
        f"<td>{escape(_inputs(view))}<br>"
        f'<span class="rs-muted">{escape(view.person)}, {moment(view.at)}</span></td>'
        f"{_cells(view.totals)}</tr>"
        for view in page.items
    )
    head = _heads(
        (say("saving.column_provision"), say("saving.column_volume"), say("saving.column_inputs"))
    )
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count, page.number)


def _inputs(view: SavingView) -> str:
    """Return the inputs of an estimate in words, what was changed marked."""
    parts = []
    for code, one in assumptions().items():
        value = view.assumptions[code]
        if value or code in view.input.values or (code == TRIPS and view.counted_at):
            mark = say("saving.changed") if code in view.input.values else say("saving.assumed")
            if code == TRIPS and view.counted_at:
                mark = say("saving.counted_at", place=view.counted_at, case=view.case)
            shown = money(value) if one.unit == "đồng" else f"{amount(value)} {one.unit}"
            parts.append(f"{one.name}: {shown} ({mark})")
    return "; ".join(parts)


def _waiting(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    page = bench.savings.waiting(person, campaign.id, PageRequest(links.requested_page(), _ROWS))
    if not page.items:
        guard.empty(say("saving.none_waiting"), say("saving.none_waiting_advice"))
        return
    body = "".join(
        f"<tr><td>{_provision(campaign, view)}</td>"
        f"<td>{escape(bench.agencies.name(view.agency) if view.agency else '–')}</td>"
        f"<td>{escape(_inputs(view))}</td></tr>"
        for view in page.items
    )
    head = "".join(
        f"<th>{escape(words)}</th>"
        for words in (
            say("saving.column_provision"),
            say("saving.column_agency"),
            say("saving.column_inputs"),
        )
    )
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count)


def _assumptions() -> str:
    groups = "ABCDEF"
    head = "".join(
        f'<th class="{style}">{escape(words)}</th>'
        for words, style in (
            (say("saving.assumption"), ""),
            *((say("saving.group", group=group), "rs-num") for group in groups),
            (say("saving.mark"), ""),
        )
    )
    body = "".join(
        f"<tr><td>{escape(one.name)} ({escape(one.unit)})</td>"
        + "".join(
            f'<td class="rs-num">{amount(one.by_group.get(group, 0))}</td>' for group in groups
        )
        + f'<td><span class="rs-evidence rs-ev-m">{escape(say("saving.assumed"))}</span></td></tr>'
        for one in assumptions().values()
    )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _enter(bench: Workbench, person: Person, campaign: CampaignView, finding_id: int) -> None:
    view = bench.savings.of_finding(person, finding_id)
    st.button(
        say("saving.back"), key="uoc-tinh-ve", on_click=links.put, kwargs={links.FINDING: None}
    )
    headings.section(f"{view.number} {view.label}".strip())
    names = {links.CAMPAIGN: campaign.id, links.FINDING: finding_id, links.STATE: "tat-ca"}
    if allows(person, "findings.queue"):
        link = links.anchor("ra-soat", say("saving.open"), **names)
        st.html(f"<p>{link}</p>")
    form_box, result = st.columns([28, 24])
    with form_box:
        if allows(person, "savings.enter", view.agency or None):
            _form(bench, person, view)
        else:
            st.html(f"<p>{escape(_inputs(view))}</p>")
    with result:
        headings.section(say("saving.result"))
        if not view.totals:
            st.html(f'<p class="rs-muted">{escape(say("saving.no_volume"))}</p>')
            return
        lines = "".join(
            f"<li>{escape(name)}: <b>{escape(_shown(code, view.totals))}</b> "
            f"{escape(_unit(code))}</li>"
            for code, (name, _) in TOTALS.items()
        )
        st.html(f'<ul class="rs-list">{lines}</ul><p class="rs-muted">{escape(_inputs(view))}</p>')


def _shown(code: str, totals: Mapping[str, float]) -> str:
    if code != _MONEY:
        return amount(round(totals[code]))
    return money(totals[code]) if _priced(totals) else say("saving.no_price")


def _unit(code: str) -> str:
    return "" if code == _MONEY else f"{TOTALS[code][1]}/năm"


def _form(bench: Workbench, person: Person, view: SavingView) -> None:
    start = {
        "volume": "" if view.input.volume is None else amount(view.input.volume),
        "note": view.input.note,
        **{code: amount(value) for code, value in view.input.values.items()},
    }
    form = Form(bench, person, f"uoc-tinh:{view.finding_id}", start)
    volume_box, note_box = st.columns([1, 2])
    with volume_box:
        form.line(say("saving.column_volume"), "volume", help=say("saving.volume_help"))
    with note_box:
        form.line(say("saving.note"), "note", placeholder=say("saving.note_example"))
    boxes = st.columns(3)
    for place, (code, one) in enumerate(assumptions().items()):
        with boxes[place % 3]:
            usual = amount(one.by_group.get(view.category[:1], 0))
            form.line(
                f"{one.name} ({one.unit})", code, placeholder=say("saving.usual", value=usual)
            )
    form.saved_line()

    @guard.guarded
    def save() -> None:
        entered = form.current()
        values = {
            code: value
            for code in assumptions()
            if (value := entry.figure(str(entered.get(code, "")))) is not None
        }
        volume = entry.figure(entered.get("volume", ""))
        bench.savings.enter(
            person, view.finding_id, SavingInput(volume, values, entered.get("note", ""))
        )
        form.discard()
        guard.tell(say("saving.saved"))

    st.button(say("saving.save"), key="luu-uoc-tinh", type="primary", on_click=save)
