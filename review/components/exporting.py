"""Build a document as a job and keep it until its maker fetches it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from exports import catalogue
from review.job import Report
from review.records import JobView, Person
from review.workbench import Workbench

KIND = "xuat"  # kind of these jobs


def submit(
    bench: Workbench,
    person: Person,
    document: catalogue.Document,
    campaign_id: int,
    *,
    agency: str = "",
    act_id: int = 0,
) -> JobView:
    """Queue the building of ``document``; rights are checked when the data is collected."""

    def work(report: Report) -> Mapping[str, object]:
        report(0, 1, document.title)
        made = catalogue.make(bench, person, document.id, campaign_id, agency=agency, act_id=act_id)
        path = place(bench, made.digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)
        report(1, 1, made.filename)
        return {"filename": made.filename, "digest": made.digest, "mime": made.document.mime}

    return bench.jobs.submit(person, KIND, document.title, work)


def place(bench: Workbench, digest: str) -> Path:
    """Return where a built document is kept: under its SHA-256 in the data folder."""
    return bench.settings.data_dir / "exports" / digest


def content(bench: Workbench, job: JobView) -> bytes | None:
    """Return the document of a finished job; None when it is no longer kept."""
    path = place(bench, str((job.result or {}).get("digest", "")))
    return path.read_bytes() if path.is_file() else None
