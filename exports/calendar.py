"""The days of the programme as an iCalendar file (RFC 5545), for any calendar program."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, Event

from review.programme.agenda import KINDS
from review.records.programme import AgendaEvent, Feed

MIME = "text/calendar; charset=utf-8"
_PRODUCT = "-//Bàn rà soát 06//Chương trình và thời hạn//VI"
_HOST = "ban-ra-soat-06"  # makes keys unique among other calendars, as RFC 5545 3.8.4.7 asks
_REFRESH = timedelta(hours=12)
_DAY = timedelta(days=1)


def build(feed: Feed) -> bytes:
    """Return the calendar; events last whole days, so that no time zone can move them."""
    calendar = Calendar.new(
        prodid=_PRODUCT,
        name=f"Chương trình và thời hạn – {feed.name}",
        language="vi",
        method="PUBLISH",
        refresh_interval=_REFRESH,
    )
    for event in feed.events:
        calendar.add_component(_event(feed, event))
    return calendar.to_ical()


def _event(feed: Feed, event: AgendaEvent) -> Event:
    state = "Đã xong" if event.done else "Quá hạn" if event.late else "Chưa xong"
    return Event.new(
        uid=f"{event.key}@{_HOST}",
        stamp=feed.made_at,
        start=event.on,
        end=event.on + _DAY,
        summary=event.title,
        description=f"{KINDS[event.kind]}. {state}.",
        categories=[KINDS[event.kind]],
        transparency="TRANSPARENT",
    )
