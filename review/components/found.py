"""One page of what search found, as HTML: acts first, then provisions with marked snippets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from review.components import links, severity
from review.components.formats import shorten
from review.components.highlight import Mark, highlight
from review.components.trace import block
from review.components.wording import say
from review.records import ActHit, SearchHit
from review.state import FINDING_STATES

_TITLE = 110  # characters of an act's title in the list


def acts(rows: Sequence[ActHit], agency_name: Callable[[str], str], *, review: bool) -> str:
    """Return the list of acts found by number or title; ``review`` adds the way to their queue."""
    items = []
    for row in rows:
        name = row.number or say("search.no_number")
        more = ""
        if review:
            words = say("search.act_review")
            more = " · " + links.anchor("ra-soat", words, van_ban=row.act_id, trang_thai="tat-ca")
        agency = f" · {escape(agency_name(row.agency))}" if row.agency else ""
        items.append(
            f"<li><b>{links.anchor('kho-van-ban', name, van_ban=row.act_id)}</b> "
            f"{escape(shorten(row.title, _TITLE))}"
            f'<br><span class="rs-muted">{escape(row.type)}{agency}{more}</span></li>'
        )
    return block(say("search.acts"), f'<ul class="rs-list">{"".join(items)}</ul>')


def provisions(rows: Sequence[SearchHit], agency_name: Callable[[str], str]) -> str:
    """Return the list of provisions, each with its address, snippet and finding."""
    return f'<ul class="rs-list">{"".join(_provision(row, agency_name) for row in rows)}</ul>'


def _provision(row: SearchHit, agency_name: Callable[[str], str]) -> str:
    name = f"{row.label} {row.number}".strip() or shorten(row.act_title, _TITLE)
    names = {links.ACT: row.act_id, links.PLACE: row.path}
    stem = ""
    if row.stem:
        stem = f'<span class="rs-muted">{escape(say("search.stem"))} {escape(row.stem)}</span><br>'
    words = highlight(row.snippet, [Mark(start, end, "found") for start, end in row.marks])
    before, after = ("… " if row.cut[0] else ""), (" …" if row.cut[1] else "")
    agency = f" · {escape(agency_name(row.agency))}" if row.agency else ""
    return (
        f"<li><b>{links.anchor('kho-van-ban', name, **names)}</b> "
        f'<span class="rs-chip">{escape(say(f"search.why.{row.why}"))}</span>{_finding(row)}'
        f'<br><span class="rs-muted">{escape(shorten(row.act_title, _TITLE))}{agency}</span><br>'
        f"{stem}{before}{words}{after}</li>"
    )


def _finding(row: SearchHit) -> str:
    if row.finding_id is None:
        return ""
    names = {links.CAMPAIGN: row.campaign_id, links.FINDING: row.finding_id}
    state = FINDING_STATES.get(row.state, row.state)
    link = links.anchor("ra-soat", f"{row.category} · {state}", **names, **{links.STATE: "tat-ca"})
    return f" {severity.short(row.severity)} {link}"
