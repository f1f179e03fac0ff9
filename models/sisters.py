"""Sisters: provisions of one wording, found by a table of digests instead of a look through all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import ERRORS
from models.similar import wording_key

if TYPE_CHECKING:
    import numpy as np


def digest_of(text: str) -> int | None:
    """Return 63 bits of SHA-256 over the wording of ``text``; None where it has no words."""
    return _digest(wording_key(text))


def _digest(key: str) -> int | None:
    if not key:
        return None
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1


@dataclass(frozen=True, slots=True)
class Sisters:
    """Digests in ascending order, and beside each the id of the provision (both int64)."""

    digests: np.ndarray
    ids: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[tuple[int, str]]) -> Sisters:
        """Make the table from ids and texts; texts without words are left out."""
        return cls.of_wordings((number, wording_key(text)) for number, text in texts)

    @classmethod
    def of_wordings(cls, wordings: Iterable[tuple[int, str]]) -> Sisters:
        """The same from wordings (``wording_key``) that are known already."""
        import numpy as np

        rows = [(digest, number) for number, key in wordings if (digest := _digest(key))]
        rows.sort()
        table = np.asarray(rows, dtype=np.int64).reshape(-1, 2)
        return cls(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))

    def extended(self, texts: Iterable[tuple[int, str]], removed: Iterable[int] = ()) -> Sisters:
        """Return a new table without ``removed`` and with ``texts`` (an id given anew replaces)."""
        import numpy as np

        new = Sisters.of(texts)
        gone = np.fromiter((*removed, *new.ids.tolist()), dtype=np.int64)
        kept = ~np.isin(self.ids, gone)
        digests = np.concatenate([self.digests[kept], new.digests])
        ids = np.concatenate([self.ids[kept], new.ids])
        order = np.lexsort((ids, digests))
        return Sisters(digests[order], ids[order])

    def with_wording_of(self, text: str) -> list[int]:
        """Return the ids of provisions with the wording of ``text``, ascending."""
        import numpy as np

        digest = digest_of(text)
        if digest is None:
            return []
        first = np.searchsorted(self.digests, digest, side="left")
        last = np.searchsorted(self.digests, digest, side="right")
        return self.ids[first:last].tolist()

    def save(self, path: Path) -> None:
        """Write the table as one NumPy file (2 × provisions)."""
        import numpy as np

        np.save(path, np.stack([self.digests, self.ids]), allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> Sisters:
        """Read a saved table; raises RS-333 where the file is absent or damaged."""
        import numpy as np

        try:
            digests, ids = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise ERRORS.error("RS-333", reason=f"không đọc được {path.name}") from error
        return cls(digests, ids)
