"""The text layer of a PDF: lines with their places, pages that are pictures, pages set sideways."""

from __future__ import annotations

from collections import Counter

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus import encoding
from corpus.encoding import Legacy
from corpus.readers.pdf_furniture import without_signature
from corpus.readers.pdf_page import Line, Page

_MINIMUM_PER_PAGE = 25  # letters; a scan with a stamp of its signature has fewer
_PICTURE_SHARE = 0.5  # of a page's area, from which its pictures are the page


def page_of(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        page = document[number]
        lines, converted = _lines(page, 0)
        if turn := _turned(lines):
            # PDFium finds the lines of a table set sideways only on a turned page.
            page.set_rotation(turn)
            page.close()
            page = document[number]
            lines, converted = _lines(page, turn)
        empty = not lines and next(iter(page.get_objects(max_depth=1)), None) is None
        scanned = not empty and _is_scan(page, lines)
        page.close()
    except pypdfium2.PdfiumError:  # one damaged page is told as a page without text
        return Page([], scanned=True)
    return Page(lines, bool(turn), scanned, converted)


def _is_scan(page: pypdfium2.PdfPage, lines: list[Line]) -> bool:
    """Say whether a page is a picture: hardly a letter beside what a signing program printed."""
    if not lines:
        return True
    letters = sum(char.isalpha() for line in without_signature(lines) for char in line.text)
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


def _lines(page: pypdfium2.PdfPage, turn: int) -> tuple[list[Line], dict[Legacy, int]]:
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
    return lines, converted


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
