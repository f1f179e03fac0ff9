"""What an act says about itself: number, type, title, issuer, date, date of effect.

Read from the lines before the first unit (table cells count as lines), from the closing sentence
of laws and from the effect clause; a head that the format gives (Bộ Pháp điển) wins.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.agency import shipped
from corpus.number import TYPES, ActNumber, find_numbers, parse_number
from corpus.outline import Line
from corpus.records import Head, RawDocument
from corpus.text import CleanText, clean

_TYPE_NAMES = sorted(
    {*TYPES.values(), "Nghị quyết liên tịch", "Lệnh", "Công văn", "Văn bản hợp nhất"}
    - {"Hướng dẫn", "Kết luận", "Quy chế", "Quy định", "Biên bản", "Chương trình"},
    key=len,
    reverse=True,
)
_TYPE_WORDS = {"".join(name.upper().split()): name for name in _TYPE_NAMES}
_TYPE_LINE = re.compile(
    r"(?P<type>" + "|".join(r"\s*".join(name.upper().split()) for name in _TYPE_NAMES) + r")"
    r"(?!\w)\s*(?P<rest>.*)",
    re.S,
)
_NUMBER_LINE = re.compile(
    r"(?:(?:Bộ\s+)?[Ll]uật|Nghị\s+quyết|Pháp\s+lệnh|Sắc\s+lệnh|LUẬT|NGHỊ\s+QUYẾT|Hiến\s+pháp)?\s*"
    r"(?:[Ss][ốôỐÔo]|SỐ)\s*[:.]?\s*(?P<rest>.+)"
)
_LEGAL_GROUND = re.compile(r"(?:Căn\s+cứ|Theo\s+đề\s+nghị|Xét|Thực\s+hiện|Để\s)", re.IGNORECASE)
_RULE = re.compile(r"[-_—–=*.~\s]+$")
_MOTTO = re.compile(
    r"CỘNG\s+H[ÒO][ÀA]|Độc\s+lập|ĐỘC\s+LẬP|VIỆT\s+NAM\s+DÂN\s+CHỦ|Cộng\s+h[òo][aà]\s+xã\s+hội",
)
_ENACTOR = re.compile(
    r"(?:BỘ\s+TRƯỞNG|THỦ\s+TƯỚNG|CHÍNH\s+PHỦ|CHÁNH\s+ÁN|VIỆN\s+TRƯỞNG|THỐNG\s+ĐỐC|CHỦ\s+NHIỆM|CHỦ\s+TỊCH"
    r"|TỔNG|ỦY\s+BAN|HỘI\s+ĐỒNG|QUỐC\s+HỘI|CỤC\s+TRƯỞNG|GIÁM\s+ĐỐC|CHỦ\s+TỊCH|LIÊN\s+BỘ|QUYẾT\s+ĐỊNH\s*:|BỘ\s)"
)
_AMENDED_BY = re.compile(
    r"\s*(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư(?:\s+liên\s+tịch)?)\b"
    r"[^,;]{0,60}?\bsố\s+\d[^\n]*(?:có\s+hiệu\s+lực|được\s+sửa|sửa\s+đổi)"
)
_DAY = r"(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})"
_DATE = re.compile(
    rf"ngày\s*(?:{_DAY}|(?P<d>\d{{1,2}})\s*[/.-]\s*(?P<m>\d{{1,2}})\s*[/.-]\s*(?P<y>\d{{4}}))", re.I
)
_PASSED = re.compile(r"này\s+(?:đã\s+)?được[^.;]{0,160}?thông\s+qua\s+(?=ngày\s*\d)")
_EFFECT = re.compile(
    r"(?:này|[Qq]uyết\s+định|[Ll]uật)\s+(?:sẽ\s+)?có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*,?\s*"
    r"(?:(?P<from>(?:k[ểế]\s+)?từ)\s+(?=ngày\s*\d)"
    r"|(?P<signed>(?:k[ểế]\s+)?từ\s+ngày\s+(?:ký|ban\s+hành))"
    r"|sau\s+(?P<after>\d{1,3})\s*(?:\([^)]{1,40}\)\s*)?ngày\s*,?\s*(?:k[ểế]\s+)?từ\s+ngày\s+(?:ký|ban\s+hành))"
)
_LOCAL = re.compile(r"(?:TỈNH|THÀNH\s+PHỐ|HUYỆN|QUẬN|THỊ\s+XÃ|XÃ|PHƯỜNG)\s")
_NUMBER_WORD = re.compile(r"(?:\b[Ss]ố|\bSỐ)\s*:?\s*(?=\d)")
_CONSOLIDATED = re.compile(r"VĂN BẢN HỢP NHẤT|có hiệu lực.*được sửa đổi,? bổ sung (?:bởi|theo)\b")
_NAMED_ACT = re.compile(
    r"(?:bộ luật|luật|nghị định|nghị quyết|quyết định|thông tư|pháp lệnh)(?= số \d)"
)
# «… của Thông tư số», «Thực hiện Nghị định số»: the number that follows is another act's.
_OF_ANOTHER_ACT = re.compile(
    r"\S\s+(?:bộ\s+luật|luật|nghị\s+định|nghị\s+quyết|quyết\s+định|thông\s+tư(?:\s+liên\s+tịch)?"
    r"|pháp\s+lệnh|chỉ\s+thị|công\s+văn)\s*$",
    re.IGNORECASE,
)
# Công báo and portals put issuer, number and date into the title: «CỦA … SỐ … NGÀY … NĂM 2010 …».
_PUBLISHED = re.compile(
    r"^CỦA\s.{4,120}?(?:\sSỐ\s.{1,40}?)?\sNGÀY\s.{1,12}?(?:THÁNG|/).{1,12}?\d{4}\s*"
    r"|\s+(?:CỦA\s+QUỐC\s+HỘI|SỐ\s+\d+/\d{4}/QH).*$"
)
_AMENDS = re.compile(r"(?:SỬA\s+ĐỔI|BỔ\s+SUNG|BÃI\s+BỎ)\b")
_ATTACHED_TO = re.compile(r"[Kk]èm theo|KÈM THEO")
# «SỐ 66 NGÀY 24 THÁNG 11 NĂM 1945», «SỐ 77-B NGÀY …»: only plain numbers have a later spelling.
_DECREE_NUMBER = re.compile(
    r"SỐ\s+(?P<num>\d{1,3})(?P<series>[/-][A-ZĐ]{1,3})?\s+NGÀY\s.{1,30}?(?P<year>19[45]\d)"
)
_DECREE_ISSUER = re.compile(r"CỦA\s+(?P<name>CHỦ\s+TỊCH\s+.{4,60}?)(?=\s+SỐ\s+\d|$)")
# «Luật số 36/2024/QH15 ngày 27 tháng 6 năm 2024», then the title: continued issues of Công báo.
_NUMBERED_TYPE = re.compile(r"(?P<type>Bộ luật|Luật|Nghị quyết|Pháp lệnh)\s+số\s+\d\S+\s+ngày\s")
# «…» stands for digits that a scan shows too poorly: the number is then not to be guessed.
_UNREADABLE_NUMBER = re.compile(r"\s*…\s*(?:/|$)")
# «Luật số: 68/2020/QH14», «Quốc hội ban hành Luật Cư trú»: the kind of an act whose own line
# the scan has lost.
_NUMBERED_LAW = re.compile(r"(?P<type>Bộ luật|Luật|Nghị quyết|Pháp lệnh)\s+số\s*:")
_ENACTED = re.compile(rf"\bban\s+hành\s+(?P<type>{'|'.join(_TYPE_NAMES)})\s+(?!này\b)")
_ABBREVIATION = re.compile(r"\b[bcdđghklmnpqrstvx]{3,}\b")
_BODY_WORDS = re.compile(
    r"\b(?:BỘ|ỦY BAN|UỶ BAN|HỘI ĐỒNG|CHÍNH PHỦ|QUỐC HỘI|TÒA ÁN|TOÀ ÁN|VIỆN|CỤC|SỞ|NGÂN HÀNG"
    r"|THANH TRA|KIỂM TOÁN|VĂN PHÒNG|BAN|CHỦ TỊCH|THỦ TƯỚNG|TỔNG)\b"
)
_UNFINISHED = frozenset((
    "của", "và", "các", "về", "theo", "tại", "số", "do", "cho", "với", "trong", "thuộc", "bộ",
    "nước",
))  # fmt: skip
# Only one body can issue these.
_ISSUER_OF_TYPE = {
    "Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội",
    "Nghị định": "Chính phủ",
}  # fmt: skip
_LONGEST_SEGMENT = 1500
_NUMBERED_WITHIN = 5  # lines
_LONGEST_PLACE = 45  # «Thành phố Hồ Chí Minh, »


def read_head(
    raw: RawDocument, cleaned: CleanText, lines: list[Line], begin: int, effect_words: str
) -> Head:
    """Return the head of an act.

    ``lines[:begin]`` stand before its first unit; ``effect_words`` are the act's own provisions
    that speak of effect (not quoted ones).
    """
    segments = _segments(raw, cleaned, lines[:begin])
    consolidated = any(_CONSOLIDATED.search(words) for words in segments[:12])
    number = _find_number(segments, consolidated)
    kind, title = _find_type_and_title(segments, number, consolidated)
    issued = _find_issued(segments) or _date_after(_PASSED, cleaned.text)
    return Head(
        number=number.official if number else _decree_number(segments),
        type=kind,
        title=title,
        issuer=_find_issuer(segments, number) or _ISSUER_OF_TYPE.get(kind, ""),
        issued=issued,
        effective=find_effect(clean(effect_words).text, issued),
    )


def _segments(raw: RawDocument, cleaned: CleanText, lines: list[Line]) -> list[str]:
    """Lines of the head, table rows cut into their cells, blanks evened."""
    segments = []
    for line in lines:
        start, end = cleaned.source_span(line.start, line.end)
        for cell in raw.text[start:end].split("\t"):
            words = " ".join(clean(cell).text.split())
            if words:
                segments.append(words[:_LONGEST_SEGMENT])
    return segments


def _find_number(segments: list[str], consolidated: bool) -> ActNumber | None:
    """Return the act's own number; of a consolidated text never that of the act it consolidates."""
    for words in segments:
        match = _NUMBER_LINE.match(words)
        if match and _UNREADABLE_NUMBER.match(match["rest"]):
            return None
        found = next(find_numbers(match["rest"]), None) if match else None
        if found and found.start == 0 and (found.number.type == "VBHN" or not consolidated):
            return found.number
    if consolidated:
        return None
    for words in segments:
        if _LEGAL_GROUND.match(words):
            break
        if words.startswith("(") or _ATTACHED_TO.search(words):
            continue
        if words.isupper() and (decree := _DECREE_NUMBER.search(words)):
            return (
                None if decree["series"] else parse_number(f"{decree['num']}/SL/{decree['year']}")
            )
        inner = _NUMBER_WORD.search(words)
        if inner and _OF_ANOTHER_ACT.search(words, 0, inner.start()):
            continue
        found = next(find_numbers(words, inner.end() if inner else 0), None)
        if found and (found.start == 0 or inner):
            return found.number
    return None


def _decree_number(segments: list[str]) -> str:
    """Return «77-B» of a decree of 1945 – 1959 that is numbered within a series."""
    for words in segments:
        decree = _DECREE_NUMBER.search(words) if words.isupper() else None
        if decree and decree["series"]:
            return decree["num"] + decree["series"]
    return ""


def _find_type_and_title(
    segments: list[str], number: ActNumber | None, consolidated: bool
) -> tuple[str, str]:
    consolidated = consolidated or (number is not None and number.type == "VBHN")
    name = title = ""
    if segments and segments[0].upper().startswith("PHỤ LỤC"):
        return "", ""  # an annex in a file of its own: types in it are those of its forms
    for place, words in enumerate(segments):
        match = _TYPE_LINE.match(words)
        if match is None or words.endswith(":") or _NUMBER_LINE.match(words):
            continue
        found = _TYPE_WORDS["".join(match["type"].split())]
        rest = match["rest"].lstrip("-–: ")
        wordless = rest and not any(map(str.isalpha, rest))
        if found == "Văn bản hợp nhất" or rest[:2].upper() == "SỐ" or wordless:
            continue
        name = found
        title = _title(([rest] if rest else []) + segments[place + 1 :], name)
        break
    for place, words in enumerate(segments[:_NUMBERED_WITHIN] if not name else ()):
        if match := _NUMBERED_TYPE.match(words):
            name = match["type"]
            title = _title(segments[place + 1 :], name)
            break
    if not name and number is not None and number.type != "VBHN":
        name = number.type_name
    name = name or _told_type(segments)
    if not _AMENDS.match(title):  # the numbers in its title are those of other laws
        title = _PUBLISHED.sub("", title)
    title = _natural_case(title, segments) or _enacted_title(segments, name)
    if name and title.startswith(f"{name} "):
        title = title[len(name) + 1 :]
        title = title[0].upper() + title[1:]
    return ("Văn bản hợp nhất" if consolidated else name), title


def _told_type(segments: list[str]) -> str:
    """Return the kind of act that the number line or the enacting sentence tells."""
    for words in segments:
        if match := _NUMBERED_LAW.match(words) or _ENACTED.search(words):
            return match["type"]
    return ""


def _title(segments: list[str], name: str) -> str:
    """Join the title's lines: capitals go with capitals, sentences with sentences."""
    taken: list[str] = []
    for words in segments:
        if _RULE.match(words) and not taken:
            continue
        unfinished = bool(taken) and taken[-1].rpartition(" ")[2].lower() in _UNFINISHED
        if (
            _RULE.match(words)
            or _LEGAL_GROUND.match(words)
            or words.startswith("(")
            or (_MOTTO.match(words) and not unfinished)
            or words == "LỜI NÓI ĐẦU"
            or len(taken) == 8
            or (_AMENDED_BY.match(words) and not unfinished)
        ):
            break
        upper = words.isupper()
        if taken and upper != taken[0].isupper() and not unfinished:
            break
        if (
            upper
            and _ENACTOR.match(words)
            and (taken or name not in ("Luật", "Bộ luật", "Pháp lệnh"))
        ):
            break
        # where a consolidated text introduces itself: «Nghị định số … được sửa đổi, bổ sung bởi»
        intro = re.search(
            rf"(?<=\S)\s+{name}\s+(?:số\s+)?\d(?=.*(?:bổ sung bởi|có hiệu lực))", words
        )
        taken.append(words[: intro.start()] if intro else words)
        if intro or words.endswith((".", ";")):
            break
    return " ".join(taken).lstrip("-–— ").rstrip(" .;")


def _enacted_title(segments: list[str], name: str) -> str:
    """Return the title from «… ban hành Nghị định quy định …», where the title line is missing."""
    if not name:
        return ""
    for words in segments:
        match = re.search(rf"ban hành {name} (?P<title>[^;.:]+)", words)
        if match:
            title = match["title"].strip()
            return title[0].upper() + title[1:]
    return ""


def _natural_case(title: str, segments: list[str]) -> str:
    """Give a title in capitals the spelling of the enacting sentence, else sentence case."""
    if not title.isupper():
        return title
    wanted = title.casefold()
    for words in segments:
        at = words.casefold().find(wanted)
        found = words[at : at + len(title)]
        if at >= 0 and len(words.casefold()) == len(words) and not found.isupper():
            return found[0].upper() + found[1:]
    lowered = _NAMED_ACT.sub(lambda match: match.group().capitalize(), title.capitalize())
    for found in find_numbers(title):
        lowered = lowered[: found.start] + found.number.official + lowered[found.end :]
    lowered = lowered.replace("cộng hòa xã hội chủ nghĩa việt", "Cộng hòa xã hội chủ nghĩa việt")
    return lowered.replace("việt nam", "Việt Nam")


def _as_date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    day, month, year = (
        (match["day"], match["month"], match["year"])
        if match["day"]
        else (match["d"], match["m"], match["y"])
    )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _find_issued(segments: list[str]) -> date | None:
    """Return the date of the «place, date» line, else of a title («… NGÀY 29/11/2013»)."""
    for words in segments:
        number = _NUMBER_LINE.match(words)
        found = next(find_numbers(number["rest"]), None) if number else None
        if number and found:
            words = number["rest"][found.end :].strip()
        match = _DATE.search(words)
        if match is None or match.start() > _LONGEST_PLACE or not _ends_there(words, match.end()):
            continue
        place = words[: match.start()].rstrip()
        if not place or place.endswith(","):
            return _as_date(match)
    for words in segments:
        match = re.search(r"NGÀY\s+(?=\d)", words)
        if match and words.isupper():
            return _as_date(_DATE.match(words, match.start()))
    return None


def _ends_there(words: str, end: int) -> bool:
    """Whether nothing but the letters of a stamp (on scans) follows the date."""
    letters = [char for char in words[end + 3 :] if char.isalpha()]
    return sum(map(str.isupper, letters)) * 2 > len(letters) or len(words) - end <= 3


def _date_after(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    return _as_date(_DATE.match(text, match.end())) if match else None


def find_effect(text: str, issued: date | None) -> date | None:
    """Return the day from which the act says it has effect; None where it cannot be computed.

    «… này có hiệu lực (thi hành) (kể) từ ngày …», «… từ ngày ký», «… sau 45 ngày kể từ ngày ký».
    """
    for match in _EFFECT.finditer(text):
        if match["from"]:
            found = _as_date(_DATE.match(text, match.end()))
            if found:
                return found
        elif issued is not None:
            return issued + timedelta(days=int(match["after"] or 0))
    return None


def _find_issuer(segments: list[str], number: ActNumber | None) -> str:
    agencies = shipped().issuers_from_number(number.official) if number else ()
    printed = _printed_issuer(segments)
    if agencies and not (printed and any(agency.kind == "dia_phuong" for agency in agencies)):
        return ", ".join(agency.name for agency in agencies)
    return printed


def _printed_issuer(segments: list[str]) -> str:
    """Return the issuer above the number, in sentence case; a decree names it in its title."""
    taken: list[str] = []
    for words in segments[:12]:
        if not taken and words.startswith(("VĂN BẢN", "PHẦN", "CÔNG BÁO")):
            continue
        if decree := _DECREE_ISSUER.match(words):
            return decree["name"].capitalize()
        stops = _RULE.match(words) or _NUMBER_LINE.match(words) or _TYPE_LINE.match(words)
        if taken and (_MOTTO.search(words) or stops or not words.isupper()):
            break
        if _TYPE_LINE.match(words) and not words.startswith("SẮC LỆNH"):
            break
        if _MOTTO.search(words) or stops or not words.isupper():
            continue
        taken.append(words)
    name = " ".join(taken)
    if not _BODY_WORDS.search(name):
        return ""
    agency = shipped().find(name)
    if agency:
        return agency.name
    place = _LOCAL.search(name)
    if place:
        return name[: place.end()].capitalize() + name[place.end() :].title()
    above = shipped().find(taken[0])
    if above and len(taken) > 1:
        return f"{_body_name(' '.join(taken[1:]))}, {above.name}"
    return _body_name(name)


def _body_name(words: str) -> str:
    """«CỤC CẢNH SÁT PCCC» as «Cục cảnh sát PCCC»: syllables without a vowel are abbreviations."""
    return _ABBREVIATION.sub(lambda match: match.group().upper(), words.capitalize())
