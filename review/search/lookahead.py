"""Answers that are looked for while somebody still reads what comes before.

Neighbours by words and meaning take a fifth of a second on the whole codified law. Whoever works
through a queue reads longer than that, so those of the next finding are there when it is opened.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Generic, TypeVar

_MOST: Final = 1000
_SECONDS: Final = 300.0  # what an act changes hands for meanwhile is seen after that at the latest

Answer = TypeVar("Answer")


class Lookahead(Generic[Answer]):
    """Keeps answers for a while, and finds them in a thread of its own when asked ahead."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._held: OrderedDict[Hashable, tuple[float, Future[Answer]]] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="lookahead")

    def begin(self, key: Hashable, find: Callable[[], Answer]) -> bool:
        """Start to look for an answer, unless it is looked for; say whether it is there."""
        with self._lock:
            found = self._living(key)
            if found is None:
                found = self._worker.submit(find)
                self._hold(key, found)
            return found.done()

    def get(self, key: Hashable, find: Callable[[], Answer]) -> Answer:
        """Return the answer, waiting for one under way; raises what ``find`` raises.

        One that still waits for its turn is looked for here: others may stand before it.
        """
        with self._lock:
            found = self._living(key)
            mine = found is None or found.cancel()
            if mine:
                found = Future()
                found.set_running_or_notify_cancel()  # nobody takes it from here
                self._hold(key, found)
        assert found is not None
        if mine:
            try:
                found.set_result(find())
            except Exception as error:  # noqa: BLE001  (raised below, for those who wait too)
                found.set_exception(error)
        if found.exception() is not None:
            with self._lock:
                self._held.pop(key, None)
        return found.result()

    def close(self) -> None:
        """Look for nothing more."""
        self._worker.shutdown(cancel_futures=True)

    def _living(self, key: Hashable) -> Future[Answer] | None:
        since, found = self._held.get(key, (0.0, None))
        return found if time.monotonic() - since < self._seconds else None

    def _hold(self, key: Hashable, found: Future[Answer]) -> None:
        self._held.pop(key, None)
        self._held[key] = (time.monotonic(), found)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)
