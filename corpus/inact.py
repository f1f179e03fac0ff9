"""What only the whole act says about its references: its tree, its title, its last Điều.

«Chương này», «điểm 9.4 Thông tư này» and «Điều 16 Nghị định» are found through the tree and the
title; a Điều that the act does not have is of another act (DOMAIN 5.7).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.citation import Citation
from corpus.mention import find_mentions
from corpus.number import find_numbers
from corpus.records import Act, Provision

_OWN_DIEU = re.compile(r"dieu-(?P<number>\d+)")
_DIEU_OF_PATH = re.compile(r"dieu-(?P<number>\d+)[a-zđ]?(?:/|$)")
_DOTTED_KHOAN = re.compile(r"/khoan-(?P<number>\d+(?:\.\d+)+)$")
_DOTTED_DIEM = re.compile(r"(?:^|/)diem-(?P<number>\d+(?:\.\d+)+)$")
_KHOAN = re.compile(r"khoan-\d+(?=/)")
_SENTENCE_END = re.compile(r"\.\s+[A-ZĐ]|\n")
# «Hướng dẫn một số điều của Nghị định số …»: what «Nghị định» alone means below such a title
_GUIDES = re.compile(r"[Hh]ướng\s+dẫn|[Qq]uy\s+định\s+chi\s+tiết")
_TYPE_WORD = re.compile(r"Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư")
_SURROUNDING = re.compile(r"(?P<name>[Pp]hần|Chương|[Mm]ục|[Tt]iểu mục|[Mm]ẫu|Phụ lục)\s+này$")
_TARIFF = re.compile(r"[Cc]hương\s+\d\d(?:\s*(?:,|và|hoặc|đến|-)\s*\d\d)*$")
_LEVELS = {
    "phần": "phan", "chương": "chuong", "mục": "muc", "tiểu mục": "tieu-muc", "mẫu": "mau",
    "phụ lục": "phu-luc",
}  # fmt: skip
# «điểm 1, 2 nêu trên» of old acts, which call «1.» a điểm
# New text says «(đã được sửa đổi tại khoản 10 Điều 1 Nghị định này)» of the act that brings it.
_AMENDED_BY = re.compile(
    r"được\s+(?:sửa\s+đổi|(?:sửa\s+đổi,?\s+)?bổ\s+sung|thay\s+thế|bãi\s+bỏ)\s+(?:tại|bởi)\s+$"
)
_KHOAN_WORD = re.compile(r"[Kk]hoản")
_PLAIN_DIEM = re.compile(r"(?P<above>.+)/khoan-\d+/diem-(?P<number>\d+)(?P<below>/.+)?")
_CODE = re.compile(r"Bộ\s+luật\s+này$")
_LAW_REACH = 1000  # characters between a law and «Bộ luật này»
_LAW_NUMBER = re.compile(r"/QH\d+$")
_DECISION = re.compile(r"(?P<type>Quyết\s+định|Nghị\s+quyết)(?:\s+liên\s+tịch)?\s+này$")


class WholeAct:
    """An act as a place where references are looked up."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._last = _last_dieu(act)
        self._paths = {provision.path for provision in act.provisions}
        self._dotted = _dotted_khoan(act)
        self._titled = _acts_of_title(act)

    def with_later_act(self, text: str, citations: list[Citation]) -> list[Citation]:
        """Give a Điều that the act does not have to the act that its sentence names later on.

        «theo khoản 3 Điều 19; nộp phí theo khoản 2 Điều 26 Thông tư số …» in an act of seven Điều.
        """
        given = list(citations)
        for index in range(len(given) - 2, -1, -1):
            citation, after = given[index : index + 2]
            if not self._lacks(citation) or not after.act or not after.paths:
                continue
            if not _SENTENCE_END.search(text, citation.end, after.start):
                given[index] = replace(citation, act=after.act)
        return given

    def settled(self, citation: Citation, provision: Provision, text: str) -> Citation | None:
        """Return the reference with what the act knows of it; None where it means nothing.

        ``text``: clean text of ``provision``, which holds the reference.
        """
        citation = replace(citation, act=self._titled.get(citation.act, citation.act))
        if provision.quoted and citation.relative and _AMENDED_BY.search(text[: citation.start]):
            return replace(citation, act="")
        level = _SURROUNDING.search(text, citation.start, citation.end)
        if level and not citation.paths:
            outer = self._around(provision, _LEVELS[level["name"].lower()])
            # «Mẫu này» of a note that stands in none
            return replace(citation, paths=(outer,)) if outer else None
        words = text[citation.start : citation.end]
        if citation.act and citation.act == self._act.head.type and "kèm theo" in words:
            # «Phụ lục 03 ban hành kèm theo Thông tư»: the act at hand says its own type
            citation = replace(citation, act="", relative=True)
        if citation.act:
            return citation
        if not citation.relative and self._is_tariff(citation, text):
            return None
        if not provision.quoted and self._is_another_decision(words):
            return None
        resolution = not provision.quoted and self._act.head.type == "Nghị quyết"
        if resolution and _CODE.search(words) and (law := _last_law(text, citation.start)):
            # «thi hành Bộ luật Dân sự số … từ ngày Bộ luật này có hiệu lực»
            return replace(citation, act=law, relative=False)
        paths = (self._stored(path, provision) for path in citation.paths)
        if citation.relative and not _KHOAN_WORD.search(words):
            paths = (self._plain(path) for path in paths)
        return replace(citation, paths=tuple(paths))

    def _is_tariff(self, citation: Citation, text: str) -> bool:
        """Whether «chương 64» is one of the customs tariff: no chapter of the act at hand."""
        shown = _TARIFF.search(text, citation.start, citation.end)
        return shown is not None and not self._paths.issuperset(citation.paths)

    def _is_another_decision(self, words: str) -> bool:
        """Whether «Quyết định này phải được gửi cho …» is a decision that the act speaks of.

        An act of another type calls itself otherwise.
        """
        decision = _DECISION.search(words)
        own = self._act.head.type
        return bool(decision and own and not own.startswith(" ".join(decision["type"].split())))

    def _lacks(self, citation: Citation) -> bool:
        if citation.act or citation.relative or not citation.paths or not self._last:
            return False
        numbers = [_DIEU_OF_PATH.match(path) for path in citation.paths]
        return all(match and int(match["number"]) > self._last for match in numbers)

    def _around(self, provision: Provision, level: str) -> str:
        """Return the path of the unit of ``level`` around a provision; "" for none."""
        place = provision.parent
        while place is not None:
            unit = self._act.provisions[place]
            if unit.level == level:
                return unit.path
            place = unit.parent
        return ""

    def _plain(self, path: str) -> str:
        """Return the khoản that a bare «điểm 1» means where no such điểm is stored."""
        match = None if path in self._paths else _PLAIN_DIEM.fullmatch(path)
        khoan = f"{match['above']}/khoan-{match['number']}" if match else ""
        return khoan + (match["below"] or "") if match and khoan in self._paths else path

    def _stored(self, path: str, provision: Provision) -> str:
        """Return where «điểm 9.4» is: acts that number «9.4.» call it điểm, the tree khoản."""
        match = _DOTTED_DIEM.search(path)
        if match and (near := path.replace("diem-", "khoan-")) in self._paths:
            return near  # «điểm 1.1 khoản 1 Điều này»
        stored = self._dotted.get(match["number"], "") if match else ""
        if not match or not stored:
            return path
        above = path[: match.start()]
        completed = not above or f"{provision.path}/".startswith(f"{above}/")
        khoan: Sequence[str] = _KHOAN.findall(f"{above}/")
        same = bool(khoan) and all(f"/{unit}/" in stored for unit in khoan)
        return stored if completed or same else path


def _last_law(text: str, end: int) -> str:
    """Return the number of the last law that ``text`` names before ``end``; "" for none."""
    numbers = (
        found.number.official for found in find_numbers(text[max(0, end - _LAW_REACH) : end])
    )
    return next((number for number in reversed([*numbers]) if _LAW_NUMBER.search(number)), "")


def _last_dieu(act: Act) -> int:
    """Return the number of the act's last Điều; 0 where its Điều do not run from 1 to there."""
    numbers = {
        int(match["number"]) for p in act.provisions if (match := _OWN_DIEU.fullmatch(p.path))
    }
    last = max(numbers, default=0)
    return last if len(numbers) == last else 0


def _dotted_khoan(act: Act) -> dict[str, str]:
    """Return number → path of the khoản «9.4» that the act has only once."""
    found: dict[str, str] = {}
    for provision in act.provisions:
        match = None if provision.quoted else _DOTTED_KHOAN.search(provision.path)
        if match:
            other = match["number"] in found
            found[match["number"]] = "" if other else provision.path
    return found


def _acts_of_title(act: Act) -> dict[str, str]:
    """Return type → the one act of that type in «Hướng dẫn một số điều của Nghị định số …»."""
    found: dict[str, set[str]] = {}
    title = act.head.title
    if _GUIDES.search(title):
        for mention in find_mentions(title):
            kind = _TYPE_WORD.match(title, mention.start)
            if kind and not mention.short and not mention.relative:
                found.setdefault(kind.group(), set()).add(mention.act)
    return {kind: acts.pop() for kind, acts in found.items() if len(acts) == 1}
