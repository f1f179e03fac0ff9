"""Words that name units of an act («điểm a khoản 2 Điều 5») turned into paths."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.outline import DIEM_ALPHABET, annex_number, number_value

# Smaller place = larger unit. Only units that stand in a path.
PLACES = {
    "phu-luc": 0,
    "noi-dung": 1,
    "mau": 1,
    "phan": 2,
    "chuong": 3,
    "muc": 5,
    "tieu-muc": 6,
    "dieu": 7,
    "khoan": 8,
    "diem": 9,
    "doan": 10,
}
_PART_OF_CHAPTER = 4
_NAMES = {
    "điểm": "diem", "khoản": "khoan", "điều": "dieu", "chương": "chuong", "mục": "muc",
    "phụ": "phu-luc", "mẫu": "mau", "biểu": "mau", "đoạn": "doan", "phần": "phan",
    "nội": "noi-dung", "tiểu": "tieu-muc",
}  # fmt: skip
_ORDINAL = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5"}

_DIEM_NUMBER = (
    r"(?:\d{1,2}(?:\.\d{1,2})+(?![\w.]*\w)"
    r"|[a-zđ]\d{0,2}(?:\.\d{1,2}){0,4}(?![\w(])(?:\)(?=,?\s+(?:[Kk]hoản|và|hoặc|điểm)\b))?)"
)
# «các điểm a, b, 1 và n»: l printed as the figure
_DIEM_MEMBER = rf"(?:{_DIEM_NUMBER}|1(?=\s+(?:và|[Kk]hoản)\s|,\s[a-zđ]\b))"
# «Điều 39.3.LQ.38» is a number of Bộ Pháp điển; «khoản 5.000 đồng» is no khoản.
_CODIFIED = r"\d{1,3}\.\d{1,3}\.[A-ZĐ]{2}\.[\d.]*\d[a-zđ]?(?!\w)"
_PLAIN_NUMBER = (
    rf"(?:{_CODIFIED}|(?:\d{{1,4}}(?:[a-zđA-Z]|-[A-Z](?!\w))?|[IVXLC]+)(?![\w/%])(?!\.\d)"
    r"(?!\s+(?:triệu|nghìn|ngàn|tỷ|đồng|người)\b))"
)
# «Mẫu số 04-A», «mẫu số 03/QĐGH», «Mẫu XT05», «Mẫu số 1.2»
_FORM_NUMBER = (
    r"(?:[A-ZĐ]{1,4}[.-]?)?\d{1,3}(?:[.-]?[A-Za-zĐđ]{1,2}|(?:[.-]|\s-\s)[A-ZĐ]{2,5}|[.-]\d{1,2})?(?!\w)"
    r"(?:/[A-ZĐ][\w-]*(?:(?<=-)\s[A-ZĐ]+)?)*"
)
# «, » «và» «hoặc» between members of one list, «đến» between the ends of a range.
_LIST_MARK = r"\s*(?:,\s*và(?!\w)|,|;|và(?!\w)|hoặc|đến(?:\s+hết)?|-)\s*"
_FORM_MARK = r"\s*(?:,\s*và(?!\w)|,|và(?!\w)|hoặc|đến(?:\s+hết)?)\s*"
# «thời điểm 31 tháng 12», «địa điểm này»: no điểm of an act
# «thang điểm 10», «số điểm 5», «lần/điểm 2»: marks and sites
NO_PLACE = (
    r"(?<!địa )(?<!thời )(?<!Địa )(?<!Thời )(?<!đặc )(?<!quan )(?<!trọng )(?<!thang )(?<!số )"
    r"(?<!tổng )(?<!đạt )(?<!/)"
)
_TREATY_CHAPTER = r"[IVXLC]+-\d(?![\w/])"  # «Chương II-2 của Công ước …»
# «Khoản 463, Mục 7000, Tiểu mục 7011» are lines of the state budget.
_NAME = (
    r"(?P<name>(?<![Gg]iai )[Đđ]oạn(?:\s+thứ)?(?!\s+\d{3})"
    rf"|{NO_PLACE}[Đđ]iểm"
    rf"|[Kk]hoản(?!\s+\d{{3}})|[Đđ]iều(?:\s+thứ)?|[Cc]hương(?!\s+{_TREATY_CHAPTER})"
    r"|(?<![Tt]iết )[Mm]ục(?!\s+\d{4})|[Tt]iểu mục(?!\s+\d{4}))"
)
_ANNEX_NAME = (
    rf"(?P<annex>[Pp]hụ lục(?:\s+số)?|PHỤ LỤC(?:\s+SỐ)?|[Cc]hương(?=\s+{_TREATY_CHAPTER}))"
)
# «Phụ lục IIA», «Phụ lục I-1», «Phụ lục II.5», «Phụ lục 3b», «Phụ lục B»
_ANNEX_NUMBER = (
    r"(?:[IVXLC]+(?:[-.]\d{1,2}|[A-Za-zđ])?|\d{1,4}(?:\.\d{1,2}|[A-Za-zđ])?|[A-ZĐ])"
    r"(?![\w/%])(?!\.\d)"
)
_PART_NAME = r"(?P<part>(?<!thành )(?<!cổ )(?<!học )[Pp]hần(?:\s+thứ)?|[Nn]ội dung)"
_FORM_NAME = r"(?P<form>(?:[Bb]iểu )?[Mm]ẫu(?:\s+số)?|[Bb]iểu\s+số)"
_DECIMAL = r"\d{1,2}(?:\.\d{1,2}){1,3}(?![\w.]*\w)"  # «mục 3.3», «khoản 1.2» of old circulars
_ORDINAL_WORD = r"(?:nhất|hai|ba|tư|bốn|năm)(?!\w)"
# Cells of a table stand apart by tabs; «điểm⏎1.3. Phòng …» is the label of the next line.
_BLANK = r"(?:[^\S\t\n]+|[^\S\t\n]*\n[^\S\t\n]*(?!\w{1,4}(?:\.\d+)*[.)](?:\s|$)))"
# «tạiĐiều 7»: the blank is lost now and then.
_START = r"(?:\b|(?<=(?:tại|của)(?=[ĐK])))"
UNIT_LIST = re.compile(
    rf"{_START}(?:{_NAME}{_BLANK}(?P<numbers>(?:(?<=iểm\s){_DIEM_NUMBER}(?:{_LIST_MARK}{_DIEM_MEMBER})*)"
    r"|(?<=ục\s)(?:[a-zđ](?=,?\s+(?:[Kk]hoản|Điều)\s)|[A-Z]\d{1,2}(?=,?\s+[Pp]hụ lục\s))"
    rf"|(?<=(?:ục|ản)\s){_DECIMAL}(?:{_LIST_MARK}{_DECIMAL})*"
    rf"|(?:{_PLAIN_NUMBER}|{_ORDINAL_WORD})(?:{_LIST_MARK}{_PLAIN_NUMBER})*)(?!\s+trở\s+(?:lên|xuống))"
    rf"|{_ANNEX_NAME}{_BLANK}(?P<annexes>{_ANNEX_NUMBER}(?:{_LIST_MARK}{_ANNEX_NUMBER})*)"
    rf"|{_FORM_NAME}{_BLANK}(?P<forms>{_FORM_NUMBER}(?:{_FORM_MARK}{_FORM_NUMBER})*)"
    rf"|{_PART_NAME}{_BLANK}(?P<parts>(?:[IVXLC]+|\d{{1,2}}|[A-Z]|(?<=thứ\s){_ORDINAL_WORD})(?![\w/%.]\w)(?!\w)))"
)
_MEMBER = re.compile(
    rf"(?P<range>đến|-)?(?:\s*hết)?\s*(?P<number>{_CODIFIED}|\d{{1,2}}(?:\.\d{{1,2}})+(?!\w)|\d{{1,4}}(?:[a-zđA-Z]|-[A-Z])?(?!\w)"
    r"|[A-Z]\d{1,2}(?!\w)|[IVXLC]+(?!\w)|[a-zđ]\d{0,2}(?:\.\d{1,2}){0,4}(?!\w)|(?:nhất|hai|ba|tư|bốn|năm)(?!\w))"
)
_ANNEX_MEMBER = re.compile(rf"(?P<range>đến|-)?(?:\s*hết)?\s*(?P<number>{_ANNEX_NUMBER})")
_FORM_MEMBER = re.compile(
    r"(?P<range>đến)?(?:\s*hết)?\s*(?P<letters>[A-ZĐ]{0,4})[.-]?(?P<value>\d{1,3})"
    r"(?P<suffix>[.-]?[A-Za-zĐđ]{1,2}(?!\w)|(?:[.-]|\s-\s)[A-ZĐ]{2,5}(?!\w)|[.-]\d{1,2})?(?:/[A-ZĐ][\w-]*(?:(?<=-)\s[A-ZĐ]+)?)*"
)
_RANGE = re.compile(r"\s*(?:cho\s+)?đến(?:\s+hết)?\s+")
_BREAKS = re.compile(r"(?:và|hoặc|;|\.)\s*(?:các\s*)?$|[;.]")
# «Loại 15, khoản 09» of the budget; «cụm từ “Khoản 5”» speaks of words; «ISO 7240-30:2022 – Phần
# 30» is a part of a standard
_NO_UNIT = re.compile(
    r"(?:hạch\s+toán\s+vào\s*|[Mm]ục\s+\d{3,4}\s*,\s*|[Ll]oại\s+\d{1,3}\s*,?\s*|\btừ\s+[“\"«]|:\d{4}\)?\s*[-–,]\s*)$"
)
_LONGEST_BEFORE = 16
_OF_CHAPTER = re.compile(r"\s+(?:(?:của|thuộc)\s+)?")
_ONLY_COMMA = re.compile(r"\s*,?\s*")
_NOTHING = 99  # place of no unit
# «Mẫu số 02 đối với tổ chức, Mẫu số 03 đối với cá nhân, Phụ lục II»: one annex for both forms
FOR_WHOM = re.compile(r"\s+(?:đối\s+với|dành\s+cho|dùng\s+cho)\s[^.;:()“”\d]{1,80}?,\s*(?:và\s+)?")
_LONGEST_GAP = 25  # characters between two units of one reference: «, », « của », « quy định tại »


@dataclass(frozen=True, slots=True)
class UnitList:
    """One name with its numbers: «khoản 1, 2 và 3» → ``khoan``, 1 2 3."""

    start: int
    end: int
    name: str
    numbers: tuple[str, ...]
    inner: bool = False  # a Phần of a chapter: «Phần B Chương VII Công ước …»

    @property
    def place(self) -> int:
        return _PART_OF_CHAPTER if self.inner else PLACES[self.name]


def _between(first: str, last: str) -> list[str]:
    """Expand a range without its first member; letters run through the alphabet of điểm."""
    outer = first.rpartition(".")[0]
    if outer and outer == last.rpartition(".")[0]:  # «Phụ lục I-1 đến Phụ lục I-5»
        size = len(outer) + 1
        return [f"{outer}.{number}" for number in _between(first[size:], last[size:])]
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + 500:
        width = len(first) if first.startswith("0") else 0  # forms are numbered 01, 02 …
        return [str(number).zfill(width) for number in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) == 1 and first in DIEM_ALPHABET and last in DIEM_ALPHABET:
        start, end = DIEM_ALPHABET.index(first), DIEM_ALPHABET.index(last)
        if start < end:
            return list(DIEM_ALPHABET[start + 1 : end + 1])
    return [last]


def _numbers(name: str, words: str, member: re.Pattern[str]) -> tuple[str, ...]:
    found: list[str] = []
    for match in member.finditer(words):
        number = _form_number(match) if name == "mau" else _unit_number(name, match["number"])
        if match["range"] and found:
            found.extend(_between(found[-1], number))
        elif name == "diem" and number == "1" and found and found[-1].isalpha():
            found.append("l")
        else:
            found.append(number)
    return tuple(found)


def _unit_number(name: str, shown: str) -> str:
    if name == "phu-luc" or (name == "chuong" and "-" in shown):
        return annex_number(shown)
    number = _ORDINAL.get(shown, shown)
    if re.fullmatch(_CODIFIED, number):
        return number
    if name in ("phan", "chuong", "muc", "tieu-muc") and not number.isdigit() and number.isupper():
        return str(number_value(number) or number.lower())
    if name == "diem":
        return number
    return (number.lower().lstrip("0") or "0").replace("-", "")


def _form_number(match: re.Match[str]) -> str:
    """Return the form's number as in a path: «04-A» and «04A» are one form."""
    suffix = (match["suffix"] or "").lower().lstrip(" -")
    return f"{match['letters'].lower()}{match['value'].zfill(2)}{suffix}"


def _shown(match: re.Match[str]) -> tuple[str, str, re.Pattern[str]]:
    """Return the name, its numbers as printed, and how one of them is written."""
    if match["annex"]:
        return match["annex"], match["annexes"], _ANNEX_MEMBER
    if match["form"]:
        return match["form"], match["forms"], _FORM_MEMBER
    if match["part"]:
        return match["part"], match["parts"], _MEMBER
    return match["name"], match["numbers"], _MEMBER


def unit_lists(words: str, start: int = 0, end: int | None = None) -> list[UnitList]:
    """Return every «name + numbers» of ``words`` in order, ranges expanded."""
    lists: list[UnitList] = []
    for match in UNIT_LIST.finditer(words, start, len(words) if end is None else end):
        if _NO_UNIT.search(words, max(0, match.start() - _LONGEST_BEFORE), match.start()):
            continue
        shown, printed, member = _shown(match)
        name = _NAMES[shown.split()[0].lower()]
        numbers = _numbers(name, printed, member)
        if name == "noi-dung" or (name == "phan" and not numbers):
            numbers = (match["parts"].lower(),)
        if name == "muc" and numbers and numbers[0].isalpha() and numbers[0].islower():
            name = "diem"  # «mục đ khoản 2 Điều 3»
        before = lists[-1] if lists else None
        if before and before.name == name and _RANGE.fullmatch(words, before.end, match.start()):
            # «từ Điều 5 đến Điều 9»
            numbers = (*before.numbers, *_between(before.numbers[-1], numbers[0]), *numbers[1:])
            lists[-1] = UnitList(before.start, match.end(), name, numbers)
        elif numbers:
            if name == "chuong" and before and _in_chapter(words, before, match.start()):
                lists[-1] = replace(before, inner=True)
            lists.append(UnitList(match.start(), match.end(), name, numbers))
    return lists


def _in_chapter(words: str, part: UnitList, chapter: int) -> bool:
    """Whether «Phần B Chương VII» names a part of the chapter, as treaties divide them.

    Phần of our own acts are numbered and hold the chapters: «Phần thứ hai, Chương III».
    """
    lettered = part.name == "phan" and part.numbers[0].isalpha()
    return lettered and _OF_CHAPTER.fullmatch(words, part.end, chapter) is not None


def descends(before: UnitList, unit: UnitList, closing: int, words: str) -> bool:
    """Whether ``unit`` is a part of the larger unit before it: «Điều 5, khoản 2».

    ``closing``: place of the next larger unit in the same reference, a large number for none: in
    «Điều 5, khoản 2 và khoản 3 Điều 6» both khoản belong to Điều 6.
    """
    top, place = before.place, unit.place
    return (
        place > top
        and len(before.numbers) == 1
        and not top <= closing < place
        and _ONLY_COMMA.fullmatch(words, before.end, unit.start) is not None
    )


def join_paths(lists: list[UnitList], words: str, closing: int = _NOTHING) -> list[str]:
    """Join small-to-large lists: «điểm a khoản 1, điểm b khoản 2 Điều 5» → two paths of Điều 5.

    «Điều 5, khoản 2» (large before small) is one path; «khoản 1 và Điều 5» stays two references,
    since «và» joins only units of one kind. ``closing``: place of a «Điều này» that follows.
    """
    finished: list[str] = []
    waiting: list[tuple[int, str]] = []  # larger units first
    afters = _next_larger(lists, closing)
    end = 0
    for index, unit in enumerate(lists):
        place = unit.place
        heads = [f"{unit.name}-{number}" for number in unit.numbers]
        if index and waiting and descends(lists[index - 1], unit, afters[index], words):
            top, outer = waiting.pop()
            waiting += [(top, f"{outer}/{head}") for head in heads]
            end = unit.end
            continue
        if waiting and waiting[0][0] > place:
            gap = words[end : unit.start]
            form = FOR_WHOM.fullmatch(gap) if waiting[0][0] == PLACES["mau"] else None
            if form is None and (len(gap) > _LONGEST_GAP or _BREAKS.search(gap)):
                finished += [path for _, path in waiting]
                waiting = []
        below: list[str] = []
        while waiting and waiting[-1][0] > place:
            below.append(waiting.pop()[1])
        joined = [f"{heads[0]}/{path}" for path in reversed(below)]
        joined += heads[1:] if below else heads
        waiting += [(place, path) for path in joined]
        end = unit.end
    return finished + [path for _, path in waiting]


def _next_larger(lists: list[UnitList], closing: int) -> list[int]:
    """Return for each unit the place of the next larger one after it, ``closing`` for none."""
    nearest = [closing] * (max(PLACES.values()) + 1)
    found: list[int] = []
    for unit in reversed(lists):
        place = unit.place
        found.append(nearest[place])
        nearest[place + 1 :] = [place] * (len(nearest) - place - 1)
    return found[::-1]


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
