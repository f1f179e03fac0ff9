"""Work on many documents with several processes: results in input order, memory bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from corpus.records import ReadResult

Result = TypeVar("Result")

# Characters handed to a process at once: large enough that sending costs little beside the work.
BATCH_CHARACTERS = 1_000_000
# Batches a process may have waiting; more would only hold memory.
WAITING_PER_WORKER = 2


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

    ``initializer(*initargs)`` runs once in every process (in this one when ``workers`` is 1), so
    that costly objects are built once. ``function`` must be importable by its name.
    """
    if workers == 1:
        initializer(*initargs)
        for batch in batches(results):
            yield from function(batch)
        return
    waiting: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(workers, initializer=initializer, initargs=initargs) as pool:
        for batch in batches(results):
            waiting.append(pool.submit(function, batch))
            if len(waiting) >= workers * WAITING_PER_WORKER:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
