"""What acts say of effect: their own clauses, what they end, hold up or prolong (DOMAIN 5.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.amendment import amend_ops
from corpus.head import find_effect
from corpus.lasting import Prolonged, details_of, prolonged_by
from corpus.listed import ACT_TYPE, listed_acts
from corpus.number import ActNumber, number_key, parse_number
from corpus.records import Act, Provision
from corpus.text import clean, fold

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
        return self._by_target.get(key, NOTHING)

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


NOTHING = Said()


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
