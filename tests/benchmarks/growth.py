"""How the time of reading grows with hostile text: eight times the text, how many times the time.

Reading is parsing, references and what the act says of effect.

``python -m tests.benchmarks.growth``; about 8 is linear, 64 would be quadratic.
"""

from __future__ import annotations

import time

from corpus.citing import act_citations
from corpus.effect import said_by
from corpus.records import RawDocument
from corpus.structure import parse_act
from tests.corpus.hostile import HOSTILE

SMALL = 5_000


def seconds(text: str) -> float:
    """Return the processor seconds of reading ``text``, the best of three."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        act = parse_act(RawDocument(source="a.txt", format="text", text=text))
        said_by([act])
        list(act_citations(act))
        taken.append(time.process_time() - begin)
    return min(taken)


def main() -> None:
    """Print a line per hostile text: seconds at full size and the growth."""
    for name, make in HOSTILE.items():
        small, large = seconds(make(SMALL)), seconds(make(8 * SMALL))
        print(f"{name:<28}{large:8.3f} s   x{large / small:.1f}")


if __name__ == "__main__":
    main()
