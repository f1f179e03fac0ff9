"""What every workbook has alike: styles, titles and stamp, a sheet for long cells, properties."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from openpyxl import Workbook

from exports.excel import styles
from exports.excel.columns import Sheet
from exports.excel.grid import Grid, write_grid
from exports.excel.safe import Margin
from exports.formats import clock, legal, short_date
from review.clock import VIET_NAM
from review.reports.records import CampaignHead, ReportHead, Stamp

CONTINUED = "Phần tiếp"
_STAMPED = 16  # signs of the digest in a heading; the properties have all of them

Row = Mapping[str, str | int | float | date | None]
Body = TypeVar("Body")


@dataclass(frozen=True, slots=True)
class Paper(Generic[Body]):
    """What a workbook is made from: ``body`` with head, campaign and stamp of the file."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    body: Body


class Book:
    """A workbook while it is written; ``finish`` returns the file."""

    def __init__(self, head: ReportHead, campaign: CampaignHead, stamp: Stamp) -> None:
        self.head, self.campaign, self.stamp = head, campaign, stamp
        self.sheets = Workbook()
        self.sheets.remove(self.sheets.active)
        styles.register(self.sheets)
        self.margin = Margin()

    def table(self, layout: Sheet, lines: Sequence[Row], title: str, note: str = "") -> Grid:
        """Write a table on a sheet of its own, ``title`` and the stamp above it."""
        stamped = "; ".join(part for part in (self._stamped(), note) if part)
        heading = (self.head.agency.upper(), title, stamped)
        page = self.sheets.create_sheet(layout.name)
        return write_grid(page, layout, lines, heading, self.margin)

    def _stamped(self) -> str:
        campaign, stamp = self.campaign, self.stamp
        cut_off = f"; số liệu chốt {short_date(campaign.cut_off)}" if campaign.cut_off else ""
        return (
            f"{campaign.name}; hiệu lực tại {short_date(campaign.as_of)}{cut_off}; "
            f"bộ tiêu chí {stamp.ruleset}; {stamp.author}, {clock(stamp.made_at)}; "
            f"mã kiểm tra {stamp.digest[:_STAMPED]}"
        )

    def continue_long_cells(self) -> None:
        """Write what did not fit into cells on a sheet of its own; nothing where all did."""
        if not self.margin.continuations:
            return
        page = self.sheets.create_sheet(CONTINUED)
        for column, (title, width) in enumerate(
            (("Bảng", 10), ("Mã", 12), ("Cột", 24), ("Phần", 8), ("Nội dung", 100)), 1
        ):
            styles.write(page, 1, column, title, "head")
            page.column_dimensions[styles.letter(column)].width = width
        for row, part in enumerate(self.margin.continuations, 2):
            for column, value in enumerate((part.sheet, part.row, part.column), 1):
                styles.write(page, row, column, value, "text")
            styles.write(page, row, 4, part.part, "number")
            styles.write(page, row, 5, part.text, "text")
        page.freeze_panes = "A2"
        styles.set_print(page, head_row=1)

    def finish(self, title: str) -> bytes:
        """Return the file, its properties stamped."""
        made_at = self.stamp.made_at.astimezone(VIET_NAM).replace(tzinfo=None)
        core = self.sheets.properties
        core.title = legal(title)
        core.creator = core.lastModifiedBy = legal(self.stamp.author)
        core.created = core.modified = made_at
        core.subject = legal(self.campaign.name)
        core.identifier = self.stamp.digest
        core.version = self.stamp.ruleset
        core.language = "vi-VN"
        cut_off = self.campaign.cut_off
        until = f"; cut-off {cut_off.isoformat()}" if cut_off else ""
        core.keywords = f"{self.campaign.code}; as-of {self.campaign.as_of.isoformat()}{until}"
        stream = io.BytesIO()
        self.sheets.save(stream)
        return stream.getvalue()
