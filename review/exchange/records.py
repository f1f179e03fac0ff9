"""What comes back from ministries: filled rows, the differences they make, rows of own lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

Value = str | date | None


@dataclass(frozen=True, slots=True)
class SentFile:
    """The file that came in, for the log; ``kind`` is "bm-03" or "danh-sach"."""

    kind: str
    filename: str
    digest: str
    rows: int


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as it came back; ``values`` has only the columns that the file has."""

    place: int  # row in the file, as the person sees it
    finding_id: int | None
    version: int  # of the proposal when the table was made; 0 = none
    values: Mapping[str, Value]
    problems: tuple[str, ...] = ()  # cells that could not be read


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs from what was sent out; texts as a person reads them.

    ``conflict``: the proposal changed in the meantime in the same field. ``on_version`` is the
    proposal version that the change would stand on.
    """

    place: int
    finding_id: int
    number: str  # of the act
    label: str
    field: str
    name: str  # of the field, for the screen
    sent: str  # when the table was made
    standing: str  # in the store now
    new: str  # in the file
    value: object  # for the store
    on_version: int
    conflict: bool
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row, or a cell of it, that is not taken over, and why."""

    place: int
    finding_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change; nothing is written by looking."""

    changes: tuple[CellChange, ...]
    problems: tuple[RowProblem, ...]
    unchanged: int  # rows that say what the store says
    rows: int

    @property
    def clean(self) -> tuple[CellChange, ...]:
        return tuple(change for change in self.changes if not change.conflict)

    @property
    def conflicts(self) -> tuple[CellChange, ...]:
        return tuple(change for change in self.changes if change.conflict)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the chosen changes: cells written, and rows refused with why."""

    import_id: int
    cells: int
    findings: int
    refused: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a ministry's own list, by the fields its columns were mapped to."""

    place: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ListMatch:
    """Where a row of an own list was found; ``reason`` says why it cannot be taken over."""

    place: int
    act: str
    location: str
    provision_id: int | None
    label: str
    quote: str
    note: str
    finding_id: int | None = None  # there is a finding on it already
    reason: str = ""

    @property
    def ready(self) -> bool:
        return self.provision_id is not None and not self.reason


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A file that came in, for the list on the page."""

    id: int
    kind: str
    filename: str
    digest: str
    rows: int
    changes: int
    person: str
    at: datetime
