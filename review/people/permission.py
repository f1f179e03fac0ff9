"""Who may do what: the table of ``permissions.yaml``, asked by every service method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from review.errors import ERRORS, Forbidden
from review.records import Person

OPERATOR_ROLE = "he_thong"  # the local command line: whoever holds the machine holds the store

_KEYS = {"label", "agency", "all", "everyone"}


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its words for the screen, and the roles that may do it, by reach."""

    label: str
    agency: frozenset[str]
    all: frozenset[str]
    everyone: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table; ``roles`` maps codes to labels."""

    roles: Mapping[str, str]
    actions: Mapping[str, Action]

    @classmethod
    def load(cls, path: Path) -> Table:
        """Read and check the table; raises ``ValueError`` naming the entry that is wrong."""
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        roles, groups = data["roles"], data["groups"]
        actions = {}
        for name, entry in data["actions"].items():
            if unknown := set(entry) - _KEYS:
                raise ValueError(f"{path.name}: {name} có trường lạ {sorted(unknown)}")
            reach = {}
            for key in ("agency", "all"):
                codes = [code for item in entry.get(key, []) for code in groups.get(item, [item])]
                if strange := set(codes) - set(roles):
                    raise ValueError(f"{path.name}: {name} nêu vai trò lạ {sorted(strange)}")
                reach[key] = frozenset(codes)
            everyone = entry.get("everyone", False)
            if not everyone and not (reach["agency"] or reach["all"]):
                raise ValueError(f"{path.name}: {name} không giao cho vai trò nào")
            actions[name] = Action(entry["label"], reach["agency"], reach["all"], everyone)
        return cls(roles, actions)


TABLE = Table.load(Path(__file__).with_name("permissions.yaml"))


def role_label(code: str) -> str:
    """Return the Vietnamese name of a role; the code where unknown."""
    return TABLE.roles.get(code, code)


def scope(person: Person, action: str) -> frozenset[str] | None:
    """Return the agencies whose work the person may do this to; None means all of them.

    Raises ``Forbidden`` RS-410 when no role allows it anywhere.
    """
    entry = _action(action)
    roles = person.roles() if person.active else set()
    if OPERATOR_ROLE in roles or roles & entry.all or (entry.everyone and person.active):
        return None
    agencies = frozenset(m.agency for m in person.memberships if m.role in entry.agency)
    if not person.active or not agencies:
        raise ERRORS.error("RS-410", Forbidden, action=entry.label)
    return agencies


def check(person: Person, action: str, agency: str | None = None) -> None:
    """Raise ``Forbidden`` unless the person may do ``action`` (to the work of ``agency``)."""
    agencies = scope(person, action)
    if agency is not None and agencies is not None and agency not in agencies:
        label = _action(action).label
        raise ERRORS.error("RS-411", Forbidden, agency=agency or "chưa phân công", action=label)


def belongs(person: Person, action: str, agency: str) -> bool:
    """Whether the person may do ``action`` as one of ``agency`` itself, not as an outsider."""
    roles = _action(action).agency
    return person.active and any(
        held.role == OPERATOR_ROLE or (held.role in roles and held.agency == agency)
        for held in person.memberships
    )


def allows(person: Person, action: str, agency: str | None = None) -> bool:
    """Whether ``check`` would pass: for screens that show only what may be done."""
    try:
        check(person, action, agency)
    except Forbidden:
        return False
    return True


def _action(name: str) -> Action:
    if name not in TABLE.actions:
        raise ERRORS.error("RS-412", Forbidden, action=name)
    return TABLE.actions[name]
