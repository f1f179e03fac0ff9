"""Words as people type them, with or without diacritics, matched against a folded column."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from corpus.text import clean, fold, unaccent


def searchable(text: str) -> str:
    """Return ``text`` folded, without diacritics, with single blanks: what is stored to search."""
    return " ".join(unaccent(fold(clean(text).text)).split())


def contains(column: ColumnElement[str], typed: str) -> ColumnElement[bool]:
    """Return the condition that a searchable column contains what was typed, literally."""
    return column.contains(searchable(typed), autoescape=True)
