"""``rasoat parse``: one JSON line per act, with its head and its provision tree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer

from corpus.records import Act, Head, Notice, Provision, ReadResult
from corpus.structure import parse_act
from models.batch import ordered_map
from review.cli import inputs
from review.cli.errors import ERRORS


@dataclass(slots=True)
class Parsed:
    """What one input became, ready to be written."""

    source: str
    notes: list[Notice]
    line: str = ""  # JSON, empty where the input failed
    text: str = field(default="", repr=False)
    skipped: bool = False  # a file that is no act, such as a lock file: said, but no failure

    @property
    def failed(self) -> bool:
        """Whether there should be a line and is none."""
        return not self.line and not self.skipped


def parse(
    paths: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp, thư mục hoặc .zip.")],
    out: Annotated[Path, typer.Option("--out", metavar="TỆP.jsonl", help="Nơi ghi kết quả.")],
    text_out: Annotated[
        Path | None,
        typer.Option("--text-out", metavar="THƯ_MỤC", help="Nơi ghi văn bản nguồn của từng tệp."),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, help="Số tiến trình.")
    ] = 1,
) -> int:
    """Tách văn bản thành phần, chương, điều, khoản, điểm; mỗi văn bản một dòng JSON."""
    checked = inputs.check_paths(paths)
    tally = inputs.Tally()
    provisions = 0
    with ExitStack() as stack:
        bar = stack.enter_context(inputs.progress("Đang đọc"))
        target = stack.enter_context(out.open("w", encoding="utf-8"))
        results = inputs.read_with_progress(checked, bar, workers)
        for parsed in ordered_map(parse_batch, results, workers=workers, initializer=_nothing):
            inputs.report(parsed.source, parsed.notes, failed=parsed.failed)
            tally.failed += parsed.failed
            if not parsed.line:
                continue
            tally.read += 1
            provisions += parsed.line.count('"path":')
            target.write(parsed.line + "\n")
            if text_out is not None:
                write_text(text_out, parsed.source, parsed.text)
    inputs.summary(tally, f"{inputs.grouped(provisions)} quy định")
    return tally.exit_code()


def _nothing() -> None:
    """Parsing needs nothing prepared in a process."""


def parse_batch(results: list[ReadResult]) -> list[Parsed]:
    """Parse the documents of one batch; a document that fails says so and stops no other."""
    return [_parse_one(result) for result in results]


def _parse_one(result: ReadResult) -> Parsed:
    if result.document is None:
        return Parsed(result.source, result.notes, skipped=result.skipped)
    try:
        act = parse_act(result.document)
    except Exception as error:  # noqa: BLE001 one act must never stop the batch; it is reported
        notice = ERRORS.notice("RS-813", source=result.source, kind=type(error).__name__)
        return Parsed(result.source, [*result.notes, notice])
    line = json.dumps(act_record(act, result.notes), ensure_ascii=False)
    return Parsed(result.source, result.notes, line, act.raw.text)


def act_record(act: Act, notes: list[Notice]) -> dict[str, Any]:
    """Return the act in the shape of the command-line contract."""
    return {
        "source": act.raw.source,
        **_head_record(act.head),
        "encoding": act.raw.encoding,
        "notes": [f"{note.code}: {note.message}" for note in _distinct(notes, act)],
        "provisions": [provision_record(provision) for provision in act.provisions],
    }


def _head_record(head: Head) -> dict[str, str | None]:
    return {
        "number": head.number,
        "type": head.type,
        "title": head.title,
        "issuer": head.issuer,
        "issued": head.issued.isoformat() if head.issued else None,
        "effective": head.effective.isoformat() if head.effective else None,
    }


def _distinct(notes: list[Notice], act: Act) -> Iterator[Notice]:
    """Notes of reading, then of parsing, each once."""
    yield from dict.fromkeys([*notes, *act.raw.notes, *act.notes])


def provision_record(provision: Provision) -> dict[str, Any]:
    """Return one provision in the shape of the command-line contract."""
    return {
        "path": provision.path,
        "level": provision.level,
        "label": provision.label,
        "heading": provision.heading,
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
        "page": provision.page,
    }


def write_text(folder: Path, source: str, text: str) -> None:
    """Write the source text that offsets refer to as ``folder/source.txt``."""
    parts = [part for part in PurePosixPath(source).parts if part not in ("/", "..", ".")]
    target = folder.joinpath(*parts)
    target = target.with_name(target.name + ".txt")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
