"""``rasoat backup`` and ``rasoat restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review import backup as backups
from review.settings import Settings


def backup(
    target: Annotated[Path, typer.Argument(metavar="TỆP", help="Nơi ghi bản sao lưu.")],
) -> None:
    """Sao lưu kho dữ liệu ra một tệp, kể cả khi mọi người đang làm việc."""
    written = backups.backup(Settings(), target)
    typer.echo(f"Đã sao lưu vào {written}.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="TỆP", help="Bản sao lưu.")],
) -> None:
    """Phục hồi kho dữ liệu từ bản sao lưu; kho hiện tại được giữ lại bên cạnh."""
    kept = backups.restore(Settings(), source)
    typer.echo(f"Đã phục hồi từ {source}. Kho trước đó giữ tại {kept}.")
