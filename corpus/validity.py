"""Effect of an act on a date: its own clauses, and what other acts say about it (DOMAIN 5.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from corpus.amendment import amend_ops
from corpus.head import find_effect
from corpus.lasting import CascadeRule, Prolonged, cascade_rule, details_of, prolonged_by
from corpus.listed import ACT_TYPE, listed_acts
from corpus.number import ActNumber, number_key, parse_number
from corpus.records import Act, Provision
from corpus.text import clean, fold

State = Literal[
    "chua_hieu_luc", "con_hieu_luc", "het_hieu_luc", "het_hieu_luc_mot_phan", "het_hieu_luc_theo",
    "ngung_hieu_luc", "ngung_hieu_luc_mot_phan", "khong_ro",
]  # fmt: skip
STATE_NAMES: dict[State, str] = {
    "chua_hieu_luc": "Chưa có hiệu lực",
    "con_hieu_luc": "Còn hiệu lực",
    "het_hieu_luc": "Hết hiệu lực",
    "het_hieu_luc_mot_phan": "Hết hiệu lực một phần",
    "het_hieu_luc_theo": "Hết hiệu lực theo văn bản được quy định chi tiết",
    "ngung_hieu_luc": "Ngưng hiệu lực",
    "ngung_hieu_luc_mot_phan": "Ngưng hiệu lực một phần",
    "khong_ro": "Chưa xác định được hiệu lực",
}

_DATE = (
    r"ngày\s+(?P<{0}d>\d{{1,2}})(?:\s+tháng\s+|/|-|\.)(?P<{0}m>\d{{1,2}})"
    r"(?:\s+năm\s+|/|-|\.)(?P<{0}y>\d{{4}})"
)
# «… đến hết ngày 28 tháng 02 năm 2027»; «trước ngày Luật này có hiệu lực … đến hết ngày …» and
# «Điều 56 của Luật này có hiệu lực …» are of something else.
_UNTIL = re.compile(
    rf"(?<!ngày )(?<!của )(?<!\d ){ACT_TYPE}\s+này\s+có\s+hiệu\s+lực[^.;]{{0,120}}?"
    r"đến\s+(?:hết\s+)?" + _DATE.format("")
)
# «Nghị định số 1/2010/NĐ-CP … hết hiệu lực kể từ ngày Nghị định này có hiệu lực»
_EXPIRES = re.compile(r"hết\s+hiệu\s+lực")
_REPLACES = re.compile(
    rf"(?:thay\s+thế|bãi\s+bỏ|hủy\s+bỏ)\s+(?:cho\s+)?(?:toàn\s+bộ\s+)?(?:các\s+)?(?={ACT_TYPE})"
)
_EXPIRES_ON = re.compile(r"hết\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+" + _DATE.format(""))
_LISTS = re.compile(r":\s*$")
# «Ngưng hiệu lực Thông tư số …», «Tạm đình chỉ việc thi hành khoản 2 Điều 4 Quyết định số …»
_SUSPENDS = re.compile(
    r"(?:[Nn]gưng|[Nn]gừng|[Đđ]ình\s+chỉ)\s+(?:hiệu\s+lực|(?:việc\s+)?(?:thi\s+hành|áp\s+dụng|thực\s+hiện))"
    r"(?:\s+thi\s+hành)?(?P<what>[^.;:]*)"
)
_SUSPENDED_SINCE = re.compile(r"từ\s+(?:hết\s+)?" + _DATE.format(""))
_SUSPENDED_UNTIL = re.compile(r"đến\s+(?:hết\s+)?" + _DATE.format(""))
LAW_TYPES = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
# An act ends none of a higher rank: a number so named only describes («hướng dẫn Nghị định số …»).
_RANKS = {"HP": 6, "BL": 5, "L": 5, "LCT": 5, "PL": 4, "NĐ": 3, "TT": 1, "TTLT": 1, "TTLB": 1}
_RANKS_OF_BODIES = (("QH", 5), ("UBTVQH", 4), ("CTN", 4), ("CP", 3), ("TTg", 2))


@dataclass(frozen=True, slots=True)
class EffectPeriod:
    """What an act says of its own effect; None where it does not say, or not computably."""

    since: date | None
    until: date | None
    since_at: str = ""  # the provision that says so; "" where the head does
    until_at: str = ""


@dataclass(frozen=True, slots=True)
class EffectFacts:
    """What an act says of itself, as far as its state on a day needs it."""

    number: str
    issued: date | None
    period: EffectPeriod
    details: tuple[str, ...] = ()  # acts it details: numbers, else names of laws


@dataclass(frozen=True, slots=True)
class Repeal:
    """One act (or part of it) ended by another."""

    target: str  # official number of the act that ends
    path: str  # "" for the whole act
    by: str  # official number of the act that ends it
    provision: str  # where that act says so
    since: date | None


@dataclass(frozen=True, slots=True)
class Suspension:
    """Effect of an act (or part of it) held up by another for a time («ngưng hiệu lực»)."""

    target: str  # official number of the act held up
    path: str  # "" for the whole act
    by: str
    provision: str
    since: date | None
    until: date | None  # last day; None while no end is said


@dataclass(frozen=True)
class Said:
    """What acts at hand say about others."""

    repeals: tuple[Repeal, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    prolonged: tuple[Prolonged, ...] = ()
    laws: tuple[tuple[str, date | None, str], ...] = ()  # folded name, day of issue, number

    def of(self, key: str) -> Said:
        """Return what is said of the act with this number key."""
        return self._by_target.get(key, _NOTHING)

    def law(self, name: str, issued: date | None) -> str:
        """Return the key of the latest law of this name that was there on the day ``issued``."""
        known = [
            (day, number)
            for day, number in self._by_name.get(" ".join(fold(name).split()), ())
            if day is not None and (issued is None or day <= issued)
        ]
        return number_key(max(known)[1]) if known else ""

    @cached_property
    def _by_target(self) -> dict[str, Said]:
        found: dict[str, tuple[list[Repeal], list[Suspension], list[Prolonged]]] = {}
        for repeal in self.repeals:
            found.setdefault(number_key(repeal.target), ([], [], []))[0].append(repeal)
        for suspension in self.suspensions:
            found.setdefault(number_key(suspension.target), ([], [], []))[1].append(suspension)
        for longer in self.prolonged:
            found.setdefault(number_key(longer.target), ([], [], []))[2].append(longer)
        return {
            key: Said(tuple(repeals), tuple(suspensions), tuple(prolonged))
            for key, (repeals, suspensions, prolonged) in found.items()
        }

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[date | None, str]]]:
        found: dict[str, list[tuple[date | None, str]]] = {}
        for name, day, number in self.laws:
            found.setdefault(name, []).append((day, number))
        return found


_NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Cascade:
    """The acts that a detailing act ended with, since when, and by which rule."""

    repeals: tuple[Repeal, ...]
    since: date | None
    rule: CascadeRule


@dataclass(frozen=True, slots=True)
class Status:
    """State of an act on a date with what made it so."""

    state: State
    on: date
    period: EffectPeriod
    repeals: tuple[Repeal, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    prolonged: tuple[Prolonged, ...] = ()
    cascade: Cascade | None = None

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
    """Return since when and until when ``act`` says it has effect, and where it says so."""
    since, until = act.head.effective, None
    since_at = until_at = ""
    for provision in act.provisions:
        if provision.quoted:
            continue
        words = clean(provision.text).text
        if "hiệu lực" not in words:
            continue
        begins = find_effect(words, act.head.issued)
        if begins is not None and not since_at and begins == (since or begins):
            since, since_at = begins, provision.path
        if until is None and (until := _date(_UNTIL.search(words))):
            until_at = provision.path
    return EffectPeriod(since, until, since_at, until_at)


def facts_of(act: Act) -> EffectFacts:
    """Return what ``act`` says of its own effect."""
    return EffectFacts(act.head.number, act.head.issued, effect_period(act), details_of(act))


def said_by(acts: Iterable[Act]) -> Said:
    """Return what ``acts`` say about the effect of others."""
    repeals: list[Repeal] = []
    suspensions: list[Suspension] = []
    prolonged: list[Prolonged] = []
    laws: list[tuple[str, date | None, str]] = []
    for act in acts:
        repeals += repeals_of(act)
        suspensions += suspensions_of(act)
        prolonged += prolonged_by(act)
        if act.head.type in LAW_TYPES and act.head.number:
            laws.append((law_name(act.head.type, act.head.title), act.head.issued, act.head.number))
    return Said(tuple(repeals), tuple(suspensions), tuple(prolonged), tuple(laws))


def law_name(kind: str, title: str) -> str:
    """Return a law's name as comparable words: «luật cư trú»."""
    name = title if fold(title).startswith(fold(kind)) else f"{kind} {title}"
    return " ".join(fold(name).split())


def repeals_of(act: Act) -> list[Repeal]:
    """Return what ``act`` ends: whole acts and single provisions of others."""
    since = effect_period(act).since
    found: dict[tuple[str, str], Repeal] = {}
    own = number_key(act.head.number) if act.head.number else ""
    for op in amend_ops(act):
        if op.op in ("bai_bo", "bai_bo_toan_bo") and number_key(op.target_act) != own:
            repeal = Repeal(op.target_act, op.target_path, act.head.number, op.provision, since)
            found.setdefault((number_key(op.target_act), op.target_path), repeal)
    rank = _rank(parse_number(act.head.number)) if act.head.number else 0
    lists = _Lists()
    for index, provision in enumerate(act.provisions):
        if provision.quoted or provision.level in ("phu-luc", "mau"):
            continue
        words = clean(provision.text).text
        ended = _ended_acts(words)
        if lists.holds(index, provision):
            ended = [(*one, lists.day) for one in listed_acts(words)]
        elif _LISTS.search(words) and (_EXPIRES.search(words) or _REPLACES.search(words)):
            lists.begin(index, provision, _date(_EXPIRES_ON.search(words)))
        for number, path, day in ended:
            if number_key(number.official) == own or _rank(number) > rank > 0:
                continue
            repeal = Repeal(number.official, path, act.head.number, provision.path, day or since)
            found.setdefault((number_key(number.official), path), repeal)
    return list(found.values())


class _Lists:
    """The list at hand under «các văn bản sau đây hết hiệu lực:»."""

    def __init__(self) -> None:
        self.day: date | None = None
        self._holder = self._beside = -1

    def begin(self, index: int, stem: Provision, day: date | None) -> None:
        """Open a list: what stands below ``stem``, or beside it where it is a mere paragraph."""
        self.day, self._holder = day, index
        beside = stem.level == "doan" and stem.parent is not None
        self._beside = stem.parent if beside and stem.parent is not None else -1

    def holds(self, index: int, unit: Provision) -> bool:
        """Whether ``unit`` is a member of the list."""
        if unit.parent is not None and unit.parent == self._beside:
            if unit.level == "diem":
                return True
            self._beside = -1
        return unit.parent is not None and unit.parent == self._holder != index


def suspensions_of(act: Act) -> list[Suspension]:
    """Return what ``act`` holds up, and when; without a first day from its own effect on."""
    since = effect_period(act).since
    found: dict[tuple[str, str], Suspension] = {}
    for provision in act.provisions:
        if provision.quoted or provision.level in ("phu-luc", "mau"):
            continue
        words = clean(provision.text).text
        for match in _SUSPENDS.finditer(words):
            begins = _date(_SUSPENDED_SINCE.search(words, match.start())) or since
            ends = _date(_SUSPENDED_UNTIL.search(words, match.start()))
            for number, path in listed_acts(match["what"]):
                held = Suspension(
                    number.official, path, act.head.number, provision.path, begins, ends
                )
                found.setdefault((number_key(number.official), path), held)
    return list(found.values())


def _rank(number: ActNumber | None) -> int:
    """Return how high acts of this kind stand; 0 where the number does not tell."""
    if number is None:
        return 0
    if number.type in _RANKS:
        return _RANKS[number.type]
    bodies = [issuer.rstrip("0123456789") for issuer in number.issuers]
    return next((rank for body, rank in _RANKS_OF_BODIES if body in bodies), 0)


def _ended_acts(words: str) -> list[tuple[ActNumber, str, date | None]]:
    """Return acts, or units of them, that a provision replaces or lets expire, with the day."""
    ended: list[tuple[ActNumber, str, date | None]] = []
    for sentence in words.splitlines():
        expires = _EXPIRES.search(sentence)
        replaces = _REPLACES.search(sentence)
        if expires:
            listed = sentence[: expires.start()]
        elif replaces:
            listed = sentence[replaces.end() :]
        else:
            continue
        day = _date(_EXPIRES_ON.search(sentence))
        ended += [(*one, day) for one in listed_acts(listed)]
    return ended


def status_on(act: Act, on: date, said: Said = Said()) -> Status:
    """Return the state of ``act`` on the day ``on``, given what was read from other acts."""
    return status_of(facts_of(act), on, said)


def status_of(facts: EffectFacts, on: date, said: Said) -> Status:
    """Return the state on the day ``on`` of the act with these facts."""
    key = number_key(facts.number) if facts.number else ""
    own = said.of(key) if key else _NOTHING
    hits = tuple(repeal for repeal in own.repeals if _begun(repeal.since, on))
    held = tuple(
        one
        for one in own.suspensions
        if _begun(one.since, on) and (one.until is None or on <= one.until)
    )
    longer = own.prolonged
    period = _prolonged_period(facts.period, longer)
    whole = tuple(repeal for repeal in hits if not repeal.path)
    if whole or (period.until is not None and on > period.until):
        return Status("het_hieu_luc", on, period, whole, (), longer)
    if period.since is not None and on < period.since:
        return Status("chua_hieu_luc", on, period, hits, held, longer)
    cascade = _cascade(facts, on, said)
    if cascade and not any(not p.path and (p.until is None or on <= p.until) for p in longer):
        return Status("het_hieu_luc_theo", on, period, hits, held, longer, cascade)
    state: State = "con_hieu_luc"
    if period.since is None:
        state = "khong_ro"
    elif held:
        whole_held = any(not suspension.path for suspension in held)
        state = "ngung_hieu_luc" if whole_held else "ngung_hieu_luc_mot_phan"
    elif hits:
        state = "het_hieu_luc_mot_phan"
    return Status(state, on, period, hits, held, longer)


def _begun(since: date | None, on: date) -> bool:
    return since is None or since <= on


def _prolonged_period(period: EffectPeriod, longer: tuple[Prolonged, ...]) -> EffectPeriod:
    """Move the last day of an act to the one it was prolonged to."""
    days = [one.until for one in longer if one.until and not one.path]
    if period.until is None or not days or max(days) <= period.until:
        return period
    return replace(period, until=max(days))


def _cascade(facts: EffectFacts, on: date, said: Said) -> Cascade | None:
    """Return why an act ended with those it details; None while one of them has effect."""
    ended: list[Repeal] = []
    for detailed in facts.details:
        key = number_key(detailed) if "/" in detailed else said.law(detailed, facts.issued)
        whole = (one for one in said.of(key).repeals if key and not one.path and one.since)
        by = next((one for one in whole if one.since and one.since <= on), None)
        if by is None:
            return None
        ended.append(by)
    days = [repeal.since for repeal in ended if repeal.since]
    # an act issued after that day details the new act of the same name
    if not days or (facts.issued is not None and facts.issued >= max(days)):
        return None
    return Cascade(tuple(ended), max(days), cascade_rule(max(days)))


def unit_state(status: Status, path: str) -> State:
    """Return the state of one unit of an act whose ``status`` is known."""
    if status.state not in ("het_hieu_luc_mot_phan", "ngung_hieu_luc_mot_phan"):
        return status.state
    if any(f"{path}/".startswith(f"{repeal.path}/") for repeal in status.repeals):
        return "het_hieu_luc"
    if any(f"{path}/".startswith(f"{held.path}/") for held in status.suspensions):
        return "ngung_hieu_luc"
    return "con_hieu_luc"
