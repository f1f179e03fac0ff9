"""The lists as a story: an annex, tasks and sources with figures, procedures, one estimate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from review.demo.stage import Stage
from review.records import FindingFilter, PageRequest
from review.records.follow_up import (
    SavingInput,
    SourceFigureInput,
    TaskFigureInput,
    TaskInput,
)
from review.records.procedure import PublicationInput

_DATA = Path(__file__).with_suffix(".yaml")
_ANNEX = Path(__file__).with_name("lists_annex.yaml")
_SECRETARIAT, _LAWYER = "thuong.truc", "phap.che.bxd"
_TODAY, _DUE = date(2026, 11, 16), date(2027, 3, 1)
_READ, _INVENTED = "đã đối chiếu", "chưa đối chiếu"
_MOST_ROWS = 500


def tell(stage: Stage) -> None:
    """Tell the lists of both campaigns; what an earlier start has told, or somebody did, stays."""
    bench, secretariat = stage.workbench, stage.person(_SECRETARIAT)
    campaign = stage.campaign("2026")
    if bench.savings.estimate(secretariat, campaign.id).rows:
        return
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    for code in ("2023", "2026"):
        _tasks(stage, code, data)
    for entry in data["nguon"]:
        figure = _source_figure(entry, data)
        known = bench.readiness.history(secretariat, figure.source)
        if figure not in [one.input for one in known]:
            with stage.on(entry["ngay"]):
                bench.readiness.record(secretariat, figure)
    with stage.on(_TODAY):
        name, content = annex()
        bench.worklists.load(secretariat, campaign.id, name, content, _DUE)
        if not bench.procedures.list(secretariat, campaign.id):
            _procedures(stage, data["thu_tuc"])
        _savings(stage, data["uoc_tinh"])


def annex() -> tuple[str, bytes]:
    """Return the name and the bytes of the invented annex, as a file that was sent."""
    data = yaml.safe_load(_ANNEX.read_text(encoding="utf-8"))
    lines = ["\t".join(map(str, row)) for row in (data["cot"], *data["dong"])]
    return data["ten_tep"], "\n".join(lines).encode()


def _tasks(stage: Stage, code: str, data: Mapping[str, Any]) -> None:
    """The tasks stand in both campaigns; that of 2023 ends with its report."""
    bench, secretariat = stage.workbench, stage.person(_SECRETARIAT)
    campaign, reported = stage.campaign(code), data["ngay_bao_cao"]
    known = {one.input.code for one in bench.tasks.list(secretariat, campaign.id)}
    for entry in data["nhiem_vu"]:
        if entry["ma"] in known:
            continue
        with stage.on(reported if code == "2023" else _TODAY):
            entered = TaskInput(
                entry["ma"], entry["ten"], entry["muc"], entry["co_quan"], entry.get("han"),
                entry["tinh_trang"], entry["noi_dung"].strip(),
            )  # fmt: skip
            task = bench.tasks.add(secretariat, campaign.id, entered)
        for figure in entry.get("so_lieu", ()):
            if code == "2023" and figure["ngay"] > reported:
                continue
            with stage.on(max(figure["ngay"], reported)):
                bench.tasks.record(secretariat, task, _task_figure(figure, data))


def _task_figure(figure: Mapping[str, Any], data: Mapping[str, Any]) -> TaskFigureInput:
    invented = figure.get("minh_hoa", False)
    return TaskFigureInput(
        figure["ngay"],
        figure["ten"],
        float(figure["gia_tri"]),
        figure["don_vi"],
        data["minh_hoa"] if invented else data["bao_cao"],
        _INVENTED if invented else _READ,
    )


def _source_figure(entry: Mapping[str, Any], data: Mapping[str, Any]) -> SourceFigureInput:
    return SourceFigureInput(
        entry["nguon"],
        entry["ngay"],
        entry["ten"],
        float(entry["gia_tri"]),
        entry["don_vi"],
        data["minh_hoa"] if entry.get("minh_hoa") else data["bao_cao"],
    )


def _procedures(stage: Stage, entries: list[Mapping[str, Any]]) -> None:
    bench, secretariat = stage.workbench, stage.person(_SECRETARIAT)
    campaign = stage.campaign("2026")
    file = [
        {
            "ma_thu_tuc": entry["ma"],
            "ten_thu_tuc": entry["ten"],
            "co_quan_cong_bo": entry["co_quan"],
            "thanh_phan_ho_so": entry["ho_so"],
            "can_cu_phap_ly": entry["can_cu"],
        }
        for entry in entries
    ]
    content = json.dumps(file, ensure_ascii=False).encode()
    bench.dossiers.load(secretariat, campaign.id, "thu-tuc-gia-dinh.json", content)
    made = {one.input.code: one for one in bench.procedures.list(secretariat, campaign.id)}
    for entry in entries:
        one = made[entry["ma"]]
        if "cong_bo" in entry:
            decision, published, uses_data = entry["cong_bo"]
            bench.procedures.publish(
                secretariat, one.id, one.version,
                decision=decision, published=published, uses_data=uses_data,
            )  # fmt: skip
        for province in entry["tinh"]:
            decided = PublicationInput(province, f"{one.id}1/QĐ-UBND", _TODAY, True)
            bench.publications.record(secretariat, one.id, decided)
        _link(stage, one.id, *entry["gan"])


def _link(stage: Stage, procedure_id: int, number: str, path: str) -> None:
    bench, secretariat = stage.workbench, stage.person(_SECRETARIAT)
    wanted = FindingFilter(stage.campaign("2026").id, text=number)
    for row in bench.findings.queue(secretariat, wanted, PageRequest(size=_MOST_ROWS)).items:
        if row.number == number and row.path.startswith(f"{path}/") and row.category[0] in "ABCDE":
            bench.procedures.link(secretariat, procedure_id, row.id)


def _savings(stage: Stage, data: Mapping[str, Any]) -> None:
    bench, lawyer = stage.workbench, stage.person(_LAWYER)
    waiting = bench.savings.waiting(lawyer, stage.campaign("2026").id).items
    for place, (view, volume) in enumerate(zip(waiting, data["luot"], strict=False)):
        prices = {code: float(price) for code, price in data["don_gia"].items()}
        entered = SavingInput(float(volume), prices if place == 0 else {}, data["can_cu"])
        bench.savings.enter(lawyer, view.finding_id, entered)
