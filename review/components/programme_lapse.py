"""«Nếu không sửa kịp»: which demands stand again, where, and what may still prevent it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components import guard, headings, links
from review.components.formats import day, number, shorten
from review.components.programme_board import PATH, risk_mark
from review.components.programme_projects import PART
from review.components.wording import say
from review.records import CampaignView, PageRequest, Person
from review.records.programme import Expiry, Returning, ReturningFilter
from review.state import FINDING_STATES
from review.workbench import Workbench

VIEW = "het-han"
_ROWS = 20
_MARKS = {"đã đối chiếu": "v", "nguồn thứ cấp": "v2"}


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the rules that end, and the provisions of the one that the address names."""
    st.html(f'<p class="rs-muted">{escape(say("lapse.about"))}</p>')
    rules = [rule for rule in bench.lapses.rules(person, campaign.id) if rule.findings]
    if not rules:
        guard.empty(say("programme.lapse_none"), say("lapse.none_advice"))
        return
    chosen = next((one for one in rules if one.id == links.value(links.RULE)), rules[0])
    for rule in rules:
        st.html(_sentence(campaign, rule))
    counts, rows = st.columns([18, 36])
    with counts:
        headings.section(say("lapse.by_agency"))
        st.html(_counted(campaign, chosen, links.AGENCY, chosen.by_agency))
        headings.section(say("lapse.by_category"))
        st.html(_counted(campaign, chosen, links.CATEGORY, chosen.by_category))
    with rows:
        _provisions(bench, person, campaign, chosen)


def _sentence(campaign: CampaignView, rule: Expiry) -> str:
    names = {links.CAMPAIGN: campaign.id, links.VIEW: VIEW, links.RULE: rule.id}
    words = say(
        "lapse.rule",
        last=day(rule.last_day),
        amend_by=day(rule.amend_by),
        returning=number(rule.returning),
        open=number(rule.open),
        all=number(rule.findings),
    )
    kept = ""
    if rule.beyond and rule.open > rule.returning:
        kept = say(
            "lapse.kept",
            count=number(rule.open - rule.returning),
            rules="; ".join(rule.beyond),
        )
    mark = _MARKS.get(rule.confidence, "m")
    return (
        f'<div class="rs-notice"><b>{links.anchor(PATH, rule.rule, **names)}</b> '
        f'<span class="rs-evidence rs-ev-{mark}">{escape(rule.confidence)}</span>'
        f"<p>{escape(words)} {escape(kept)}</p></div>"
    )


def _counted(
    campaign: CampaignView, rule: Expiry, name: str, counts: Sequence[tuple[str, str, int]]
) -> str:
    """Return the counts as links to their provisions; the chosen one leads back to all."""
    if not counts:
        return f'<p class="rs-muted">{escape(say("lapse.nothing"))}</p>'
    made = []
    for code, label, count in counts:
        key = code or "-"
        chosen = links.value(name) == key
        names = {
            links.CAMPAIGN: campaign.id,
            links.VIEW: VIEW,
            links.RULE: rule.id,
            links.AGENCY: links.value(links.AGENCY),
            links.CATEGORY: links.value(links.CATEGORY),
            name: "" if chosen else key,
        }
        words = f"{code} · {label}" if name == links.CATEGORY else label
        shown = links.anchor(PATH, words + (" ×" if chosen else ""), **names)
        made.append(f'<tr><td>{shown}</td><td class="rs-num">{number(count)}</td></tr>')
    return f'<table class="rs-table"><tbody>{"".join(made)}</tbody></table>'


def _provisions(bench: Workbench, person: Person, campaign: CampaignView, rule: Expiry) -> None:
    wanted = ReturningFilter(
        campaign.id, rule.id, links.value(links.AGENCY), links.value(links.CATEGORY)
    )
    page = bench.lapses.provisions(person, wanted, PageRequest(links.requested_page(), _ROWS))
    headings.section(say("lapse.provisions", count=number(page.total)))
    if not page.items:
        st.html(f'<p class="rs-muted">{escape(say("lapse.nothing"))}</p>')
        return
    head = "".join(
        f"<th>{escape(say(f'lapse.column_{name}'))}</th>"
        for name in ("where", "demand", "agency", "state", "project")
    )
    body = "".join(_row(bench, campaign, one) for one in page.items)
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count)


def _row(bench: Workbench, campaign: CampaignView, one: Returning) -> str:
    row = one.finding
    names = {links.FINDING: row.id, links.CAMPAIGN: campaign.id, links.STATE: "tat-ca"}
    where = links.anchor("ra-soat", f"{row.number} – {row.label}", **names)
    project = escape(say("lapse.no_project"))
    if one.project_id is not None:
        leads = {links.CAMPAIGN: campaign.id, links.VIEW: PART, links.PROJECT: one.project_id}
        project = f"{links.anchor(PATH, shorten(one.project, 40), **leads)} {risk_mark(one.risk)}"
    agency = bench.agencies.name(row.agency) if row.agency else say("programme.unassigned")
    cells = (
        where,
        f"{escape(row.category)} · «{escape(row.quote)}»",
        escape(agency),
        escape(FINDING_STATES[row.state]),
        project,
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
