"""Domain records of screening: a finding, and every step that led to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of the act's source text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of the decision tree of DOMAIN 2.2, as a lawyer reads it.

    ``step`` is one of mask, trigger, modality, exemption, alternative, validity, basis, source,
    severity; ``outcome`` is a Vietnamese sentence.
    """

    step: str
    outcome: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class BasisRef:
    """A legal basis with its evidence mark, as valid on the as-of date."""

    id: str  # key in models/catalogue/bases.yaml
    number: str  # "68/2020/QH14"
    provision: str  # "khoản 3 Điều 38"
    confidence: str  # "đã đối chiếu", "nguồn thứ cấp", "theo trí nhớ"


@dataclass(slots=True)
class Finding:
    """A suggestion (gợi ý) on one provision; people decide."""

    provision: int  # index in Act.provisions
    path: str
    label: str
    text: str  # own words of the provision
    category: str  # A1 … F13
    quote: str  # exact words of the source: source[start:end]
    start: int
    end: int
    severity: int  # M 0–4
    readiness: int  # D 0–3
    bases: list[BasisRef] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # ids of models/catalogue/sources.yaml
    handling: str = ""  # SĐ, TT, BB, BBT, BHM, ĐC
    formula: str = ""  # K1 … K7
    badges: list[str] = field(default_factory=list)
    trace: list[TraceStep] = field(default_factory=list)


@dataclass(slots=True)
class Suppressed:
    """A hit the screen set aside, with the look-alike code saying why: never dropped silently."""

    provision: int
    path: str
    label: str
    text: str
    category: str
    quote: str
    start: int
    end: int
    code: str  # N01 … N24
    reason: str
    trace: list[TraceStep] = field(default_factory=list)


@dataclass(slots=True)
class ScreenResult:
    """Everything the screen says about one act."""

    findings: list[Finding]
    suppressed: list[Suppressed]
    ruleset: str  # version of the catalogue that was applied
