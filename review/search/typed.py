"""What a person typed into the search box, taken apart: an address, an act, phrases, words.

«điểm b khoản 2 điều 10 nd 61/2015», «so ho khau nd 61», «"bản sao có chứng thực" tt 08/2023»: with
or without diacritics, units in either order. What is understood as an address or an act is no
longer looked for as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.label import label_of
from corpus.text import clean, fold, unaccent

LONGEST: Final = 400  # characters of the box that are read

# Abbreviation or name of a type of act, without diacritics → the name as acts store it.
_TYPES: Final = {
    "nd": "nghi dinh", "nghi dinh": "nghi dinh",
    "tt": "thong tu", "thong tu": "thong tu",
    "ttlt": "thong tu lien tich", "thong tu lien tich": "thong tu lien tich",
    "qd": "quyet dinh", "quyet dinh": "quyet dinh",
    "nq": "nghi quyet", "nghi quyet": "nghi quyet",
    "ct": "chi thi", "chi thi": "chi thi",
    "luat": "luat", "bo luat": "bo luat", "phap lenh": "phap lenh",
    "vbhn": "van ban hop nhat", "van ban hop nhat": "van ban hop nhat",
}  # fmt: skip
_TYPE: Final = "|".join(sorted(_TYPES, key=len, reverse=True))

_NUM: Final = r"(?P<num>\d{1,5}(?:\.\d{1,2})?[a-z]?)"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_TAIL: Final = r"(?P<tail>[a-z]{1,10}\d{0,2}(?:-[a-z]{1,12}\d{0,2})*)"
# «nd 61», «nd 61/2015», «nghị định số 61/2015/nđ-cp», «luật 68/2020/qh14»; after a type also the
# slips of quick typing: «nd 61/15», «nd 61-2015», «nd 61/2105»
_TYPED_ACT: Final = re.compile(
    rf"\b(?P<type>{_TYPE})\s*(?:so\s*:?\s*)?{_NUM}"
    rf"(?:\s*(?:[/-]\s*(?P<year>\d{{4}}|\d\d)|\.\s*(?P<dotted>\d{{4}}))(?!\d))?"
    rf"(?:\s*[/-]\s*{_TAIL})?(?![\w/])"
)
_THIS_CENTURY: Final = 45  # «nd 61/15» is of 2015, «nd 5/99» of 1999; acts begin in 1945
# «61/2015», «61/2015/nđ-cp», «6660/vbhn-bldtbxh»
_BARE_ACT: Final = re.compile(
    rf"(?<![\w/.]){_NUM}\s*/\s*(?:{_YEAR}(?:\s*/\s*{_TAIL})?|(?P<only>[a-z]{{2,10}}-[a-z-]{{1,24}}))"
    r"(?![\w/])"
)
_YEAR_ALONE: Final = re.compile(r"(?:19|20)\d\d")

# Units of an act, as typed without diacritics → segment of a path, largest first.
_UNITS: Final = {
    "phu luc": "phu-luc", "mau so": "mau", "mau": "mau", "phan": "phan", "chuong": "chuong",
    "muc": "muc", "dieu": "dieu", "khoan": "khoan", "diem": "diem",
}  # fmt: skip
_ORDER: Final = ("phu-luc", "mau", "phan", "chuong", "muc", "dieu", "khoan", "diem")
_UNIT: Final = re.compile(
    r"\b(?:(?P<name>phu luc(?:\s+so)?|mau(?:\s+so)?|phan|chuong|muc|dieu|khoan)\s+"
    r"(?P<number>\d{1,3}[a-z]?|[ivxlc]{1,7})|diem\s+(?P<letter>[a-z]\d{0,2}))(?![\w/])"
)
# «Đ46.3», «Đ10 k2»: only with the Đ, which no other word is.
_SHORT_DIEU: Final = re.compile(
    r"(?<!\w)đ\s?(?P<dieu>\d{1,3}[a-z]?)(?:\.(?P<khoan>\d{1,2}))?(?!\w)"
)
_SHORT_KHOAN: Final = re.compile(r"(?<!\w)k\s?(?P<khoan>\d{1,2})(?!\w)")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NUMBERED_ROMAN: Final = frozenset({"phu-luc", "phan", "chuong", "muc"})
_QUOTED: Final = re.compile(r"[\"“”«»„]([^\"“”«»„]+)[\"“”«»„]")
# Words that join an address or a number to the rest, and say nothing by themselves.
_JOINT: Final = r"(?:của|cua|tại|tai|theo|trong|thuộc|thuoc|về|ve|và)"
_JOINTS: Final = re.compile(rf"^(?:{_JOINT}\b\s*)+|(?:\s*\b{_JOINT})+$")


@dataclass(frozen=True, slots=True)
class WantedAct:
    """An act by what was typed of its number; empty parts mean any."""

    num: str  # "61"
    year: int | None = None
    type: str = ""  # "nghi dinh"
    tail: str = ""  # "nd-cp", or the beginning of it
    shown: str = ""  # as typed

    @property
    def citations(self) -> tuple[str, ...]:
        """What stands in a text that names this act: «08 2023 tt btc», «nghi dinh so 61»."""
        nums = dict.fromkeys((self.num, self.num.zfill(2)))
        if self.year is None and not self.tail:
            return tuple(f"{self.type} so {num}" for num in nums) if self.type else ()
        after = f"{self.year or ''} {self.tail.replace('-', ' ')}"
        return tuple(" ".join(f"{num} {after}".split()) for num in nums)


@dataclass(frozen=True, slots=True)
class Typed:
    """The parts of what was typed."""

    act: WantedAct | None = None
    units: tuple[tuple[str, str], ...] = ()  # ("dieu", "10"), ("khoan", "2"): largest first
    phrases: tuple[str, ...] = ()
    words: str = ""  # the rest
    paths: tuple[str, ...] = field(default=())  # spellings of the address, "dieu-10/khoan-2"
    absent: WantedAct | None = None  # an act that is not here: texts that name it are wanted

    @property
    def label(self) -> str:
        """The address as a lawyer says it, empty where none was typed."""
        return label_of(self.paths[0]) if self.paths else ""

    def outer(self) -> Typed:
        """The same without its smallest unit: where the address names none, what is around it."""
        units = self.units[:-1]
        return replace(self, units=units, paths=_paths(units))

    def __bool__(self) -> bool:
        return bool(self.act or self.units or self.phrases or self.words)


def read(text: str) -> Typed:
    """Take apart what was typed; never raises, whatever it is."""
    folded = fold(clean(text[:LONGEST]).text)
    phrases = tuple(
        words for match in _QUOTED.finditer(folded) if (words := " ".join(match[1].split()))
    )
    folded = _QUOTED.sub(lambda match: " " * len(match[0]), folded).replace('"', " ")
    plain = unaccent(folded)  # as long as ``folded``: spans hold in both
    act, span = _act(plain, folded)
    if span:
        folded, plain = _blank(folded, *span), _blank(plain, *span)
    units, spans = _units(plain, folded)
    for start, end in spans:
        folded = _blank(folded, start, end)
    words = " ".join(folded.replace(",", " ").split())
    if act or units:
        words = _JOINTS.sub("", words).strip()
    ordered = tuple(sorted(units.items(), key=lambda unit: _ORDER.index(unit[0])))
    return Typed(act, ordered, phrases, words, _paths(ordered))


def _blank(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _act(plain: str, folded: str) -> tuple[WantedAct | None, tuple[int, int] | None]:
    match = _TYPED_ACT.search(plain)
    if match and not (match["year"] is None and _YEAR_ALONE.fullmatch(match["num"])):
        kind = _TYPES[" ".join(match["type"].split())]
    else:
        match = _BARE_ACT.search(plain)
        kind = ""
    if match is None:
        return None, None
    tail = match["tail"] or ("" if kind else match["only"]) or ""
    num = match["num"].lstrip("0") or "0"
    year = _year(match["year"] or match.groupdict().get("dotted") or "")
    shown = " ".join(folded[match.start() : match.end()].split())
    return WantedAct(num, year, kind, tail, shown), match.span()


def _year(digits: str) -> int | None:
    if len(digits) != 2:
        return int(digits) if digits else None
    return int(digits) + (2000 if int(digits) < _THIS_CENTURY else 1900)


def _units(plain: str, folded: str) -> tuple[dict[str, str], list[tuple[int, int]]]:
    """Return the units named, each level once (the first counts), and where they stand."""
    units: dict[str, str] = {}
    spans: list[tuple[int, int]] = []
    for match in _UNIT.finditer(plain):
        if match["letter"]:
            name = "diem"
            number = folded[match.start("letter") : match.end("letter")]
        else:
            name = _UNITS[" ".join(match["name"].split()).removesuffix(" so")]
            number = match["number"]
            if not number[0].isdigit():
                if name not in _NUMBERED_ROMAN:
                    continue
                number = str(_roman(number))
            number = number.lstrip("0") or "0"
        if name not in units:
            units[name] = number
            spans.append(match.span())
    if "dieu" not in units and (match := _SHORT_DIEU.search(folded)):
        units["dieu"] = match["dieu"]
        if match["khoan"]:
            units.setdefault("khoan", match["khoan"])
        spans.append(match.span())
    if "dieu" in units and "khoan" not in units and (match := _SHORT_KHOAN.search(folded)):
        units["khoan"] = match["khoan"]
        spans.append(match.span())
    return units, spans


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def _paths(units: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the paths the units may mean: a «d» typed without marks may be a đ."""
    paths = [""]
    for name, number in units:
        numbers = [number]
        if name == "diem" and number.startswith("d"):
            numbers.append(f"đ{number[1:]}")
        if name == "mau":
            numbers.append(number.zfill(2))
        paths = [f"{path}/{name}-{one}".lstrip("/") for path in paths for one in numbers]
    return tuple(path for path in paths if path)
