"""The same act in two texts (formats, versions, before and after): differences by provision.

Spelling of tone marks, capitals, spacing and punctuation do not count, nor the footnote marks of
consolidated texts. Unnumbered paragraphs are compared as part of the unit they stand in.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.footnote import is_consolidated
from corpus.number import number_key
from corpus.records import Act, Head, Provision
from corpus.text import clean, fold

Kind = Literal["nhu_nhau", "khac", "them", "bot"]
KIND_NAMES: dict[Kind, str] = {
    "nhu_nhau": "Như nhau",
    "khac": "Khác nhau",
    "them": "Chỉ có ở bản sau",
    "bot": "Chỉ có ở bản trước",
}

_WORD = re.compile(r"\w+")
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

    @property
    def name(self) -> str:
        return KIND_NAMES[self.kind]


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


def same_act(first: Head, second: Head) -> bool:
    """Whether two heads are of one act: same number, and issuer and date where both say them.

    Numbers of provincial decisions repeat from province to province.
    """
    if not first.number or number_key(first.number) != number_key(second.number):
        return False
    if first.issued and second.issued and first.issued != second.issued:
        return False
    issuers = [_words(head.issuer) for head in (first, second)]
    return not all(issuers) or issuers[0] == issuers[1]


def compare(before: Act, after: Act) -> Comparison:
    """Return the units of two texts of one act with what differs."""
    old, new = _units(before), _units(after)
    marks = (is_consolidated(before.raw.text), is_consolidated(after.raw.text))
    differences: list[Difference] = []
    gone = [path for path in old if path not in new]
    for path, (label, text) in new.items():
        if path not in old:
            differences.append(Difference(path, label, "them", "", text))
            continue
        earlier = old[path][1]
        alike = _words(earlier, marks[0]) == _words(text, marks[1])
        differences.append(Difference(path, label, "nhu_nhau" if alike else "khac", earlier, text))
    places = {difference.path: place for place, difference in enumerate(differences)}
    order = list(old)
    for path in reversed(gone):
        above = order[: order.index(path)]
        place = next((places[one] + 1 for one in reversed(above) if one in places), 0)
        label, text = old[path]
        differences.insert(place, Difference(path, label, "bot", text, ""))
        places = {one: at + (at >= place) for one, at in places.items()}
    return Comparison(tuple(differences))


def _units(act: Act) -> dict[str, tuple[str, str]]:
    """Return label and words of each numbered unit, with its unnumbered paragraphs."""
    units: dict[str, tuple[str, str]] = {}
    holders: dict[int, str] = {}
    for index, provision in enumerate(act.provisions):
        path = _holder(provision, holders)
        holders[index] = path
        if path in units:
            label, text = units[path]
            units[path] = (label, f"{text}\n{provision.text}")
        else:
            units[path] = (provision.label, provision.text)
    return units


def _holder(provision: Provision, holders: dict[int, str]) -> str:
    if provision.level == "doan" and provision.parent is not None:
        return holders[provision.parent]
    return provision.path


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
