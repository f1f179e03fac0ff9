"""Check any .docx against NĐ 30/2020/NĐ-CP, Phụ lục I: ``lint(path)`` names each deviation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from exports import lint_head, lint_page
from exports.docx_reading import Reading
from exports.layout import Layout, load
from exports.lint_records import Deviation

Check = Callable[[Reading, Layout], Iterator[Deviation]]

CHECKS: tuple[Check, ...] = (
    lint_page.paper,
    lint_page.fonts,
    lint_page.colours,
    lint_page.page_numbers,
    lint_page.body,
    lint_page.tables,
    lint_page.annexes,
    lint_head.head,
    lint_head.title,
    lint_head.underlines,
    lint_head.legal_bases,
    lint_head.closing,
)


def lint(path: Path) -> list[Deviation]:
    """Return the deviations of a document, in the order of the page; RS-705 when unreadable."""
    return lint_reading(Reading.open(path))


def lint_reading(reading: Reading) -> list[Deviation]:
    """Return the deviations of an opened document."""
    layout = load()
    return [deviation for check in CHECKS for deviation in check(reading, layout)]
