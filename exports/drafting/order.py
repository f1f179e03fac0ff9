"""Which amending acts the proposals of a ministry call for: one for each instrument and issuer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.agency import agency_of
from exports import ordering
from exports.drafting.amending import Body, LeftOut, body
from exports.drafting.clause import Change
from exports.errors import ERRORS
from exports.formats import long_date
from review.proposals.competence import judge
from review.reports.heads import person_of, title_of
from review.reports.records import ActLine, FindingLine, ReportData

_FILE = Path(__file__).with_name("instruments.yaml")
_NEEDED = {"hinh_thuc", "cua", "ky_hieu", "chuc_vu", "ban_hanh", "trinh"}
_KNOWN = {*_NEEDED, "cap", "nhan_so", "ky_thay", "don_vi_trinh"}
_WITHOUT_DRAFT = {"GN", "BPK", "BHM", "ĐC"}
_NAMED_ONLY = {"Luật", "Bộ luật", "Pháp lệnh"}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A kind of amending act and who issues it."""

    type: str  # "Thông tư"
    kinds: tuple[str, ...]  # kinds of issuer of the amended act; () = any
    issuer: str
    symbol: str
    number_label: str
    signer_form: str
    signer_title: str
    issues: str  # "Bộ trưởng Bộ Y tế ban hành"
    submitted_to: str  # whom the draft goes to
    submitted_by: str = ""  # a unit of the ministry; "" where the ministry itself submits it


@dataclass(slots=True)
class Order:
    """One amending act to be drafted: which changes, and what cannot be part of it."""

    instrument: Instrument
    changes: list[Change] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the order is chosen by: "Thông tư của Bộ Y tế"."""
        return f"{self.instrument.type} của {self.instrument.issuer}"


@cache
def instruments() -> tuple[Instrument, ...]:
    """Return the table; raises RS-702 naming the row that is wrong."""
    made = []
    for number, row in enumerate(yaml.safe_load(_FILE.read_text(encoding="utf-8")), 1):
        if _NEEDED - set(row) or set(row) - _KNOWN:
            raise ERRORS.error(
                "RS-702", file=_FILE.name, where=f"mục {number}", why=f"cần {sorted(_NEEDED)}"
            )
        made.append(
            Instrument(
                row["hinh_thuc"],
                tuple(row.get("cap", ())),
                row["cua"],
                row["ky_hieu"],
                row.get("nhan_so", "Số:"),
                row.get("ky_thay", ""),
                row["chuc_vu"],
                row["ban_hanh"],
                row["trinh"],
                row.get("don_vi_trinh", ""),
            )
        )
    return tuple(made)


def orders(data: ReportData) -> dict[str, Order]:
    """Return the amending acts that the proposals of ``data`` call for, by their key."""
    acts = {act.act_id: act for act in data.acts}
    made: dict[str, Order] = {}
    for line in ordering.findings(data):
        if line.proposal is None or line.proposal.handling in _WITHOUT_DRAFT:
            continue
        act = acts[line.act_id]
        instrument = _instrument(line.proposal.instrument, act, data)
        if instrument is None:
            continue
        order = Order(instrument)
        order = made.setdefault(order.key, order)
        change = _change(line, act, instrument.type)
        right = judge(
            act.type, act.issuer_code, act.agency_code,
            line.proposal.instrument, line.proposal.lead_code,
        )  # fmt: skip
        if right.allowed:
            order.changes.append(change)
        else:
            order.left_out.append(LeftOut(change, right.sentence.rstrip(".")))
    return made


def drafted(data: ReportData, order: Order) -> Body:
    """Return the body of the amending act, with what stays out of it."""
    acts = {act.number: act for act in data.acts}
    made = body(order.changes, lambda number: full_name(acts[number]))
    return Body(made.articles, (*made.left_out, *order.left_out))


def full_name(act: ActLine) -> str:
    """Return the act as it is cited first: type, number, date, issuer, subject (NĐ 34/2016 Đ75)."""
    if act.type in _NAMED_ONLY:
        return f"{act.type} {act.title} số {act.number}".replace(f"{act.type} {act.type}", act.type)
    parts = [f"{act.type} số {act.number}"]
    if act.issued:
        parts.append(long_date(act.issued))
    if act.issuer:
        parts.append(f"của {_person(act)}")
    return " ".join([*parts, _lower_first(act.title)]).strip()


def _person(act: ActLine) -> str:
    """A circular is the minister's, not the ministry's."""
    return person_of(act.issuer_code, act.issuer) if act.type == "Thông tư" else act.issuer


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def _change(line: FindingLine, act: ActLine, instrument: str) -> Change:
    proposal = line.proposal
    assert proposal is not None
    return Change(
        finding_ids=(line.finding_id,),
        act=act.number,
        path=line.path,
        label=line.label,
        handling=proposal.handling,
        old_text=line.text,
        new_text=proposal.new_text,
        has_children=line.has_children,
        instrument=instrument,
    )


def _instrument(name: str, act: ActLine, data: ReportData) -> Instrument | None:
    issuer = agency_of(act.issuer_code)
    kind = issuer.kind if issuer else ""
    for row in instruments():
        if row.type == name and (not row.kinds or kind in row.kinds):
            return _filled(row, act, data)
    return None


def _filled(row: Instrument, act: ActLine, data: ReportData) -> Instrument:
    agency = data.agencies.get(act.agency_code, act.agency_code)
    fields: Mapping[str, Any] = {
        "co_quan": agency, "ma": act.agency_code, "nam": data.head.year or "",
        "nguoi": person_of(act.agency_code, agency), "chuc_vu": title_of(act.agency_code),
    }  # fmt: skip
    return Instrument(
        row.type, row.kinds, row.issuer.format(**fields), row.symbol.format(**fields),
        row.number_label, row.signer_form, row.signer_title.format(**fields),
        row.issues.format(**fields), row.submitted_to.format(**fields), row.submitted_by,
    )  # fmt: skip


def missing(data: ReportData, found: Mapping[str, Order]) -> Sequence[FindingLine]:
    """Return the findings whose proposal is in no draft: no proposal, or nothing to amend with."""
    inside = {
        number
        for order in found.values()
        for change in (*order.changes, *(left.change for left in order.left_out))
        for number in change.finding_ids
    }
    return [line for line in ordering.findings(data) if line.finding_id not in inside]
