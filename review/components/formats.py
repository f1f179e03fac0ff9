"""Vietnamese forms of numbers, dates and times; escapes for Markdown labels."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from review.clock import VIET_NAM

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~:$-])")
_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,(\d{1,6}))?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def number(value: int) -> str:
    """Return 1234567 as «1.234.567»."""
    return f"{value:,}".replace(",", ".")


def amount(value: float) -> str:
    """Return a figure as «1.234,5», a whole one as «1.234»."""
    if value == int(value):
        return number(int(value))
    whole, _, rest = f"{value:,.2f}".rstrip("0").partition(".")
    return f"{whole.replace(',', '.')},{rest}"


def money(value: float) -> str:
    """Return an amount of đồng as «1.234.000 đ»."""
    return f"{number(round(value))} đ"


def percent(part: int, whole: int) -> str:
    """Return the share as «12,5%»; «0%» of nothing."""
    if not whole:
        return "0%"
    return f"{100 * part / whole:.1f}".replace(".", ",").removesuffix(",0") + "%"


def day(value: date | None) -> str:
    """Return a date as dd/mm/yyyy, an absent one as a dash."""
    return value.strftime("%d/%m/%Y") if value else "–"


def local(value: datetime) -> datetime:
    """Return a stored time (UTC, with or without its zone) in Vietnamese time."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(VIET_NAM)


def moment(value: datetime | None) -> str:
    """Return a time as «10:41 23/11/2026» in Vietnamese time."""
    return local(value).strftime("%H:%M %d/%m/%Y") if value else "–"


def clock(value: datetime) -> str:
    """Return the hour and minute in Vietnamese time, «10:41»."""
    return local(value).strftime("%H:%M")


def read_day(text: str) -> date | None:
    """Read a dd/mm/yyyy date as people type it; None for an empty field.

    Raises ``ValueError`` when the text is no date of the calendar.
    """
    if not text.strip():
        return None
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    dayno, month, year = map(int, match.groups())
    return date(year, month, dayno)


def read_amount(text: str) -> float | None:
    """Read «1.200», «1.200,5» or «0,5» as people type them; None for an empty field.

    Raises ``ValueError`` when the text is no number.
    """
    if not text.strip():
        return None
    match = _AMOUNT.fullmatch(text.replace(" ", ""))
    if not match:
        raise ValueError(text)
    return float(f"{match[1].replace('.', '')}.{match[2] or 0}")


def markdown(text: str) -> str:
    """Escape text of an act or a person for a Markdown label, where HTML does not help."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def shorten(text: str, limit: int) -> str:
    """Cut at a word before ``limit`` characters and mark the cut with «…»."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
