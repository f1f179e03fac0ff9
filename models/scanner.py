"""Alternative wordings tried together, each only where a text has the words it begins with.

Most wordings are «(bản sao của )giấy khai sinh»: words for a copy that may stand before a paper's
name. Looking for the names is quick; the words before are read only where a name was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from models.literal import Need, any_of, guard, holds, need_of, openings, shortest
from models.wording import AFTER, closing_bracket, join, split

_Found = tuple[int, int, str]  # start, end, what stands in the group «own»

_OWN = "own"
_NOTHING = r"(?!)"  # matches nowhere
_LONGEST_HEAD = 240  # characters that words for a copy may take before the paper's name


class Wordings:
    """Alternative wordings, of which only those are tried that a text has the words for."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._parts = split(pattern)
        self._needs: list[Need] = [need_of(part) for part in self._parts]
        # Wordings that may begin with almost anything, and one search for all the others.
        searched = [part for part in self._parts if openings(_apart(part).core)]
        self._plain_needs = [
            need
            for part, need in zip(self._parts, self._needs, strict=True)
            if part not in searched
        ]
        self._search = _scanner(searched) if searched else None
        self._scanners: dict[tuple[int, ...], _Search | _Plain] = {}

    def find(self, text: str) -> Iterator[_Found]:
        """Yield where the whole pattern matches, as its ``finditer`` does."""
        for need in self._plain_needs:
            if holds(need, text):
                break
        else:
            return self._search.find(text) if self._search else iter(())
        wanted = tuple([at for at, need in enumerate(self._needs) if holds(need, text)])
        scanner = self._scanners.get(wanted)
        if scanner is None:
            scanner = self._scanners[wanted] = _scanner([self._parts[at] for at in wanted])
        return scanner.find(text)


def _scanner(parts: list[str]) -> _Search | _Plain:
    apart = [_apart(part) for part in parts]
    beginnings = [openings(one.core) for one in apart]
    if not all(beginnings):
        return _Plain(join(parts, guard("|".join(parts))))
    words = shortest(word for found in beginnings for word in found)
    heads = dict.fromkeys(one.head for one in apart if one.head)
    return _Search(
        re.compile(any_of(words)),
        _cores(one.core for one in apart if not one.needs_head),
        [
            _Head(
                need_of(head),
                re.compile(rf"(?<!\w)(?:{head})$"),
                _cores(one.core for one in apart if one.head == head),
            )
            for head in heads
        ],
    )


def _cores(cores: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(cores) or _NOTHING}{AFTER}")


class _Apart(NamedTuple):
    """A wording: the words for a copy in front, and the rest."""

    head: str
    core: str
    needs_head: bool = False


def _apart(part: str) -> _Apart:
    """«(?:bản sao )?sổ» → «bản sao », «sổ»; «(?:bản sao) sổ» the same, needing its head."""
    if part.startswith("(?:"):
        end = closing_bracket(part)
        head, rest = part[3:end], part[end + 1 :]
        if head.endswith(" ") and rest[:1] == "?" and rest[1:2] not in ("", "?", "+"):
            return _Apart(head, rest[1:])
        if rest[:1] == " " and rest[1:2] not in ("", "?", "*", "+", "{"):
            return _Apart(part[: end + 1] + " ", rest[1:], needs_head=True)
    return _Apart("", part)


@dataclass(frozen=True, slots=True)
class _Plain:
    """Wordings of which one may begin with almost anything."""

    pattern: re.Pattern[str]

    def find(self, text: str) -> Iterator[_Found]:
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), _own(match)


@dataclass(frozen=True, slots=True)
class _Head:
    """Words that may stand before some of the wordings."""

    need: Need
    before: re.Pattern[str]
    cores: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Search:
    """Wordings of which each begins with known words."""

    beginnings: re.Pattern[str]
    cores: re.Pattern[str]
    heads: list[_Head]

    def find(self, text: str) -> Iterator[_Found]:
        heads: list[_Head] | None = None  # those of which the text has the words
        done = at = 0  # end of the last hit; where to look on
        while (begin := self.beginnings.search(text, at)) is not None:
            first = begin.start()
            if heads is None:
                heads = [head for head in self.heads if holds(head.need, text)]
            found = heads and _with_head(heads, text, done, first)
            found = found or self._alone(text, first)
            if found:
                start, match = found
                done = at = match.end()
                yield start, done, _own(match)
            else:
                at = first + 1

    def _alone(self, text: str, first: int) -> tuple[int, re.Match[str]] | None:
        if first and (text[first - 1].isalnum() or text[first - 1] == "_"):
            return None
        match = self.cores.match(text, first)
        return (first, match) if match else None


def _with_head(
    heads: Iterable[_Head], text: str, done: int, first: int
) -> tuple[int, re.Match[str]] | None:
    """The longest head that ends at ``first``, where a wording begins, and what follows it."""
    if not first or text[first - 1] != " ":
        return None
    window = max(done, first - _LONGEST_HEAD)
    best = None
    for head in heads:
        if not holds(head.need, text[window:first]):
            continue
        before = head.before.search(text, window, first)
        if before and (best is None or before.start() < best[0]):
            match = head.cores.match(text, first)
            if match:
                best = before.start(), match
    return best


def _own(match: re.Match[str]) -> str:
    """What stands in the only group that a wording may name; "" where it has none."""
    return match[_OWN] if match.lastgroup == _OWN else ""
