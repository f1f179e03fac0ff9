"""Notes of Bộ Pháp điển: «(Điều 8 Nghị định số …, có hiệu lực thi hành kể từ ngày …)».

The first article of an act in a đề mục carries the long form with title, day of issue and
issuer; the others the short form. Form of the notes: NĐ 63/2013/NĐ-CP on pháp điển hoá; the
grammar is read off the published package.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.number import parse_number
from corpus.records import ArticleChange, Head
from corpus.reference import join_paths, unit_lists
from corpus.text import unaccent

_TYPES = (
    "Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Nghị quyết liên tịch", "Nghị quyết",
    "Quyết định", "Thông tư liên tịch", "Thông tư", "Chỉ thị", "Sắc lệnh", "Sắc luật", "Lệnh",
    "Hiến pháp",
)  # fmt: skip
_TYPE_NAMES = {name.lower(): name for name in _TYPES}
_ARTICLE = r"(?:Điều\s+(?:Điều\s+)?(?P<article>\d+\s?[a-zđ]?(?:\.\d+)?)\.?\s*(?:của\s+)?)"
_TYPE = rf"(?P<type>{'|'.join(_TYPES)})"
# «17 /2018/TT-BTNMT», «21 - TC/TCT», «11/2006/QĐ-BGD&ĐT», «66.7/2025/NQ-CP»
_NUMBER = r"(?P<number>\d[\w.]*(?:\s?[/&–-]\s?[^\W_]+[\w.]*)+)"
_SOURCE = re.compile(
    rf"^\(*\s*{_ARTICLE}{_TYPE}(?:\s+số)?(?P<joint>\s+liên\s+tịch)?(?:\s+(?:{'|'.join(_TYPES)}))?"
    rf"(?:\s+số)?:?\s+"
    rf"(?:{_NUMBER}|Không\s+số)?\s*(?P<rest>.*)$",
    re.I | re.S,
)
# «61/2015/NĐ-CP», and the term of office in numbers of the National Assembly («22/2023/QH15»)
_YEAR = re.compile(r"/(?:19|20)?\d\d/|QH\d")
_DATE = r"(\d{1,2})/(\d{1,2})/(\d{4})"
# The last «ngày … của …» before the effect clause dates the act; earlier ones are in its title.
_ISSUED = re.compile(
    rf"\s*ngày\s+{_DATE}(?:\s+của\s+(?P<issuer>(?:(?!\bngày\s+\d).)+?))?\s*$", re.S
)
_EFFECT = re.compile(rf",?\s*có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+ngày\s+{_DATE}")
# «, có nội dung được sửa đổi, … bởi Điều 1 Luật số … có hiệu lực … ngày …; khoản 2 Điều 3 …»
_AMENDED = re.compile(
    r"\b(?:bởi|theo(?:\s+quy\s+định\s+tại)?)\s+(?=(?:Điều|Khoản|Điểm|Mục|Chương)\s)", re.I
)
_AMENDING_ACT = re.compile(
    rf"\b(?:{'|'.join(_TYPES)})(?:\s+liên\s+tịch)?(?:\s+số)?:?\s+{_NUMBER}", re.I
)
_AMENDED_FROM = re.compile(
    r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+ngày\s+"
    r"(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})"
)
# «… của Luật 81/2006/QH11 Cư trú ban hành ngày …» at the end of a link's words.
_LINKED_ACT = re.compile(rf"\bcủa\s+(?:{'|'.join(_TYPES)})\s+{_NUMBER}(?=\s|$)", re.I)
# «Điều 30.» or codified «Điều 44.1.TT.5.13.», whose last number is that of the act.
_LINKED_ARTICLE = re.compile(
    r"^\s*Điều\s+(?:[\d.]+\.[A-ZĐ]{2,4}\.(?:\d+\.)*?)?(\d+[a-zđ]?)\.(?!\d)"
)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One note, read: the article of which act it is, and who amended it."""

    article: str  # "8", "5a"
    head: Head  # title, issuer and date of issue only in the long form
    amended_by: tuple[ArticleChange, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells acts apart: number and kind, or the title where the act has no number.

        A law and a resolution of one year may share a number, so the kind belongs to it; numbers
        without a year («73-CP») come back each year, so the year of effect does.
        """
        name = self.head.number or self.head.title
        if self.head.effective and not _YEAR.search(self.head.number):
            name = f"{name} {self.head.effective.year}"
        return name.casefold(), self.head.type.casefold()


def parse_note(note: str) -> SourceNote | None:
    """Return what ``note`` says, None where it names no article of an act."""
    text = " ".join(unicodedata.normalize("NFC", note).split())
    match = _SOURCE.match(text)
    if match is None:
        return None
    kind = _TYPE_NAMES[match["type"].lower()]
    if match["joint"] and kind == "Thông tư":
        kind = "Thông tư liên tịch"
    rest = match["rest"]
    effect = _EFFECT.search(rest)
    described = rest[: effect.start()] if effect else rest.rstrip(" )")
    issued = _ISSUED.search(described)
    title = described[: issued.start()] if issued else described
    title = title.strip(" ,;.") if issued or not match["number"] else ""
    if not match["number"] and not title:
        return None
    head = Head(
        number=_official(match["number"] or ""),
        type=kind,
        title=title,
        issuer=(issued["issuer"] or "").strip(" ,") if issued else "",
        issued=_day(issued.groups()[:3]) if issued else None,
        effective=_day(effect.groups()) if effect else None,
    )
    changes = _changes(rest[effect.end() :]) if effect else ()
    return SourceNote(match["article"].replace(" ", "").lower(), head, changes)


def _changes(words: str) -> tuple[ArticleChange, ...]:
    """Return the amending acts named after the effect clause, one for each act."""
    begins = _AMENDED.search(words)
    if begins is None:
        return ()
    acts = list(_AMENDING_ACT.finditer(words, begins.end()))
    changes = []
    before = begins.end()
    for place, act in enumerate(acts):
        after = acts[place + 1].start() if place + 1 < len(acts) else len(words)
        paths = join_paths(unit_lists(words, before, act.start()), words)
        day = _AMENDED_FROM.search(words, act.end(), after)
        if paths:  # an act without units is part of the title of the one before
            number = _official(act["number"])
            changes.append(ArticleChange(number, tuple(paths), _day(day.groups()) if day else None))
        before = day.end() if day else act.end()
    return tuple(changes)


def linked_article(words: str) -> tuple[str, str]:
    """Return the act and the path that a link outside the package names, '' where it does not."""
    acts = list(_LINKED_ACT.finditer(words))
    article = _LINKED_ARTICLE.match(words)
    number = _official(acts[-1]["number"]) if acts else ""
    return number, f"dieu-{article[1].lower()}" if article else ""


@cache  # tens of thousands of notes name a few thousand acts
def _official(shown: str) -> str:
    """Return a number with its symbols as they are spelt: «45/2031/TT-BNO.», «5/2031/tt-bno»."""
    number = re.sub(r"\s+", "", shown).rstrip(".")
    parsed = parse_number(number) or parse_number(number.upper())
    first, mark, _ = number.partition("/")  # «6» stays «6»: the package prints what the act has
    spelt = first + mark + parsed.official.partition("/")[2] if parsed and mark else number
    # «QĐ-NHNN4» keeps its department
    return spelt if unaccent(spelt).upper() == unaccent(number).upper() else number


def _day(parts: tuple[str, ...]) -> date | None:
    day, month, year = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:  # «31/02/…»: printed so; the note itself keeps the wording
        return None


def fuller(first: Head, second: Head) -> Head:
    """Join what two notes on one act say; the first wins where both speak."""
    return Head(
        number=first.number or second.number,
        type=first.type or second.type,
        title=first.title or second.title,
        issuer=first.issuer or second.issuer,
        issued=first.issued or second.issued,
        effective=_earlier(first.effective, second.effective),
    )


def _earlier(first: date | None, second: date | None) -> date | None:
    # Some articles take effect later than their act; the act's day is the earliest.
    days = [day for day in (first, second) if day is not None]
    return min(days) if days else None
