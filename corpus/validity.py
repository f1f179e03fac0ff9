"""Effect of an act on a date: its own clauses, and what other acts say about it (DOMAIN 5.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.amendment import amend_ops
from corpus.head import find_effect
from corpus.number import find_numbers, number_key
from corpus.records import Act
from corpus.text import clean

State = Literal[
    "chua_hieu_luc", "con_hieu_luc", "het_hieu_luc", "het_hieu_luc_mot_phan", "khong_ro"
]
STATE_NAMES: dict[State, str] = {
    "chua_hieu_luc": "Chưa có hiệu lực",
    "con_hieu_luc": "Còn hiệu lực",
    "het_hieu_luc": "Hết hiệu lực",
    "het_hieu_luc_mot_phan": "Hết hiệu lực một phần",
    "khong_ro": "Chưa xác định được hiệu lực",
}

_DATE = (
    r"ngày\s+(?P<{0}d>\d{{1,2}})(?:\s+tháng\s+|/|-|\.)(?P<{0}m>\d{{1,2}})"
    r"(?:\s+năm\s+|/|-|\.)(?P<{0}y>\d{{4}})"
)
# «… đến hết ngày 28 tháng 02 năm 2027»
_UNTIL = re.compile(r"này\s+có\s+hiệu\s+lực[^.;]{0,120}?đến\s+(?:hết\s+)?" + _DATE.format(""))
_TYPE = (
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư(?:\s+liên tịch)?)"
)
# «Nghị định số 1/2010/NĐ-CP … hết hiệu lực kể từ ngày Nghị định này có hiệu lực»
_EXPIRES = re.compile(r"hết\s+hiệu\s+lực")
_REPLACES = re.compile(
    rf"(?:thay\s+thế|bãi\s+bỏ|hủy\s+bỏ)\s+(?:cho\s+)?(?:toàn\s+bộ\s+)?(?:các\s+)?(?={_TYPE})"
)
_EXPIRES_ON = re.compile(r"hết\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+" + _DATE.format(""))
# What describes an act: dates, «của Chính phủ quy định …». Numbers in it are not repealed.
_DESCRIPTION = re.compile(
    r"\s(?:quy\s+định|hướng\s+dẫn|về\s|sửa\s+đổi|ban\s+hành|phê\s+duyệt)"
    rf".*?(?=(?:;|\bvà)\s+(?:các\s+)?{_TYPE}(?:\s+số)?\s+\d|hết\s+hiệu\s+lực|$)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class EffectPeriod:
    """What an act says of its own effect; None where it does not say, or not computably."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Repeal:
    """One act (or part of it) ended by another."""

    target: str  # official number of the act that ends
    path: str  # "" for the whole act
    by: str  # official number of the act that ends it
    provision: str  # where that act says so
    since: date | None


@dataclass(frozen=True, slots=True)
class Status:
    """State of an act on a date with the repeals that made it so."""

    state: State
    on: date
    period: EffectPeriod
    repeals: tuple[Repeal, ...] = ()

    @property
    def name(self) -> str:
        return STATE_NAMES[self.state]


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def effect_period(act: Act) -> EffectPeriod:
    """Return since when and until when ``act`` says it has effect."""
    since = act.head.effective
    until = None
    for provision in act.provisions:
        if provision.quoted:
            continue
        words = clean(provision.text).text
        if "hiệu lực" not in words:
            continue
        since = since or find_effect(words, act.head.issued)
        until = until or _date(_UNTIL.search(words))
    return EffectPeriod(since, until)


def repeals_of(act: Act) -> list[Repeal]:
    """Return what ``act`` ends: whole acts and single provisions of others."""
    since = effect_period(act).since
    found: dict[tuple[str, str], Repeal] = {}
    own = number_key(act.head.number) if act.head.number else ""
    for op in amend_ops(act):
        if op.op in ("bai_bo", "bai_bo_toan_bo") and number_key(op.target_act) != own:
            repeal = Repeal(op.target_act, op.target_path, act.head.number, op.provision, since)
            found.setdefault((number_key(op.target_act), op.target_path), repeal)
    for provision in act.provisions:
        if provision.quoted or provision.level in ("phu-luc", "mau"):
            continue
        words = clean(provision.text).text
        for number, day in _ended_acts(words):
            if number_key(number) != own:
                repeal = Repeal(number, "", act.head.number, provision.path, day or since)
                found.setdefault((number_key(number), ""), repeal)
    return list(found.values())


def _ended_acts(words: str) -> list[tuple[str, date | None]]:
    """Return numbers of acts that a provision replaces or lets expire, with the day if it says."""
    ended: list[tuple[str, date | None]] = []
    for sentence in words.splitlines():
        expires = _EXPIRES.search(sentence)
        replaces = _REPLACES.search(sentence)
        if expires:
            listed = sentence[: expires.start()]
        elif replaces:
            listed = sentence[replaces.end() :]
        else:
            continue
        if re.search(r"(?:khoản|điểm|Điều|Chương|Mục|Phụ lục|Mẫu)\s+\S+[^.;]*$", listed[:40]):
            continue  # parts of acts are read as amendments
        day = _date(_EXPIRES_ON.search(sentence))
        listed = _DESCRIPTION.sub(" ", listed)
        ended += [(found.number.official, day) for found in find_numbers(listed)]
    return ended


def status_on(act: Act, on: date, repeals: Iterable[Repeal] = ()) -> Status:
    """Return the state of ``act`` on the day ``on``, given the repeals read from other acts."""
    period = effect_period(act)
    key = number_key(act.head.number) if act.head.number else ""
    hits = tuple(
        repeal
        for repeal in repeals
        if key and number_key(repeal.target) == key and (repeal.since is None or repeal.since <= on)
    )
    whole = tuple(repeal for repeal in hits if not repeal.path)
    if whole or (period.until is not None and on > period.until):
        return Status("het_hieu_luc", on, period, whole)
    if period.since is None:
        return Status("khong_ro", on, period, hits)
    if on < period.since:
        return Status("chua_hieu_luc", on, period, hits)
    return Status("het_hieu_luc_mot_phan" if hits else "con_hieu_luc", on, period, hits)
