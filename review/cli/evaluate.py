"""``rasoat evaluate``: the screen against labelled provisions, and against an earlier revision."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from models import evaluate as measuring
from models.evaluate import Change, Evaluation, Label, Score
from models.screen import Screener
from review.cli import inputs
from review.cli.errors import ERRORS

_LISTED = 20  # changes and misses shown on the terminal; --json has them all


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="NHÃN.jsonl...", help="Tệp nhãn.")],
    base: Annotated[
        str,
        typer.Option(
            "--base",
            metavar="BẢN_TRƯỚC",
            help="Tệp --json đã lưu, hoặc bản git, để xem được thêm và mất đi những gì.",
        ),
    ] = "",
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="TỆP", help="Nơi ghi số đo đầy đủ.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="NGÀY", help="Ngày xét (mặc định hôm nay).")
    ] = None,
) -> None:
    """Đo độ chính xác và độ bao phủ theo nhóm trên các quy định đã gán nhãn."""
    paths = inputs.check_paths(gold)
    labels = [label for path in paths for label in measuring.read_labels(path)]
    measured = measuring.evaluate(labels, Screener(), inputs.parse_date(as_of))
    if json_out:
        text = json.dumps(measured.record(), ensure_ascii=False, indent=1)
        json_out.write_text(text, encoding="utf-8")
    typer.echo(table(measured))
    if base:
        change = measuring.compare(labels, _said_at(base, paths), measured)
        typer.echo(changes(change, {label.id: label for label in labels}))


def table(measured: Evaluation) -> str:
    """Return the figures per category and group, percentages with a decimal comma."""
    lines = ["nhóm     nhãn  gợi ý  bao phủ  chính xác"]
    for name, score in {**measured.categories, **measured.groups}.items():
        lines.append(_row(name, score))
    official = measured.official
    if official:
        lines.append(
            f"Hàng của Chính phủ: {official['rows']}, tìm thấy {official['found']}, "
            f"đúng nhóm {official['category']}, đúng cơ sở dữ liệu {official['database']}"
        )
    if measured.confusion:
        lines.append("Nhãn bị bỏ sót → gợi ý thay vào: số quy định")
        lines += [f"  {pair}: {n}" for pair, n in list(measured.confusion.items())[:_LISTED]]
    return "\n".join(lines)


def _row(name: str, score: Score) -> str:
    return (
        f"{name:<7}{score.gold:>6}{score.predicted:>7}"
        f"{_percent(score.recall):>9}{_percent(score.precision):>11}"
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}".replace(".", ",")


def changes(change: Change, labels: dict[str, Label]) -> str:
    """Return what was gained and lost, each with the words of its provision."""
    lines = []
    for title, pairs in (
        ("Được thêm", change.gained),
        ("Mất đi", change.lost),
        ("Bớt báo nhầm", change.quieted),
        ("Thêm báo nhầm", change.alarmed),
    ):
        lines.append(f"{title}: {len(pairs)}")
        for label_id, category in pairs[:_LISTED]:
            part = " ".join(labels[label_id].part.split())
            lines.append(f"  {label_id} {category} {labels[label_id].act}: {part[:160]}")
    return "\n".join(lines)


def _said_at(base: str, gold: list[Path]) -> dict[str, list[str]]:
    """Return what the screen said at ``base``: a saved file, or a git revision run now."""
    if Path(base).is_file():
        try:
            return json.loads(Path(base).read_text(encoding="utf-8"))["said"]
        except (ValueError, KeyError) as error:
            raise ERRORS.error("RS-814", base=base) from error
    with tempfile.TemporaryDirectory() as folder:
        tree, result = Path(folder) / "tree", Path(folder) / "said.json"
        screen_there = [
            *(sys.executable, "-c", "from review.cli.main import run; run()", "evaluate"),
            *(str(path.resolve()) for path in gold),
            *("--json", str(result)),
        ]
        try:
            _run(["git", "worktree", "add", "--quiet", "--detach", str(tree), base], Path.cwd())
            # Started in the old tree: Python finds its modules before the installed ones.
            _run(screen_there, tree)
            return json.loads(result.read_text(encoding="utf-8"))["said"]
        except (OSError, subprocess.CalledProcessError) as error:
            raise ERRORS.error("RS-814", base=base) from error
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(tree)],
                check=False,
                capture_output=True,
            )


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
