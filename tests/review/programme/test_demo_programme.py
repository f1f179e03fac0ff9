"""The programme of the demo: the seed's bills with their marks, a countdown, one closed loop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from review.demo import first_start, programme
from review.demo.stage import Stage
from review.people.accounts import People
from review.records import FindingFilter, PageRequest
from review.records.programme import InstrumentFilter
from review.settings import Settings
from review.workbench import Workbench
from tests.review.conftest import CHEAP


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The first start, with the programme told after a start that was broken off."""
    settings = Settings(mode="demo", data_dir=tmp_path_factory.mktemp("var"))
    bench = Workbench.open(settings)
    bench.people = People(bench.store, settings, CHEAP)
    first_start.prepare(bench)
    original = bench.closing.examine

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    bench.closing.examine = killed
    with pytest.raises(KeyboardInterrupt):
        programme.tell(Stage(bench))
    bench.closing.examine = original
    programme.tell(Stage(bench))
    yield Stage(bench)
    bench.close()


def told(stage: Stage) -> dict[str, object]:
    """What the programme holds, by which a second telling would show."""
    bench, person = stage.workbench, stage.person("thuong.truc")
    today = stage.campaign("2026").id
    rows = bench.findings.queue(
        person, FindingFilter(campaign_id=today, text="960/2021/TT-BXD"), PageRequest()
    ).items
    return {
        "bills": len(bench.projects.list(person, stage.campaign("2023").id)),
        "projects": len(bench.projects.list(person, today)),
        "acts": len(bench.instruments.board(person, InstrumentFilter(today)).rows),
        "states": {row.label: row.state for row in rows if row.number == "960/2021/TT-BXD"},
    }


def test_one_provision_is_closed_and_the_other_came_back(stage: Stage) -> None:
    assert told(stage)["states"] == {
        "điểm b khoản 1 Điều 2": "da_xu_ly",
        "khoản 2 Điều 2": "xac_nhan",
    }


def test_a_second_telling_adds_nothing(stage: Stage) -> None:
    before = told(stage)
    programme.tell(stage)
    assert told(stage) == before
    assert (before["bills"], before["projects"], before["acts"]) == (11, 6, 14)


def test_every_bill_says_what_is_not_checked(stage: Stage) -> None:
    person = stage.person("thuong.truc")
    rows = stage.workbench.projects.list(person, stage.campaign("2023").id)
    assert all("chưa đối chiếu với Quyết định số 805/QĐ-TTg" in row.input.note for row in rows)
    assert all("89/2023/QH15" in row.input.basis for row in rows)
    assert {row.programme for row in rows} == {"Chương trình xây dựng luật, pháp lệnh"}


def test_invented_acts_say_so(stage: Stage) -> None:
    person, today = stage.person("thuong.truc"), stage.campaign("2026").id
    board = stage.workbench.instruments.board(person, InstrumentFilter(today))
    assert all("giả định" in f"{row.input.title} {row.input.origin}" for row in board.rows)
    assert {row.input.due for row in board.rows} == {date(2027, 3, 1)}


def test_the_story_is_in_the_past(stage: Stage) -> None:
    person = stage.person("thuong.truc")
    for code in ("2023", "2026"):
        for row in stage.workbench.projects.list(person, stage.campaign(code).id):
            issued = [step.done for step in row.steps[:-1] if step.done]
            assert all(day <= date(2026, 11, 20) for day in issued)
