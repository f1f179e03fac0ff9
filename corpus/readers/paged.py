"""Pages of lines to the text of one act: furniture out, paragraphs healed, page starts kept."""

from __future__ import annotations

from collections import Counter

from corpus.errors import ERRORS
from corpus.readers.composer import Composer, compose, count_vi
from corpus.readers.pdf_furniture import strip_furniture, take_footnotes
from corpus.readers.pdf_page import Page
from corpus.readers.pdf_paragraphs import goes_over, paragraphs_of, reorder
from corpus.readers.text import legacy_notice
from corpus.records import Notice, RawDocument


def document_of(
    name: str,
    format_name: str,
    data: bytes,
    pages: list[Page],
    notes: list[Notice],
    recognised: int = 0,
) -> RawDocument:
    """Return the text of all pages; raises RS-115 where there is none.

    ``recognised`` pages were read by Tesseract; ``encoding`` is "ocr" where they are more than
    those printed with text.
    """
    converted: Counter[str] = sum((Counter(page.converted) for page in pages), Counter())
    if converted:
        notes.append(legacy_notice(converted))
    furniture = strip_furniture(pages)
    if furniture:
        notes.append(ERRORS.notice("RS-143", count=count_vi(furniture)))
    feet = take_footnotes(pages)
    if feet:
        notes.append(ERRORS.notice("RS-154", count=count_vi(len(feet))))
    composer, starts = _composed(pages, feet)
    printed = sum(not page.scanned and bool(page.lines) for page in pages)
    codec = "ocr" if recognised > printed else "utf-8"
    return compose(name, format_name, data, composer, notes, encoding=codec, page_starts=starts)


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
