"""``rasoat export``: the documents of the report page, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exports import catalogue
from review.cli.desk import campaign_of, desk
from review.cli.errors import ERRORS
from review.records import ActFilter, Person
from review.workbench import Workbench


def export(
    document: Annotated[
        str, typer.Argument(metavar="TÀI_LIỆU", help="Mã tài liệu, hoặc «danh-sach» để xem các mã.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="TỆP", help="Nơi ghi (mặc định: tên chuẩn, thư mục này)."),
    ] = None,
    campaign: Annotated[
        str,
        typer.Option("--campaign", metavar="MÃ", help="Mã đợt rà soát (mặc định: đợt mới nhất)."),
    ] = "",
    agency: Annotated[
        str, typer.Option("--agency", metavar="MÃ", help="Mã cơ quan, với tài liệu của một bộ.")
    ] = "",
    act: Annotated[
        str, typer.Option("--act", metavar="SỐ_HIỆU", help="Số hiệu, với phiếu của một văn bản.")
    ] = "",
    choice: Annotated[
        str,
        typer.Option(
            "--choice", metavar="MỤC", help="Dự thảo nào, phiếu của ai: bỏ trống để xem các mục."
        ),
    ] = "",
) -> None:
    """Xuất báo cáo Word, bảng Excel; từ chối khi tổng số không khớp với các dòng."""
    if document == "danh-sach":
        for item in catalogue.DOCUMENTS:
            typer.echo(f"{item.id}\t{item.title}")
        return
    catalogue.find(document)
    with desk() as (workbench, person):
        chosen = campaign_of(workbench, person, campaign)
        made = catalogue.make(
            workbench,
            person,
            document,
            chosen.id,
            agency=agency,
            act_id=_act_id(workbench, person, chosen.id, act) if act else 0,
            choice=choice,
        )
    target = out or Path(made.filename)
    target.write_bytes(made.content)
    typer.echo(f"Đã ghi {target} ({made.document.title}; SHA-256 {made.digest}).")


def _act_id(workbench: Workbench, person: Person, campaign_id: int, number: str) -> int:
    """Return the id of the act with ``number`` in the campaign; raises RS-823."""
    found = workbench.library.acts(person, ActFilter(campaign_id=campaign_id, text=number))
    for row in found.items:
        if row.number == number:
            return row.id
    raise ERRORS.error("RS-823", number=number)
