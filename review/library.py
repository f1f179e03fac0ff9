"""Acts in the store: loading, listing, reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from corpus.records import ReadResult
from review.records import (
    ActFilter,
    ActRow,
    ActView,
    JobView,
    LoadReport,
    Page,
    PageRequest,
    Person,
    SuppressedRow,
)

Progress = Callable[[int, int, str], None]  # done, total (0 = unknown), what is being done


class Library:
    """Library(store, screener=…, parse=…): acts."""

    def load(
        self,
        person: Person,
        results: Iterable[ReadResult],
        campaign_id: int,
        progress: Progress | None = None,
        total: int = 0,
    ) -> LoadReport:
        """Parse, screen and store; one transaction per act."""
        raise NotImplementedError

    def load_files(
        self, person: Person, files: list[tuple[str, bytes]], campaign_id: int
    ) -> JobView:
        """Uploads, as a job; its result is the load report (``report_of(job)``)."""
        raise NotImplementedError

    def load_paths(
        self, person: Person, paths: list[Path], campaign_id: int, progress: Progress | None = None
    ) -> LoadReport:
        """Files, folders, archives on the machine (command line)."""
        raise NotImplementedError

    def report_of(self, person: Person, job_id: int) -> LoadReport:
        """The load report of a finished loading job."""
        raise NotImplementedError

    def acts(
        self, person: Person, filter: ActFilter, page: PageRequest = PageRequest()
    ) -> Page[ActRow]:
        """Acts the person may see."""
        raise NotImplementedError

    def types(self, person: Person, campaign_id: int) -> list[str]:
        """Types of act present, for the filter."""
        raise NotImplementedError

    def years(self, person: Person, campaign_id: int) -> list[int]:
        """Years present, for the filter."""
        raise NotImplementedError

    def act(self, person: Person, act_id: int) -> ActView:
        """Raises RS-601, Forbidden RS-410."""
        raise NotImplementedError

    def source_text(self, person: Person, act_id: int, version_id: int | None = None) -> str:
        """Untouched text of a version (the current one by default)."""
        raise NotImplementedError

    def suppressed(self, person: Person, act_id: int) -> list[SuppressedRow]:
        """What the screen set aside in one act."""
        raise NotImplementedError

    def assign(self, person: Person, act_id: int, version: int, agency: str) -> ActRow:
        """Give an act to the agency that reviews it."""
        raise NotImplementedError

    def sign_off(self, person: Person, act_id: int, note: str = "") -> None:
        """«Không có vướng mắc» (NĐ 34/2016 Đ151.2); RS-510 while findings are undecided or confirmed."""
        raise NotImplementedError
