"""Lines of a printed page joined to the paragraphs that its width broke."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from corpus.readers.pdf_page import Line, Page

_ENDS = frozenset('.;:!?”"')  # of a sentence or a unit
_HYPHEN = "\u0002\ufffe"  # PDFium's marks for a hyphen at a line's end
_RULE = re.compile(r"[-_—–=*.~\s]{3,}$")  # drawn under a title
_ROW_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\s+(\w)")
_TALL_ROW = 3  # lines of a cell above the middle of its row
_AROUND = 4  # lines above and below that tell the margin of a scan
_LONG_LINE = 25  # characters; shorter lines may stand anywhere
# A line that begins like this opens a paragraph wherever it stands.
OPENS = re.compile(
    r"^\s*(?:(?:Điều|Ðiều|Chương|Phần|Mục|Tiểu mục|Phụ lục|PHỤ LỤC|Mẫu)\s+(?:số\s+)?[\dIVXLC]+\w?\b"
    # new text of an amending act begins with a quote: «“12a. Chào bán»
    r"|[“\"]?\d{1,3}[a-zđ]?(?:\.\d{1,3})*\s?\.\s|[“\"]?[a-zđ]\d?\)\s|\d{1,2}\)\s+[A-ZĐ]"
    r"|[-–+•*]\s"
    r"|[“\"]?(?:Điều\s+\d+\w?\.)|[IVX]{1,6}\.\s+[A-ZĐ]|Nơi nhận\s*:"
    r"|(?:BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|CHỈ THỊ|THÔNG TƯ)\s*:?\s*$)"
)


def reorder(page: Page) -> None:
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


def paragraphs_of(page: Page) -> list[str]:
    """Join lines that the page width broke: the upper one is full, the lower one not indented."""
    if not page.lines:
        return []
    right_edge = _common_right(page)
    margins = _margins(page)
    size = max(median(line.size for line in page.lines), 6.0)
    indented = _opens_indented(page, margins, size)
    joined = [page.lines[0].text]
    for (upper, lower), margin in zip(pairwise(page.lines), margins[1:], strict=True):
        full = upper.right > right_edge - _room(lower, size) and upper.right > 0
        flush = abs(lower.left - margin) <= 0.6 * size
        near = 0 < upper.bottom - lower.bottom < 3 * size
        opens = _counts_on(joined[-1], lower.text) or (
            OPENS.match(lower.text) and not (indented and upper.text[-1] not in _ENDS)
        )
        # A sideways page is a table: the number of its next row opens no sentence.
        row = page.turned and lower.text[0].isdigit()
        wrapped = full and flush and near and not (opens or row or upper.text.isupper())
        if not (_RULE.match(upper.text) or _RULE.match(lower.text)) and (
            wrapped or _same_row(upper, lower, size) or _same_column(upper, lower, size)
        ):
            joined[-1] = _glue(joined[-1], lower.text)
        elif not page.scanned and _numbers_row(upper, lower, size):
            joined[-1] = f"{joined[-1]} \t {lower.text}"  # as Word files give the cells of a row
        else:
            joined.append(lower.text)
    return [_plain(text) for text in joined]


def _room(lower: Line, size: float) -> float:
    """Return the room that may stay free above ``lower``: its first word did not fit there."""
    first = lower.text.split(maxsplit=1)[0]
    return max(4 * size, (lower.right - lower.left) * (len(first) + 1) / len(lower.text))


def _same_row(upper: Line, lower: Line, size: float) -> bool:
    """Say whether a raised number cut one printed line in two; cells of a table stand apart."""
    overlap = upper.bottom < lower.top and lower.bottom < upper.top
    return overlap and -size < lower.left - upper.right < size


def _counts_on(paragraph: str, lower: str) -> bool:
    """Say whether a line has a number that comes after that of the paragraph.

    «1.2 Năm» goes on with «1.3 Số», with «1.2.1 Quý» or with «2 Tên»; a number with a full stop
    opens a paragraph whatever stands before it.
    """
    before, after = _NUMBERED.match(paragraph), _NUMBERED.match(lower)
    if before is None or after is None or not (before[2].isupper() and after[2].isupper()):
        return False
    *above, last = after[1].split(".")
    numbers = before[1].split(".")
    if len(above) >= len(numbers):
        return above == numbers and last == "1"
    return above == numbers[: len(above)] and int(last) == int(numbers[len(above)]) + 1


def _numbers_row(upper: Line, lower: Line, size: float) -> bool:
    """Say whether a number alone in its cell counts the row that begins to its right.

    Centred in a tall row the number stands lower than the first line of the next cell.
    """
    highest = upper.top + _TALL_ROW * size
    beside = lower.left > upper.right and upper.bottom < lower.top and lower.bottom < highest
    named = lower.text[0].isupper() and _ROW_NUMBER.fullmatch(upper.text.strip()) is not None
    return named and beside


def _same_column(upper: Line, lower: Line, size: float) -> bool:
    """Say whether a cell, or a centred title, goes on in the line below with a small letter."""
    below = 0 < upper.bottom - lower.bottom < 2 * size
    overlap = lower.left < upper.right and upper.left < lower.right
    goes_on = lower.text[0].islower() and not OPENS.match(lower.text)
    return below and overlap and goes_on and upper.text[-1] not in _ENDS


def _margins(page: Page) -> list[float]:
    """Return the left margin beside every line; on a skewed scan it moves down the page."""
    if not page.scanned:
        lefts = Counter(round(line.left) for line in page.lines)
        margin = min((left for left, count in lefts.items() if count >= 2), default=0)
        return [margin] * len(page.lines)
    margins = []
    for index, line in enumerate(page.lines):
        around = page.lines[max(0, index - _AROUND) : index + _AROUND + 1]
        margins.append(
            min((near.left for near in around if len(near.text) >= _LONG_LINE), default=line.left)
        )
    return margins


def _opens_indented(page: Page, margins: list[float], size: float) -> bool:
    """Say whether units begin with an indent here; then a label at the margin is a citation."""
    opening = [
        line.left > margin + 0.6 * size
        for line, margin in zip(page.lines, margins, strict=True)
        if OPENS.match(line.text)
    ]
    return len(opening) >= 3 and sum(opening) >= 0.7 * len(opening)


def _common_right(page: Page) -> float:
    rights = sorted(line.right for line in page.lines)
    return rights[int(len(rights) * 0.9)] if rights else 0


def _glue(upper: str, lower: str) -> str:
    if upper[-1] in _HYPHEN:
        return upper[:-1] + lower
    return f"{upper} {lower}"


def _plain(text: str) -> str:
    return text.translate({ord(mark): "-" for mark in _HYPHEN})


def goes_over(upper: str, lower: str) -> bool:
    """Say whether a paragraph goes on over the page: no end of sentence, then a small letter."""
    return upper[-1] not in '.;:!?”"' and lower[0].islower() and not OPENS.match(lower)
