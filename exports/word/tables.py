"""Tables in reports and annexes: repeated head, rows that stay whole, text ranged left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from docx.oxml.xmlchemy import BaseOxmlElement

from exports.layout import Layout
from exports.word.document import CELL, HEAD_CELL
from exports.word.oxml import Run, cell, paragraph, row, table

_CELL_MARGIN = 70  # twips
_DENSE = 8  # more columns than this are set in the smaller size

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``share`` of the table's width, in whatever unit the others have."""

    title: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Group:
    """A row across all columns that names what follows («I. Thông tư …»)."""

    title: str


@dataclass(frozen=True, slots=True)
class Total:
    """The closing row of sums, in bold."""

    cells: tuple[str, ...]


Words = str | list[BaseOxmlElement]  # a text, or paragraphs built elsewhere (marked changes)
Line = Sequence[Words] | Group | Total


def data_table(
    layout: Layout, width: int, columns: Sequence[Column], lines: Iterable[Line]
) -> BaseOxmlElement:
    """Return a bordered table of ``width`` twips; every line has as many cells as ``columns``."""
    widths = _widths(width, columns)
    size = layout.sizes["bang_day" if len(columns) > _DENSE else "bang"].chosen
    rows = [_head(widths, columns, size)]
    for line in lines:
        if isinstance(line, Group):
            words = paragraph(Run(line.title, bold=True, size=size), CELL, keep_next=True)
            rows.append(row([cell(sum(widths), [words], span=len(columns))]))
            continue
        bold = isinstance(line, Total)
        texts = line.cells if isinstance(line, Total) else line
        rows.append(
            row(
                cell(space, _words(text, column, size, bold))
                for space, column, text in zip(widths, columns, texts, strict=True)
            )
        )
    return table(widths, rows, bordered=True, margin=_CELL_MARGIN)


def _widths(width: int, columns: Sequence[Column]) -> list[int]:
    whole = sum(column.share for column in columns)
    widths = [int(width * column.share / whole) for column in columns]
    widths[-1] += width - sum(widths)
    return widths


def _head(widths: Sequence[int], columns: Sequence[Column], size: float) -> BaseOxmlElement:
    return row(
        (
            cell(space, [paragraph(Run(column.title, size=size), HEAD_CELL)], middle=True)
            for space, column in zip(widths, columns, strict=True)
        ),
        head=True,
    )


def _words(text: Words, column: Column, size: float, bold: bool) -> list[BaseOxmlElement]:
    if not isinstance(text, str):
        return text
    align = None if column.align == "left" else column.align
    return [
        paragraph(Run(part, bold=bold or None, size=size), CELL, align=align)
        for part in (text.split("\n\n") or [""])
    ]
