"""A table that comes back filled in: hostile until read, found by headings, joined again.

The file is never edited nor kept open: values are read, everything else stays where it is.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from corpus.readers.docx_package import Package
from corpus.readers.limits import Limits
from corpus.text import clean, unaccent
from exports.errors import ERRORS
from exports.excel.book import CONTINUED
from exports.excel.columns import Column, sheet

FORM = "BM-03"
_BOUNDS = Limits(file_mb=50, expanded_mb=300, members=2_000)
_MOST_ROWS, _MOST_COLUMNS, _HEAD_ROWS = 20_000, 200, 20
_LEAST_HEADINGS = 4  # of ours in one row, to take it for the head
_KEYS = {"finding_id", "proposal_version"}  # hidden; no other sheet has both
# Parts that a table of ours never has: programs, other books, queries, things of other programs.
_FOREIGN = (
    "vbaproject",
    "externallinks/",
    "embeddings/",
    "activex/",
    "connections.xml",
    "queries/",
)
_CONTINUES = re.compile(r"\n\[Còn tiếp: sheet «Phần tiếp», [^\]]*\]\s*$")
# What the service calls the columns that ministries fill in.
_FIELDS = {
    "handling": "handling",
    "new_text": "new_text",
    "reason": "reason",
    "instrument": "instrument",
    "lead": "lead_agency",
    "coordinating": "co_agencies",
    "deadline": "deadline",
}
_READ_ONLY = ("act", "label", "text", "quote")  # said when they were edited: it has no effect

Value = str | date | None


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row; ``values`` by field of a proposal, ``others`` by key of a column not taken back."""

    place: int
    finding_id: int | None
    version: int
    values: Mapping[str, Value]
    others: Mapping[str, str]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file brought back."""

    digest: str  # SHA-256 of the file
    rows: tuple[FilledRow, ...]
    missing: tuple[str, ...]  # titles of fillable columns that the file has no more
    unknown: tuple[str, ...] = field(default=())  # headings that are none of ours


def read(name: str, data: bytes) -> Filled:
    """Read a workbook; raises RS-105, RS-106, RS-111 (damaged, locked, bomb), RS-721, RS-722.

    RS-721: it holds programs, links to other files or a document type; RS-722: no sheet of it is a
    BM-03 with its hidden keys.
    """
    guard(name, data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise ERRORS.error("RS-720", name=name) from wrong
    try:
        page, head_row, places, unknown = _find(book.worksheets, name)
        continued = _continuations(book)
        rows = tuple(_rows(page, head_row, places, continued))
    except (KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise ERRORS.error("RS-720", name=name) from wrong
    finally:
        book.close()
    fillable = [column for column in sheet(FORM).columns if column.filled]
    missing = tuple(column.title for column in fillable if column.key not in places)
    return Filled(hashlib.sha256(data).hexdigest(), rows, missing, unknown)


def guard(name: str, data: bytes) -> None:
    """Refuse what no table needs: raises RS-105, RS-106, RS-111, RS-720, RS-721."""
    if len(data) > _BOUNDS.file_bytes:
        raise ERRORS.error("RS-720", name=name)
    Package(name, data, _BOUNDS)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        if len(entries) > _BOUNDS.members:
            raise ERRORS.error("RS-720", name=name)
        for entry in entries:
            lower = entry.filename.lower()
            if any(part in lower for part in _FOREIGN):
                raise ERRORS.error("RS-721", name=name, what=entry.filename[:80])
            if lower.endswith((".xml", ".rels")):
                with package.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(4096):
                        raise ERRORS.error("RS-721", name=name, what="DOCTYPE")


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unaccent(clean(text).text).casefold()).split())


def _known() -> dict[str, Column]:
    """Return our columns by every heading they are known under."""
    columns: dict[str, Column] = {}
    for column in sheet(FORM).columns:
        for title in (column.title, *column.aliases):
            columns.setdefault(_folded(title), column)
    return columns


def _find(
    pages: Iterable[Worksheet], name: str
) -> tuple[Worksheet, int, dict[str, int], tuple[str, ...]]:
    known = _known()
    for page in pages:
        page.reset_dimensions()
        cells = page.iter_rows(max_row=_HEAD_ROWS, max_col=_MOST_COLUMNS, values_only=True)
        for number, values in enumerate(cells, 1):
            titles = [_folded(str(value)) if value is not None else "" for value in values]
            places: dict[str, int] = {}
            for place, title in enumerate(titles):
                column = known.get(title)
                if column is not None:
                    places.setdefault(column.key, place)
            if len(places) >= _LEAST_HEADINGS and places.keys() >= _KEYS:
                unknown = tuple(
                    str(value)[:60]
                    for value, title in zip(values, titles, strict=True)
                    if title and title not in known
                )
                return page, number, places, unknown
    raise ERRORS.error("RS-722", name=name)


def _continuations(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """Return what «Phần tiếp» holds of our table, by key of the row and title of the column."""
    if CONTINUED not in book.sheetnames:
        return {}
    parts: dict[tuple[str, str], dict[int, str]] = {}
    page = book[CONTINUED]
    page.reset_dimensions()
    for row in page.iter_rows(min_row=2, max_row=_MOST_ROWS, max_col=5, values_only=True):
        form, key, title, part, text = (*row, *(None,) * 5)[:5]
        if form == FORM and isinstance(part, (int, float)):
            parts.setdefault((str(key), str(title)), {})[int(part)] = str(text or "")
    return {key: "".join(texts[n] for n in sorted(texts)) for key, texts in parts.items()}


def _rows(
    page: Worksheet,
    head_row: int,
    places: Mapping[str, int],
    continued: Mapping[tuple[str, str], str],
) -> Iterator[FilledRow]:
    columns = {column.key: column for column in sheet(FORM).columns}
    cells = page.iter_rows(min_row=head_row + 1, max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
    for number, row in enumerate(cells, head_row + 1):
        if all(cell.value in (None, "") for cell in row):
            continue
        yield _row(number, row, places, columns, continued)


def _row(
    number: int,
    row: Sequence[Cell],
    places: Mapping[str, int],
    columns: Mapping[str, Column],
    continued: Mapping[tuple[str, str], str],
) -> FilledRow:
    problems: list[str] = []

    def cell(key: str) -> Cell | None:
        place = places.get(key)
        return row[place] if place is not None and place < len(row) else None

    finding_id = _whole(cell("finding_id"))
    values: dict[str, Value] = {}
    for key, name in _FIELDS.items():
        found = cell(key)
        if key not in places:
            continue
        if found is not None and found.data_type == "f":
            problems.append(f"ô «{columns[key].title}» có công thức: không nhận")
            continue
        if found is not None and found.data_type == "e":
            problems.append(f"ô «{columns[key].title}» báo lỗi {found.value}: không nhận")
            continue
        value = found.value if found is not None else None
        values[name] = _joined(value, (str(finding_id), columns[key].title), continued)
    others = {
        key: str(found.value)
        for key in _READ_ONLY
        if (found := cell(key)) is not None and found.value is not None
    }
    version = _whole(cell("proposal_version")) or 0
    return FilledRow(number, finding_id, version, values, others, tuple(problems))


def _joined(value: object, key: tuple[str, str], continued: Mapping[tuple[str, str], str]) -> Value:
    if isinstance(value, str) and key in continued and (note := _CONTINUES.search(value)):
        return value[: note.start()] + continued[key]
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _whole(cell: Cell | None) -> int | None:
    value = cell.value if cell is not None else None
    if isinstance(value, bool) or value is None:
        return None
    text = (
        str(int(value)) if isinstance(value, (int, float)) and value == int(value) else str(value)
    )
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def ignored(
    filled: Filled, expected: Mapping[int, Mapping[str, object]]
) -> list[tuple[int, int, str]]:
    """Return (row, finding, title) of edited cells that are not taken back.

    ``expected`` has the cells of the table as it would be made now, by finding.
    """
    titles = {column.key: column.title for column in sheet(FORM).columns}
    found = []
    for row in filled.rows:
        standing = expected.get(row.finding_id or 0)
        if standing is None:
            continue
        for key, text in row.others.items():
            if _same(text) != _same(str(standing.get(key) or "")):
                found.append((row.place, row.finding_id or 0, titles[key]))
    return found


def _same(text: str) -> str:
    return " ".join(_CONTINUES.sub("", text).split())[:2000]
