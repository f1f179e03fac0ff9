"""Lines of an act, each with the label it may begin with; nothing is decided here.

Whether «2.» is a khoản or an item of some list depends on what came before, so this module only
says what a line looks like (``Line.kind``, ``number``, ``value``) and structure.py decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum


class Kind(IntEnum):
    """What the beginning of a line looks like."""

    TEXT = 0
    PHAN = 1
    CHUONG = 2
    MUC = 3
    TIEU_MUC = 4
    DIEU = 5
    ROMAN = 6  # «I.» (or a capital letter that is also a Roman numeral)
    LETTER = 7  # «A.»
    KHOAN = 8
    SUB = 9  # «1.1.»
    DIEM = 10
    SUBDIEM = 11  # «a.1)»
    PHU_LUC = 12
    MAU = 13
    SIGNATURE = 14
    RECIPIENTS = 15

    __hash__ = int.__hash__  # an Enum hashes its name, slowly, and every line looks up its kind


@dataclass(slots=True)
class Line:
    """One non-blank line of clean text: ``text[start:end]`` without surrounding blanks."""

    start: int
    end: int
    kind: Kind = Kind.TEXT
    number: str = ""  # as it goes into a path: "5", "5a", "a", "đ", "1.1", "2"
    value: int = 0  # place in its sequence; letters count in the alphabet of điểm
    suffix: str = ""  # what makes an inserted unit: "a" of 5a, "1" of a1
    delim: str = ""  # mark after the number
    body: int = 0  # where the words after the label begin
    weak: bool = False  # a heading only if number and surroundings agree
    shown: str = ""  # number as printed, for labels ("II", "thứ nhất")


CODIFIED = -1  # value of a Điều with a number of Bộ Pháp điển: it stands in no sequence

# Letters that number điểm (no f, j, w, z); tolerated strays count as inserted after a letter.
DIEM_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_DIEM_VALUE = {letter: (place, "") for place, letter in enumerate(DIEM_ALPHABET, 1)}
_DIEM_VALUE |= {
    stray: (_DIEM_VALUE[before][0], stray)
    for stray, before in {"f": "e", "j": "i", "w": "v", "z": "y", "ă": "a", "â": "a"}.items()
}

_ROMAN = r"[IVXLC]+"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13,
}  # fmt: skip

# After «Điều 5» at a line start these words make it a reference, not a heading.
_REFERENCE_WORDS = (
    "Nghị", "Luật", "Thông", "Quyết", "Bộ", "Pháp", "Hiến", "Quy", "Điều", "Hiệp", "Công", "Chương",
    "Phụ", "Mẫu", "Khoản", "Nghị",
)  # fmt: skip

# «Điều» with the Icelandic letter is already mended by corpus.text; OCR confuses the marks on e.
_DIEU = re.compile(
    r"(?:Đi[ềêểế]u|ĐI[ỀÊỂẾ]U)\s{0,3}(?P<n>\d{1,4}|[lI])(?P<s>[a-zđ]?\d?)(?![\w/])\s?(?P<mark>[.:)–-]*)"
)
# Decrees of 1945: «Điều thứ nhất:», «Điều II:».
_OLD_DIEU = re.compile(r"Điều\s+(?P<n>thứ\s+[^\W\d]+(?:\s(?:một|hai|ba))?|[IVX]+)\s*[:.–-]\s*")
# Bộ Pháp điển's own numbers, where the article could not be traced to its act.
_CODIFIED_DIEU = re.compile(r"Điều\s+(?P<n>\d+\.\d+\.[A-ZĐ]{2}\.[\d.]*\d[a-zđ]?)\.?\s*")
# «Chương II2»: the number of a footnote is glued to the numeral.
_CHUONG = re.compile(
    rf"(?:Chương|CHƯƠNG)\s+(?P<n>{_ROMAN}|\d{{1,3}}|thứ\s+[^\W\d]+(?:\s(?:một|hai|ba))?|THỨ\s+\w+)"
    r"(?P<s>[a-zA-Z]?)(?:(?<=[IVXLC])\d{1,2})?(?!\w)\s*(?P<mark>[.:–-]?)"
)
_PHAN = re.compile(
    rf"(?:Phần|PHẦN)\s+(?P<n>thứ\s+[^\W\d]+(?:\s(?:một|hai|ba))?|THỨ\s+[^\W\d]+(?:\s(?:MỘT|HAI|BA))?|{_ROMAN}|\d{{1,2}}|[A-ZĐ])(?P<s>)(?!\w)\s*(?P<mark>[.:–-]?)"
)
_MUC = re.compile(
    rf"(?:Mục|MỤC)\s+(?:thứ\s+)?(?P<n>\d{{1,3}}|{_ROMAN}|[A-ZĐ]|nhất|hai|ba|bốn|năm)(?P<s>[a-z]?)(?!\w)\s*(?P<mark>[.:–-]?)"
)
_TIEU_MUC = re.compile(
    rf"(?:Tiểu\s+mục|TIỂU\s+MỤC)\s+(?P<n>\d{{1,3}}|{_ROMAN}|[A-ZĐ])(?P<s>[a-z]?)(?!\w)\s*(?P<mark>[.:–-]?)"
)
# «Phụ lục I-1», «PHỤ LỤC II.5», «Phụ lục 3b»
_PHU_LUC = re.compile(
    rf"(?:Phụ\s+lục|PHỤ\s+LỤC|Phụ\s+Lục)(?:\s+(?:số|SỐ|Số)\s*:?)?(?:\s*:?\s*(?P<n>{_ROMAN}|\d{{1,3}}|[A-ZĐ](?=\s*$|\s*[.:–(-]))(?P<s>(?:(?<=[IVXLC])[.-]|(?<=\d)\.)\d{{1,2}}|[a-zA-Z]?)(?![\w/]))?\s*(?P<mark>[.:–-]?)"
)
_ANNEX_NUMBER = re.compile(rf"(?P<n>{_ROMAN}|\d{{1,3}}|[A-ZĐ])(?P<s>[.-]\d{{1,2}}|[a-zA-ZđĐ]?)")
_MAU = re.compile(
    r"(?:(?:Biểu\s+)?[Mm]ẫu|MẪU|BIỂU\s+MẪU|Biểu\s+mẫu|Biểu|BIỂU)(?:\s+(?:số|SỐ|Số))?\s*:?\s*(?P<n>\d{1,3})(?P<s>(?:[.-]?[A-Za-zĐđ]{1,2}|[.-]\d{1,2})?)(?!\w)(?:/[\w-]+(?:\s?-\s?\w+)?)?\s*(?P<mark>[.:–,-]?)"
)
_ROMAN_ITEM = re.compile(rf"(?P<n>{_ROMAN})\s?(?P<d>[.)/–-])\s*(?=[^\s\d.])")
_LETTER_ITEM = re.compile(r"(?P<n>[A-ZĐ])\s?(?P<d>[.)/–-])\s*(?=[^\s\d.])")
_SUB_ITEM = re.compile(
    r"(?P<n>\d{1,3}(?:\.\d{1,3}){1,4})(?P<s>[a-zđ]?)\s?(?P<d>[.)/]?)(?=[\s-]|[^\W\d])\s*(?![\d%])"
)
_KHOAN = re.compile(r"(?P<n>\d{1,3})(?P<s>[a-zđ]?\d?)\s?(?P<d>[.)/]|[-–])(?!\d)\s*")
_KHOAN_OCR = re.compile(r"(?P<n>l)(?P<s>)\s?(?P<d>\.)\s+")
_KHOAN_BARE = re.compile(r"(?P<n>\d{1,2})(?P<s>)(?P<d>)\s(?=[A-ZĐÀ-Ỹ][^\W\d])")
_DIEM = re.compile(r"(?P<n>[a-zđăâ])(?P<s>\d{0,2})\s?(?P<d>\)|[./–-](?=\s?[^\s\d.]))\s*")
_SUBDIEM = re.compile(r"(?P<n>[a-zđ])\.(?P<s>\d{1,2})(?P<d>[.)]?)\s+")

_SIGNATURE = re.compile(
    r"(?:T\.?M\.?|K\.?T\.?|T\.?L\.?|TUQ\.?|Q\.)\s?/?\s?(?:CÁC\s)?[A-ZĐỦỨỘÂ]{2}"
    r"|(?:BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|CHỦ TỊCH|PHÓ CHỦ TỊCH|CHÁNH ÁN|VIỆN TRƯỞNG"
    r"|THỐNG ĐỐC|CHỦ NHIỆM|TỔNG KIỂM TOÁN|TỔNG THANH TRA|TỔNG GIÁM ĐỐC|GIÁM ĐỐC)"
    r"(?: (?:QUỐC HỘI|NƯỚC|BỘ|NHÀ NƯỚC|CHÍNH PHỦ|NGÂN HÀNG|ỦY BAN)\b.{0,60})?$"
    r"|XÁC THỰC VĂN BẢN HỢP NHẤT"
    r"|(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp|Bộ Luật) này (?:đã )?(?:được|đã)\b"
    r".{0,90}thông qua"
)  # fmt: skip
# «Nơi nhận văn bản» is a column of a register.
_RECIPIENTS = re.compile(r"(?:(?:Nơi nhận|Nơi gửi)(?!\s+[a-zđ])|NƠI NHẬN(?!\s+\w))")

_QUOTES = "“”\"«»‘’'"
OPENING_QUOTE = re.compile(r"[“”\"«‘']{1,2}\s*")


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral; 0 when it is none (IIX, VV)."""
    total = previous = 0
    for letter in reversed(numeral):
        value = _ROMAN_VALUES[letter]
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total


def number_value(shown: str) -> int:
    """Return 2 for «2», «II», «thứ hai», «B»; 0 where it is no number."""
    if shown.isdigit():
        return int(shown)
    word = shown.lower().removeprefix("thứ").strip()
    if word in _ORDINALS:
        return _ORDINALS[word]
    if all(letter in _ROMAN_VALUES for letter in shown):
        return roman_value(shown)
    return ord(shown[0]) - ord("A") + 1 if len(shown) == 1 else 0


def annex_number(shown: str) -> str:
    """Return the number of an annex as in a path: «II» → 2, «IIA» → 2a, «I-1» → 1.1, «B» → b.

    A lone C is the third of A, B, C and no hundredth annex; so is L.
    """
    match = _ANNEX_NUMBER.fullmatch(shown)
    number, suffix = (match["n"], match["s"]) if match else (shown, "")
    letter = len(number) == 1 and number.isalpha() and number not in "IVX"
    value = 0 if letter else number_value(number)
    return (str(value) if value else number.lower()) + suffix.lower().replace("-", ".")


def _heading(line: Line, match: re.Match[str], kind: Kind, text: str) -> None:
    """Fill ``line`` as a Phần, Chương, Mục … heading unless its rest shows a reference."""
    value = number_value(match["n"])
    rest = text[match.end() :]
    if not match["mark"] and rest and not rest.isupper():
        first = rest.split(None, 1)[0]
        if not first[0].isupper() or first.rstrip(",;") in _REFERENCE_WORDS:
            return
        line.weak = True
    elif match["mark"] == "-" and rest[:1].islower():
        return
    suffix = (match["s"] or "").lower()
    line.kind, line.value, line.suffix, line.shown = kind, value, suffix, match["n"] + suffix
    line.number = f"{value}{suffix}" if value else match["n"].lower()
    if kind is Kind.PHAN and len(match["n"]) == 1 and match["n"] not in _ROMAN_VALUES:
        line.number = match["n"].lower()
    line.body = line.start + match.end()


def _classify_dieu(line: Line, text: str) -> None:
    match = _DIEU.match(text)
    if match is None:
        if (old := _OLD_DIEU.match(text)) and (value := number_value(old["n"])):
            line.kind, line.value, line.number, line.shown = Kind.DIEU, value, str(value), old["n"]
            line.body = line.start + old.end()
        return
    if codified := _CODIFIED_DIEU.match(text):
        line.kind, line.value = Kind.DIEU, CODIFIED
        line.number = line.shown = codified["n"]
        line.body = line.start + codified.end()
        return
    rest = text[match.end() :].lstrip()
    mark = match["mark"]
    if rest and not mark:
        first = rest.split(None, 1)[0]
        if not first[0].isupper() or first.rstrip(",;.") in _REFERENCE_WORDS:
            return
        line.weak = True
    shown = "1" if match["n"] in "lI" else match["n"].lstrip("0") or "0"
    line.kind, line.value, line.suffix = Kind.DIEU, int(shown), match["s"]
    line.number = line.shown = shown + match["s"]
    line.body = line.end - len(rest)


def _classify_item(line: Line, match: re.Match[str], kind: Kind) -> None:
    shown, suffix, mark = match.group("n", "s", "d")
    line.suffix, line.delim = suffix, mark.replace("–", "-")
    if kind is Kind.KHOAN:
        shown = "1" if shown == "l" else shown.lstrip("0")
        if not shown:
            return
        line.value = int(shown)
    elif kind is Kind.SUB:
        line.value = int(shown.rsplit(".", 1)[1])
    elif kind is Kind.SUBDIEM:
        line.value, line.suffix = int(suffix), ""
        shown = f"{shown}.{suffix}"
    elif shown in _DIEM_VALUE:
        line.value, stray = _DIEM_VALUE[shown]
        line.suffix = stray + suffix
    line.kind = kind
    line.number = line.shown = shown + (line.suffix if kind is not Kind.DIEM else suffix)
    line.body = line.start + match.end()


def _classify_capital_item(line: Line, text: str) -> None:
    """«I.» and «A.»: a letter that is both keeps the Roman reading; structure.py may change it."""
    match = _ROMAN_ITEM.match(text)
    if match and (value := roman_value(match["n"])):
        line.kind, line.value = Kind.ROMAN, value
        line.number = str(value)
    elif match := _LETTER_ITEM.match(text):
        line.kind, line.value = Kind.LETTER, letter_value(match["n"])
        line.number = match["n"].lower()
    else:
        return
    line.shown, line.delim = match["n"], match["d"].replace("–", "-")
    line.body = line.start + match.end()


def letter_value(letter: str) -> int:
    """Return the place of a capital in A B C D Đ E … or A B C D E …; only steps of one matter."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(letter) + 1


def _classify_annex(line: Line, match: re.Match[str], kind: Kind, text: str) -> None:
    rest = text[match.end() :]
    mark, shown = match["mark"], match["n"] or ""
    upper = text[:4].isupper()
    if rest and not mark and not rest.startswith(("(", "[")):
        first = rest.split(None, 1)[0]
        if not upper and (not first[0].isupper() or not shown):
            return
        if first.lower() in ("ban", "kèm", "của", "và"):
            return
        line.weak = True
    elif rest and mark == ",":
        line.weak = True
    if rest.endswith((";", ",")) or len(rest) > 400:
        return
    suffix = (match["s"] or "").strip("-").lower()
    line.kind, line.shown, line.suffix = kind, shown + (match["s"] or ""), suffix
    line.value = number_value(shown) if shown else 0
    if kind is Kind.MAU:
        line.number = shown.zfill(2) + suffix
    elif shown:
        line.number = annex_number(line.shown)
    line.body = line.start + match.end()
    if rest:
        line.weak = line.weak or not upper


_BY_FIRST = {
    **dict.fromkeys("0123456789", "number"),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyzđăâ", "small"),
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ", "capital"),
}
_CAPITAL_HEADINGS = {
    "C": ((_CHUONG, Kind.CHUONG),),
    "P": ((_PHAN, Kind.PHAN), (_PHU_LUC, Kind.PHU_LUC)),
    "M": ((_MUC, Kind.MUC), (_MAU, Kind.MAU)),
    "T": ((_TIEU_MUC, Kind.TIEU_MUC),),
    "B": ((_MAU, Kind.MAU),),
}
_FORM_WITH_MARK = re.compile(r"0\d{2}")  # forms are numbered with two digits
_SIGNATURE_FIRST = frozenset("TKQBPCVGXLNH")


def classify(line: Line, text: str) -> None:
    """Fill ``line`` with the label that ``text`` (the line's words) begins with, if any."""
    first = text[0]
    group = _BY_FIRST.get(first)
    if group == "number":
        if match := _SUB_ITEM.match(text):
            _classify_item(line, match, Kind.SUB)
        elif match := _KHOAN.match(text):
            _classify_item(line, match, Kind.KHOAN)
    elif group == "small":
        if len(text) < 2 or (text[1].isalpha() and text[1] != "."):
            return
        if match := _DIEM.match(text):
            _classify_item(line, match, Kind.DIEM)
        elif match := _SUBDIEM.match(text):
            _classify_item(line, match, Kind.SUBDIEM)
    elif group == "capital":
        if first == "Đ":
            _classify_dieu(line, text)
            if line.kind:
                return
        second = text[1:2]
        if second in ".)/–- " or (first in "IVXLC" and second in "IVXLC"):
            _classify_capital_item(line, text)
            if line.kind:
                return
        for pattern, kind in _CAPITAL_HEADINGS.get(first, ()):
            if match := pattern.match(text):
                if kind in (Kind.PHU_LUC, Kind.MAU):
                    _classify_annex(line, match, kind, text)
                else:
                    _heading(line, match, kind, text)
                return
        if first in _SIGNATURE_FIRST:
            if _RECIPIENTS.match(text):
                line.kind = Kind.RECIPIENTS
            elif _SIGNATURE.match(text):
                line.kind = Kind.SIGNATURE


def poor_khoan(line: Line, text: str) -> bool:
    """Read «l.» as «1.» and «2 Title» as «2.»; the caller knows which khoản is due here."""
    match = _KHOAN_OCR.match(text) or _KHOAN_BARE.match(text)
    if match is None:
        return False
    _classify_item(line, match, Kind.KHOAN)
    return True


def noted_khoan(line: Line) -> None:
    """Read «2.9 Hồ sơ» of a consolidated text as «2.»: 9 is the number of a footnote."""
    number = line.number.partition(".")[0]
    line.kind, line.number, line.shown, line.delim = Kind.KHOAN, number, number, "."
    line.value, line.suffix = int(number), ""


def noted_form(line: Line) -> None:
    """Read «Mẫu số 014» of a consolidated text as form 01: 4 is the number of a footnote."""
    if line.kind is Kind.MAU and _FORM_WITH_MARK.fullmatch(line.shown):
        line.shown = line.number = line.shown[:2]
        line.value = int(line.shown)


# What OCR makes of a letter: «6)» of «b)», «1)» of «l)», a second «d)» of «đ)», «c)» of «e)».
_MISREAD_LETTERS = {("6", "b"), ("1", "l"), ("d", "đ"), ("c", "e")}


def misread_diem(line: Line, last: int) -> Line | None:
    """Return ``line`` as the điểm that is due after the ``last`` one, if OCR confuses the two."""
    due = DIEM_ALPHABET[last : last + 1]
    if line.delim != ")" or (line.number, due) not in _MISREAD_LETTERS:
        return None
    return replace(line, kind=Kind.DIEM, number=due, shown=due, value=last + 1, suffix="")


_NON_BLANK_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")


def scan(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the non-blank lines of ``text[start:end]``, classified; linear in its length."""
    lines = []
    for match in _NON_BLANK_LINE.finditer(text, start, len(text) if end is None else end):
        line = Line(match.start(), match.end())
        classify(line, match.group())
        lines.append(line)
    return lines
