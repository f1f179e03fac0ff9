"""Acts listed as ended: «Thông tư số …; khoản 2 Điều 4 Thông tư số … và Quyết định số …».

What describes an act names others, which do not end: «… sửa đổi một số điều của Thông tư số …».
"""

from __future__ import annotations

import re

from corpus.number import ActNumber, find_numbers
from corpus.reference import join_paths, unit_lists

ACT_TYPE = (
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư(?:\s+liên tịch)?)"
)
# «Luật … đã được sửa đổi, bổ sung theo Luật số …, Luật số … và Luật số …»: its history, whose acts
# amend others too and do not end with it
_HISTORY = re.compile(
    r"\s(?:đã\s+)?được\s+(?:sửa\s+đổi|bổ\s+sung)[^;]*?(?=;|hết\s+hiệu\s+lực|\s(?:vẫn\s+)?tiếp\s+tục|$)",
    re.S,
)
_DESCRIPTION = re.compile(
    r"\s(?:quy\s+định|hướng\s+dẫn|về\s|sửa\s+đổi|bãi\s+bỏ|ban\s+hành|phê\s+duyệt)"
    rf".*?(?=(?:;|\bvà)\s+(?:các\s+)?{ACT_TYPE}(?:\s+số)?\s+\d|hết\s+hiệu\s+lực|$)",
    re.S,
)


def listed_acts(words: str) -> list[tuple[ActNumber, str]]:
    """Return the acts of a list, each with the unit named before it ("" for the whole act)."""
    words = _DESCRIPTION.sub(" ", _HISTORY.sub(" ", words))
    listed: list[tuple[ActNumber, str]] = []
    end = 0
    for found in find_numbers(words):
        before = words[end : found.start]
        listed += [(found.number, path) for path in join_paths(unit_lists(before), before) or [""]]
        end = found.end
    return listed
