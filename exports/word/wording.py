"""Sentences of the Word documents, from ``wording*.yaml``: words a lawyer may edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from exports.errors import ERRORS

_FILES = sorted(Path(__file__).parent.glob("wording*.yaml"))


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one document; ``say`` fills the figures in."""

    name: str
    sentences: Mapping[str, str]

    def say(self, key: str, **fields: object) -> str:
        """Return sentence ``key``; raises RS-702 when it, or a figure it asks for, is missing."""
        try:
            return self.sentences[key].format(**fields)
        except (KeyError, IndexError, ValueError) as wrong:
            raise ERRORS.error(
                "RS-702", file="wording*.yaml", where=f"{self.name}.{key}", why=f"chỗ trống {wrong}"
            ) from wrong


@cache
def _all() -> Mapping[str, Mapping[str, str] | str]:
    sections: dict[str, Mapping[str, str] | str] = {}
    for file in _FILES:
        sections |= yaml.safe_load(file.read_text(encoding="utf-8"))
    return sections


def of(name: str) -> Wording:
    """Return the sentences of one section of the file, with those common to all documents."""
    sections = _all()
    return Wording(
        name, {**sections["chung"], **sections[name], "trich_xuat": sections["trich_xuat"]}
    )
