"""Inputs of the command line: which files, read with a progress line, and what became of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from corpus.reading import read_paths
from corpus.records import Notice, ReadResult
from models import catalogue
from review.cli.errors import ERRORS
from review.clock import today

_DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(slots=True)
class Tally:
    """How many inputs became acts and how many failed."""

    read: int = 0
    failed: int = 0

    def exit_code(self) -> int:
        """Return the exit code of the contract: 0 done, 1 some inputs failed."""
        return 1 if self.failed else 0


def check_paths(paths: Iterable[Path]) -> list[Path]:
    """Return ``paths``; raises RS-811 for the first that does not exist."""
    checked = list(paths)
    for path in checked:
        if not path.exists():
            raise ERRORS.error("RS-811", path=path)
    return checked


def parse_date(value: str | None) -> date:
    """Read an ISO or dd/mm/yyyy date, today in Viet Nam where none is given; raises RS-812."""
    if not value:
        return today()
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    raise ERRORS.error("RS-812", value=value)


def read_rules(path: Path | None) -> str:
    """Return the changes of criteria in ``path``, "" without one.

    Raises RS-811 for a file that is not there, RS-305 naming the line that is wrong.
    """
    if path is None:
        return ""
    if not path.is_file():
        raise ERRORS.error("RS-811", path=path)
    changes = path.read_text(encoding="utf-8", errors="replace")
    catalogue.load(changes=changes)
    return changes


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A progress line on standard error, silent where that is no terminal."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[detail]}"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        bar.add_task(title, total=None, detail="")
        yield bar


def read_with_progress(paths: list[Path], bar: Progress, workers: int) -> Iterator[ReadResult]:
    """Read all inputs with ``workers`` processes, counting them on the progress line."""
    task = bar.task_ids[0]
    for count, result in enumerate(read_paths(paths, workers=workers), start=1):
        bar.update(task, detail=f"{count} tệp · {result.source[-60:]}")
        yield result


def report(source: str, notes: Iterable[Notice], *, failed: bool) -> None:
    """Write the load-report lines of one input to standard error."""
    mark = "LỖI" if failed else "ghi chú"
    for note in notes:
        typer.echo(f"[{mark}] {source}: {note.code}: {note.message}", err=True)


def summary(tally: Tally, what: str) -> None:
    """Write the closing line."""
    sys.stderr.flush()
    typer.echo(
        f"{grouped(tally.read)} văn bản đọc được, {grouped(tally.failed)} tệp lỗi, {what}.",
        err=True,
    )


def grouped(number: int) -> str:
    """Return ``number`` with Vietnamese thousands separators: 1.234."""
    return f"{number:,}".replace(",", ".")
