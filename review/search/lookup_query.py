"""The queries behind search: acts by number or title, units by address, rows to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from review.acts.filtering import asked_for, in_scope
from review.acts.place import PLACE_COLUMNS
from review.records import ActHit, SearchFilter
from review.search.typed import Typed, WantedAct
from review.store import tables as t
from review.store.folded import contains, searchable

_CHUNK: Final = 900  # ids in one query
_STEM: Final = 110  # characters shown of each unit above
_ACTS: Final = 8  # acts listed above the provisions
_TITLED: Final = 60  # acts with the words in their title that are looked at
_OF_A_YEAR: Final = re.compile(r"(?P<name>.+?)(?: nam)? (?P<year>(?:19|20)\d\d)")
_KIND: Final = re.compile(r"(?P<kind>bo luat|luat|phap lenh|nghi dinh|nghi quyet|thong tu) ")

CURRENT: Final = t.provisions.join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)


def conditions(
    wanted: SearchFilter, agencies: frozenset[str] | None, findings_of: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    """Return the conditions on acts and provisions; findings count within ``findings_of``."""
    found = [in_scope(agencies)]
    found += asked_for(wanted.campaign_id, wanted.agency)
    if wanted.type:
        found.append(t.acts.c.type == wanted.type)
    if wanted.category or wanted.states:
        of_finding = [
            t.findings.c.provision_id == t.provisions.c.id,
            t.findings.c.standing,
            in_scope(findings_of),
        ]
        if wanted.category:
            of_finding.append(
                t.findings.c.category.startswith(wanted.category, autoescape=True)
                if len(wanted.category) == 1
                else t.findings.c.category == wanted.category
            )
        if wanted.states:
            of_finding.append(t.findings.c.state.in_(wanted.states))
        found.append(select(t.findings.c.id).where(*of_finding).exists())
    return found


def acts_numbered(
    db: Connection, act: WantedAct, where: Sequence[ColumnElement[bool]]
) -> list[Row[Any]]:
    """Return the acts whose number may be the typed one, newest first."""
    number = t.act_numbers.c
    asked = [number.num == act.num]
    if act.year is not None:
        asked.append(number.year == act.year)
    if act.type == "luat":  # «luật» is said of codes too
        asked.append(number.type.in_(("luat", "bo luat")))
    elif act.type:
        asked.append(number.type == act.type)
    if act.tail:
        # «nđcp» and «nđ-cp» are one tail.
        tail = func.replace(number.tail, "-", "")
        asked.append(tail.startswith(act.tail.replace("-", ""), autoescape=True))
    return _acts(
        db, t.acts.join(t.act_numbers, number.act_id == t.acts.c.id), [*asked, *where], limit=50
    )


def acts_titled(db: Connection, words: str, where: Sequence[ColumnElement[bool]]) -> list[Row[Any]]:
    """Return acts with these words in a row in their title, those that are so called first.

    Titles are stored with and without the type: «luật cư trú» is the act of type Luật with the
    title «Cư trú» too. A year after the name («luật cư trú 2006») picks the act of that year.
    """
    name, year = _name_and_year(searchable(words))
    kind, rest = _kind_and_rest(name)
    asked = [contains(t.acts.c.search, name)]
    if rest:
        asked.append(contains(t.acts.c.search, rest))
    rows = _acts(db, t.acts, [or_(*asked), *where], limit=_TITLED)
    called = [row for row in rows if _is_called(row, name, kind, rest)]
    others = [row for row in rows if row not in called and name in searchable(row.title)]
    if year:
        dated = [row for row in called if f"/{year}/" in row.number]
        called = dated or called
    return [*called, *others][:_ACTS]


def so_called(rows: Sequence[Row[Any]], words: str) -> list[Row[Any]]:
    """Return those of ``acts_titled`` that are called just so, all of them where none is."""
    name, _ = _name_and_year(searchable(words))
    kind, rest = _kind_and_rest(name)
    return [row for row in rows if _is_called(row, name, kind, rest)] or list(rows)


def of_another_year(rows: Sequence[Row[Any]], words: str) -> bool:
    """Whether a year was typed after the name of an act, and those so called are of others."""
    name, year = _name_and_year(searchable(words))
    kind, rest = _kind_and_rest(name)
    called = [row for row in rows if _is_called(row, name, kind, rest)]
    return bool(year and called) and not any(f"/{year}/" in row.number for row in called)


def _name_and_year(words: str) -> tuple[str, str]:
    match = _OF_A_YEAR.fullmatch(words)
    return (match["name"], match["year"]) if match else (words, "")


def _kind_and_rest(name: str) -> tuple[str, str]:
    match = _KIND.match(name)
    return (match["kind"], name[match.end() :]) if match else ("", "")


def _is_called(row: Row[Any], name: str, kind: str, rest: str) -> bool:
    title = searchable(row.title)
    return title == name or (bool(rest) and title == rest and searchable(row.type) == kind)


def _acts(
    db: Connection, source: Any, where: Sequence[ColumnElement[bool]], limit: int
) -> list[Row[Any]]:
    columns = (t.acts.c.id, t.acts.c.version_id, t.acts.c.number, t.acts.c.type, t.acts.c.title,
               t.acts.c.agency)  # fmt: skip
    return list(
        db.execute(
            select(*columns)
            .select_from(source)
            .where(*where, t.acts.c.version_id.is_not(None))
            .order_by(func.length(t.acts.c.title), t.acts.c.issued.desc(), t.acts.c.id.desc())
            .limit(limit)
        )
    )


def act_hits(rows: Iterable[Row[Any]]) -> tuple[ActHit, ...]:
    """Turn rows of acts into records."""
    return tuple(
        ActHit(row.id, row.number, row.type, row.title, row.agency) for row in list(rows)[:_ACTS]
    )


def at_address(
    db: Connection, typed: Typed, versions: Sequence[int], where: Sequence[ColumnElement[bool]]
) -> list[int]:
    """Return the ids of the units that the typed address names in these versions."""
    rows = db.execute(
        select(t.provisions.c.id, t.provisions.c.path, t.provisions.c.quoted)
        .select_from(CURRENT)
        .where(t.provisions.c.version_id.in_(versions), _named(typed, below=False), *where)
        .order_by(t.provisions.c.quoted, t.provisions.c.version_id, t.provisions.c.position)
        .limit(50)
    ).all()
    # The act's own Điều comes before that of a text attached to it or quoted in it.
    return [row.id for row in sorted(rows, key=lambda row: (row.quoted, row.path.count("/")))]


def spans_of(db: Connection, versions: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the first and last id of the provisions of each version: they lie close together."""
    places = t.provisions.c
    rows = db.execute(
        select(func.min(places.id), func.max(places.id))
        .where(places.version_id.in_(versions))
        .group_by(places.version_id)
    )
    return tuple((first, last) for first, last in rows)


def within(typed: Typed) -> ColumnElement[bool]:
    """Units at the typed address or below it."""
    return _named(typed, below=True)


def _named(typed: Typed, *, below: bool) -> ColumnElement[bool]:
    column = t.provisions.c.path
    found: list[ColumnElement[bool]] = []
    for path in typed.paths:
        found += [column == path, column.endswith(f"/{path}", autoescape=True)]
        if below:
            found += [
                column.startswith(f"{path}/", autoescape=True),
                column.contains(f"/{path}/", autoescape=True),
            ]
    return or_(*found)


def passing(db: Connection, ids: Sequence[int], where: Sequence[ColumnElement[bool]]) -> set[int]:
    """Return which of these provisions are current and meet the conditions."""
    found: set[int] = set()
    for start in range(0, len(ids), _CHUNK):
        found.update(
            db.scalars(
                select(t.provisions.c.id)
                .select_from(CURRENT)
                .where(t.provisions.c.id.in_(ids[start : start + _CHUNK]), *where)
            )
        )
    return found


def texts_of(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Return the own words of provisions."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = db.execute(
            select(t.provisions.c.id, t.provisions.c.text).where(
                t.provisions.c.id.in_(ids[start : start + _CHUNK])
            )
        )
        found.update((row.id, row.text) for row in rows)
    return found


def rows_to_show(db: Connection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Return the provisions with what a list shows of their act."""
    rows = db.execute(
        select(
            *PLACE_COLUMNS,
        )
        .select_from(CURRENT)
        .where(t.provisions.c.id.in_(ids))
    )
    return {row.id: row for row in rows}


def stems_of(db: Connection, rows: Iterable[Row[Any]]) -> dict[int, str]:
    """Return for each row the words it stands under: its Điều and the lead-in of its khoản."""
    rows = list(rows)
    above = {
        (row.version_id, int(position))
        for row in rows
        for position in row.lineage.split("/")
        if position
    }
    if not above:
        return {}
    places = t.provisions.c
    found = db.execute(
        select(places.version_id, places.position, places.level, places.text).where(
            places.version_id.in_({version for version, _ in above}),
            places.position.in_({position for _, position in above}),
        )
    )
    words = {
        (row.version_id, row.position): _shortened(row.text)
        for row in found
        if row.level in ("dieu", "khoan", "diem", "phu-luc", "mau")
    }
    return {
        row.id: " › ".join(
            words[key]
            for position in row.lineage.split("/")
            if position and (key := (row.version_id, int(position))) in words
        )
        for row in rows
    }


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _STEM:
        return words
    return f"{words[:_STEM].rsplit(' ', 1)[0]}…"


def findings_of(
    db: Connection, ids: Sequence[int], agencies: frozenset[str] | None, category: str
) -> Mapping[int, Row[Any]]:
    """Return the finding to show of each provision: the category asked for first, then severity."""
    rows = db.execute(
        select(
            t.findings.c.id,
            t.findings.c.provision_id,
            t.findings.c.category,
            t.findings.c.severity,
            t.findings.c.state,
            t.findings.c.standing,
        )
        .select_from(t.findings.join(t.acts, t.acts.c.id == t.findings.c.act_id))
        .where(t.findings.c.provision_id.in_(ids), in_scope(agencies))
        .order_by(t.findings.c.severity, t.findings.c.id.desc())
    )
    # Asked in the query, SQLite would go through all that stand instead of these provisions.
    standing = [row for row in rows if row.standing]
    ranked = sorted(standing, key=lambda row: bool(category) and row.category.startswith(category))
    return {row.provision_id: row for row in ranked}
