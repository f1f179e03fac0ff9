"""Search over provisions: what is asked, what was found, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.records.page import Page


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What was typed, and the filters beside it; None or "" means any."""

    text: str
    campaign_id: int | None = None
    agency: str = ""  # responsible today; "-" = not assigned
    type: str = ""
    effect: str = ""  # corpus.validity.STATE_NAMES, on the day ``on``; needs a campaign
    on: date | None = None  # None = today
    category: str = ""  # of a finding in the provision: "A1", or a group letter "A"
    states: tuple[str, ...] = ()  # of that finding


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that a person keeps; ``address`` are the names and values of its link."""

    name: str
    address: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A provision that was found.

    ``why``: "dia_chi" (the address that was typed), "tu_ngu" (its words), "ngu_nghia" (near by
    meaning), "ca_hai". ``marks`` are half-open offsets into ``snippet``.
    """

    why: str
    provision_id: int
    act_id: int
    campaign_id: int
    number: str
    act_title: str
    agency: str
    path: str
    label: str
    stem: str  # words it stands under
    snippet: str
    marks: tuple[tuple[int, int], ...]
    cut: tuple[bool, bool]  # whether words were left out before and after
    finding_id: int | None = None
    category: str = ""
    severity: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class ActHit:
    """An act that was found by its number or title."""

    act_id: int
    number: str
    type: str
    title: str
    agency: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Acts and provisions found, best first.

    ``understood`` is the address and the act as they were read; ``notes`` are codes of what the
    reader should know: "khong_thay_van_ban", "cung_so" (acts of that number, of another type),
    "khong_thay_dieu_khoan", "them_van_ban" (an address alone), "noi_long" (some of the words
    only), "khong_ngu_nghia" (no index of meaning).
    """

    understood: str
    acts: tuple[ActHit, ...]
    hits: Page[SearchHit]
    more: bool  # more was found than is listed
    notes: tuple[str, ...] = ()
