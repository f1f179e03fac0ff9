"""Why somebody whose name is right may not come in, whichever way it was proved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Row

from review.clock import VIET_NAM
from review.errors import ERRORS, SignInRefused


def locked(row: Row, now: datetime) -> Exception | None:
    """Return RS-402 for an account that is locked after wrong passwords, else None."""
    if row.locked_until is None or row.locked_until <= now:
        return None
    until = f"{row.locked_until.astimezone(VIET_NAM):%H:%M}"
    return ERRORS.error("RS-402", SignInRefused, failures=row.failures, until=until)


def stopped(row: Row, *, demo: bool) -> Exception | None:
    """Return RS-403 for a demo account outside demo mode, RS-404 for a deactivated one."""
    if row.demo and not demo:
        return ERRORS.error("RS-403", SignInRefused, username=row.username)
    if not row.active:
        return ERRORS.error("RS-404", SignInRefused)
    return None
