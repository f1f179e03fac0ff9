"""Validator V3: number, date, type and name of a cited act agree with each other and the registry.

Also names of agencies that differ from a known name in one letter of one word («Ngân hành nhà nước
Việt Nam»). Works on any text; nothing here needs a parsed act (DOMAIN 5.6, 5.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from corpus.agency import all_agencies
from corpus.defect import Defect, defect, line_of
from corpus.mention import find_mentions
from corpus.number import ActNumber, FoundNumber, find_numbers
from corpus.registry import KnownAct, Registry
from corpus.text import CleanText, fold

# «… số 01/2022/TT-BTP ngày 04/01/2022», «…, ngày 4 tháng 1 năm 2022»
_DATE_AFTER = re.compile(
    r"[\s,(]{0,3}ngày\s*(?P<day>\d{1,2})\s*(?:tháng\s*|[/.-]\s*)(?P<month>\d{1,2})\s*"
    r"(?:năm\s*|[/.-]\s*)(?P<year>\d{4})(?!\d)"
)
_TYPE_BEFORE = re.compile(
    r"\b(?P<type>Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết(?:\s+liên\s+tịch)?|Quyết\s+định"
    r"|Chỉ\s+thị|Thông\s+tư(?:\s+liên\s+(?:tịch|bộ))?|Thông\s+báo|Báo\s+cáo|Kế\s+hoạch)\s+(?:số\s*:?\s*)?$"
)
_LONGEST_TYPE = 40
_TYPE_NAMES = {
    "NĐ": "Nghị định", "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch", "QĐ": "Quyết định",
    "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "CT": "Chỉ thị", "BC": "Báo cáo",
    "TB": "Thông báo", "KH": "Kế hoạch", "PL": "Pháp lệnh",
}  # fmt: skip
_LAW_NAME = re.compile(
    r"(?P<name>(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s+(?!số\b).+?)\s*\(?(?:số\s*:?\s*)?$", re.S
)
_WORD = re.compile(r"[^\W\d_]+")
# A number of the year before 1996 carries the year of the session, not of signing.
_FIRST_YEAR = 1996


def check_names(words: CleanText, source: str, registry: Registry) -> Iterator[Defect]:
    """Yield V3 defects of ``source``, whose clean text is ``words``."""
    dated: dict[str, tuple[date, int]] = {}
    for found in find_numbers(words.text):
        match = _DATE_AFTER.match(words.text, found.end)
        if match:
            yield from _date_defects(words, source, found, match, registry, dated)
        yield from _type_defects(words, source, found)
    yield from _name_defects(words, source, registry)
    yield from _agency_defects(words, source)


def _date_defects(
    words: CleanText,
    source: str,
    found: FoundNumber,
    match: re.Match[str],
    registry: Registry,
    dated: dict[str, tuple[date, int]],
) -> Iterator[Defect]:
    start, end = words.source_span(found.start, match.end())
    number = found.number
    known = registry.acts.get(number.key)
    shown = f"{int(match['day']):02}/{int(match['month']):02}/{match['year']}"
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        yield defect("V3-khong-co-ngay", source, start, end, date=shown)
        return
    if number.year and number.year >= _FIRST_YEAR and number.year != day.year:
        hint = _known_date(known) if known and known.issued else ""
        yield defect("V3-nam", source, start, end, year=number.year, date=shown, known=hint)
        return
    # a number without a year comes back every year: another year is another act
    if known and known.issued and known.issued != day and known.issued.year == day.year:
        yield defect(
            "V3-ngay", source, start, end, date=shown, known=_shown(known.issued),
            confidence=known.confidence,
        )  # fmt: skip
        return
    other, place = dated.setdefault(number.key, (day, start))
    if number.year and other != day:
        yield defect(
            "V3-hai-ngay", source, start, end, number=number.official, date=shown,
            other=_shown(other), line=line_of(source, place),
        )  # fmt: skip


def _known_date(known: KnownAct) -> str:
    return f"; danh bạ ghi {_shown(known.issued)} ({known.confidence})" if known.issued else ""


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _type_defects(words: CleanText, source: str, found: FoundNumber) -> Iterator[Defect]:
    before = max(0, found.start - _LONGEST_TYPE)
    match = _TYPE_BEFORE.search(words.text, before, found.start)
    expected = _TYPE_NAMES.get(found.number.type)
    if match is None or expected is None or not _type_is_certain(found.number):
        return
    shown = " ".join(match["type"].split())
    if shown.lower() == expected.lower():
        return
    start, end = words.source_span(match.start(), found.end)
    yield defect(
        "V3-loai", source, start, end, shown=shown, number=found.number.official,
        type=expected.lower(),
    )  # fmt: skip


def _type_is_certain(number: ActNumber) -> bool:
    """«12/CT-UBND» may be chỉ thị or, in old acts, anything the province wanted."""
    return bool(number.issuers)


def _name_defects(words: CleanText, source: str, registry: Registry) -> Iterator[Defect]:
    for mention in find_mentions(words.text):
        known = registry.acts.get(_key(mention.act)) if "/" in mention.act else None
        if known is None or not known.title.startswith(("Luật", "Bộ luật", "Pháp lệnh")):
            continue
        shown = words.text[mention.start : mention.end]
        named = _LAW_NAME.match(shown[: shown.rfind(mention.act)] if mention.act in shown else "")
        if named is None:
            continue
        name = " ".join(named["name"].split())
        if _same_name(name, known.title):
            continue
        start, end = words.source_span(mention.start, mention.end)
        yield defect(
            "V3-ten", source, start, end, shown=name, number=known.number, known=known.title,
            confidence=known.confidence,
        )  # fmt: skip


def _key(act: str) -> str:
    number = next(find_numbers(act), None)
    return number.number.key if number else ""


def _same_name(shown: str, known: str) -> bool:
    """Whether two names are one, apart from short forms («văn bản QPPL»)."""
    short = fold(known).replace("quy phạm pháp luật", "qppl")
    return fold(shown) in (fold(known), short) or "sửa đổi" in shown.lower()


@cache
def _agency_words() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names of at least three words: first word and second word → (words, name)."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for agency in all_agencies():
        for name in (agency.name, *agency.aliases):
            parts = tuple(fold(word) for word in _WORD.findall(name))
            if len(parts) >= 4:
                # a name with one wrong word keeps its first or its second word
                index.setdefault(f"1 {parts[0]}", []).append((parts, name))
                index.setdefault(f"2 {parts[1]}", []).append((parts, name))
    return {key: tuple(items) for key, items in index.items()}


def _agency_defects(words: CleanText, source: str) -> Iterator[Defect]:
    found = [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(words.text)]
    names = _agency_words()
    exact = {parts for items in names.values() for parts, _ in items}
    place = 0
    while place < len(found):
        step = 1
        if words.text[found[place][0]].isupper():
            keys = [f"1 {found[place][2]}"]
            if place + 1 < len(found):
                keys.append(f"2 {found[place + 1][2]}")
            for parts, name in dict.fromkeys(item for key in keys for item in names.get(key, ())):
                window = found[place : place + len(parts)]
                said = tuple(word for _, _, word in window)
                if said in exact or not _one_letter_off(said, parts):
                    continue
                start, end = words.source_span(window[0][0], window[-1][1])
                shown = words.text[window[0][0] : window[-1][1]]
                if "\n" in shown or re.search(r"[.;:()]", shown):
                    continue
                yield defect("V3-co-quan", source, start, end, shown=shown, known=name)
                step = len(parts)
                break
        place += step


def _one_letter_off(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether exactly one word differs, by one letter put, left out or changed."""
    if len(said) != len(known):
        return False
    wrong = [(a, b) for a, b in zip(said, known, strict=True) if a != b]
    return len(wrong) == 1 and _near(*wrong[0])


def _near(first: str, second: str) -> bool:
    if abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 2:
        return False
    short, long = sorted((first, second), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
