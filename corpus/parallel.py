"""Several processes at one list of work: results in the order of the input, memory bounded."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items a process may have waiting; more would only hold memory.
WAITING_PER_WORKER = 2
_RECORDS_PER_SEARCH = 50_000


def ordered_map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int,
    initializer: Callable[..., None] | None = None,
    initargs: tuple[object, ...] = (),
) -> Iterator[Result]:
    """Yield ``function(item)`` for all ``items``, in their order, whatever the number of workers.

    ``initializer(*initargs)`` runs once in every process (in this one when ``workers`` is 1), so
    that costly objects are built once. ``function`` must be importable by its name.
    """
    if workers == 1:
        if initializer is not None:
            initializer(*initargs)
        yield from map(function, items)
        return
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(initializer, initargs)) as pool:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= workers * WAITING_PER_WORKER:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _start(initializer: Callable[..., None] | None, initargs: tuple[object, ...]) -> None:
    # What the parent made is neither searched for garbage nor copied for the search's sake.
    gc.freeze()
    # Acts are many small records and hardly a cycle: the usual 700 searches for garbage too often.
    gc.set_threshold(_RECORDS_PER_SEARCH, 20, 20)
    if initializer is not None:
        initializer(*initargs)
