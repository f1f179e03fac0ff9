"""What lists call databases, their owners and acts: shipped names, and those people have added.

Shipped names stand in the catalogue of sources, in the list of agencies and in ``names.yaml``.
What somebody adds here comes first; each addition is a row of its own, the newest counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select

from corpus.agency import shipped
from corpus.annex import AnnexTarget, acts_of, targets_of
from corpus.datafile import read_sections
from models import catalogue
from models.source import Sources, comparable
from review import agencies
from review.errors import ERRORS
from review.people.permission import check
from review.records import Person
from review.records.worklist import AliasView
from review.rules.ruleset import standing
from review.store import tables as t
from review.store.engine import Store

PATH: Final = Path(__file__).with_name("names.yaml")
KINDS = {"csdl": "Cơ sở dữ liệu", "chu-quan": "Cơ quan chủ quản", "van-ban": "Văn bản"}
DATABASE, OWNER, ACT = KINDS
# Several agencies in one cell: «Bộ Tài chính; Bộ Công an», «Bộ Tài chính và Bộ Công an».
_NEXT_AGENCY = re.compile(
    r"[;,\n]|\s+và\s+(?=(?:Bộ|Ngân hàng|Văn phòng|Thanh tra|Bảo hiểm|Tòa án|Viện)\b)|\s+(?=Bộ\s)"
)


@dataclass(frozen=True, slots=True)
class ShippedName:
    """One row of ``names.yaml``."""

    kind: str
    said: str
    means: tuple[str, ...]
    basis: str  # how it is known


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that is known about names; ``added`` by kind and comparable name."""

    added: Mapping[tuple[str, str], tuple[str, ...]]
    sources: Sources

    def databases(self, printed: str) -> tuple[str, ...]:
        """Return the ids of the sources that a cell names."""
        found = self.added.get((DATABASE, comparable(printed)))
        return found if found is not None else self.sources.resolve(printed)

    def owners(self, printed: str) -> tuple[str, ...]:
        """Return the codes of the agencies that a cell names, () where one of them is unknown."""
        found = self.added.get((OWNER, comparable(printed)))
        if found is not None:
            return found
        whole = shipped().find(printed) if printed else None
        if whole:
            return (whole.code,)
        named = [shipped().find(piece) for piece in _NEXT_AGENCY.split(printed) if piece.strip()]
        if not all(named):
            return ()
        return tuple(dict.fromkeys(agency.code for agency in named if agency))

    def acts(self, printed: str) -> tuple[str, ...]:
        """Return the numbers, or names, of the acts that a cell names."""
        whole = self.added.get((ACT, comparable(printed)))
        if whole is not None:
            return whole
        return tuple(dict.fromkeys(self._act(act) for act in acts_of(printed)))

    def of(self, kind: str, printed: str) -> tuple[str, ...]:
        """Return what a name of one of ``KINDS`` means; () for an unknown one."""
        readers = {DATABASE: self.databases, OWNER: self.owners, ACT: self.acts}
        return readers[kind](printed)

    def targets(self, location: str, acts: tuple[str, ...]) -> tuple[AnnexTarget, ...]:
        """Return the provisions that a cell names, in the acts its row is about."""
        found = targets_of(location, acts)
        return tuple(AnnexTarget(self._act(one.act), one.path) for one in found)

    def _act(self, name: str) -> str:
        found = self.added.get((ACT, comparable(name)))
        return found[0] if found else name


@cache
def shipped_names() -> Mapping[tuple[str, str], ShippedName]:
    """Return the rows of ``names.yaml`` by kind and comparable name."""
    return load()


def load(path: Path = PATH) -> Mapping[tuple[str, str], ShippedName]:
    """Read the file; raises ``DataFileError`` (RS-390) naming the line that is wrong."""
    found: dict[tuple[str, str], ShippedName] = {}
    for row in read_sections(path, ("ten_goi",))["ten_goi"]:
        kind, said = row.choice("loai", KINDS), row.text("ten")
        means, basis = row.words("nghia"), row.text("can_cu")
        if reason := _wrong(kind, said, means, catalogue.load().sources.rows):
            row.fail(reason, "nghia")
        found[kind, comparable(said)] = ShippedName(kind, said, means, basis)
        row.done()
    return found


def names(db: Connection) -> Names:
    """Return all names in force."""
    found = {key: one.means for key, one in shipped_names().items()}
    for row in db.execute(select(t.name_aliases).order_by(t.name_aliases.c.id)):
        if row.means:
            found[row.kind, row.comparable] = tuple(row.means)
        else:
            found.pop((row.kind, row.comparable), None)
    return Names(found, standing(db).sources)


class Aliases:
    """The names that people add for databases, owners and acts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person) -> list[AliasView]:
        """Return the names people added, the newest first, then the shipped ones that count."""
        check(person, "aliases.list")
        with self._store.read() as db:
            rows = db.execute(
                select(t.name_aliases, t.people.c.name.label("person"))
                .join(t.people, t.people.c.id == t.name_aliases.c.written_by)
                .order_by(t.name_aliases.c.id.desc())
            ).all()
        newest = {(row.kind, row.comparable): row for row in reversed(rows)}
        added = [
            AliasView(row.kind, row.said, tuple(row.means), row.person, row.at)
            for row in sorted(newest.values(), key=lambda row: -row.id)
            if row.means
        ]
        shipped = [
            AliasView(one.kind, one.said, one.means, one.basis, None)
            for key, one in shipped_names().items()
            if key not in newest
        ]
        return added + shipped

    def add(self, person: Person, kind: str, said: str, means: Sequence[str]) -> None:
        """Say what a printed name means; with no ``means`` an addition is taken back.

        Lists follow when they are matched again. Raises RS-587 (unknown kind, source, agency or
        act, empty name), ``Forbidden``.
        """
        check(person, "aliases.add")
        meant = [one.strip() for one in means if one.strip()]
        with self._store.write() as db:
            reason = "không có loại tên này"
            if kind in KINDS:
                reason = _wrong(kind, said, meant, standing(db).sources.rows)
            if reason:
                raise ERRORS.error("RS-587", reason=reason)
            db.execute(
                insert(t.name_aliases).values(
                    kind=kind,
                    said=said.strip(),
                    comparable=comparable(said),
                    means=meant,
                    at=self._store.now(),
                    written_by=person.id,
                )
            )


def _wrong(kind: str, said: str, means: Iterable[str], sources: Collection[str]) -> str:
    """Return why a name cannot mean this, "" where it can."""
    if not comparable(said):
        return "thiếu tên cần giải nghĩa"
    for one in means:
        if kind == DATABASE and one not in sources:
            return f"không có nguồn điện tử «{one}»"
        if kind == OWNER and not agencies.exists(one):
            return f"không có cơ quan «{one}»"
        if kind == ACT and acts_of(one) != (one,):
            return f"«{one}» không phải số hiệu hay tên luật"
    return ""
