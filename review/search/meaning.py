"""The current fitting in memory: read from disk behind the pages, swapped under a lock.

Several services look things up in it; it checks no person, so it is no service itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Final

from corpus.errors import RasoatError
from models.shelf import Loaded, Shelf
from models.similar import Hit

_PATIENCE: Final = 0.25  # seconds a page waits for an index that is being read from disk
_POINTER: Final = "?"  # in place of a fitting's name, where that name itself cannot be read


class Meaning:
    """Holds the newest fitting of a shelf; ``on_damage`` is called once for one that is damaged."""

    def __init__(self, shelf: Shelf, on_damage: Callable[[], object]) -> None:
        self.shelf = shelf
        self._on_damage = on_damage
        self._lock = threading.Lock()
        self._loaded: Loaded | None = None
        self._reader: threading.Thread | None = None
        self._damaged: tuple[str, str] = ("", "")  # name of a fitting, what is wrong with it

    @property
    def reading(self) -> bool:
        """Whether a fitting is on its way into memory."""
        return self._reader is not None and self._reader.is_alive()

    def damage(self, name: str) -> str:
        """Return what is wrong with a fitting, empty where nothing is known."""
        damaged, reason = self._damaged
        return reason if damaged == name else ""

    def ready(self) -> Loaded | None:
        """Return the newest fitting in memory; a newer one on disk is read behind the page."""
        try:
            name = self.shelf.current()
        except RasoatError as error:
            self._complain(_POINTER, error)
            return self._loaded
        with self._lock:
            held = self._loaded
            if not name or name == self._damaged[0] or (held and held.name == name):
                return held
            if not self.reading:
                self._reader = threading.Thread(
                    target=self.read, args=(name,), name="similar", daemon=True
                )
                self._reader.start()
            reader = self._reader
        if held is None and reader is not None:
            reader.join(_PATIENCE)
        return self._loaded

    def read(self, name: str) -> None:
        """Read a fitting into memory and swap it in; what cannot be read is made anew."""
        try:
            loaded = self.shelf.load(name)
        except RasoatError as error:
            self._complain(name, error)
            return
        with self._lock:
            self._loaded = loaded
            self._damaged = ("", "")

    def nearest(self, text: str, k: int, among: Iterable[int] | None = None) -> list[Hit] | None:
        """Return the provisions near enough to a typed text to be on its topic, nearest first;
        None where there is no index to ask.

        Empty where the model knows none of the words (typed without diacritics, say).
        """
        loaded = self.ready()
        if loaded is None:
            return None
        vectors = loaded.encoder.encode([text])
        if not vectors.any():
            return []
        (hits,) = loaded.index.search(vectors, k, among=among)
        return [hit for hit in hits if hit.score >= loaded.nearness.near]

    def _complain(self, name: str, error: RasoatError) -> None:
        """Ask for a rebuild of what cannot be read, once: if it fails, pages do not ask again."""
        with self._lock:
            known, self._damaged = self._damaged[0] == name, (name, error.happened)
        if not known:
            self._on_damage()
