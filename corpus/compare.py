"""The same act in two texts (formats, versions, before and after): differences by provision.

Spelling of tone marks, capitals, spacing and punctuation do not count, nor the footnote marks of
consolidated texts. Unnumbered paragraphs are compared as part of the unit they stand in. A unit
that kept its words under another number or in another place is followed there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.footnote import is_consolidated
from corpus.records import Act
from corpus.text import clean, fold

Kind = Literal["nhu_nhau", "chuyen", "khac", "them", "bot"]
KIND_NAMES: dict[Kind, str] = {
    "nhu_nhau": "Như nhau",
    "chuyen": "Đổi số hoặc chuyển chỗ, giữ nguyên lời văn",
    "khac": "Khác nhau",
    "them": "Chỉ có ở bản sau",
    "bot": "Chỉ có ở bản trước",
}

_WORD = re.compile(r"\w+")
# «Điều 5.», «2a.», «đ)» at the beginning of a unit
_PARAGRAPHS = re.compile(r"(?:/doan-[^/]+)+$")
_NUMBER = re.compile(r"(?:Điều\s+\w+\s*[.:]?|\d+(?:\.\d+)*[a-zđ]?\s*[.)]|[a-zđ]\d?\s*\))\s*", re.I)
_TELLING = 4  # words that stand once in each text and so say which unit it is
_PIECE = re.compile(r"\s*\w+[^\w\s]*|\s*[^\w\s]+")
# «việc làm.1 2», «b)2», «mạng1»: marks of footnotes; «a1)» and «Mẫu số 1» are none
_FOOTNOTE_MARK = re.compile(
    r"(?:(?<=[^\W\d]{2})|(?<=[.,;:)”\"]))\d{1,3}(?:\s\d{1,3})*(?=[\s.,;:]|$)"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit in both texts; ``before`` or ``after`` is "" where the text does not have it."""

    path: str
    label: str
    kind: Kind
    before: str
    after: str
    was: str = ""  # path in the earlier text, where it is another one
    was_label: str = ""

    @property
    def name(self) -> str:
        return KIND_NAMES[self.kind]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit to be compared: its own words, without the units below it."""

    path: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every unit of both texts, in the order of the later one; removed units where they stood."""

    differences: tuple[Difference, ...]

    @property
    def counts(self) -> dict[Kind, int]:
        """Number of units by kind, every kind given."""
        found = Counter(difference.kind for difference in self.differences)
        return {kind: found[kind] for kind in KIND_NAMES}

    @property
    def same(self) -> bool:
        return all(difference.kind == "nhu_nhau" for difference in self.differences)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a unit: in both texts, only in the earlier, or only in the later one."""

    kind: Kind
    text: str


def compare(before: Act, after: Act) -> Comparison:
    """Return the units of two texts of one act with what differs."""
    marks = (is_consolidated(before.raw.text), is_consolidated(after.raw.text))
    old, new = (
        [Unit(unit.path, unit.label, unit.text) for unit in act.provisions]
        for act in (before, after)
    )
    return compare_units(old, new, marks)


def compare_units(
    before: Sequence[Unit], after: Sequence[Unit], marks: tuple[bool, bool]
) -> Comparison:
    """Compare provisions in reading order; ``marks`` says which text is consolidated."""
    old, new = _gathered(before), _gathered(after)
    followed = {later: earlier for earlier, later in follow(old, new, marks).items()}
    earlier = {unit.path: unit for unit in old}
    differences: list[Difference] = []
    for unit in new:
        was = earlier.get(followed.get(unit.path, ""))
        if was is None:
            differences.append(Difference(unit.path, unit.label, "them", "", unit.text))
            continue
        differences.append(_difference(was, unit, marks))
    taken = set(followed.values())
    places = {d.was or d.path: at for at, d in enumerate(differences) if d.kind != "them"}
    order = [unit.path for unit in old]
    for at in range(len(old) - 1, -1, -1):
        unit = old[at]
        if unit.path in taken:
            continue
        place = next((places[one] + 1 for one in reversed(order[:at]) if one in places), 0)
        differences.insert(place, Difference(unit.path, unit.label, "bot", unit.text, ""))
        places = {one: here + (here >= place) for one, here in places.items()}
    return Comparison(tuple(differences))


def _difference(was: Unit, unit: Unit, marks: tuple[bool, bool]) -> Difference:
    if was.path != unit.path:
        kind: Kind = "chuyen"
        return Difference(unit.path, unit.label, kind, was.text, unit.text, was.path, was.label)
    alike = _words(was.text, marks[0]) == _words(unit.text, marks[1])
    kind = "nhu_nhau" if alike else "khac"
    return Difference(unit.path, unit.label, kind, was.text, unit.text)


def follow(
    old: Sequence[Unit], new: Sequence[Unit], marks: tuple[bool, bool] = (False, False)
) -> dict[str, str]:
    """Return where each unit of ``old`` is in ``new``: by place, or by its unchanged words.

    A unit keeps its place where its words do; else it goes where its words stand alone, or under
    the unit that its own upper unit became; else it is the changed unit in its place. ``marks``:
    which texts are consolidated.
    """
    words = [{u.path: tuple(_own_words(u.text, m)) for u in side}
             for side, m in zip((old, new), marks, strict=True)]  # fmt: skip
    found = {path: path for path, said in words[0].items() if words[1].get(path) == said}
    left = [[path for path in side if path not in found] for side in words]
    by_words: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    for side, paths in enumerate(left):
        for path in paths:
            by_words.setdefault(words[side][path], ([], []))[side].append(path)
    taken = set(found.values())

    def meet(path: str, place: str) -> None:
        found[path] = place
        taken.add(place)

    for path in left[0]:
        here, there = by_words[words[0][path]]
        if len(here) == len(there) == 1 and len(words[0][path]) >= _TELLING:
            meet(path, there[0])
    uppers = Counter((_upper(one), _upper(other)) for one, other in found.items())
    for path in left[0]:
        if path in found:
            continue
        there = [one for one in by_words[words[0][path]][1] if one not in taken]
        above = found.get(_upper(path))
        holding = [one for one in there if uppers[path, one]]  # its parts went there
        beside = [one for one in there if above is not None and _upper(one) == above]
        if len(holding or beside) == 1:
            meet(path, (holding or beside)[0])
    for path in left[0]:
        if path not in found and path in words[1] and path not in taken:
            meet(path, path)
    return found


def _upper(path: str) -> str:
    return path.rpartition("/")[0]


def _gathered(provisions: Sequence[Unit]) -> list[Unit]:
    """Return each numbered unit with its unnumbered paragraphs."""
    units: dict[str, Unit] = {}
    for one in provisions:
        path = _PARAGRAPHS.sub("", one.path)
        holder = units.get(path)
        if holder is None:
            units[one.path] = one
        else:
            units[path] = Unit(path, holder.label, f"{holder.text}\n{one.text}")
    return list(units.values())


def _own_words(text: str, marks: bool) -> list[str]:
    """Return the words after the unit's own number."""
    return _words(without_number(text), marks)


def without_number(text: str) -> str:
    """Return the text of a unit after its own number: «2. Nộp đơn» → «Nộp đơn»."""
    return _NUMBER.sub("", text.lstrip(), count=1)


def _words(text: str, marks: bool = False) -> list[str]:
    plain = clean(text).text
    if marks:
        plain = _FOOTNOTE_MARK.sub("", plain)
    return _WORD.findall(fold(plain))


def same_words(first: str, second: str, footnote_marks: bool = False) -> bool:
    """Whether two texts say the same; ``footnote_marks``: either is from a consolidated text."""
    return _words(first, footnote_marks) == _words(second, footnote_marks)


def word_changes(before: str, after: str) -> list[Piece]:
    """Return the words of both texts in order, each run marked, with their spacing."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    keys = [[" ".join(_words(piece)) or piece.strip() for piece in side] for side in (old, new)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("nhu_nhau", "".join(new[c:d])))
            continue
        if a < b:
            pieces.append(Piece("bot", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("them", "".join(new[c:d])))
    return pieces
