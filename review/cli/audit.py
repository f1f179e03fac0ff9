"""``rasoat audit``: check the log and the frozen rows of reports."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from review.cli.desk import desk
from review.cli.usage import Command, Group

app = typer.Typer(cls=Group, no_args_is_help=True, help="Kiểm tra nhật ký và bản chốt số liệu.")


@app.command("verify", cls=Command)
def verify(
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> int:
    """Kiểm tra chuỗi băm của nhật ký và mã băm các bản chốt số liệu bộ đã gửi."""
    with desk() as (workbench, person):
        verdict = workbench.audit.verify(person)
        frozen = workbench.submissions.verify(person)
    if as_json:
        result = {"nhat_ky": asdict(verdict), "ban_chot": asdict(frozen)}
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        typer.echo(verdict.sentence)
        typer.echo(frozen.sentence)
    return int(verdict.broken is not None or frozen.broken is not None)
