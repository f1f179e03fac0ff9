"""Similar provisions: same words first, only what the person may read, and an index that heals."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import update

from corpus.errors import RasoatError
from corpus.records import ReadResult
from models import embedding
from models.errors import ERRORS
from models.fitting import fit
from models.shelf import Fitted
from review.records import CampaignInput, SearchFilter, SimilarRow
from review.search.lookup import Lookup
from review.search.similar import REBUILD, Similar
from review.store import tables as t
from review.watch import Watch
from tests.review.conftest import Desk, document, no_fit

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
def similar(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Similar:
    # The desk's own service follows every job; only the one under test may make an index here.
    monkeypatch.setattr(desk.bench.similar, "refresh", lambda _person: None)
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
def test_of_what_lies_equally_near_the_same_demand_comes_first(
    desk: Desk, similar: Similar
) -> None:
    other = [f"Người đăng ký nuôi ong nộp bản sao {what} của chủ đàn." for what in ("đơn", "thẻ")]
    longer = [f"{BOOK[:-1]} ong ở {place}." for place in ("bãi sông", "đồi chè")]
    desk.load(document("907/2019/TT-BXD", *other, *longer))
    rebuilt(desk, similar)
    rows = similar.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha"))
    bands = {"cung": 0, "rat_gan": 1, "gan": 2}
    keys = [(bands[row.closeness], row.category != "A1") for row in rows]
    assert keys == sorted(keys)
    assert {(row.category == "A1") for row in rows if row.closeness != "cung"} == {True, False}


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
def test_what_came_is_added_and_what_went_is_taken_out_without_learning_anew(
    desk: Desk, similar: Similar
) -> None:
    rebuilt(desk, similar)
    before = similar.meaning.ready()
    desk.load(document("905/2019/TT-BXD", NEAR, *FAR))
    desk.load(document("902/2019/TT-BXD", FAR[0], "Bến đò treo cờ hiệu."))
    job = similar.refresh(desk.bench.people.operator())
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    after = similar.meaning.ready()
    assert after.name != before.name
    assert after.index.model == before.index.model
    state = similar.state(desk["ha"])
    assert (state.status, state.behind) == ("san_sang", 0)
    rows = similar.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha"))
    assert "905/2019/TT-BXD" in {row.number for row in rows}
    assert "902/2019/TT-BXD" not in {row.number for row in rows}
    assert after.sisters.with_wording_of(NEAR)
    assert len(after.index) < len(before.index) + 9


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_store_that_has_doubled_learns_its_model_anew(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    before = similar.meaning.ready()
    for number in range(4):
        desk.load(document(f"93{number}/2019/TT-BXD", *[f"{line} Lần {number}." for line in FAR]))
    job = similar.refresh(desk.bench.people.operator())
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    assert similar.meaning.ready().index.model != before.index.model


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_another_process_loads_is_noticed_once_it_is_quiet(
    desk: Desk, similar: Similar
) -> None:
    desk.bench.similar = similar
    watch = Watch(desk.bench)
    rebuilt(desk, similar)
    assert not watch.look()
    desk.load(document("906/2019/TT-BXD", *FAR))
    assert not watch.look()
    desk.load(document("907/2019/TT-BXD", NEAR))
    assert not watch.look()
    assert watch.look()
    until = time.monotonic() + TIMEOUT
    while similar.state(desk["ha"]).status != "san_sang" and time.monotonic() < until:
        time.sleep(0.05)
    assert similar.state(desk["ha"]).status == "san_sang"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A model that somebody put on the machine: learned elsewhere, without our manifest."""
    folder = tmp_path / "mo-hinh-ngoai"
    embedding.fit_static([*FAR, BOOK, NEAR] * 3, folder, 8)
    (folder / embedding.MANIFEST).unlink()
    return folder


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_model_of_the_settings_replaces_the_one_learned_here(
    desk: Desk, similar: Similar, foreign: Path
) -> None:
    rebuilt(desk, similar)
    operator = desk.bench.people.operator

    def with_model(**habits: str) -> Similar:
        settings = desk.settings.model_copy(update={"model": str(foreign), **habits})
        return Similar(desk.store, desk.bench.jobs, settings, operator, fit)

    other = with_model()
    assert other.state(desk["ha"]).status == "hong"
    job = other.refresh(operator())
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    assert other.state(desk["ha"]).status == "san_sang"
    assert other.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha"))
    assert other.refresh(operator()) is None
    # Another prefix makes other vectors of the same files.
    assert with_model(model_passage_prefix="passage: ").state(desk["ha"]).status == "hong"
    assert similar.state(desk["ha"]).status == "hong"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_model_that_is_not_on_the_machine_is_said_and_nothing_else_stops(
    desk: Desk, similar: Similar
) -> None:
    settings = desk.settings.model_copy(update={"model": "khong/co-that"})
    absent = Similar(desk.store, desk.bench.jobs, settings, desk.bench.people.operator, fit)
    state = absent.state(desk["ha"])
    assert state.status == "khong_mo_hinh"
    assert "khong/co-that" in state.failure
    assert absent.refresh(desk.bench.people.operator()) is None
    finding = finding_of(desk, "901/2019/TT-BXD", "ha")
    assert absent.of(desk["ha"], finding) == []
    assert absent.look_ahead(desk["ha"], finding)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_all_sisters_are_counted_within_the_persons_reach(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    finding = finding_of(desk, "903/2019/TT-BYT", "lan")
    assert similar.sisters(desk["lan"], finding) == 0
    assert similar.sisters(desk["son"], finding) == 2


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_many_sisters_leave_room_for_neighbours(desk: Desk, similar: Similar) -> None:
    for number in range(10):
        desk.load(document(f"92{number}/2019/TT-BXD", BOOK))
    rebuilt(desk, similar)
    rows = similar.of(desk["ha"], finding_of(desk, "902/2019/TT-BXD", "ha"), 6)
    assert [row.closeness for row in rows] == [*["cung"] * 5, "rat_gan"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_neighbours_found_ahead_are_the_same_for_each_as_far_as_they_may_read(
    desk: Desk, similar: Similar
) -> None:
    rebuilt(desk, similar)
    finding = finding_of(desk, "901/2019/TT-BXD", "ha")
    found = {name: similar.of(desk[name], finding) for name in ("ha", "son")}
    assert found["ha"] != found["son"]
    other = Similar(desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, fit)
    for name in found:
        other.look_ahead(desk[name], finding)
    assert {name: other.of(desk[name], finding) for name in found} == found
    assert other.look_ahead(desk["ha"], finding)
    with pytest.raises(RasoatError, match="RS-41"):
        other.look_ahead(desk["lan"], finding)
    other.close()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_replaced_text_is_no_longer_offered(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    desk.load(document("902/2019/TT-BXD", FAR[0], "Người đăng ký không phải nộp giấy tờ gì."))
    rows = similar.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha"))
    assert "902/2019/TT-BXD" not in [row.number for row in rows]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_id_that_came_to_name_another_text_counts_as_changed(
    desk: Desk, similar: Similar
) -> None:
    rebuilt(desk, similar)
    with desk.store.write() as db:
        db.execute(
            update(t.act_versions).where(t.act_versions.c.id == 2).values(text_digest="f" * 64)
        )
    # Two Điều with a khoản each, gone and come: titles without words do not count.
    assert similar.state(desk["ha"]).behind == 2 * 2


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_one_act_in_two_campaigns_is_offered_once_and_from_its_own(
    desk: Desk, similar: Similar
) -> None:
    operator = desk.bench.people.operator()
    later = desk.bench.campaigns.add(
        operator, CampaignInput("sau", "Đợt sau", desk.campaign.basis_date)
    )
    acts = [
        document("901/2019/TT-BXD", BOOK, NEAR, *FAR),
        document("902/2019/TT-BXD", FAR[0], BOOK),
    ]
    desk.bench.library.load(desk["ha"], [ReadResult(raw.source, raw) for raw in acts], later.id)
    rebuilt(desk, similar)
    (finding,) = [
        row.id
        for row in desk.findings(campaign_id=later.id, category="A1")
        if row.number == "902/2019/TT-BXD"
    ]
    rows = [row for row in similar.of(desk["ha"], finding) if row.number == "901/2019/TT-BXD"]
    assert [row.campaign_id for row in rows] == [later.id] * len(rows)
    assert len({row.path for row in rows}) == len(rows) >= 2


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_rebuild_under_way_is_not_started_twice(desk: Desk, similar: Similar) -> None:
    first = similar.rebuild(desk["vy"])
    assert similar.rebuild(desk["vy"]).id == first.id
    assert similar.state(desk["ha"]).job.id == first.id
    assert similar.refresh(desk["vy"]) is None
    assert desk.bench.jobs.wait(first.id, TIMEOUT).state == "xong"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_loading_starts_one_rebuild_however_many_loads_there_are(
    desk: Desk, similar: Similar
) -> None:
    desk.bench.similar = similar
    loads = [
        desk.bench.library.load_files(
            desk["ha"], [(f"94{number}.txt", "1. Nộp sổ hộ khẩu.".encode())], desk.campaign.id
        )
        for number in range(3)
    ]
    assert desk.bench.jobs.wait(loads[-1].id, TIMEOUT).state == "xong"
    until = time.monotonic() + TIMEOUT
    while similar.state(desk["ha"]).status != "san_sang" and time.monotonic() < until:
        time.sleep(0.05)
    operator = desk.bench.people.operator()
    assert len(desk.bench.jobs.list(operator, kind=REBUILD)) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_another_process_takes_over_the_new_index_by_itself(desk: Desk, similar: Similar) -> None:
    other = Similar(desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, fit)
    finding = finding_of(desk, "901/2019/TT-BXD", "ha")
    assert other.of(desk["ha"], finding) == []
    rebuilt(desk, similar)
    assert eventually(other, desk, finding) == similar.of(desk["ha"], finding)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_who_searches_during_a_rebuild_always_finds_the_same(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    finding = finding_of(desk, "901/2019/TT-BXD", "ha")
    lookup = Lookup(desk.store, similar.meaning)
    wanted = SearchFilter("nuôi ong nộp sổ hộ khẩu")

    def seen() -> tuple[object, ...]:
        hits = lookup.find(desk["ha"], wanted).hits.items
        return places(similar.of(desk["ha"], finding)), [hit.provision_id for hit in hits]

    first = seen()
    ended = threading.Event()

    def search() -> list[tuple[object, ...]]:
        found = [seen()]
        while not ended.is_set():
            found.append(seen())
        return found

    with ThreadPoolExecutor(3) as pool:
        searches = [pool.submit(search) for _ in range(3)]
        try:
            rebuilt(desk, similar)
            rebuilt(desk, similar)
        finally:
            ended.set()
    assert all(found == first for one in searches for found in one.result())


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_changed_index_file_is_said_and_made_anew(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    (index,) = desk.settings.data_dir.glob("models/similar/lan-*/index/*.faiss")
    index.write_bytes(index.read_bytes()[:-1] + b"x")
    failed = threading.Event()

    def no_room(*_: object) -> Fitted:
        failed.set()
        raise ERRORS.error("RS-334", reason="hết đĩa")

    fresh = Similar(desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, no_room)
    finding = finding_of(desk, "901/2019/TT-BXD", "ha")
    assert fresh.of(desk["ha"], finding) == []
    assert failed.wait(TIMEOUT), "một chỉ mục hỏng phải tự được lập lại"
    state = fresh.state(desk["ha"])
    assert (state.status, "mã kiểm tra" in state.failure) == ("hong", True)
    started = desk.bench.jobs.last(REBUILD)
    assert started is not None
    assert desk.bench.jobs.wait(started.id, TIMEOUT).state == "loi"
    rebuilt(desk, similar)
    assert eventually(fresh, desk, finding)
    assert fresh.state(desk["ha"]).status == "san_sang"


def test_a_failed_rebuild_says_why_and_leaves_the_old_index(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    failing = Similar(
        desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, no_fit
    )
    job = failing.rebuild(desk["vy"])
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "loi"
    assert "RS-331" in failing.state(desk["vy"]).failure
    assert eventually(failing, desk, finding_of(desk, "901/2019/TT-BXD", "ha"))
    assert not list(desk.settings.data_dir.glob("models/similar/.nhap-*"))


def eventually(service: Similar, desk: Desk, finding: int) -> list[SimilarRow]:
    until = time.monotonic() + 20
    while not (rows := service.of(desk["ha"], finding)) and time.monotonic() < until:
        time.sleep(0.05)
    return rows


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_damaged_index_is_said_and_made_anew(desk: Desk, similar: Similar) -> None:
    rebuilt(desk, similar)
    pointer = desk.settings.data_dir / "models" / "similar" / "current.json"
    pointer.write_text("{", encoding="utf-8")
    hopeless = Similar(
        desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, no_fit
    )
    finding = finding_of(desk, "901/2019/TT-BXD", "ha")
    before = len(desk.bench.jobs.list(desk["vy"], REBUILD))
    for _ in range(3):
        assert hopeless.of(desk["ha"], finding) == []
        assert desk.bench.jobs.wait(desk.bench.jobs.last(REBUILD).id, TIMEOUT).finished
    assert len(desk.bench.jobs.list(desk["vy"], REBUILD)) == before + 1
    broken = Similar(desk.store, desk.bench.jobs, desk.settings, desk.bench.people.operator, fit)
    assert broken.state(desk["ha"]).status == "hong"
    job = broken.refresh(desk.bench.people.operator())
    assert job is not None
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    assert broken.of(desk["ha"], finding_of(desk, "901/2019/TT-BXD", "ha"))
