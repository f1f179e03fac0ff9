"""Fitting: learn the model from provisions, encode them, build the index, all in one folder.

``in_child`` does it in a process of its own with low priority and two threads: importing torch
alone takes seconds in which no thread of the same process could draw a page.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.errors import RasoatError
from models import embedding, syllable
from models.chosen import LEARNED_HERE, Chosen
from models.embedding import Embedder
from models.errors import ERRORS
from models.nearness import LEARNED_HERE as LEARNED
from models.nearness import by_chance
from models.shelf import INDEX, MODEL, SISTERS, Fitted
from models.similar import SimilarIndex, wording_key
from models.sisters import Sisters

if TYPE_CHECKING:
    import numpy as np

Report = Callable[[int, int, str], None]  # done, total, message
Fit = Callable[..., Fitted]  # called like ``fit``

STEM_WEIGHT: Final = 0.3  # of the words above a unit against its own: they place it, no more

# With a dimension per text all texts lie at right angles: few texts, few dimensions.
_TEXTS_PER_DIMENSION: Final = 4
_FEWEST: Final = 16

_LOG = logging.getLogger(__name__)
_BATCH: Final = 10_000
_ENTRIES: Final = "provisions.jsonl"
_ORDER: Final = "order.json"
_ERRORS: Final = "errors.txt"
_LOGGED: Final = 4000  # characters of what a failed child wrote
_PRIORITY: Final = 10  # people's pages go first
_AT_ONCE: Final = str(min(2, os.cpu_count() or 1))  # with low priority, pages still go first
_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision to be found again: own words with label, and the words it stands under.

    A ``title`` (the heading of a Điều) is found by its wording only: by meaning it would push
    the provisions themselves off the list.
    """

    id: int
    text: str
    stem: str = ""
    title: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be fitted, besides the entries.

    With ``base`` (the folder of a fitting, made as ``fitted`` says) the entries are added to it
    and ``removed`` ids taken out; without, everything is made anew. ``chosen`` is the model of the
    settings; an empty one means a model learned from the entries.
    """

    base: str = ""
    fitted: Fitted | None = None
    removed: tuple[int, ...] = ()
    chosen: Chosen = LEARNED_HERE


ANEW: Final = Order()


def fit(entries: Iterable[Entry], folder: Path, report: Report, order: Order = ANEW) -> Fitted:
    """Learn, encode and index ``entries`` into ``folder`` (model, index, wordings).

    Raises RS-331 where there is too little text to learn from, RS-332 and RS-335 for a model of
    the settings that cannot be used, RS-333 for a base that cannot be read.
    """
    found = list(entries)
    if order.base and order.fitted:
        return _extended(found, folder, report, order, order.fitted)
    wordings = [wording_key(entry.text) for entry in found]
    ids = (entry.id for entry in found)
    Sisters.of_wordings(zip(ids, wordings, strict=True)).save(folder / SISTERS)
    if order.chosen:
        embedder = Embedder(None, order.chosen)
        return _indexed(found, folder, report, embedder, learned=0)
    report(0, len(found), "học mô hình")
    # What stands in five hundred acts teaches no more than once, and would take up dimensions.
    texts = (entry.text for entry in found)
    lessons = list(dict(zip(wordings, texts, strict=True)).values())
    del wordings
    dimension = min(syllable.DIMENSION, max(_FEWEST, len(lessons) // _TEXTS_PER_DIMENSION))
    embedding.fit_static(lessons, folder / MODEL, dimension)
    return _indexed(found, folder, report, Embedder(folder / MODEL), learned=len(found))


def _indexed(
    found: list[Entry], folder: Path, report: Report, embedder: Embedder, learned: int
) -> Fitted:
    manifest = embedder.manifest
    units = [entry for entry in found if not entry.title]
    ids, vectors, truncated = _known(units, len(found), embedder, report)
    SimilarIndex.build(ids, vectors, manifest.digest).save(folder / INDEX)
    nearness = LEARNED if manifest.kind == embedding.STATIC else by_chance(vectors)
    return Fitted(
        manifest.name,
        manifest.digest,
        len(found),
        truncated,
        learned,
        manifest.revision,
        nearness.near,
        nearness.very_near,
    )


def _extended(
    found: list[Entry], folder: Path, report: Report, order: Order, before: Fitted
) -> Fitted:
    """Encode only what is new with the model of the base, beside what the base has."""
    base = Path(order.base)
    if order.chosen:
        embedder = Embedder(None, order.chosen)
    else:
        shutil.copytree(base / MODEL, folder / MODEL)
        embedder = Embedder(folder / MODEL)
    if embedder.manifest.digest != before.digest:
        raise ERRORS.error("RS-333", reason="chỉ mục được lập bằng mô hình khác")
    index = SimilarIndex.load(base / INDEX, before.digest)
    sisters = Sisters.load(base / SISTERS)
    ids, vectors, truncated = _known(
        [e for e in found if not e.title], len(found), embedder, report
    )
    index.extended(ids, vectors, order.removed).save(folder / INDEX)
    more = sisters.extended(((entry.id, entry.text) for entry in found), order.removed)
    more.save(folder / SISTERS)
    count = before.count - len(order.removed) + len(found)
    return replace(before, count=count, truncated=before.truncated + truncated)


def _known(
    units: list[Entry], total: int, embedder: Embedder, report: Report
) -> tuple[list[int], np.ndarray, int]:
    """Return ids and vectors of the units that lie somewhere, and how many were cut."""
    vectors, truncated = _encode(embedder, units, total, report)
    known = vectors.any(axis=1)  # a text without a single known word lies nowhere
    ids = [entry.id for entry, has in zip(units, known, strict=True) if has]
    return ids, vectors[known], truncated


def _encode(
    embedder: embedding.Embedder, units: list[Entry], total: int, report: Report
) -> tuple[np.ndarray, int]:
    """Return a vector per unit, own words with a little of the stem, and how many were cut."""
    import numpy as np

    parts, truncated = [np.zeros((0, embedder.dimension), dtype=np.float32)], 0
    for start in range(0, len(units), _BATCH):
        report(start, total, "tính véc-tơ")
        batch = units[start : start + _BATCH]
        stems = list(dict.fromkeys(entry.stem for entry in batch))
        place = {stem: index for index, stem in enumerate(stems)}
        own = embedder.encode([entry.text for entry in batch])
        above = embedder.encode(stems).vectors[[place[entry.stem] for entry in batch]]
        mixed = own.vectors + STEM_WEIGHT * above
        length = np.linalg.norm(mixed, axis=1, keepdims=True)
        parts.append(mixed / np.maximum(length, 1e-9))
        truncated += own.truncated
    return np.concatenate(parts), truncated


def in_child(entries: Iterable[Entry], folder: Path, report: Report, order: Order = ANEW) -> Fitted:
    """Do what ``fit`` does in a process of its own; raises what ``fit`` raises, and RS-334."""
    (folder / _ORDER).write_text(json.dumps(asdict(order), ensure_ascii=False), encoding="utf-8")
    with (folder / _ENTRIES).open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
    errors = folder / _ERRORS
    with errors.open("w", encoding="utf-8") as complaints:
        child = subprocess.Popen(
            [sys.executable, "-m", "models.fitting", str(folder.resolve())],
            stdin=subprocess.PIPE,  # closed when this process ends: the child then ends too
            stdout=subprocess.PIPE,
            stderr=complaints,
            encoding="utf-8",
            cwd=Path(__file__).parent.parent,
            env={**os.environ, **dict.fromkeys(_THREADS, _AT_ONCE), "PYTHONIOENCODING": "utf-8"},
        )
    try:
        fitted = _listen(child, report)
    finally:
        if child.poll() is None:
            child.kill()
        assert child.stdin is not None
        child.stdin.close()
        child.wait()
        (folder / _ENTRIES).unlink(missing_ok=True)
        (folder / _ORDER).unlink(missing_ok=True)
    if fitted is None:
        _LOG.error("Fitting ended with %s: %s", child.returncode, _end_of(errors))
        raise ERRORS.error("RS-334", reason=f"mã thoát {child.returncode}")
    errors.unlink()
    return fitted


def _listen(child: subprocess.Popen[str], report: Report) -> Fitted | None:
    """Pass on the child's progress; return its result, None where it ended without one."""
    assert child.stdout is not None
    fitted = None
    for line in child.stdout:
        said: dict[str, Any] = json.loads(line)
        if "error" in said:
            raise RasoatError(*said["error"])
        if "fitted" in said:
            fitted = Fitted(**said["fitted"])
        else:
            report(*said["progress"])
    child.wait()
    return fitted if child.returncode == 0 else None


def _end_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-_LOGGED:]


def _entries(path: Path) -> Iterator[Entry]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Entry(**json.loads(line))


def _order(path: Path) -> Order:
    stored = json.loads(path.read_text(encoding="utf-8"))
    fitted = Fitted(**stored["fitted"]) if stored["fitted"] else None
    return Order(stored["base"], fitted, tuple(stored["removed"]), Chosen(**stored["chosen"]))


def main(folder: Path) -> int:
    """Fit what lies in ``folder``; progress and result go to standard output as JSON lines."""
    if hasattr(os, "nice"):
        os.nice(_PRIORITY)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Libraries write to standard output too; only this process's own lines may reach the parent.
    told = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(**said: object) -> None:
        told.write(json.dumps(said, ensure_ascii=False) + "\n")

    try:
        fitted = fit(
            _entries(folder / _ENTRIES),
            folder,
            lambda done, total, message: tell(progress=[done, total, message]),
            _order(folder / _ORDER),
        )
    except RasoatError as error:
        tell(error=[error.code, error.happened, error.remedy])
        return 1
    tell(fitted=asdict(fitted))
    return 0


def _end_with_parent() -> None:
    """Wait for the parent's end of standard input to close; nobody then waits for the result."""
    while os.read(0, 1):  # unbuffered: a lock held at the end would be fatal
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
