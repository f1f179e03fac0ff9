"""``rasoat check``: references, dates, names and numbering of any draft, with line numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.check import check as check_act
from corpus.defect import Defect, line_of
from corpus.reading import read_paths
from corpus.records import Act, ReadResult
from corpus.registry import Registry, shipped
from corpus.structure import parse_act
from review.cli import inputs
from review.cli.errors import ERRORS

_LONGEST_QUOTE = 120


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp, thư mục hoặc .zip.")],
    registry: Annotated[
        Path | None,
        typer.Option(
            "--registry",
            metavar="THƯ_MỤC",
            help="Văn bản dùng để đối chiếu điều, khoản, điểm được viện dẫn.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Ghi mỗi điều phát hiện một dòng JSON.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--notes", help="Ghi cả điều chỉ để biết, không phải lỗi.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="NGÀY", help="Ngày xét (mặc định hôm nay).")
    ] = None,
) -> int:
    """Kiểm tra viện dẫn: số hiệu, ngày, tên, hiệu lực, điều khoản, số thứ tự."""
    checked = inputs.check_paths(paths)
    today = inputs.parse_date(as_of)
    known = _registry(registry)
    tally = inputs.Tally()
    errors = notes = 0
    for result in read_paths(checked):
        act = _parsed(result)
        if act is None:
            failed = not result.skipped
            tally.failed += failed
            inputs.report(result.source, result.notes, failed=failed)
            continue
        tally.read += 1
        found = check_act(act, known, today)
        errors += sum(defect.error for defect in found)
        notes += sum(not defect.error for defect in found)
        for defect in found:
            if as_json:
                typer.echo(json.dumps(_record(act, defect), ensure_ascii=False))
            elif defect.error or everything:
                typer.echo(_line(act, defect))
    what = f"{inputs.grouped(errors)} gợi ý cần sửa, {inputs.grouped(notes)} điều để biết"
    inputs.summary(tally, what + ("" if everything or as_json or not notes else " (xem: --notes)"))
    return 1 if errors or tally.failed else 0


def _registry(folder: Path | None) -> Registry:
    """Return the shipped registry with the acts of ``folder``; what cannot be read is said."""
    if folder is None:
        return shipped()
    acts = []
    for result in read_paths(inputs.check_paths([folder])):
        act = _parsed(result)
        if act is not None:
            acts.append(act)
        elif not result.skipped:
            inputs.report(result.source, result.notes, failed=True)
    return shipped().with_acts(acts)


def _parsed(result: ReadResult) -> Act | None:
    if result.document is None:
        return None
    try:
        return parse_act(result.document)
    except Exception as error:  # noqa: BLE001 one text must never stop the others; it is reported
        result.notes.append(
            ERRORS.notice("RS-813", source=result.source, kind=type(error).__name__)
        )
        return None


def _line(act: Act, defect: Defect) -> str:
    """Return «tệp:dòng: mã «trích»: điều sai. Việc cần làm.»"""
    quote = defect.quote
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE].rstrip() + "…"
    line = line_of(act.raw.text, defect.start)
    kind = "" if defect.error else " (để biết)"
    return (
        f"{act.raw.source}: dòng {line}: {defect.code}{kind} «{quote}»: "
        f"{defect.message} {defect.remedy}"
    )


def _record(act: Act, defect: Defect) -> dict[str, Any]:
    return {
        "source": act.raw.source,
        "code": defect.code,
        "error": defect.error,
        "line": line_of(act.raw.text, defect.start),
        "start": defect.start,
        "end": defect.end,
        "quote": defect.quote,
        "message": defect.message,
        "remedy": defect.remedy,
    }
