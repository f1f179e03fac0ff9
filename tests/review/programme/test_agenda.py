"""The days of the programme in one list, and the calendar address that gives them out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from review.errors import Forbidden
from review.records.follow_up import TaskInput
from review.records.programme import AgendaEvent, InstrumentInput, ProjectInput
from tests.review.conftest import Desk

PROJECT = ProjectInput("Thông tư sửa quy định bến đò", "thong-tu", "BXD", 2026)
DUE = date(2027, 3, 1)
YEAR = (date(2026, 1, 1), date(2027, 12, 31))


def fill(desk: Desk) -> int:
    """A project with two steps, three acts due at two ministries, a task."""
    projects, campaign = desk.bench.projects, desk.campaign.id
    row = projects.add(desk["minh"], campaign, PROJECT)
    projects.set_step(desk["minh"], row.id, 1, "soan-thao", date(2026, 11, 10), date(2026, 11, 12))
    projects.set_step(desk["minh"], row.id, 2, "lay-y-kien", date(2026, 11, 20), None)
    first = InstrumentInput("950/2020/TT-BXD", "", "Thông tư", "BXD", DUE)
    desk.bench.instruments.add(
        desk["son"],
        campaign,
        [
            first,
            replace(first, number="953/2020/TT-BXD"),
            replace(first, number="954/2020/TT-BYT", agency="BYT"),
        ],
    )
    task = TaskInput("NV-1", "Số hóa sổ", "so-hoa-ho-tich", "BTP", date(2026, 12, 31), "dang-lam")
    desk.bench.tasks.add(desk["son"], campaign, task)
    return row.id


def events(desk: Desk, by: str = "minh", agency: str = "") -> list[AgendaEvent]:
    return desk.bench.agenda.events(desk[by], desk.campaign.id, *YEAR, agency)


def of(found: list[AgendaEvent], kind: str) -> list[tuple[date, str, bool, bool]]:
    return [(one.on, one.agency, one.done, one.late) for one in found if one.kind == kind]


def test_everything_with_a_day_is_listed(desk: Desk) -> None:
    fill(desk)
    found = events(desk)
    assert of(found, "buoc") == [
        (date(2026, 11, 12), "BXD", True, False),
        (date(2026, 11, 20), "BXD", False, True),
    ]
    assert of(found, "van-ban") == [(DUE, "BXD", False, False), (DUE, "BYT", False, False)]
    assert "2 văn bản" in next(one.title for one in found if one.agency == "BXD" and one.on == DUE)
    assert of(found, "nhiem-vu") == [(date(2026, 12, 31), "BTP", False, False)]
    assert date(2027, 2, 28) in {on for on, *_ in of(found, "het-hieu-luc")}
    assert found == sorted(found, key=lambda one: one.on)


def test_a_month_holds_its_first_and_last_day(desk: Desk) -> None:
    fill(desk)
    found = desk.bench.agenda.events(desk["minh"], desk.campaign.id, DUE, DUE)
    assert {one.on for one in found} == {DUE}


def test_a_ministrys_list_keeps_what_concerns_everybody(desk: Desk) -> None:
    fill(desk)
    assert {one.agency for one in events(desk, agency="BYT")} == {"BYT", ""}


def test_keys_stay_when_days_move(desk: Desk) -> None:
    project = fill(desk)
    before = {one.key for one in events(desk)}
    desk.bench.projects.set_step(desk["minh"], project, 3, "lay-y-kien", date(2026, 12, 20), None)
    assert {one.key for one in events(desk)} == before


# --- the calendar address ----------------------------------------------------------------


def test_an_address_works_until_it_is_withdrawn(desk: Desk) -> None:
    fill(desk)
    feeds = desk.bench.feeds
    assert feeds.standing(desk["minh"]) is None
    secret = feeds.make(desk["minh"])
    assert len(secret) >= 40
    assert feeds.standing(desk["minh"]) is not None
    found = feeds.read(secret)
    assert found is not None
    assert found.name == "Minh"
    feeds.withdraw(desk["minh"])
    assert feeds.read(secret) is None
    assert feeds.standing(desk["minh"]) is None


def test_a_new_address_ends_the_one_before(desk: Desk) -> None:
    first = desk.bench.feeds.make(desk["minh"])
    second = desk.bench.feeds.make(desk["minh"])
    assert first != second
    assert desk.bench.feeds.read(first) is None
    assert desk.bench.feeds.read(second) is not None


def test_an_address_gives_out_what_concerns_its_person_only(desk: Desk) -> None:
    fill(desk)
    for name, agencies in (("minh", {"BXD", ""}), ("lan", {"BYT", ""})):
        found = desk.bench.feeds.read(desk.bench.feeds.make(desk[name]))
        assert found is not None
        assert {one.agency for one in found.events} == agencies
    everything = desk.bench.feeds.read(desk.bench.feeds.make(desk["son"]))
    assert everything is not None
    assert {"BXD", "BYT", "BTP", ""} == {one.agency for one in everything.events}


def test_an_address_ends_with_the_account(desk: Desk) -> None:
    secret = desk.bench.feeds.make(desk["ha"])
    desk.bench.people.deactivate(desk["vy"], desk["ha"].id)
    assert desk.bench.feeds.read(secret) is None
    desk.bench.people.activate(desk["vy"], desk["ha"].id)
    assert desk.bench.feeds.read(secret) is None


@pytest.mark.parametrize("secret", ["", "đoán mò", "x" * 5000])
def test_a_guessed_address_opens_nothing(desk: Desk, secret: str) -> None:
    desk.bench.feeds.make(desk["ha"])
    assert desk.bench.feeds.read(secret) is None


def test_the_secret_is_not_kept(desk: Desk) -> None:
    from sqlalchemy import select

    from review.store import tables as t

    secret = desk.bench.feeds.make(desk["ha"])
    with desk.store.read() as db:
        stored = [tuple(row) for row in db.execute(select(t.feeds))]
        logged = [row.new for row in db.execute(select(t.audit_events.c.new))]
    assert secret not in str(stored)
    assert secret not in str(logged)


def test_who_has_stopped_makes_no_address(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.bench.feeds.make(replace(desk["ha"], active=False))
