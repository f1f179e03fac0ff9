"""A list that a ministry keeps in a form of its own: sheets, headings, rows; hostile until read."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from exports.errors import ERRORS
from exports.excel.filled import guard
from review.exchange.own_list import guessed
from review.exchange.records import ListRow

_MOST_ROWS, _MOST_COLUMNS, _HEAD_ROWS = 20_000, 60, 20
_MOST_BYTES = 50 * 1024 * 1024
_LEAST_HEADINGS = 2
_ENCODINGS = ("utf-8-sig", "utf-16")


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet: its headings, and the rows below them with their place in the file."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def mapped(self, columns: Mapping[str, int]) -> list[ListRow]:
        """Return the rows by field; a row without anything in these columns is left out."""
        made = []
        for place, cells in self.rows:
            values = {key: cells[at] for key, at in columns.items() if cells[at].strip()}
            if values:
                made.append(ListRow(place, values))
        return made


@dataclass(frozen=True, slots=True)
class Listings:
    """The sheets of a file that have headings, the likeliest first."""

    digest: str  # SHA-256 of the file
    sheets: tuple[Listing, ...]


def read(name: str, data: bytes) -> Listings:
    """Read .xlsx or .csv.

    Raises RS-720, RS-721 (not a table, or with programs and foreign parts), RS-723 (no headings).
    """
    pages = _csv(name, data) if name.lower().endswith(".csv") else _xlsx(name, data)
    found = [listing for title, rows in pages if (listing := _listing(title, rows)) is not None]
    if not found:
        raise ERRORS.error("RS-723", name=name)
    found.sort(key=lambda listing: -len(guessed(listing.headings)))
    return Listings(hashlib.sha256(data).hexdigest(), tuple(found))


_Page = tuple[str, Iterable[Sequence[object]]]


def _xlsx(name: str, data: bytes) -> list[_Page]:
    guard(name, data)
    try:
        # Values only: nothing is written back, and what a formula shows is what people read.
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        pages: list[_Page] = []
        for page in book.worksheets:
            page.reset_dimensions()
            rows = page.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
            pages.append((page.title, list(rows)))
        book.close()
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise ERRORS.error("RS-720", name=name) from wrong
    return pages


def _csv(name: str, data: bytes) -> list[_Page]:
    if len(data) > _MOST_BYTES:
        raise ERRORS.error("RS-720", name=name)
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeError:
            continue
    else:
        raise ERRORS.error("RS-720", name=name)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as wrong:
        raise ERRORS.error("RS-720", name=name) from wrong
    return [(name, [row[:_MOST_COLUMNS] for row in rows[:_MOST_ROWS]])]


def _listing(title: str, rows: Iterable[Sequence[object]]) -> Listing | None:
    texts = [_trimmed([_text(value) for value in row]) for row in rows]
    head = _head(texts[:_HEAD_ROWS])
    if head is None:
        return None
    width = max(len(row) for row in texts)
    headings = texts[head] + ("",) * (width - len(texts[head]))
    below = tuple(
        (place, row + ("",) * (width - len(row)))
        for place, row in enumerate(texts[head + 1 :], head + 2)
        if any(cell.strip() for cell in row)
    )
    return Listing(title, headings, below)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    """Return a row without the empty cells that a sheet carries behind its last one."""
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _head(rows: Sequence[tuple[str, ...]]) -> int | None:
    """Return the row of headings: the one with most known ones, else the first with several."""
    best, known = None, 0
    for number, row in enumerate(rows):
        if sum(bool(cell.strip()) for cell in row) < _LEAST_HEADINGS:
            continue
        found = len(guessed(row))
        if best is None or found > known:
            best, known = number, found
    return best


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
