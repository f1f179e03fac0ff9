"""The test bench: what a version of the criteria gains and loses on stored acts and on labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from corpus.errors import RasoatError
from models import catalogue as catalogue_files
from models.evaluate import Evaluation, Label, compare, evaluate, labels_of
from models.records import Finding
from models.screen import Screener
from review.acts.stored import act_of
from review.errors import ERRORS, NotFound
from review.job import Jobs, Report
from review.people.permission import allows, check
from review.records import JobView, Person
from review.records.ruleset import GoldScore, Trial, TrialKind, TrialRow
from review.rules.ruleset import Rulesets
from review.state import RECOGNISED
from review.store import tables as t
from review.store.engine import Store

KIND = "thu_bo_tieu_chi"
ROWS_PER_KIND = 200
LARGEST_GOLD = 20_000_000
_LONGEST_QUOTE = 300
_SIGNED = ("da_ra_soat", "dong")
_Key = tuple[str, str, int]  # path, category, start


class RuleTrials:
    """Trials are jobs; their reports stay with the version."""

    def __init__(self, store: Store, jobs: Jobs, rules: Rulesets) -> None:
        self._store = store
        self._jobs = jobs
        self._rules = rules

    def start(self, person: Person, ruleset_id: int, gold: bytes | None = None) -> JobView:
        """Try a version on all stored acts, beside the criteria in force; returns the job.

        ``gold`` is a label file as ``rasoat evaluate`` reads it (RS-304 names a wrong line,
        RS-597: too large).
        """
        check(person, "rule_trials.start")
        view = self._rules.get(person, ruleset_id)
        if gold and len(gold) > LARGEST_GOLD:
            raise ERRORS.error("RS-597", limit=LARGEST_GOLD // 1_000_000)
        labels = labels_of("nhãn tải lên", gold.decode("utf-8", "replace")) if gold else []
        changes, current = view.changes, self._rules.changes()

        def work(report: Report) -> dict[str, Any]:
            after, before = (self._rules.screeners.of(text) for text in (changes, current))
            record = self._compare(before, after, report)
            record |= _gold(labels, before, after, self._store.today())
            with self._store.write() as db:
                db.execute(
                    insert(t.ruleset_trials).values(
                        ruleset_id=ruleset_id,
                        against=catalogue_files.load(changes=current).version,
                        report=record,
                        at=self._store.now(),
                        written_by=person.id,
                    )
                )
            return {"ruleset": ruleset_id, "acts": record["acts"]}

        return self._jobs.submit(person, KIND, f"Thử bộ tiêu chí bản {view.row.number}", work)

    def last(self, person: Person, ruleset_id: int) -> Trial | None:
        """Return the newest trial of a version; rows only of findings the person may see."""
        check(person, "rule_trials.last")
        with self._store.read() as db:
            row = db.execute(
                select(t.ruleset_trials, t.people.c.name)
                .join(t.people, t.people.c.id == t.ruleset_trials.c.written_by)
                .where(t.ruleset_trials.c.ruleset_id == ruleset_id)
                .order_by(t.ruleset_trials.c.id.desc())
                .limit(1)
            ).one_or_none()
        if row is None:
            return None
        report = row.report
        rows = [TrialRow(**held) for held in report["rows"]]
        return Trial(
            row.at,
            row.name,
            row.against,
            report["acts"],
            report["failed"],
            report["counts"],
            [held for held in rows if allows(person, "findings.get", held.agency)],
            [GoldScore(**score) for score in report["gold"]],
            [tuple(pair) for pair in report["gold_lost"]],
            [tuple(pair) for pair in report["gold_gained"]],
        )

    def _compare(self, before: Screener, after: Screener, report: Report) -> dict[str, Any]:
        with self._store.read() as db:
            acts = db.execute(
                select(t.acts.c.id, t.acts.c.number, t.acts.c.agency, t.acts.c.state,
                       t.campaigns.c.basis_date)
                .join(t.campaigns, t.campaigns.c.id == t.acts.c.campaign_id)
                .order_by(t.acts.c.id)
            ).all()  # fmt: skip
        counts: Counter[str] = Counter()
        rows: list[dict[str, Any]] = []
        failed: list[str] = []
        for done, act in enumerate(acts):
            report(done, len(acts), act.number)
            try:
                with self._store.read() as db:
                    parsed = act_of(db, act.id)
                    decided = _decided(db, act.id)
                old = before.screen(parsed, act.basis_date).findings
                new = after.screen(parsed, act.basis_date).findings
            except (RasoatError, NotFound) as error:
                failed.append(f"{act.number}: {error}")
                continue
            for row in _differences(act, old, new, decided):
                counts[row.kind] += 1
                if counts[row.kind] <= ROWS_PER_KIND:
                    rows.append(asdict(row))
        return {"acts": len(acts), "failed": failed, "counts": dict(counts), "rows": rows}


def _decided(db: Connection, act_id: int) -> dict[tuple[str, str], Row]:
    rows = db.execute(
        select(t.findings.c.id, t.findings.c.path, t.findings.c.category, t.findings.c.state,
               t.findings.c.origin)
        .where(t.findings.c.act_id == act_id, t.findings.c.standing)
        .order_by(t.findings.c.id)
    )  # fmt: skip
    return {(row.path, row.category): row for row in rows}


def _differences(
    act: Row, old: list[Finding], new: list[Finding], decided: dict[tuple[str, str], Row]
) -> Iterator[TrialRow]:
    before = {_key(finding): finding for finding in old}
    after = {_key(finding): finding for finding in new}
    for key, finding in before.items():
        stored = decided.get((finding.path, finding.category))
        if key not in after:
            yield _row(_lost(stored), act, finding, stored)
        elif _judged(finding) != _judged(after[key]):
            yield _row("doi", act, after[key], stored)
    for key, finding in after.items():
        if key not in before:
            stored = decided.get((finding.path, finding.category))
            yield _row(_gained(act, stored), act, finding, stored)


def _key(finding: Finding) -> _Key:
    return finding.path, finding.category, finding.start


def _judged(finding: Finding) -> tuple[object, ...]:
    bases = tuple(basis.id for basis in finding.bases)
    return (
        finding.severity, finding.readiness, finding.handling, finding.formula, bases,
        tuple(finding.sources),
    )  # fmt: skip


def _lost(stored: Row | None) -> TrialKind:
    if stored is None:
        return "mat_goi_y"
    if stored.state in RECOGNISED:
        return "mat_xac_nhan"
    return "mat_da_loai" if stored.state == "loai_bo" else "mat_goi_y"


def _gained(act: Row, stored: Row | None) -> TrialKind:
    if stored is not None and stored.state == "loai_bo":
        return "them_da_loai"
    if stored is not None and stored.origin == "nguoi":
        return "them_nguoi_bo_sung"
    return "them_da_ky" if act.state in _SIGNED else "them"


def _row(kind: TrialKind, act: Row, finding: Finding, stored: Row | None) -> TrialRow:
    return TrialRow(
        kind,
        act.id,
        act.number,
        act.agency,
        finding.label,
        finding.category,
        finding.quote[:_LONGEST_QUOTE],
        stored.id if stored is not None else None,
    )


def _gold(labels: list[Label], before: Screener, after: Screener, on: date) -> dict[str, Any]:
    if not labels:
        return {"gold": [], "gold_lost": [], "gold_gained": []}
    old, new = evaluate(labels, before, on), evaluate(labels, after, on)
    change = compare(labels, old.said, new)
    return {
        "gold": [asdict(score) for score in _scores(old, new)],
        "gold_lost": [*change.lost, *change.alarmed],
        "gold_gained": [*change.gained, *change.quieted],
    }


def _scores(old: Evaluation, new: Evaluation) -> Iterator[GoldScore]:
    for group in sorted(old.groups.keys() | new.groups.keys()):
        before, after = old.groups.get(group), new.groups.get(group)
        yield GoldScore(
            group,
            after.gold if after else 0,
            before.recall if before else None,
            after.recall if after else None,
            before.precision if before else None,
            after.precision if after else None,
        )
