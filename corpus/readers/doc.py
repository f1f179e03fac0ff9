"""Word 97–2003 (.doc), RTF and OpenDocument: turned into .docx by LibreOffice, then read as such.

LibreOffice runs without a screen, in its own profile, without macros or linked content, and is
ended when it takes too long. Where it is missing, antiword reads the words of a .doc, and those of
an RTF are read without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from itertools import groupby, zip_longest
from pathlib import Path, PurePosixPath

from corpus import encoding
from corpus.errors import ERRORS, RasoatError
from corpus.readers import docx, rtf
from corpus.readers.composer import Composer, compose
from corpus.readers.detect import NAMES, detect, doc_is_encrypted
from corpus.readers.doc_cells import blank_hidden
from corpus.readers.limits import Limits
from corpus.readers.tables import is_layout, table_lines
from corpus.readers.text import legacy_notice
from corpus.records import RawDocument

#: Files converted by one start of LibreOffice.
BATCH = 25
_LEGACY_SUFFIXES = frozenset((".doc", ".dot", ".rtf", ".odt"))
_CONVERTIBLE = ("doc", "rtf", "odt")
_PROGRAMS = ("soffice", "libreoffice")
_EACH_SECONDS = 8  # more time for every further file of a batch

# Macros off and no pictures fetched from addresses that a document names.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def is_legacy_name(name: str) -> bool:
    """Say whether a file of this name is likely to need LibreOffice."""
    return PurePosixPath(name.lower()).suffix in _LEGACY_SUFFIXES


def read(
    name: str,
    data: bytes,
    limits: Limits,
    found: str,
    converted: bytes | RasoatError | None = None,
) -> RawDocument:
    """Return the document; ``found`` is doc, rtf or odt, ``converted`` its .docx if made before.

    Raises RS-106 (password), RS-108 (no program), RS-109 (too slow), RS-110 (not convertible).
    """
    if found == "doc" and doc_is_encrypted(data):
        raise ERRORS.error("RS-106", name=name)
    if converted is None:
        converted = convert_many({name: data}, limits)[name]
    if isinstance(converted, RasoatError):
        if found == "doc" and (words := _antiword(data, limits)):
            return _plain(name, data, words)
        if found == "rtf" and (document := rtf.read(name, data)):
            return document
        raise converted
    document = docx.read(name, converted, limits)
    document.format = found
    document.digest = hashlib.sha256(data).hexdigest()
    return document


def _plain(name: str, data: bytes, words: str) -> RawDocument:
    """Return what antiword printed; it draws a table with «|» between the cells."""
    notes = [ERRORS.notice("RS-149")]
    text, converted = encoding.repair_lines(words)
    if converted:
        notes.append(legacy_notice(converted))
    composer = Composer()
    for drawn, lines in groupby(text.split("\n"), key=lambda line: line.startswith("|")):
        for line in _table(list(lines)) if drawn else lines:
            if line.strip():
                composer.line(line.strip())
    return compose(name, "doc", data, composer, notes)


def _table(drawn: list[str]) -> list[str]:
    rows = [[[cell.strip()] for cell in line.strip("|").split("|")] for line in drawn]
    columns = [
        [line for cell in column for line in cell] for column in zip_longest(*rows, fillvalue=[])
    ]
    # Lines of one cell stand below each other: a page head is read column by column.
    return table_lines([columns]) if is_layout([columns]) else table_lines(rows)


def convert_many(files: dict[str, bytes], limits: Limits) -> dict[str, bytes | RasoatError]:
    """Return the .docx of every Word file among ``files``, or why there is none.

    Files of other formats are left to their own readers. A file that stops the whole batch is
    found by trying each alone.
    """
    found = {name: detect(data) for name, data in files.items()}
    wanted = {
        name: (data, found[name])
        for name, data in files.items()
        if found[name] in _CONVERTIBLE and not (found[name] == "doc" and doc_is_encrypted(data))
    }
    if not wanted:
        return {}
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        return {
            name: ERRORS.error("RS-108", name=name, format=NAMES[kind])
            for name, (_, kind) in wanted.items()
        }
    results, in_time = _convert(program, wanted, limits)
    missing = {name: entry for name, entry in wanted.items() if name not in results}
    if len(wanted) > 1:
        for name, entry in missing.items():
            alone, in_time = _convert(program, {name: entry}, limits)
            results[name] = alone.get(name) or _failure(name, in_time, limits)
    else:
        results.update({name: _failure(name, in_time, limits) for name in missing})
    return results


def _failure(name: str, in_time: bool, limits: Limits) -> RasoatError:
    if in_time:
        return ERRORS.error("RS-110", name=name)
    return ERRORS.error("RS-109", name=name, seconds=f"{limits.converter_seconds:g}")


def _convert(
    program: str, files: dict[str, tuple[bytes, str]], limits: Limits
) -> tuple[dict[str, bytes | RasoatError], bool]:
    """Run LibreOffice once; returns what it made and whether it ended in time."""
    with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
        room = Path(folder)
        for part in ("profile/user", "in", "out"):
            (room / part).mkdir(parents=True)
        (room / "profile/user/registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        # The names are ours: a document's own name never reaches the disk or a command line.
        names = {f"{number:04d}": name for number, name in enumerate(files)}
        inputs = []
        for stem, name in names.items():
            data, kind = files[name]
            path = room / "in" / f"{stem}.{kind}"
            path.write_bytes(blank_hidden(data) if kind == "doc" else data)
            inputs.append(str(path))
        command = [
            program, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless",
            "--norestore", "--nodefault", "--nolockcheck", "--nologo", "--convert-to",
            "docx:MS Word 2007 XML", "--outdir", str(room / "out"), *inputs,
        ]  # fmt: skip
        seconds = limits.converter_seconds + _EACH_SECONDS * (len(files) - 1)
        in_time = _run(command, seconds, room)
        return {
            names[path.stem]: path.read_bytes()
            for path in sorted((room / "out").glob("*.docx"))
            if path.stat().st_size
        }, in_time


def _run(command: list[str], seconds: float, room: Path) -> bool:
    """Run ``command`` in a session of its own and end all of it after ``seconds``."""
    process = subprocess.Popen(
        command,
        cwd=room,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        # soffice is a script that starts the real program; both go.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return True


def _antiword(data: bytes, limits: Limits) -> str:
    """Return the words of a .doc, '' where antiword is missing or cannot."""
    program = shutil.which("antiword")
    if program is None:
        return ""
    with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
        path = Path(folder, "in.doc")
        path.write_bytes(blank_hidden(data))
        try:
            ended = subprocess.run(
                [program, "-m", "UTF-8.txt", "-w", "0", str(path)],
                capture_output=True,
                timeout=limits.converter_seconds,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
    return ended.stdout.decode("utf-8", "replace") if ended.returncode == 0 else ""
