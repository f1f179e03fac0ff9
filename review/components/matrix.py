"""Opened opinions side by side: member × provision, and the figures of agreement with their n."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard, links
from review.components.formats import number
from review.components.wording import say
from review.opinions.ballot import COUNTED, VERDICTS
from review.opinions.comparison import GROUPINGS
from review.records import AgreementGroup, CampaignView, FindingFilter, PageRequest, Person
from review.workbench import Workbench

_ROWS = 14
_DIVIDED = "khac_nhau"
_BY = "theo"


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the matrix of the filter in the address."""
    only = links.switch(
        say("matrix.views"), _DIVIDED, {"": say("matrix.all"), "1": say("matrix.divided")}
    )
    page = bench.comparison.matrix(
        person,
        FindingFilter(
            campaign_id=campaign.id,
            agency=links.value(links.AGENCY),
            category=links.value(links.CATEGORY),
        ),
        only == "1",
        PageRequest(links.requested_page(), _ROWS),
    )
    if not page.items:
        guard.empty(say("matrix.empty"), say("matrix.empty_advice"))
        return
    members = list(dict.fromkeys([*COUNTED, *(m for row in page.items for m in row.verdicts)]))
    names = {member: name for row in page.items for member, name in row.names.items()}
    head = "".join(f"<th>{escape(names.get(member, member))}</th>" for member in members)
    body = ""
    for row in page.items:
        place = f"{row.finding.number}, {row.finding.label}"
        link = links.anchor("y-kien", place, phat_hien=row.finding.id, muc="tat-ca")
        cells = "".join(_cell(row.verdicts.get(member, ""), row.divided) for member in members)
        mark = say("matrix.differs") if row.divided else say("matrix.same")
        body += f"<tr><td>{link}</td>{cells}<td>{escape(mark)}</td></tr>"
    st.html(
        f'<table class="rs-table"><thead><tr><th>{escape(say("matrix.place"))}</th>{head}'
        f"<th>{escape(say('matrix.result'))}</th></tr></thead><tbody>{body}</tbody></table>"
    )
    links.page_number(page.count, page.number)


def agreement(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the figures of the campaign and of its groups, each with n and a plain sentence."""
    by = links.choose(say("agreement.by"), _BY, {"": say("agreement.whole"), **GROUPINGS})
    groups = bench.comparison.agreement(person, campaign.id, by)
    st.html(f'<div class="rs-notice">{escape(groups[0].figures.meaning)}</div>')
    pairs = "".join(
        f"<th>κ {escape(pair.first)}–{escape(pair.second)}</th>" for pair in groups[0].figures.pairs
    )
    rows = "".join(_group(group) for group in groups)
    st.html(
        f'<table class="rs-table"><thead><tr><th>{escape(say("agreement.group"))}</th>'
        f"<th>n</th><th>{escape(say('agreement.share'))}</th><th>Gwet AC1</th>"
        f"<th>Krippendorff α</th>{pairs}</tr></thead><tbody>{rows}</tbody></table>"
    )
    st.html(f'<p class="rs-muted">{escape(say("agreement.about"))}</p>')


def _cell(verdict: str, divided: bool) -> str:
    if not verdict:
        return "<td>–</td>"
    words = escape(VERDICTS[verdict])
    return (
        f"<td><b>{words}</b></td>" if divided and verdict != "thong_nhat" else f"<td>{words}</td>"
    )


def _group(group: AgreementGroup) -> str:
    figures = group.figures
    cells = [_share(figures.share), _coefficient(figures.ac1), _coefficient(figures.alpha)]
    cells += [_coefficient(pair.kappa) for pair in figures.pairs]
    columns = "".join(
        f'<td class="rs-num">{cell}</td>' for cell in (number(figures.compared), *cells)
    )
    return f'<tr title="{escape(figures.meaning)}"><td>{escape(group.name)}</td>{columns}</tr>'


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f}%"


def _coefficient(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")
