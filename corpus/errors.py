"""Error catalogue: each room keeps ``errors.yaml`` with its codes, sentences and remedies.

A code never changes its meaning once released, because users quote it from screenshots.
Ranges: RS-1xx reading, RS-2xx structure and references, RS-3xx screening and catalogue,
RS-4xx sign-in and permission, RS-5xx review, RS-6xx store and jobs, RS-7xx exports, RS-8xx set-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.records import Notice


class RasoatError(Exception):
    """An error a person can act on; ``str()`` is «RS-101: what happened. What to do.»"""

    def __init__(self, code: str, happened: str, remedy: str) -> None:
        super().__init__(f"{code}: {happened} {remedy}".strip())
        self.code = code
        self.happened = happened
        self.remedy = remedy

    def notice(self) -> Notice:
        """Return the error as a line of a load report."""
        return Notice(self.code, f"{self.happened} {self.remedy}".strip())


@dataclass(frozen=True, slots=True)
class ErrorCatalogue:
    """The sentences of one room, by code; placeholders are filled with ``str.format``."""

    entries: dict[str, dict[str, str]]

    @classmethod
    def load(cls, path: Path) -> ErrorCatalogue:
        """Read ``{code: {happened, remedy}}``; raises ``ValueError`` naming a malformed code."""
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        for code, entry in entries.items():
            if set(entry) != {"happened", "remedy"}:
                raise ValueError(f"{path.name}: {code} cần đúng hai trường happened và remedy")
        return cls(entries)

    def error(
        self, code: str, kind: type[RasoatError] = RasoatError, **fields: object
    ) -> RasoatError:
        """Return (not raise) the error ``code`` with its placeholders filled."""
        entry = self.entries[code]
        return kind(code, entry["happened"].format(**fields), entry["remedy"].format(**fields))

    def notice(self, code: str, **fields: object) -> Notice:
        """Return the sentence of ``code`` as a line of a load report."""
        return self.error(code, **fields).notice()


ERRORS = ErrorCatalogue.load(Path(__file__).with_name("errors.yaml"))
