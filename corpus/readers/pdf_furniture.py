"""What a page prints beside the act: running heads, page numbers, signatures, foot-notes."""

from __future__ import annotations

import re
from collections import Counter

from corpus.readers.pdf_page import Line, Page
from corpus.readers.pdf_paragraphs import OPENS, paragraphs_of

_PAGE_NUMBER = re.compile(
    r"^\s*[-–—]?\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–—]?\s*$", re.I
)
_GAZETTE = re.compile(r"CÔNG\s+BÁO\s*/\s*S|\d\s*/\s*Ngày\s+\d{1,2}-\d{1,2}-\d{4}")
_IMPRINT = re.compile(r"VĂN\s+PHÒNG\s+CHÍNH\s+PHỦ\s+XUẤT\s+BẢN")
_IMPRINT_LINES = 30  # an imprint is shorter
# What a signing program prints over a page: «Ký bởi: …», «Thời gian ký: …».
_SIGNATURE = re.compile(
    r"^\s*(?:(?:Người\s+ký|Ký\s+bởi|Được\s+ký\s+bởi|Digitally\s+signed\s+by|Signed\s+by|DN)\s*:?\s"
    r"|(?:Thời\s+gian\s+ký|Ngày\s+ký|Giờ\s+ký|Signing\s+Time|Reason|Location)\s*:"
    r"|Date:\s*\d{4}\.\d\d|Email\s*:\s*\S+@\S+\s*$|Cơ\s+quan\s*:\s*[^.;]{1,80}$"
    r"|Foxit\s.{0,40}Version\s*:)",
    re.I,
)
_STARTS_SIGNATURE = re.compile(r"Người\s+ký|Ký\s+bởi|signed\s+by", re.I)
_SIGNATURE_LINES = 8  # a signature block is not longer
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2  # running heads and feet stand this near the edge of a page
_LONG_PAGE = 8  # lines
_SMALL_PRINT = 0.9  # of the body's font height
_FOOTNOTE_WIDTH = 35  # characters of a foot-note's line on average
_FOOTNOTE = re.compile(r"^\s*\[?\d{1,3}\]?(?:\s+\S|\s*$)")


def strip_furniture(pages: list[Page]) -> int:
    """Take running heads, page numbers and signature blocks out; returns how many lines."""
    repeated = _repeated(pages)
    removed = 0
    for page in pages:
        before = len(page.lines)
        page.lines = [] if _is_imprint(page) else without_signature(page.lines)
        edge = {*range(_EDGE_LINES), *range(len(page.lines) - _EDGE_LINES, len(page.lines))}
        page.lines = [
            line
            for index, line in enumerate(page.lines)
            if not (
                _GAZETTE.search(line.text)
                or (index in edge and _PAGE_NUMBER.match(line.text))
                or (index in edge and _shape(line.text) in repeated)
            )
        ]
        removed += before - len(page.lines)
    return removed


def _is_imprint(page: Page) -> bool:
    """Say whether a page is the last one of Công báo: publisher, telephones, price."""
    opening = page.lines[0].text if page.lines else ""
    return page.scanned and len(page.lines) < _IMPRINT_LINES and bool(_IMPRINT.match(opening))


def _shape(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()))


def _repeated(pages: list[Page]) -> set[str]:
    """Return the shapes of lines that stand at the edge of at least three pages and a third.

    Short pages are not asked: their edges are their text.
    """
    counts: Counter[str] = Counter()
    pages = [page for page in pages if len(page.lines) >= _LONG_PAGE]
    for page in pages:
        edges = page.lines[:_EDGE_LINES] + page.lines[-_EDGE_LINES:]
        counts.update({_shape(line.text) for line in edges})
    enough = max(3, len(pages) // 3)
    # Short endings of paragraphs repeat by chance; labels of provisions repeat by nature.
    return {
        shape for shape, count in counts.items()
        if count >= enough and not OPENS.match(shape.replace("#", "1"))
    }  # fmt: skip


def without_signature(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    block = 0  # lines a signature block may still have
    for line in lines:
        if _SIGNATURE.match(line.text) and (block or _STARTS_SIGNATURE.search(line.text)):
            block = _SIGNATURE_LINES
            continue
        block = max(0, block - 1)
        kept.append(line)
    return kept


def take_footnotes(pages: list[Page]) -> list[str]:
    """Take the foot-notes of all pages out: small print at a page's end that opens with a number.

    Consolidated texts keep there what amended each provision.
    """
    body = _body_size(pages)
    feet: list[str] = []
    for page in pages:
        if page.scanned:
            continue  # the height of recognised letters tells no size of font
        cut = len(page.lines)
        while cut and page.lines[cut - 1].size < _SMALL_PRINT * body:
            cut -= 1
        block = page.lines[cut:]
        if not block or not cut:
            continue
        if sum(len(line.text) for line in block) < _FOOTNOTE_WIDTH * len(block):
            continue  # narrow small print is a table
        opening = next((i for i, line in enumerate(block) if _FOOTNOTE.match(line.text)), None)
        if opening is None and not feet:
            continue
        page.lines = page.lines[:cut]
        for paragraph in paragraphs_of(Page(block)):
            alone = feet and feet[-1].isdigit()  # the number stood on a line of its own
            if alone or (feet and not _FOOTNOTE.match(paragraph)):
                feet[-1] = f"{feet[-1]} {paragraph}"
            else:
                feet.append(paragraph)
    return feet


def _body_size(pages: list[Page]) -> float:
    """Return the height of the font most letters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
