"""Effect of an act on a day, as a screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EffectReason:
    """One clause that makes the state: which act says it, where, since and until when.

    ``kind``: tu_ngay, den_ngay (the act itself), bai_bo, ngung, keo_dai, tiep_tuc (another act),
    chi_tiet (the act that it details has ended), quy_tac (the rule by which it ends with that).
    """

    kind: str
    by: str  # official number of the act that says so; "" for the act itself
    by_id: int | None  # its id where it is stored
    path: str
    label: str  # «khoản 2 Điều 5»
    since: date | None
    until: date | None
    target: str = ""  # for chi_tiet: the act that has ended
    part: str = ""  # the unit concerned; "" for the whole act
    confidence: str = ""  # evidence mark of a rule


@dataclass(frozen=True, slots=True)
class EffectView:
    """State of an act on a day and the clauses behind it."""

    state: str
    name: str
    on: date
    reasons: tuple[EffectReason, ...]
