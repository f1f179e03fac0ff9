"""Abbreviations that lawyers type («CMND», «BLDS») and their full names, from a file they edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from corpus.text import fold, unaccent

_FILE = Path(__file__).with_name("abbreviations.yaml")


@cache
def table() -> Mapping[str, str]:
    """Return each abbreviation with its full name, both folded; raises ``ValueError`` for a bad
    file."""
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for short, full in entries.items():
        if not (isinstance(short, str) and isinstance(full, str) and len(short) < len(full)):
            raise ValueError(f"{_FILE.name}: «{short}» cần tên đầy đủ dài hơn")
    return {fold(short): fold(full) for short, full in entries.items()}


def written_out(words: str) -> str:
    """Return folded ``words`` with abbreviations written out."""
    return _replaced(words, table())


def other_form(words: str) -> str:
    """Return folded ``words`` with abbreviations written out, or the other way round where there
    are none; empty where neither stands in them."""
    longer = written_out(words)
    if longer != words:
        return longer
    shortened = _replaced(words, {full: short for short, full in table().items()})
    return shortened if shortened != words else ""


def _replaced(words: str, names: Mapping[str, str]) -> str:
    # With or without diacritics, whole words only; the longest name first.
    for given in sorted(names, key=len, reverse=True):
        for form in dict.fromkeys((given, unaccent(given))):
            words = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", names[given], words)
    return words
