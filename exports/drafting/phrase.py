"""When a proposal only changes phrases: which, and whether saying so brings about the new text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.compare import word_changes
from corpus.seek import find_phrase

_MOST_PHRASES = 3  # more are easier to read as a new text of the whole unit
_LONGEST = 200  # characters of one phrase
_QUOTES = re.compile(r"[“”\"«»]")
_BLANKS = re.compile(r"\s+")
_END = " ,;.:"
_NEIGHBOURS = 2  # words before an inserted phrase that say where it goes


@dataclass(frozen=True, slots=True)
class Phrase:
    """«Thay thế cụm từ “old” bằng cụm từ “new”»; ``new`` "" is «bãi bỏ cụm từ “old”»."""

    old: str
    new: str


def phrases(old_text: str, new_text: str) -> list[Phrase]:
    """Return the phrase changes that turn ``old_text`` into ``new_text``; [] where none do.

    They are tried out: a phrase that also stands elsewhere in the unit, or that leaves the text
    different from ``new_text``, makes the answer [].
    """
    exact = _runs(old_text, new_text)
    for found in (exact, [_without_end(phrase) for phrase in exact]):
        if _can_be_said(found) and _even(carried_out(old_text, found)) == _even(new_text):
            return found
    return []


def _can_be_said(found: list[Phrase]) -> bool:
    return 0 < len(found) <= _MOST_PHRASES and all(
        phrase.old
        and len(phrase.old + phrase.new) <= _LONGEST
        and not _QUOTES.search(phrase.old + phrase.new)
        for phrase in found
    )


def _without_end(phrase: Phrase) -> Phrase:
    """The «;» or «.» that ends a unit stands where it stood: it is no part of the phrase."""
    return Phrase(phrase.old.rstrip(_END), phrase.new.rstrip(_END))


def carried_out(text: str, changes: list[Phrase]) -> str:
    """Return ``text`` after the changes: every place of a phrase, in whatever capitals."""
    for change in changes:
        found = find_phrase(text, change.old)
        for start, end in reversed(found.spans if found.exact else ()):
            new = change.new
            if text[start].isupper():
                new = new[:1].upper() + new[1:]
            text = text[:start] + new + text[end:]
    return text


def _runs(old_text: str, new_text: str) -> list[Phrase]:
    found: list[list[str]] = []
    before: list[str] = []
    fresh = True  # whether the next changed words begin a phrase of their own
    for piece in word_changes(old_text, new_text):
        if piece.kind == "nhu_nhau":
            before = piece.text.split()
            fresh = True
            continue
        if fresh:
            found.append(["", ""])
            fresh = False
            anchor = " ".join(before[-_NEIGHBOURS:])
            if piece.kind == "them":
                found[-1] = [anchor, anchor]
        found[-1][0 if piece.kind == "bot" else 1] += piece.text
    made = []
    for old, new in found:
        old, new = _trimmed(old, new)
        phrase = Phrase(old, new)
        if phrase not in made:
            made.append(phrase)
    return made


def _trimmed(old: str, new: str) -> tuple[str, str]:
    """Drop the blanks and the punctuation that both sides end with."""
    old, new = old.strip(), new.strip()
    while old and new and old[-1] == new[-1] and not old[-1].isalnum():
        old, new = old[:-1].rstrip(), new[:-1].rstrip()
    return old, new


def _even(text: str) -> str:
    """Return ``text`` as it reads once the gap of a removed phrase is closed."""
    closed = re.sub(r"\s+([,;.:)])", r"\1", _BLANKS.sub(" ", text))
    return closed.strip()
