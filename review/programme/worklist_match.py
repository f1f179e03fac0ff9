"""Rows of an annex against the stored provisions: which act, which provision, which finding."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from corpus.annex import AnnexTarget
from corpus.label import ATTACHED
from corpus.number import number_key, parse_number
from review.programme.alias import ACT, DATABASE, OWNER, Names
from review.store import tables as t
from review.store.folded import searchable

MATCHES = {
    "khop": "Khớp",
    "khong-co-phat-hien": "Khớp, chưa có gợi ý",
    "khong-khop": "Không khớp điều khoản",
    "chua-co-van-ban": "Chưa có văn bản",
    "khong-ro": "Dòng không nêu rõ văn bản",
}
MATCHED, NO_FINDING, NO_PROVISION, NO_ACT, UNCLEAR = MATCHES
# The year that tells laws of one name apart: «Luật Dược 2016», «… năm 2016».
_YEAR = re.compile(r"\s*(?:năm\s+)?((?:19|20)\d{2})\s*\Z")
_ATTACHED = re.compile(rf"\A(?:{'|'.join(ATTACHED)})-\d+/")
_NAMED = {DATABASE: "database", OWNER: "owner", ACT: "act"}  # kind of name → column


@dataclass(frozen=True, slots=True)
class Understood:
    """What the names of a row mean."""

    sources: tuple[str, ...]
    owners: tuple[str, ...]
    acts: tuple[str, ...]
    targets: tuple[AnnexTarget, ...]

    @classmethod
    def of(cls, cells: Mapping[str, str], names: Names) -> Understood:
        """Read the cells of a row with all names that are known."""
        acts = names.acts(cells["act"])
        return cls(
            names.databases(cells["database"]) if cells["database"] else (),
            names.owners(cells["owner"]),
            acts,
            names.targets(cells["location"], acts),
        )


@dataclass(slots=True, eq=False)
class _Stored:
    """A stored act a row may be about; its provisions and findings are read when first asked."""

    id: int
    version_id: int
    year: int | None
    provisions: dict[str, int] | None = None  # by path
    findings: list[tuple[int, str, list[str]]] = field(default_factory=list)  # id, path, sources


class Shelf:
    """The acts of a campaign by comparable number and by searchable name of a law."""

    def __init__(self, db: Connection, campaign_id: int) -> None:
        self._db = db
        self._numbers: dict[str, list[_Stored]] = defaultdict(list)
        self._names: dict[str, list[_Stored]] = defaultdict(list)
        for row in db.execute(
            select(
                t.acts.c.id, t.acts.c.version_id, t.acts.c.number, t.acts.c.type,
                t.acts.c.title, t.acts.c.year,
            )
            .where(t.acts.c.campaign_id == campaign_id)
            .order_by(t.acts.c.id)
        ):  # fmt: skip
            numbered = parse_number(row.number)
            year = row.year or (numbered.year if numbered else None)
            stored = _Stored(row.id, row.version_id, year)
            if row.number:
                self._numbers[number_key(row.number)].append(stored)
            if row.title:
                self._names[searchable(f"{row.type} {row.title}")].append(stored)

    def match(self, row: Understood) -> tuple[str, list[dict[str, Any]]]:
        """Return the state of a row and every stored place it means."""
        if not row.acts:
            return UNCLEAR, []
        held = [stored for act in row.acts for stored in self._find(act)]
        if not held:
            return NO_ACT, []
        if not row.targets:
            return MATCHED, [{"act_id": stored.id} for stored in held]
        found = [
            place for target in row.targets if (place := self._target(target, held, row.sources))
        ]
        exact = [place for place in found if not place["near"]]
        if not exact:
            return NO_PROVISION, found or [{"act_id": stored.id} for stored in held]
        with_finding = any(place["finding_id"] for place in exact)
        return (MATCHED if with_finding else NO_FINDING), found

    def _find(self, act: str) -> list[_Stored]:
        """Return the acts of a number, or of a law's name with or without its year."""
        if parse_number(act):
            return self._numbers.get(number_key(act), [])
        said = _YEAR.search(act)
        name = searchable(act[: said.start()] if said else act)
        found = self._names.get(name, [])
        if said and not found:  # «Luật Bến đò 2019» for «Luật Bến đò Việt Nam»
            found = [
                one
                for known, acts in self._names.items()
                if known.startswith(f"{name} ")
                for one in acts
            ]
        if said:
            found = [one for one in found if one.year in (None, int(said[1]))]
        return found if len(found) == 1 else []

    def _target(
        self, target: AnnexTarget, held: Sequence[_Stored], sources: Sequence[str]
    ) -> dict[str, Any] | None:
        """Return the place a target means; a row of several acts does not always say of which."""
        own = self._find(target.act)
        places = [
            place
            for stored in dict.fromkeys([*own, *held])
            if (place := self._place(stored, target.path, sources))
            and (stored in own or not place["near"])
        ]
        return min(places, key=lambda place: place["near"], default=None)

    def _place(self, stored: _Stored, path: str, sources: Sequence[str]) -> dict[str, Any] | None:
        """Return the provision at the path with the finding on it or within it.

        Where it is missing, the nearest one around it. Of several findings the one whose database
        the row names comes first.
        """
        provisions = self._provisions(stored)
        bare = _ATTACHED.sub("", path)
        # An act and the text attached to it are numbered apart; rows do not always say which.
        tried = [path, *(one for one in provisions if _ATTACHED.sub("", one) == bare)]
        here = next((one for one in tried if one in provisions), path)
        exact = here in provisions
        while here and here not in provisions:
            here = here.rpartition("/")[0]
        if not here:
            return None
        within = [
            (not set(named) & set(sources), number)
            for number, at, named in stored.findings
            if exact and (at == here or at.startswith(f"{here}/"))
        ]
        return {
            "act_id": stored.id,
            "path": here,
            "provision_id": provisions[here],
            "finding_id": min(within)[1] if within else None,
            "near": not exact,
        }

    def _provisions(self, stored: _Stored) -> dict[str, int]:
        if stored.provisions is None:
            stored.provisions = {}
            for number, path in self._db.execute(
                select(t.provisions.c.id, t.provisions.c.path)
                .where(t.provisions.c.version_id == stored.version_id)
                .order_by(t.provisions.c.position)
            ):
                stored.provisions.setdefault(path, number)
            stored.findings = [
                (row.id, row.path, row.sources)
                for row in self._db.execute(
                    select(t.findings.c.id, t.findings.c.path, t.findings.c.sources).where(
                        t.findings.c.act_id == stored.id, t.findings.c.standing
                    )
                )
            ]
        return stored.provisions


def spellings(
    rows: Iterable[Mapping[str, str]], names: Names
) -> list[tuple[str, str, tuple[str, ...], int]]:
    """Return every name the cells print: kind, name, what it means, in how many rows."""
    counted = Counter(
        (kind, cells[column])
        for cells in rows
        for kind, column in _NAMED.items()
        if cells.get(column)
    )
    return [
        (kind, printed, names.of(kind, printed), count)
        for (kind, printed), count in counted.items()
    ]
