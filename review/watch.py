"""Noticing what other processes and the calendar change: ``rasoat load``, another server, a merger.

What this process loads itself is brought in when its job ends; what others load leaves no sign but
rows. A server that dies leaves its jobs unfinished, and a ministry may end while this one runs.
Looking costs a few short queries.
"""

from __future__ import annotations

import logging
import threading
from typing import Final

from corpus.errors import RasoatError
from review.workbench import Workbench

EVERY: Final = 20.0  # seconds between two looks

_LOG = logging.getLogger(__name__)


class Watch:
    """Looks now and then, and refreshes the index once nothing more is being loaded."""

    def __init__(self, bench: Workbench, every: float = EVERY) -> None:
        self._bench = bench
        self._every = every
        self._over = threading.Event()
        self._behind = 0
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join(timeout=5)

    def look(self) -> bool:
        """Look once; return whether a refresh was started.

        While the number still grows, a load is going on: an index made now would be old at once.
        """
        operator = self._bench.people.operator()
        self._bench.jobs.mark_interrupted()
        self._bench.successions.follow(operator)
        behind = self._bench.similar.state(operator).behind
        quiet, self._behind = behind == self._behind, behind
        return bool(behind) and quiet and self._bench.similar.refresh(operator) is not None

    def _run(self) -> None:
        while not self._over.wait(self._every):
            try:
                self.look()
            except RasoatError as error:
                _LOG.warning("Looking for new provisions failed: %s", error)
            except Exception:  # noqa: BLE001  (logged; the next look may do better)
                _LOG.exception("Looking for new provisions failed")
