"""The tree of an act on the screen: contents with counts, text in parts, marks of its findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from review.components import links, references
from review.components.formats import shorten
from review.components.provision import anchor_of, paragraph, quote_marks
from review.components.severity import SHAPES
from review.components.wording import say
from review.records import ActView, FindingRow, ProvisionView
from review.records.reader import ReaderLinks

# One part of the text on one screen; longer acts are turned over like pages.
PART_CHARACTERS = 60_000
PART_UNITS = 800

# Units that stand in the contents: what a lawyer looks an act up by.
_LISTED = {"phan", "chuong", "muc", "tieu-muc", "dieu", "phu-luc", "mau"}


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive units shown together."""

    units: tuple[ProvisionView, ...]


def parts(units: Sequence[ProvisionView], limit: int = PART_CHARACTERS) -> list[Part]:
    """Cut an act into parts of about ``limit`` characters, before a listed unit.

    An annex that is one long table is cut within, or its lines would be one endless page.
    """
    found: list[list[ProvisionView]] = [[]]
    length = 0
    for unit in units:
        full = length > limit and unit.level in _LISTED
        if full or len(found[-1]) >= PART_UNITS:
            found.append([])
            length = 0
        found[-1].append(unit)
        length += len(unit.text)
    return [Part(tuple(group)) for group in found if group]


def counts(view: ActView) -> dict[int, int]:
    """Return the number of findings in each unit with everything below it, by provision id."""
    parents = {unit.id: unit.parent_id for unit in view.provisions}
    totals: dict[int, int] = {}
    for provision_id, rows in view.findings.items():
        place: int | None = provision_id
        while place is not None:
            totals[place] = totals.get(place, 0) + len(rows)
            place = parents.get(place)
    return totals


def part_of(found: Sequence[Part], path: str) -> int | None:
    """Return the number (from 1) of the part that holds the unit ``path``; None where none does."""
    for number, part in enumerate(found, start=1):
        if any(unit.path == path for unit in part.units):
            return number
    return None


def from_unit(part: Part, path: str) -> Part:
    """Return the part beginning with the unit ``path``; the whole part where it is not in it."""
    for index, unit in enumerate(part.units):
        if unit.path == path:
            return Part(part.units[index:])
    return part


def contents(view: ActView, shown: Part) -> str:
    """Return the contents with counts, each unit linked to its place."""
    totals = counts(view)
    here = {unit.id for unit in shown.units}
    lines = [
        _line(view, unit, totals.get(unit.id, 0), here)
        for unit in view.provisions
        if unit.level in _LISTED
    ]
    return f'<ul class="rs-toc">{"".join(lines)}</ul>'


def _line(view: ActView, unit: ProvisionView, count: int, here: set[int]) -> str:
    heading = f"{unit.label}. {unit.heading}" if unit.heading else unit.label
    style = "" if unit.level == "dieu" else ' class="rs-toc-part"'
    number = f'<span class="rs-count">{count}</span>' if count else ""
    place = _place(view, unit, here, anchor_of(unit.path))
    return (
        f'<li{style}><a href="{escape(place)}" target="_self">{escape(shorten(heading, 70))}</a>'
        f"{number}</li>"
    )


def _place(view: ActView, unit: ProvisionView, here: set[int], anchor: str) -> str:
    """Return where a unit is: an anchor on this screen, else the address that begins with it."""
    if unit.id in here:
        return f"#{anchor}"
    return links.address("kho-van-ban", **{links.ACT: view.row.id, links.PLACE: unit.path})


def text(
    part: Part,
    findings: Mapping[int, Sequence[FindingRow]],
    found: ReaderLinks = ReaderLinks(),  # noqa: B008  (frozen)
    act_id: int = 0,
) -> str:
    """Return a part of the act: findings marked, references linked, notes under their Điều."""
    pieces = []
    for unit in part.units:
        marks = [
            mark
            for row in findings.get(unit.id, ())
            for mark in quote_marks(row, anchor=finding_anchor(row.id))
        ]
        marks += references.marks(found.references.get(unit.id, ()), act_id)
        pieces.append(paragraph(unit, marks))
        if unit.path in found.notes:
            pieces.append(references.note(found.notes[unit.path], act_id))
    return f'<div class="rs-act">{"".join(pieces)}</div>'


def finding_anchor(finding_id: int) -> str:
    """Return the HTML id of a finding's mark in the act."""
    return f"ph-{finding_id}"


def finding_list(
    view: ActView, shown: Part, names: Mapping[str, str], states: Mapping[str, str]
) -> str:
    """Return the findings of an act in its order, each linked to its place and to the review."""
    here = {unit.id for unit in shown.units}
    lines = [
        _finding(row, _place(view, unit, here, finding_anchor(row.id)), names, states)
        for unit in view.provisions
        for row in view.findings.get(unit.id, ())
    ]
    if not lines:
        return f'<p class="rs-muted">{escape(say("act.no_findings"))}</p>'
    return f'<ul class="rs-list">{"".join(lines)}</ul>'


def _finding(
    row: FindingRow, place: str, names: Mapping[str, str], states: Mapping[str, str]
) -> str:
    review = links.anchor(
        "ra-soat",
        say("act.review"),
        **{links.ACT: row.act_id, links.FINDING: row.id, links.STATE: "tat-ca"},
    )
    return (
        f'<li><span class="rs-sev rs-sev-{row.severity}">{SHAPES[row.severity]} M{row.severity}'
        f'</span> <a href="{escape(place)}" target="_self"><b>{escape(row.category)}</b> '
        f"{escape(row.label)}</a><br><q>{escape(shorten(row.quote, 90))}</q><br>"
        f'<span class="rs-muted">{escape(names.get(row.category, ""))} · '
        f"{escape(states.get(row.state, row.state))}</span> · {review}</li>"
    )
