"""What screens need from the catalogue of criteria: paraphrases, sources, formulas."""

from __future__ import annotations

from collections.abc import Iterable

from models.catalogue import Catalogue, load
from models.records import BasisRef
from review.components.evidence import SourceLine


def catalogue() -> Catalogue:
    """Return the catalogue of this process (read once)."""
    return load()


def meanings(references: Iterable[BasisRef]) -> dict[str, str]:
    """Return the paraphrase of each basis by id; a basis no longer in the catalogue has none."""
    rows = catalogue().bases.rows
    return {ref.id: rows[ref.id].paraphrase for ref in references if ref.id in rows}


def source_lines(ids: Iterable[str]) -> list[SourceLine]:
    """Return the electronic sources of a finding for the screen."""
    rows = catalogue().sources.rows
    return [
        SourceLine(source.id, source.name, source.operator or source.owner, source.readiness_label)
        for source in (rows[key] for key in ids if key in rows)
    ]
