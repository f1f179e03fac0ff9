"""Names of provisions as a lawyer says them, from their paths: smallest unit first."""

from __future__ import annotations

import re

_ROMAN_STEPS = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

# Segment name in a path → word in a label. Attached texts carry no number when said aloud.
WORDS = {
    "phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieu-muc": "Tiểu mục", "dieu": "Điều",
    "khoan": "khoản", "diem": "điểm", "doan": "đoạn", "phu-luc": "Phụ lục", "mau": "Mẫu số",
    "quy-che": "Quy chế", "quy-dinh": "Quy định", "dieu-le": "Điều lệ", "noi-quy": "Nội quy",
    "quy-trinh": "Quy trình", "huong-dan": "Hướng dẫn", "danh-muc": "Danh mục", "de-an": "Đề án",
    "ke-hoach": "Kế hoạch", "chuong-trinh": "Chương trình", "chien-luoc": "Chiến lược",
    "quy-chuan": "Quy chuẩn", "tieu-chuan": "Tiêu chuẩn", "quy-hoach": "Quy hoạch",
    "bieu-mau": "Biểu mẫu", "nguyen-tac": "Nguyên tắc", "tieu-chi": "Tiêu chí",
    "van-ban": "Văn bản kèm theo",
}  # fmt: skip
ATTACHED = frozenset(WORDS) - {
    "phan", "chuong", "muc", "tieu-muc", "dieu", "khoan", "diem", "doan", "phu-luc", "mau",
}  # fmt: skip
_ROMAN_SEGMENTS = frozenset({"phan", "chuong", "phu-luc"})
_SEGMENT = re.compile(
    rf"(?P<name>{'|'.join(sorted(WORDS, key=len, reverse=True))})"
    r"-(?P<number>[^~/]+?)(?:~(?P<repeat>\d+))?"
)


# A unit that does not lie deeper than the one before it begins quoted new text.
_DEPTH = {"dieu": 1, "khoan": 2, "diem": 3, "doan": 4}


def roman(value: int) -> str:
    """Return ``value`` (1 … 399) as a Roman numeral."""
    letters = []
    for step, letter in _ROMAN_STEPS:
        count, value = divmod(value, step)
        letters.append(letter * count)
    return "".join(letters)


def word_of(segment: str, number: str) -> str:
    """Return the name of one unit: ("khoan", "2") → «khoản 2», ("quy-che", "1") → «Quy chế»."""
    word = WORDS[segment]
    if segment in ATTACHED:
        return word if number == "1" else f"{word} thứ {number}"
    return f"{word} {number}"


def label_of(path: str) -> str:
    """Return «điểm a khoản 2 Điều 5» for ``dieu-5/khoan-2/diem-a``.

    A Điều below another unit, or a khoản below a khoản, is quoted new text: «khoản 2 Điều 5 (tại
    khoản 2 Điều 1)».
    Raises ``ValueError`` for a text that is no path.
    """
    words: list[str] = []
    outer = ""
    depth = 0
    for segment in path.split("/"):
        match = _SEGMENT.fullmatch(segment)
        if match is None:
            raise ValueError(f"«{segment}» không phải là một phần của địa chỉ điều khoản")
        name, number = match["name"], match["number"]
        first, _, second = number.partition(".")
        if name in _ROMAN_SEGMENTS and first.isdigit() and 0 < int(first) < 400:
            number = roman(int(first)) + (f"-{second}" if second else "")
        deeper = _DEPTH.get(name, depth)
        if depth and words and deeper <= depth and name in _DEPTH and "." not in number:
            outer = f" (tại {' '.join(reversed(words))}{outer})"
            words = []
        depth = deeper
        word = word_of(name, number)
        if match["repeat"]:
            word += f" (lần {match['repeat']})"
        words.append(word)
    return " ".join(reversed(words)) + outer


def quoted_label(target: str, stem: str) -> str:
    """Return the name of quoted new text: «khoản 2 Điều 27 (tại khoản 2 Điều 1)».

    ``target``: its path in the amended act; ``stem``: name of the unit that quotes it. "" where
    the target is no single path.
    """
    if not target or ";" in target:
        return ""
    return f"{label_of(target)} (tại {stem})" if stem else label_of(target)
