"""The programme as a story: the bills of the report of 2023, and the countdown of 2026.

One circular of 2026 goes the whole way: suggestion, proposal, three opinions, project, issued act,
check of the new text, which closes one provision and sends the other back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from review.demo.stage import Stage
from review.records import (
    ActFilter,
    FindingFilter,
    FindingRow,
    OpinionInput,
    PageRequest,
    ProposalInput,
)
from review.records.programme import InstrumentFilter, InstrumentInput, ProjectInput, ProjectRow

_DATA = Path(__file__).with_suffix(".yaml")
_SECRETARIAT, _LAWYER, _REVIEWER = "thuong.truc", "phap.che.bxd", "ra.soat.bxd"
_MEMBERS = ("tct.btp", "tct.bca", "tct.vpcp")
_REPORTED, _AGREED, _STANDS = date(2024, 7, 2), date(2026, 8, 3), date(2026, 11, 20)
_REASON = "Thông tin cư trú đã có trong dữ liệu dân cư."


def tell(stage: Stage) -> None:
    """Tell what of the programme has not been told; a start that was broken off is gone on with."""
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    with stage.on(_REPORTED):
        _bills(stage, data["nam_2023"])
    act_id = _agree(stage, data["vong_khep_kin"])
    with stage.on(_STANDS):
        _countdown(stage, data["nam_2026"], data["vong_khep_kin"]["du_an"], act_id)
        _close(stage, data["vong_khep_kin"], act_id)


def _bills(stage: Stage, data: Mapping[str, Any]) -> None:
    told = _told(stage, "2023")
    for entry in data["du_an"]:
        if entry["ten"] in told:
            continue
        entered = ProjectInput(
            entry["ten"],
            "luat",
            entry["co_quan"],
            entry["nam"],
            basis=data["can_cu"],
            number=entry.get("so", ""),
            note=f"{entry['ghi_chu']} {data['chu_tri']}",
        )
        row = stage.workbench.projects.add(
            stage.person(_SECRETARIAT), stage.campaign("2023").id, entered
        )
        _steps(stage, row, entry)


def _told(stage: Stage, campaign: str) -> set[str]:
    """Return the titles of the projects that stand in a campaign."""
    rows = stage.workbench.projects.list(stage.person(_SECRETARIAT), stage.campaign(campaign).id)
    return {row.input.title for row in rows}


def _steps(stage: Stage, row: ProjectRow, entry: Mapping[str, Any]) -> None:
    projects, secretariat = stage.workbench.projects, stage.person(_SECRETARIAT)
    known = [entry.get(name, {}) for name in ("du_kien", "xong", "ky_hop")]
    for step in row.steps:
        planned, done, session = (part.get(step.code) for part in known)
        if planned or done or session:
            row = projects.set_step(
                secretariat, row.id, row.version, step.code, planned, done, session or ""
            )


def _countdown(stage: Stage, data: Mapping[str, Any], closing: str, act_id: int) -> None:
    """Enter what is due, and the projects; ``closing`` carries what was agreed on one act."""
    bench, secretariat = stage.workbench, stage.person(_SECRETARIAT)
    campaign = stage.campaign("2026").id
    due = [
        InstrumentInput(
            one["so"], one["ten"], one["loai"], one["co_quan"], data["han"], data["nguon"]
        )
        for one in data["van_ban"]
    ]
    bench.instruments.add(secretariat, campaign, due)
    rows = bench.instruments.board(secretariat, InstrumentFilter(campaign)).rows
    ids = {row.input.number: row.id for row in rows}
    told = _told(stage, "2026")
    for entry in data["du_an"]:
        if entry["ten"] in told:
            continue
        entered = ProjectInput(
            entry["ten"],
            entry["loai"],
            entry["co_quan"],
            2026,
            tuple(entry.get("phoi_hop", ())),
            "Dự án giả định, để minh họa",
            entry.get("so", ""),
        )
        row = bench.projects.add(secretariat, campaign, entered)
        bench.instruments.bundle(secretariat, row.id, [ids[number] for number in entry["sua"]])
        if entry["ten"] == closing:
            waiting = bench.projects.agreed(secretariat, campaign)
            ids_of_act = [finding.id for finding in waiting if finding.act_id == act_id]
            bench.projects.carry(secretariat, row.id, ids_of_act)
        _steps(stage, row, entry)


def _agree(stage: Stage, data: Mapping[str, Any]) -> int:
    """Load the circular and let the task force agree to what the ministry proposes."""
    bench = stage.workbench
    reviewer, lawyer = stage.person(_REVIEWER), stage.person(_LAWYER)
    with stage.on(_AGREED):
        # Loaded again, the first text would take the place of the amended one.
        act_id = _standing(stage, data["so"]) or stage.load(
            stage.person(_LAWYER), "2026", data["so"], data["goc"]
        )
        for row in _findings(stage, act_id):
            if row.state != "goi_y":
                continue
            bench.findings.confirm(reviewer, row.id, row.version)
            handling, new_text = data["de_xuat"][row.label]
            proposed = ProposalInput(handling, new_text, _REASON, "Thông tư", "BXD")
            saved = bench.proposals.save(lawyer, row.id, 0, proposed)
            bench.proposals.submit(lawyer, row.id, saved.version)
            for member in _MEMBERS:
                bench.opinions.give(stage.person(member), row.id, OpinionInput("thong_nhat"))
    return act_id


def _standing(stage: Stage, number: str) -> int | None:
    wanted = ActFilter(stage.campaign("2026").id, text=number)
    rows = stage.workbench.library.acts(stage.person(_LAWYER), wanted).items
    return next((row.id for row in rows if row.number == number), None)


def _findings(stage: Stage, act_id: int) -> list[FindingRow]:
    wanted = FindingFilter(campaign_id=stage.campaign("2026").id, act_id=act_id)
    return stage.workbench.findings.queue(stage.person(_LAWYER), wanted, PageRequest()).items


def _close(stage: Stage, data: Mapping[str, Any], act_id: int) -> None:
    """Load the issued act and record what its text left of the demands."""
    bench, lawyer = stage.workbench, stage.person(_LAWYER)
    if not any(row.state == "da_ban_hanh" for row in _findings(stage, act_id)):
        return
    amending = stage.load(stage.person(_LAWYER), "2026", data["so_sua"], data["sua"])
    for exam in bench.closing.examine(lawyer, amending):
        if exam.act_id == act_id:
            bench.closing.settle(lawyer, amending, exam.act_id, exam.version, issued=True)
