"""«Các kết quả đã loại»: what the machine set aside, with its reason; people may bring it back."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import addition, guard, links
from review.components.formats import number, shorten
from review.components.highlight import Mark, highlight
from review.components.trace import step_name
from review.components.wording import say
from review.records import CampaignView, FindingFilter, PageRequest, Person, SuppressedRow
from review.workbench import Workbench

_ROWS = 8


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the list with its filter by reason code."""
    codes = dict(bench.findings.look_alikes())
    narrow, wide = st.columns([3, 5], vertical_alignment="bottom")
    with narrow:
        code = links.choose(
            say("suppressed.code"),
            links.CATEGORY,
            {
                "": say("filter.any"),
                **{key: f"{key} · {shorten(text, 60)}" for key, text in codes.items()},
            },
        )
    with wide:
        text = links.type_in(say("filter.text"), links.TEXT)
    wanted = FindingFilter(
        campaign_id=campaign.id, act_id=links.integer(links.ACT), category=code, text=text
    )
    page = bench.findings.suppressed(person, wanted, PageRequest(links.requested_page(), _ROWS))
    if not page.items:
        guard.empty(say("suppressed.empty"), say("suppressed.empty_advice"))
        return
    count = say("suppressed.count", total=number(page.total))
    st.html(f'<p class="rs-muted">{escape(count)}</p>')
    for row in page.items:
        _row(bench, person, row)
    links.page_number(page.count)


def _row(bench: Workbench, person: Person, row: SuppressedRow) -> None:
    words, action = st.columns([9, 2], vertical_alignment="top")
    steps = " · ".join(f"{step_name(step.step)}: {step.outcome}" for step in row.trace)
    text = highlight(row.text, [Mark(row.quote_start, row.quote_end, "mask")])
    words.html(
        f'<div class="rs-chips"><span class="rs-chip rs-strong">{escape(row.code)}</span>'
        f"<b>{escape(row.label)}</b> {escape(row.number)}"
        f'<span class="rs-muted">{escape(row.reason)}</span></div>'
        f'<div class="rs-act"><p>{text}</p></div><p class="rs-muted">{escape(steps)}</p>'
    )
    with action:
        addition.button(bench, person, row.provision_id, row.category, row.quote, f"giu-{row.id}")
