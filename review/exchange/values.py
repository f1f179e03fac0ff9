"""Fields of a proposal as words of a table, both ways: names of forms and agencies, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from corpus.agency import shipped
from corpus.text import fold
from review.agencies import name_of
from review.proposals.proposal import HANDLINGS

FIELDS: Final = {
    "handling": "Đề xuất xử lý",
    "new_text": "Nội dung sửa đổi cụ thể",
    "reason": "Lý do",
    "instrument": "Hình thức văn bản xử lý",
    "lead_agency": "Cơ quan chủ trì",
    "co_agencies": "Cơ quan phối hợp",
    "deadline": "Thời hạn",
}
NO_PROPOSAL: Final = "Chưa đề xuất"  # what the table says where there is none
EMPTY: Final = {
    "handling": "",
    "new_text": "",
    "reason": "",
    "instrument": "",
    "lead_agency": "",
    "co_agencies": (),
    "deadline": None,
}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_LONGEST = 100_000  # characters of one cell with its continuation


class Unreadable(Exception):  # noqa: N818  (a reason for people, not a fault)
    """Why a cell cannot be taken over."""


def read(field: str, given: object) -> object:
    """Return the value for the store; raises ``Unreadable`` with the reason."""
    if field == "deadline":
        return _day(given)
    text = "" if given is None else _text(given)
    if len(text) > _LONGEST:
        raise Unreadable(f"dài quá {_LONGEST} ký tự")
    if field == "handling":
        return _handling(text)
    if field == "lead_agency":
        return _agency(text) if text.strip() else ""
    if field == "co_agencies":
        names = [part for part in re.split(r"[;\n]", text) if part.strip()]
        return tuple(dict.fromkeys(_agency(name) for name in names))
    return text


def say(field: str, value: object) -> str:
    """Return a stored value as the table shows it."""
    if field == "handling":
        return HANDLINGS.get(str(value), str(value)) if value else NO_PROPOSAL
    if field == "lead_agency":
        return name_of(str(value)) if value else ""
    if field == "co_agencies":
        codes: Iterable[str] = value if isinstance(value, (tuple, list)) else ()
        return "; ".join(name_of(code) for code in codes)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _text(given: object) -> str:
    if isinstance(given, datetime):
        return f"{given:%d/%m/%Y}"
    if isinstance(given, date):
        return f"{given:%d/%m/%Y}"
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given).replace("\r\n", "\n").replace("\r", "\n")


def _day(given: object) -> date | None:
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    match = _DAY.fullmatch(str(given).strip())
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise Unreadable(f"«{_short(str(given))}» không phải ngày; ghi theo mẫu 28/02/2027")


def _handling(text: str) -> str:
    words = fold(" ".join(text.split()))
    if not words or words == fold(NO_PROPOSAL):
        return ""
    for code, name in HANDLINGS.items():
        if words in (fold(code), fold(name)):
            return code
    raise Unreadable(f"không có hình thức xử lý «{_short(text)}»; chọn trong danh sách")


def _agency(text: str) -> str:
    found = shipped().find(" ".join(text.split()))
    if found is None:
        raise Unreadable(f"không có cơ quan «{_short(text)}»; ghi tên hoặc mã trong danh mục")
    return found.code


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
