"""Labels of provisions read blind: which categories a reader gave before the screen was asked.

``unseen.csv`` has a row for each unit: round, act, path, categories and those that reasonable
readers may give or not. No word of an act stands there: the provisions are those of the codified law in
``../shared``. Rounds were drawn from acts outside the labelled set and dense in demands for paper,
so that they are harder than an average page.

``unseen-first.csv`` keeps what the screen of that day said when a round was first compared: labels
of exact categories, how many of them were found, what was suggested, how much of it was right.
Labels that readers later took back, or called arguable, are no longer those of that count.

``python -m tests.benchmarks.unseen`` prints precision and recall by group, round by round.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.reading import read_paths
from corpus.structure import parse_act
from models import evaluate
from models.records import Finding
from models.screen import Screener

FILE = Path(__file__).with_suffix(".csv")
FIRST = Path(__file__).with_name("unseen-first.csv")
AS_OF = date(2026, 11, 30)


def rounds() -> dict[str, list[evaluate.Label]]:
    """Return the labels of each round; ``heading`` of a label is its path in the act."""
    held: dict[str, list[evaluate.Label]] = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            label = evaluate.Label(
                id=f"{row['act']} {row['path']}",
                act=row["act"],
                heading=row["path"],
                article="",
                part="",
                expected=_codes(row["categories"]),
                optional=_codes(row["optional"]),
            )
            held[row["round"]].append(label)
    return dict(held)


@dataclass(frozen=True)
class First:
    """The first comparison of a round; ``mix``: drawn like the labelled set, or dense."""

    mix: str
    score: evaluate.Score


def first_readings() -> dict[str, First]:
    """Return what the screen said of each round before anything was mended for it."""
    held = {}
    with FIRST.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            counts = {name: int(row[name]) for name in ("gold", "hit", "predicted", "right")}
            held[row["round"]] = First(row["mix"], evaluate.Score(**counts))
    return held


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


def screened(
    labels: list[evaluate.Label], shared: Path
) -> Iterator[tuple[evaluate.Label, list[Finding]]]:
    """Screen the acts of the labels as a whole; yield what was found in each labelled unit."""
    screener = Screener()
    wanted = {label.act for label in labels}
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for result in read_paths([shared / "corpus" / "phapdien"]):
        if result.document is None or result.document.head is None:
            continue
        if result.document.head.number not in wanted:
            continue
        act = parse_act(result.document)
        for finding in screener.screen(act, AS_OF).findings:
            found[act.head.number, finding.path].append(finding)
    for label in labels:
        yield label, found[label.act, label.heading]
