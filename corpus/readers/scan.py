"""Pages that are pictures: recognised side by side by Tesseract, with what to say of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from corpus.errors import ERRORS
from corpus.readers import ocr, ocr_label
from corpus.readers.composer import count_vi
from corpus.readers.limits import Limits
from corpus.readers.pdf_page import Page
from corpus.records import Notice

_LISTED_PAGES = 12
_DOUBTFUL = 80  # confidence of a recognised page below which it is named

Draw = Callable[[int], ocr.Picture | None]
"""``draw(number)``: the picture of one page, None where it is damaged; called from threads."""


def recognise_scans(
    name: str, pages: list[Page], draw: Draw, limits: Limits
) -> tuple[list[Notice], int]:
    """Fill the pages that have no text layer; returns what to say and how many were filled.

    Raises RS-107 (no Tesseract) or RS-120 (not a word could be recognised) where no page of the
    file has text of its own.
    """
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
        picture = draw(number) if left > 0 else None
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
    words = sum(read.words for read in found.values())
    if words:  # an empty picture has nothing to be sure of
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
            mean=f"{sure / words:.0f}",
            low=f"; thấp ở {low}{more}" if low else "",
        )
    if specks := sum(read.specks for read in found.values()):
        yield ERRORS.notice("RS-157", count=count_vi(specks))
    if unread := [text for read in found.values() for text in read.unread]:
        shown = ", ".join(f"«{text}»" for text in unread[:_LISTED_PAGES])
        yield ERRORS.notice("RS-163", shown=shown)
    if missing:
        yield ERRORS.notice("RS-159", count=count_vi(len(missing)), pages=_listed(missing))


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(number + 1) for number in numbers[:_LISTED_PAGES])
    return shown + "…" * (len(numbers) > _LISTED_PAGES)
