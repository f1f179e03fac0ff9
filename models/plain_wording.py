"""Wordings that people write in the editor: the catalogue's own syntax, held within bounds.

The screen runs every wording over millions of words, so what could run away is refused before it
is ever tried: repeats without end, repeats in repeats, too many ways to match one text.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from models.literal import need_of
from models.wording import join

MAX_LENGTH = 200
MAX_REPEAT = 120  # characters a gap may span
MAX_WAYS = 20_000  # ways to match that ``re`` may have to try from one place
SHORTEST_FIXED = 4  # letters in the words that no match can do without
_MAX_PIECES = 3
_PROBE_LENGTH = 3_000
_PROBE_SECONDS = 0.25

_PIECE = re.compile(r"\{([a-z_]+)\}")
# «(?: \w+){0,4}»: up to four words between; the one repeat in a repeat that is common and tame.
_WORDS_BETWEEN = re.compile(r"\(\?: \\w\+\)(?:\{(\d),(\d)\}|\?)")
_STANDS_FOR_WORDS, _STANDS_FOR_PIECE = "\ue000", "\ue001"
_ESCAPES = re.compile(r"\\[^wds.()\[\]?+*|/{}\\-]")
_NAMED = re.compile(r"\(\?(?!:|=|!|<=|<!)")


class _RefusedError(Exception):
    """The sentence says why, for the person who wrote the wording."""


def problem_of(wording: str, pieces: Mapping[str, str], *, fixed_words: bool = True) -> str:
    """Return what is wrong with a folded ``wording`` as a Vietnamese sentence; "" if nothing.

    ``fixed_words``: every match must hold words of at least ``SHORTEST_FIXED`` letters.
    """
    try:
        _check(wording, pieces, fixed_words)
    except _RefusedError as refused:
        return str(refused)
    return ""


def expand(wording: str, pieces: Mapping[str, str]) -> str:
    """Return ``wording`` with its pieces filled in; every name must be known."""
    return _PIECE.sub(lambda match: f"(?:{pieces[match[1]]})", wording)


def anchors_of(wording: str, pieces: Mapping[str, str]) -> list[str]:
    """Return literals of which every match holds one: the anchors of a wording."""
    return list(need_of(expand(wording, pieces))[0])


def _check(wording: str, pieces: Mapping[str, str], fixed_words: bool) -> None:
    if not wording.strip():
        raise _RefusedError("mẫu chữ trống")
    if len(wording) > MAX_LENGTH:
        raise _RefusedError(f"mẫu dài quá {MAX_LENGTH} ký tự")
    if not wording.isprintable():
        raise _RefusedError("mẫu có ký tự điều khiển hoặc xuống dòng")
    names = _PIECE.findall(wording)
    if unknown := [name for name in names if name not in pieces]:
        raise _RefusedError(f"không có mảnh {{{unknown[0]}}}")
    if len(names) > _MAX_PIECES:
        raise _RefusedError(f"mẫu dùng quá {_MAX_PIECES} mảnh")
    if escape := _ESCAPES.search(wording):
        raise _RefusedError(f"không dùng ký hiệu {escape[0]}")
    if _NAMED.search(wording):
        raise _RefusedError(
            "nhóm trong ngoặc chỉ viết (?: …), (?= …), (?! …), (?<= …) hoặc (?<! …)"
        )
    ways = 1
    for least, most in _WORDS_BETWEEN.findall(wording):
        ways *= int(most or 1) - int(least or 0) + 1
    outline = _PIECE.sub(_STANDS_FOR_PIECE, _WORDS_BETWEEN.sub(_STANDS_FOR_WORDS, wording))
    try:
        ways *= _ways(parser.parse(outline), in_repeat=False)
        pattern = join([expand(wording, pieces)])
    except re.error as error:
        raise _RefusedError(f"sai ngoặc hoặc ký hiệu ({error})") from None
    if ways > MAX_WAYS:
        raise _RefusedError("quá nhiều khoảng trống hoặc lựa chọn: rút bớt các khoảng {0,n}")
    if fixed_words:
        need = need_of(expand(wording, pieces))
        if not need or min(len(word.strip()) for word in need[0]) < SHORTEST_FIXED:
            raise _RefusedError("mẫu phải có ít nhất một cụm từ cố định, từ 4 ký tự")
    _probe(pattern, outline)


def _ways(tokens: Iterable[tuple[Any, Any]], *, in_repeat: bool) -> int:
    """Return in how many ways a sequence may match from one place, at most."""
    total = 1
    for operator, argument in tokens:
        total *= _ways_of(operator, argument, in_repeat)
        if total > MAX_WAYS:
            raise _RefusedError("quá nhiều khoảng trống hoặc lựa chọn: rút bớt các khoảng {0,n}")
    return total


def _ways_of(operator: Any, argument: Any, in_repeat: bool) -> int:
    if operator in (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN, ops.AT):
        return 1
    if operator is ops.SUBPATTERN:
        return _ways(argument[3], in_repeat=in_repeat)
    if operator is ops.BRANCH:
        return sum(_ways(branch, in_repeat=in_repeat) for branch in argument[1])
    if operator in (ops.ASSERT, ops.ASSERT_NOT):
        return _ways(argument[1], in_repeat=True)
    if operator in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return _repeats(*argument, in_repeat)
    raise _RefusedError("mẫu có ký hiệu không được dùng")


def _repeats(least: int, most: int, tokens: Any, in_repeat: bool) -> int:
    if most is ops.MAXREPEAT:
        raise _RefusedError("không lặp không giới hạn (dấu * hoặc +): dùng {0,60}")
    if most > MAX_REPEAT:
        raise _RefusedError(f"khoảng trống rộng quá {MAX_REPEAT} ký tự")
    if most > 1 and in_repeat:
        raise _RefusedError("không đặt khoảng lặp trong khoảng lặp")
    inner = _ways(tokens, in_repeat=in_repeat or most > 1)
    # A repeated choice may be made anew each time round.
    return (most - least + 1) * (inner**most if inner > 1 and most <= 16 else inner)


def _probe(pattern: re.Pattern[str], outline: str) -> None:
    """Try the pattern on texts made of its own words, where it has most to try."""
    words = re.sub(r"[^\w ]+", " ", outline).strip() or "a"
    for text in (f"{words} " * (_PROBE_LENGTH // (len(words) + 1)), "a " * (_PROBE_LENGTH // 2)):
        begin = time.thread_time()
        sum(1 for _ in pattern.finditer(text))
        if time.thread_time() - begin > _PROBE_SECONDS:
            raise _RefusedError("mẫu chạy quá lâu: rút bớt các khoảng {0,n}")
