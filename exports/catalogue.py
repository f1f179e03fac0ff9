"""The documents that can be exported: one list for the page and for the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from corpus.text import unaccent
from exports import reconcile
from exports.errors import ERRORS
from exports.excel import workbook
from exports.formats import VIET_NAM
from exports.word import consolidated_report, ministry_report, review_sheet
from review.records import Person
from review.report import Reports
from review.report_records import ReportData, ReviewSheet
from review.workbench import Workbench

Reach = Literal["ministry", "overall", "act"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document; ``reach`` says what must be named to make it."""

    id: str
    title: str
    reach: Reach
    suffix: str
    pattern: str  # file name with {agency}, {campaign}, {act} and {date}
    build: Callable[[ReportData], bytes] | Callable[[ReviewSheet], bytes]

    @property
    def mime(self) -> str:
        """The media type for a download."""
        return WORD if self.suffix == "docx" else EXCEL

    def filename(
        self, when: datetime, *, agency: str = "", campaign: str = "", act: str = ""
    ) -> str:
        """Return a plain ASCII file name: "bao-cao-ra-soat_BYT_20261123.docx"."""
        day = f"{when.astimezone(VIET_NAM):%Y%m%d}"
        named = self.pattern.format(agency=agency, campaign=campaign, act=act, date=day)
        safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in unaccent(named))
        return f"{safe}.{self.suffix}"


DOCUMENTS = (
    Document(
        "bao-cao-bo",
        "Báo cáo kết quả rà soát của bộ (Word)",
        "ministry",
        "docx",
        "bao-cao-ra-soat_{agency}_{date}",
        ministry_report.build,
    ),
    Document(
        "bang-bo",
        "Bảng tổng hợp của bộ: BM-01, 03, 04, 05, 11 (Excel)",
        "ministry",
        "xlsx",
        "bang-tong-hop_{agency}_{date}",
        workbook.build,
    ),
    Document(
        "phieu",
        "Phiếu rà soát văn bản BM-02 (Word)",
        "act",
        "docx",
        "phieu-ra-soat_{act}_{date}",
        review_sheet.build,
    ),
    Document(
        "bao-cao-tong-hop",
        "Báo cáo tổng hợp của Tổ công tác 236 (Word)",
        "overall",
        "docx",
        "bao-cao-tong-hop_{campaign}_{date}",
        consolidated_report.build,
    ),
    Document(
        "bang-tong-hop",
        "Bảng tổng hợp mọi bộ: BM-01, 03, 04, 05, 11 (Excel)",
        "overall",
        "xlsx",
        "bang-tong-hop_{campaign}_{date}",
        workbook.build,
    ),
)


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file; ``digest`` is its SHA-256 (hex), as it is logged."""

    document: Document
    filename: str
    content: bytes
    digest: str


def find(document_id: str) -> Document:
    """Return the document; raises RS-703 naming the known ones."""
    for document in DOCUMENTS:
        if document.id == document_id:
            return document
    known = ", ".join(document.id for document in DOCUMENTS)
    raise ERRORS.error("RS-703", name=document_id, known=known)


def differences(
    workbench: Workbench, person: Person, campaign_id: int, agency: str = ""
) -> list[reconcile.Difference]:
    """Return what does not agree in the figures of a ministry, or of all («» = overall)."""
    reports = workbench.reports
    if agency:
        return reconcile.differences(reports.ministry(person, campaign_id, agency))
    return reconcile.differences(reports.overall(person, campaign_id))


def make(
    workbench: Workbench,
    person: Person,
    document_id: str,
    campaign_id: int,
    *,
    agency: str = "",
    act_id: int = 0,
) -> Export:
    """Collect, render and log one document.

    ``agency`` is needed for documents of a ministry, ``act_id`` for those of one act. Raises
    Forbidden (RS-41x), NotFound (RS-601), RS-701 (totals differ), RS-703, RS-704.
    """
    document = find(document_id)
    data = _collect(workbench.reports, person, document, campaign_id, agency, act_id)
    content = document.build(data)
    digest = hashlib.sha256(content).hexdigest()
    act = data.act.number if isinstance(data, ReviewSheet) else ""
    filename = document.filename(
        data.stamp.made_at, agency=data.head.agency_code, campaign=data.campaign.code, act=act
    )
    workbench.audit.exported(
        person, document.id, document.title, filename, digest, data.campaign.id
    )
    return Export(document, filename, content, digest)


def _collect(
    reports: Reports,
    person: Person,
    document: Document,
    campaign_id: int,
    agency: str,
    act_id: int,
) -> ReportData | ReviewSheet:
    if document.reach == "overall":
        return reports.overall(person, campaign_id)
    if document.reach == "ministry":
        if not agency:
            raise ERRORS.error("RS-704", title=document.title, todo="Chọn bộ, cơ quan.")
        return reports.ministry(person, campaign_id, agency)
    if not act_id:
        raise ERRORS.error("RS-704", title=document.title, todo="Chọn văn bản.")
    return reports.sheet(person, act_id)
