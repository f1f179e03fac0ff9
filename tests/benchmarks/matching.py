"""`python -m tests.benchmarks.matching`: matching beside spaCy's PhraseMatcher and bare `re`.

All three read the same folded texts (one act in twelve of the Bộ Pháp điển) in one run:

* the screen's own matching: one automaton over all anchors, then wording patterns on candidates;
* spaCy: `blank("xx")`, the tokenizer and a PhraseMatcher of the same anchors (finds less: no
  patterns), and the same with this project's own syllable tokenizer, which is quicker;
* `re`: one pass of the union of the same anchors, counting hits and nothing else.

Times are processor seconds, the best of three rounds; needs ../shared/corpus.
"""

from __future__ import annotations

import gc
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher

from corpus.reading import read_paths
from corpus.structure import parse_act
from models import pipeline
from models.passage import ActText
from models.prefilter import Prefilter
from models.screen import Screener
from models.trigger import TriggerFinder

PACKAGE = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "phapdien"
EVERY = 12
ROUNDS = 3
TIMES_SPACY, TIMES_RE = 10, 3  # what the project promises


def _best(name: str, size: int, work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    print(f"{name:52} {best:8.3f} s {size / best / 1e6:8.1f} triệu ký tự/s", flush=True)
    return best


def _phrase_matching(nlp: Language, anchors: list[str], texts: list[str]) -> Callable[[], None]:
    nlp.max_length = max(map(len, texts)) + 1
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("CUM_TU", [nlp.make_doc(anchor) for anchor in anchors])

    def work() -> None:
        for text in texts:
            matcher(nlp.make_doc(text))

    return work


def measure(acts: list[ActText]) -> bool:
    """Print the times and ratios; returns whether both promises hold."""
    catalogue = Screener().catalogue
    prefilter = Prefilter(catalogue)
    finder = TriggerFinder(catalogue, prefilter)
    anchors = sorted(
        {word for row in catalogue.categories.values() for anchor in row.anchors for word in anchor}
    )
    texts = [act.folded for act in acts]
    size = sum(map(len, texts))
    print(f"{len(texts)} văn bản, {size:,} ký tự, {len(anchors)} cụm từ\n")
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as in the processes of corpus.parallel

    def match_all() -> None:
        for act in acts:
            for index, categories in prefilter.candidates(act):
                finder.find(act.passage(index).text, categories)

    union = re.compile("|".join(map(re.escape, sorted(anchors, key=len, reverse=True))))
    own = _best("khớp mẫu của rà soát", size, match_all)
    bare = _best(
        "một lượt re trần", size, lambda: [sum(1 for _ in union.finditer(text)) for text in texts]
    )
    usual = _best(
        "spaCy blank('xx') + PhraseMatcher",
        size,
        _phrase_matching(spacy.blank("xx"), anchors, texts),
    )
    quick = _best(
        "bộ tách âm tiết của dự án + PhraseMatcher",
        size,
        _phrase_matching(pipeline.build(), anchors, texts),
    )
    print()
    print(f"spaCy PhraseMatcher / khớp mẫu            = {usual / own:6.1f}  (≥ {TIMES_SPACY})")
    print(f"PhraseMatcher, tách âm tiết / khớp mẫu    = {quick / own:6.1f}")
    print(f"khớp mẫu / một lượt re trần               = {own / bare:6.2f}  (≤ {TIMES_RE})")
    return usual >= TIMES_SPACY * own and own <= TIMES_RE * bare


def main() -> int:
    """Measure; returns 1 where a promise does not hold, 2 where the package is not there."""
    if not PACKAGE.is_dir():
        print(f"Không có {PACKAGE.name}: phép đo cần Bộ Pháp điển trong ../shared/corpus.")
        return 2
    documents = [r.document for r in read_paths([PACKAGE], workers=2) if r.document is not None]
    return 0 if measure([ActText(parse_act(one)) for one in documents[::EVERY]]) else 1


if __name__ == "__main__":
    sys.exit(main())
