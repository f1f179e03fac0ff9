"""Zip archives: their members as entries, each checked before it is unpacked.

Nothing is written to disk; a member's path is only ever shown.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from functools import partial

from corpus.errors import ERRORS, RasoatError
from corpus.readers.composer import count_vi
from corpus.readers.entry import Entry
from corpus.readers.limits import MEGABYTE, Limits

_UNSAFE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
_UTF8_NAME = 0x800  # zip flag: the name is UTF-8


def entries(name: str, data: bytes, limits: Limits) -> list[Entry]:
    """Return the files of a zip in the order of their names.

    Raises RS-105 (damaged), RS-111 (grows too big as a whole) or RS-112 (too many members).
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in package.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as broken:
        reason = "thiếu mục lục của tệp nén"
        raise ERRORS.error("RS-105", name=name, reason=reason) from broken
    if len(members) > limits.members:
        raise ERRORS.error(
            "RS-112", name=name, count=count_vi(len(members)), limit=count_vi(limits.members)
        )
    if (total := sum(member.file_size for member in members)) > limits.expanded_bytes:
        reason = f"{count_vi(total // MEGABYTE)} MB"
        raise ERRORS.error("RS-111", name=name, reason=reason)
    return sorted(
        (_entry(name, package, member, limits) for member in members), key=lambda entry: entry.name
    )


def _entry(name: str, package: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> Entry:
    inner = _member_name(member)
    shown = f"{name}/{inner}"
    return Entry(
        shown,
        member.file_size,
        partial(_load, shown, package, member),
        _refusal(shown, inner, member, limits),
    )


def _member_name(member: zipfile.ZipInfo) -> str:
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        # Windows and macOS write UTF-8 names without saying so.
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _refusal(shown: str, inner: str, member: zipfile.ZipInfo, limits: Limits) -> RasoatError | None:
    if _UNSAFE.search(inner) or stat.S_ISLNK(member.external_attr >> 16):
        return ERRORS.error("RS-113", name=inner)
    if member.flag_bits & 1:
        return ERRORS.error("RS-106", name=shown)
    if member.file_size > MEGABYTE and member.file_size > limits.ratio * member.compress_size:
        times = count_vi(member.file_size // max(member.compress_size, 1))
        return ERRORS.error("RS-111", name=shown, reason=f"{times} lần")
    return None


def _load(shown: str, package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return package.read(member)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError
    ) as broken:  # fmt: skip
        reason = "không giải nén được"
        raise ERRORS.error("RS-105", name=shown, reason=reason) from broken
