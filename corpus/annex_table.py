"""Tables of a Word, Excel, PDF, .csv or .tsv file as rows of texts, merged cells said once."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import docx
import openpyxl
import pdfplumber
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from openpyxl.utils.exceptions import InvalidFileException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from corpus import encoding
from corpus.errors import ERRORS, RasoatError
from corpus.readers import doc
from corpus.readers.composer import count_vi
from corpus.readers.detect import detect
from corpus.readers.limits import Limits

Cells = list[str]

_MOST_ROWS = 20_000  # of one table; the annexes have less than a thousand
_SEPARATORS = "\t;,"
_TITLE_PARAGRAPHS = 4  # above a table
_MOST_PAGES = 300  # of a PDF; finding lines and cells takes a good second for each
_OLDER_WORD = ("doc", "rtf", "odt")


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``title`` is what stands above it, or the name of its sheet."""

    name: str  # as a report calls it: "bảng 2", "trang tính «PL I»"
    title: str
    rows: list[Cells]


def read_tables(name: str, data: bytes) -> Iterator[Table]:
    """Yield the tables of a file; raises RS-101 (damaged) or RS-117 (another kind of file).

    Older Word files go through LibreOffice; what that raises is in ``readers.doc``. A PDF of too
    many pages is RS-116.
    """
    found = detect(data)
    try:
        if found in _OLDER_WORD:
            converted = doc.convert_many({name: data}, Limits())[name]
            if isinstance(converted, RasoatError):
                raise converted
            yield from _word(converted)
        elif found == "docx":
            yield from _word(data)
        elif found == "pdf":
            yield from _printed(name, data)
        elif found == "xlsx":
            yield from _workbook(data)
        elif found == "text":
            yield _separated(data)
        else:
            advice = "Nạp bảng phụ lục dạng .docx, .doc, .xlsx, .pdf, .csv hoặc .tsv."
            raise ERRORS.error("RS-117", name=name, what="tệp không chứa bảng", advice=advice)
    except (
        zipfile.BadZipFile, PackageNotFoundError, InvalidFileException, PdfminerException,
        KeyError, ValueError,
    ) as broken:  # fmt: skip
        raise ERRORS.error("RS-101", name=name, reason="bảng bị hỏng") from broken


def _even(text: object) -> str:
    return " ".join(str(text).split()) if text is not None else ""


def _word(data: bytes) -> Iterator[Table]:
    document = docx.Document(io.BytesIO(data))
    above: list[str] = []
    number = 0
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if text := _even(block.text):
                above = [*above[1 - _TITLE_PARAGRAPHS :], text]
        elif isinstance(block, WordTable):
            number += 1
            rows = [_word_row(row.cells) for row in block.rows[:_MOST_ROWS]]
            yield Table(f"bảng {number}", " ".join(above), rows)
            above = []


def _word_row(cells: tuple) -> Cells:
    # Cells merged over a row repeat one element; the words stand in the first place only.
    seen: set[int] = set()
    row = []
    for cell in cells:
        first = id(cell._tc) not in seen
        seen.add(id(cell._tc))
        row.append(_even(cell.text) if first else "")
    return row


def _workbook(data: bytes) -> Iterator[Table]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            rows = [
                [_even(value) for value in row]
                for row in sheet.iter_rows(max_row=_MOST_ROWS, values_only=True)
            ]
            if any(any(row) for row in rows):
                yield Table(f"trang tính «{sheet.title}»", sheet.title, rows)
    finally:
        book.close()


def _printed(name: str, data: bytes) -> Iterator[Table]:
    """Tables drawn with lines on the pages of a PDF; one that runs over pages is one table."""
    number = 0
    title: list[str] = []
    rows: list[Cells] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        if len(document.pages) > _MOST_PAGES:
            pages, limit = count_vi(len(document.pages)), count_vi(_MOST_PAGES)
            raise ERRORS.error("RS-116", name=name, pages=pages, limit=limit)
        for page in document.pages:
            for place, table in enumerate(page.find_tables()):
                found = [[_cell(text) for text in row] for row in table.extract()]
                above = _lines_above(page, table.bbox[1]) if place == 0 else []
                if rows and place == 0 and not above and len(found[0]) == len(rows[0]):
                    _go_on(rows, found)
                    continue
                if rows:
                    number += 1
                    yield Table(f"bảng {number}", " ".join(title), rows[:_MOST_ROWS])
                title, rows = above, found
            page.close()
    if rows:
        yield Table(f"bảng {number + 1}", " ".join(title), rows[:_MOST_ROWS])


def _cell(text: str | None) -> str:
    """Return the words of a cell, its broken lines joined."""
    words = ""
    for line in (text or "").splitlines():
        words = _joined(words, _even(line))
    return words


def _go_on(rows: list[Cells], found: list[Cells]) -> None:
    """Add the rows of the next page; its first one may be the rest of the last."""
    if found[0] == rows[0]:  # the head is printed again
        found = found[1:]
    rest = found[0] if found else []
    broken = rest and not rest[0] and any(c[:1].islower() or c[:1].isdigit() for c in rest)
    if broken:
        rows[-1] = [_joined(upper, lower) for upper, lower in zip(rows[-1], rest, strict=True)]
        found = found[1:]
    rows += found


def _joined(upper: str, lower: str) -> str:
    """Join what the edge of a page, or of a cell, broke; numbers of acts break at their marks."""
    return upper + lower if upper.endswith(("/", "-")) else f"{upper} {lower}".strip()


def _lines_above(page: Page, top: float) -> list[str]:
    """Return the last lines above a table, without the page number."""
    if top <= page.bbox[1]:
        return []
    above = page.within_bbox((page.bbox[0], page.bbox[1], page.bbox[2], top), strict=False)
    lines = [_even(line) for line in above.extract_text().splitlines()]
    return [line for line in lines if line and not line.isdigit()][-_TITLE_PARAGRAPHS:]


def _separated(data: bytes) -> Table:
    text, _, _ = encoding.decode(data)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    quoting = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
    reader = csv.reader(lines[:_MOST_ROWS], delimiter=separator, quoting=quoting)
    return Table("bảng 1", "", [[_even(cell) for cell in row] for row in reader])
