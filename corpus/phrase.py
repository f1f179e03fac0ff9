"""Words replaced, added or removed inside units: «Thay thế cụm từ “A” bằng “B” tại khoản 1 Điều 4».

One sentence may hold several such changes; places named by «tên Điều 3» mean only the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.reference import join_paths, unit_lists

PhraseOp = Literal["thay_the_cum_tu", "bo_sung_cum_tu", "bai_bo_cum_tu"]
# What of a unit is meant: all of it, its title, its own words without the units below it, a row of
# its table.
Part = Literal["", "ten", "doan_dau", "hang"]
Place = tuple[str, Part]


@dataclass(frozen=True, slots=True)
class PhraseChange:
    """One phrase changed in some places: ``("", "")`` the whole act, ``("", "ten")`` its title."""

    op: PhraseOp
    places: tuple[Place, ...]
    old: str = ""  # for an added phrase the words it is put beside
    new: str = ""
    before: bool = False  # the added phrase goes before ``old``


_TYPE = r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết|Quyết\s+định|Thông\s+tư)"
_UNIT = r"(?:[Cc]hương|[Mm]ục|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Pp]hụ\s+lục|[Mm]ẫu)"
# A mark that never closes: the phrase ends where its places begin.
_UNCLOSED = rf"(?=\s+tại\s+(?:các\s+)?{_UNIT}\s[^”\"»]*$)"
_QUOTED = rf"[“\"«]\s*(?P<{{}}>[^“”\"»]+?)\s*(?:[”\"»]|{_UNCLOSED})"
_PHRASE_WORD = r"(?:(?:các\s+)?(?:cụm\s+)?từ(?:\s+ngữ)?|nội\s+dung|đoạn|câu|số|ký\s+hiệu|dấu)"
# «Thay thế cụm từ quy hoạch nuôi ốc” bằng …»: a mark that never opens
_UNOPENED = re.compile(r"(\bcụm\s+từ)\s+([^\W\d][^“”\"«»;]{2,200}?)”")
_REPLACE = re.compile(
    rf"(?:[Tt]hay(?:\s+thế)?|[Ss]ửa(?:\s+đổi)?)\s+{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("old")
)
_ANY_PHRASE = re.compile(rf"{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("old"))
_BY = re.compile(rf"(?:bằng|thành)\s+(?:{_PHRASE_WORD}\s*:?\s*)?" + _QUOTED.format("new"))
_REMOVE = re.compile(rf"(?:[Bb]ãi\s+bỏ|[Bb]ỏ|[Hh]ủy\s+bỏ)\s+{_PHRASE_WORD}\s*:?\s*(?=[“\"«])")
_ADD = re.compile(rf"[Bb]ổ\s+sung\s+{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("new"))
_BESIDE = re.compile(
    rf"(?:vào\s+)?(?P<where>sau|trước)\s+{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("old")
)
_WORD = re.compile(r"\w")
_NEXT_CHANGE = re.compile(
    r";\s*(?:và\s+)?(?=(?:[Tt]hay(?:\s+thế)?|[Ss]ửa(?:\s+đổi)?|[Bb]ãi\s+bỏ|[Bb]ỏ|[Hh]ủy\s+bỏ|[Bb]ổ\s+sung)"
    rf"\s+{_PHRASE_WORD}[\s:])"
)
_TITLE_OF_ACT = re.compile(rf"\btên\s+(?:gọi\s+)?(?:của\s+)?{_TYPE}")
_TITLE_OF_UNIT = re.compile(rf"\b(?:tên|tiêu\s+đề)\s+(?:của\s+)?(?P<unit>{_UNIT}\s+\w+)")
# «tên và khoản 4 Điều 3»: the title of that Điều too
_TITLE_AND = re.compile(r"\b(?:tên|tiêu\s+đề)\s+và\s+[^;]*?(?P<unit>Điều\s+\w+)")
_ALL_ANNEXES = re.compile(r"\b(?:các\s+)?Phụ\s+lục(?!\s+(?:số\s+)?(?:\d|[IVXLC]+\b|[A-Z]\b))")


def outside_quotes(words: str) -> str:
    """Blank out quoted phrases, which may name units and acts of their own; same length."""
    return re.sub(r"[“\"«][^“”\"»]*[”\"»]", lambda match: " " * len(match.group()), words)


def places_in(words: str) -> list[Place]:
    """Return the places that ``words`` name («tại khoản 1 Điều 4 và tên Điều 5»), [] for none.

    An annex without a number («Phụ lục mẫu lời chứng») is ``phu-luc``: every one of the act.
    """
    plain = outside_quotes(words)
    titles: list[Place] = [("", "ten")] if _TITLE_OF_ACT.search(plain) else []
    for match in _TITLE_AND.finditer(plain):
        titles += [(path, "ten") for path in _paths(match["unit"])]
    for match in _TITLE_OF_UNIT.finditer(plain):
        titles += [(path, "ten") for path in _paths(match["unit"])]
    rest = _TITLE_OF_UNIT.sub(lambda match: " " * len(match.group()), plain)
    units: list[Place] = [(path, "") for path in _paths(rest)]
    if not units and _ALL_ANNEXES.search(rest):
        units = [("phu-luc", "")]
    return titles + units


def _paths(words: str) -> list[str]:
    return join_paths(unit_lists(words), words)


def phrase_changes(words: str) -> list[PhraseChange]:
    """Return the changes of phrases in ``words``; [] where it changes whole units only."""
    changes: list[PhraseChange] = []
    for clause in _clauses(_UNOPENED.sub(r"\1 “\2”", words)):
        changes += _clause_changes(clause)
    return changes


def _clauses(words: str) -> list[str]:
    plain = outside_quotes(words)
    starts = [0, *(match.end() for match in _NEXT_CHANGE.finditer(plain))]
    return [words[a:b] for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]


def _clause_changes(words: str) -> list[PhraseChange]:
    replaced = _BY.search(words)
    first = _REPLACE.search(words)
    if first and replaced and not _WORD.search(first["old"]):
        return _marks_changed(words, first["old"], replaced)
    if replaced and first:
        return [
            PhraseChange("thay_the_cum_tu", places, old, replaced["new"])
            for old, places in _phrases_with_places(words, replaced)
        ]
    if _REMOVE.match(words):
        return [
            PhraseChange("bai_bo_cum_tu", places, old)
            for old, places in _phrases_with_places(words, None)
        ]
    if added := _ADD.match(words):
        beside = _BESIDE.search(words, added.end())
        old = beside["old"] if beside else ""
        before = beside is not None and beside["where"] == "trước"
        places = tuple(places_in(words)) or (("", ""),)
        return [PhraseChange("bo_sung_cum_tu", places, old, added["new"], before)]
    return []


def _marks_changed(words: str, old: str, replaced: re.Match[str]) -> list[PhraseChange]:
    """«Thay thế dấu “,” bằng từ “hoặc” trước cụm từ “A” tại …»: a mark is known by its words."""
    beside = list(_BESIDE.finditer(words, replaced.end()))
    if not beside:
        return [PhraseChange("thay_the_cum_tu", tuple(places_in(words)), old, replaced["new"])]
    changes: list[PhraseChange] = []
    shared: tuple[Place, ...] = ()
    for match, until in reversed(list(zip(beside, [*beside[1:], None], strict=True))):
        named = words[match.end() : until.start() if until else len(words)]
        shared = tuple(places_in(named)) or shared
        pair = (f"{old} {match['old']}", f" {replaced['new']} {match['old']}")
        if match["where"] == "sau":
            pair = (f"{match['old']}{old}", f"{match['old']} {replaced['new']}")
        changes.append(PhraseChange("thay_the_cum_tu", shared or (("", ""),), *pair))
    return changes[::-1]


def _phrases_with_places(
    words: str, replaced: re.Match[str] | None
) -> list[tuple[str, tuple[Place, ...]]]:
    """Pair each old phrase with the units that follow it; places after «bằng “…”» serve all."""
    old = [
        match
        for match in _ANY_PHRASE.finditer(words)
        if replaced is None or not replaced.start() <= match.start() < replaced.end()
    ]
    shared = places_in(words[replaced.end() :]) if replaced else []
    pairs = []
    for place, match in enumerate(old):
        until = old[place + 1].start() if place + 1 < len(old) else len(words)
        if replaced and match.start() < replaced.start():
            until = min(until, replaced.start())
        own = places_in(words[match.end() : until])
        if not own:
            own = shared if replaced else places_in(words[match.end() :])
        pairs.append((match["old"], tuple(own) or (("", ""),)))
    return pairs
