"""The annex BM-07: acts to be amended, replaced or repealed, each with how, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator

from exports.excel.rows_programme import bm07
from exports.formats import roman, short_date
from exports.word.annexes import excerpt, start
from exports.word.tables import Column, Group, Line
from exports.word.wording import of
from exports.word.writer import Writer
from review.reports.records import ReportData

_CONTENT = 250  # characters of one finding; all of them are in the Excel sheet
_COLUMNS = (
    Column("STT", 11, "center"),
    Column("Tên loại", 18),
    Column("Số, ký hiệu, ngày; tên gọi", 44),
    Column("Kiến nghị", 20),
    Column("Nội dung, lý do kiến nghị", 98),
    Column("Văn bản xử lý", 18),
    Column("Chủ trì", 24),
    Column("Thời hạn", 22, "center"),
)


def write(writer: Writer, data: ReportData) -> None:
    """Write the annex, ministry by ministry; the rows are those of the Excel sheet."""
    start(writer, data, "bm07", landscape=True)
    writer.small(of("phu_luc").say("luoc"))
    writer.table(_COLUMNS, _lines(data), dense=True)


def _lines(data: ReportData) -> Iterator[Line]:
    previous, group, place = "", 0, 0
    for row in bm07(data):
        agency = str(row["agency"])
        if agency != previous:
            group, place, previous = group + 1, 0, agency
            yield Group(f"{roman(group)}. {agency.upper()}")
        place += 1
        content = "\n\n".join(excerpt(line, _CONTENT) for line in str(row["content"]).split("\n"))
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
