"""One wording over many acts, and provisions that read like confirmed findings."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import addition, guard, links, severity
from review.components.formats import number, shorten
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, PageRequest, Person
from review.records.similar import Cluster, Offered
from review.workbench import Workbench

_ROWS = 12
_LENGTH = 260  # characters of a provision in a list


def clusters(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the wordings with findings in several acts."""
    st.html(f'<p class="rs-muted">{escape(say("wording.about"))}</p>')
    page = bench.similar.clusters(person, campaign.id, PageRequest(links.requested_page(), _ROWS))
    if not page.items:
        guard.empty(say("wording.none"), say("wording.none_advice"))
        return
    items = "".join(_cluster(row, campaign) for row in page.items)
    st.html(f'<ul class="rs-list">{items}</ul>')
    links.page_number(page.count, page.number)


def _cluster(row: Cluster, campaign: CampaignView) -> str:
    line = say(
        "wording.line",
        findings=number(row.findings),
        acts=number(row.acts),
        agencies=number(row.agencies),
        undecided=number(row.undecided),
    )
    names = {links.CAMPAIGN: campaign.id, links.WORDING: row.wording, links.STATE: "tat-ca"}
    link = links.anchor("ra-soat", say("wording.open"), **names)
    return (
        f"<li>{severity.short(row.severity)} <b>{escape(', '.join(row.categories))}</b> "
        f'<span class="rs-chip rs-strong">{escape(line)}</span> {link}<br>'
        f"{escape(shorten(row.text, _LENGTH))}</li>"
    )


def offered(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the provisions near confirmed findings that no rule flagged."""
    st.html(f'<p class="rs-muted">{escape(say("near.about"))}</p>')
    rows = bench.similar.offered(person, campaign.id)
    if rows is None:
        guard.empty(say("near.no_index"), say("near.no_index_advice"))
        return
    if not rows:
        guard.empty(say("near.none"), say("near.none_advice"))
        return
    for row in rows[:_ROWS]:
        _offered(bench, person, campaign, row)


def _offered(bench: Workbench, person: Person, campaign: CampaignView, item: Offered) -> None:
    row = item.row
    text, side = st.columns([5, 1], vertical_alignment="center")
    name = f"{row.label} {row.number}".strip() or row.act_title
    like = f"{item.like_label} {item.like_number}".strip()
    to_like = {links.FINDING: item.like_finding, links.STATE: "tat-ca"}
    text.html(
        f'<ul class="rs-list"><li>'
        f"<b>{links.anchor('kho-van-ban', name, van_ban=row.act_id, vi_tri=row.path)}</b> "
        f'<span class="rs-chip">{escape(say("near.kind"))}</span><br>'
        f"{escape(shorten(row.text, _LENGTH))}<br>"
        f'<span class="rs-muted">{escape(say("near.like"))} '
        f"{links.anchor('ra-soat', like, **to_like)} · {escape(item.like_category)} · "
        f"«{escape(shorten(item.like_quote, 80))}»</span></li></ul>"
    )
    with side:
        if allows(person, "findings.add_manual", row.agency):
            addition.button(
                bench, person, row.provision_id, item.like_category, "",
                key=f"gan-them-{row.provision_id}",
            )  # fmt: skip
        if allows(person, "similar.dismiss", row.agency):

            def dismiss() -> None:
                bench.similar.dismiss(person, campaign.id, row.provision_id)
                guard.tell(say("near.dismissed"))

            st.button(
                say("near.dismiss"),
                key=f"gan-bo-{row.provision_id}",
                width="stretch",
                on_click=guard.guarded(dismiss),
            )
