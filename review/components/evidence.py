"""Legal bases with their evidence mark, electronic sources with their readiness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from models.records import BasisRef
from review.components.trace import block
from review.components.wording import say

# CSS class per evidence mark; a mark not listed here counts as unverified.
_CLASSES = {"đã đối chiếu": "rs-ev-v", "nguồn thứ cấp": "rs-ev-v2", "theo trí nhớ": "rs-ev-m"}
UNVERIFIED = "chưa đối chiếu"


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A legal basis as a finding shows it; ``warning`` is what to know before citing it."""

    reference: BasisRef
    citation: str
    meaning: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """An electronic source as a finding shows it."""

    id: str
    name: str
    owner: str
    readiness: str  # «D2 · Kết nối một phần»


def mark(confidence: str) -> str:
    """Return an evidence mark as HTML; what carries none is «chưa đối chiếu»."""
    words = confidence or UNVERIFIED
    return f'<span class="rs-evidence {_CLASSES.get(words, "rs-ev-m")}">{escape(words)}</span>'


def bases(lines: Sequence[BasisLine], addresses: Mapping[str, str], title: str) -> str:
    """Return the legal bases of a finding: citation, paraphrase, evidence mark, warning.

    ``addresses`` by basis id lead to the clause where the basis act is loaded.
    """
    rows = "".join(_basis(line, addresses.get(line.reference.id, "")) for line in lines)
    if not rows:
        rows = f'<li class="rs-muted">{escape(say("evidence.no_basis"))}</li>'
    return block(title, f'<ul class="rs-list">{rows}</ul>')


def _basis(line: BasisLine, address: str) -> str:
    words = escape(line.citation)
    if address:
        words = f'<a href="{escape(address)}" target="_self">{words}</a>'
    warning = f" <i>{escape(line.warning)}</i>" if line.warning else ""
    meaning = f'<br><span class="rs-muted">{escape(line.meaning)}</span>' if line.meaning else ""
    return f"<li><b>{words}</b> {mark(line.reference.confidence)}{warning}{meaning}</li>"


def sources(lines: Sequence[SourceLine], title: str) -> str:
    """Return the electronic sources that replace the paper, each with its readiness."""
    rows = "".join(
        f"<li><b>{escape(line.id)}</b> {escape(line.name)}<br>"
        f'<span class="rs-muted">{escape(line.owner)} · {escape(line.readiness)}</span></li>'
        for line in lines
    )
    if not rows:
        rows = f'<li class="rs-muted">{escape(say("evidence.no_source"))}</li>'
    return block(title, f'<ul class="rs-list">{rows}</ul>')
