"""Syllables that a lost blank has run together: «Bảnsao», «sổhộ khẩu», «Bản saoGiấy khai sinh».

Only in the shadow copy that rules read, and only between syllables of the words rules depend on:
no Vietnamese word holds these letters in a row, so nothing else can be cut.
"""

from __future__ import annotations

from array import array
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, Implementation

from corpus.text import CleanText

_WORDS = (
    "sổ hộ khẩu", "sổ tạm trú", "thường trú", "cư trú", "nhân khẩu",
    "giấy chứng minh nhân dân", "chứng minh thư", "căn cước công dân", "hộ chiếu",
    "giấy khai sinh", "chứng sinh", "giấy kết hôn", "chứng tử", "khai tử", "hôn nhân",
    "giấy tờ", "giấy phép", "giấy xác nhận", "giấy chứng nhận", "giấy đăng ký", "giấy khám",
    "giấy giới thiệu", "giấy ủy quyền", "lý lịch", "văn bằng", "chứng chỉ", "đăng ký kinh doanh",
    "bản sao", "bản chính", "bản gốc", "chứng thực", "công chứng", "có xác nhận", "có chứng thực",
    "hoặc bản", "kèm bản", "và bản",
    # after «bản sao», whatever paper follows
    "sao giấy", "sao sổ", "sao hộ", "sao thẻ", "sao quyết", "sao đăng", "sao bằng", "sao văn",
    "sao chứng", "sao có", "sao đã", "sao được", "sao hợp", "sao hồ",
)  # fmt: skip


def _touching() -> dict[str, int]:
    """Letters that meet where a blank is lost, with how many of them stand before it.

    The first letter is left out: it is written small or large.
    """
    found = {}
    for word in _WORDS:
        syllables = word.split()
        for first, second in pairwise(syllables):
            for second_part in (second, second.capitalize()):
                found[first[1:] + second_part] = len(first) - 1
    return found


_BEFORE = _touching()
_LITERALS = sorted(_BEFORE)
_AUTOMATON = AhoCorasick(_LITERALS, implementation=Implementation.DFA)


def cut(clean: CleanText) -> CleanText:
    """Return ``clean`` with a blank where one was lost; its offsets lead back to the same source.

    The blank leads back to the letter behind it.
    """
    text = clean.text
    hits = _AUTOMATON.find_matches_as_indexes(text, overlapping=True)
    places = sorted({start + _BEFORE[_LITERALS[literal]] for literal, start, _ in hits})
    if not places:
        return clean
    source = clean.starts if clean.starts is not None else range(len(text) + 1)
    pieces, starts, done = [], array("l"), 0
    for place in places:
        pieces.append(text[done:place])
        starts.extend(source[done:place])
        starts.append(source[place])
        done = place
    pieces.append(text[done:])
    starts.extend(source[done:])
    return CleanText(" ".join(pieces), starts, clean.source_length)
