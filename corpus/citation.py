"""References to other provisions and acts, resolved to act and path (DOMAIN 5.7).

«điểm a khoản 2 Điều 5 Nghị định số …», «các điểm b, d và đ khoản 2», «từ Điều 5 đến Điều 9»;
relative ones («khoản 2 Điều này», «Nghị định này») resolve to the provision at hand, inside quoted
new text to the act that is amended.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus.label import ATTACHED
from corpus.mention import Mention, find_mentions
from corpus.number import TYPES
from corpus.records import Provision
from corpus.reference import (
    FOR_WHOM,
    NO_PLACE,
    OTHER_PHRASE,
    PLACES,
    UnitList,
    descends,
    join_paths,
    unit_lists,
)

# «Điều này», «khoản này»: the unit of that level around the reference.
_RELATIVE = re.compile(
    rf"\b{NO_PLACE}(?P<name>[Đđ]iểm|[Kk]hoản|Điều|(?<=tại )điều|[Mm]ục|[Tt]iểu\s+mục|Chương"
    r"|Phần|Phụ\s+lục|(?<!iểu )[Mm]ẫu)\s*này\b"
)
_RELATIVE_NAMES = {
    "điểm": "diem", "khoản": "khoan", "điều": "dieu", "mục": "muc", "chương": "chuong",
    "phụ lục": "phu-luc", "tiểu mục": "tieu-muc", "mẫu": "mau", "phần": "phan",
}  # fmt: skip
# What may stand between the parts of one reference.
_GAP = re.compile(
    r"[\s,;]*(?:(?:và\s+bổ\s+sung|và/hoặc|vài?|hoặc|của|tại|thuộc|các|những|từ|quy\s+định\s+tại"
    r"|vào(?:\s+(?:ngay\s+)?(?:sau|trước))?"
    r"|(?:ban\s+hành|đính)\s+kèm(?:\s+theo)?|kèm\s+theo|nêu\s+tại|đến)[\s,]*)*"
)
_DASH = re.compile(r"\s[-–]\s")  # «Phần II - Phụ lục VI»
# «điểm b (phần được để lại), điểm đ khoản 1»
_NOTE = re.compile(r"\s*\([^()\n]{1,120}\)\s*(?:,|và|hoặc)\s*(?:các\s+)?")
# «Khoản 2 Điều 43 (đối với …); khoản 2 Điều 44 (đối với …) của Nghị định số …»
_FOR_WHOM_NOTE = r"\s*\((?:đối\s+với|cho)\s[^()\n;]{1,120}\)"
_ACT_GAP = re.compile(
    rf"(?:{_FOR_WHOM_NOTE}(?=\s+(?:của|tại)\s)|"
    r"\.(?=\s+của\s)|[^“\"”;.:]{0,40}[“\"][^“”\"]{1,160}[”\"](?=\s+ban\s+hành\s+kèm)"
    # «Điểm 1 phần B Biểu mức thu … ban hành kèm theo Thông tư số …»
    r"|\s+(?:Biểu|Bảng)\s[^“\"”;.:()]{1,160}?(?=\s+ban\s+hành\s+kèm)"
    # «điểm 19.1 Bảng phụ cấp … (Ban hành kèm theo Nghị định số …)»
    r"|\s+(?:Biểu|Bảng|Chi\s+tiết)\s[^“\"”.:\n]{1,240}?\((?:[Bb]an\s+hành\s+)?(?=[Kk]èm))?[\s,]*(?:(?:tương\s+ứng|của|thuộc|tại|trong|quy\s+định\s+tại|(?:kèm\s+|được\s+)?ban\s+hành(?:\s+hành)?"
    r"\s+kèm(?:\s+theo)?|(?:đính\s+kèm|[Kk]èm)(?:\s+theo)?|Phụ\s+lục(?=\s+(?:được\s+)?(?:ban\s+hành|kèm|đính\s+kèm|của)\s))[\s,]*)*"
)
# «Nghị định số … (Điều 5, khoản 2)»: the act goes before its units
_OPENING = re.compile(r"\s*\(\s*(?:tại\s+)?(?:các\s+)?")
_CLOSING = re.compile(r"\s*\)")
# Điều are counted through the whole act, so their paths leave out Phần, Chương and Mục.
_ABOVE_DIEU = re.compile(r"(?:(?:phan|chuong|muc|tieu-muc)-[^/]+/)+(?=dieu-)")
_ANNEX_UNITS = ("phan-", "muc-", "tieu-muc-")  # «mục I, phần B» in an annex are its own
_TYPES = frozenset(TYPES.values())
_LONGEST_LIST = 200  # units in one reference
# «Điều 8, khoản 5 Điều 11 và khoản 5 Điều 13 Nghị định …»: one act for the whole list.
_LIST_GAP = re.compile(
    rf"(?:{_FOR_WHOM_NOTE})?"
    r"(?:\s+gồm\s+các\s+(?:điều|khoản)\s+(?:từ\s+)?)?[\s,;]*(?:(?:và/hoặc|và|hoặc)\s+)?(?:cụm\s+từ\s+[“\"][^“”\"]{1,80}[”\"]\s+)?(?:(?:tại|các|theo)\s+)*"
)
_DOTTED_DIEM = re.compile(r"diem-\d+\.\d")
_ANNEX = re.compile(r"Phụ\s+lục")
# The number and mark that a unit begins with, and the title of a Điều, are no references.
_OWN_LABEL = re.compile(
    r"\s*(?:(?:Điều(?:\s+thứ)?|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC"
    r"|(?:Biểu )?[Mm]ẫu(?:\s+số)?|MẪU SỐ)"
    r"\s+[\w./-]*[\w])(?=\s*(?:[.:(\n]|$|[-–]\s|\s[A-ZĐÂÊÔƠƯ]))"
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


def find_citations(
    text: str, here: str = "", amended: str = "", aliases: Mapping[str, str] | None = None
) -> list[Citation]:
    """Return the references in clean ``text``, left to right.

    ``here``: path of the provision that holds the text (in the amended act for quoted text);
    ``amended``: number of the amended act for quoted text, where «Nghị định này» means that act;
    ``aliases``: short names that the document gave to acts (``mention.find_aliases``).
    """
    units = unit_lists(text)
    spans = [(unit.start, unit.end) for unit in units]
    mentions = find_mentions(text, here, amended, aliases, spans)
    groups = _groups(text, units, list(_RELATIVE.finditer(text)), mentions)
    drafts = [_draft(text, *group, mentions, here, amended) for group in groups]
    for index in range(len(drafts) - 2, -1, -1):
        drafts[index] = _with_act_of_list(text, drafts[index], drafts[index + 1])
    citations = [_citation(text, draft, here) for draft in drafts]
    used = {draft.mention.start for draft in drafts if draft.mention}
    citations += [
        Citation(m.start, m.end, m.act, (m.prefix,) if m.prefix else (), m.relative)
        for m in mentions
        if m.start not in used and not m.short
    ]
    return sorted(citations, key=lambda citation: citation.start)


def citations_of(
    provision: Provision, text: str, amended: str = "", aliases: Mapping[str, str] | None = None
) -> list[Citation]:
    """Return the references in a provision's clean text, resolved from where it stands.

    The label that the provision begins with is none.
    """
    here = provision.target.split(";")[0] if provision.quoted else provision.path
    label = _OWN_LABEL.match(text)
    begin = label.end() if label else 0
    found = find_citations(text[begin:], here, amended if provision.quoted else "", aliases)
    return [replace(c, start=c.start + begin, end=c.end + begin) for c in found]


@dataclass(frozen=True, slots=True)
class _Draft:
    """Neighbouring units that form one reference, with the act named after them."""

    start: int
    end: int
    lists: list[UnitList]
    relatives: list[re.Match[str]]
    act: str
    mention: Mention | None
    source: Mention | None  # the mention that names its act: its own, or that of the list


def _draft(
    text: str,
    lists: list[UnitList],
    relatives: list[re.Match[str]],
    mentions: list[Mention],
    here: str,
    amended: str,
) -> _Draft:
    start = min([unit.start for unit in lists] + [match.start() for match in relatives])
    end = max([unit.end for unit in lists] + [match.end() for match in relatives])
    after = bisect_left(mentions, end, key=_mention_start)
    before = mentions[after - 1] if after else None
    if before and _OPENING.fullmatch(text, before.end, start) and _CLOSING.match(text, end):
        return _Draft(before.start, end, lists, relatives, before.act, before, before)
    mention = mentions[after] if after < len(mentions) else None
    # «tại Phụ lục 8, Quyết định sửa đổi …»: a bare word for an act stands without a comma
    bare = mention is not None and mention.short and mention.act in _TYPES
    apart = bare and "," in text[end : mention.start]
    if mention is None or apart or not _ACT_GAP.fullmatch(text, end, mention.start):
        return _Draft(start, end, lists, relatives, amended, None, None)
    return _Draft(start, mention.end, lists, relatives, mention.act, mention, mention)


def _with_act_of_list(text: str, draft: _Draft, after: _Draft) -> _Draft:
    if draft.source or draft.relatives or after.source is None or after.relatives:
        return draft
    if not draft.lists or draft.lists[-1].place > PLACES["dieu"]:
        return draft
    if not _LIST_GAP.fullmatch(text, draft.end, after.start):
        return draft
    return replace(draft, act=after.source.act, source=after.source)


def _citation(text: str, draft: _Draft, here: str) -> Citation:
    source = draft.source
    foreign = source is not None and not source.relative
    inside = _in_annex(text, draft)
    place = "" if foreign or inside else here
    paths, completed = _complete(
        text, draft.lists, draft.relatives, place, whole=source is not None and source.relative
    )
    bare = _attached(here, paths) if source is None and not draft.relatives else ""
    prefix = "phu-luc-1" if inside else source.prefix if source else bare
    if prefix:
        paths = [path if path.startswith(prefix) else f"{prefix}/{path}" for path in paths]
    paths = [_ABOVE_DIEU.sub("", path) for path in paths]
    relative = bool(draft.relatives) or completed or (source is not None and source.relative)
    return Citation(draft.start, draft.end, draft.act, tuple(paths), relative)


def _in_annex(text: str, draft: _Draft) -> bool:
    """Whether the units are of an annex without a number: «khoản 3 Phụ lục kèm theo …»."""
    if draft.mention is None or not draft.lists or draft.relatives:
        return False
    last = draft.lists[-1]
    small = last.name in ("khoan", "diem", "muc")
    return small and bool(_ANNEX.search(text, last.end, draft.mention.start))


def _attached(here: str, paths: list[str]) -> str:
    """Return the attached text, annex or form around ``here`` that has such units of its own."""
    first = here.split("/", 1)[0]
    if first.rpartition("-")[0] in ATTACHED:
        return first
    if first.startswith(("phu-luc-", "mau-")) and paths[0].startswith(_ANNEX_UNITS):
        return _up_to(here, "mau") or first
    outer, dieu, _ = here.partition("/dieu-")
    return outer if dieu and outer.rpartition("/")[2].startswith(("phu-luc-", "mau-")) else ""


def _groups(
    text: str, lists: list[UnitList], relatives: list[re.Match[str]], mentions: list[Mention]
) -> list[tuple[list[UnitList], list[re.Match[str]]]]:
    """Gather neighbouring units into one reference each."""
    items = sorted([*lists, *relatives], key=_start)
    groups: list[tuple[list[UnitList], list[re.Match[str]]]] = []
    end = -1
    place = -1
    before: UnitList | None = None
    for index, item in enumerate(items):
        level = _level(item)
        joined = end >= 0 and _is_gap(text, end, item, before)
        # a new reference begins where units start small again after a closing Điều
        restarts = place >= 0 and place <= PLACES["dieu"] and level > place
        if restarts and joined and before and isinstance(item, UnitList):
            restarts = not descends(before, item, _closing(text, items, index), text)
        between = bisect_left(mentions, end, key=_mention_start)
        if between < len(mentions) and mentions[between].start < _start(item):
            joined = False
        if not joined or restarts or (groups and groups[-1][1]):
            groups.append(([], []))
        before = item if isinstance(item, UnitList) else None
        if isinstance(item, UnitList):
            groups[-1][0].append(item)
        else:
            groups[-1][1].append(item)
        end = _end(item)
        place = level
    return groups


def _is_gap(text: str, end: int, item: UnitList | re.Match[str], before: UnitList | None) -> bool:
    if _GAP.fullmatch(text, end, _start(item)):
        return True
    if before is None or not isinstance(item, UnitList):
        return False
    if before.place > PLACES["dieu"] and (
        OTHER_PHRASE.fullmatch(text, end, item.start) or _NOTE.fullmatch(text, end, item.start)
    ):
        return True
    if item.name == "phu-luc" and _DASH.fullmatch(text, end, item.start):
        return True
    if before.name != "mau":
        return False
    named = item.name in ("mau", "phu-luc")
    return named and FOR_WHOM.fullmatch(text, end, item.start) is not None


def _closing(text: str, items: list[UnitList | re.Match[str]], index: int) -> int:
    """Return the place of the next larger unit that ``items[index]`` runs into."""
    level = _level(items[index])
    for place in range(index, min(index + _LONGEST_LIST, len(items) - 1)):
        item, after = items[place], items[place + 1]
        if not _GAP.fullmatch(text, _end(item), _start(after)):
            break
        if _level(after) < level:
            return _level(after)
    return max(PLACES.values()) + 1


def _mention_start(mention: Mention) -> int:
    return mention.start


def _end(item: UnitList | re.Match[str]) -> int:
    return item.end if isinstance(item, UnitList) else item.end()


def _level(item: UnitList | re.Match[str]) -> int:
    return item.place if isinstance(item, UnitList) else PLACES[_relative_name(item)]


def _start(item: UnitList | re.Match[str]) -> int:
    return item.start if isinstance(item, UnitList) else item.start()


def _relative_name(match: re.Match[str]) -> str:
    return _RELATIVE_NAMES[" ".join(match["name"].lower().split())]


def _complete(
    text: str, lists: list[UnitList], relatives: list[re.Match[str]], here: str, *, whole: bool
) -> tuple[list[str], bool]:
    """Return full paths; what the words leave out comes from the provision at hand.

    ``whole``: the reference ends in «Thông tư này».
    """
    closing = {"closing": _level(relatives[-1])} if relatives else {}
    paths = join_paths(lists, text, **closing)
    if relatives:
        outer = _up_to(here, _relative_name(relatives[-1]))
        first = paths[0].split("/", 1)[0].rpartition("-")[0] if paths else ""
        if not outer and first in ("khoan", "diem") and "dieu-" in here:
            # «khoản 1 của Mục này» where the codified law made a Điều of the Mục
            outer = _above(here, "khoan")
        if not outer:
            return paths, True
        return ([_dotted(path, outer) or f"{outer}/{path}" for path in paths] or [outer]), True
    completed = []
    changed = False
    for path in paths:
        first = path.split("/", 1)[0].rpartition("-")[0]
        if first in ("khoan", "diem", "doan") and here:
            changed = True
            if dotted := _dotted(path, here):
                path = dotted
            elif whole and _DOTTED_DIEM.match(path):
                pass  # «điểm 9.4 Thông tư này» is counted through the act
            elif outer := _above(here, first):
                path = f"{outer}/{path}"
        completed.append(path)
    return completed, changed


def _dotted(path: str, here: str) -> str:
    """Return where «điểm 8.1.2» is, read at ``here`` below the same khoản 8; "" elsewhere."""
    first, _, rest = path.partition("/")
    numbers = first.partition("-")[2].split(".")
    outer, found, _ = f"{here}/".partition(f"/khoan-{numbers[0]}/")
    if len(numbers) < 2 or not found:
        return ""
    chain = [f"khoan-{'.'.join(numbers[:count])}" for count in range(1, len(numbers) + 1)]
    return "/".join([outer, *chain, *filter(None, [rest])])


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
