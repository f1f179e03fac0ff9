"""Work saved by the order of reading: on the labelled provisions and on simulated campaigns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from sqlalchemy import select

from corpus.number import parse_number
from models import evaluate
from models.rank import ASREVIEW, OURS, Candidate
from models.screen import Screener
from models.simulation import Curve, by_chance, by_learning, by_severity
from review.store import tables as t
from review.workbench import Workbench

SHARED = Path(__file__).parents[3] / "shared"
CAMPAIGNS, SIZE = 3, 3000
SEEDS = range(3)


def ranking(bench: Workbench) -> None:
    """Print WSS@95, recall after a tenth and the last find of every order, campaign by campaign."""
    items, relevant = labelled()
    _table(f"labelled provisions: {len(items)}, {sum(relevant)} demands", items, relevant)
    blind = [replace(item, severity=0, readiness=0, category="", quote="") for item in items]
    _table("the same, without what the screen knows", blind, relevant)
    rows = stored(bench)
    for number in range(CAMPAIGNS):
        chosen = random.Random(number).sample(rows, SIZE)
        _table(
            f"simulated campaign {number + 1}: {SIZE} hits of the codified law, "
            f"{sum(right for _, right in chosen)} kept by the rules",
            [item for item, _ in chosen],
            [right for _, right in chosen],
        )


def labelled() -> tuple[list[Candidate], list[bool]]:
    """Return the labelled provisions as the screen shows them."""
    screener, items, relevant = Screener(), [], []
    for place, label in enumerate(evaluate.read_labels(SHARED / "gold/dev.jsonl")):
        found = evaluate.findings_in(label, screener, date(2026, 11, 23))
        gravest = max(found, key=lambda finding: finding.severity, default=None)
        number = parse_number(label.act)
        items.append(
            Candidate(
                place,
                f"{label.heading}\n{label.part}",
                gravest.severity if gravest else 0,
                gravest.readiness if gravest else 0,
                gravest.category if gravest else "",
                number.issuers[0] if number and number.issuers else "",
                number.type_name if number else "",
                gravest.quote if gravest else "",
            )
        )
        relevant.append(bool(label.expected))
    return items, relevant


def stored(bench: Workbench) -> list[tuple[Candidate, bool]]:
    """Return every hit of the screen; a simulated reader confirms what the rules keep.

    Severity is left out: the rules give it, and they decide what the reader says.
    """
    rows: list[tuple[Candidate, bool]] = []
    with bench.store.read() as db:
        for table, kept in ((t.findings, True), (t.suppressed, False)):
            for row in db.execute(
                select(t.provisions.c.text, table.c.category, table.c.quote, t.acts.c.agency, t.acts.c.type)
                .join(t.provisions, t.provisions.c.id == table.c.provision_id)
                .join(t.acts, t.acts.c.id == table.c.act_id)
            ):  # fmt: skip
                item = Candidate(
                    len(rows), row.text[:2000], 0, 0, row.category, row.agency, row.type, row.quote
                )
                rows.append((item, kept))
    return rows


def _table(title: str, items: list[Candidate], relevant: list[bool]) -> None:
    best = (len(items) - 0.95 * sum(relevant)) / len(items) - 0.05
    print(f"\n{title} (WSS@95 can be at most {best:.3f})")
    print(f"{'':28}{'WSS@95':>8}{'recall at 10 %':>16}{'last find':>11}")
    _line("random order", [by_chance(items, relevant, seed) for seed in SEEDS])
    if any(item.severity for item in items):
        _line("by severity", [by_severity(items, relevant)])
    for recipe in (ASREVIEW, OURS):
        _line(recipe.name, [by_learning(items, relevant, recipe, seed) for seed in SEEDS])


def _line(name: str, curves: Sequence[Curve]) -> None:
    wss = np.mean([curve.wss() for curve in curves])
    tenth = np.mean([curve.recall(curve.total // 10) for curve in curves])
    last = np.mean([curve.last_find for curve in curves])
    print(f"{name:28}{wss:>8.3f}{tenth:>16.3f}{last:>11.0f}", flush=True)
