"""Similar provisions: same words first, only what the person may read, and an index that heals."""

from __future__ import annotations

import pytest

from corpus.errors import RasoatError
from models.fitting import fit
from review.records import SimilarRow
from review.similar import Similar
from tests.review.conftest import Desk, document

BOOK = "Người đăng ký nuôi ong nộp bản sao sổ hộ khẩu của chủ đàn."
NEAR = "Người đăng ký nuôi ong nộp bản sao sổ tạm trú của chủ đàn."
FAR = (
    "Bến đò phải có phao cứu sinh và đèn báo hiệu.",
    "Hội đồng họp ít nhất hai lần trong một năm.",
    "Kinh phí lấy từ nguồn thu của hợp tác xã.",
    "Thuyền nan sơn màu xanh ở hai bên mạn.",
    "Cơ quan thú y tiêm phòng cho đàn vịt chạy đồng.",
    "Xe ba bánh chở hàng không quá hai trăm ki lô gam.",
)
TIMEOUT = 120.0


@pytest.fixture
def similar(desk: Desk) -> Similar:
    service = Similar(desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, fit)
    desk.load(document("901/2019/TT-BXD", BOOK, NEAR, *FAR))
    desk.load(document("902/2019/TT-BXD", FAR[0], BOOK))
    desk.load(document("903/2019/TT-BYT", BOOK, *FAR), by="lan")
    return service


def rebuilt(desk: Desk, service: Similar) -> None:
    job = service.rebuild(desk["vy"])
    done = desk.bench.jobs.wait(job.id, TIMEOUT)
    assert done.state == "xong", done.message


def finding_of(desk: Desk, number: str, by: str) -> int:
    (row,) = [row for row in desk.findings(by=by, category="A1") if row.number == number]
    return row.id


def places(rows: list[SimilarRow]) -> list[tuple[str, str, str]]:
    return [(row.closeness, row.number, row.label) for row in rows]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_without_an_index_there_are_no_neighbours_and_the_state_says_so(
    desk: Desk, similar: Similar
) -> None:
    assert similar.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha")) == []
    state = similar.state(desk["ha"])
    assert (state.status, state.made_at) == ("trong", None)
    assert state.behind > 0


def test_same_words_come_first_then_what_lies_near(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    assert similar.state(desk["ha"]).status == "san_sang"
    rows = similar.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha"))
    assert places(rows)[0] == ("cung", "902/2019/TT-BXD", "khoản 1 Điều 2")
    assert places(rows)[1][1:] == ("901/2019/TT-BXD", "khoản 1 Điều 2")
    assert rows[0].finding_id is not None
    assert "phao cứu sinh" not in " ".join(row.text for row in rows)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_ministry_never_sees_provisions_of_another(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    seen = {
        row.number for row in similar.of(desk["lan"], finding_of(desk, "903/2019/TT-BYT", "lan"))
    }
    assert seen <= {"903/2019/TT-BYT"}
    seen = {
        row.number for row in similar.of(desk["son"], finding_of(desk, "903/2019/TT-BYT", "son"))
    }
    assert {"901/2019/TT-BXD", "902/2019/TT-BXD"} <= seen


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_another_ministry_may_not_ask_about_a_finding(desk: Desk, similar: Similar) -> None:
    with pytest.raises(RasoatError, match="RS-41"):
        similar.of(desk["lan"], finding_of(desk, "901/2019/TT-BXD", "ha"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_newer_text_makes_the_index_old_and_refresh_rebuilds_it(
    desk: Desk, similar: Similar
) -> None:
    rebuilt(desk, similar)
    operator = desk.bench.people.operator()
    assert similar.refresh(operator) is None
    desk.load(document("904/2019/TT-BXD", *FAR))
    assert similar.state(desk["ha"]).status == "cu"
    job = similar.refresh(operator)
    assert job is not None
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    assert similar.state(desk["ha"]).status == "san_sang"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_damaged_index_is_said_and_made_anew(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    pointer = desk.settings.data_dir / "models" / "similar" / "current.json"
    pointer.write_text("{", encoding="utf-8")
    broken = Similar(desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, fit)
    assert broken.state(desk["ha"]).status == "hong"
    job = broken.refresh(desk.bench.people.operator())
    assert job is not None
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    assert broken.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha"))
