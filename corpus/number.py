"""Số hiệu of all eras: grammar, comparable key, official spelling, finder in running text.

Forms (DOMAIN 5.6): «104/2022/NĐ-CP», «68/2020/QH14», «66.7/2025/NQ-CP», «30a/2008/NQ-CP»,
«12/2016/TTLT-BLĐTBXH-BTC», «1607/VBHN-BLĐTBXH», «2788/BTP-KTrVB», «2367/TCT», «81-CP»,
«01-LCT/HĐNN8», «23-L/CTN», «102/SL-L-004», «57-NQ/TW».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text import clean, unaccent

# Symbol of the type of act → its name. «QH» and «UBTVQH» acts carry their type in the name only.
TYPES = {
    "HP": "Hiến pháp", "BL": "Bộ luật", "L": "Luật", "LCT": "Luật", "PL": "Pháp lệnh",
    "PLCT": "Pháp lệnh", "SL": "Sắc lệnh", "NĐ": "Nghị định", "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch", "QĐ": "Quyết định", "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch", "TTLB": "Thông tư liên bộ", "CT": "Chỉ thị",
    "CTLT": "Chỉ thị liên tịch", "VBHN": "Văn bản hợp nhất", "BC": "Báo cáo",
    "TB": "Thông báo", "KH": "Kế hoạch",
    "TTr": "Tờ trình", "CĐ": "Công điện", "CV": "Công văn", "HD": "Hướng dẫn", "QC": "Quy chế",
    "CTr": "Chương trình", "KL": "Kết luận", "QyĐ": "Quy định", "BB": "Biên bản",
}  # fmt: skip
# Written without diacritics (file names, portals, old machines) or in capitals → official symbol.
_OFFICIAL = {unaccent(symbol).upper(): symbol for symbol in TYPES} | {
    "TTG": "TTg", "BLDTBXH": "BLĐTBXH", "LDTBXH": "LĐTBXH", "BGDDT": "BGDĐT", "BKHDT": "BKHĐT",
    "HDND": "HĐND", "HDTP": "HĐTP", "HDBT": "HĐBT", "TLDLDVN": "TLĐLĐVN", "TLDLD": "TLĐLĐ",
    "BKHCNMT": "BKHCNMT", "KTRVB": "KTrVB", "TCTTKDA": "TCTTKĐA", "LDLD": "LĐLĐ",
}  # fmt: skip
# Symbols of one body under several spellings, for keys only.
_ALIASES = {
    "LĐTBXH": "BLĐTBXH", "BNN": "BNNPTNT", "NN": "BNNPTNT", "TATC": "TANDTC", "VKSTC": "VKSNDTC",
    "BTM": "BTM", "BKH": "BKHĐT",
}  # fmt: skip
_BODY_WITH_TERM = re.compile(r"(QH|UBTVQH|HĐNN|QHK)(\d{1,2})")

_DASH = r"\s?[-–]\s?"
_NUM = r"\d{1,5}(?:\.\d{1,2})?[a-zA-Z]?"
# «BGD;ĐT» is «BGD&ĐT» whose sign a web page has lost.
_TOKEN = r"[A-ZĐƯ](?:[A-ZĐƯ]|[a-z](?=[A-ZĐ])|[gr](?:(?!\w)|(?=ngày|của))|&|(?<=BGD);(?=ĐT))*\d{0,3}"
# «108/2007/NĐ - CP»: blanks on both sides only between a type and its body
_SPACED = r"(?:(?<=[NQ]Đ)|(?<=\dTT)|(?<=/TT)|(?<=NQ)|(?<=CT)|(?<=TTLT))\s[-–]\s(?=[A-ZĐ]{2}|TTg)"
_TAIL = rf"{_TOKEN}(?:(?:[-–]\s?|/){_TOKEN}|\s[-–](?={_TOKEN}){_TOKEN}|{_SPACED}{_TOKEN})*"
_TERM = r"(?:QH|UBTVQH|HĐNN|HDNN)\s?[IVX\d]{1,4}"
# Symbols that follow the number directly when there is no year.
_NO_YEAR_TYPES = "|".join(sorted((*TYPES, "QD", "ND", "CD"), key=len, reverse=True))
_OLD_BODIES = r"CP|TTg|HĐBT|HDBT|CTN|CT|BT|TƯ|TW"

_WITH_YEAR = (
    rf"(?P<num>{_NUM})\s?/\s?(?P<year>(?:19|20)\d\d|[6-9]\d)\s?/\s?(?P<tail>{_TERM}|{_TAIL})"
)
_NO_YEAR = (
    rf"(?P<num2>{_NUM})\s?/\s?(?P<tail2>(?:{_NO_YEAR_TYPES})(?:[-–]\s?|/){_TAIL}"
    rf"|(?:[A-ZĐ]{{2,8}}|TTg)[-–]\s?{_TAIL}|TCT(?:TKĐA)?|{_OLD_BODIES}|{_TERM})"
)
_OLD = rf"(?P<num3>{_NUM}){_DASH}(?P<tail3>(?:{_NO_YEAR_TYPES})\s?/\s?{_TAIL}|{_OLD_BODIES})"
_OLD_MINISTRY = r"(?<=số )(?P<num5>\d{1,4})\s(?P<tail5>[A-ZĐ]{2,8}/[A-ZĐ]{2,8})"  # «số 89 TC/TCT»
# «Quyết định số 947/QĐ», «Thông tư số 49/TT», «Thông tư Liên Bộ số 953/TTLB» of the seventies
_OLD_BARE = (
    r"(?:(?<=định số )|(?<=tư số )|(?<=thị số )|(?<=quyết số )|(?<=iên [Bb]ộ số ))"
    r"(?P<num6>\d{1,5}[A-Z]{0,2})/(?P<tail6>[A-ZĐ]{2,6}(?:/[A-ZĐ]{2,6})?)(?![/-])"
)
_DECREE_1945 = (
    r"(?P<num4>\d{1,3}[a-z]?)\s?/\s?SL(?P<tail4>(?:-L-\d{1,3})?)(?:\s?/\s?(?P<year4>19[45]\d))?"
)
# «Quyết định72/2002/QĐ-TTg»
_NUMBER_START = r"(?:(?<![\w/.,-])|(?<=định)|(?<=tư)|(?<=số))"
# The blank before «ngày», «của» is lost now and then: «59/2031/TT-BLĐTBXHngày 29».
_NUMBER_END = r"(?:(?![\wĐ])|(?=(?:ngày|của)\s))"
_FIND = re.compile(
    rf"{_NUMBER_START}(?:{_WITH_YEAR}|{_DECREE_1945}|{_NO_YEAR}|{_OLD}|{_OLD_MINISTRY}|{_OLD_BARE}){_NUMBER_END}"
)
_SPACES = re.compile(r"\s+")
_SPLIT = re.compile(r"[-–/]")


@dataclass(frozen=True, slots=True)
class ActNumber:
    """A số hiệu taken apart. ``key`` is equal for all spellings of the same number."""

    num: str  # as printed: "104", "66.7", "30a", "07"
    year: int | None
    type: str  # official symbol "NĐ", "TTLT"; "" where the number carries none (laws, letters)
    issuers: tuple[str, ...]  # official symbols in printed order; "QH15" with its term
    key: str
    official: str

    @property
    def type_name(self) -> str:
        """Return «Nghị định» for NĐ; "" where the number does not say it."""
        return TYPES.get(self.type, "")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A số hiệu in running text, with its half-open span there."""

    start: int
    end: int
    number: ActNumber


def _symbol(token: str) -> str:
    plain = unaccent(token).upper()
    if plain in _OFFICIAL:
        return _OFFICIAL[plain]
    if _BODY_WITH_TERM.fullmatch(token):
        return token
    return token.rstrip("0123456789") or token  # a footnote number glued to the last symbol


def _number(num: str, year: str | None, tail: str, dash: bool) -> ActNumber:
    tail = _SPACES.sub("", tail).replace("–", "-").replace(";", "&")
    marks = [mark for mark in tail if mark in "-/"]
    symbols = [_symbol(token) for token in _SPLIT.split(tail)]
    kind = symbols[0] if symbols[0] in TYPES else ""
    issuers = tuple(symbols[1:] if kind else symbols)
    if kind == "TTLT" and issuers and issuers[-1] in TYPES:
        issuers = issuers[:-1]
    full_year = None if year is None else int(year) + (1900 if int(year) < 100 else 0)
    shown = symbols[0] + "".join(
        mark + symbol for mark, symbol in zip(marks, symbols[1:], strict=True)
    )
    padded = num.zfill(2) if full_year and full_year >= 1990 and num.isdigit() else num
    if dash:
        official = f"{padded}-{shown}"
    else:
        official = f"{padded}/{year}/{shown}" if year else f"{padded}/{shown}"
    plain_issuers = (issuer.replace("&", "") for issuer in issuers)
    bodies = sorted(_ALIASES.get(issuer, issuer) for issuer in plain_issuers)
    plain = num.lower().lstrip("0") or "0"
    key = f"{plain}/{full_year or ''}/{'-'.join([kind, *bodies]) if kind else '-'.join(bodies)}"
    return ActNumber(num, full_year, kind, issuers, unaccent(key).upper(), official)


def _from_match(match: re.Match[str]) -> ActNumber:
    if match["num"]:
        return _number(match["num"], match["year"], match["tail"], dash=False)
    if match["num4"]:
        term = match["tail4"]
        official = f"{match['num4']}/SL{term}" + (f"/{match['year4']}" if match["year4"] else "")
        year = int(match["year4"]) if match["year4"] else None
        return ActNumber(match["num4"], year, "SL", (), official.upper(), official)
    if match["num2"]:
        return _number(match["num2"], None, match["tail2"], dash=False)
    if match["num6"]:
        return _number(match["num6"], None, match["tail6"], dash=False)
    if match["num5"]:
        return _number(match["num5"], None, match["tail5"], dash=True)
    return _number(match["num3"], None, match["tail3"], dash=True)


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundNumber]:
    """Yield every số hiệu in clean ``text``, left to right."""
    for match in _FIND.finditer(text, start, len(text) if end is None else end):
        yield FoundNumber(match.start(), match.end(), _from_match(match))


def parse_number(text: str) -> ActNumber | None:
    """Return the số hiệu that ``text`` is («Số: 104 /2022/NĐ-CP» too); None if it is none."""
    words = clean(text).text.strip().removeprefix("Luật ").removeprefix("số").removeprefix("Số")
    words = words.lstrip(" :").rstrip(" .;,")
    match = _FIND.fullmatch(words)
    return _from_match(match) if match else None


def normal_number(text: str) -> str:
    """Return the official spelling of a số hiệu, or ``text`` unchanged where it is none."""
    number = parse_number(text)
    return number.official if number else text


def number_key(text: str) -> str:
    """Return the comparable key of a số hiệu; ``text`` in capitals where it is none."""
    number = parse_number(text)
    return number.key if number else unaccent(clean(text).text).upper().strip()
