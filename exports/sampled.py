"""What random samples of unflagged provisions say was missed, for every kind of export."""

from __future__ import annotations

from models.elusion import CONFIDENCE, Elusion
from review.reports.records import ReportData, SampledLine


def share(value: float) -> str:
    """Return a share 0 … 1 with two digits after the comma: 0.0123 → "1,23%"."""
    return f"{100 * value:.2f}".replace(".", ",") + "%"


def confidence() -> str:
    """Return the confidence of every interval: "95%"."""
    return f"{CONFIDENCE:.0%}"


def interval(found: Elusion) -> str:
    """Return the interval of the share missed."""
    return f"{share(found.low)} – {share(found.high)}"


def read_lines(data: ReportData) -> list[tuple[SampledLine, Elusion]]:
    """Return the ministries with an estimate, each with it."""
    return [(line, line.estimate) for line in data.sampled if line.estimate is not None]


def unread_names(data: ReportData) -> list[str]:
    """Return the ministries with acts and without an estimate."""
    return [line.agency for line in data.sampled if line.estimate is None]


def at_most(data: ReportData) -> int:
    """Return the sum of the upper bounds of what was missed."""
    return sum(found.missed[2] for _, found in read_lines(data))
