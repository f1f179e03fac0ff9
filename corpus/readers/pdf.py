"""PDF with a text layer: lines in reading order, wrapped paragraphs healed, furniture left out."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2

from corpus import encoding
from corpus.errors import ERRORS
from corpus.readers.composer import Composer, compose, count_vi
from corpus.readers.limits import Limits
from corpus.records import Notice, RawDocument

_PDFIUM = threading.Lock()  # the library is not safe to call from two threads

_PAGE_NUMBER = re.compile(
    r"^\s*[-–—]?\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–—]?\s*$", re.I
)
_GAZETTE = re.compile(r"CÔNG\s+BÁO\s*/\s*S|\d\s*/\s*Ngày\s+\d{1,2}-\d{1,2}-\d{4}")
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
_HYPHEN = "\u0002\ufffe"  # PDFium's marks for a hyphen at a line's end
_DIGITS = re.compile(r"\d+")
_ENDS = frozenset('.;:!?”"')  # of a sentence or a unit
_EDGE_LINES = 2  # running heads and feet stand this near the edge of a page
_LONG_PAGE = 8  # lines
_MINIMUM_PER_PAGE = 25  # letters; a scan with a stamp of its signature has fewer
_LISTED_PAGES = 12
_SMALL_PRINT = 0.9  # of the body's font height
_FOOTNOTE_WIDTH = 35  # characters of a foot-note's line on average
_FOOTNOTE = re.compile(r"^\s*\[?\d{1,3}\]?(?:\s+\S|\s*$)")
# A line that begins like this opens a paragraph wherever it stands.
_OPENS = re.compile(
    r"^\s*(?:(?:Điều|Ðiều|Chương|Phần|Mục|Tiểu mục|Phụ lục|PHỤ LỤC|Mẫu)\s+(?:số\s+)?[\dIVXLC]+\w?\b"
    r"|\d{1,3}(?:\.\d{1,3})*\s?\.\s|[a-zđ]\d?\)\s|[-–+•*]\s|[“\"]?(?:Điều\s+\d+\w?\.))"
)


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float  # height of the font, in points like the others
    turn: int = 0  # rotation of the page at which the line would stand upright


@dataclass(slots=True)
class _Page:
    lines: list[_Line]
    empty: bool = False  # nothing is drawn on it, not even a picture
    turned: bool = False  # set sideways, as wide tables are


def read(name: str, data: bytes, limits: Limits) -> RawDocument:
    """Return the text of all pages with ``page_starts``.

    Raises RS-105 (damaged), RS-106 (password), RS-107 (scan) or RS-116 (too many pages).
    """
    with _PDFIUM:
        pages = _pages(name, data, limits)
    blank = [n for n, page in enumerate(pages, start=1) if not page.lines and not page.empty]
    furniture = _strip_furniture(pages)
    kept = sum(char.isalpha() for page in pages for line in page.lines for char in line.text)
    if kept < _MINIMUM_PER_PAGE * len(pages):
        raise ERRORS.error("RS-107", name=name, pages=count_vi(len(pages)))
    notes: list[Notice] = []
    if blank:
        listed = ", ".join(map(str, blank[:_LISTED_PAGES])) + "…" * (len(blank) > _LISTED_PAGES)
        notes.append(ERRORS.notice("RS-144", count=len(blank), pages=listed))
    if furniture:
        notes.append(ERRORS.notice("RS-143", count=count_vi(furniture)))
    feet = _take_footnotes(pages)
    if feet:
        notes.append(ERRORS.notice("RS-154", count=count_vi(len(feet))))
    composer, starts = _composed(pages, feet)
    return compose(name, "pdf", data, composer, notes, page_starts=starts)


def _composed(pages: list[_Page], feet: list[str]) -> tuple[Composer, list[int]]:
    """Return the text of all pages and where each begins; foot-notes come last."""
    composer = Composer()
    starts: list[int] = []
    pending: str | None = None  # a paragraph that may go on on the next page
    for page in pages:
        _reorder(page)
        paragraphs = _paragraphs(page)
        if pending is not None:
            if paragraphs and _goes_over(pending, paragraphs[0]):
                # The page begins inside the paragraph, after what the last page held of it.
                starts.append(composer.length + len(pending) + 1)
                paragraphs[0] = f"{pending} {paragraphs[0]}"
            else:
                composer.line(pending)
                starts.append(composer.length)
        else:
            starts.append(composer.length)
        pending = paragraphs.pop() if paragraphs else None
        for paragraph in paragraphs:
            composer.line(paragraph)
    if pending is not None:
        composer.line(pending)
    for foot in feet:
        composer.line(foot, "footnote")
    return composer, starts


def _pages(name: str, data: bytes, limits: Limits) -> list[_Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        code = "RS-106" if "password" in str(broken).lower() else "RS-105"
        raise ERRORS.error(code, name=name, reason="không mở được cấu trúc PDF") from broken
    try:
        if len(document) > limits.pages:
            count, limit = count_vi(len(document)), count_vi(limits.pages)
            raise ERRORS.error("RS-116", name=name, pages=count, limit=limit)
        if not len(document):
            raise ERRORS.error("RS-105", name=name, reason="không có trang nào")
        return [_page(document, number) for number in range(len(document))]
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    try:
        page = document[number]
        lines = _lines(page, 0)
        if turn := _turned(lines):
            # PDFium finds the lines of a table set sideways only on a turned page.
            page.set_rotation(turn)
            page.close()
            page = document[number]
            lines = _lines(page, turn)
        empty = not lines and next(iter(page.get_objects(max_depth=1)), None) is None
        page.close()
    except pypdfium2.PdfiumError:  # one damaged page is told as a page without text
        return _Page([])
    return _Page(lines, empty, bool(turn))


def _turned(lines: list[_Line]) -> int:
    """Return the rotation at which most letters stand upright: 0, 90 or 270."""
    letters = Counter[int]()
    for line in lines:
        letters[line.turn] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0


def _lines(page: pypdfium2.PdfPage, turn: int) -> list[_Line]:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        exact = len(text) == textpage.count_chars()
        lines: list[_Line] = []
        offset = 0
        for raw in text.splitlines(keepends=True):
            words = raw.strip()
            if words:
                first = offset + len(raw) - len(raw.lstrip())
                lines.append(_line(textpage, words, first, turn if exact else -1))
            offset += len(raw)
    finally:
        textpage.close()
    # A text in an old encoding is converted before anything looks at its words.
    repaired, converted = encoding.repair_lines("\n".join(line.text for line in lines))
    if converted:
        for line, fixed in zip(lines, repaired.split("\n"), strict=True):
            line.text = fixed
    return lines


def _line(textpage: pypdfium2.PdfTextPage, words: str, first: int, turn: int) -> _Line:
    if turn < 0:  # characters outside the basic plane shift PDFium's count: no places known
        return _Line(words, 0, 0, 0, 0, 0)
    opening = _upright(textpage.get_charbox(first), turn)
    closing = _upright(textpage.get_charbox(first + len(words) - 1), turn)
    # The first character may be the raised number of a foot-note; the middle one is not.
    middle = next(i for i in range(len(words) // 2, len(words)) if not words[i].isspace())
    box = _upright(textpage.get_charbox(first + middle, loose=True), turn)
    left, bottom, _, top = opening
    across, up = closing[0] - left, closing[1] - bottom
    sideways = (90 if up > 0 else 270) if len(words) > 3 and abs(up) > 2 * abs(across) else 0
    return _Line(words, left, closing[2], bottom, top, box[3] - box[1], sideways)


def _upright(box: tuple[float, ...], turn: int) -> tuple[float, ...]:
    """Turn a box (left, bottom, right, top) of a sideways text as if the page were turned."""
    left, bottom, right, top = box
    if turn == 90:
        return bottom, -right, top, -left
    if turn == 270:
        return -top, left, -bottom, right
    return box


def _strip_furniture(pages: list[_Page]) -> int:
    """Take running heads, page numbers and signature blocks out; returns how many lines."""
    repeated = _repeated(pages)
    removed = 0
    for page in pages:
        before = len(page.lines)
        page.lines = _without_signature(page.lines)
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


def _shape(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()))


def _repeated(pages: list[_Page]) -> set[str]:
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
        if count >= enough and not _OPENS.match(shape.replace("#", "1"))
    }  # fmt: skip


def _without_signature(lines: list[_Line]) -> list[_Line]:
    kept: list[_Line] = []
    block = 0  # lines a signature block may still have
    for line in lines:
        if _SIGNATURE.match(line.text) and (block or _STARTS_SIGNATURE.search(line.text)):
            block = _SIGNATURE_LINES
            continue
        block = max(0, block - 1)
        kept.append(line)
    return kept


def _take_footnotes(pages: list[_Page]) -> list[str]:
    """Take the foot-notes of all pages out: small print at a page's end that opens with a number.

    Consolidated texts keep there what amended each provision.
    """
    body = _body_size(pages)
    feet: list[str] = []
    for page in pages:
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
        for paragraph in _paragraphs(_Page(block)):
            alone = feet and feet[-1].isdigit()  # the number stood on a line of its own
            if alone or (feet and not _FOOTNOTE.match(paragraph)):
                feet[-1] = f"{feet[-1]} {paragraph}"
            else:
                feet.append(paragraph)
    return feet


def _body_size(pages: list[_Page]) -> float:
    """Return the height of the font most letters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _reorder(page: _Page) -> None:
    """Bring a head that was drawn last, above everything else, to the front."""
    lines = page.lines
    lowest_of_rest = float("inf")
    cut = len(lines)
    highest = [0.0]
    for line in lines:
        highest.append(max(highest[-1], line.top))
    for index in range(len(lines) - 1, 0, -1):
        lowest_of_rest = min(lowest_of_rest, lines[index].bottom)
        if lowest_of_rest >= highest[index] > 0:
            cut = index
    if cut < len(lines):
        page.lines = lines[cut:] + lines[:cut]


def _paragraphs(page: _Page) -> list[str]:
    """Join lines that the page width broke: the upper one is full, the lower one not indented."""
    if not page.lines:
        return []
    lefts = Counter(round(line.left) for line in page.lines)
    right_edge = _common_right(page)
    margin = min((left for left, count in lefts.items() if count >= 2), default=0)
    size = max(median(line.size for line in page.lines), 6.0)
    indented = _opens_indented(page, margin, size)
    joined = [page.lines[0].text]
    for upper, lower in pairwise(page.lines):
        full = upper.right > right_edge - 4 * size and upper.right > 0
        flush = abs(lower.left - margin) <= 0.6 * size
        near = 0 < upper.bottom - lower.bottom < 3 * size
        opens = _OPENS.match(lower.text) and not (indented and upper.text[-1] not in _ENDS)
        # A sideways page is a table: the number of its next row opens no sentence.
        row = page.turned and lower.text[0].isdigit()
        wrapped = full and flush and near and not (opens or row or upper.text.isupper())
        if wrapped or _same_row(upper, lower, size) or _same_column(upper, lower, size):
            joined[-1] = _glue(joined[-1], lower.text)
        else:
            joined.append(lower.text)
    return [_plain(text) for text in joined]


def _same_row(upper: _Line, lower: _Line, size: float) -> bool:
    """Say whether a raised number cut one printed line in two; cells of a table stand apart."""
    overlap = upper.bottom < lower.top and lower.bottom < upper.top
    return overlap and -size < lower.left - upper.right < size


def _same_column(upper: _Line, lower: _Line, size: float) -> bool:
    """Say whether a cell, or a centred title, goes on in the line below with a small letter."""
    below = 0 < upper.bottom - lower.bottom < 2 * size
    overlap = lower.left < upper.right and upper.left < lower.right
    goes_on = lower.text[0].islower() and not _OPENS.match(lower.text)
    return below and overlap and goes_on and upper.text[-1] not in _ENDS


def _opens_indented(page: _Page, margin: float, size: float) -> bool:
    """Say whether units begin with an indent here; then a label at the margin is a citation."""
    opening = [line.left > margin + 0.6 * size for line in page.lines if _OPENS.match(line.text)]
    return len(opening) >= 3 and sum(opening) >= 0.7 * len(opening)


def _common_right(page: _Page) -> float:
    rights = sorted(line.right for line in page.lines)
    return rights[int(len(rights) * 0.9)] if rights else 0


def _glue(upper: str, lower: str) -> str:
    if upper[-1] in _HYPHEN:
        return upper[:-1] + lower
    return f"{upper} {lower}"


def _plain(text: str) -> str:
    return text.translate({ord(mark): "-" for mark in _HYPHEN})


def _goes_over(upper: str, lower: str) -> bool:
    """Say whether a paragraph goes on over the page: no end of sentence, then a small letter."""
    return upper[-1] not in '.;:!?”"' and lower[0].islower() and not _OPENS.match(lower)
