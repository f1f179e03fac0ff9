"""What becomes of people's work when a newer text of an act is loaded: nothing is lost.

A finding somebody touched follows its provision to the new text: to its place, or to where its
unchanged words now stand under another number. Unchanged words keep the decision as it is; changed
words keep it too, marked ``changed``, with the old words in the history. Suggestions nobody had
looked at are replaced by those on the new text.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from corpus.compare import Unit, compare_units, follow, same_words, without_number
from corpus.errors import ERRORS as CORPUS_ERRORS
from corpus.footnote import is_consolidated
from corpus.records import Act
from corpus.text import clean, fold
from models.records import ScreenResult
from review.errors import ERRORS
from review.records import LoadLine, Person
from review.store import tables as t


@dataclass(frozen=True, slots=True)
class Incoming:
    """An act ready to be stored: by whom, when, for whom."""

    act: Act
    result: ScreenResult
    person: Person
    campaign_id: int
    issuer_code: str
    agency: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """Where offsets of the source fall: provision ids, and positions within their text."""

    act: Act
    ids: list[int]

    def within(self, provision: int, start: int, end: int) -> tuple[int, int]:
        """Return the span within the provision's own text, cut to it where it runs beyond."""
        own = self.act.provisions[provision]
        first = min(max(start - own.start, 0), len(own.text))
        return first, max(first, min(end - own.start, len(own.text)))


def text_key(text: str) -> str:
    """Return a digest of the words alone: blanks, case and tone spelling do not count."""
    words = " ".join(fold(clean(text).text).split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


_MOVED = ("provision_id", "path", "label", "place", "quote_start", "quote_end")
_SUGGESTED_ANEW = (*_MOVED, "quote", "bases", "sources", "badges", "trace", "ruleset")


def carry_over(
    db: Connection,
    incoming: Incoming,
    act_id: int,
    places: Places,
    fresh: list[dict[str, Any]],
    line: LoadLine,
) -> list[dict[str, Any]]:
    """Move findings to the new text; return the fresh ones that no old finding stands for.

    ``fresh`` are rows for the table of findings; ``line`` gets the counts and a notice.
    """
    waiting: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for values in fresh:
        waiting[values["path"], values["category"]].append(values)
    by_path: dict[str, int] = {}
    for index, unit in enumerate(places.act.provisions):
        by_path.setdefault(unit.path, index)
    standing = _standing(db, act_id)
    moved = _followed(db, act_id, places.act, line)
    for old in standing:
        if old.version == 1 and old.origin == "may":
            _retire(db, incoming, old)
            continue
        path = moved.get(old.path, old.path)
        candidates = waiting[path, old.category]
        match = _match(candidates, old.quote)
        if match is not None:
            candidates.remove(match)
        target = _target(places, by_path.get(path), old.quote)
        if target is not None and _unchanged(old, target, path):
            _follow(db, old, target, match)
            line.carried += 1
        else:
            _mark_changed(db, incoming, old, match, target)
            line.changed += 1
    if line.changed:
        line.notices.append(ERRORS.notice("RS-616", count=line.changed))
    return [values for rest in waiting.values() for values in rest]


def _followed(db: Connection, act_id: int, act: Act, line: LoadLine) -> dict[str, str]:
    """Return where the units of the text before are in the new one, and say how many differ."""
    rows = db.execute(
        select(t.provisions.c.path, t.provisions.c.label, t.provisions.c.text)
        .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
        .where(t.acts.c.id == act_id)
        .order_by(t.provisions.c.position)
    )
    text = db.scalar(
        select(t.act_versions.c.text)
        .join(t.acts, t.acts.c.version_id == t.act_versions.c.id)
        .where(t.acts.c.id == act_id)
    )
    before = [Unit(row.path, row.label, row.text) for row in rows]
    after = [Unit(unit.path, unit.label, unit.text) for unit in act.provisions]
    marks = (is_consolidated(text or ""), is_consolidated(act.raw.text))
    found = follow(before, after, marks)
    counts = compare_units(before, after, marks).counts
    line.notices.append(
        CORPUS_ERRORS.notice(
            "RS-206",
            same=counts["nhu_nhau"],
            moved=counts["chuyen"],
            changed=counts["khac"],
            added=counts["them"],
            gone=counts["bot"],
        )
    )
    return found


def _unchanged(old: Row, target: dict[str, Any], path: str) -> bool:
    """Whether the provision says what it said; under a new number the number does not count."""
    if path == old.path:
        return bool(target["text_key"] == old.text_key)
    return same_words(without_number(old.text), without_number(target["text"]))


def _standing(db: Connection, act_id: int) -> list[Row]:
    return list(
        db.execute(
            select(t.findings, t.provisions.c.text_key, t.provisions.c.text)
            .join(t.provisions, t.provisions.c.id == t.findings.c.provision_id)
            .where(t.findings.c.act_id == act_id, t.findings.c.standing)
            .order_by(t.findings.c.place, t.findings.c.id)
        )
    )


def _retire(db: Connection, incoming: Incoming, old: Row) -> None:
    db.execute(
        update(t.findings)
        .where(t.findings.c.id == old.id)
        .values(standing=False, written_by=incoming.person.id)
    )


def _match(candidates: list[dict[str, Any]], quote: str) -> dict[str, Any] | None:
    exact = [values for values in candidates if fold(values["quote"]) == fold(quote)]
    return (exact or candidates or [None])[0]


def _target(places: Places, index: int | None, quote: str) -> dict[str, Any] | None:
    """Return where a finding stands in the new text: the provision with its path, if there."""
    if index is None:
        return None
    unit = places.act.provisions[index]
    at = unit.text.find(quote)
    start = max(at, 0)
    return {
        "provision_id": places.ids[index],
        "path": unit.path,
        "label": unit.label,
        "text": unit.text,
        "place": unit.start + start,
        "quote_start": start,
        "quote_end": start + (len(quote) if at >= 0 else 0),
        "text_key": text_key(unit.text),
    }


def _follow(db: Connection, old: Row, target: dict[str, Any], match: dict[str, Any] | None) -> None:
    """Same words: offsets and trace follow the text, what people wrote stays as it was."""
    values = {key: target[key] for key in _MOVED}
    if match is not None:
        values["trace"] = match["trace"]
    db.execute(update(t.findings).where(t.findings.c.id == old.id).values(**values))


def _mark_changed(
    db: Connection,
    incoming: Incoming,
    old: Row,
    match: dict[str, Any] | None,
    target: dict[str, Any] | None,
) -> None:
    values: dict[str, Any] = {}
    if match is not None:
        values = {key: match[key] for key in _SUGGESTED_ANEW}
    elif target is not None:
        values = {key: target[key] for key in _MOVED}
    version = old.version + 1
    db.execute(
        update(t.findings)
        .where(t.findings.c.id == old.id)
        .values(**values, changed=True, version=version, written_by=incoming.person.id)
    )
    db.execute(
        insert(t.decisions).values(
            finding_id=old.id,
            action="new_text",
            from_state=old.state,
            to_state=old.state,
            code="",
            note="" if target is not None else "Bản mới không còn quy định này.",
            details={"old_text": old.text, "old_quote": old.quote, "provision": old.provision_id},
            finding_version=version,
            at=incoming.now,
            written_by=incoming.person.id,
        )
    )
