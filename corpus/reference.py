"""Words that name units of an act («điểm a khoản 2 Điều 5») turned into paths."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.outline import DIEM_ALPHABET, annex_number, number_value

# Smaller place = larger unit. Only units that stand in a path; a place is left free below those
# that may hold a unit which is elsewhere larger (``UnitList.within``).
PLACES = {
    "phu-luc": 0,
    "noi-dung": 1,
    "mau": 1,
    "phan": 2,
    "chuong": 3,
    "muc": 5,
    "tieu-muc": 6,
    "dieu": 7,
    "khoan": 9,
    "diem": 10,
    "doan": 12,
}
_NAMES = {
    "điểm": "diem", "khoản": "khoan", "điều": "dieu", "chương": "chuong", "mục": "muc",
    "phụ": "phu-luc", "mẫu": "mau", "biểu": "mau", "đoạn": "doan", "phần": "phan",
    "nội": "noi-dung", "tiểu": "tieu-muc", "tiết": "diem",
    "điêu": "dieu", "khỏan": "khoan", "khoàn": "khoan",
}  # fmt: skip
_ORDINAL = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5"}

# «điểm 8.1.2», «điểm 1.h» (điểm h khoản 1), «điểm a1», «điểm c.2», «điểm a)», «điểm a(iii)»
_DIEM_NUMBER = (
    r"(?:\d{1,2}(?:\.\d{1,2})+(?![\w.]*\w)|\d{1,2}\.[a-zđ](?!\w)"
    r"|[a-zđ]\([ivx]{1,5}\)|[a-zđ]\d{0,2}(?:\.\d{1,2}){0,4}(?![\w(])(?:\)(?=,?\s+(?:[Kk]hoản|và|hoặc|điểm)\b))?)"
)
# «các điểm a, b, 1 và n»: l printed as the figure
_DIEM_MEMBER = rf"(?:{_DIEM_NUMBER}|1(?=\s+(?:và|[Kk]hoản)\s|,\s[a-zđ]\b))"
# «Điều 39.3.LQ.38» is a number of Bộ Pháp điển; «khoản 5.000 đồng» is no khoản.
_CODIFIED = r"\d{1,3}\.\d{1,3}\.[A-ZĐ]{2}\.[\d.]*\d[a-zđ]?(?!\w)"
_NUMBER_ENDS = r"(?:(?![\w/%])|(?=(?:Luật|Nghị|Quyết|Thông|Điều|Khoản|khoản|của)\s))(?!\.\d)"
_PLAIN_NUMBER = (
    rf"(?:{_CODIFIED}|(?:\d{{1,4}}(?:[a-zđA-Z]|-[A-Z](?!\w))?|[IVXLC]+){_NUMBER_ENDS}"
    r"(?!\s+(?:triệu|nghìn|ngàn|tỷ|đồng|người)\b))"
)
# «Mẫu số 04-A», «mẫu số 03/QĐGH», «Mẫu XT05», «Mẫu TP-CC-06», «Mẫu số 1.2», «Mẫu 11. BBKT»
_FORM_LETTERS = r"(?:(?:[A-ZĐ]{1,8}-){1,2}|[A-ZĐ]{1,4}[.-]?)"
_FORM_NUMBER = (
    rf"{_FORM_LETTERS}?"
    r"\d{1,3}(?:[.-]?[A-Za-zĐđ]{1,2}|(?:[.-]|\s-\s)[A-ZĐ]{2,5}|[.-]\d{1,2})?(?:(?!\w)|(?=của\s))"
    r"(?:/[A-ZĐ][\w-]*(?:(?<=-)\s[A-ZĐ]+)?)*(?:\.\s[A-ZĐ]{2,8}(?:/[A-ZĐ]+)?(?!\w))?"
)
# «, » «và» «hoặc» between members of one list, «đến» between the ends of a range.
_LIST_MARK = r"\s*(?:,\s*và(?!\w)|,|;|và/hoặc|và(?!\w)|hoặc|&|đến(?:\s+hết)?|-)\s*"
# «các khoản từ 1 đến 4», «các điểm từ a đến d»: the range says «từ» after the name
_FROM = rf"(?:từ\s+(?=(?:{_PLAIN_NUMBER}|[a-zđ])\s+đến\s+(?:{_PLAIN_NUMBER}|[a-zđ]\b)))?"
_FORM_MARK = r"\s*(?:,\s*và(?!\w)|,|và(?!\w)|hoặc|đến(?:\s+hết)?)\s*"
# «thời điểm 31 tháng 12», «địa điểm này»: no điểm of an act
# «thang điểm 10», «số điểm 5», «lần/điểm 2», «1 điểm 2 điểm»: marks and sites
# «tài khoản này», «các điều khoản này»: accounts and terms
NO_PLACE = (
    r"(?<!địa )(?<!thời )(?<!Địa )(?<!Thời )(?<!đặc )(?<!quan )(?<!trọng )(?<!thang )(?<!số )"
    r"(?<!tổng )(?<!đạt )(?<!tài )(?<!Tài )(?<!điều )(?<!/)"
)
_TREATY_CHAPTER = r"[IVXLC]+-\d(?![\w/])"  # «Chương II-2 của Công ước …»
# «Khoản 463, Mục 7000, Tiểu mục 7011», «Chương 412» are lines of the state budget; «Danh mục I»
# is a list. Scans print «Điêu», «khoàn»; an old keyboard «khỏan».
_NAME = (
    r"(?P<name>(?<![Gg]iai )[Đđ]oạn(?:\s+thứ)?(?!\s+\d{3})"
    rf"|{NO_PLACE}[Đđ]iểm(?!\s+\d+\s+điểm\b)(?!(?<=\d .iểm)\s*\n)"
    rf"|{NO_PLACE}[Kk]h(?:oản|oàn|ỏan)(?!\s+\d{{3}})|[Đđ][Ii][ềê]u(?:\s+thứ)?"
    rf"|[Cc]hương(?!\s+(?:{_TREATY_CHAPTER}|\d{{3}}))"
    r"|(?<![Tt]iết )(?<!anh )[Mm]ục(?!\s+\d{4})|[Tt]iểu mục(?!\s+\d{4}))"
)
_ANNEX_NAME = (
    rf"(?P<annex>[Pp]hụ lục(?:\s+số)?|PHỤ LỤC(?:\s+SỐ)?|[Cc]hương(?=\s+{_TREATY_CHAPTER}))"
)
# «Phụ lục IIA», «Phụ lục I-1», «Phụ lục II.5», «Phụ lục 3b», «Phụ lục B»
_ANNEX_NUMBER = (
    r"(?:[IVXLC]+(?:[-.]\d{1,2}|[A-Za-zđ])?|\d{1,4}(?:\.\d{1,2}|[A-Za-zđ])?|[A-ZĐ])" + _NUMBER_ENDS
)
_PART_NAME = r"(?P<part>(?<!thành )(?<!cổ )(?<!học )[Pp]hần(?:\s+thứ)?|[Nn]ội dung)"
# «tiết b điểm 2.1 mục I», «tiết d khoản 4» of older acts
_TIET = (
    r"(?P<tiet>(?<!chi )[Tt]iết)\s+(?P<tiets>[a-zđ](?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,2})*)"
    r"(?=,?\s+(?:của\s+)?(?:[Đđ]iểm|[Kk]hoản|[Mm]ục|trên|nêu)\s)"
)
_FORM_NAME = (
    r"(?P<form>(?:[Bb]iểu )?[Mm]ẫu(?:\s+số)?|[Bb]iểu\s+số|[Bb]iểu(?=\s+\d{1,3}[a-z]?/[A-ZĐ]{2}))"
)
_DECIMAL = r"\d{1,2}(?:\.\d{1,2}){1,3}(?![\w.]*\w)"  # «mục 3.3», «khoản 1.2» of old circulars
_ORDINAL_WORD = r"(?:nhất|hai|ba|tư|bốn|năm)(?!\w)"
# Cells of a table stand apart by tabs; «điểm⏎1.3. Phòng …» is the label of the next line.
_BLANK = (
    r"(?:(?<=[nu])(?=\d)|(?<=ng)(?=[IVX])|[^\S\t\n]+"
    r"|[^\S\t\n]*\n[^\S\t\n]*(?!\w{1,4}(?:\.\d+)*[.)](?:\s|$)))"
)
# «tạiĐiều 7», «theomẫu số 2», «phụ lục IThông tư này»: the blank is lost now and then, before the
# number too: «khoản2», «ChươngV», «khoản 3Điều 4».
_START = (
    r"(?=[BCĐKMNPTbcđkmnpt])"  # first, so that other letters cost nothing
    r"(?:\b|(?=[ĐKđkm])(?:(?<=tại|của)|(?<=theo)|(?<=và)|(?<=\d)(?=[ĐK]|kho)))"
)
UNIT_LIST = re.compile(
    rf"{_START}(?:{_NAME}{_BLANK}(?P<numbers>(?:(?<=iểm\s){_FROM}{_DIEM_NUMBER}(?:(?:{_LIST_MARK}|\s(?=[a-zđ],\s)){_DIEM_MEMBER})*)"
    r"|(?<=ục\s)(?:[a-zđ](?=,?\s+(?:[Kk]hoản|Điều)\s)|[A-Z]\d{1,2}(?=,?\s+[Pp]hụ lục\s)"
    r"|[ABD-H](?=,?\s+(?:của\s+)?(?:[Pp]hụ lục|Biểu|Danh mục|Thông tư|Phần)\s))"
    rf"|(?<=(?:ục|ản)\s){_DECIMAL}(?:{_LIST_MARK}{_DECIMAL})*"
    rf"|{_FROM}(?:{_PLAIN_NUMBER}|{_ORDINAL_WORD})(?:{_LIST_MARK}{_PLAIN_NUMBER})*)(?!\s+trở\s+(?:lên|xuống)|\s{{3}}\d{{4}})"
    rf"|{_TIET}"
    rf"|{_ANNEX_NAME}{_BLANK}(?P<annexes>{_ANNEX_NUMBER}(?:{_LIST_MARK}{_ANNEX_NUMBER})*)"
    rf"|{_FORM_NAME}{_BLANK}(?P<forms>{_FORM_NUMBER}(?:{_FORM_MARK}{_FORM_NUMBER})*)"
    rf"|{_PART_NAME}{_BLANK}(?P<parts>(?:[IVXLC]+|\d{{1,2}}|[A-Z]|(?<=thứ\s){_ORDINAL_WORD})(?![\w/%.]\w)(?!\w|-\d|:)))"
)
_MEMBER = re.compile(
    rf"(?P<range>đến|-)?(?:\s*hết)?\s*(?P<number>{_CODIFIED}|\d{{1,2}}(?:\.\d{{1,2}})+(?!\w)|\d{{1,2}}\.[a-zđ](?!\w)"
    r"|\d{1,4}(?:[a-zđA-Z]|-[A-Z])?(?!\w)"
    r"|[A-Z]\d{1,2}(?!\w)|[IVXLC]+(?!\w)|[A-HĐ](?!\w)|[a-zđ]\d{0,2}(?:\.\d{1,2}){0,4}(?!\w)|(?:nhất|hai|ba|tư|bốn|năm)(?!\w))"
)
_SMALL_ROMAN = re.compile(r"\([ivx]{1,5}\)")  # «điểm a(iii)»: no unit of its own in a path
_DIEM_OF_KHOAN = re.compile(r"\d{1,2}\.[a-zđ]")
_ANNEX_MEMBER = re.compile(rf"(?P<range>đến|-)?(?:\s*hết)?\s*(?P<number>{_ANNEX_NUMBER})")
_FORM_MEMBER = re.compile(
    rf"(?P<range>đến)?(?:\s*hết)?\s*(?P<letters>{_FORM_LETTERS}?)(?P<value>\d{{1,3}})"
    r"(?P<suffix>[.-]?[A-Za-zĐđ]{1,2}(?!\w)|(?:[.-]|\s-\s)[A-ZĐ]{2,5}(?!\w)|[.-]\d{1,2})?(?:/[A-ZĐ][\w-]*(?:(?<=-)\s[A-ZĐ]+)?)*"
)
_RANGE = re.compile(r"\s*(?:cho\s+)?đến(?:\s+hết)?\s+")
_BREAKS = re.compile(r"(?:và|hoặc|;|\.)\s*(?:các\s*)?$|[;.]")
# «Luật sửa đổi, bổ sung Điều 170 của Luật …» is a name; «Loại 15, khoản 09» is of the budget;
# «cụm từ “Khoản 5” thành “Khoản 6”» speaks of words; «ISO 7240-30:2022 – Phần 30» is a standard.
_NO_UNIT = re.compile(
    r"(?:(?:Luật|Pháp\s+lệnh)\s+[Ss]ửa\s+đổi,?\s+bổ\s+sung\s|hạch\s+toán\s+vào\s*|[Mm]ục\s+\d{3,4}\s*,\s*|[Ll]oại\s+\d{1,3}\s*,?\s*|(?:\btừ|\bthành|\bbằng|[;,])\s+[“\"«]|:\d{4}\)?\s*[-–,]\s*)$"
)
# «Mẫu số 02 - TK.docx»: the line names an attachment of a portal page
_FILE_NAME = re.compile(r"[^\n.,;]{0,80}\.(?:docx?|xlsx?|pdf|rar|zip)\b")
# «Mẫu số 02, Phụ lục II⏎(Ban hành kèm theo Thông tư …)»: the heading of an annex or form
_HEADING_AFTER = re.compile(
    r"(?:,\s*Phụ\s+lục\s+[IVX\d]+)?[^\S\n]*\n\s*\((?:Ban\s+hành\s+)?[Kk]èm\s+theo\s"
)
_LONGEST_BEFORE = 32
_HELD_BY = re.compile(r"\s+(?:(?:của|thuộc|tại)\s+)?")
_SET_OUT_IN = re.compile(r"\s+(?:được\s+)?quy\s+định\s+tại\s+")
_LETTER = re.compile(r"[ABD-HĐ]")
_OF_DIEM = re.compile(r",?\s+(?:của\s+)?[Đđ]iểm\s")
_ONLY_COMMA = re.compile(r"\s*,?\s*(?:các\s+)?")
_EACH_OF = re.compile(r"\s+(?:của\s+)?các\s+")  # «điểm a khoản 1 các điều 48 và 49»
_NOTHING = 99  # place of no unit
# «Mẫu số 02 đối với tổ chức, Mẫu số 03 đối với cá nhân, Phụ lục II»: one annex for both forms
FOR_WHOM = re.compile(r"\s+(?:đối\s+với|dành\s+cho|dùng\s+cho)\s[^.;:()“”\d]{1,80}?,\s*(?:và\s+)?")
# «từ "ốc" bằng từ "sò" tại khoản 1, từ "ao" bằng từ "bể" tại điểm c khoản 2 Điều 8»
OTHER_PHRASE = re.compile(
    r",\s*(?:(?:cụm\s+)?từ\s+[“\"][^“”\"]{1,120}[”\"]\s+)(?:bằng\s+(?:cụm\s+)?từ\s+[“\"][^“”\"]{1,120}[”\"]\s+)?tại\s+"
)
_LONGEST_GAP = 25  # characters between two units of one reference: «, », « của », « quy định tại »


@dataclass(frozen=True, slots=True)
class UnitList:
    """One name with its numbers: «khoản 1, 2 và 3» → ``khoan``, 1 2 3."""

    start: int
    end: int
    name: str
    numbers: tuple[str, ...]
    # Unit that holds it although it is the smaller one elsewhere: «Phần B Chương VII Công ước …»,
    # «khoản 4 Mục II Điều 1 Quyết định …», «tiết b điểm 2 mục I»
    within: str = ""

    @property
    def place(self) -> int:
        return PLACES[self.within] + 1 if self.within else PLACES[self.name]


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
    words = _SMALL_ROMAN.sub("", words)
    for match in member.finditer(words):
        number = _form_number(match) if name == "mau" else _unit_number(name, match["number"])
        if match["range"] and found:
            found.extend(_between(found[-1], number))
        elif name == "diem" and number == "1" and found and found[-1].isalpha():
            found.append("l")
        else:
            found.append(number)
    return tuple(dict.fromkeys(found))


def _unit_number(name: str, shown: str) -> str:
    if name == "phu-luc" or (name == "chuong" and "-" in shown):
        return annex_number(shown)
    number = _ORDINAL.get(shown, shown)
    if name == "phan" and len(number) == 1 and number.isalpha() and number not in "IVX":
        return number.lower()  # a lone C is the third of A, B, C
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
    return f"{match['letters'].lower().rstrip('-.')}{match['value'].zfill(2)}{suffix}"


def _shown(match: re.Match[str]) -> tuple[str, str, re.Pattern[str]]:
    """Return the name, its numbers as printed, and how one of them is written."""
    if match["annex"]:
        return match["annex"], match["annexes"], _ANNEX_MEMBER
    if match["form"]:
        return match["form"], match["forms"], _FORM_MEMBER
    if match["tiet"]:
        return match["tiet"], match["tiets"], _MEMBER
    if match["part"]:
        return match["part"], match["parts"], _MEMBER
    return match["name"], match["numbers"], _MEMBER


def unit_lists(words: str, start: int = 0, end: int | None = None) -> list[UnitList]:
    """Return every «name + numbers» of ``words`` in order, ranges expanded."""
    lists: list[UnitList] = []
    no_unit = 0  # end of the last words that look like a unit and are none
    for match in UNIT_LIST.finditer(words, start, len(words) if end is None else end):
        before_it = max(0, match.start() - _LONGEST_BEFORE)
        goes_on = no_unit and not words[no_unit : match.start()].strip()  # «“khoản 2 Điều 5”»
        if goes_on or _NO_UNIT.search(words, before_it, match.start()):
            no_unit = match.end()
            continue
        if _FILE_NAME.match(words, match.end()) or _HEADING_AFTER.match(words, match.end()):
            continue
        shown, printed, member = _shown(match)
        name = _NAMES[shown.split()[0].lower()]
        if name == "muc" and _LETTER.fullmatch(printed):
            name = "phan"  # «mục B Biểu mức thu …»: the tree calls lettered parts Phần
        numbers = _numbers(name, printed, member)
        if name == "noi-dung" or (name == "phan" and not numbers):
            numbers = (match["parts"].lower(),)
        if name == "muc" and numbers and numbers[0].isalpha() and numbers[0].islower():
            name = "diem"  # «mục đ khoản 2 Điều 3»
        if name == "diem" and numbers and all(map(_DIEM_OF_KHOAN.fullmatch, numbers)):
            name = "khoan"  # «điểm 1.h»
            numbers = tuple(number.replace(".", "/diem-") for number in numbers)
        before = lists[-1] if lists else None
        if before and before.name == name and _RANGE.fullmatch(words, before.end, match.start()):
            # «từ Điều 5 đến Điều 9»; «điểm a đến điểm 1»: l printed as the figure
            if name == "diem" and numbers[0] == "1" and before.numbers[-1].isalpha():
                numbers = ("l", *numbers[1:])
            numbers = (*before.numbers, *_between(before.numbers[-1], numbers[0]), *numbers[1:])
            lists[-1] = UnitList(before.start, match.end(), name, numbers)
        elif numbers:
            if lists and (outer := _holder(words, lists, name, match.start())):
                lists[-1] = replace(lists[-1], within=outer)
            within = "diem" if match["tiet"] and _OF_DIEM.match(words, match.end()) else ""
            lists.append(UnitList(match.start(), match.end(), name, numbers, within))
    return lists


def _holder(words: str, lists: list[UnitList], name: str, start: int) -> str:
    """Return ``name`` where that unit, at ``start``, holds the Phần or Mục named just before it.

    A lettered Phần of a chapter is one of a treaty; our own acts number theirs, and they hold the
    chapters: «Phần thứ hai, Chương III». «Mục II Điều 1» is of a decision; with a comma the two
    may be two units, unless a khoản goes before: «khoản 4, Phần IV, Điều 1». «Các mục VI và VII
    quy định tại khoản 1» are lines of that khoản.
    """
    part = lists[-1]
    if part.name not in ("phan", "muc"):
        return ""
    if name == "chuong":
        lettered = part.name == "phan" and part.numbers[0].isalpha()
        return name if lettered and _HELD_BY.fullmatch(words, part.end, start) else ""
    if name == "khoan":
        return name if _SET_OUT_IN.fullmatch(words, part.end, start) else ""
    if name != "dieu" or len(part.numbers) > 1:
        return ""
    if _HELD_BY.fullmatch(words, part.end, start):
        return name
    before = lists[-2] if len(lists) > 1 else None
    small = before is not None and before.place > PLACES["dieu"]
    commas = small and _ONLY_COMMA.fullmatch(words, before.end, part.start)
    return name if commas and _ONLY_COMMA.fullmatch(words, part.end, start) else ""


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
        each = heads if below and _EACH_OF.fullmatch(words, end, unit.start) else heads[:1]
        joined = [f"{head}/{path}" for head in each for path in reversed(below)]
        joined += heads[len(each) :] if below else heads
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
