"""Words that name units of an act («điểm a khoản 2 Điều 5») turned into paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.outline import DIEM_ALPHABET, number_value

# Smaller place = larger unit. Only units that stand in a path.
PLACES = {
    "phu-luc": 0,
    "mau": 1,
    "chuong": 2,
    "muc": 3,
    "dieu": 4,
    "khoan": 5,
    "diem": 6,
    "doan": 7,
}
_NAMES = {
    "điểm": "diem", "khoản": "khoan", "điều": "dieu", "chương": "chuong", "mục": "muc",
    "phụ": "phu-luc", "mẫu": "mau", "biểu": "mau", "đoạn": "doan",
}  # fmt: skip
_ORDINAL = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5"}

_DIEM_NUMBER = r"[a-zđ]\d{0,2}(?:\.\d{1,2})?(?![\w(])"
_PLAIN_NUMBER = r"(?:\d{1,4}(?:[a-zđA-Z]|-[A-Z](?!\w))?|[IVXLC]+)(?![\w/])(?!\.\d)"
# «, » «và» «hoặc» between members of one list, «đến» between the ends of a range.
_LIST_MARK = r"\s*(?:,|;|và|hoặc|,\s*và|đến(?:\s+hết)?|-)\s*"
_NAME = (
    r"(?P<name>[Đđ]oạn(?:\s+thứ)?|[Đđ]iểm|[Kk]hoản|[Đđ]iều|Chương|[Mm]ục|[Pp]hụ lục|PHỤ LỤC"
    r"|(?:[Bb]iểu )?[Mm]ẫu(?:\s+số)?)"
)
UNIT_LIST = re.compile(
    rf"\b{_NAME}\s+(?P<numbers>(?:(?<=iểm\s){_DIEM_NUMBER}(?:{_LIST_MARK}{_DIEM_NUMBER})*)"
    rf"|(?:{_PLAIN_NUMBER}|nhất|hai|ba|tư)(?:{_LIST_MARK}{_PLAIN_NUMBER})*)"
)
_MEMBER = re.compile(
    r"(?P<range>đến|-)?(?:\s*hết)?\s*(?P<number>\d{1,4}(?:[a-zđA-Z]|-[A-Z])?(?!\w)|[IVXLC]+(?!\w)"
    r"|[a-zđ]\d{0,2}(?:\.\d{1,2})?(?!\w)|nhất|hai|ba|tư)"
)
_RANGE = re.compile(r"\s*(?:cho\s+)?đến(?:\s+hết)?\s+")
_BREAKS = re.compile(r"(?:và|hoặc|;|\.)\s*(?:các\s*)?$|[;.]")
_LONGEST_GAP = 25  # characters between two units of one reference: «, », « của », « quy định tại »


@dataclass(frozen=True, slots=True)
class UnitList:
    """One name with its numbers: «khoản 1, 2 và 3» → ``khoan``, 1 2 3."""

    start: int
    end: int
    name: str
    numbers: tuple[str, ...]


def _between(first: str, last: str) -> list[str]:
    """Expand a range without its first member; letters run through the alphabet of điểm."""
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + 500:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) == 1 and first in DIEM_ALPHABET and last in DIEM_ALPHABET:
        start, end = DIEM_ALPHABET.index(first), DIEM_ALPHABET.index(last)
        if start < end:
            return list(DIEM_ALPHABET[start + 1 : end + 1])
    return [last]


def _numbers(name: str, words: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _MEMBER.finditer(words):
        number = _ORDINAL.get(match["number"], match["number"])
        if name in ("phu-luc", "chuong", "muc") and not number.isdigit() and number.isupper():
            number = str(number_value(number) or number)
        elif name != "diem":
            number = number.lower().lstrip("0") or "0"
            if name == "mau" and not number[1:2].isdigit():
                number = f"0{number}"
            number = number.replace("-", "")  # «Mẫu số 04-A» and «Mẫu số 04A» are one form
        if match["range"] and found:
            found.extend(_between(found[-1], number))
        else:
            found.append(number)
    return tuple(found)


def unit_lists(words: str, start: int = 0, end: int | None = None) -> list[UnitList]:
    """Return every «name + numbers» of ``words`` in order, ranges expanded."""
    lists: list[UnitList] = []
    for match in UNIT_LIST.finditer(words, start, len(words) if end is None else end):
        name = _NAMES[match["name"].split()[0].lower()]
        numbers = _numbers(name, match["numbers"])
        before = lists[-1] if lists else None
        if before and before.name == name and _RANGE.fullmatch(words, before.end, match.start()):
            # «từ Điều 5 đến Điều 9»
            numbers = (*before.numbers, *_between(before.numbers[-1], numbers[0]), *numbers[1:])
            lists[-1] = UnitList(before.start, match.end(), name, numbers)
        elif numbers:
            lists.append(UnitList(match.start(), match.end(), name, numbers))
    return lists


def join_paths(lists: list[UnitList], words: str) -> list[str]:
    """Join small-to-large lists: «điểm a khoản 1, điểm b khoản 2 Điều 5» → two paths of Điều 5.

    «khoản 1 và Điều 5» stays two references, since «và» joins only units of one kind.
    """
    finished: list[str] = []
    waiting: list[tuple[int, str]] = []
    end = 0
    for unit in lists:
        place = PLACES[unit.name]
        heads = [f"{unit.name}-{number}" for number in unit.numbers]
        if waiting and min(top for top, _ in waiting) > place:
            gap = words[end : unit.start]
            if len(gap) > _LONGEST_GAP or _BREAKS.search(gap):
                finished += [path for _, path in waiting]
                waiting = []
        below = [path for top, path in waiting if top > place]
        kept = [(top, path) for top, path in waiting if top <= place]
        joined = [f"{heads[0]}/{path}" for path in below] + (heads[1:] if below else heads)
        waiting = kept + [(place, path) for path in joined]
        end = unit.end
    return finished + [path for _, path in waiting]


def stem_targets(words: str, above: list[str]) -> list[str]:
    """Return the paths that an amending stem names, completed by those of the unit above it."""
    lists = [unit for unit in unit_lists(words) if unit.name not in ("phu-luc", "mau")]
    paths = join_paths(lists, words)
    if (
        len(above) == 1
        and above[0].startswith("dieu-")
        and not any("dieu-" in path for path in paths)
    ):
        outer = above[0]
        paths = [path if outer.endswith(path) else f"{outer}/{path}" for path in paths]
    return paths or above
