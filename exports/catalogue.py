"""The documents that can be exported: one list for the page and for the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from corpus.text import unaccent
from exports import data_files, everything, reconcile, savings, worklist
from exports.errors import ERRORS
from exports.excel import workbook
from exports.sources import SOURCES, Source, Wanted
from exports.word import (
    amending_act,
    chasing_letters,
    comparison,
    consolidated_report,
    letters,
    meeting,
    ministry_report,
    opinion_sheet,
    review_sheet,
    submission,
    thematic_report,
)
from review.clock import VIET_NAM
from review.job import Report
from review.records import Person
from review.reports.records import ReviewSheet
from review.workbench import Workbench

# What must be named to make a document: a ministry, an act, or nothing more.
Reach = Literal["ministry", "overall", "act", "own"]

STEPS = 4  # read, build, log; keeping the file is the caller's

_MIMES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
    "csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document; ``source`` says where its data comes from and what must be named."""

    id: str
    title: str
    source: Source
    suffix: str
    pattern: str  # file name with {agency}, {campaign}, {act}, {choice} and {date}
    build: Callable[[Any], bytes]

    @property
    def reach(self) -> Reach:
        return self.source.reach

    @property
    def mime(self) -> str:
        """The media type for a download."""
        return _MIMES[self.suffix]

    def filename(
        self,
        when: datetime,
        *,
        agency: str = "",
        campaign: str = "",
        act: str = "",
        choice: str = "",
    ) -> str:
        """Return a plain ASCII file name: "bao-cao-ra-soat_BYT_20261123.docx"."""
        day = f"{when.astimezone(VIET_NAM):%Y%m%d}"
        named = self.pattern.format(
            agency=agency, campaign=campaign, act=act, choice=choice, date=day
        )
        safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in unaccent(named))
        return f"{'_'.join(part for part in safe.split('_') if part)}.{self.suffix}"


DOCUMENTS = (
    Document(
        "bao-cao-bo",
        "Báo cáo kết quả rà soát của bộ (Word)",
        SOURCES["ministry"],
        "docx",
        "bao-cao-ra-soat_{agency}_{date}",
        ministry_report.build,
    ),
    Document(
        "bang-bo",
        "Bảng tổng hợp của bộ: BM-01 đến BM-12 (Excel)",
        SOURCES["ministry"],
        "xlsx",
        "bang-tong-hop_{agency}_{date}",
        workbook.build,
    ),
    Document(
        "phieu",
        "Phiếu rà soát văn bản BM-02 (Word)",
        SOURCES["act"],
        "docx",
        "phieu-ra-soat_{act}_{date}",
        review_sheet.build,
    ),
    Document(
        "bang-so-sanh",
        "Bản so sánh quy định hiện hành và dự thảo (Word)",
        SOURCES["comparison"],
        "docx",
        "ban-so-sanh_{agency}_{date}",
        comparison.build,
    ),
    Document(
        "bang-so-sanh-theo-doi",
        "Bản so sánh có theo dõi sửa đổi – Track Changes (Word)",
        SOURCES["comparison"],
        "docx",
        "ban-so-sanh-theo-doi_{agency}_{date}",
        comparison.build_tracked,
    ),
    Document(
        "du-thao",
        "Dự thảo văn bản sửa đổi, bổ sung (Word)",
        SOURCES["draft"],
        "docx",
        "du-thao_{choice}_{agency}_{date}",
        amending_act.build,
    ),
    Document(
        "to-trinh",
        "Tờ trình về dự thảo văn bản sửa đổi, bổ sung (Word)",
        SOURCES["submission"],
        "docx",
        "to-trinh_{choice}_{agency}_{date}",
        submission.build,
    ),
    Document(
        "lay-y-kien",
        "Công văn lấy ý kiến các cơ quan liên quan (Word)",
        SOURCES["request"],
        "docx",
        "cong-van-lay-y-kien_{agency}_{date}",
        letters.opinion_request,
    ),
    Document(
        "bao-cao-tong-hop",
        "Báo cáo tổng hợp của Tổ công tác 236 (Word)",
        SOURCES["overall"],
        "docx",
        "bao-cao-tong-hop_{campaign}_{date}",
        consolidated_report.build,
    ),
    Document(
        "bang-tong-hop",
        "Bảng tổng hợp mọi bộ: BM-01 đến BM-12 (Excel)",
        SOURCES["overall"],
        "xlsx",
        "bang-tong-hop_{campaign}_{date}",
        workbook.build,
    ),
    Document(
        "phieu-y-kien",
        "Phiếu ý kiến của thành viên Tổ công tác 236 (Word)",
        SOURCES["opinions"],
        "docx",
        "phieu-y-kien_{choice}_{date}",
        opinion_sheet.member,
    ),
    Document(
        "phieu-tong-hop-y-kien",
        "Phiếu tổng hợp ý kiến Tổ công tác 236 (Word)",
        SOURCES["together"],
        "docx",
        "phieu-tong-hop-y-kien_{campaign}_{date}",
        opinion_sheet.together,
    ),
    Document(
        "bien-ban",
        "Biên bản cuộc họp (Word)",
        SOURCES["minutes"],
        "docx",
        "bien-ban-hop_{choice}_{date}",
        meeting.minutes,
    ),
    Document(
        "thong-bao",
        "Thông báo kết luận cuộc họp (Word)",
        SOURCES["conclusion"],
        "docx",
        "thong-bao-ket-luan_{choice}_{date}",
        meeting.conclusion,
    ),
    Document(
        "don-doc",
        "Công văn đôn đốc các bộ chậm, một tệp (Word)",
        SOURCES["late"],
        "docx",
        "cong-van-don-doc_{campaign}_{date}",
        letters.reminders,
    ),
    Document(
        "don-doc-tung-bo",
        "Công văn đôn đốc, mỗi bộ một tệp (zip)",
        SOURCES["late"],
        "zip",
        "cong-van-don-doc_{campaign}_{date}",
        letters.reminder_files,
    ),
    Document(
        "phu-luc",
        "Phụ lục đã đối chiếu với kho văn bản (Excel)",
        SOURCES["worklist"],
        "xlsx",
        "phu-luc-doi-chieu_{choice}_{campaign}_{date}",
        worklist.build,
    ),
    Document(
        "phu-luc-csv",
        "Phụ lục đã đối chiếu với kho văn bản (CSV)",
        SOURCES["worklist"],
        "csv",
        "phu-luc-doi-chieu_{choice}_{campaign}_{date}",
        worklist.build_csv,
    ),
    Document(
        "uoc-tinh",
        "Ước tính tiết kiệm theo quy định và theo bộ (Excel)",
        SOURCES["savings"],
        "xlsx",
        "uoc-tinh-tiet-kiem_{campaign}_{date}",
        savings.build,
    ),
    Document(
        "don-doc-van-ban",
        "Công văn đôn đốc sửa văn bản, một tệp (Word)",
        SOURCES["chase"],
        "docx",
        "cong-van-don-doc-sua-van-ban_{campaign}_{date}",
        chasing_letters.build,
    ),
    Document(
        "don-doc-van-ban-tung-bo",
        "Công văn đôn đốc sửa văn bản, mỗi bộ một tệp (zip)",
        SOURCES["chase"],
        "zip",
        "cong-van-don-doc-sua-van-ban_{campaign}_{date}",
        chasing_letters.build_files,
    ),
    Document(
        "bao-cao-chuyen-de",
        "Báo cáo chuyên đề về chương trình và các nhiệm vụ (Word)",
        SOURCES["thematic"],
        "docx",
        "bao-cao-chuyen-de_{campaign}_{date}",
        thematic_report.build,
    ),
    *(
        Document(
            f"{kind}-{scope}",
            f"Số liệu của báo cáo {of_whom} ({name})",
            SOURCES[source],
            suffix,
            "so-lieu_{agency}_{campaign}_{date}",
            build,
        )
        for scope, source, of_whom in (
            ("bo", "ministry", "của bộ"),
            ("tong-hop", "overall", "của mọi bộ"),
        )
        for kind, name, suffix, build in (
            ("csv", "CSV trong tệp zip", "zip", data_files.build_csv),
            ("json", "JSON", "json", data_files.build_json),
        )
    ),
    Document(
        "toan-bo-csv",
        "Toàn bộ dữ liệu tôi được xem (CSV trong tệp zip)",
        SOURCES["everything"],
        "zip",
        "toan-bo-du-lieu_{agency}_{campaign}_csv_{date}",
        everything.build_csv,
    ),
    Document(
        "toan-bo-json",
        "Toàn bộ dữ liệu tôi được xem (JSON trong tệp zip)",
        SOURCES["everything"],
        "zip",
        "toan-bo-du-lieu_{agency}_{campaign}_json_{date}",
        everything.build_json,
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


def offered(workbench: Workbench, person: Person) -> tuple[Document, ...]:
    """Return the documents that some role of the person may make."""
    return tuple(document for document in DOCUMENTS if document.source.offered(workbench, person))


def choices(
    workbench: Workbench, person: Person, document: Document, campaign_id: int, agency: str = ""
) -> dict[str, str]:
    """Return what to choose from (key → words); {} for documents that need no choice."""
    if document.source.choices is None:
        return {}
    return document.source.choices(workbench, person, Wanted(campaign_id, agency))


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
    choice: str = "",
    report: Report | None = None,
) -> Export:
    """Collect, render and log one document; ``report`` hears of each step.

    ``agency`` is needed for documents of a ministry, ``act_id`` for those of one act, ``choice``
    for those that ``choices`` has an answer for. Raises Forbidden (RS-41x), NotFound (RS-601),
    RS-701 (totals differ), RS-703, RS-704.
    """
    document = find(document_id)
    source = document.source
    if source.reach == "ministry" and not agency:
        raise ERRORS.error("RS-704", title=document.title, todo="Chọn bộ, cơ quan.")
    if source.reach == "act" and not act_id:
        raise ERRORS.error("RS-704", title=document.title, todo="Chọn văn bản.")
    if source.choices is not None and not choice:
        known = source.choices(workbench, person, Wanted(campaign_id, agency))
        todo = f"Chọn một trong: {', '.join(known)}." if known else source.nothing
        raise ERRORS.error("RS-704", title=document.title, todo=todo)
    tell = report or (lambda done, total, message: None)
    tell(0, STEPS, "Đang đọc số liệu")
    data = source.collect(workbench, person, Wanted(campaign_id, agency, act_id, choice))
    tell(1, STEPS, "Đang dựng tài liệu")
    content = document.build(data)
    tell(2, STEPS, "Đang ghi nhật ký")
    digest = hashlib.sha256(content).hexdigest()
    act = data.act.number if isinstance(data, ReviewSheet) else ""
    filename = document.filename(
        data.stamp.made_at,
        agency=data.head.agency_code,
        campaign=data.campaign.code,
        act=act,
        choice=choice,
    )
    workbench.audit.exported(
        person, document.id, document.title, filename, digest, data.campaign.id
    )
    return Export(document, filename, content, digest)
