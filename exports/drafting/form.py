"""A form (mẫu, phụ lục) that an amending act brings along, and the number it bears there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.label import label_of
from corpus.phrase import places_in

FORMS = ("mau", "phu-luc")
# «Mẫu số 28», or the clause written out: «Sửa Mẫu số 01 thành Mẫu số 28 ban hành kèm theo …»
_NUMBERED = re.compile(
    r"(?:(?:Sửa|Thay\s+thế)(?:\s+đổi)?\s+\S.*?\s+(?:thành|bằng)\s+)?"
    r"(?P<label>(?:(?:Biểu\s+)?[Mm]ẫu(?:\s+số)?|Phụ\s+lục(?:\s+số)?)\s+[\w./-]*\w)"
    r"(?:\s+ban\s+hành\s+kèm\s+theo\s.*)?"
    r"\s*(?:[.:]\s*(?P<title>.*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form by its path in the amending act; no ``lines`` where only its number is proposed."""

    path: str  # "mau-28"
    lines: tuple[str, ...]
    instrument: str  # type of the amending act: "Thông tư"

    @property
    def label(self) -> str:
        """Its name: «Mẫu số 28»."""
        return label_of(self.path)

    def stem(self, target: str) -> str:
        """Return «Sửa Mẫu số 01 thành Mẫu số 28 ban hành kèm theo Thông tư này.» (DOMAIN 4.4).

        A form that keeps its number is said to replace the old one.
        """
        renumbered = target != self.path and level(self.path) == "mau"
        verb, into = ("Sửa", "thành") if renumbered else ("Thay thế", "bằng")
        brought = f"ban hành kèm theo {self.instrument} này"
        return f"{verb} {label_of(target)} {into} {self.label} {brought}."

    def renumbered(self, taken: Collection[str]) -> Form:
        """Return the form with a number that none of the ``taken`` paths bears."""
        if self.path not in taken:
            return self
        own = level(self.path)
        numbers = (path.rpartition("-")[2] for path in taken if level(path) == own)
        last = max((int(number) for number in numbers if number.isdecimal()), default=0)
        return replace(self, path=f"{own}-{last + 1:02d}" if own == "mau" else f"{own}-{last + 1}")


def level(path: str) -> str:
    """Return what the last unit of a path is: "mau" for ``phu-luc-1/mau-05``."""
    return path.rpartition("/")[2].rpartition("-")[0]


def form_of(target: str, lines: Sequence[str], instrument: str) -> Form | None:
    """Return the form that ``lines`` propose in place of ``target``; None where they are no form.

    A form is several lines, or a number of its own above them («Mẫu số 28»).
    """
    numbered = _NUMBERED.fullmatch(lines[0]) if lines else None
    named = [path for path, _ in places_in(numbered["label"])] if numbered else []
    if numbered is None or len(named) != 1 or level(named[0]) not in FORMS:
        return Form(target, tuple(lines), instrument) if len(lines) > 1 else None
    # «Mẫu số 05» above the new text of Mẫu số 05 Phụ lục I is that form's own number.
    own = target.rpartition("/")[2] == named[0]
    title = [numbered["title"]] if numbered["title"] else []
    return Form(target if own else named[0], (*title, *lines[1:]), instrument)
