"""What screens need from the catalogue of criteria: paraphrases, sources, formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from models.catalogue import Catalogue
from models.records import BasisRef
from review.components.evidence import BasisLine, SourceLine
from review.components.session import workbench


def catalogue() -> Catalogue:
    """Return the catalogue in force: the shipped one with what people have published over it."""
    return workbench().rules.catalogue()


def basis_lines(references: Iterable[BasisRef], on: date) -> list[BasisLine]:
    """Return the bases of a finding for the screen, with what must be known of them ``on`` a day.

    A basis that is no longer in the catalogue keeps what the finding stored of it.
    """
    rows = catalogue().bases.rows
    return [
        BasisLine(
            ref,
            citation=rows[ref.id].citation,
            meaning=rows[ref.id].paraphrase,
            warning=rows[ref.id].warning(on),
        )
        if ref.id in rows
        else BasisLine(ref, citation=f"{ref.provision} {ref.number}".strip())
        for ref in references
    ]


def source_lines(ids: Iterable[str], name_of: Callable[[str], str]) -> list[SourceLine]:
    """Return the electronic sources of a finding; ``name_of`` gives an agency's name by code."""
    rows = catalogue().sources.rows
    return [
        SourceLine(
            source.id,
            source.name,
            source.operator or name_of(source.owner),
            source.readiness_label,
        )
        for source in (rows[key] for key in ids if key in rows)
    ]
