"""What the act reader shows beside the text: links of its references, notes of the codified law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from corpus.compare import Difference, Kind


@dataclass(frozen=True, slots=True)
class ActLink:
    """Where a reference leads: an act, stored or not, and a unit of it where the text has it."""

    number: str  # official number, or the name of a law cited without one; "" for the act at hand
    act_id: int | None = None  # None while the act is not stored, or not this person's to read
    path: str = ""  # stored path; "" for the whole act
    label: str = ""  # «khoản 2 Điều 5»; "" for the whole act
    missing: bool = False  # the act is stored, but has no such unit


@dataclass(frozen=True, slots=True)
class TextLink:
    """A reference in the text of one provision, in its own offsets."""

    start: int
    end: int
    target: ActLink


@dataclass(frozen=True, slots=True)
class NoteChange:
    """One amendment that Bộ Pháp điển notes on an article."""

    target: ActLink
    effective: date | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """Bộ Pháp điển's note on one article: who amended it, what is related."""

    text: str
    subject: str
    amended_by: tuple[NoteChange, ...] = ()
    related: tuple[tuple[str, ActLink], ...] = ()  # as printed, and where it leads


@dataclass(frozen=True, slots=True)
class ReaderLinks:
    """Links and notes of the current text of an act."""

    references: Mapping[int, tuple[TextLink, ...]] = field(default_factory=dict)  # provision id →
    notes: Mapping[str, NoteView] = field(default_factory=dict)  # path of the Điều →


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """Two texts of one act, unit by unit in the order of the later one."""

    before: int  # numbers of the versions
    after: int
    differences: tuple[Difference, ...]
    counts: Mapping[Kind, int]
