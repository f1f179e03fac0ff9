"""The estimate of what people are spared, as a workbook: every input beside its result."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from exports.excel import styles
from exports.excel.columns import Column, Sheet, sheet
from exports.excel.grid import write_grid
from exports.excel.safe import Margin
from exports.formats import clock
from review.agencies import name_of
from review.programme.saving import TOTALS, assumptions
from review.records.follow_up import SavingEstimate, SavingView
from review.reports.records import CampaignHead, ReportHead, Stamp

Row = Mapping[str, str | int | float | date | None]


@dataclass(frozen=True, slots=True)
class SavingsPaper:
    """The estimate with head, campaign and stamp of the file made from it."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    estimate: SavingEstimate


def build(data: SavingsPaper) -> bytes:
    """Return the estimate as .xlsx: by provision with its inputs, by ministry, assumptions."""
    book = Workbook()
    book.remove(book.active)
    styles.register(book)
    margin = Margin()
    for layout, lines in (
        (_with_numbers("UT-01", inputs=True), list(_provisions(data))),
        (_with_numbers("UT-02", inputs=False), list(_ministries(data))),
        (sheet("UT-03"), list(_assumptions())),
    ):
        heading = (
            data.head.agency.upper(),
            layout.title,
            f"{data.campaign.name}; {data.stamp.author}, {clock(data.stamp.made_at)}; "
            f"{data.estimate.without_volume} quy định chưa có số lượt nên không tính",
        )
        write_grid(book.create_sheet(layout.name), layout, lines, heading, margin)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_numbers(name: str, *, inputs: bool) -> Sheet:
    """Return the sheet with a column for each assumption and each total."""
    used = [
        Column(f"gia-dinh:{code}", f"{one.name} ({one.unit})", 11, "decimal")
        for code, one in assumptions().items()
        if inputs
    ]
    sums = [
        Column(f"tong:{code}", f"{title} một năm ({unit})", 14, "number", summed=True)
        for code, (title, unit) in TOTALS.items()
    ]
    return sheet(name).with_columns("note", (*used, *sums))


def _provisions(data: SavingsPaper) -> Iterator[Row]:
    for place, view in enumerate(data.estimate.rows, 1):
        yield {
            "place": place,
            "agency": name_of(view.agency),
            "act": view.number,
            "label": view.label,
            "category": view.category,
            "volume": view.input.volume,
            **{f"gia-dinh:{code}": value for code, value in view.assumptions.items()},
            **_sums(view.totals),
            "note": view.input.note,
            "source": _source(view),
            "finding_id": view.finding_id,
        }


def _source(view: SavingView) -> str:
    changed = [assumptions()[code].name for code in view.input.values]
    said = f"Số lượt: {view.person} nhập"
    said += f"; đã sửa giả định: {', '.join(changed)}" if changed else "; còn lại: giả định"
    if view.counted_at:
        said += f"; chuyến đi và giờ tính ở {view.counted_at} ({view.case})"
    return said


def _ministries(data: SavingsPaper) -> Iterator[Row]:
    for place, (code, name, sums) in enumerate(data.estimate.by_agency, 1):
        provisions = sum(view.agency == code for view in data.estimate.rows)
        yield {
            "place": place, "name": name, "provisions": provisions, **_sums(sums), "note": "",
        }  # fmt: skip


def _sums(totals: Mapping[str, float]) -> dict[str, int]:
    return {f"tong:{code}": round(totals[code]) for code in TOTALS}


def _assumptions() -> Iterator[Row]:
    for place, one in enumerate(assumptions().values(), 1):
        by_value: dict[float, list[str]] = {}
        for group, value in one.by_group.items():
            by_value.setdefault(value, []).append(group)
        said = "; ".join(
            f"{value:g} (nhóm {', '.join(groups)})" for value, groups in by_value.items()
        )
        yield {
            "place": place,
            "name": one.name,
            "unit": one.unit,
            "values": said.replace(".", ","),
            "mark": "giả định",
        }
