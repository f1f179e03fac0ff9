"""Acts in the library and what loading them reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from corpus.records import Notice
from review.records.finding import FindingRow

LoadStatus = Literal["moi", "phien_ban_moi", "da_co", "bo_qua", "tu_choi", "loi"]


@dataclass(slots=True)
class LoadLine:
    """What became of one file or act: one line of the load report."""

    source: str
    status: LoadStatus
    number: str = ""
    title: str = ""
    act_id: int | None = None
    agency: str = ""
    provisions: int = 0
    findings: int = 0
    suppressed: int = 0
    carried: int = 0  # decisions kept because the provision did not change
    changed: int = 0  # decided provisions whose text changed or went: to be looked at again
    notices: list[Notice] = field(default_factory=list)


@dataclass(slots=True)
class LoadReport:
    """The load report: a line per act or failed file."""

    lines: list[LoadLine] = field(default_factory=list)

    def count(self, *statuses: LoadStatus) -> int:
        """Return how many lines have one of ``statuses``."""
        return sum(line.status in statuses for line in self.lines)

    @property
    def failed(self) -> bool:
        """Whether some input was refused or could not be read."""
        return self.count("tu_choi", "loi") > 0


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Filters of «Kho văn bản»; None or "" means any."""

    campaign_id: int | None = None
    agency: str = ""  # responsible today; "-" = not assigned
    type: str = ""
    year: int | None = None
    state: str = ""  # review.state.ACT_STATES
    with_findings: bool | None = None
    reviewer: int | None = None  # given to this person; 0 = to nobody
    text: str = ""  # in number or title, with or without diacritics
    effect: str = ""  # corpus.validity.STATE_NAMES, on the day ``effect_on``
    effect_on: date | None = None  # None = today


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act in the library: head data of its current version, and counts."""

    id: int
    campaign_id: int
    number: str
    type: str
    title: str
    issuer: str  # as printed: historic name
    agency: str  # code of the agency responsible today; "" = not assigned
    issued: date | None
    effective: date | None
    state: str
    version_id: int
    version_number: int
    source: str
    format: str
    loaded_at: datetime
    provisions: int
    findings: int
    undecided: int
    confirmed: int
    version: int  # for optimistic locking


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """One unit with its own words; ``text`` starts at source offset ``start``."""

    id: int
    path: str
    level: str
    label: str
    heading: str
    text: str
    start: int
    end: int
    parent_id: int | None
    depth: int
    order: int
    page: int | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ActVersionRow:
    """One text of an act that was loaded."""

    id: int
    number: int
    source: str
    digest: str
    loaded_by: str
    loaded_at: datetime
    ruleset: str
    provisions: int
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOff:
    """«Xác nhận văn bản không có vướng mắc» (NĐ 34/2016 Đ151.2): who and when."""

    person: str
    at: datetime
    note: str
    version_id: int
    standing: bool  # False once a newer text or a confirmed finding came after it


@dataclass(frozen=True, slots=True)
class ActView:
    """An act to read: provisions in document order, findings by provision id."""

    row: ActRow
    provisions: list[ProvisionView]
    findings: Mapping[int, list[FindingRow]]
    versions: list[ActVersionRow]
    sign_offs: list[SignOff]
