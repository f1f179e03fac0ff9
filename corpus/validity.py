"""State of an act on a date, from its own clauses and what other acts say of it (DOMAIN 5.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.effect import (
    NOTHING,
    EffectFacts,
    EffectPeriod,
    Repeal,
    Said,
    Suspension,
    facts_of,
)
from corpus.lasting import CascadeRule, Prolonged, cascade_rule
from corpus.number import number_key
from corpus.records import Act

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


def status_on(act: Act, on: date, said: Said = NOTHING) -> Status:
    """Return the state of ``act`` on the day ``on``, given what was read from other acts."""
    return status_of(facts_of(act), on, said)


def status_of(facts: EffectFacts, on: date, said: Said) -> Status:
    """Return the state on the day ``on`` of the act with these facts."""
    key = number_key(facts.number) if facts.number else ""
    own = said.of(key) if key else NOTHING
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
