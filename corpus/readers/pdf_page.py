"""Lines and pages of a PDF, from its text layer or recognised on a scan."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.encoding import Legacy


@dataclass(slots=True)
class Line:
    """One printed line; lengths in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float  # height of the font, in points like the others
    turn: int = 0  # rotation of the page at which the line would stand upright


@dataclass(slots=True)
class Page:
    """Lines in the order drawn."""

    lines: list[Line]
    turned: bool = False  # set sideways, as wide tables are
    scanned: bool = False  # a picture; its lines, if any, were recognised on it
    converted: dict[Legacy, int] = field(default_factory=dict)  # characters, by old encoding
