"""PDF: lines in reading order, wrapped paragraphs healed, furniture left out.

Pages without a text layer are recognised by Tesseract where it is installed.
"""

from __future__ import annotations

import os
import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import numpy as np
import pypdfium2
from pypdfium2 import raw as pdfium

from corpus import encoding
from corpus.errors import ERRORS
from corpus.readers import ocr, ocr_label
from corpus.readers.composer import Composer, compose, count_vi
from corpus.readers.limits import Limits
from corpus.readers.pdf_page import Line, Page
from corpus.readers.pdf_paragraphs import OPENS, goes_over, paragraphs_of, reorder
from corpus.records import Notice, RawDocument

_PDFIUM = threading.Lock()  # the library is not safe to call from two threads

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
_MINIMUM_PER_PAGE = 25  # letters; a scan with a stamp of its signature has fewer
_LISTED_PAGES = 12
_DOUBTFUL = 80  # confidence of a recognised page below which it is named
_RED = 2  # place of the red byte in a pixel that PDFium renders
_PICTURE_SHARE = 0.5  # of a page's area, from which its pictures are the page
_SMALL_PRINT = 0.9  # of the body's font height
_FOOTNOTE_WIDTH = 35  # characters of a foot-note's line on average
_FOOTNOTE = re.compile(r"^\s*\[?\d{1,3}\]?(?:\s+\S|\s*$)")


def read(name: str, data: bytes, limits: Limits) -> RawDocument:
    """Return the text of all pages with ``page_starts``.

    ``encoding`` is "ocr" where more pages were recognised than had text.

    Raises RS-105 (damaged), RS-106 (password), RS-107 (scan, and no Tesseract), RS-115 (empty),
    RS-116 (too many pages) or RS-120 (scan without a word that could be recognised).
    """
    with _PDFIUM:
        pages = _pages(name, data, limits)
    notes, recognised = _recognise_scans(name, data, pages, limits)
    furniture = _strip_furniture(pages)
    if furniture:
        notes.append(ERRORS.notice("RS-143", count=count_vi(furniture)))
    feet = _take_footnotes(pages)
    if feet:
        notes.append(ERRORS.notice("RS-154", count=count_vi(len(feet))))
    composer, starts = _composed(pages, feet)
    printed = sum(not page.scanned and bool(page.lines) for page in pages)
    codec = "ocr" if recognised > printed else "utf-8"
    return compose(name, "pdf", data, composer, notes, encoding=codec, page_starts=starts)


def _recognise_scans(
    name: str, data: bytes, pages: list[Page], limits: Limits
) -> tuple[list[Notice], int]:
    """Fill the pages that have no text layer; returns what to say and how many were filled."""
    scans = [number for number, page in enumerate(pages) if page.scanned]
    if not scans:
        return [], 0
    tesseract = ocr.program()
    texts = sum(not page.scanned and bool(page.lines) for page in pages)
    if tesseract is None:
        if not texts:
            raise ERRORS.error("RS-107", name=name, pages=count_vi(len(pages)))
        return [ERRORS.notice("RS-144", count=count_vi(len(scans)), pages=_listed(scans))], 0
    found: dict[int, ocr.Recognised] = {}
    until = monotonic() + limits.ocr_seconds

    def recognised(number: int) -> ocr.Recognised | None:
        left = until - monotonic()
        picture = _picture(data, number, limits) if left > 0 else None
        if picture is None:
            return None
        return ocr.recognise(tesseract, picture, min(left, limits.ocr_page_seconds))

    wanted = scans[: limits.ocr_pages]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each thread waits for one Tesseract
        for number, read in zip(wanted, pool.map(recognised, wanted), strict=True):
            if read is not None:
                found[number] = read
                pages[number].lines = read.lines
    if not texts and not any(read.lines for read in found.values()):
        raise ERRORS.error("RS-120", name=name, pages=count_vi(len(scans)))
    missing = [number for number in scans if number not in found]
    notes = list(_recognition_notes(found, missing))
    lines = [line for number in sorted(found) for line in found[number].lines]
    if healed := ocr_label.heal_lines(lines):
        notes.append(ERRORS.notice("RS-158", count=count_vi(healed)))
    return notes, len(found)


def _recognition_notes(found: dict[int, ocr.Recognised], missing: list[int]) -> Iterator[Notice]:
    if found:
        words = sum(read.words for read in found.values())
        sure = sum(read.confidence * read.words for read in found.values())
        doubtful = [
            number for number, read in found.items() if read.confidence < _DOUBTFUL and read.words
        ]
        low = ", ".join(
            f"trang {number + 1} ({found[number].confidence:.0f} %)"
            for number in doubtful[:_LISTED_PAGES]
        )
        more = "…" if len(doubtful) > _LISTED_PAGES else ""
        yield ERRORS.notice(
            "RS-156",
            count=count_vi(len(found)),
            mean=f"{sure / words if words else 0:.0f}",
            low=f"; thấp ở {low}{more}" if low else "",
        )
    if specks := sum(read.specks for read in found.values()):
        yield ERRORS.notice("RS-157", count=count_vi(specks))
    if missing:
        yield ERRORS.notice("RS-159", count=count_vi(len(missing)), pages=_listed(missing))


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(number + 1) for number in numbers[:_LISTED_PAGES])
    return shown + "…" * (len(numbers) > _LISTED_PAGES)


def _picture(data: bytes, number: int, limits: Limits) -> ocr.Picture | None:
    """Render one page in grey, no finer than the limits allow; None where it is damaged.

    Stamps of digital signatures are annotations over the page and stay out. Grey is the red light
    alone, in which a red seal over the words is as white as the paper.
    """
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                page = document[number]
                area = page.get_width() * page.get_height() / 72**2  # square inches
                dpi = min(limits.ocr_dpi, (limits.ocr_megapixels * 1e6 / max(area, 1)) ** 0.5)
                drawn = page.render(scale=dpi / 72, draw_annots=False)
                pixels = np.ascontiguousarray(drawn.to_numpy()[:, :, _RED]).tobytes()
                return ocr.Picture(pixels, drawn.width, drawn.height, dpi)
            finally:
                document.close()
        except pypdfium2.PdfiumError:
            return None


def _composed(pages: list[Page], feet: list[str]) -> tuple[Composer, list[int]]:
    """Return the text of all pages and where each begins; foot-notes come last."""
    composer = Composer()
    starts: list[int] = []
    pending: str | None = None  # a paragraph that may go on on the next page
    for page in pages:
        reorder(page)
        paragraphs = paragraphs_of(page)
        if pending is not None:
            if paragraphs and goes_over(pending, paragraphs[0]):
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


def _pages(name: str, data: bytes, limits: Limits) -> list[Page]:
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


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
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
        scanned = not empty and _is_scan(page, lines)
        page.close()
    except pypdfium2.PdfiumError:  # one damaged page is told as a page without text
        return Page([], scanned=True)
    return Page(lines, bool(turn), scanned)


def _is_scan(page: pypdfium2.PdfPage, lines: list[Line]) -> bool:
    """Say whether a page is a picture: hardly a letter beside what a signing program printed."""
    if not lines:
        return True
    letters = sum(char.isalpha() for line in _without_signature(lines) for char in line.text)
    if letters >= _MINIMUM_PER_PAGE:
        return False
    covered = 0.0
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = drawn.get_bounds()
        covered += (right - left) * (top - bottom)
    return covered >= _PICTURE_SHARE * page.get_width() * page.get_height()


def _turned(lines: list[Line]) -> int:
    """Return the rotation at which most letters stand upright: 0, 90 or 270."""
    letters = Counter[int]()
    for line in lines:
        letters[line.turn] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0


def _lines(page: pypdfium2.PdfPage, turn: int) -> list[Line]:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        exact = len(text) == textpage.count_chars()
        lines: list[Line] = []
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


def _line(textpage: pypdfium2.PdfTextPage, words: str, first: int, turn: int) -> Line:
    if turn < 0:  # characters outside the basic plane shift PDFium's count: no places known
        return Line(words, 0, 0, 0, 0, 0)
    opening = _upright(textpage.get_charbox(first), turn)
    closing = _upright(textpage.get_charbox(first + len(words) - 1), turn)
    # The first character may be the raised number of a foot-note; the middle one is not.
    middle = next(i for i in range(len(words) // 2, len(words)) if not words[i].isspace())
    box = _upright(textpage.get_charbox(first + middle, loose=True), turn)
    left, bottom, _, top = opening
    across, up = closing[0] - left, closing[1] - bottom
    sideways = (90 if up > 0 else 270) if len(words) > 3 and abs(up) > 2 * abs(across) else 0
    return Line(words, left, closing[2], bottom, top, box[3] - box[1], sideways)


def _upright(box: tuple[float, ...], turn: int) -> tuple[float, ...]:
    """Turn a box (left, bottom, right, top) of a sideways text as if the page were turned."""
    left, bottom, right, top = box
    if turn == 90:
        return bottom, -right, top, -left
    if turn == 270:
        return -top, left, -bottom, right
    return box


def _strip_furniture(pages: list[Page]) -> int:
    """Take running heads, page numbers and signature blocks out; returns how many lines."""
    repeated = _repeated(pages)
    removed = 0
    for page in pages:
        before = len(page.lines)
        page.lines = [] if _is_imprint(page) else _without_signature(page.lines)
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


def _without_signature(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    block = 0  # lines a signature block may still have
    for line in lines:
        if _SIGNATURE.match(line.text) and (block or _STARTS_SIGNATURE.search(line.text)):
            block = _SIGNATURE_LINES
            continue
        block = max(0, block - 1)
        kept.append(line)
    return kept


def _take_footnotes(pages: list[Page]) -> list[str]:
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
