"""References to other provisions and acts, resolved to act and path (DOMAIN 5.7).

«điểm a khoản 2 Điều 5 Nghị định số …», «các điểm b, d và đ khoản 2», «từ Điều 5 đến Điều 9»;
relative ones («khoản 2 Điều này», «Nghị định này») resolve to the provision at hand, inside quoted
new text to the act that is amended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.number import find_numbers
from corpus.records import Provision
from corpus.reference import PLACES, UnitList, join_paths, unit_lists

_TYPE = (
    r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết(?:\s+liên\s+tịch)?|Quyết\s+định|Chỉ\s+thị"
    r"|Thông\s+tư(?:\s+liên\s+(?:tịch|bộ))?|Hiến\s+pháp|Văn\s+bản\s+hợp\s+nhất|Sắc\s+lệnh)"
)
_THIS_ACT = re.compile(rf"{_TYPE}\s+này")
_NUMBERED = re.compile(rf"(?P<type>{_TYPE})\s*(?:số\s*:?\s*)?$")
# Words that end the name of a law in running text.
_PARTICLES = (
    r"và|của|thì|được|có|quy\s+định|năm|số|ngày|về|hoặc|do|để|khi|theo|này|là|phải|không|tại|trong|đã|sửa"
    "|các"
)
_NAMED = re.compile(
    rf"(?P<name>(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s+(?!này)(?!số)[A-ZĐÂÊÔƠƯÁÀẢÃẠ][^\W\d]*"
    rf"(?:,?\s+(?!(?:{_PARTICLES})\b)[^\W\d]+){{0,8}})(?:\s+năm\s+(?P<year>\d{{4}}))?"
)
# «Điều này», «khoản này»: the unit of that level around the reference.
_RELATIVE = re.compile(r"\b(?P<name>[Đđ]iểm|[Kk]hoản|Điều|[Mm]ục|Chương|Phụ\s+lục|[Mm]ẫu)\s+này\b")
_RELATIVE_NAMES = {
    "điểm": "diem", "khoản": "khoan", "điều": "dieu", "mục": "muc", "chương": "chuong",
    "phụ lục": "phu-luc", "mẫu": "mau",
}  # fmt: skip
# What may stand between the parts of one reference.
_GAP = re.compile(
    r"[\s,;]*(?:(?:và|hoặc|của|tại|thuộc|các|những|từ|quy\s+định\s+tại|ban\s+hành\s+kèm\s+theo|kèm\s+theo"
    r"|nêu\s+tại|đến)[\s,]*)*"
)
_ACT_GAP = re.compile(
    r"[\s,]*(?:(?:của|thuộc|tại|trong|quy\s+định\s+tại|ban\s+hành\s+kèm\s+theo|kèm\s+theo)[\s,]*)*"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference: ``text[start:end]`` names ``paths`` of ``act``.

    ``act``: official number; name of a law cited without number; "" for the act at hand.
    ``paths`` is empty where the whole act is meant.
    """

    start: int
    end: int
    act: str
    paths: tuple[str, ...]
    relative: bool = False  # says «này», or leaves the Điều or act to the context


@dataclass(frozen=True, slots=True)
class _Mention:
    """A whole act named in the text."""

    start: int
    end: int
    act: str
    relative: bool


def find_citations(text: str, here: str = "", amended: str = "") -> list[Citation]:
    """Return the references in clean ``text``, left to right.

    ``here``: path of the provision that holds the text (in the amended act for quoted text);
    ``amended``: number of the amended act for quoted text, where «Nghị định này» means that act.
    """
    mentions = _mentions(text, amended)
    groups = _groups(text, unit_lists(text), list(_RELATIVE.finditer(text)), mentions)
    citations: list[Citation] = []
    used: set[int] = set()
    for lists, relatives in groups:
        start = min([unit.start for unit in lists] + [match.start() for match in relatives])
        end = max([unit.end for unit in lists] + [match.end() for match in relatives])
        mention = next((m for m in mentions if m.start >= end), None)
        act, relative = amended, bool(relatives)
        foreign = False
        if mention is not None and _ACT_GAP.fullmatch(text, end, mention.start):
            act, end = mention.act, mention.end
            relative = relative or mention.relative
            foreign = not mention.relative
            used.add(mention.start)
        paths, completed = _complete(text, lists, relatives, "" if foreign else here)
        citations.append(Citation(start, end, act, tuple(paths), relative or completed))
    citations += [
        Citation(m.start, m.end, m.act, (), m.relative) for m in mentions if m.start not in used
    ]
    return sorted(citations, key=lambda citation: citation.start)


def citations_of(provision: Provision, text: str, amended: str = "") -> list[Citation]:
    """Return the references in a provision's clean text, resolved from where it stands."""
    here = provision.target if provision.quoted else provision.path
    return find_citations(text, here, amended if provision.quoted else "")


def _mentions(text: str, amended: str) -> list[_Mention]:
    found: list[_Mention] = []
    for number in find_numbers(text):
        before = _NUMBERED.search(text, max(0, number.start - 40), number.start)
        start = before.start() if before else number.start
        found.append(_Mention(start, number.end, number.number.official, False))
    found += [_Mention(m.start(), m.end(), amended, True) for m in _THIS_ACT.finditer(text)]
    taken = [(mention.start, mention.end) for mention in found]
    for match in _NAMED.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            name = " ".join(match["name"].split())
            year = f" {match['year']}" if match["year"] else ""
            found.append(_Mention(match.start(), match.end(), name + year, False))
    return sorted(found, key=lambda mention: mention.start)


def _groups(
    text: str, lists: list[UnitList], relatives: list[re.Match[str]], mentions: list[_Mention]
) -> list[tuple[list[UnitList], list[re.Match[str]]]]:
    """Gather neighbouring units into one reference each."""
    items = sorted([*lists, *relatives], key=_start)
    groups: list[tuple[list[UnitList], list[re.Match[str]]]] = []
    end = -1
    place = -1
    for item in items:
        level = PLACES[item.name] if isinstance(item, UnitList) else _relative_place(item)
        joined = end >= 0 and _GAP.fullmatch(text, end, _start(item)) is not None
        # a new reference begins where units start small again after a closing Điều
        restarts = place >= 0 and place <= PLACES["dieu"] and level > place
        if any(end <= mention.start < _start(item) for mention in mentions):
            joined = False
        if not joined or restarts or (groups and groups[-1][1]):
            groups.append(([], []))
        if isinstance(item, UnitList):
            groups[-1][0].append(item)
            end = item.end
        else:
            groups[-1][1].append(item)
            end = item.end()
        place = level
    return groups


def _start(item: UnitList | re.Match[str]) -> int:
    return item.start if isinstance(item, UnitList) else item.start()


def _relative_place(match: re.Match[str]) -> int:
    return PLACES[_relative_name(match)]


def _relative_name(match: re.Match[str]) -> str:
    return _RELATIVE_NAMES[" ".join(match["name"].lower().split())]


def _complete(
    text: str, lists: list[UnitList], relatives: list[re.Match[str]], here: str
) -> tuple[list[str], bool]:
    """Return full paths; what the words leave out comes from the provision at hand."""
    paths = join_paths(lists, text)
    if relatives:
        outer = _up_to(here, _relative_name(relatives[-1]))
        if not outer:
            return paths, True
        return ([f"{outer}/{path}" for path in paths] or [outer]), True
    completed = []
    changed = False
    for path in paths:
        first = path.split("/", 1)[0].rpartition("-")[0]
        if first in ("khoan", "diem", "doan") and here:
            outer = _above(here, first)
            changed = True
            path = f"{outer}/{path}" if outer else path
        completed.append(path)
    return completed, changed


def _up_to(path: str, name: str) -> str:
    """Return the part of ``path`` down to its unit ``name``; "" where it has none."""
    parts = path.split("/")
    for place in range(len(parts) - 1, -1, -1):
        if parts[place].rpartition("-")[0] == name:
            return "/".join(parts[: place + 1])
    return ""


def _above(path: str, name: str) -> str:
    """Return the part of ``path`` above its units of the level ``name`` and deeper."""
    kept = []
    for part in path.split("/"):
        level = part.rpartition("-")[0]
        if level in PLACES and PLACES[level] >= PLACES[name]:
            break
        kept.append(part)
    return "/".join(kept)
