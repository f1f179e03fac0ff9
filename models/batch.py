"""Work on many documents with several processes: results in input order, memory bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from corpus import parallel
from corpus.records import ReadResult

Result = TypeVar("Result")

# Characters handed to a process at once: large enough that sending costs little beside the work.
BATCH_CHARACTERS = 1_000_000


def _size(result: ReadResult) -> int:
    return len(result.document.text) if result.document else 0


def batches(results: Iterable[ReadResult]) -> Iterator[list[ReadResult]]:
    """Group read results, in order, into lists of about ``BATCH_CHARACTERS`` of text."""
    batch: list[ReadResult] = []
    weight = 0
    for result in results:
        batch.append(result)
        weight += _size(result)
        if weight >= BATCH_CHARACTERS:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def ordered_map(
    function: Callable[[list[ReadResult]], list[Result]],
    results: Iterable[ReadResult],
    *,
    workers: int,
    initializer: Callable[..., None],
    initargs: tuple[object, ...] = (),
) -> Iterator[Result]:
    """Apply ``function`` to batches of ``results`` and yield what it returns, in input order.

    ``initializer(*initargs)`` runs once in every process; ``function`` must be importable by its
    name.
    """
    for done in parallel.ordered_map(
        function, batches(results), workers=workers, initializer=initializer, initargs=initargs
    ):
        yield from done
