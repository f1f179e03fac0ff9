"""Whole acts named in running text: by number, by name, by «này», by what they are called here.

«Nghị định số 901/2031/NĐ-CP», «Luật Nuôi ốc số 5/2031/QH19», «Luật Hôn nhân và gia đình»,
«Hiến pháp năm 2013», «Thông tư này», «Quy chế này», «khoản 2 Điều 5 của Luật» (DOMAIN 5.7).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from corpus.datafile import read_sections
from corpus.label import ATTACHED, WORDS
from corpus.number import find_numbers
from corpus.text import fold

PATH: Final = Path(__file__).with_name("law_names.yaml")

_TYPE = (
    r"(?:Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết(?:\s+liên\s+tịch)?|Quyết\s+định|Chỉ\s+thị"
    r"|Thông\s+tư(?:\s+[Ll]iên\s+(?:[Tt]ịch|[Bb]ộ))?|Hiến\s+pháp|Văn\s+bản\s+hợp\s+nhất|Sắc\s+lệnh)"
)
_LAW = r"(?:Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh)"
# In small letters too, but «quyết định này» may be any decision unless it is carried out, and
# «luật này» any law unless it is obeyed or broken.
_THIS_ACT = re.compile(
    rf"(?:{_TYPE}|\b(?:thông\s+tư|nghị\s+(?:định|quyết))(?:\s+liên\s+tịch)?"
    r"|(?:(?<=thi hành )|(?<=kèm theo )|(?<=hụ lục của ))quyết\s+định"
    r"|(?:(?<=thi hành )|(?<=trái với )|(?<=quy định của ))luật)\s*này\b"
)
_ATTACHED_SEGMENTS = {WORDS[segment].lower(): segment for segment in ATTACHED}
_ATTACHED_WORDS = "|".join(re.escape(WORDS[segment]) for segment in sorted(ATTACHED))
_THIS_PART = re.compile(rf"\b(?P<name>{_ATTACHED_WORDS})\s+này\b", re.IGNORECASE)
_ALWAYS_ATTACHED = ("quy-che", "dieu-le", "noi-quy")
# What stands before the number of an act: «Nghị định số », «công văn số », «Thông tư »,
# «Nghị định của Chính phủ số », «NĐ ».
_NUMBERED = re.compile(
    rf"(?:(?:{_TYPE}|[Cc]ông\s+văn|Báo\s+cáo|Thông\s+báo|Kế\s+hoạch|Tờ\s+trình|Công\s+điện)"
    r"(?:\s+của\s+(?:Bộ|Chính|Thủ|Hội|Ủy|Ngân|Tổng|Quốc)\s"
    r"(?:(?!hướng\s+dẫn|quy\s+định|về\s)[^\d,.;:()“”]){2,60}(?=\ssố))?"
    r"|\b(?:NĐ|NQ|QĐ|TT|TTLT|CT))\s*"
    r"(?:số\s*:?\s*){0,2}$"
)
# Words that end the name of a law in running text.
_PARTICLES = (
    r"và|của|thì|được|có|quy\s+định|năm|số|ngày|về|hoặc|do|để|khi|theo|này|là|phải|không|tại|trong|đã|sửa"
    r"|các|bao\s+gồm|gồm|hiện|như|với|cho|từ|nêu|trên|liên|chưa|đối|ở|bởi|nhưng|mà|đang|sẽ|hay"
    r"|thuộc|thực\s+hiện|hướng\s+dẫn|ban\s+hành|chịu|nhằm|hết|phù\s+hợp|cùng|trừ|nếu|gửi|việc|thay"
    r"|quyết\s+định|bị|vào|ra|đến|sau|trước|mới|cũ|tiếp\s+tục|giao|chỉ|cấp|phần|chương|điều|khoản"
    r"|làm|gây|nộp|áp\s+dụng|đề\s+nghị|yêu\s+cầu"
)
# Commas and semicolons between the name and the number do not occur.
_NUMBER_AFTER = re.compile(r"\s*\(?(?:số\s*:?\s*)?(?=\d)")
_YEAR_AFTER = re.compile(r"\s+(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])")
_CONSTITUTION = re.compile(
    r"(?<!dự thảo )Hiến\s+pháp(?!\s+này)(?:\s+nước\s+Cộng[^,.;]{5,40}?Việt\s+Nam)?"
)
# «Điều 5 của Luật»: the law that the text gave this short name, or that it details.
_SHORT = re.compile(
    rf"{_TYPE}(?!\s+(?:này|số|năm|của|về)\b)(?=\s*(?:[,;.:()]|$|(?:{_PARTICLES}|cấp|bị|gửi|lập)\b))"
)
_TREATY = r"(?:Công\s+ước|Hiệp\s+định|Nghị\s+định\s+thư)"
# «Điều 23 Quy chế là …»: the attached text that is being explained; «Chương V của Công ước»
_SHORT_PART = re.compile(
    rf"(?:Quy\s+chế|Điều\s+lệ|Nội\s+quy|{_TREATY})(?=\s*(?:[,;.:()]|$|(?:{_PARTICLES})\b))(?!\s+(?:này|ban)\b)"
)
# «khoản 3 Điều 368 BLTTDS», «Luật TTHC»
_ABBREVIATED_LAW = r"Luật\s+[A-ZĐ]{3,6}(?![A-ZĐ])"  # «Luật TTTMđể»: a lost blank
_ABBREVIATED = re.compile(rf"\b(?:BL[A-ZĐ]{{2,4}}(?!\w)|{_ABBREVIATED_LAW})")
# «Luật người khuyết tật», «Pháp lệnh về thuế nhà đất»: names in small letters. At the beginning of
# a sentence «Luật» may be any word, so there they count only right after a unit.
_SMALL_LAW = re.compile(
    rf"(?<!dưới ){_LAW}(?!\s+(?:này|sư|gia)\b)"
    rf"(?:\s+sửa\s+đổi,?\s+bổ\s+sung\s+một\s+số\s+[Đđ]iều\s+của\s+{_LAW})?"
    rf"(?:\s+về(?=\s+[a-zđà-ỹ]))?(?:\s+(?!(?:{_PARTICLES})\b)[a-zđà-ỹ]+){{1,7}}(?![^\W\d])"
    r"(?:(?<!\bdân sự)(?<!\bhình sự)(?<!\blao động)\s+Việt\s+Nam)?"  # «Bộ luật hình sự Việt Nam»
)
# «Luật sửa đổi, bổ sung một số điều của 37 luật có liên quan đến quy hoạch»
_MANY_LAWS = re.compile(
    rf"Luật\s+[Ss]ửa\s+đổi,?\s+bổ\s+sung\s+một\s+số\s+[Đđ]iều\s+của\s+(?:các|\d+)\s+[Ll]uật"
    rf"(?:\s+có)?\s+liên\s+quan\s+đến(?:\s+(?!(?:{_PARTICLES})\b)[^\W\d]+){{1,6}}"
)
_WITHIN_SENTENCE = re.compile(r"[a-zđà-ỹ,]\s+$")
# «Quyết định số 53», «Nghị định 15/2031»: a number without the rest, as the document called the act
# before.
_SHORT_NUMBER = re.compile(
    rf"{_TYPE}\s+(?:số\s+\d{{1,4}}(?:/(?:19|20)\d\d)?|\d{{1,4}}/(?:19|20)\d\d)(?![\w/.-]*[/\d])"
)
_ANY_LAW = re.compile(_LAW)
_POINTS_TO = re.compile(r"(?:của|tại|theo|trong)\s+$")
# Texts outside the system of acts; their Điều and Chương are none of the act at hand.
_NAME_WORDS = rf"(?:\s+(?!(?:{_PARTICLES})\b)[^\W\d]+)"
_OTHER_TEXT = re.compile(
    r"(?:Danh\s+mục|Quy\s+chế|Điều\s+lệ|Quy\s+định(?!\s+chi\s+tiết)|Quy\s+tắc"
    r"|Biểu\s+thuế|Hợp\s+đồng|Thỏa\s+thuận|Quy\s+chuẩn|Tiêu\s+chuẩn|Đề\s+án|Chương\s+trình)"
    rf"(?!\s+này){_NAME_WORDS}{{1,7}}"
    # «Công ước số 938 về nuôi ốc», «Công ước quốc tế về nuôi ốc trên biển năm 1974»
    rf"|{_TREATY}(?=\s+(?:số\s+\d|về\s|[^\W\d]))(?!\s+này)(?:\s+số\s+\d{{1,4}})?{_NAME_WORDS}{{0,7}}"
    rf"(?:\s+về(?:{_NAME_WORDS}|\s+(?:các|trên|trong|do|từ)\b){{1,12}}(?:\s+năm\s+\d{{4}})?)?"
)
# «Điều 21 của Điều lệ trường đại học được ban hành tại Quyết định số …»
_ISSUED_WITH = re.compile(
    rf"(?P<name>{_ATTACHED_WORDS})\s(?!này)[^.;:()]{{0,160}}?ban\s+hành\s+(?:kèm\s+)?(?:theo|tại)\s+"
    rf"{_TYPE}\s+(?:(?P<this>này)\b|(?:số\s*:?\s*)?(?=\d))"
)
# «Phụ lục 10 ban hành kèm theo QCVN 42:2012/BTNMT»
_STANDARD = re.compile(
    r"\b(?:(?:Quy|Tiêu)\s+chuẩn\s+(?:kỹ\s+thuật\s+)?(?:quốc\s+gia\s+|Việt\s+Nam\s+)?(?:số\s+)?\(?)?"
    r"(?P<code>[QT]CVN\s*\d{1,5}(?:-\d+)?(?:\s*:\s*\d{4}(?:/[A-ZĐ&]+)?)?(?!\w))"
)
# «Công ước của Liên hợp quốc về Luật biển năm 1982» is no law of the system.
_OF_TREATY = re.compile(
    r"công\s+ước(?:\s+quốc\s+tế)?(?:\s+(?:của\s+)?liên\s+(?:hợp|hiệp)\s+quốc)?(?:\s+năm\s+\d{4})?"
    r"(?:\s+về)?\s+$",
    re.IGNORECASE,
)
_LONGEST_TREATY = 80
_OF = re.compile(r"[\s,]*(?:(?:của|tại|trong)\s+)?")
_ALIAS = re.compile(
    rf"\(?\s*(?:sau\s+đây|dưới\s+đây)\s+(?:được\s+)?(?:gọi|viết)\s+(?:tắt\s+)?(?:là|chung\s+là)\s*:?\s*"
    rf"[“\"«]?(?P<alias>{_TYPE}(?:\s+[\w/-]+){{0,6}}?|BL[A-ZĐ]{{2,4}})[”\"»]?\s*[);,.]"
)
_LONGEST_BEFORE = 90  # characters of «Thông tư liên tịch số », «Quyết định của Bộ trưởng … số »
_ALIAS_REACH = 400  # characters between an act and «(sau đây gọi là …)»


@dataclass(frozen=True, slots=True)
class Mention:
    """A whole act named in ``text[start:end]``."""

    start: int
    end: int
    act: str  # official number, name of a law, or "" for the act at hand
    relative: bool = False  # says «này»
    prefix: str = ""  # path of the attached text meant by «Quy chế này»
    short: bool = False  # only counts right after a unit: «… của Luật»


_AMENDING = (
    rf"(?:sửa\s+đổi,?\s+(?:và\s+)?bổ\s+sung\s+một\s+số\s+điều\s+của\s+(?:{_LAW}\s+)?)?".lower()
)
# Capital letters that begin the name of a law which the list does not have.
_CAPITAL = "A-ZĐÂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
_CAPITAL_NAME = re.compile(
    rf"(?<![{_CAPITAL}])(?!{_ABBREVIATED_LAW})(?P<name>{_LAW}\s*(?:[Ss]ửa\s+đổi,?\s+bổ\s+sung\s+một\s+số\s+[Đđ]iều\s+của\s+{_LAW}\s+)?"
    rf"(?!này)(?!số)[{_CAPITAL}][^\W\d]*"
    rf"(?:\s+(?!(?:{_PARTICLES}|Luật|Bộ|Nghị|Thông|Pháp)\b)[^\W\d]+){{0,8}})"
)


# «Luật Đấu giá tài sảnthì», «LuậtĐấu giá tài sản»: the blank around a name is lost now and then.
_LOST_BLANK = re.compile(rf"(?<=uật)(?=[{_CAPITAL}])")
_GLUED = r"(?:thì|và|hoặc|của|được|ngày|để|về)\s"


@cache
def _listed_name() -> re.Pattern[str]:
    """Names of the list, in folded text: any case, either spelling of tone marks."""
    rows = read_sections(PATH, ("ten_luat",))["ten_luat"]
    names = sorted((fold(row.text("ten")) for row in rows), key=len, reverse=True)
    for row in rows:
        row.done()
    listed = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(
        rf"(?<!dưới ){_LAW.lower()}\s*{_AMENDING}(?:về\s+)?(?:{listed})(?:(?![^\W\d])|(?={_GLUED}))"
    )


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of laws called by name: those of the list first, others by their capitals."""
    listed: dict[int, int] = {}
    if _ANY_LAW.search(text):
        for match in _listed_name().finditer(fold(text)):
            if text[match.start()].isupper():  # «pháp luật dân sự» is no act
                listed[match.start()] = match.end()
    yield from listed.items()
    for match in _CAPITAL_NAME.finditer(text):
        if match.start() not in listed:
            yield match.span()


def find_mentions(
    text: str,
    here: str = "",
    amended: str = "",
    aliases: Mapping[str, str] | None = None,
    units: Sequence[tuple[int, int]] = (),
) -> list[Mention]:
    """Return the acts that clean ``text`` names, left to right.

    ``amended``: number that «Nghị định này» means in quoted new text. ``here``: path of the
    provision, for «Quy chế này». ``aliases``: short names that the document defined. ``units``:
    spans of unit lists, where «03/BCKP-MTB» is the code of a form.
    """
    aliases = aliases or {}
    found: list[Mention] = []
    numbers = {
        number.start: number for number in find_numbers(text) if not _within(units, number.start)
    }
    taken: set[int] = set()
    for start, end in _named(text):
        after = _NUMBER_AFTER.match(text, end)
        number = numbers.get(after.end()) if after else None
        if number:
            taken.add(number.start)
            found.append(Mention(start, number.end, number.number.official))
            continue
        name = _LOST_BLANK.sub(" ", " ".join(text[start:end].split()))
        year = _YEAR_AFTER.match(text, end)
        act = aliases.get(name) or (f"{name} {year['year']}" if year else name)
        found.append(Mention(start, year.end() if year else end, act))
    for match in _ISSUED_WITH.finditer(text):
        number = numbers.get(match.end())
        nearest = bisect_left(units, (match.start(), 0)) - 1
        if nearest < 0 or not _OF.fullmatch(text, units[nearest][1], match.start()):
            continue
        prefix = f"{_ATTACHED_SEGMENTS[' '.join(match['name'].lower().split())]}-1"
        if match["this"]:
            found.append(Mention(match.start(), match.end(), amended, True, prefix))
        elif number:
            taken.add(number.start)
            act = number.number.official
            found.append(Mention(match.start(), number.end, act, prefix=prefix))
    for number in numbers.values():
        if number.start not in taken:
            before = _NUMBERED.search(text, max(0, number.start - _LONGEST_BEFORE), number.start)
            start = before.start() if before else number.start
            found.append(Mention(start, number.end, number.number.official))
    for match in _CONSTITUTION.finditer(text):
        year = _YEAR_AFTER.match(text, match.end())
        name = f"Hiến pháp {year['year']}" if year else "Hiến pháp"
        found.append(Mention(match.start(), year.end() if year else match.end(), name))
    found += [Mention(m.start(), m.end(), amended, True) for m in _THIS_ACT.finditer(text)]
    for match in _THIS_PART.finditer(text):
        if part := _part(match, here):
            found.append(Mention(match.start(), match.end(), amended, True, part))
    found += _short_mentions(text, aliases)
    return _apart([mention for mention in found if not _is_of_treaty(text, mention.start)])


def _is_of_treaty(text: str, start: int) -> bool:
    before = max(0, start - _LONGEST_TREATY)
    return text.startswith("Luật", start) and bool(_OF_TREATY.search(text, before, start))


def _within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether ``place`` lies inside one of ``spans``, which stand in order."""
    at = bisect_left(spans, (place, 0)) - 1
    return at >= 0 and spans[at][0] < place < spans[at][1]


def _short_mentions(text: str, aliases: Mapping[str, str]) -> list[Mention]:
    """«của Luật», «Quyết định số 53», a law in small letters, a text outside the system."""
    found: list[Mention] = []
    shorts = (_SHORT, _SHORT_PART, _SHORT_NUMBER, _ABBREVIATED)
    for match in (match for pattern in shorts for match in pattern.finditer(text)):
        name = " ".join(match.group().split())
        # a name that the document has defined counts alone, others only right after a unit
        alone = (
            "số" in name
            or name.startswith("Luật ")
            or (name in aliases and _POINTS_TO.search(text[: match.start()][-12:]))
        )
        found.append(Mention(match.start(), match.end(), aliases.get(name, name), short=not alone))
    for match in _SMALL_LAW.finditer(text):
        kind = _ANY_LAW.match(text, match.start())
        defined = " ".join(kind.group().split()) if kind else ""
        if kind and defined in aliases:  # «Điều 14 Pháp lệnh việc cấp giấy …»
            found.append(Mention(kind.start(), kind.end(), aliases[defined], short=True))
        else:
            name = " ".join(match.group().split())
            alone = bool(_WITHIN_SENTENCE.search(text[max(0, match.start() - 3) : match.start()]))
            found.append(Mention(match.start(), match.end(), name, short=not alone))
    found += [
        Mention(m.start(), m.end(), " ".join(m.group().split()), short=pattern is _OTHER_TEXT)
        for pattern in (_MANY_LAWS, _OTHER_TEXT)
        for m in pattern.finditer(text)
    ]
    found += [
        Mention(m.start(), m.end(), " ".join(m["code"].split()), short=True)
        for m in _STANDARD.finditer(text)
    ]
    return found


def _part(match: re.Match[str], here: str) -> str:
    """Return the attached text that «Quy chế này» means; "" for «quy định này», «chương trình này».

    Those are words of running text unless the provision itself stands in such a text.
    """
    segment = _ATTACHED_SEGMENTS[" ".join(match["name"].lower().split())]
    first = here.split("/", 1)[0]
    if first.rpartition("-")[0] == segment:
        return first
    return f"{segment}-1" if segment in _ALWAYS_ATTACHED and match["name"][0].isupper() else ""


def _apart(found: list[Mention]) -> list[Mention]:
    """Sort, and of mentions that overlap keep the one that begins first (the longer one).

    A text outside the system never hides a number: «Chương trình triển khai Chỉ thị số 58-CT/TW».
    """
    numbered = sorted(m.start for m in found if not m.short and "/" in m.act)
    found = [m for m in found if not m.short or not _any_between(numbered, m.start + 1, m.end)]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda item: (item.start, item.short, -item.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _called(window: str, named: Sequence[Mention], alias: str) -> Mention:
    """Return the act that ``alias`` is short for: the one it begins like, else one of its type.

    «Bộ luật Dân sự số …, Luật Nuôi ốc số … (sau đây gọi là Luật Nuôi ốc)»
    """
    for beginning in (fold(alias), fold(alias).split()[0]):
        for mention in named:
            if fold(window[mention.start : mention.end]).startswith(f"{beginning} "):
                return mention
    return named[0]


def find_aliases(text: str) -> dict[str, str]:
    """Return the short names that a document gives to acts: «… (sau đây gọi là Luật)».

    A short name given twice to different acts means neither.
    """
    aliases: dict[str, str] = {}
    for match in _ALIAS.finditer(text):
        begin = max(0, match.start() - _ALIAS_REACH)
        window = text[begin : match.start()]
        named = [m for m in find_mentions(window) if not m.relative and not m.short]
        name = " ".join(match["alias"].split())
        if not named:
            continue
        # «Luật … được sửa đổi, bổ sung bởi Luật số …»: the first of the clause is meant
        clause = max(window.rfind(";"), window.rfind("\n"))
        within = [m for m in named if m.start > clause] or named[-1:]
        act = _called(window, within, name).act
        if aliases.setdefault(name, act) != act:
            aliases[name] = name
    return aliases
