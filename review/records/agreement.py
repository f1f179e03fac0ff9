"""Figures of agreement and the matrix of members and provisions."""

from __future__ import annotations

from dataclasses import dataclass

from review.records.finding import FindingRow


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two members on the provisions that both spoke on."""

    first: str
    second: str
    items: int
    share: float | None  # 0 … 1
    kappa: float | None  # Cohen


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over blind opinions; None where a figure is not defined."""

    items: int  # with at least one opinion
    compared: int  # with at least two
    share: float | None  # 0 … 1
    alpha: float | None  # Krippendorff, nominal
    ac1: float | None  # Gwet
    pairs: tuple[PairAgreement, ...]
    meaning: str  # one plain sentence


@dataclass(frozen=True, slots=True)
class AgreementGroup:
    """The figures of one ministry, category or meeting; ``code`` "" is the whole campaign."""

    code: str
    name: str
    figures: Agreement


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """The verdicts on one provision of an opened round, by member."""

    finding: FindingRow
    verdicts: dict[str, str]  # standing verdict by member
    names: dict[str, str]  # what stands for those members in tables
    divided: bool
    round: int
