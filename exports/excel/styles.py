"""Named styles and print settings; every cell is written through ``write``."""

from __future__ import annotations

from copy import copy
from datetime import date
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.safe import looks_like_formula
from exports.formats import legal

FONT = "Times New Roman"
TEXT, NUMBER, DATE, HEAD, TOTAL, TITLE, NOTE, TOPIC, YEAR, FILLED, FILLED_DATE, DECIMAL = (
    "Rà soát chữ", "Rà soát số", "Rà soát ngày", "Rà soát tiêu đề cột", "Rà soát tổng",
    "Rà soát tên bảng", "Rà soát ghi chú", "Rà soát đề mục", "Rà soát năm", "Rà soát điền",
    "Rà soát điền ngày", "Rà soát số lẻ",
)  # fmt: skip
_BY_KIND = {
    "text": TEXT,
    "number": NUMBER,
    "date": DATE,
    "head": HEAD,
    "total": TOTAL,
    "title": TITLE,
    "note": NOTE,
    "topic": TOPIC,
    "year": YEAR,
    "filled": FILLED,
    "filled date": FILLED_DATE,
    "decimal": DECIMAL,
}
_DRESSED: WeakKeyDictionary[Workbook, dict[str, StyleArray]] = WeakKeyDictionary()
_A3, _A4, _LANDSCAPE = 8, 9, "landscape"
_A4_WIDTH = 190  # characters; more would print below three quarters of the size
_LINE_HEIGHT = 15.0  # points of one line of 11-point type
_MOST_LINES = 27  # Excel allows rows up to 409 points
_MARGIN_INCH = 0.5
_CAPITALS = 1.4  # how much wider than small letters


def register(book: Workbook) -> None:
    """Add the named styles to ``book`` and make its default font Times New Roman."""
    book._named_styles["Normal"].font = Font(name=FONT, size=11)
    thin = Side(style="thin", color="000000")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    top = {"vertical": "top", "wrap_text": True}
    shade = PatternFill("solid", fgColor="E7E6E6")
    pale = PatternFill("solid", fgColor="FFF8E1")  # cells that a ministry fills in
    for name, bold, size, box_or_none, alignment, number_format, fill in (
        (TEXT, False, 11, box, Alignment(horizontal="left", **top), "@", None),
        (NUMBER, False, 11, box, Alignment(horizontal="center", **top), "#,##0", None),
        (DATE, False, 11, box, Alignment(horizontal="center", **top), "dd/mm/yyyy", None),
        (HEAD, True, 11, box, _middle(), "@", shade),
        (TOTAL, True, 11, box, Alignment(horizontal="center", **top), "#,##0", shade),
        (TITLE, True, 12, None, Alignment(horizontal="left"), "@", None),
        (NOTE, False, 11, None, Alignment(horizontal="left"), "@", None),
        (YEAR, False, 11, box, Alignment(horizontal="center", **top), "0", None),
        (DECIMAL, False, 11, box, Alignment(horizontal="center", **top), "General", None),
        (FILLED, False, 11, box, Alignment(horizontal="left", **top), "@", pale),
        (FILLED_DATE, False, 11, box, Alignment(horizontal="center", **top), "dd/mm/yyyy", pale),
        (TOPIC, True, 11, box, Alignment(horizontal="left", **top), "@", None),
    ):
        style = NamedStyle(name=name)
        style.font = Font(name=FONT, size=size, bold=bold, color="000000")
        style.alignment = alignment
        style.number_format = number_format
        if box_or_none is not None:
            style.border = box_or_none
        if fill is not None:
            style.fill = fill
        book.add_named_style(style)


def _middle() -> Alignment:
    return Alignment(horizontal="center", vertical="center", wrap_text=True)


def write(
    page: Worksheet, row: int, column: int, value: str | float | date | None, kind: str
) -> Cell:
    """Write one cell; texts stay texts even when they look like formulas."""
    cell = page.cell(row=row, column=column)
    if isinstance(value, str):
        if value:
            cell.value = legal(value)
            if looks_like_formula(value):
                # As a string it is shown, never computed; the prefix keeps it so when edited.
                cell.data_type = "s"
    elif value is not None:
        cell.value = value
    _dress(cell, kind)
    if isinstance(value, str) and looks_like_formula(value):
        cell.quotePrefix = True
    return cell


def _dress(cell: Cell, kind: str) -> None:
    """Give a cell its named style, looked up once a workbook: that takes most of the time."""
    known = _DRESSED.setdefault(cell.parent.parent, {})
    if kind not in known:
        cell.style = _BY_KIND[kind]
        known[kind] = copy(cell._style)
    cell._style = copy(known[kind])


def letter(column: int) -> str:
    """Return the letter of a column, from 1."""
    return get_column_letter(column)


def lines_in(text: str, width: float, wide: float = 0.95) -> int:
    """Estimate the lines ``text`` takes in a column of ``width`` characters; ``wide`` for bold.

    Programs set row heights only for files they have edited, so a height must be given.
    """
    room = max(1.0, (width - 1) / wide)
    return sum(
        1 + int(len(part) * (_CAPITALS if part.isupper() else 1) / room)
        for part in text.split("\n")
    )


def set_height(page: Worksheet, row: int, lines: int) -> None:
    """Make a row high enough for ``lines`` lines, as far as Excel allows."""
    page.row_dimensions[row].height = min(lines, _MOST_LINES) * _LINE_HEIGHT


def set_print(page: Worksheet, head_row: int) -> None:
    """Landscape, one page wide, heads repeated (``head_row`` > 0), page number in the foot.

    Tables too wide to be read on A4 are set for A3 (DOMAIN 4.1 allows both).
    """
    dimensions = page.column_dimensions.values()
    width = sum(dimension.width for dimension in dimensions if not dimension.hidden)
    page.page_setup.paperSize = _A4 if width <= _A4_WIDTH else _A3
    page.page_setup.orientation = _LANDSCAPE
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = _MARGIN_INCH
    page.page_margins.top = page.page_margins.bottom = _MARGIN_INCH
    page.oddFooter.center.text = "&P/&N"
    page.oddFooter.center.font = FONT
    page.oddFooter.center.size = 11
    if head_row:
        page.print_title_rows = f"{head_row}:{head_row}"
