"""The clock on the wall: moments are kept in UTC, days and hours are those of Viet Nam."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

VIET_NAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """Return the present day in Viet Nam, wherever the machine stands."""
    return datetime.now(UTC).astimezone(VIET_NAM).date()
