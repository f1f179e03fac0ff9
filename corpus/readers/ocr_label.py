"""Labels and head lines of recognised text put right where there is no doubt what was printed.

The labels of Điều, khoản and điểm are the smallest print of an act and carry its addresses. What
is changed follows from the grammar of labels and from the label before; all else stays as read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from corpus.agency import all_agencies
from corpus.outline import DIEM_ALPHABET
from corpus.readers.pdf_page import Line

_CAPITAL = r"[A-ZĐÂÊÔƠƯÀ-Ỹ]"
# Specks of the margin before a label; quotes may be the act's own and stay.
_SPECKS_BEFORE = re.compile(
    r"^[-–—_.,'‘’`´|:;#°\s]+(?=Điều\s+\d{1,3}[a-zđ]?\s?[.,:]|\d{1,2}\s?[.,]\s+\S|\S\)\s)"
)
_DIEU_WORD = re.compile(r"^[-–—_.,\s]*[ĐÐD]i[^\W\d_]u\s+(?=\d{1,3}[a-zđ]?\s?[.,:]\s)")  # «Điễu 26.»
# «Điều 2, Giải thích», «3: Cơ sở», «a} Đơn»
_DIEU_LABEL = re.compile(rf"^((?:Điều|Ðiều)\s+\d{{1,3}}[a-zđ]?)\s?[,:;]\s+(?={_CAPITAL})")
_KHOAN_LABEL = re.compile(rf"^(\d{{1,2}})\s?[,:;]\s+(?={_CAPITAL})")
_DIEM_LABEL = re.compile(r"^([a-zđ])\s?[}\]]\s+(?=[^\W\d_])")
# Lines that say nothing but the kind of act; their letters are known, whatever marks were read.
_KINDS = (
    "BỘ LUẬT", "LUẬT", "PHÁP LỆNH", "NGHỊ QUYẾT", "NGHỊ QUYẾT LIÊN TỊCH", "NGHỊ ĐỊNH",
    "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "QUYẾT NGHỊ:", "CHỈ THỊ", "THÔNG TƯ", "THÔNG TƯ LIÊN TỊCH",
)  # fmt: skip
_LONGEST_KIND = 30  # characters, with the specks between its words
# «Số: S8/2099/…»: letters in the place of digits.
_NUMBER = re.compile(r"^((?:Luật\s+)?[Ss]ố\s*:\s*)([\dSOIl]{1,5})(?=/(?:\d{4}|[A-ZĐ]))")
_DIGITS = str.maketrans("SOIl", "5011")

_DIEU = re.compile(r"^(?:Điều|Ðiều)\s+\d{1,3}[a-zđ]?\.")
_KHOAN = re.compile(r"^(\d{1,2})\.\s")
_ANY_DIEM = re.compile(r"^([^\s\w]|\w)\s?\)[.,]?\s+(?=[^\W\d_])")
# A single glyph and a stop before a word that is no title in capitals: «F. Chỗ ở», «§. Nơi ở».
_ANY_KHOAN = re.compile(rf"^([^\s\d])\s?[.,]\s+(?={_CAPITAL}[^\W\dA-ZĐ_])")
# The label due → glyphs that Tesseract gives for it (seen on scanned acts).
_DIEM_GLYPHS = {
    "a": "8@ä3àâ®", "b": "B6h", "c": "e©€¢o®", "d": "đ4ả", "đ": "d4ẩäở®@", "e": "c©€®@ê",
    "g": "q9ø", "h": "b", "i": "1ï¡j|", "k": "x", "l": "1I|", "m": "n", "n": "m", "o": "0ø",
    "q": "g9",
}  # fmt: skip
_KHOAN_GLYPHS = {1: "IlLFTiJ!|¡", 2: "Z", 5: "S§", 6: "Gb§", 8: "B§", 9: "g"}


def heal_lines(lines: Iterable[Line]) -> int:
    """Put the labels of recognised lines right, in order; returns how many were changed."""
    changed = 0
    khoan, diem = 0, ""  # the last labels of the Điều at hand
    for line in lines:
        healed = heal(line.text)
        if _DIEU.match(healed):
            khoan, diem = 0, ""
        elif match := _KHOAN.match(healed):
            khoan, diem = int(match[1]), ""
        elif match := _ANY_DIEM.match(healed):
            letter = _letter(match[1], diem)
            healed = f"{letter}) {healed[match.end() :]}" if letter != match[1] else healed
            diem = letter if letter in DIEM_ALPHABET else diem
        elif (due := _ANY_KHOAN.match(healed)) and due[1] in _KHOAN_GLYPHS.get(khoan + 1, ""):
            khoan, diem = khoan + 1, ""
            healed = f"{khoan}. {healed[due.end() :]}"
        changed += healed != line.text
        line.text = healed
    return changed


def _letter(glyph: str, before: str) -> str:
    """Return the letter due after ``before`` if ``glyph`` is known to be read for it."""
    place = DIEM_ALPHABET.index(before) + 1 if before else 0
    due = DIEM_ALPHABET[place : place + 1]
    return due if due and glyph in _DIEM_GLYPHS.get(due, "") else glyph


def heal(text: str) -> str:
    """Put right what one line alone tells.

    Specks before a label and the mark after it, the marks on the name of the kind of act, letters
    read for the digits of its number.
    """
    text = _DIEU_WORD.sub("Điều ", _SPECKS_BEFORE.sub("", text))
    for label, mark in ((_DIEU_LABEL, ". "), (_KHOAN_LABEL, ". "), (_DIEM_LABEL, ") ")):
        if match := label.match(text):
            return match[1] + mark + text[match.end() :]
    bare = _bare(text)
    if known := _BARE_KINDS.get(bare) or _issuers().get(bare):
        return known
    if match := _NUMBER.match(text):
        return match[1] + match[2].translate(_DIGITS) + text[match.end() :]
    return text


def _bare(text: str) -> str:
    """Return the letters of a line of capitals without their marks, '' for other lines."""
    if not text.isupper() or len(text) > _LONGEST_KIND:
        return ""
    apart = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("Ð", "D"))
    return "".join(char for char in apart if char.isascii() and (char.isalpha() or char == ":"))


@cache
def _issuers() -> dict[str, str]:
    """Return bare letters → line of capitals, for the ministries: «BÓ CÔNG THƯƠNG» is the one."""
    names = {agency.name.upper() for agency in all_agencies() if agency.name.startswith("Bộ ")}
    bare = [(_bare(name), name) for name in names if len(name) <= _LONGEST_KIND]
    return {letters: name for letters, name in bare if [one for one, _ in bare].count(letters) == 1}


_BARE_KINDS = {_bare(kind): kind for kind in _KINDS}
