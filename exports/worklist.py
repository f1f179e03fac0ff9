"""A list given back in its own columns, with what was found of each row behind them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from exports import data_files
from exports.excel.book import Book, Paper
from exports.excel.columns import Column, Sheet
from review.agencies import name_of
from review.programme.worklist_match import MATCHES
from review.records.worklist import WorklistRow, WorklistTable

# Columns put behind those of the list: key, title, width.
ADDED = (
    ("annex", "Phụ lục", 9),
    ("field", "Lĩnh vực", 24),
    ("state", "Kết quả đối chiếu", 20),
    ("stored", "Văn bản, điều khoản trong kho", 34),
    ("near", "Nơi gần nhất trong kho", 30),
    ("findings", "Mã gợi ý", 12),
    ("sources", "Nguồn điện tử nhận ra", 14),
    ("owners", "Cơ quan chủ quản nhận ra", 22),
    ("place", "Vị trí trong tệp đã nạp", 18),
)
# What a list may say in a column of its own.
_OWN: Mapping[str, Callable[[WorklistRow], str]] = {
    "annex": lambda row: row.annex,
    "field": lambda row: row.cells["field"],
}
_NARROWEST, _WIDEST = 7, 44


def build(data: Paper[WorklistTable]) -> bytes:
    """Return the list as .xlsx: a sheet for each table of the file that was loaded."""
    book = Book(data.head, data.campaign, data.stamp)
    title = f"{data.body.view.name}: đối chiếu với kho văn bản"
    for number, (headings, rows) in enumerate(_tables(data.body.rows), 1):
        annex = rows[0].annex
        name = f"Phụ lục {annex}" if annex else f"Bảng {number}"
        if name in book.sheets.sheetnames:
            name = f"{name} ({number})"
        added = _added(rows)
        lines = [_line(row, len(headings)) for row in rows]
        book.table(Sheet(name, title, _columns(headings, lines, added)), lines, title)
    book.continue_long_cells()
    return book.finish(title)


def build_csv(data: Paper[WorklistTable]) -> bytes:
    """Return the list as one CSV table in UTF-8; tables of other columns stand below each other."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for headings, rows in _tables(data.body.rows):
        added = _added(rows)
        keys = [*(f"cell-{place}" for place in range(len(headings))), *(key for key, *_ in added)]
        writer.writerow([*headings, *(title for _, title, _ in added)])
        for row in rows:
            line = _line(row, len(headings))
            writer.writerow([data_files.cell(line[key]) for key in keys])
    return (data_files.BOM + stream.getvalue()).encode()


def _tables(rows: Sequence[WorklistRow]) -> Iterator[tuple[tuple[str, ...], list[WorklistRow]]]:
    """Yield the tables of the file by their headings and annex, in its order."""

    def table(row: WorklistRow) -> tuple[tuple[str, ...], str]:
        headings = tuple(heading for heading, _ in row.printed)
        # One table of all annexes says in a column of its own which one a row belongs to.
        return headings, "" if row.annex in (cell for _, cell in row.printed) else row.annex

    for (headings, _), found in groupby(rows, table):
        yield headings, list(found)


def _line(row: WorklistRow, columns: int) -> dict[str, str]:
    cells = [cell for _, cell in row.printed]
    exact = [match for match in row.found if not match.near]
    return {
        **{f"cell-{place}": cells[place] for place in range(columns)},
        "annex": row.annex,
        "field": row.cells["field"],
        "state": MATCHES[row.state],
        "stored": "; ".join(f"{m.number} {m.label}".strip() for m in exact),
        "near": "; ".join(f"{m.number} {m.label}" for m in row.found if m.near),
        "findings": ", ".join(str(m.finding_id) for m in exact if m.finding_id),
        "sources": ", ".join(row.sources),
        "owners": "; ".join(map(name_of, row.owners)),
        "place": row.place,
    }


def _added(rows: Sequence[WorklistRow]) -> tuple[tuple[str, str, float], ...]:
    """Return the columns to put behind: none that only repeats a column of the list itself."""
    said = {
        key: all(
            words in {cell for _, cell in row.printed}
            for row in rows
            for words in (of(row),)
            if words
        )
        for key, of in _OWN.items()
    }
    return tuple(column for column in ADDED if not said.get(column[0]))


def _columns(
    headings: Sequence[str],
    lines: Sequence[Mapping[str, str]],
    added: Sequence[tuple[str, str, float]],
) -> tuple[Column, ...]:
    own = [
        Column(f"cell-{place}", heading or f"({place + 1})", _width(heading, place, lines))
        for place, heading in enumerate(headings)
    ]
    return (*own, *(Column(key, title, width) for key, title, width in added))


def _width(heading: str, place: int, lines: Sequence[Mapping[str, str]]) -> float:
    """Return a width for a column of somebody else's table, from the words it holds."""
    lengths = sorted(len(line[f"cell-{place}"]) for line in lines)
    usual = lengths[len(lengths) * 9 // 10]
    return max(_NARROWEST, min(_WIDEST, max(usual, len(heading) // 2) * 0.8 + 3))
