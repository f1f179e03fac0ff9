"""``rasoat screen``: one JSON line per finding, without any database."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.records import Act, Notice, ReadResult
from corpus.structure import parse_act
from models import catalogue
from models.batch import ordered_map
from models.records import Finding, Suppressed, TraceStep
from models.screen import Screener
from review.cli import inputs
from review.cli.errors import ERRORS


@dataclass(slots=True)
class Screened:
    """What one input became: JSON lines of its findings and of what was set aside."""

    source: str
    notes: list[Notice]
    failed: bool = False
    skipped: bool = False  # a file that is no act, such as a lock file: said, but no failure
    provisions: int = 0
    findings: list[str] = field(default_factory=list)
    suppressed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Process:
    """What every process builds once."""

    screener: Screener | None = None
    as_of: date = date.min


_process = _Process()


def screen(
    paths: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp, thư mục hoặc .zip.")],
    out: Annotated[Path, typer.Option("--out", metavar="TỆP.jsonl", help="Nơi ghi các gợi ý.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="NGÀY", help="Ngày xét căn cứ (mặc định hôm nay)."),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, help="Số tiến trình.")
    ] = 2,
    suppressed: Annotated[
        Path | None,
        typer.Option("--suppressed", metavar="TỆP.jsonl", help="Nơi ghi các kết quả đã loại."),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", metavar="TỆP.yaml", help="Bản bộ tiêu chí xuất từ trang web."),
    ] = None,
) -> int:
    """Rà soát văn bản: mỗi gợi ý một dòng JSON kèm lý do, căn cứ và nguồn điện tử."""
    checked = inputs.check_paths(paths)
    on = inputs.parse_date(as_of)
    changes = inputs.read_rules(rules)
    tally = inputs.Tally()
    provisions = findings = set_aside = 0
    with ExitStack() as stack:
        bar = stack.enter_context(inputs.progress("Đang rà soát"))
        target = stack.enter_context(out.open("w", encoding="utf-8"))
        aside = stack.enter_context(suppressed.open("w", encoding="utf-8")) if suppressed else None
        results = inputs.read_with_progress(checked, bar, workers)
        for item in ordered_map(
            screen_batch, results, workers=workers, initializer=_prepare, initargs=(on, changes)
        ):
            inputs.report(item.source, item.notes, failed=item.failed)
            tally.failed += item.failed
            tally.read += not (item.failed or item.skipped)
            provisions += item.provisions
            findings += len(item.findings)
            set_aside += len(item.suppressed)
            target.writelines(line + "\n" for line in item.findings)
            if aside:
                aside.writelines(line + "\n" for line in item.suppressed)
    inputs.summary(
        tally,
        f"{inputs.grouped(provisions)} quy định, {inputs.grouped(findings)} gợi ý, "
        f"{inputs.grouped(set_aside)} kết quả đã loại",
    )
    return tally.exit_code()


def _prepare(as_of: date, changes: str) -> None:
    _process.screener = Screener(catalogue.load(changes=changes))
    _process.as_of = as_of


def screen_batch(results: list[ReadResult]) -> list[Screened]:
    """Parse and screen the documents of one batch; one that fails says so and stops no other."""
    return [_screen_one(result) for result in results]


def _screen_one(result: ReadResult) -> Screened:
    if result.document is None or _process.screener is None:
        return Screened(result.source, result.notes, result.failed, result.skipped)
    try:
        act = parse_act(result.document)
        outcome = _process.screener.screen(act, _process.as_of)
    except Exception as error:  # noqa: BLE001 one act must never stop the batch; it is reported
        notice = ERRORS.notice("RS-813", source=result.source, kind=type(error).__name__)
        return Screened(result.source, [*result.notes, notice], failed=True)
    return Screened(
        source=result.source,
        notes=result.notes,
        provisions=len(act.provisions),
        findings=[_line(finding_record(act, finding)) for finding in outcome.findings],
        suppressed=[_line(suppressed_record(act, item)) for item in outcome.suppressed],
    )


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _place(act: Act, item: Finding | Suppressed) -> dict[str, Any]:
    return {
        "source": act.raw.source,
        "number": act.head.number,
        "path": item.path,
        "label": item.label,
        "text": item.text,
        "category": item.category,
        "quote": item.quote,
        "start": item.start,
        "end": item.end,
    }


def _trace(steps: list[TraceStep]) -> list[dict[str, Any]]:
    return [
        {
            "step": step.step,
            "outcome": step.outcome,
            "span": [step.span.start, step.span.end] if step.span else None,
        }
        for step in steps
    ]


def finding_record(act: Act, finding: Finding) -> dict[str, Any]:
    """Return a finding in the shape of the command-line contract."""
    return {
        **_place(act, finding),
        "severity": finding.severity,
        "readiness": finding.readiness,
        "bases": [asdict(basis) for basis in finding.bases],
        "sources": finding.sources,
        "handling": finding.handling,
        "formula": finding.formula,
        "badges": finding.badges,
        "trace": _trace(finding.trace),
    }


def suppressed_record(act: Act, item: Suppressed) -> dict[str, Any]:
    """Return a look-alike with its N-code and the reason."""
    return {
        **_place(act, item),
        "code": item.code,
        "reason": item.reason,
        "trace": _trace(item.trace),
    }
