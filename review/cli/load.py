"""``rasoat load``: read, screen and store acts, as the screens do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.cli import inputs
from review.cli.desk import campaign_of, desk


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp, thư mục hoặc .zip.")],
    campaign: Annotated[
        str,
        typer.Option("--campaign", metavar="MÃ", help="Mã đợt rà soát; bỏ trống: đợt mới nhất."),
    ] = "",
) -> int:
    """Nạp văn bản vào kho, rà soát ngay và in báo cáo nạp từng tệp."""
    checked = inputs.check_paths(paths)
    with desk() as (workbench, person), inputs.progress("Đang nạp") as bar:
        chosen = campaign_of(workbench, person, campaign)
        task = bar.task_ids[0]

        def advance(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, detail=what[-60:])

        report = workbench.library.load_paths(person, checked, chosen.id, advance)
    tally = inputs.Tally()
    for line in report.lines:
        failed = line.status in ("tu_choi", "loi")
        tally.failed += failed
        tally.read += not failed
        inputs.report(line.source, line.notices, failed=failed)
    findings = sum(line.findings for line in report.lines)
    inputs.summary(tally, f"{inputs.grouped(findings)} gợi ý, nạp vào «{chosen.name}»")
    return tally.exit_code()
