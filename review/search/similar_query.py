"""The queries behind similar provisions: what is learned from, and what a person may read of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, select, true

from models.fitting import Entry
from models.similar import wording_key
from review.acts.filtering import in_scope
from review.acts.place import PLACE_COLUMNS
from review.records import SimilarRow
from review.store import tables as t
from review.store.search.fill import COLUMNS, placed, worded

_CHUNK: Final = 900  # ids in one query
_STREAMED: Final = 2000  # rows read at once
_DIEU: Final = re.compile(r"(?:[^/]+/)*?dieu-[^/]+")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A provision of ``rows_of`` and how close it is: "cung", "rat_gan", "gan"."""

    closeness: str
    row: Row[Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """What came and went since a fitting was made."""

    new: list[int]  # versions that are current now and were not read
    removed: tuple[int, ...]  # provisions of versions that were read and are not current now
    kept: dict[str, int]  # versions that were read and still are current, with their provisions
    count: int  # provisions that came or went


def entries(
    db: Connection, versions: dict[str, int], only: Sequence[int] | None = None
) -> Iterator[Entry]:
    """Yield the provisions of the current text of every act, with the words they stand under.

    ``versions`` is filled with the number of provisions read, by act version (``_version``);
    ``only`` limits them to these versions.
    """
    if only is not None:
        for chunk in _chunks(only):
            yield from _entries(db, versions, t.provisions.c.version_id.in_(chunk))
        return
    yield from _entries(db, versions, true())


def _entries(
    db: Connection, versions: dict[str, int], where: ColumnElement[bool]
) -> Iterator[Entry]:
    rows = db.execute(
        select(*COLUMNS, t.act_versions.c.text_digest)
        .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
        .join(t.act_versions, t.act_versions.c.id == t.provisions.c.version_id)
        .where(worded(), where)
        .order_by(t.provisions.c.version_id, t.provisions.c.position),
        execution_options={"yield_per": _STREAMED},
    )
    for unit in placed(rows):
        version = _version(unit.row.version_id, unit.row.text_digest)
        versions[version] = versions.get(version, 0) + 1
        yield Entry(unit.row.id, unit.text, unit.stem, title=unit.row.level == "dieu")


def count_behind(db: Connection, versions: Mapping[str, int]) -> int:
    """Return how many provisions came or went since a fitting read ``versions``."""
    new, gone = _compared(db, versions)
    return sum(versions[version] for version in gone) + _count(db, new)


def changes(db: Connection, versions: Mapping[str, int]) -> Changes:
    """Return what came and went since a fitting read ``versions``."""
    new, gone = _compared(db, versions)
    removed: list[int] = []
    for chunk in _chunks(sorted(int(version.split(":")[0]) for version in gone)):
        removed += db.scalars(
            select(t.provisions.c.id).where(worded(), t.provisions.c.version_id.in_(chunk))
        )
    kept = {version: count for version, count in versions.items() if version not in gone}
    return Changes(new, tuple(removed), kept, len(removed) + _count(db, new))


def _compared(db: Connection, versions: Mapping[str, int]) -> tuple[list[int], set[str]]:
    """Return the current versions that were not read, and those read that are not current."""
    rows = db.execute(
        select(t.act_versions.c.id, t.act_versions.c.text_digest).join(
            t.acts, t.acts.c.version_id == t.act_versions.c.id
        )
    )
    current = {_version(row.id, row.text_digest): row.id for row in rows}
    new = sorted(number for version, number in current.items() if version not in versions)
    return new, versions.keys() - current.keys()


def _count(db: Connection, versions: Sequence[int]) -> int:
    return sum(
        db.scalar(
            select(func.count())
            .select_from(t.provisions)
            .where(worded(), t.provisions.c.version_id.in_(chunk))
        )
        or 0
        for chunk in _chunks(versions)
    )


def _version(number: int, text_digest: str) -> str:
    # A restored back-up may give an id to another text: the id alone does not name a version.
    return f"{number}:{text_digest[:12]}"


def readable(db: Connection, agencies: frozenset[str]) -> list[int]:
    """Return the ids of the provisions in the current acts of these agencies."""
    return list(
        db.scalars(
            select(t.provisions.c.id)
            .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
            .where(in_scope(agencies))
        )
    )


def of_one_article(db: Connection, unit: Row[Any]) -> list[int]:
    """Return the ids of the units of the Điều around ``unit``: the page shows them anyway."""
    dieu = _DIEU.match(unit.path)
    path = dieu.group() if dieu else unit.path
    return list(
        db.scalars(
            select(t.provisions.c.id).where(
                t.provisions.c.version_id == unit.version_id,
                (t.provisions.c.path == path)
                | t.provisions.c.path.startswith(f"{path}/", autoescape=True),
            )
        )
    )


def rows_of(
    db: Connection,
    ids: Sequence[int],
    agencies: frozenset[str] | None,
    campaign_id: int,
    wording: str = "",
) -> list[Row[Any]]:
    """Return the current, readable provisions among ``ids``, in their order.

    One act loaded into several campaigns counts once, ``campaign_id`` before others. With
    ``wording`` only provisions of the same words stay (digests might agree by chance).
    """
    found: dict[int, Row[Any]] = {}
    for chunk in _chunks(ids):
        rows = db.execute(
            select(
                *PLACE_COLUMNS,
            )
            .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
            .where(in_scope(agencies), t.provisions.c.id.in_(chunk))
        )
        found.update((row.id, row) for row in rows)
    key = wording_key(wording)
    chosen: dict[tuple[str, str], Row[Any]] = {}
    for row in (found[number] for number in ids if number in found):
        if key and wording_key(row.text) != key:
            continue
        held = chosen.get((row.identity, row.path))
        if held is None or (held.campaign_id != campaign_id and row.campaign_id == campaign_id):
            chosen[row.identity, row.path] = row
    return list(chosen.values())


def similar_rows(
    db: Connection, neighbours: Sequence[Neighbour], category: str
) -> list[SimilarRow]:
    """Add to each provision the finding it carries: same category first, then the gravest."""
    ids = [neighbour.row.id for neighbour in neighbours]
    standing = db.execute(
        select(
            t.findings.c.id,
            t.findings.c.provision_id,
            t.findings.c.category,
            t.findings.c.severity,
            t.findings.c.state,
        )
        .where(t.findings.c.standing, t.findings.c.provision_id.in_(ids))
        .order_by(t.findings.c.severity, t.findings.c.id.desc())
    ).all()
    ranked = sorted(standing, key=lambda row: row.category == category)  # stable: the best last
    findings = {row.provision_id: row for row in ranked}
    return [_similar_row(neighbour, findings.get(neighbour.row.id)) for neighbour in neighbours]


def _similar_row(neighbour: Neighbour, finding: Row[Any] | None) -> SimilarRow:
    row = neighbour.row
    return SimilarRow(
        closeness=neighbour.closeness,
        provision_id=row.id,
        act_id=row.act_id,
        campaign_id=row.campaign_id,
        number=row.number,
        act_title=row.title,
        agency=row.agency,
        path=row.path,
        label=row.label,
        text=row.text,
        finding_id=finding.id if finding else None,
        category=finding.category if finding else "",
        severity=finding.severity if finding else 0,
        state=finding.state if finding else "",
    )


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
