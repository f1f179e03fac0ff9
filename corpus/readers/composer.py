"""Put the source text of one act together, line by line, with the regions a reader knows."""

from __future__ import annotations

import hashlib
import re

from corpus.errors import ERRORS
from corpus.records import FurnitureKind, Notice, RawDocument, Region

# No reader sees other control characters and neither XML nor spreadsheets can hold them.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff]")

_LETTERS = re.compile(r"[^\W\d_]")
_SAMPLE = 20_000  # characters looked at


def normal_lines(text: str) -> str:
    """Return ``text`` with ``\\n`` line ends and without control characters.

    Form feeds, vertical tabs and the Unicode line ends all end a line.
    """
    if text.isprintable():
        return text  # as most lines are; nothing that is taken out is printable
    lines = f"{text}\v".splitlines()  # the mark keeps an empty last line
    return "\n".join(line if line.isprintable() else _CONTROLS.sub("", line) for line in lines)


class Composer:
    """Collects lines; ``text`` joins them, ``regions`` marks those that are no provision."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.regions: list[Region] = []

    @property
    def length(self) -> int:
        """Offset at which the next line will begin."""
        return self._length

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n" if self._lines else ""

    def line(self, text: str, kind: FurnitureKind | None = None) -> None:
        """Add one paragraph; line ends inside it stay line ends."""
        text = normal_lines(text).rstrip()
        start = self._length
        self._lines.append(text)
        self._length += len(text) + 1
        if kind is not None and text:
            last = self.regions[-1] if self.regions else None
            if last is not None and last.kind == kind and last.end + 1 == start:
                self.regions[-1] = Region(last.start, start + len(text), kind)
            else:
                self.regions.append(Region(start, start + len(text), kind))


def compose(
    name: str,
    format_name: str,
    data: bytes,
    composer: Composer,
    notes: list[Notice],
    *,
    encoding: str = "utf-8",
    page_starts: list[int] | None = None,
) -> RawDocument:
    """Return the document; raises RS-115 where there is no letter or digit in it."""
    text = composer.text
    if not any(char.isalnum() for char in text):
        raise ERRORS.error("RS-115", name=name)
    if _is_foreign(text):
        notes = [*notes, ERRORS.notice("RS-155")]
    return RawDocument(
        source=name,
        format=format_name,
        text=text,
        encoding=encoding,
        digest=hashlib.sha256(data).hexdigest(),
        notes=[read_notice(text, len(page_starts) if page_starts else 0), *notes],
        page_starts=page_starts or [],
        regions=composer.regions,
    )


def _is_foreign(text: str) -> bool:
    """Say whether a text of some length has hardly a letter with marks: one in four is usual."""
    letters = _LETTERS.findall(text[:_SAMPLE])
    return len(letters) > 300 and sum(not char.isascii() for char in letters) < len(letters) * 0.02


def read_notice(text: str, pages: int = 0) -> Notice:
    """Return the line of the load report that says how much was read."""
    return ERRORS.notice(
        "RS-130", chars=count_vi(len(text)), pages=f", {count_vi(pages)} trang" if pages else ""
    )


def count_vi(number: int) -> str:
    """Return ``number`` with Vietnamese thousands marks: 34120 -> «34.120»."""
    return f"{number:,}".replace(",", ".")
