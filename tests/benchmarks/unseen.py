"""``python -m tests.benchmarks.unseen``: the screen on provisions read blind, round by round.

Each cell is recall/precision in per cent: «first» of exact categories when the round was compared
for the first time, then by group as the screen says today. Causes of misses were mended between
rounds, so only «first» is a figure of unseen acts.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from models import evaluate
from tests.models import unseen

SHARED = Path(__file__).parents[3] / "shared"


def main() -> None:
    """Print one table: rows are rounds, the last one all of them."""
    rounds = unseen.rounds()
    everything = list(chain.from_iterable(rounds.values()))
    said = {label.id: findings for label, findings in unseen.screened(everything, SHARED)}
    first = unseen.first_readings()
    print("| round | mix | units | first | " + " | ".join("ABCDEF") + " |")
    for name, labels in [*rounds.items(), ("all", everything)]:
        counts = evaluate.counted(((label, said[label.id]) for label in labels), "")
        cells = [_cell(counts.groups.get(group)) for group in "ABCDEF"]
        seen = first.get(name)
        begun = (
            f"{seen.mix} | {len(labels)} | {_cell(seen.score)}" if seen else f"| {len(labels)} |"
        )
        print(f"| {name} | {begun} | {' | '.join(cells)} |")


def _cell(score: evaluate.Score | None) -> str:
    if score is None:
        return "–"
    shares = (score.recall, score.precision)
    return "/".join("–" if share is None else f"{100 * share:.0f}" for share in shares)


if __name__ == "__main__":
    main()
