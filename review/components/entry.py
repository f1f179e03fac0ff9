"""What people type into the fields of a form, read as days and figures."""

from __future__ import annotations

from datetime import date

from review.components.errors import ERRORS
from review.components.formats import read_amount, read_day


def day(typed: object) -> date | None:
    """Return the day of a field, None where it is empty; raises RS-591."""
    text = str(typed or "")
    try:
        return read_day(text)
    except ValueError as wrong:
        raise ERRORS.error("RS-591", text=text) from wrong


def needed_day(typed: object) -> date:
    """Return the day of a field that may not be empty; raises RS-591."""
    found = day(typed)
    if found is None:
        raise ERRORS.error("RS-591", text="")
    return found


def figure(typed: str) -> float | None:
    """Return the figure of a field, None where it is empty; raises RS-599."""
    try:
        return read_amount(typed)
    except ValueError as wrong:
        raise ERRORS.error("RS-599", text=typed) from wrong
