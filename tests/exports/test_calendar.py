"""The calendar file: valid by RFC 5545, whole days, Vietnamese kept, keys that stay."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from exports import calendar
from review.records.programme import AgendaEvent, Feed

MADE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LONG = (
    "Thông tư sửa đổi, bổ sung; bãi bỏ một số điều của các thông tư về bến đò ngang giả định\nhai"
)


def event(key: str = "buoc-1-soan-thao", title: str = LONG, **changes: bool) -> AgendaEvent:
    values = {"done": False, "late": False} | changes
    return AgendaEvent(key, date(2027, 2, 28), "buoc", title, "BXD", 1, **values)


def built(*events: AgendaEvent) -> bytes:
    return calendar.build(Feed("Đỗ Minh", MADE, list(events)))


def read(content: bytes) -> list:
    return Calendar.from_ical(content).walk("VEVENT")


def test_the_words_come_back_as_they_were() -> None:
    assert str(read(built(event()))[0]["SUMMARY"]) == LONG


def test_an_event_lasts_its_whole_day() -> None:
    found = read(built(event()))[0]
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (
        date(2027, 2, 28),
        date(2027, 3, 1),
    )
    assert b"DTSTART;VALUE=DATE:20270228" in built(event())


def test_every_event_has_what_the_standard_asks_for() -> None:
    content = built(event(), event("van-ban-1"))
    whole = Calendar.from_ical(content)
    assert whole["VERSION"] == "2.0"
    assert whole["PRODID"]
    for found in read(content):
        assert found["UID"]
        assert found.decoded("DTSTAMP") == MADE
    assert len({str(found["UID"]) for found in read(content)}) == 2


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    content = built(event())
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, "Chưa xong"), ({"late": True}, "Quá hạn"), ({"done": True}, "Đã xong")],
)
def test_how_far_it_is_is_said(changes: dict, said: str) -> None:
    assert said in str(read(built(event(**changes)))[0]["DESCRIPTION"])


def test_an_empty_calendar_is_still_one() -> None:
    assert read(built()) == []


def test_words_of_a_project_cannot_add_an_event() -> None:
    hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:giả"
    assert len(read(built(event(title=hostile)))) == 1
