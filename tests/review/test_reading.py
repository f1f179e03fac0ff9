"""The order of reading, stopping, samples of what nothing flagged, likeness: on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from corpus.errors import RasoatError
from models.fitting import fit
from review.errors import Conflict
from review.findings.query import READ_FIRST
from review.records import FindingFilter
from review.search.similar import Similar
from review.store import tables as t
from tests.review.conftest import Desk, document

TIMEOUT = 120.0


def asks(number: int) -> str:
    return f"1. Người đăng ký tổ ong thứ {number} nộp bản sao sổ hộ khẩu của chủ đàn."


def keeps(number: int) -> str:
    return f"1. Cán bộ lưu trữ sổ tạm trú của trại thứ {number} trong tủ hồ sơ cơ quan."


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Thirty suggestions of each kind, and as many provisions without one."""
    desk.load(document("971/2019/TT-BXD", *[asks(n) for n in range(30)]))
    desk.load(document("972/2019/TT-BXD", *[keeps(n) for n in range(30)]))
    desk.load(document("973/2019/TT-BXD", *[f"1. Thuyền thứ {n} sơn xanh." for n in range(30)]))
    return desk


def decide(desk: Desk, count: int) -> None:
    """Confirm what asks, reject what is kept: ``count`` of each."""
    for category, action in (("A1", "confirm"), ("A2", "reject")):
        for row in desk.findings(category=category)[:count]:
            if action == "confirm":
                desk.bench.findings.confirm(desk["ha"], row.id, row.version)
            else:
                desk.bench.findings.reject(desk["ha"], row.id, row.version, "N10")


def ordered(desk: Desk) -> None:
    job = desk.bench.reading.refresh(desk["ha"], desk.campaign.id)
    assert job is not None
    assert desk.bench.jobs.wait(job.id, TIMEOUT).state == "xong"


def test_the_queue_follows_what_was_learned(busy: Desk) -> None:
    decide(busy, 12)
    ordered(busy)
    rows = busy.findings(states=("goi_y",), order=READ_FIRST)
    assert [row.category for row in rows] == ["A1"] * 18 + ["A2"] * 18
    state = busy.bench.reading.state(busy["ha"], busy.campaign.id)
    assert (state.learned, state.since, state.waiting) == (True, 0, 36)


def test_next_and_previous_follow_the_same_order(busy: Desk) -> None:
    decide(busy, 12)
    ordered(busy)
    wanted = FindingFilter(states=("goi_y",), order=READ_FIRST)
    ids = [row.id for row in busy.bench.findings.queue(busy["ha"], wanted).items]
    around = busy.bench.findings.neighbours(busy["ha"], wanted, ids[5])
    assert (around.previous, around.next, around.place) == (ids[4], ids[6], 6)
    row = busy.findings(states=("goi_y",), order=READ_FIRST)[5]
    busy.bench.findings.confirm(busy["ha"], row.id, row.version)
    around = busy.bench.findings.neighbours(busy["ha"], wanted, row.id)
    assert (around.previous, around.next) == (ids[4], ids[6])


def test_the_order_is_made_anew_only_after_some_decisions(busy: Desk) -> None:
    ordered(busy)
    assert busy.bench.reading.refresh(busy["ha"], busy.campaign.id) is None
    decide(busy, 5)
    ordered(busy)


def test_without_decisions_severity_orders_and_it_is_said(busy: Desk) -> None:
    ordered(busy)
    assert not busy.bench.reading.state(busy["ha"], busy.campaign.id).learned


def test_stopping_looks_at_ones_own_agency_only(busy: Desk) -> None:
    decide(busy, 3)
    assert busy.bench.reading.state(busy["ha"], busy.campaign.id).stopping.read == 6
    assert busy.bench.reading.state(busy["lan"], busy.campaign.id).stopping.read == 0
    assert busy.bench.reading.state(busy["son"], busy.campaign.id).stopping.read == 6


def test_a_replay_shows_every_order(busy: Desk) -> None:
    with pytest.raises(RasoatError, match="RS-653"):
        busy.bench.reading.simulate(busy["son"], busy.campaign.id)
    decide(busy, 15)
    job = busy.bench.reading.simulate(busy["son"], busy.campaign.id)
    assert busy.bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    found = busy.bench.reading.simulation(busy["son"], busy.campaign.id)
    assert found is not None
    assert (found.total, found.relevant, found.finished) == (30, 15, False)
    assert len(found.orders) == 4
    assert found.orders[-1].wss95 > found.orders[0].wss95


def test_a_sample_holds_unflagged_provisions_of_one_agency(busy: Desk) -> None:
    drawn = busy.bench.sampling.draw(busy["ha"], busy.campaign.id, "BXD", 12)
    assert (len(drawn.items), drawn.population, drawn.number) == (12, 30, 1)
    assert {item.number for item in drawn.items} == {"973/2019/TT-BXD"}
    assert len({item.provision_id for item in drawn.items}) == 12


def read_all(desk: Desk, hits: int) -> None:
    drawn = desk.bench.sampling.current(desk["ha"], desk.campaign.id, "BXD")
    for item in drawn.items:
        verdict = "co" if item.place <= hits else "khong"
        desk.bench.sampling.read(desk["ha"], item.id, 0, verdict, "đã đọc")


def test_what_was_read_gives_an_estimate_with_its_interval(busy: Desk) -> None:
    busy.bench.sampling.draw(busy["ha"], busy.campaign.id, "BXD", 20)
    read_all(busy, hits=1)
    decide(busy, 2)
    report = busy.bench.sampling.report(busy["ha"], busy.campaign.id)
    (row,) = report.rows
    assert (row.estimate.read, row.estimate.hits, row.estimate.population) == (20, 1, 30)
    assert (row.estimate.share, row.estimate.found) == (0.05, 2)
    assert row.estimate.low < 0.05 < row.estimate.high
    assert report.missed_at_most == row.estimate.missed[2]


def test_reports_carry_the_estimate_of_the_ministries_they_are_about(busy: Desk) -> None:
    busy.bench.sampling.draw(busy["ha"], busy.campaign.id, "BXD", 20)
    read_all(busy, 1)
    (own,) = busy.bench.reports.ministry(busy["minh"], busy.campaign.id, "BXD").sampled
    assert own.estimate is not None
    assert (own.agency_code, own.rounds, own.estimate.read, own.estimate.hits) == ("BXD", 1, 20, 1)
    of_all = busy.bench.reports.overall(busy["long"], busy.campaign.id).sampled
    assert of_all[0] == own
    assert "BYT" not in {line.agency_code for line in of_all}  # it has no act


def test_rounds_add_up_and_an_unread_one_blocks_the_next(busy: Desk) -> None:
    sampling = busy.bench.sampling
    sampling.draw(busy["ha"], busy.campaign.id, "BXD", 5)
    with pytest.raises(RasoatError, match="RS-651"):
        sampling.draw(busy["ha"], busy.campaign.id, "BXD", 5)
    read_all(busy, hits=0)
    assert sampling.draw(busy["ha"], busy.campaign.id, "BXD", 5).number == 2
    read_all(busy, hits=0)
    (row,) = sampling.report(busy["ha"], busy.campaign.id).rows
    assert (row.rounds, row.drawn, row.estimate.read) == (2, 10, 10)


def test_a_second_reading_supersedes_and_a_stale_one_is_refused(busy: Desk) -> None:
    sampling = busy.bench.sampling
    item = sampling.draw(busy["ha"], busy.campaign.id, "BXD", 3).items[0]
    sampling.read(busy["ha"], item.id, 0, "co", "sổ hộ khẩu")
    with pytest.raises(Conflict):
        sampling.read(busy["minh"], item.id, 0, "khong")
    assert sampling.read(busy["minh"], item.id, 1, "khong").verdict == "khong"
    with busy.store.read() as db:
        assert len(db.execute(select(t.sample_readings)).all()) == 2


def test_an_unknown_verdict_and_an_empty_population_are_refused(busy: Desk) -> None:
    item = busy.bench.sampling.draw(busy["ha"], busy.campaign.id, "BXD", 3).items[0]
    with pytest.raises(RasoatError, match="RS-652"):
        busy.bench.sampling.read(busy["ha"], item.id, 0, "có lẽ")
    with pytest.raises(RasoatError, match="RS-650"):
        busy.bench.sampling.draw(busy["lan"], busy.campaign.id, "BYT", 3)


def test_another_ministry_neither_draws_nor_reads_nor_sees(busy: Desk) -> None:
    item = busy.bench.sampling.draw(busy["ha"], busy.campaign.id, "BXD", 3).items[0]
    for attempt in (
        lambda: busy.bench.sampling.draw(busy["lan"], busy.campaign.id, "BXD"),
        lambda: busy.bench.sampling.current(busy["lan"], busy.campaign.id, "BXD"),
        lambda: busy.bench.sampling.read(busy["lan"], item.id, 0, "khong"),
    ):
        with pytest.raises(RasoatError, match="RS-41"):
            attempt()
    assert busy.bench.sampling.report(busy["lan"], busy.campaign.id).rows == ()
    assert len(busy.bench.sampling.report(busy["son"], busy.campaign.id).rows) == 1


def test_one_wording_over_several_acts_is_one_cluster(desk: Desk) -> None:
    for number in ("974/2019/TT-BXD", "975/2019/TT-BXD"):
        desk.load(document(number, asks(1), keeps(int(number[:3]))))
    desk.load(document("976/2019/TT-BYT", asks(1)), by="lan")
    clusters = desk.bench.similar.clusters
    (own,) = clusters(desk["ha"], desk.campaign.id).items
    assert (own.findings, own.acts, own.agencies, own.categories) == (2, 2, 1, ("A1",))
    assert clusters(desk["lan"], desk.campaign.id).items == []
    (whole,) = clusters(desk["son"], desk.campaign.id).items
    assert (whole.findings, whole.acts, whole.agencies, whole.undecided) == (3, 3, 2, 3)
    assert {row.number for row in desk.findings(wording=own.wording)} == {
        "974/2019/TT-BXD",
        "975/2019/TT-BXD",
    }


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_reads_like_a_confirmed_finding_is_offered_and_can_be_put_aside(busy: Desk) -> None:
    bench = busy.bench
    busy.load(
        document("977/2019/TT-BXD", "1. Người đăng ký tổ ong thứ 3 nộp bản sao sổ nhà của chủ đàn.")
    )
    similar = Similar(busy.store, bench.jobs, busy.settings, bench.people.operator, fit)
    assert similar.offered(busy["ha"], busy.campaign.id) is None
    job = similar.rebuild(busy["vy"])
    assert bench.jobs.wait(job.id, TIMEOUT).state == "xong"
    assert similar.offered(busy["ha"], busy.campaign.id) == []
    decide(busy, 5)
    (offer,) = similar.offered(busy["ha"], busy.campaign.id)
    assert (offer.row.number, offer.like_category) == ("977/2019/TT-BXD", "A1")
    assert offer.row.finding_id is None
    with pytest.raises(RasoatError, match="RS-41"):
        similar.dismiss(busy["lan"], busy.campaign.id, offer.row.provision_id)
    similar.dismiss(busy["ha"], busy.campaign.id, offer.row.provision_id)
    assert similar.offered(busy["ha"], busy.campaign.id) == []
