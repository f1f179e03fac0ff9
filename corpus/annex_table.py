"""Tables of a .docx, .xlsx, .csv or .tsv file as rows of texts, merged cells said once."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import docx
import openpyxl
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from openpyxl.utils.exceptions import InvalidFileException

from corpus import encoding
from corpus.errors import ERRORS
from corpus.readers.detect import detect

Cells = list[str]

_MOST_ROWS = 20_000  # of one table; the annexes have less than a thousand
_SEPARATORS = "\t;,"
_TITLE_PARAGRAPHS = 4  # above a table


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``title`` is what stands above it, or the name of its sheet."""

    name: str  # as a report calls it: "bảng 2", "trang tính «PL I»"
    title: str
    rows: list[Cells]


def read_tables(name: str, data: bytes) -> Iterator[Table]:
    """Yield the tables of a file; raises RS-101 (damaged) or RS-117 (another kind of file)."""
    found = detect(data)
    try:
        if found == "docx":
            yield from _word(data)
        elif found == "xlsx":
            yield from _workbook(data)
        elif found == "text":
            yield _separated(data)
        else:
            advice = "Nạp bảng phụ lục dạng .docx, .xlsx, .csv hoặc .tsv."
            raise ERRORS.error("RS-117", name=name, what="tệp không chứa bảng", advice=advice)
    except (
        zipfile.BadZipFile, PackageNotFoundError, InvalidFileException, KeyError, ValueError,
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


def _separated(data: bytes) -> Table:
    text, _, _ = encoding.decode(data)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    quoting = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
    reader = csv.reader(lines[:_MOST_ROWS], delimiter=separator, quoting=quoting)
    return Table("bảng 1", "", [[_even(cell) for cell in row] for row in reader])
