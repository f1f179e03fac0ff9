"""``rasoat annex``: the rows of an annex in the form of NQ 66.7/2025/NQ-CP, one JSON line each."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpus.annex import Annex, read_annex
from corpus.errors import RasoatError
from review.cli import inputs


def annex(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="TỆP...", help="Bảng phụ lục: .docx, .doc, .xlsx, .pdf, .csv, .tsv."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="TỆP.jsonl", help="Nơi ghi kết quả.")],
) -> int:
    """Đọc bảng phụ lục dạng NQ 66.7/2025/NQ-CP: mỗi dòng của bảng một dòng JSON.

    Mỗi dòng ghi thủ tục, giấy tờ được thay thế, cơ sở dữ liệu, cơ quan chủ quản, văn bản và điều,
    khoản, điểm quy định giấy tờ đó. Chỗ không hiểu rõ được nêu ra, không dòng nào bị bỏ.
    """
    checked = inputs.check_paths(paths)
    tally = inputs.Tally()
    rows = provisions = doubts = 0
    with out.open("w", encoding="utf-8") as target:
        for path in checked:
            try:
                found = _read(path)
            except RasoatError as failure:
                tally.failed += 1
                inputs.report(path.name, [failure.notice()], failed=True)
                continue
            tally.read += 1
            rows += len(found.rows)
            provisions += sum(len(row.targets) for row in found.rows)
            doubts += len(found.doubts)
            inputs.report(path.name, found.doubts, failed=False)
            for row in found.rows:
                record = {"source": path.name, **asdict(row)}
                target.write(json.dumps(record, ensure_ascii=False) + "\n")
    inputs.summary(
        tally,
        f"{inputs.grouped(rows)} dòng, {inputs.grouped(provisions)} điều khoản được nêu, "
        f"{inputs.grouped(doubts)} chỗ chưa rõ",
    )
    return tally.exit_code()


def _read(path: Path) -> Annex:
    return read_annex(path.name, path.read_bytes())
