"""``rasoat lint``: any Word document against NĐ 30/2020/NĐ-CP, each deviation named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import RasoatError
from exports import layout as layouts
from exports.lint import lint as deviations_of
from exports.lint_records import Deviation
from review.cli import inputs


def lint(
    paths: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp Word (.docx).")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Ghi mỗi sai lệch một dòng JSON.")
    ] = False,
) -> int:
    """Kiểm tra thể thức tệp Word theo Nghị định số 30/2020/NĐ-CP, nêu từng sai lệch."""
    tally = inputs.Tally()
    total = 0
    for path in inputs.check_paths(paths):
        try:
            found = deviations_of(path)
        except RasoatError as error:
            tally.failed += 1
            typer.echo(str(error), err=True)
            continue
        tally.read += 1
        total += len(found)
        for deviation in found:
            typer.echo(_record(path, deviation) if as_json else f"{path}: {deviation.sentence()}")
    inputs.summary(tally, f"{inputs.grouped(total)} sai lệch so với {layouts.load().source}")
    return 1 if total or tally.failed else 0


def _record(path: Path, deviation: Deviation) -> str:
    record = {
        "file": str(path),
        "rule": deviation.rule,
        "place": deviation.place,
        "found": deviation.found,
        "message": deviation.sentence(),
    }
    return json.dumps(record, ensure_ascii=False)
