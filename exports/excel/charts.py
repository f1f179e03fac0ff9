"""Native Excel charts beside the tables: progress by ministry, findings by group and severity."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.worksheet.pagebreak import Break

from exports import tally, terms
from exports.excel import styles
from exports.excel.grid import FIRST_ROW, HEAD_ROW, Grid
from review.reports.records import ReportData

SHEET = "Biểu đồ"
_PROGRESS = ("acts", "reviewed", "findings", "proposed")
_WIDTH_CM, _ROW_CM = 24.0, 0.9
_LINE_CM = 0.53  # height of an empty row
_PAGE_CM = 32.0  # what an A4 page holds of a sheet as wide as a chart
_GREYS = ("BFBFBF", "404040", "9DC3E6", "1F4E79", "A9D18E")
_DARK = {"404040", "1F4E79"}
_LABEL = "#,##0;;"  # nought is no bar and needs no number
_TEXT_SIZE, _TITLE_SIZE = 1000, 1300  # hundredths of a point
_HEAD_HEIGHT, _LEVEL_WIDTH = 48, 16
_TABLE_COLUMN = 18  # the numbers of the second chart stand beside it


def add(book: Workbook, grid: Grid, data: ReportData) -> None:
    """Add the sheet of charts; the first one reads BM-05 itself, so it follows edits there."""
    if not data.summary:
        return
    page = book.create_sheet(SHEET)
    styles.write(page, 1, 1, "BIỂU ĐỒ TIẾN ĐỘ VÀ KẾT QUẢ", "title")
    source = book["BM-05"]
    last = FIRST_ROW + grid.rows - 1
    progress = _chart("Tiến độ theo bộ, cơ quan", len(data.summary) * len(_PROGRESS))
    for place, key in enumerate(_PROGRESS):
        column = grid.places[key]
        series = Series(
            Reference(source, min_col=column, min_row=FIRST_ROW, max_row=last),
            title=source.cell(row=HEAD_ROW, column=column).value,
        )
        _paint(series, place, inside=False)
        progress.series.append(series)
    progress.set_categories(
        Reference(source, min_col=grid.places["agency"], min_row=FIRST_ROW, max_row=last)
    )
    page.add_chart(progress, "A3")
    below = 6 + int(progress.height / _LINE_CM)
    end = _by_group(book, data, below)
    styles.set_print(page, head_row=0)
    # Upright and as wide as the page: side by side with their numbers nobody could read them.
    page.print_area = f"A1:{styles.letter(_TABLE_COLUMN - 3)}{end}"
    page.page_setup.orientation = "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    if end * _LINE_CM > _PAGE_CM:
        # A row above the second chart: broken at its edge, the line of its frame stays behind.
        page.row_breaks.append(Break(id=below - 2))


def _by_group(book: Workbook, data: ReportData, at: int) -> int:
    """Put the second chart at row ``at``; return the last row it covers."""
    groups = tally.by_group(data)
    if not groups:
        return at
    page = book[SHEET]
    names = terms.load()
    levels = [level for level in (4, 3, 2, 1) if any(row.by_severity[level] for row in groups)]
    styles.write(page, 2, _TABLE_COLUMN, "Nhóm", "head")
    page.column_dimensions[styles.letter(_TABLE_COLUMN)].width = 50
    page.row_dimensions[2].height = _HEAD_HEIGHT
    for offset, level in enumerate(levels, 1):
        styles.write(page, 2, _TABLE_COLUMN + offset, names.severity(level), "head")
        page.column_dimensions[styles.letter(_TABLE_COLUMN + offset)].width = _LEVEL_WIDTH
    for row, group in enumerate(groups, 3):
        label = f"{group.group}. {names.groups.get(group.group, '')}"
        styles.write(page, row, _TABLE_COLUMN, label, "text")
        for offset, level in enumerate(levels, 1):
            # Nought is no bar: its label would stand on the next one.
            value = group.by_severity[level] or None
            styles.write(page, row, _TABLE_COLUMN + offset, value, "number")
    chart = _chart("Phát hiện theo nhóm và mức độ gợi ý", len(groups) * 2)
    chart.grouping, chart.overlap = "stacked", 100
    last = 2 + len(groups)
    for offset, level in enumerate(levels, 1):
        series = Series(
            Reference(page, min_col=_TABLE_COLUMN + offset, min_row=3, max_row=last),
            title=names.severity(level),
        )
        _paint(series, offset, inside=True)
        chart.series.append(series)
    chart.set_categories(Reference(page, min_col=_TABLE_COLUMN, min_row=3, max_row=last))
    page.add_chart(chart, f"A{at}")
    return at + 1 + int(chart.height / _LINE_CM)


def _chart(title: str, bars: int) -> BarChart:
    chart = BarChart()
    chart.type, chart.style = "bar", 10
    chart.title = title
    chart.width, chart.height = _WIDTH_CM, min(max(7.0, 3.0 + bars * _ROW_CM * 0.6), _PAGE_CM)
    chart.gapWidth = 60
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"  # the numbers below the bars, not above
    chart.legend.position = "b"
    chart.legend.txPr = chart.x_axis.txPr = chart.y_axis.txPr = _words()
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_letters("000000", _TITLE_SIZE))
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = _letters("000000", _TITLE_SIZE)
    return chart


def _letters(colour: str, size: int) -> CharacterProperties:
    face = Font(typeface=styles.FONT)
    return CharacterProperties(sz=size, solidFill=colour, latin=face, ea=face, cs=face)


def _words(colour: str = "000000") -> RichText:
    """Return the look of a chart's words: the font of the cells."""
    properties = ParagraphProperties(defRPr=_letters(colour, _TEXT_SIZE))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties())])


def _paint(series: Series, place: int, *, inside: bool) -> None:
    series.graphicalProperties.solidFill = _GREYS[place % len(_GREYS)]
    series.dLbls = DataLabelList()
    series.dLbls.showVal = True
    series.dLbls.numFmt = _LABEL
    light = inside and _GREYS[place % len(_GREYS)] in _DARK
    series.dLbls.txPr = _words("FFFFFF" if light else "000000")
    for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(series.dLbls, other, False)
