"""How numbers, dates and characters are written in Vietnamese administrative documents."""

from __future__ import annotations

import re
from datetime import date, datetime

from review.clock import VIET_NAM

# What XML 1.0 cannot hold: control characters but tab and line end, surrogates, non-characters.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def number(value: int) -> str:
    """Return a count with dots between thousands: 1234 → "1.234"."""
    return f"{value:,}".replace(",", ".")


def count(value: int) -> str:
    """Return a count as it stands in a sentence: one digit gets a leading zero, 5 → "05"."""
    return f"{value:02d}" if 0 < value < 10 else number(value)


def short_date(value: date | None) -> str:
    """Return "05/01/2026", or "" for None."""
    return "" if value is None else f"{value:%d/%m/%Y}"


def long_date(value: date | None, year: int = 0) -> str:
    """Return the date of a document head; None leaves room to fill in, but for ``year``.

    NĐ 30/2020/NĐ-CP, Phụ lục I: days below 10 and the months 1 and 2 take a leading zero.
    """
    if value is None:
        return f"ngày      tháng      năm {year or ''}".rstrip()
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def clock(value: datetime) -> str:
    """Return an aware instant as local time: "23/11/2026 10:41"."""
    return f"{value.astimezone(VIET_NAM):%d/%m/%Y %H:%M}"


def roman(value: int) -> str:
    """Return 1 … 399 as a Roman numeral."""
    digits = []
    for size, sign in _ROMAN:
        times, value = divmod(value, size)
        digits.append(sign * times)
    return "".join(digits)


def legal(text: str) -> str:
    """Return ``text`` without characters no office file can hold (vertical tab → line end)."""
    return ILLEGAL.sub("", text.replace("\x0b", "\n").replace("\r\n", "\n").replace("\r", "\n"))
