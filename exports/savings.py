"""The estimate of what people are spared, as a workbook: every input beside its result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exports.excel.book import Book, Paper, Row
from exports.excel.columns import Column, Sheet, sheet
from review.agencies import name_of
from review.programme.saving import TOTALS, assumptions
from review.records.follow_up import SavingEstimate, SavingView


def build(data: Paper[SavingEstimate]) -> bytes:
    """Return the estimate as .xlsx: by provision with its inputs, by ministry, assumptions."""
    book = Book(data.head, data.campaign, data.stamp)
    note = f"{data.body.without_volume} quy định chưa có số lượt nên không tính"
    for layout, lines in (
        (_with_numbers("UT-01", inputs=True), list(_provisions(data.body))),
        (_with_numbers("UT-02", inputs=False), list(_ministries(data.body))),
        (sheet("UT-03"), list(_assumptions())),
    ):
        book.table(layout, lines, layout.title, note)
    book.continue_long_cells()
    return book.finish("Ước tính tiết kiệm theo quy định và theo bộ")


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


def _provisions(estimate: SavingEstimate) -> Iterator[Row]:
    for place, view in enumerate(estimate.rows, 1):
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


def _ministries(estimate: SavingEstimate) -> Iterator[Row]:
    for place, (code, name, sums) in enumerate(estimate.by_agency, 1):
        provisions = sum(view.agency == code for view in estimate.rows)
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
