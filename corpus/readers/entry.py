"""One input to read: a file of a folder, a member of an archive, an upload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.errors import RasoatError


@dataclass(frozen=True, slots=True)
class Entry:
    """``load`` gives the bytes, each time it is called; it raises ``RasoatError``.

    ``refused`` is the reason why the bytes must not even be loaded.
    """

    name: str  # as shown: relative path, «goi.zip/thu-muc/ten.doc»
    size: int  # bytes
    load: Callable[[], bytes]
    refused: RasoatError | None = None
