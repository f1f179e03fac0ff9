"""Where the words of a provision come from: who amended it, by which provision, since when.

Consolidated texts say it in footnotes («10 Điểm này được sửa đổi, bổ sung theo quy định tại khoản 1
Điều 1 Nghị định số …, có hiệu lực kể từ ngày …», DOMAIN 5.4), Bộ Pháp điển in the note under each
article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.footnote import is_consolidated
from corpus.number import find_numbers, normal_number
from corpus.records import Act, Provision
from corpus.reference import join_paths, unit_lists
from corpus.text import CleanText, clean

Kind = Literal[
    "sua_doi", "bo_sung", "sua_doi_bo_sung", "bai_bo", "thay_the", "ban_hanh", "dinh_chinh"
]
KIND_NAMES: dict[Kind, str] = {
    "sua_doi": "Sửa đổi",
    "bo_sung": "Bổ sung",
    "sua_doi_bo_sung": "Sửa đổi, bổ sung",
    "bai_bo": "Bãi bỏ",
    "thay_the": "Thay thế",
    "ban_hanh": "Ban hành kèm theo",
    "dinh_chinh": "Đính chính",
}


@dataclass(frozen=True, slots=True)
class Edge:
    """One change that a provision has seen."""

    path: str  # provision of the act at hand; "" where the text does not show which
    kind: Kind
    by: str  # official number of the amending act
    provisions: tuple[str, ...]  # its provisions that say so; () where the note names none
    since: date | None
    phrase: str = ""  # the words meant, where the note is about words only
    mark: int = 0  # number of the footnote; 0 for a note of Bộ Pháp điển


@dataclass(frozen=True, slots=True)
class Consolidated:
    """An act that went into a consolidated text, the amended one first."""

    number: str
    since: date | None


_UNITS = {
    "điểm": "diem", "khoản": "khoan", "điều": "dieu", "mục": "muc", "chương": "chuong",
    "phụ lục": "phu-luc", "mẫu": "mau", "biểu": "mau",
}  # fmt: skip
_UNIT = r"(?P<unit>[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hụ\s+lục|[Mm]ẫu|[Bb]iểu)"
_WORDS = r"(?:[Cc]ụm\s+từ|[Nn]ội\s+dung|[Tt]ừ|[Đđ]oạn|[Cc]âu|[Kk]iểu\s+chữ\s+số)"
# «2 Khoản này», «3 Tên điều này», «4 Nội dung “…”», «5 Số thứ tự điều này»
_SUBJECT = (
    rf"(?:(?:(?:Tên|Tiêu\s+đề|Số\s+thứ\s+tự|Đoạn\s+\S+)\s+)?{_UNIT}\s+này"
    rf"|{_WORDS}\s*(?:này|[“\"«](?P<phrase>[^”\"»\n]{{1,600}})[”\"»]|[^“\"«\n]{{1,60}}?))"
)
_VERB = (
    r"được\s+(?P<verb>sửa\s+đổi\s*,?\s*bổ\s+sung|sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|hủy\s+bỏ|bỏ|thay\s+thế"
    r"|thay|ban\s+hành|đính\s+chính)"
)
_NOTE = re.compile(
    rf"(?<![\w./-])(?P<mark>\d{{1,3}})\s+{_SUBJECT}\s+{_VERB}(?P<middle>.{{0,400}}?)"
    r"\b(?:theo|bởi)(?:\s+quy\s+định)?(?:\s+tại|\s+của)?\s+(?=(?:[Đđ]iểm|[Kk]ho[ảà]n|Điều|các\s|Luật"
    r"|Nghị|Thông|Quyết|Pháp))",
    re.S,
)
_VERBS: tuple[tuple[str, Kind], ...] = (
    ("sửa đổi bổ sung", "sua_doi_bo_sung"), ("sửa đổi", "sua_doi"), ("bổ sung", "bo_sung"),
    ("thay", "thay_the"), ("ban hành", "ban_hanh"), ("đính chính", "dinh_chinh"), ("", "bai_bo"),
)  # fmt: skip
_SINCE = re.compile(
    r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+ngày\s+"
    r"(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})"
)
_DESCRIBES = re.compile(
    r"(?:\b(?:tại|của|theo|thi\s+hành|và)|[;,])\s+"
    r"(?:Luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết|Quyết\s+định|Thông\s+tư(?:\s+liên\s+tịch)?)\s+(?:số\s+)?$"
)
_NEAR = 60  # characters before a number that can say what it is
_REST = 900  # characters of a note after «theo quy định tại»
# Marks stand after a word, a stop, a label: «mạng.12», «b)2», «1.2 Khi có», «3. 13 (được bãi bỏ)».
_MARK = (
    r"(?:(?:(?<=[^\W\d_])|(?<=[.,;:)\]”\"’])|(?<=[^\W\d_]\d\s)|(?<=[.,;:)”\"]\d\s)){0}(?![\w.,]\d|\w)"
    r"|(?<=[.)]\s){0}(?=\s*\(được))"
)
_KHOAN_LABEL = re.compile(r"^(?P<number>\d{1,3}[a-zđ]?)\.\s?$")
_DIEM_LABEL = re.compile(r"(?:^|\s)(?P<number>[a-zđ]\d{0,2})\)\s?$")
# «2.9 Hồ sơ»: khoản 2 with mark 9
_MARKED_KHOAN = re.compile(r"^(?P<number>\d{1,3}[a-zđ]?)\.(?P<mark>\d{1,3})\s")
# «Mẫu số 014 (được bãi bỏ)», «PHỤ LỤC 35»: mark glued to the number of a form
_MARKED_FORM = (
    r"^(?P<name>(?:Biểu\s+)?[Mm]ẫu(?:\s+số)?|MẪU(?:\s+SỐ)?|[Pp]hụ\s+lục|PHỤ\s+LỤC)\s+"
    r"(?P<number>\d{{1,3}}[A-Za-z]?|[IVXLC]+){}(?=\s*(?:\(|$))"
)


def provenance_of(act: Act) -> list[Edge]:
    """Return the changes that the notes of ``act`` tell of, in the order of the notes."""
    edges = [
        Edge(
            note.dieu, "sua_doi_bo_sung", normal_number(change.act), change.paths, change.effective
        )
        for note in act.raw.article_notes
        for change in note.amended_by
    ]
    if is_consolidated(act.raw.text):
        edges += _footnotes(act)
    return edges


def consolidated_acts(act: Act) -> list[Consolidated]:
    """Return the acts that a consolidated text was made from, [] for another act."""
    if not is_consolidated(act.raw.text):
        return []
    end = act.provisions[0].start if act.provisions else len(act.raw.text)
    found: dict[str, Consolidated] = {}
    for line in clean(act.raw.text[:end]).text.splitlines():
        since = _SINCE.search(line)
        # a title before it on the same line names other acts («… quy định tại Nghị định số …»)
        named = [
            n
            for n in find_numbers(line)
            if not _DESCRIBES.search(line[max(0, n.start - _NEAR) : n.start])
        ]
        if named and since:
            official = named[0].number.official
            found.setdefault(official, Consolidated(official, _day(since)))
    return list(found.values())


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:  # a day that does not exist, as printed
        return None


def _footnotes(act: Act) -> Iterator[Edge]:
    cleaned = clean(act.raw.text)
    text = cleaned.text
    places = _Places(act, cleaned)
    notes = list(_NOTE.finditer(text))
    for place, note in enumerate(notes):
        until = notes[place + 1].start() if place + 1 < len(notes) else len(text)
        rest = text[note.end() : min(until, note.end() + _REST)]
        number = next(find_numbers(rest), None)
        if number is None:
            continue
        units = rest[: number.start].replace("Khoàn", "Khoản")
        yield Edge(
            places.anchor(int(note["mark"]), note.start(), note["unit"]),
            _kind(note["verb"]),
            number.number.official,
            tuple(join_paths(unit_lists(units), units)),
            _day(_SINCE.search(rest)),
            " ".join((note["phrase"] or "").split()),
            int(note["mark"]),
        )


def _kind(verb: str) -> Kind:
    words = " ".join(verb.replace(",", " ").split())
    return next(kind for begins, kind in _VERBS if words.startswith(begins))


class _Places:
    """Finds the marks of footnotes in the provisions, one after the other."""

    def __init__(self, act: Act, cleaned: CleanText) -> None:
        self._act = act
        self._text = cleaned.text
        self._spans = [
            (cleaned.clean_offset(unit.start), cleaned.clean_offset(unit.end), unit)
            for unit in act.provisions
        ]
        self._after = 0  # marks stand in the order of their numbers

    def anchor(self, mark: int, before: int, unit: str | None) -> str:
        """Return the path of the unit that bears ``mark``; "" where none is found."""
        level = _UNITS[" ".join(unit.lower().split())] if unit else ""
        if level in ("", "mau", "phu-luc"):
            form = self._form(mark, before)
            if form:
                return form
        found: list[tuple[str, int]] = []
        for match in re.compile(_MARK.format(mark)).finditer(self._text, self._after, before):
            path = self._path(match.start(), level)
            if path and (not level or _level_of(path) == level):
                found.append((path, match.end()))
        if not found:
            return ""
        path, self._after = found[0 if level else -1]
        return path

    def _form(self, mark: int, before: int) -> str:
        pattern = re.compile(_MARKED_FORM.format(mark), re.M)
        match = pattern.search(self._text, self._after, before)
        if match is None:
            return ""
        self._after = match.end()
        name = "Phụ lục" if match["name"].lower().startswith("ph") else "Mẫu số"
        shown = f"{name} {match['number']}"
        path = next(iter(join_paths(unit_lists(shown), shown)), "")
        outer = self._at(match.start())
        root = outer.path.split("/")[0] if outer else ""
        inside = name == "Mẫu số" and root.startswith("phu-luc-")
        return f"{root}/{path}" if inside and path else path

    def _at(self, offset: int) -> Provision | None:
        return next((s[2] for s in reversed(self._spans) if s[0] <= offset < s[1]), None)

    def _path(self, offset: int, level: str) -> str:
        unit = self._at(offset)
        if unit is None:
            return ""
        begin = self._text.rfind("\n", 0, offset) + 1
        before = self._text[begin:offset]
        khoan = _KHOAN_LABEL.search(before) or _MARKED_KHOAN.search(before)
        diem = _DIEM_LABEL.search(before)
        dieu = self._up_to(unit, "dieu")
        if khoan and dieu and level in ("khoan", "diem", ""):
            outer = f"{dieu.path}/khoan-{khoan['number']}"
            return f"{outer}/diem-{diem['number']}" if diem else outer
        if diem and level in ("diem", ""):
            holder = self._up_to(unit, "khoan") or dieu
            return f"{holder.path}/diem-{diem['number']}" if holder else ""
        if level and level != "doan":
            above = self._up_to(unit, level)
            return above.path if above else ""
        while unit.level == "doan" and unit.parent is not None:
            unit = self._act.provisions[unit.parent]
        return unit.path

    def _up_to(self, unit: Provision, level: str) -> Provision | None:
        """Return the unit of ``level`` that is or holds ``unit``."""
        above: Provision | None = unit
        while above is not None and above.level != level:
            above = self._act.provisions[above.parent] if above.parent is not None else None
        return above


def _level_of(path: str) -> str:
    return path.rpartition("/")[2].partition("~")[0].rpartition("-")[0]
