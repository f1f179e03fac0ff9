"""A deviation from the layout, and the rules by name (``lint_rules.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@cache
def rules() -> Mapping[str, str]:
    """Return what each rule asks for, by its name."""
    path = Path(__file__).with_name("lint_rules.yaml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where a document does not follow a rule."""

    rule: str
    place: str
    found: str

    def sentence(self) -> str:
        """Return the deviation as a user reads it."""
        return f"{rules()[self.rule]}: {self.place}, thấy {self.found}"


def excerpt(text: str, limit: int = 40) -> str:
    """Return the beginning of a paragraph, to find it by."""
    short = " ".join(text.split())
    return f"“{short[:limit]}…”" if len(short) > limit else f"“{short}”"
