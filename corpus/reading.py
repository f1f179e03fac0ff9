"""Read whatever people bring: files, folders, archives, uploads. One bad file stops nothing.

The format is told from the content. Every input gives at least one ``ReadResult``: a document
with the notes on what was lost, a failure with its code and remedy, or a skipped file.
"""

from __future__ import annotations

import logging
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from lxml import etree

from corpus.errors import ERRORS, RasoatError
from corpus.readers import archive, detect, doc, docx, html, image, mht, pdf, phapdien, text
from corpus.readers.composer import count_vi
from corpus.readers.entry import Entry
from corpus.readers.limits import MEGABYTE, Limits
from corpus.records import Notice, RawDocument, ReadResult

__all__ = ["Limits", "read_bytes", "read_paths"]

_USUAL = Limits()
_LOG = logging.getLogger(__name__)
_READERS: dict[str, Callable[[str, bytes, Limits], RawDocument]] = {
    "docx": docx.read,
    "html": html.read,
    "image": image.read,
    "mht": mht.read,
    "pdf": pdf.read,
    "text": text.read,
}
_ADVICE = {
    "xlsx": (
        "Bảng tính không phải văn bản. Nếu là bảng phụ lục dạng NQ 66.7/2025/NQ-CP, đọc bằng "
        "«rasoat annex TỆP --out TỆP.jsonl»."
    ),
    "pptx": "Nạp văn bản dạng Word, PDF hoặc HTML.",
    "ole": "Mở bằng chương trình đã tạo ra tệp, lưu dạng .docx rồi nạp lại.",
    "archive": "Giải nén rồi nạp các tệp bên trong, hoặc đóng gói lại thành .zip.",
}
# What damaged input has been seen to raise in parsers; logged whole, told as RS-101.
_DAMAGE = (
    ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError,
    ValueError, etree.LxmlError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_LOCK_PREFIXES = ("~$", ".~lock", "._")
_SYSTEM_NAMES = frozenset(("thumbs.db", "desktop.ini", ".ds_store", "__macosx"))
_SUBJECTS = "demuc"  # folder of the đề mục inside a Bộ Pháp điển package


def read_paths(
    paths: Iterable[Path], limits: Limits = _USUAL, workers: int = 1
) -> Iterator[ReadResult]:
    """Yield the results of files and folders (sorted, with all below), in the order given.

    Sources are shown relative to the folder given; with several folders its name goes first.
    ``workers`` processes read a Bộ Pháp điển package; its acts stay the same, in the same order.
    """
    roots = [Path(path) for path in paths]
    for root in roots:
        if root.is_dir():
            prefix = f"{root.resolve().name}/" if len(roots) > 1 else ""
            yield from _read_entries(_folder(root, prefix, limits), _Reading(limits, workers))
        else:
            yield from _read_entries([_file(root, root.name, limits)], _Reading(limits, workers))


def read_bytes(name: str, data: bytes, limits: Limits = _USUAL) -> Iterator[ReadResult]:
    """Yield the results of one upload called ``name``; an archive gives one for each member."""
    entry = Entry(name, len(data), lambda: data, _too_large(name, len(data), limits))
    yield from _read_entries([entry], _Reading(limits))


@dataclass(slots=True)
class _Reading:
    """What the files of one input share."""

    limits: Limits
    workers: int = 1
    depth: int = 0  # archives around the file
    converted: dict[str, bytes | RasoatError] = field(default_factory=dict)  # .docx of a .doc
    batched: set[str] = field(default_factory=set)  # names that went through LibreOffice


def _folder(root: Path, prefix: str, limits: Limits) -> list[Entry]:
    found = []
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in files:
            path = Path(folder, name)
            found.append(_file(path, prefix + path.relative_to(root).as_posix(), limits))
    return sorted(found, key=lambda entry: entry.name)


def _file(path: Path, shown: str, limits: Limits) -> Entry:
    try:
        if not path.is_file():
            reason = "không có tệp này" if not path.exists() else "không phải tệp thường"
            raise ERRORS.error("RS-118", name=shown, reason=reason)
        size = path.stat().st_size
    except OSError as failure:
        refused = ERRORS.error("RS-118", name=shown, reason=failure.strerror or "lỗi hệ thống")
        return Entry(shown, 0, bytes, refused)
    except RasoatError as refused:
        return Entry(shown, 0, bytes, refused)
    return Entry(shown, size, partial(_load, path, shown), _too_large(shown, size, limits))


def _load(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as failure:
        reason = failure.strerror or "lỗi hệ thống"
        raise ERRORS.error("RS-118", name=shown, reason=reason) from failure


def _too_large(name: str, size: int, limits: Limits) -> RasoatError | None:
    if size <= limits.file_bytes:
        return None
    megabytes = count_vi(-(-size // MEGABYTE))
    return ERRORS.error("RS-103", name=name, size=megabytes, limit=f"{limits.file_mb:g}")


def _read_entries(entries: list[Entry], reading: _Reading) -> Iterator[ReadResult]:
    packages = _codified_packages(entries)
    done: set[str] = set()
    for index, entry in enumerate(entries):
        package = _package_of(entry, packages)
        if package is None:
            if _wants_office(entry) and entry.name not in reading.batched:
                _convert_ahead(entries[index:], reading)
            yield from _read_entry(entry, reading)
            reading.converted.pop(entry.name, None)
        elif package not in done:
            done.add(package)
            members = [other for other in entries if _package_of(other, packages) == package]
            yield from _read_codified(package, members, reading.workers)


def _wants_office(entry: Entry) -> bool:
    return doc.is_legacy_name(entry.name) and not entry.refused and not _skip_reason(entry.name)


def _convert_ahead(entries: list[Entry], reading: _Reading) -> None:
    """Convert this .doc or .rtf together with the next ones: every call starts an office."""
    loaded: dict[str, bytes] = {}
    for entry in [entry for entry in entries if _wants_office(entry)][: doc.BATCH]:
        reading.batched.add(entry.name)
        try:
            loaded[entry.name] = entry.load()
        except RasoatError:
            continue  # told when its turn comes and it is loaded again
    reading.converted.update(doc.convert_many(loaded, reading.limits))


def _read_entry(entry: Entry, reading: _Reading) -> Iterator[ReadResult]:
    if reason := _skip_reason(entry.name):
        note = ERRORS.notice("RS-132", name=entry.name, reason=reason)
        yield ReadResult(entry.name, None, [note], skipped=True)
        return
    try:
        if entry.refused is not None:
            raise entry.refused
        yield from _read_data(entry.name, entry.load(), reading)
    except RasoatError as failure:
        yield ReadResult(entry.name, None, [failure.notice()])
    except _DAMAGE as failure:
        _LOG.warning("Unforeseen damage in %s", entry.name, exc_info=failure)
        reason = f"lỗi không lường trước ({type(failure).__name__})"
        note = ERRORS.notice("RS-101", name=entry.name, reason=reason)
        yield ReadResult(entry.name, None, [note])


def _skip_reason(name: str) -> str:
    parts = name.split("/")
    base = parts[-1]
    if base.startswith(_LOCK_PREFIXES):
        return "tệp khóa của Word hoặc LibreOffice"
    if any(part.lower() in _SYSTEM_NAMES for part in parts):
        return "tệp của hệ điều hành"
    if any(part.startswith(".") and part not in (".", "..") for part in parts):
        return "tệp ẩn"
    return ""


def _read_data(name: str, data: bytes, reading: _Reading) -> Iterator[ReadResult]:
    found = detect.detect(data)
    if found == "empty":
        raise ERRORS.error("RS-102", name=name)
    if found == "unknown":
        raise ERRORS.error("RS-104", name=name)
    if found == "encrypted":
        raise ERRORS.error("RS-106", name=name)
    if found in _ADVICE:
        raise ERRORS.error("RS-117", name=name, what=detect.NAMES[found], advice=_ADVICE[found])
    if found == "zip":
        yield from _read_archive(name, data, reading)
        return
    if found == "phapdien":
        package, notes = phapdien.read(name, [data])
        yield from _codified_results(name, package, notes)
        return
    if found in ("doc", "rtf", "odt"):
        document = doc.read(name, data, reading.limits, found, reading.converted.get(name))
    else:
        document = _READERS[found](name, data, reading.limits)
    if extension := detect.mislabelled(name, found):
        note = ERRORS.notice("RS-131", extension=extension, format=detect.NAMES[found])
        document.notes.append(note)
    yield ReadResult(name, document, document.notes)


def _read_archive(name: str, data: bytes, reading: _Reading) -> Iterator[ReadResult]:
    if reading.depth > 1:
        raise ERRORS.error("RS-114", name=name)
    members = archive.entries(name, data, reading.limits)
    if not members:
        raise ERRORS.error("RS-115", name=name)
    # Archives inside share what this one leaves of the allowance.
    left = reading.limits.expanded_mb - sum(member.size for member in members) / MEGABYTE
    inside = _Reading(replace(reading.limits, expanded_mb=left), reading.workers, reading.depth + 1)
    yield from _read_entries(members, inside)


def _codified_packages(entries: list[Entry]) -> set[str]:
    """Return the folders (with trailing slash, '' for the top) that hold a ``demuc`` folder."""
    found = set()
    for entry in entries:
        parts = entry.name.split("/")
        if len(parts) > 1 and parts[-2].lower() == _SUBJECTS and parts[-1].endswith(".html"):
            found.add("/".join(parts[:-2]) + "/" * (len(parts) > 2))
    return found


def _package_of(entry: Entry, packages: set[str]) -> str | None:
    return next((package for package in packages if entry.name.startswith(package)), None)


def _read_codified(package: str, members: list[Entry], workers: int) -> Iterator[ReadResult]:
    outer = PurePosixPath(package).parent
    name = str(outer if outer.suffix.lower() == ".zip" else PurePosixPath(package))
    name = "Bộ Pháp điển điện tử" if name == "." else name
    subjects = [entry for entry in members if entry.name.split("/")[-2:-1] == [_SUBJECTS]]
    failures: list[ReadResult] = []
    try:
        pages = _pages(subjects, failures)
        collected, notes = phapdien.read(name, pages, workers)
    except RasoatError as failure:
        yield from failures
        yield ReadResult(name, None, [failure.notice()])
        return
    yield from failures
    yield from _codified_results(name, collected, notes)
    for entry in members:
        if entry not in subjects:
            reason = "trang giao diện của Bộ Pháp điển, không phải đề mục"
            note = ERRORS.notice("RS-132", name=entry.name, reason=reason)
            yield ReadResult(entry.name, None, [note], skipped=True)


def _pages(subjects: list[Entry], failures: list[ReadResult]) -> Iterator[bytes]:
    for entry in subjects:
        try:
            if entry.refused is not None:
                raise entry.refused
            yield entry.load()
        except RasoatError as failure:
            failures.append(ReadResult(entry.name, None, [failure.notice()]))


def _codified_results(
    name: str, package: phapdien.Package, notes: list[Notice]
) -> Iterator[ReadResult]:
    yield ReadResult(name, None, notes, skipped=True)
    for document in package.documents():
        yield ReadResult(document.source, document, document.notes)
