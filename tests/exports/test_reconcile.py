"""Totals against rows: what differs is named, and the export refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.errors import RasoatError
from exports import reconcile
from exports.excel import workbook
from exports.word import consolidated_report, ministry_report
from review.reports.records import DigestLine, OpinionLine, ReportData
from tests.exports import reports


@pytest.mark.parametrize("make", [reports.ministry, reports.overall])
def test_data_whose_totals_fit_has_no_difference(make: Callable[[], ReportData]) -> None:
    assert reconcile.differences(make()) == []


def _one_finding_too_many(data: ReportData) -> ReportData:
    return replace(data, figures=replace(data.figures, findings=data.figures.findings + 1))


def _digest_line_missing(data: ReportData) -> ReportData:
    return replace(data, digest=data.digest[1:])


def _digest_line_twice(data: ReportData) -> ReportData:
    return replace(data, digest=(*data.digest, data.digest[0]))


def _digest_line_of_nothing(data: ReportData) -> ReportData:
    return replace(data, digest=(*data.digest, DigestLine(999, 1, "dieu-1", "không có")))


def _digest_line_on_another_provision(data: ReportData) -> ReportData:
    first = replace(data.digest[0], path="dieu-99")
    return replace(data, digest=(first, *data.digest[1:]))


def _act_twice(data: ReportData) -> ReportData:
    return replace(data, acts=(*data.acts, data.acts[0]))


def _finding_of_an_unlisted_act(data: ReportData) -> ReportData:
    return replace(data, acts=data.acts[1:])


def _summary_counts_provisions_as_findings(data: ReportData) -> ReportData:
    first = replace(data.summary[0], provisions=data.summary[0].findings)
    return replace(data, summary=(first, *data.summary[1:]))


def _summary_row_missing(data: ReportData) -> ReportData:
    return replace(data, summary=data.summary[1:])


def _closed_board_with_opinions(data: ReportData) -> ReportData:
    shown = replace(data.boards[-1], opinions=(OpinionLine("BTP", "khong", "Không thống nhất"),))
    return replace(data, boards=(*data.boards[:-1], shown))


def _proposed_too_many(data: ReportData) -> ReportData:
    first = replace(data.summary[0], proposed=99)
    return replace(data, summary=(first, *data.summary[1:]))


def _sample_with_another_share(data: ReportData) -> ReportData:
    first = data.sampled[0]
    assert first.estimate is not None
    wrong = replace(first, estimate=replace(first.estimate, share=0.02))
    return replace(data, sampled=(wrong, *data.sampled[1:]))


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (_one_finding_too_many, "Số phát hiện: ghi 7, đếm được 6"),
        (_digest_line_missing, "Số dòng tóm tắt của phát hiện mã 11: ghi 0, đếm được 1"),
        (_digest_line_twice, "Số dòng tóm tắt của phát hiện mã 11: ghi 2, đếm được 1"),
        (_digest_line_of_nothing, "Dòng tóm tắt của phát hiện mã 999"),
        (_digest_line_on_another_provision, "Quy định của dòng tóm tắt mã 11"),
        (_act_twice, "Số lần văn bản mã 1 có trong danh mục: ghi 2, đếm được 1"),
        (_finding_of_an_unlisted_act, "Văn bản của phát hiện mã 11"),
        (_summary_counts_provisions_as_findings, "BM-05, Bộ Y tế, quy định: ghi 4, đếm được 3"),
        (_summary_row_missing, "Dòng của BYT trong BM-05"),
        (_closed_board_with_opinions, "Ý kiến chưa mở về phát hiện mã 15"),
        (_proposed_too_many, "BM-05, Bộ Y tế, đã trình đề xuất"),
        (_sample_with_another_share, "Đọc kiểm, Bộ Y tế, tỷ lệ"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else None,
)
def test_each_disagreement_is_named(spoil: Callable[[ReportData], ReportData], named: str) -> None:
    sentences = [found.sentence() for found in reconcile.differences(spoil(reports.overall()))]
    assert any(named in sentence for sentence in sentences), sentences


def test_a_ministry_report_with_another_ministrys_act_is_refused() -> None:
    mixed = replace(reports.overall(), scope="ministry", head=reports.MINISTRY)
    sentences = [found.sentence() for found in reconcile.differences(mixed)]
    assert "Cơ quan có dữ liệu trong bản xuất: ghi BYT, đếm được BKHCN" in sentences


@pytest.mark.parametrize(
    "build", [ministry_report.build, consolidated_report.build, workbook.build]
)
def test_no_document_is_made_of_figures_that_disagree(
    build: Callable[[ReportData], bytes],
) -> None:
    with pytest.raises(RasoatError) as refused:
        build(_one_finding_too_many(reports.overall()))
    assert refused.value.code == "RS-701"
    assert "ghi 7, đếm được 6" in str(refused.value)
