"""PDF: lines in reading order, wrapped paragraphs healed, furniture left out.

Pages without a text layer are recognised by Tesseract where it is installed.
"""

from __future__ import annotations

import threading
from functools import partial

import numpy as np
import pypdfium2

from corpus.errors import ERRORS
from corpus.readers import ocr
from corpus.readers.composer import count_vi
from corpus.readers.limits import Limits
from corpus.readers.paged import document_of
from corpus.readers.pdf_page import Page
from corpus.readers.pdf_text import page_of
from corpus.readers.scan import recognise_scans
from corpus.records import RawDocument

_PDFIUM = threading.Lock()  # the library is not safe to call from two threads
_RED = 2  # place of the red byte in a pixel that PDFium renders


def read(name: str, data: bytes, limits: Limits) -> RawDocument:
    """Return the text of all pages with ``page_starts``.

    ``encoding`` is "ocr" where more pages were recognised than had text.

    Raises RS-105 (damaged), RS-106 (password), RS-107 (scan, and no Tesseract), RS-115 (empty),
    RS-116 (too many pages) or RS-120 (scan without a word that could be recognised).
    """
    with _PDFIUM:
        pages = _pages(name, data, limits)
    draw = partial(_picture, data, limits=limits)
    notes, recognised = recognise_scans(name, pages, draw, limits)
    return document_of(name, "pdf", data, pages, notes, recognised)


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
        return [page_of(document, number) for number in range(len(document))]
    finally:
        document.close()


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
