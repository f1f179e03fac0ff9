"""Text that a spreadsheet cannot hold as it is: formulas, control characters, very long cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from exports.formats import ILLEGAL, legal

CELL_LIMIT = 32_767  # characters in one Excel cell; more is cut off without a word
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take ``text`` for a formula."""
    return text.startswith(_FORMULA_SIGNS)


@dataclass(frozen=True, slots=True)
class Continuation:
    """The rest of a cell that was too long: which row and column it belongs to."""

    sheet: str
    row: str  # key of the row
    column: str
    part: int  # 2, 3 …
    text: str


@dataclass(slots=True)
class Margin:
    """What happened to texts on their way into cells; told on the guidance sheet."""

    continuations: list[Continuation] = field(default_factory=list)
    removed: int = 0  # control characters left out

    def fit(self, text: str, sheet: str, row: str, column: str) -> str:
        """Return ``text`` as the cell may hold it; what does not fit is kept as continuations."""
        clean = legal(text)
        self.removed += len(ILLEGAL.findall(text.replace("\x0b", "")))
        if _units(clean) <= CELL_LIMIT:
            return clean
        note = f"\n[Còn tiếp: sheet «Phần tiếp», {sheet}, mã {row}]"
        parts = _split(clean, CELL_LIMIT - len(note))
        for number, part in enumerate(parts[1:], 2):
            self.continuations.append(Continuation(sheet, row, column, number, part))
        return parts[0] + note


def _units(text: str) -> int:
    """Return the length as Excel counts it: in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def _split(text: str, size: int) -> list[str]:
    """Cut ``text`` into pieces of at most ``size`` units, no character in two."""
    parts, start, used = [], 0, 0
    for place, char in enumerate(text):
        units = 2 if char > "\uffff" else 1
        if used + units > size:
            parts.append(text[start:place])
            start, used = place, 0
        used += units
    return [*parts, text[start:]]
