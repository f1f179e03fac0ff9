"""What only the whole act says about its references: its tree, its title, its last Điều.

«Chương này», «điểm 9.4 Thông tư này» and «Điều 16 Nghị định» are found through the tree and the
title; a Điều that the act does not have is of another act (DOMAIN 5.7).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.citation import Citation
from corpus.effect import LAW_TYPES
from corpus.mention import find_mentions
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
_LEVELS = {
    "phần": "phan", "chương": "chuong", "mục": "muc", "tiểu mục": "tieu-muc", "mẫu": "mau",
    "phụ lục": "phu-luc",
}  # fmt: skip
_DECISION = re.compile(r"(?:Quyết\s+định|Nghị\s+quyết)\s+này$")


class WholeAct:
    """An act as a place where references are looked up."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._last = _last_dieu(act)
        self._dotted = _dotted_khoan(act)
        self._titled = _acts_of_title(act)
        self._is_law = act.head.type in LAW_TYPES

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
        level = _SURROUNDING.search(text, citation.start, citation.end)
        if level and not citation.paths:
            outer = self._around(provision, _LEVELS[level["name"].lower()])
            # «Mẫu này» of a note that stands in none
            return replace(citation, paths=(outer,)) if outer else None
        if citation.act:
            return citation
        # «Quyết định này phải được gửi cho doanh nghiệp»: a decision that the law speaks of
        if self._is_law and not provision.quoted and _DECISION.search(text[: citation.end]):
            return None
        return replace(citation, paths=tuple(self._stored(p, provision) for p in citation.paths))

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

    def _stored(self, path: str, provision: Provision) -> str:
        """Return where «điểm 9.4» is: acts that number «9.4.» call it điểm, the tree khoản."""
        match = _DOTTED_DIEM.search(path)
        stored = self._dotted.get(match["number"], "") if match else ""
        if not match or not stored:
            return path
        above = path[: match.start()]
        completed = not above or f"{provision.path}/".startswith(f"{above}/")
        khoan: Sequence[str] = _KHOAN.findall(f"{above}/")
        same = bool(khoan) and all(f"/{unit}/" in stored for unit in khoan)
        return stored if completed or same else path


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
