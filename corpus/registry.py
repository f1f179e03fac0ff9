"""Registry of known acts: what a reference is checked against (DOMAIN 5.9).

Facts come from ``registry.yaml`` (numbers, dates, names, each with its evidence mark) and from acts
that are loaded; only loaded acts have provisions. A law cited by name alone is found when exactly
one known act bears that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal

from corpus.datafile import CONFIDENCES, Row, read_sections
from corpus.effect import LAW_TYPES, effect_period, repeals_of
from corpus.number import number_key, parse_number
from corpus.records import Act
from corpus.text import fold

PATH: Final = Path(__file__).with_name("registry.yaml")
READ: Final = "đọc từ bản đang có"  # evidence of facts taken from a loaded text
_YEAR_AT_END: Final = re.compile(r"\s(?P<year>\d{4})$")
_DIGITS: Final = re.compile(r"\d+")

State = Literal["found", "act_unknown", "not_loaded", "provision_missing"]


@dataclass(frozen=True, slots=True)
class KnownAct:
    """One act of the registry; None and "" where a fact is not known."""

    number: str
    title: str  # «Luật Cư trú»
    issued: date | None
    since: date | None
    until: date | None  # last day of effect
    replaced_by: str
    confidence: str
    source: str = ""  # name of the loaded text; "" for an act known by its facts only
    paths: frozenset[str] = frozenset()
    ends: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)
    """Last segment → paths that end with it."""
    text: Act | None = field(default=None, compare=False, repr=False)  # the act as it was loaded

    @property
    def loaded(self) -> bool:
        return bool(self.paths)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a reference leads to. ``path`` is the stored path where it was found."""

    state: State
    act: KnownAct | None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Registry:
    """Known acts by the key of their number, and by name."""

    acts: dict[str, KnownAct]
    names: dict[str, tuple[str, ...]]  # comparable name → keys

    def find(self, cited: str, on: date | None = None) -> KnownAct | None:
        """Return the act with this number, or the only one with this name (on that day)."""
        act = self.acts.get(number_key(cited))
        if act is not None:
            return act
        year = _YEAR_AT_END.search(cited)
        named = self.names.get(_comparable(cited[: year.start()] if year else cited), ())
        acts = [self.acts[key] for key in named]
        if year:
            acts = [act for act in acts if f"/{year['year']}/" in act.number]
        elif on is not None and len(acts) > 1:
            acts = [
                act
                for act in acts
                if (act.since or act.issued or date.min) <= on <= (act.until or date.max)
            ]
        return acts[0] if len(acts) == 1 else None

    def resolve(self, cited: str, path: str = "", on: date | None = None) -> Resolution:
        """Return whether the act is known and, where its text is loaded, has ``path``.

        Mục and Chương may be left out above a unit, and attached texts and annexes above theirs.
        """
        act = self.find(cited, on)
        if act is None:
            return Resolution("act_unknown", None)
        if not path:
            return Resolution("found", act)
        if not act.loaded:
            return Resolution("not_loaded", act)
        stored = find_path(act, path)
        return Resolution("found" if stored else "provision_missing", act, stored)

    def with_acts(self, acts: Iterable[Act]) -> Registry:
        """Return a registry that also knows ``acts``; a consolidated text serves its own number.

        Whole repeals that the acts pronounce end the acts they name.
        """
        loaded = list(acts)
        known = dict(self.acts)
        for act in loaded:
            if act.head.number:
                key = number_key(act.head.number)
                known[key] = _from_act(act, known.get(key))
        for act in loaded:
            for repeal in repeals_of(act):
                key = number_key(repeal.target)
                old = known.get(key)
                if old and not repeal.path and repeal.since and old.until is None:
                    end = repeal.since - timedelta(days=1)
                    known[key] = replace(old, until=end, replaced_by=repeal.by)
        return Registry(known, names_of(known))


def find_path(act: KnownAct, path: str) -> str:
    """Return the stored path that ``path`` means; "" where the loaded text has none."""
    if path in act.paths:
        return path
    wanted = path.split("/")
    candidates = act.ends.get(wanted[-1], ())
    fitting = [stored for stored in candidates if _is_part(wanted, stored.split("/"))]
    return min(fitting, key=lambda stored: stored.count("/")) if fitting else ""


def _is_part(wanted: list[str], stored: list[str]) -> bool:
    """Whether the segments of ``wanted`` stand in ``stored`` in their order."""
    rest = iter(stored)
    return all(any(segment == other.split("~")[0] for other in rest) for segment in wanted)


def known_act(act: Act) -> KnownAct:
    """Return what a text at hand says about itself, for references to «Nghị định này»."""
    return _from_act(act, None)


def _from_act(act: Act, fact: KnownAct | None) -> KnownAct:
    period = effect_period(act)
    paths = [provision.path for provision in act.provisions if not provision.quoted]
    title = act.head.title
    if title and act.head.type and act.head.type in LAW_TYPES:
        title = f"{act.head.type} {title}"
    return KnownAct(
        number=act.head.number,
        title=(fact.title if fact else "") or title,
        issued=(fact.issued if fact else None) or act.head.issued,
        since=(fact.since if fact else None) or period.since,
        until=(fact.until if fact else None) or period.until,
        replaced_by=fact.replaced_by if fact else "",
        confidence=fact.confidence if fact else READ,
        source=act.raw.source,
        paths=frozenset(paths),
        ends=ends_of(paths),
        text=act,
    )


def ends_of(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return the paths by their last segment, for ``find_path``."""
    ends: dict[str, list[str]] = {}
    for path in paths:
        ends.setdefault(path.rsplit("/", 1)[-1].split("~")[0], []).append(path)
    return ends


def _comparable(name: str) -> str:
    return " ".join(fold(name).split())


def names_of(acts: dict[str, KnownAct]) -> dict[str, tuple[str, ...]]:
    """Return the keys of laws by their comparable names."""
    names: dict[str, list[str]] = {}
    for key, act in acts.items():
        if act.title.startswith(LAW_TYPES):
            names.setdefault(_comparable(act.title), []).append(key)
    return {name: tuple(keys) for name, keys in names.items()}


def load(path: Path = PATH) -> Registry:
    """Read ``registry.yaml``; raises ``DataFileError`` naming the line of a bad row."""
    acts: dict[str, KnownAct] = {}
    for row in read_sections(path, ("van_ban",))["van_ban"]:
        act = _known(row)
        key = number_key(act.number)
        if key in acts:
            row.fail(f"số hiệu «{act.number}» đã có ở dòng trước", "so_hieu")
        acts[key] = act
    return Registry(acts, names_of(acts))


def _known(row: Row) -> KnownAct:
    number = row.text("so_hieu")
    if parse_number(number) is None:
        row.fail(f"«{number}» không phải số hiệu", "so_hieu")
    act = KnownAct(
        number=number,
        title=row.text("ten", ""),
        issued=row.day("ngay"),
        since=row.day("tu_ngay"),
        until=row.day("den_ngay"),
        replaced_by=row.text("thay_the_boi", ""),
        confidence=row.choice("muc_tin_cay", CONFIDENCES),
    )
    row.words("nguon")
    row.done()
    return act


@cache
def shipped() -> Registry:
    """Return the registry that comes with the program, read once."""
    return load()
