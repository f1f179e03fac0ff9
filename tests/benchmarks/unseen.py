"""``python -m tests.benchmarks.unseen``: the screen on provisions read blind, round by round.

Each cell is recall/precision of a group in per cent. Later rounds were read after the causes of
earlier misses were mended, so only a round's first figures (README) were truly unseen.
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
    print("| round | units | " + " | ".join("ABCDEF") + " |")
    for name, labels in [*rounds.items(), ("all", everything)]:
        counts = evaluate.counted(((label, said[label.id]) for label in labels), "")
        cells = [_cell(counts.groups.get(group)) for group in "ABCDEF"]
        print(f"| {name} | {len(labels)} | {' | '.join(cells)} |")


def _cell(score: evaluate.Score | None) -> str:
    if score is None:
        return "–"
    shares = (score.recall, score.precision)
    return "/".join("–" if share is None else f"{100 * share:.0f}" for share in shares)


if __name__ == "__main__":
    main()
