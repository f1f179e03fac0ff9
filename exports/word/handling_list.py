"""The annex BM-07: acts to be amended, replaced or repealed, each with how, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator

from exports.excel.rows_programme import bm07
from exports.formats import roman, short_date
from exports.word.annexes import shorten, start
from exports.word.tables import Column, Group, Line
from exports.word.writer import Writer
from review.reports.records import ReportData

_CONTENT = 250  # characters of one finding; a row is never broken over pages
_COLUMNS = (
    Column("STT", 11, "center"),
    Column("Tên loại", 20),
    Column("Số, ký hiệu, ngày; tên gọi", 50),
    Column("Kiến nghị", 24),
    Column("Nội dung, lý do kiến nghị", 70),
    Column("Văn bản xử lý", 22),
    Column("Chủ trì", 26),
    Column("Thời hạn", 22, "center"),
)


def write(writer: Writer, data: ReportData) -> None:
    """Write the annex, ministry by ministry; the rows are those of the Excel sheet."""
    start(writer, data, "bm07", landscape=True)
    writer.table(_COLUMNS, _lines(data))


def _lines(data: ReportData) -> Iterator[Line]:
    previous, group, place = "", 0, 0
    for row in bm07(data):
        agency = str(row["agency"])
        if agency != previous:
            group, place, previous = group + 1, 0, agency
            yield Group(f"{roman(group)}. {agency.upper()}")
        place += 1
        content = "\n\n".join(shorten(line, _CONTENT) for line in str(row["content"]).split("\n"))
        deadline = row["deadline"]
        yield (
            str(place),
            str(row["type"]),
            str(row["act"]),
            str(row["handling"]),
            content,
            str(row["instrument"]),
            str(row["lead"]),
            short_date(deadline) if not isinstance(deadline, (str, int)) else "",
        )
