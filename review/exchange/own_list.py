"""A ministry's own list of provisions: columns mapped once and remembered, rows found in the acts.

A row becomes a finding only by a person's click, as one added by hand (``Findings.add_manual``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from sqlalchemy import Connection, Row, insert, select

from corpus.citation import find_citations
from corpus.errors import RasoatError
from corpus.number import find_numbers, number_key
from corpus.seek import find_phrase
from corpus.text import clean, unaccent
from review.acts.filtering import in_scope
from review.errors import ERRORS
from review.exchange.log import add_file
from review.exchange.records import Applied, ListMatch, ListRow, RowProblem, SentFile
from review.findings.finding import Findings
from review.people.permission import check, scope
from review.records import Person
from review.store import tables as t
from review.store.engine import Store

_FILE: Final = Path(__file__).with_name("own_list.yaml")
_KEYS: Final = {"ten", "can", "cot"}
_LABEL = re.compile(r"^\s*(?:Điều\s+\w+\s*[.:]|\d+[a-zđ]?\s*\.|[a-zđ]\d*\s*\)|[-+])\s*")
_LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the list: its name on the screen, and headings it is known by."""

    name: str
    needed: bool
    headings: tuple[str, ...]


@cache
def fields() -> dict[str, Field]:
    """Return the fields in their order; raises ``ValueError`` naming the entry that is wrong."""
    made = {}
    for key, entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")).items():
        if set(entry) != _KEYS:
            raise ValueError(f"{_FILE.name}: {key} cần đúng các trường {sorted(_KEYS)}")
        made[key] = Field(entry["ten"], entry["can"], tuple(map(_folded, entry["cot"])))
    return made


def guessed(headings: Sequence[str]) -> dict[str, int]:
    """Return the column (from 0) of each field whose heading is known."""
    known = [_folded(heading) for heading in headings]
    return {
        key: known.index(heading)
        for key, field in fields().items()
        for heading in (next((h for h in field.headings if h in known), ""),)
        if heading
    }


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unaccent(clean(text).text).casefold()).split())


def _signature(headings: Sequence[str]) -> str:
    words = "|".join(_folded(heading) for heading in headings)
    return hashlib.sha256(words.encode()).hexdigest()


class OwnLists:
    """Import of lists that a ministry keeps in a form of its own."""

    def __init__(self, store: Store, findings: Findings) -> None:
        self._store = store
        self._findings = findings

    def remembered(self, person: Person, headings: Sequence[str]) -> dict[str, int]:
        """Return the columns chosen last for such headings by the ministry, else guessed ones."""
        seen = scope(person, "own_lists.remembered")
        where = [t.exchange_mappings.c.signature == _signature(headings)]
        if seen is not None:
            where.append(t.exchange_mappings.c.agency.in_(seen))
        with self._store.read() as db:
            columns = db.scalar(
                select(t.exchange_mappings.c.columns)
                .where(*where)
                .order_by(t.exchange_mappings.c.id.desc())
                .limit(1)
            )
        if columns is None:
            return guessed(headings)
        return {key: place for key, place in columns.items() if place < len(headings)}

    def remember(
        self, person: Person, agency: str, headings: Sequence[str], columns: Mapping[str, int]
    ) -> None:
        """Keep the columns for files with these headings; RS-714 where a needed one lacks."""
        check(person, "own_lists.remember", agency)
        missing = [f.name for key, f in fields().items() if f.needed and key not in columns]
        if missing:
            raise ERRORS.error("RS-714", missing=", ".join(f"«{name}»" for name in missing))
        with self._store.write() as db:
            db.execute(
                insert(t.exchange_mappings).values(
                    agency=agency,
                    signature=_signature(headings),
                    columns=dict(columns),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )

    def match(self, person: Person, campaign_id: int, rows: Iterable[ListRow]) -> list[ListMatch]:
        """Return where each row stands in the loaded acts of the person's ministry; reads only."""
        seen = scope(person, "own_lists.match")
        with self._store.read() as db:
            acts = {
                number_key(row.number): row
                for row in db.execute(
                    select(t.acts.c.id, t.acts.c.number, t.acts.c.version_id).where(
                        t.acts.c.campaign_id == campaign_id,
                        in_scope(seen),
                        t.acts.c.number != "",
                    )
                )
            }
            return [_match(db, acts, row) for row in rows]

    def add(
        self,
        person: Person,
        campaign_id: int,
        file: SentFile,
        chosen: Iterable[ListMatch],
        category: str,
        severity: int,
    ) -> Applied:
        """Add a finding for each chosen row, logged with its row; what is refused is said."""
        check(person, "own_lists.add")
        ready = [match for match in chosen if match.ready]
        if not ready:
            raise ERRORS.error("RS-713")
        with self._store.write() as db:
            import_id = add_file(db, person, campaign_id, file, self._store.now())
        added, refused = 0, []
        for match in ready:
            assert match.provision_id is not None
            try:
                view = self._findings.add_manual(
                    person, match.provision_id, category, match.quote, severity, match.note
                )
            except RasoatError as error:
                refused.append(RowProblem(match.place, None, str(error)))
                continue
            added += 1
            with self._store.write() as db:
                db.execute(
                    insert(t.exchange_changes).values(
                        import_id=import_id,
                        finding_id=view.row.id,
                        field="finding",
                        old="",
                        new=match.quote,
                        place=match.place,
                        version=0,
                        at=self._store.now(),
                        written_by=person.id,
                    )
                )
        return Applied(import_id, added, added, tuple(refused))


def _match(db: Connection, acts: Mapping[str, Row], row: ListRow) -> ListMatch:
    printed, location = row.values.get("act", ""), row.values.get("location", "")
    blank = ListMatch(row.place, printed, location, None, "", "", row.values.get("note", ""))
    found = next(find_numbers(clean(printed).text), None)
    act = acts.get(number_key(found.number.official)) if found else None
    if act is None:
        return replace(blank, reason="không có văn bản này trong đợt, hoặc không rõ số, ký hiệu")
    paths = [path for cited in find_citations(clean(location).text) for path in cited.paths]
    if not paths:
        return replace(blank, reason="không rõ điều, khoản, điểm")
    if len(paths) > 1:
        return replace(blank, reason="dòng nêu nhiều điều, khoản, điểm; tách thành nhiều dòng")
    unit = db.execute(
        select(t.provisions).where(
            t.provisions.c.version_id == act.version_id, t.provisions.c.path == paths[0]
        )
    ).first()
    if unit is None:
        return replace(blank, reason="văn bản không có điều, khoản, điểm này")
    quote = _quote(unit.text, row.values.get("quote", ""))
    if not quote:
        return replace(
            blank, label=unit.label, reason="không thấy cụm từ này trong điều, khoản, điểm"
        )
    standing = db.scalar(
        select(t.findings.c.id).where(t.findings.c.provision_id == unit.id, t.findings.c.standing)
    )
    reason = f"đã có phát hiện mã {standing} tại quy định này" if standing else ""
    return ListMatch(
        row.place, act.number, location, unit.id, unit.label, quote, blank.note, standing, reason
    )


def _quote(text: str, wanted: str) -> str:
    """Return the words of the provision that the finding stands on; all of them by default."""
    if not wanted.strip():
        words = text[_label_end(text) :].strip()
        return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0]
    found = find_phrase(text, wanted)
    return text[slice(*found.spans[0])] if found.spans else ""


def _label_end(text: str) -> int:
    label = _LABEL.match(text)
    return label.end() if label else 0
