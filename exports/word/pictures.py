"""The charts of the reports: progress by ministry, findings by category group and severity."""

from __future__ import annotations

from exports import collation, tally, terms
from exports.word.chart import Segment
from exports.word.wording import Wording
from exports.word.writer import Writer
from review.reports.records import ReportData

# Greys that differ in black and white; numbers on the dark ones are set in white.
_DONE, _LEFT = ("595959", "FFFFFF"), ("D9D9D9", "000000")
_SHADES = {
    4: ("262626", "FFFFFF"),
    3: ("7F7F7F", "FFFFFF"),
    2: ("BFBFBF", "000000"),
    1: ("E7E6E6", "000000"),
    0: ("FFFFFF", "000000"),
}


def group_chart(writer: Writer, words: Wording, data: ReportData) -> None:
    """Draw the findings of each category group, stacked by severity."""
    rows = tally.by_group(data)
    if not rows:
        return
    names = terms.load()
    parts = [
        Segment(names.severity(level), tuple(row.by_severity[level] for row in rows), *shade)
        for level, shade in _SHADES.items()
    ]
    bars = [f"{row.group}. {names.groups.get(row.group, '')}" for row in rows]
    writer.chart(words.say("hinh_nhom"), bars, parts)


def progress_chart(writer: Writer, words: Wording, data: ReportData) -> None:
    """Draw how many acts of each ministry have been reviewed; those without acts are left out."""
    rows = sorted(
        (row for row in data.summary if row.acts), key=lambda row: collation.key(row.agency)
    )
    if not rows:
        return
    parts = [
        Segment(words.say("da_ra_soat"), tuple(row.reviewed for row in rows), *_DONE),
        Segment(words.say("chua_ra_soat"), tuple(row.acts - row.reviewed for row in rows), *_LEFT),
    ]
    writer.chart(words.say("hinh_bo"), [row.agency for row in rows], parts)
