"""Long work in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from review.records import JobView, Person

Report = Callable[[int, int, str], None]  # done, total, message
Work = Callable[[Report], Mapping[str, object]]  # the result must be JSON


class Jobs:
    """One worker thread per process; progress and result are kept in the store."""

    def submit(self, person: Person, kind: str, title: str, work: Work) -> JobView:
        """Queue the work; returns at once."""
        raise NotImplementedError

    def status(self, person: Person, job_id: int) -> JobView:
        """Own jobs; an administrator sees all."""
        raise NotImplementedError

    def list(self, person: Person, kind: str = "") -> list[JobView]:
        """Newest first, at most 50."""
        raise NotImplementedError

    def wait(self, job_id: int, timeout: float) -> JobView:
        """For tests and the command line."""
        raise NotImplementedError
