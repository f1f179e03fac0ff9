"""Errors of the review services, RS-4xx to RS-6xx; sentences in ``errors.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from corpus.errors import ErrorCatalogue, RasoatError

ERRORS = ErrorCatalogue.load(Path(__file__).with_name("errors.yaml"))


class SignInRefused(RasoatError):  # noqa: N818  (named as lawyers and pages say it)
    """Wrong name or password, locked, ended or demo account in production (RS-40x)."""


class Forbidden(RasoatError):  # noqa: N818  (named as lawyers and pages say it)
    """The person's roles do not allow this action on this agency's work (RS-41x)."""


class NotFound(RasoatError):  # noqa: N818  (named as lawyers and pages say it)
    """There is no such record, or it is not for this person to know (RS-601)."""


class Claimed(RasoatError):  # noqa: N818  (named as lawyers and pages say it)
    """Somebody else works on this finding now (RS-560)."""


class Conflict(RasoatError):  # noqa: N818  (named as lawyers and pages say it)
    """Somebody else wrote since the person looked; nothing was overwritten (RS-501).

    ``mine`` is what the person tried to write, ``theirs`` what stands now, ``who`` and ``at``
    (UTC) say who wrote it and when; all are for the screen to show side by side.
    """

    mine: Mapping[str, object]
    theirs: Mapping[str, object]
    who: str
    at: datetime | None

    @classmethod
    def of(
        cls, mine: Mapping[str, object], theirs: Mapping[str, object], who: str, at: datetime | None
    ) -> Conflict:
        """Return the conflict with both texts in it."""
        error = ERRORS.error("RS-501", cls, who=who or "Người khác")
        assert isinstance(error, cls)
        error.mine, error.theirs, error.who, error.at = mine, theirs, who, at
        return error
