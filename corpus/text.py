"""Clean-up on a shadow copy: the source stays untouched, every clean offset leads back to it.

Two steps, kept apart because only the first changes lengths:

* ``clean`` — NFC, no invisible characters, ordinary blanks, Đ for the Icelandic Ð;
* ``fold``  — lower case and one spelling of tone marks (hoà/hòa, uỷ/ủy) and of i/y (kì/kỳ);
  as long as its input, so offsets in folded text are offsets in clean text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass

# Same length: one character for one character.
_BLANKS = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_SAME_LENGTH = {**dict.fromkeys(_BLANKS, " "), "Ð": "Đ", "ð": "đ", "\t": " "}

# Soft hyphen, zero-width characters, direction marks, byte-order mark: no reader sees them.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_COMBINING = "\u0300-\u036f"
_CHANGES_LENGTH = re.compile(f"[{_INVISIBLE}{_COMBINING}]+")
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
# One look for all that cleaning may change: most texts need nothing.
_MAY_CHANGE = re.compile(f"[{_BLANKS}Ðð\t{_INVISIBLE}{_COMBINING}]")
_IDENTITY = array("l", range(1 << 18))  # offsets to copy from, many times faster than counting


@dataclass(frozen=True, slots=True)
class CleanText:
    """Clean text with the way back to the source.

    ``starts[i]`` is the source offset of clean character ``i`` (one more entry for the end);
    ``None`` when both are the same.
    """

    text: str
    starts: array[int] | None
    source_length: int

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open clean span to the source span that produced it.

        A letter whose marks did not compose is never cut: the span is widened to hold it whole.
        """
        if self.starts is None:
            return start, end
        while start < end < len(self.text) and self.starts[end] == self.starts[end - 1]:
            end += 1
        return self.starts[start], self.starts[end]

    def clean_offset(self, source_offset: int) -> int:
        """Map a source offset to the first clean offset at or after it."""
        if self.starts is None:
            return source_offset
        return bisect_left(self.starts, source_offset)


def clean(source: str) -> CleanText:
    """Return the clean shadow of ``source``; linear in its length."""
    if not _MAY_CHANGE.search(source):
        return CleanText(source, None, len(source))
    text = source
    for char, plain in _SAME_LENGTH.items():
        text = text.replace(char, plain)
    pieces: list[str] = []
    starts = array("l")
    done = 0
    for match in _CHANGES_LENGTH.finditer(text):
        letter = max(match.start() - 1, done)  # which the marks may join
        pieces.append(text[done:letter])
        _count(starts, done, letter)
        visible = _INVISIBLE_RUN.sub("", text[letter : match.end()])
        composed = unicodedata.normalize("NFC", visible)
        pieces.append(composed)
        starts.extend([letter] * len(composed))
        done = match.end()
    if not done:
        return CleanText(text, None, len(source))
    pieces.append(text[done:])
    _count(starts, done, len(text) + 1)
    return CleanText("".join(pieces), starts, len(source))


def _count(starts: array[int], first: int, end: int) -> None:
    """Append ``first``, ``first + 1`` … to ``starts``, up to and without ``end``."""
    if end <= len(_IDENTITY):
        starts += _IDENTITY[first:end]
    else:
        starts.extend(range(first, end))


# Tone mark on the second vowel of a final oa, oe, uy: moved to the first, where most texts put it.
_TONED_FINAL = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u(?<!qu)[ỳýỷỹỵ])(?!\w)")
_MOVED = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
# Final i after h, k, l, m, s, t and qu: the syllable is spelt with y elsewhere (kì/kỳ, quí/quý).
# The rare toned i comes first and what stands before it is looked up: many times faster.
_FINAL_I = re.compile(r"[ìíỉĩị](?!\w)(?:(?<=(?<![^\W_])[hklmst].)|(?<=(?<![^\W_])qu.))")
_I_TO_Y = dict(zip("ìíỉĩị", "ỳýỷỹỵ", strict=True))


def fold(text: str) -> str:
    """Return ``text`` in lower case with one tone and i/y spelling; same length as ``text``."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few foreign capitals grow when lowered (İ); those keep their form.
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    lowered = _TONED_FINAL.sub(lambda match: _MOVED[match.group()], lowered)
    return _FINAL_I.sub(lambda match: _I_TO_Y[match.group()], lowered)


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return {"đ": "d", "Đ": "D"}.get(base, base)


_BARE = {
    code: bare
    for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))
    if (bare := _bare(chr(code))) != chr(code)
}


def unaccent(text: str) -> str:
    """Return NFC ``text`` without diacritics (đ → d), same length: for typing without marks."""
    return text.translate(_BARE)
