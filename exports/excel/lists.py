"""Drop-downs: lists stand on a hidden sheet, because a list in a cell rule ends at 255 signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports import collation
from exports.excel import columns, styles
from exports.excel.columns import Sheet
from exports.excel.grid import FIRST_ROW, Grid
from exports.formats import legal
from review.agencies import name_of
from review.proposals.competence import RULES
from review.proposals.proposal import HANDLINGS
from review.reports.records import ReportData

SHEET = "Danh sách"
_SPARE_ROWS = 200  # below the last row, for lines a ministry adds


def of(data: ReportData) -> dict[str, list[str]]:
    """Return every list by its name: handling forms, instruments, agencies, those of the file."""
    agencies = {*data.agencies.values(), *(source.owner for source in data.sources)}
    agencies |= {
        name_of(code)
        for line in data.findings
        if line.proposal
        for code in (line.proposal.lead_code, *line.proposal.coordinating_codes)
        if code
    }
    instruments = dict.fromkeys(name for rule in RULES.rows for name in rule.instruments)
    return {
        "xu_ly": list(HANDLINGS.values()),
        "van_ban": list(instruments),
        "co_quan": sorted((name for name in agencies if name), key=collation.key),
        **columns.lists(),
    }


def write(book: Workbook, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Write the hidden sheet; returns the cells of each list: "'Danh sách'!$A$2:$A$9"."""
    page = book.create_sheet(SHEET)
    page.sheet_state = "hidden"
    places = {}
    for column, (name, words) in enumerate(lists.items(), 1):
        styles.write(page, 1, column, name, "head")
        for row, word in enumerate(words, 2):
            styles.write(page, row, column, legal(word), "text")
        letter = styles.letter(column)
        places[name] = f"'{SHEET}'!${letter}$2:${letter}${max(2, len(words) + 1)}"
    return places


def choose(page: Worksheet, layout: Sheet, grid: Grid, places: Mapping[str, str]) -> None:
    """Let the cells of columns with a list be chosen from it; dates must be dates."""
    last = FIRST_ROW + grid.rows + _SPARE_ROWS
    for column in layout.columns:
        cells = f"{grid.letters[column.key]}{FIRST_ROW}:{grid.letters[column.key]}{last}"
        if column.choices:
            rule = DataValidation(type="list", formula1=places[column.choices], allow_blank=True)
            rule.errorTitle, rule.error = (
                "Chưa đúng danh sách",
                f"Chọn «{column.title}» trong danh sách.",
            )
        elif column.filled and column.kind == "date":
            rule = DataValidation(
                type="date", operator="greaterThan", formula1="36526", allow_blank=True
            )
            rule.errorTitle, rule.error = "Chưa đúng ngày", "Ghi ngày theo mẫu 28/02/2027."
        else:
            continue
        rule.showErrorMessage = True
        rule.add(cells)
        page.add_data_validation(rule)
