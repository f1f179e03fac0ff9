"""Tables in reports and annexes: repeated head, short rows that stay whole, text ranged left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from docx.oxml.xmlchemy import BaseOxmlElement

from exports.docx_reading import words
from exports.layout import Layout
from exports.row_height import MARGIN, WHOLE_LINES
from exports.row_height import lines as lines_of
from exports.word.document import CELL, HEAD_CELL
from exports.word.oxml import Run, cell, paragraph, row, table

_KEPT_LINES = 12
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
    layout: Layout,
    width: int,
    columns: Sequence[Column],
    lines: Iterable[Line],
    *,
    dense: bool = False,
    kept: bool = False,
) -> BaseOxmlElement:
    """Return a bordered table of ``width`` twips; every line has as many cells as ``columns``.

    ``dense`` sets it in the smaller size, as tables of many columns are; ``kept`` keeps one of few
    lines on one page.
    """
    lines = list(lines)
    kept = kept and len(lines) <= _KEPT_LINES
    widths = _widths(width, columns)
    size = layout.sizes["bang_day" if dense or len(columns) > _DENSE else "bang"].chosen
    rows = [_head(widths, columns, size, keep_next=kept)]
    for place, line in enumerate(lines, 1):
        if isinstance(line, Group):
            words = paragraph(Run(line.title, bold=True, size=size), CELL, keep_next=True)
            rows.append(row([cell(sum(widths), [words], span=len(columns))]))
            continue
        bold = isinstance(line, Total)
        texts = line.cells if isinstance(line, Total) else line
        keep_next = kept and place < len(lines)
        made = (
            cell(space, _words(text, column, size, bold=bold, keep_next=keep_next))
            for space, column, text in zip(widths, columns, texts, strict=True)
        )
        rows.append(row(made, whole=_is_short(texts, widths, size)))
    return table(widths, rows, bordered=True, margin=MARGIN)


def _widths(width: int, columns: Sequence[Column]) -> list[int]:
    whole = sum(column.share for column in columns)
    widths = [int(width * column.share / whole) for column in columns]
    widths[-1] += width - sum(widths)
    return widths


def _is_short(texts: Sequence[Words], widths: Sequence[int], size: float) -> bool:
    """Whether a row is so low that it stays on one page."""
    return all(
        lines_of(_paragraphs(text), space, size) <= WHOLE_LINES
        for text, space in zip(texts, widths, strict=True)
    )


def _paragraphs(text: Words) -> list[str]:
    if isinstance(text, str):
        return [part for part in text.split("\n") if part]
    return [words(made) for made in text]


def _head(
    widths: Sequence[int], columns: Sequence[Column], size: float, *, keep_next: bool
) -> BaseOxmlElement:
    return row(
        (
            cell(
                space,
                [paragraph(Run(column.title, size=size), HEAD_CELL, keep_next=keep_next)],
                middle=True,
            )
            for space, column in zip(widths, columns, strict=True)
        ),
        head=True,
    )


def _words(
    text: Words, column: Column, size: float, *, bold: bool, keep_next: bool
) -> list[BaseOxmlElement]:
    if not isinstance(text, str):
        return text
    align = None if column.align == "left" else column.align
    return [
        paragraph(Run(part, bold=bold or None, size=size), CELL, align=align, keep_next=keep_next)
        for part in (text.split("\n\n") or [""])
    ]
