"""How far headings reach: titles on the next line, titles wrapped by the page width."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.lineview import CONTAINERS, GOES_ON, ITEMS, SENTENCE_END, LineView
from corpus.outline import OPENING_QUOTE, Kind, Line

_LONGEST_TITLE = 300
_SHORT_TITLE = 150
_WRAPPED = 45  # a heading shorter than this was not wrapped by the page width
_MOST_LINES = 5
_TABLE_HEADS = frozenset(("TT", "STT", "SỐ TT", "MÃ SỐ"))
MOTTO = re.compile(r"CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI")


@dataclass(slots=True)
class Heading:
    """Title of a unit, clean offset where it ends, index of the first line after it."""

    title: str
    end: int
    following: int


def dieu_heading(view: LineView, line: Line, index: int, *, wrapped: bool, ends: bool) -> Heading:
    """Return the heading of a Điều; the title is "" where the line is a whole sentence.

    ``wrapped``: the page width broke the lines of this text; ``ends``: quoted text ends here.
    """
    text, lines = view.text, view.lines
    end, start = line.end, line.body
    following = index + 1
    while not ends and following < len(lines) and following < index + _MOST_LINES:
        after = lines[following]
        words = view.words(after)
        empty = start >= end
        if after.kind is not Kind.TEXT or len(words) > _LONGEST_TITLE:
            break
        if not empty and text[end - 1] in SENTENCE_END:
            break
        if empty:
            joins = words[-1] not in ".;:," and not OPENING_QUOTE.match(words)
            start = after.start if joins else start
        elif words[0].islower():
            joins = words[-1] not in ";:"
        else:
            joins = _wraps(view, end - start, end, following, wrapped)
        if not joins:
            break
        end = after.end
        following += 1
    title = " ".join(text[start:end].split())
    if title.endswith((":", ";")) or (title.endswith(".") and len(title) > _SHORT_TITLE):
        title = ""
    return Heading(title.rstrip("."), end, following)


def _wraps(view: LineView, length: int, end: int, following: int, wrapped: bool) -> bool:
    """Whether a heading goes on in a line that begins with a capital."""
    words = view.words(view.lines[following])
    if view.last_word(end) in GOES_ON or view.text[end - 1] in "-–,":
        return True
    after = view.lines[following + 1] if following + 1 < len(view.lines) else None
    return (
        wrapped
        and length >= _WRAPPED
        and len(words) < _SHORT_TITLE
        and words[-1] not in SENTENCE_END
        and words[0].isalpha()
        and after is not None
        and after.kind is Kind.KHOAN
        and after.value == 1
    )


def container_heading(view: LineView, line: Line, index: int) -> Heading:
    """Return the heading of a Phần, Chương, Mục: titles in capitals run over several lines."""
    end = line.end
    following = index + 1
    bare = line.body >= line.end
    while following < len(view.lines) and following <= index + _MOST_LINES:
        after = view.lines[following]
        words = view.words(after)
        if after.kind in (Kind.DIEU, *CONTAINERS) or len(words) > _LONGEST_TITLE:
            break
        sentence_title = bare and after.kind is Kind.TEXT and words[-1] not in ".;:"
        if not (words.isupper() or sentence_title) or (after.kind in ITEMS and not bare):
            break
        bare = False
        end = after.end
        following += 1
    return Heading(" ".join(view.text[line.body : end].split()), end, following)


def part_heading(view: LineView, line: Line, index: int, title: str) -> Heading:
    """Return the heading of an annex or attached text, with its «(kèm theo …)» note."""
    end = line.end
    following = index + 1
    while following < len(view.lines) and following <= index + _MOST_LINES + 1:
        after = view.lines[following]
        words = view.words(after)
        note = words.startswith("(") and len(words) < _LONGEST_TITLE
        if after.kind not in (Kind.TEXT, Kind.SIGNATURE) or not (words.isupper() or note):
            break
        if MOTTO.match(words) or len(words) > _LONGEST_TITLE or words in _TABLE_HEADS:
            break
        if not note:
            title = f"{title} {words}"
        end = after.end
        following += 1
    return Heading(" ".join(title.split()), end, following)
