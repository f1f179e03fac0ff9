"""A scanned or photographed page saved as a picture: PNG, JPEG, TIFF of many pages, WebP, BMP, GIF.

Each picture is recognised as the pages of a scanned PDF are. Pillow opens the file; how a camera
was held (EXIF) is heeded, and nothing but the words is kept.
"""

from __future__ import annotations

import io
from functools import partial

from PIL import Image, ImageOps, UnidentifiedImageError

from corpus.errors import ERRORS, RasoatError
from corpus.readers import ocr
from corpus.readers.composer import count_vi
from corpus.readers.limits import Limits
from corpus.readers.paged import document_of
from corpus.readers.pdf_page import Page
from corpus.readers.scan import recognise_scans
from corpus.records import RawDocument

_PAGE_HEIGHT = 11.69  # inches, A4: pictures seldom say truly how fine they are
_FINE_ENOUGH = 200  # dots an inch; coarser pictures are enlarged before they are recognised
_SMALLEST = 300  # dots; a smaller picture is a logo or an icon
_DAMAGE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)


def read(name: str, data: bytes, limits: Limits) -> RawDocument:
    """Return the words of all pictures in the file, ``encoding`` "ocr", with ``page_starts``.

    Raises RS-105 (damaged), RS-107 (no Tesseract), RS-116 (too many pages), RS-117 (too small to
    be a page), RS-120 (no word recognised) or RS-122 (too many dots).
    """
    pages = [Page([], scanned=True) for _ in range(_count(name, data, limits))]
    draw = partial(_picture, data, limits=limits)
    notes, recognised = recognise_scans(name, pages, draw, limits)
    return document_of(name, "image", data, pages, notes, recognised)


def _count(name: str, data: bytes, limits: Limits) -> int:
    """Return how many pages the file holds; its size is checked before a dot is unpacked."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            count = getattr(picture, "n_frames", 1)
            if width * height > limits.image_megapixels * 1e6:
                raise _too_large(name, count_vi(width * height // 1_000_000), limits)
            picture.load()
    except Image.DecompressionBombError as bomb:
        raise _too_large(name, "hàng trăm", limits) from bomb
    except _DAMAGE as broken:
        raise ERRORS.error("RS-105", name=name, reason="không mở được ảnh") from broken
    if min(width, height) < _SMALLEST:
        raise ERRORS.error(
            "RS-117",
            name=name,
            what=f"ảnh nhỏ {width}×{height} điểm",
            advice="Ảnh một trang văn bản cần từ 300 điểm mỗi chiều, tốt nhất 300 điểm/inch.",
        )
    if count > limits.pages:
        pages, limit = count_vi(count), count_vi(limits.pages)
        raise ERRORS.error("RS-116", name=name, pages=pages, limit=limit)
    return count


def _too_large(name: str, dots: str, limits: Limits) -> RasoatError:
    return ERRORS.error("RS-122", name=name, size=dots, limit=f"{limits.image_megapixels:g}")


def _picture(data: bytes, number: int, limits: Limits) -> ocr.Picture | None:
    """Return one page in grey, of a fineness Tesseract reads well; None where it is damaged."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.seek(number)
            if opened.size[0] * opened.size[1] > limits.image_megapixels * 1e6:
                return None
            page = _grey(ImageOps.exif_transpose(opened))
    except (*_DAMAGE, Image.DecompressionBombError):
        return None
    dpi = max(page.size) / _PAGE_HEIGHT
    wanted = limits.ocr_dpi if dpi < _FINE_ENOUGH or dpi > limits.ocr_dpi else dpi
    most = (limits.ocr_megapixels * 1e6 / (page.width * page.height)) ** 0.5
    scale = min(wanted / dpi, most)
    if scale != 1:
        size = max(round(page.width * scale), 1), max(round(page.height * scale), 1)
        page = page.resize(size, Image.Resampling.LANCZOS)
    return ocr.Picture(page.tobytes(), page.width, page.height, dpi * scale)


def _grey(page: Image.Image) -> Image.Image:
    """Return the red light of a coloured page, in which a red seal is as white as the paper."""
    if page.mode in ("1", "L", "I", "I;16", "F"):
        return page.convert("L")
    if page.has_transparency_data:
        paper = Image.new("RGBA", page.size, "white")
        page = Image.alpha_composite(paper, page.convert("RGBA"))
    return page.convert("RGB").getchannel("R")
