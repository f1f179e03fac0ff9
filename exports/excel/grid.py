"""One table on one sheet: title rows, head, rows, totals as formulas, filter, frozen head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from exports.excel import styles
from exports.excel.columns import Column, Sheet
from exports.excel.safe import Margin

TITLE_ROWS = 3  # issuer, title, stamp; one empty row follows
HEAD_ROW = TITLE_ROWS + 2
FIRST_ROW = HEAD_ROW + 1
_MOST_FROZEN = 5  # columns; more would leave no room to scroll in
_NAMING = (
    "label",
    "provision",
    "procedure",
    "number",
    "act",
    "agency",
    "name",
)  # what tells a reader which row this is
_NOTHING = "Không có dữ liệu trong phạm vi này."
_TO_FILL_IN = "Chưa có dữ liệu; các dòng kẻ sẵn để điền."
_RULED_HEIGHT = 2  # lines
_KEYS = {"finding_id", "act_id", "agency_code", "id"}


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a table came to lie, for formulas that look at it."""

    rows: int
    places: Mapping[str, int]  # column number by key
    letters: Mapping[str, str]
    total_row: int  # 0 where nothing is summed

    def range_of(self, key: str) -> str:
        """Return the cells of one column without head and total: "$A$6:$A$9"."""
        column = self.letters[key]
        return f"${column}${FIRST_ROW}:${column}${FIRST_ROW + self.rows - 1}"


def write_grid(
    page: Worksheet,
    layout: Sheet,
    lines: Sequence[Mapping[str, str | float | date | None]],
    heading: Sequence[str],
    margin: Margin,
) -> Grid:
    """Write ``lines`` under their head; returns where they lie."""
    for row, text in enumerate(heading, 1):
        styles.write(page, row, 1, text, "title" if row < TITLE_ROWS else "note")
    _write_head(page, layout)
    row_key = _row_key(layout)
    for row, line in enumerate(lines, FIRST_ROW):
        _write_line(page, row, layout, line, str(line.get(row_key, "")), margin)
    if not lines:
        _say_empty(page, layout)
    places = {column.key: place for place, column in enumerate(layout.columns, 1)}
    letters = {key: styles.letter(place) for key, place in places.items()}
    last = FIRST_ROW + len(lines) - 1
    summed = [column for column in layout.columns if column.summed]
    total_row = last + 1 if summed and lines else 0
    if total_row:
        _write_totals(page, layout, total_row, last)
    final = styles.letter(len(layout.columns))
    page.auto_filter.ref = f"A{HEAD_ROW}:{final}{max(last, HEAD_ROW)}"
    page.freeze_panes = page.cell(row=FIRST_ROW, column=_frozen(layout) + 1)
    page.sheet_view.zoomScale = 90
    styles.set_print(page, HEAD_ROW)
    return Grid(len(lines), places, letters, total_row)


def _say_empty(page: Worksheet, layout: Sheet) -> None:
    """Say that there is nothing, or rule lines to fill in by hand where the form is for that."""
    if not layout.ruled:
        styles.write(page, FIRST_ROW, 1, _NOTHING, "note")
        return
    styles.write(page, HEAD_ROW - 1, 1, _TO_FILL_IN, "note")
    for row in range(FIRST_ROW, FIRST_ROW + layout.ruled):
        for place, column in enumerate(layout.columns, 1):
            styles.write(page, row, place, None, _style(column))
        styles.set_height(page, row, _RULED_HEIGHT)


def _write_head(page: Worksheet, layout: Sheet) -> None:
    for place, column in enumerate(layout.columns, 1):
        styles.write(page, HEAD_ROW, place, column.title, "head")
        dimension = page.column_dimensions[styles.letter(place)]
        dimension.width = column.width
        dimension.hidden = column.hidden
    shown = [column for column in layout.columns if not column.hidden]
    lines = max(styles.lines_in(column.title, column.width, 1.35) for column in shown)
    styles.set_height(page, HEAD_ROW, lines)


def _write_line(
    page: Worksheet,
    row: int,
    layout: Sheet,
    line: Mapping[str, str | float | date | None],
    key: str,
    margin: Margin,
) -> None:
    height = 1
    for place, column in enumerate(layout.columns, 1):
        value = line.get(column.key)
        if isinstance(value, str):
            value = margin.fit(value, layout.name, key, column.title)
            if not column.hidden:
                height = max(height, styles.lines_in(value, column.width))
        styles.write(page, row, place, value, _style(column))
    styles.set_height(page, row, height)


def _style(column: Column) -> str:
    if not column.filled:
        return column.kind
    return "filled date" if column.kind == "date" else "filled"


def _write_totals(page: Worksheet, layout: Sheet, row: int, last: int) -> None:
    for place, column in enumerate(layout.columns, 1):
        letter = styles.letter(place)
        cell = styles.write(page, row, place, None, "total")
        if column.summed:
            cell.value = f"=SUM({letter}{FIRST_ROW}:{letter}{last})"
        elif place == 2:
            cell.value = "Tổng cộng"


def _row_key(layout: Sheet) -> str:
    """Return the column that names a row: the first of the keys that stand at its end."""
    return next((c.key for c in layout.columns if c.key in _KEYS), "place")


def _frozen(layout: Sheet) -> int:
    """Return how many columns stay in sight: up to the one that names the row, else the first."""
    keys = [column.key for column in layout.columns][:_MOST_FROZEN]
    return next((keys.index(key) + 1 for key in _NAMING if key in keys), 1)
