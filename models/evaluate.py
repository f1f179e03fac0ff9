"""How well the screen does on labelled provisions: precision, recall, gains and losses.

A label file is JSONL of two kinds of record:

* labelled unit ``{"id", "act", "note", "heading", "article_text", "unit", "flags": [{"cat"}],
  "optional"}``: the categories found inside ``unit`` should be exactly those of ``flags``;
  categories in ``optional`` count neither way, because reasonable lawyers differ;
* official row ``{"id", "act", "note", "heading", "article_text", "provision", "category",
  "database"}``: the provision must carry a finding of that category and that database.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from corpus.number import parse_number
from corpus.records import Head, RawDocument
from corpus.structure import parse_act
from models.errors import ERRORS
from models.records import Finding
from models.screen import Screener


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled stretch of an article and what the screen should say about it."""

    id: str
    act: str
    heading: str
    article: str
    part: str  # the words judged: a unit, or the provision of an official row
    expected: frozenset[str]
    optional: frozenset[str] = frozenset()
    database: str = ""  # official rows only


@dataclass(slots=True)
class Score:
    """Counts of one category or group."""

    gold: int = 0
    predicted: int = 0
    hit: int = 0  # gold categories that were found
    right: int = 0  # predicted categories that are gold

    @property
    def recall(self) -> float | None:
        """Share of the labels found; None without labels."""
        return self.hit / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """Share of the suggestions that are labels; None without suggestions."""
        return self.right / self.predicted if self.predicted else None


@dataclass(slots=True)
class Evaluation:
    """What the screen said about every label, and the counts that follow."""

    ruleset: str
    said: dict[str, list[str]] = field(default_factory=dict)  # label id -> categories found
    categories: dict[str, Score] = field(default_factory=dict)
    groups: dict[str, Score] = field(default_factory=dict)
    confusion: dict[str, int] = field(default_factory=dict)  # "C1 → C2": units
    misses: list[tuple[str, str]] = field(default_factory=list)  # (label id, category)
    alarms: list[tuple[str, str]] = field(default_factory=list)
    official: dict[str, int] = field(default_factory=dict)  # rows, found, category, database

    def record(self) -> dict[str, Any]:
        """Return the evaluation as JSON-ready data; ``compare`` reads it back."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule change gained and lost on the same labels: (label id, category) pairs."""

    gained: list[tuple[str, str]]  # found now, missed before
    lost: list[tuple[str, str]]  # missed now, found before
    quieted: list[tuple[str, str]]  # false alarm before, silent now
    alarmed: list[tuple[str, str]]  # false alarm now, silent before


def read_labels(path: Path) -> list[Label]:
    """Read a label file; raises RS-304 naming the line that is no label."""
    return labels_of(path.name, path.read_text(encoding="utf-8"))


def labels_of(name: str, text: str) -> list[Label]:
    """Read the lines of a label file called ``name``; raises RS-304 as ``read_labels`` does."""
    labels = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            labels.append(_label(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise ERRORS.error(
                "RS-304", file=name, line=number, problem=type(error).__name__
            ) from error
    return labels


def _label(record: dict[str, Any]) -> Label:
    official = "provision" in record
    expected = [record["category"]] if official else [flag["cat"] for flag in record["flags"]]
    return Label(
        id=record["id"],
        act=record["act"],
        heading=_heading(record),
        article=_nfc(record["article_text"]),
        part=_nfc(record["provision" if official else "unit"]),
        expected=frozenset(expected),
        optional=frozenset(record.get("optional", ())),
        database=record["database"] if official else "",
    )


# Bộ Pháp điển numbers articles «Điều 25.12.NĐ.1.8.»; its note says the act's own «Điều 8».
_CODIFIED = re.compile(r"^Điều [^ ]+?\.\s+|^Điều \d+[a-zđ]?\s*\.?\s*")
_OWN_NUMBER = re.compile(r"\(?\s*Điều (\d+[a-zđ]?)")


def _heading(record: dict[str, Any]) -> str:
    """Return the article's heading under the number it has in its own act."""
    heading = _nfc(record["heading"])
    own = _OWN_NUMBER.match(_nfc(record.get("note", "")))
    return f"Điều {own.group(1)}. {_CODIFIED.sub('', heading)}" if own else heading


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def evaluate(labels: Iterable[Label], screener: Screener, as_of: date) -> Evaluation:
    """Screen every labelled article and count; each article is an act of its own."""
    said = ((label, findings_in(label, screener, as_of)) for label in labels)
    return counted(said, screener.catalogue.version)


def counted(said: Iterable[tuple[Label, list[Finding]]], ruleset: str) -> Evaluation:
    """Count what was found at each label, whoever screened; ``ruleset`` names the criteria."""
    evaluation = Evaluation(ruleset)
    categories: dict[str, Score] = defaultdict(Score)
    groups: dict[str, Score] = defaultdict(Score)
    confusion: Counter[str] = Counter()
    official: Counter[str] = Counter()
    for label, found in said:
        codes = {finding.category for finding in found}
        evaluation.said[label.id] = sorted(codes)
        if label.database:
            _count_official(label, found, official)
            continue
        _count(label.expected - label.optional, codes - label.optional, label, categories)
        _count(
            {category[0] for category in label.expected - label.optional},
            {category[0] for category in codes - label.optional},
            label,
            groups,
        )
        missed = sorted(label.expected - label.optional - codes)
        extra = sorted(codes - label.optional - label.expected)
        evaluation.misses += [(label.id, category) for category in missed]
        evaluation.alarms += [(label.id, category) for category in extra]
        for category in missed:
            confusion[f"{category} → {', '.join(extra) or '–'}"] += 1
    evaluation.categories = dict(sorted(categories.items()))
    evaluation.groups = dict(sorted(groups.items()))
    evaluation.confusion = dict(confusion.most_common())
    evaluation.official = dict(official)
    return evaluation


def findings_in(label: Label, screener: Screener, as_of: date) -> list[Finding]:
    """Return the findings whose words lie inside the labelled part of its article."""
    body = f"{label.heading}\n{label.article}\n"
    number = parse_number(label.act)
    head = Head(number=label.act, type=number.type_name if number else "")
    act = parse_act(RawDocument(source=label.id, format="text", text=body, head=head))
    start = body.find(label.part)
    end = start + len(label.part)
    return [
        finding
        for finding in screener.screen(act, as_of).findings
        if start <= finding.start and finding.end <= end
    ]


def _count(gold: Set[str], said: Set[str], label: Label, scores: dict[str, Score]) -> None:
    # An optional label excuses a suggestion of its own category, and for groups of its group.
    excused = {name for category in label.optional for name in (category, category[0])}
    for name in gold:
        scores[name].gold += 1
        scores[name].hit += name in said
    for name in said:
        scores[name].predicted += 1
        scores[name].right += name in gold or name in excused


def _count_official(label: Label, found: list[Finding], official: Counter[str]) -> None:
    (category,) = label.expected
    group = [finding for finding in found if finding.category[0] == category[0]]
    same = [finding for finding in group if finding.category == category]
    official["rows"] += 1
    official["found"] += bool(group)
    official["category"] += bool(same)
    official["database"] += any(label.database in finding.sources for finding in same or group)


def compare(labels: Iterable[Label], before: dict[str, list[str]], now: Evaluation) -> Change:
    """Return what changed since ``before`` (``Evaluation.said`` of an earlier revision)."""
    change = Change([], [], [], [])
    for label in labels:
        old = set(before.get(label.id, ()))
        new = set(now.said.get(label.id, ()))
        wanted = label.expected | label.optional
        for category in sorted(new - old):
            (change.gained if category in wanted else change.alarmed).append((label.id, category))
        for category in sorted(old - new):
            (change.lost if category in wanted else change.quieted).append((label.id, category))
    return change
