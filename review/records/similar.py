"""Similar provisions: the state of their index, and one row of the list beside a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.records.overview import JobView


@dataclass(frozen=True, slots=True)
class SimilarState:
    """Whether similar provisions can be looked up, and how fresh what they are looked up in is.

    ``status``: "trong" (nothing made yet), "san_sang", "cu" (ready, but provisions came or went
    since), "dang_doc" (made, on its way into memory), "hong" (made, cannot be read). ``job`` is
    the rebuild that waits or runs, in whichever process; ``failure`` says what went wrong last.
    """

    status: str
    provisions: int = 0
    made_at: datetime | None = None
    truncated: int = 0  # provisions longer than the model reads
    behind: int = 0  # provisions loaded or replaced since
    failure: str = ""
    job: JobView | None = None


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A provision like the one under review; its finding, if it has one that stands.

    ``closeness``: "cung" (same words, label and punctuation aside), "rat_gan", "gan".
    """

    closeness: str
    provision_id: int
    act_id: int
    campaign_id: int
    number: str
    act_title: str
    agency: str
    path: str
    label: str
    text: str
    finding_id: int | None = None
    category: str = ""
    severity: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Findings whose provisions have one wording, over several acts."""

    wording: str  # the key that ``FindingFilter.wording`` takes
    text: str
    findings: int
    acts: int
    agencies: int
    undecided: int
    categories: tuple[str, ...]
    severity: int  # of the gravest


@dataclass(frozen=True, slots=True)
class Offered:
    """A provision that no rule flagged and that reads much like a confirmed finding.

    It is no finding: a person may add one by hand, or put it aside.
    """

    row: SimilarRow
    like_finding: int  # the confirmed finding it is most like
    like_label: str
    like_number: str
    like_category: str
    like_quote: str
