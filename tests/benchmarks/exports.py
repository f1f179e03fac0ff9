"""Time and memory of large exports: ``python -m tests.benchmarks.exports [FINDINGS]``."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

from exports import data_files
from exports.excel import workbook
from exports.word import comparison, ministry_report
from review.reports.records import ReportData
from tests.exports.test_large import many

_WORD_ROWS = 500


def main(findings: int) -> None:
    """Print a line for each kind: rows, seconds, size of the file, peak memory so far."""
    large, annex = many(findings), many(_WORD_ROWS)
    kinds: list[tuple[str, Callable[[ReportData], bytes], ReportData]] = [
        ("Word, báo cáo và phụ lục", ministry_report.build, annex),
        ("Word, bản so sánh", comparison.build, annex),
        ("Excel, BM-01 đến BM-12", workbook.build, large),
        ("CSV", data_files.build_csv, large),
        ("JSON", data_files.build_json, large),
    ]
    for name, build, data in kinds:
        start = time.perf_counter()
        content = build(data)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows, size = len(data.findings), len(content) / 1e6
        print(f"{name:28} {rows:6} dòng {seconds:6.1f} s {size:6.1f} MB, bộ nhớ {peak:5.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
