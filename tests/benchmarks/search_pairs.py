"""Related provisions of the codified law as gold: who finds them, and how near they lie."""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import bm25s
import numpy as np
from sqlalchemy import insert, select

from models.blend import MEANING, WORDS, fuse
from models.similar import SimilarIndex, wording_key
from models.static import StaticEncoder
from review.search.similar import TELLING
from review.store import tables as t
from review.store.engine import Store
from review.store.search import WordQuery, Words, index_of
from review.store.search.words import syllables
from review.workbench import Workbench

FITTING = "benchmark-fitting"
QUERIES = 500
FOUND = 100  # places that are looked at
_SEED = 6
_TELLINGS = (12, 16, 24)  # words that ``tune`` tries, and weights
_KS = (10, 20, 60)
_MEANINGS = (0.5, 0.7, 1.0)
_RUN = 12  # syllables in a row that a circular shares with a decree where it repeats it
_DECREES, _CIRCULARS = ("Nghị định",), ("Thông tư", "Thông tư liên tịch")
_DIEU = re.compile(r"dieu-[^/]+")

Rank = Callable[[str], Sequence[int]]


@dataclass(slots=True)
class Corpus:
    """Units to be found: a text, the words it stands under, and the act it is of."""

    texts: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    place: dict[tuple[str, str], int] = field(default_factory=dict)


def encoder_of(bench: Workbench) -> StaticEncoder:
    """Return the model that ``build`` learned."""
    return StaticEncoder.load(bench.settings.data_dir / FITTING / "model")


def articles(bench: Workbench) -> tuple[Corpus, dict[int, set[int]], list[str]]:
    """Return every Điều of the codified law, its links to Điều of other acts, and act types."""
    with bench.store.read() as db:
        acts = db.execute(
            select(t.acts.c.version_id, t.acts.c.number, t.acts.c.title, t.acts.c.type,
                   t.act_versions.c.article_notes)
            .join(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)
        ).all()  # fmt: skip
        rows = db.execute(
            select(t.provisions.c.version_id, t.provisions.c.path, t.provisions.c.text)
            .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
            .order_by(t.provisions.c.version_id, t.provisions.c.position)
        )
        names = {row.version_id: row.number or row.title for row in acts}
        parts: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for row in rows:
            if match := _DIEU.match(row.path):
                parts[row.version_id, match.group()].append(row.text)
    kinds = {row.version_id: row.type for row in acts}
    corpus, types = Corpus(), []
    for (version, dieu), texts in parts.items():
        corpus.place[names[version], dieu] = len(corpus.texts)
        corpus.texts.append("\n".join(texts))
        corpus.stems.append("")
        corpus.acts.append(names[version])
        types.append(kinds[version])
    links: defaultdict[int, set[int]] = defaultdict(set)
    for row in acts:
        for note in row.article_notes:
            here = corpus.place.get((names[row.version_id], note["dieu"]))
            for related in note["related"]:
                there = corpus.place.get((related["act"], related["dieu"]))
                if (
                    here is not None
                    and there is not None
                    and corpus.acts[there] != names[row.version_id]
                ):
                    links[here].add(there)
    return corpus, links, types


def repeated(corpus: Corpus, links: dict[int, set[int]], types: list[str]) -> dict[int, set[int]]:
    """Return circulars' Điều linked to a decree's Điều whose words they repeat without copying it.

    Repeating: a run of ``_RUN`` syllables in common; copies of one wording are left out, because
    they are found by their digest.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    runs: dict[int, set[tuple[str, ...]]] = {}

    def runs_of(place: int) -> set[tuple[str, ...]]:
        if place not in runs:
            words = syllables(corpus.texts[place])[8:]  # without the heading's first words
            runs[place] = {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
        return runs[place]

    for here, others in links.items():
        if types[here] not in _CIRCULARS:
            continue
        for there in others:
            if types[there] not in _DECREES:
                continue
            if wording_key(corpus.texts[here]) == wording_key(corpus.texts[there]):
                continue
            if runs_of(here) & runs_of(there):
                found[here].add(there)
    return found


def similar(bench: Workbench) -> None:
    """Print recall@10 and MRR of BM25, lexical, static and blended on both kinds of gold pairs."""
    corpus, links, types = articles(bench)
    encoder = encoder_of(bench)
    gold = {
        "related-article links": links,
        "decrees repeated in circulars": repeated(corpus, links, types),
    }
    for name, pairs in gold.items():
        print(f"{name}: {len(pairs)} queries, {sum(map(len, pairs.values()))} pairs")
    print(f"{len(corpus.texts)} Điều; {QUERIES} queries of each, own act left out", flush=True)
    print("Queries of the acts on which ``tune`` may look are left out.")
    with tempfile.TemporaryDirectory() as folder:
        ways = _ways(corpus, encoder, Path(folder))
        for name, pairs in gold.items():
            queries = _queries(corpus, pairs, tuning=False)[:QUERIES]
            print(f"\n{name:44}{'recall@10':>10}{'MRR':>8}{'ms/query':>10}")
            for way, rank in ways.items():
                began = time.perf_counter()
                ranked = [_others(corpus, query, rank(query)) for query in queries]
                spent = 1000 * (time.perf_counter() - began) / len(queries)
                recall, mrr = _scores(ranked, [pairs[query] for query in queries])
                print(f"  {way:42}{recall:>10.3f}{mrr:>8.3f}{spent:>10.0f}", flush=True)


def tune(bench: Workbench) -> None:
    """Print recall@10 and MRR of the blend by its parts, on acts whose queries are never reported.

    ``models.blend`` and the number of telling words were chosen from this table.
    """
    corpus, links, _ = articles(bench)
    encoder = encoder_of(bench)
    queries = _queries(corpus, links, tuning=True)[:QUERIES]
    gold = [links[query] for query in queries]
    with tempfile.TemporaryDirectory() as folder:
        store, vectors = _words_of(corpus, Path(folder)), _vectors(corpus, encoder)
        index = SimilarIndex.build(range(len(vectors)), vectors, "benchmark")
        meant = [_near(index, vectors, query) for query in queries]
        print(f"{'telling':>8}{'k':>5}{'meaning':>9}{'recall@10':>11}{'MRR':>8}")
        for telling in _TELLINGS:
            shared = [_sharing(store, encoder, corpus.texts[query], telling) for query in queries]
            for k in _KS:
                for meaning in _MEANINGS:
                    ranked = [
                        _others(corpus, query, fuse([(words, WORDS), (near, meaning)], k))
                        for query, words, near in zip(queries, shared, meant, strict=True)
                    ]
                    recall, mrr = _scores(ranked, gold)
                    print(f"{telling:>8}{k:>5}{meaning:>9}{recall:>11.3f}{mrr:>8.3f}", flush=True)


def _queries(corpus: Corpus, pairs: dict[int, set[int]], *, tuning: bool) -> list[int]:
    """Return queries in random order, of one half of the acts for ``tune``, else of the other."""
    acts = sorted(set(corpus.acts))
    random.Random(_SEED).shuffle(acts)
    half = set(acts[::2] if tuning else acts[1::2])
    chosen = [query for query in sorted(pairs) if corpus.acts[query] in half]
    random.Random(_SEED).shuffle(chosen)
    return chosen


def _others(corpus: Corpus, query: int, found: Sequence[int]) -> list[int]:
    return [place for place in found if corpus.acts[place] != corpus.acts[query]][:FOUND]


def _scores(ranked: Sequence[Sequence[int]], gold: Sequence[set[int]]) -> tuple[float, float]:
    recalls, firsts = [], []
    for found, wanted in zip(ranked, gold, strict=True):
        recalls.append(len(wanted & set(found[:10])) / min(len(wanted), 10))
        places = [place for place, number in enumerate(found, 1) if number in wanted]
        firsts.append(1 / places[0] if places else 0.0)
    return float(np.mean(recalls)), float(np.mean(firsts))


def _ways(
    corpus: Corpus, encoder: StaticEncoder, folder: Path
) -> dict[str, Callable[[int], list[int]]]:
    """Return the ways of looking, each from the place of a query to places, best first."""
    counted = [syllables(text) for text in corpus.texts]
    bm25 = bm25s.BM25()
    bm25.index(counted, show_progress=False)
    store = _words_of(corpus, folder)
    vectors = _vectors(corpus, encoder)
    index = SimilarIndex.build(range(len(vectors)), vectors, "benchmark")

    def by_bm25(query: int) -> list[int]:
        found, _ = bm25.retrieve([counted[query]], k=3 * FOUND, show_progress=False, n_threads=1)
        return [int(place) for place in found[0]]

    def by_words(query: int) -> list[int]:
        return _sharing(store, encoder, corpus.texts[query], TELLING)

    def by_meaning(query: int) -> list[int]:
        return _near(index, vectors, query)

    def blended(query: int) -> list[int]:
        return fuse([(by_words(query), WORDS), (by_meaning(query), MEANING)])

    return {
        "BM25 (bm25s, all words)": by_bm25,
        f"lexical (FTS5, {TELLING} telling words)": by_words,
        "static (syllable-lsa, FAISS)": by_meaning,
        "blended (lexical and static)": blended,
    }


def _sharing(store: Store, encoder: StaticEncoder, text: str, telling: int) -> list[int]:
    wanted = WordQuery.alike(encoder.telling(text, telling))
    with store.read() as db:
        hits = index_of(db).search(db, wanted, [], 3 * FOUND)
    return [hit.provision_id - 1 for hit in hits]


def _near(index: SimilarIndex, vectors: np.ndarray, query: int) -> list[int]:
    (hits,) = index.search(vectors[query : query + 1], 3 * FOUND)
    return [hit.id for hit in hits]


def _words_of(corpus: Corpus, folder: Path) -> Store:
    """Put the units into the product's own word index, each as a provision of one act."""
    store = Store(f"sqlite:///{folder / 'words.db'}")
    store.migrate()
    with store.write() as db:
        db.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        act = _one_act(db)
        rows = [
            {"id": place + 1, "version_id": act, "position": place, "lineage": "", "path": "",
             "level": "dieu", "label": "", "heading": "", "text": "", "search": "",
             "text_key": "", "start": 0, "end": 0, "quoted": False, "target": ""}
            for place in range(len(corpus.texts))
        ]  # fmt: skip
        db.execute(insert(t.provisions), rows)
        index_of(db).add(
            db,
            (Words.of(place + 1, text, "") for place, text in enumerate(corpus.texts)),
        )
    return store


def _one_act(db) -> int:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    db.execute(
        insert(t.campaigns).values(
            id=1,
            code="x",
            name="x",
            basis_date=date(2026, 11, 23),
            documents=[],
            version=1,
            written_at=now,
        )
    )
    db.execute(
        insert(t.acts).values(
            id=1, campaign_id=1, identity="x", number="", type="", title="", search="", issuer="",
            issuer_code="", agency="", state="moi_nap", version_id=1, version_number=1, version=1, loaded_at=now,
        )
    )  # fmt: skip
    db.execute(
        insert(t.act_versions).values(
            id=1, act_id=1, number=1, source="", format="", encoding="", digest="", text_digest="", text="",
            ruleset="", provisions=0, findings=0, suppressed=0, notices=[], article_notes=[], loaded_at=now,
        )
    )  # fmt: skip
    return 1


def _vectors(corpus: Corpus, encoder: StaticEncoder) -> np.ndarray:
    """Encode the units with a little of their headings, as provisions are with their stems."""
    from models.fitting import STEM_WEIGHT

    headings = [text.split("\n", 1)[0] for text in corpus.texts]
    mixed = encoder.encode(corpus.texts) + STEM_WEIGHT * encoder.encode(headings)
    return mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9)


def near(bench: Workbench) -> None:
    """Print, by cosine, how often the neighbour of a labelled demand is labelled with it too."""
    from models import evaluate

    encoder = encoder_of(bench)
    labels = evaluate.read_labels(Path(__file__).parents[3] / "shared/gold/dev.jsonl")
    vectors = encoder.encode([label.part for label in labels])
    cosines = vectors @ vectors.T
    bands = (
        (0.85, 1.01),
        (0.75, 0.85),
        (0.65, 0.75),
        (0.55, 0.65),
        (0.45, 0.55),
        (0.35, 0.45),
        (0.0, 0.35),
    )
    print(f"{len(labels)} labelled provisions; pairs of a demand with another provision")
    print(f"{'cosine':>14}{'pairs':>8}{'same category':>15}{'same group':>12}{'any demand':>12}")
    for low, high in bands:
        same = group = demand = count = 0
        for one, label in enumerate(labels):
            if not label.expected:
                continue
            for other, neighbour in enumerate(labels):
                if one == other or not low <= cosines[one, other] < high:
                    continue
                if wording_key(label.part) == wording_key(neighbour.part):
                    continue
                count += 1
                same += bool(label.expected & neighbour.expected)
                group += bool({c[0] for c in label.expected} & {c[0] for c in neighbour.expected})
                demand += bool(neighbour.expected)
        if count:
            print(
                f"{low:>6.2f} – {min(high, 1):.2f}{count:>8}{same / count:>15.0%}{group / count:>12.0%}{demand / count:>12.0%}"
            )
