"""Hold an amending act against the findings of an act it amends. Nothing is stored here.

The amending act's operations are carried out on the stored text, the new text is screened anew,
and each recognised finding is looked for where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.amendment import AmendOp, amend_ops
from corpus.apply import REPEALED, Amended, Outcome, apply_ops, ops_for
from corpus.label import label_of
from corpus.records import Act, Provision
from corpus.text import clean, fold
from models.records import ScreenResult
from review.records import FindingRow
from review.records.closing import Check, Emerging, OperationView

OUTCOMES = {
    "het": "Không còn yêu cầu",
    "con": "Vẫn còn yêu cầu",
    "khong-ap-dung": "Không áp dụng được vào văn bản",
    "chua-sua": "Văn bản sửa đổi không động đến",
}
SETTLED, REMAINS, UNTOUCHED = "het", "con", "chua-sua"

OPERATIONS = {
    "sua_doi": "Sửa đổi",
    "bo_sung": "Bổ sung",
    "sua_doi_bo_sung": "Sửa đổi, bổ sung",
    "thay_the_cum_tu": "Thay thế cụm từ",
    "bo_sung_cum_tu": "Bổ sung cụm từ",
    "bai_bo": "Bãi bỏ",
    "bai_bo_cum_tu": "Bãi bỏ cụm từ",
    "thay_mau": "Thay mẫu",
    "bai_bo_toan_bo": "Bãi bỏ toàn bộ",
    "ngung_hieu_luc": "Ngưng hiệu lực",
}

Screen = Callable[[Act, date], ScreenResult]


@dataclass(frozen=True, slots=True)
class Examined:
    """The amended act and what it makes of the findings."""

    amended: Amended
    result: ScreenResult
    operations: tuple[OperationView, ...]
    checks: tuple[Check, ...]
    emerging: tuple[Emerging, ...]


@dataclass(frozen=True, slots=True)
class _Demands:
    """What the screen says of the amended text, and where findings stood before."""

    result: ScreenResult
    before: Sequence[FindingRow]

    def left(self, row: FindingRow, rewritten: Iterable[str], act: Act) -> list[str]:
        """Return the words by which the unit, or what was rewritten around it, asks for the same.

        A demand may have moved within a rewritten Điều; one that had a finding of its own counts
        there.
        """
        others = {one.path for one in self.before if one.category == row.category} - {row.path}
        roots = [row.path, *(path for path in rewritten if row.path.startswith(f"{path}/"))]
        here = [
            found.quote
            for found in self.result.findings
            if found.category == row.category
            and found.path not in others
            and any(_within(found.path, root) for root in roots)
        ]
        if here or row.origin == "may":
            return here
        # What a person found and the machine does not see: the very words must be gone.
        unit = _unit(act, row.path)
        return [row.quote] if unit and _plain(row.quote) in _plain(unit.text) else []


def targets_of(amending: Act) -> list[str]:
    """Return the numbers (else names) of the acts it amends, in order of mention."""
    return list(dict.fromkeys(op.target_act for op in amend_ops(amending) if op.target_act))


def examine(
    target: Act, amending: Act, findings: Sequence[FindingRow], screen: Screen, as_of: date
) -> Examined:
    """Apply the amending act to ``target`` and hold its ``findings`` against the new text."""
    amended = apply_ops(target, ops_for(target, amend_ops(amending)), amending)
    result = screen(amended.act, as_of)
    return Examined(
        amended,
        result,
        tuple(map(_operation, amended.outcomes)),
        tuple(_check(row, target, amended, _Demands(result, findings)) for row in findings),
        tuple(_emerging(target, amended, result, findings)),
    )


def sentence(op: AmendOp) -> str:
    """Return the operation in words: «Thay thế cụm từ “X” bằng “Y” tại khoản 1 Điều 4»."""
    name = OPERATIONS[op.op]
    where = label_of(op.target_path) if op.target_path else "toàn văn bản"
    if op.op == "thay_the_cum_tu":
        return f"{name} “{op.phrase_old}” bằng “{op.phrase_new}” tại {where}"
    if op.op in ("bai_bo_cum_tu", "bo_sung_cum_tu"):
        return f"{name} “{op.phrase_new or op.phrase_old}” tại {where}"
    if op.op == "bai_bo_toan_bo":
        return f"{name} văn bản"
    return f"{name} {where}"


def _operation(outcome: Outcome) -> OperationView:
    return OperationView(
        outcome.op.provision, sentence(outcome.op), outcome.applied, outcome.message
    )


def _check(row: FindingRow, target: Act, amended: Amended, demands: _Demands) -> Check:
    meant = [outcome for outcome in amended.outcomes if _touches(outcome.op, row.path)]
    done = [outcome for outcome in meant if outcome.applied or outcome.op.op == "bai_bo_toan_bo"]
    old = _unit(target, row.path)
    new = _after(amended.act, row.path, old)
    new_text = "" if new is None or _gone(new) else new.text
    rewritten = [one.op.target_path for one in done if one.op.target_path]
    missed = tuple(dict.fromkeys(demands.left(row, rewritten, amended.act)))
    if any(outcome.op.op == "bai_bo_toan_bo" for outcome in done):
        outcome, new_text, missed = SETTLED, "", ()
    elif not meant:
        outcome = UNTOUCHED
    elif not done:
        outcome = "khong-ap-dung"
    else:
        outcome = REMAINS if missed else SETTLED
    return Check(
        row.id,
        row.label,
        row.category,
        row.quote,
        row.state,
        outcome,
        old.text if old else "",
        new_text,
        missed,
        tuple(sentence(one.op) for one in meant),
    )


def _touches(op: AmendOp, path: str) -> bool:
    """Whether the operation is about the unit, a unit above it, or one within it."""
    target = op.target_path
    return not target or _within(path, target) or _within(target, path)


def _within(path: str, root: str) -> bool:
    return f"{path}/".startswith(f"{root}/")


def _plain(text: str) -> str:
    return " ".join(fold(clean(text).text).split())


def _unit(act: Act, path: str) -> Provision | None:
    return next((unit for unit in act.provisions if unit.path == path), None)


def _after(act: Act, path: str, old: Provision | None) -> Provision | None:
    """Return the unit as it stands now: its own words elsewhere in its Điều, else its place.

    Paragraphs have no number of their own; they move up when one before them is taken out.
    """
    here = _unit(act, path)
    if old is None or (here is not None and here.text == old.text):
        return here
    root = path.split("/", 1)[0]
    same = (unit for unit in act.provisions if unit.text == old.text and _within(unit.path, root))
    return next(same, here)


def _gone(unit: Provision) -> bool:
    return fold(unit.text).rstrip().endswith(REPEALED)


def _emerging(
    target: Act, amended: Amended, result: ScreenResult, findings: Sequence[FindingRow]
) -> Iterable[Emerging]:
    """Yield suggestions on wording that the amendment brought in."""
    before = {unit.text for unit in target.provisions}
    known = {(row.path, row.category) for row in findings}
    for finding in result.findings:
        if finding.text not in before and (finding.path, finding.category) not in known:
            yield Emerging(finding.label, finding.category, finding.quote, finding.text)
