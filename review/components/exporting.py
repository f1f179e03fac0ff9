"""Build a document as a job and keep it until its maker fetches it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from exports import catalogue
from exports.sources import Wanted
from review.job import Report
from review.records import JobView, Person
from review.workbench import Workbench

KIND = "xuat"  # kind of these jobs
_DAY = 86_400  # seconds


def submit(
    bench: Workbench, person: Person, document: catalogue.Document, wanted: Wanted
) -> JobView:
    """Queue the building of ``document``; rights are checked when the data is collected."""

    def work(report: Report) -> Mapping[str, object]:
        made = catalogue.make(
            bench,
            person,
            document.id,
            wanted.campaign_id,
            agency=wanted.agency,
            act_id=wanted.act_id,
            choice=wanted.choice,
            report=report,
        )
        report(3, catalogue.STEPS, "Đang lưu tệp")
        path = place(bench, made.digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        clear(path.parent, bench.settings.export_days)
        path.write_bytes(made.content)
        report(catalogue.STEPS, catalogue.STEPS, made.filename)
        return {"filename": made.filename, "digest": made.digest, "mime": made.document.mime}

    return bench.jobs.submit(person, KIND, document.title, work)


def clear(folder: Path, days: int) -> int:
    """Remove built files older than ``days`` days; return how many. The log of exports stays."""
    oldest = time.time() - days * _DAY
    old = [path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def place(bench: Workbench, digest: str) -> Path:
    """Return where a built document is kept: under its SHA-256 in the data folder."""
    return bench.settings.data_dir / "exports" / digest


def content(bench: Workbench, job: JobView) -> bytes | None:
    """Return the document of a finished job; None when it is no longer kept."""
    path = place(bench, str((job.result or {}).get("digest", "")))
    return path.read_bytes() if path.is_file() else None
