"""Vietnamese sort order: letters first (a ă â b c d đ e ê …), tones only where letters tie.

Python's own order puts «đ» and every toned letter after «z».
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_NUMBER = re.compile(r"(\d+)")

SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]


def key(text: str) -> SortKey:
    """Return a sort key; digits compare as numbers, so "9/2020" comes before "10/2020"."""
    ranks: list[tuple[int, int]] = []
    tones: list[int] = []
    for part in _NUMBER.split(text.lower()):
        if part.isdigit():
            ranks.append((1, int(part)))
            tones.append(0)
            continue
        for letter in unicodedata.normalize("NFC", part):
            tone = 0
            bare = []
            for sign in unicodedata.normalize("NFD", letter):
                if sign in _TONES:
                    tone = _TONES[sign]
                else:
                    bare.append(sign)
            plain = unicodedata.normalize("NFC", "".join(bare))
            rank = _LETTER_RANK.get(plain)
            ranks.append((0, ord(plain[0])) if rank is None else (2, rank))
            tones.append(tone)
    return tuple(ranks), tuple(tones), text
