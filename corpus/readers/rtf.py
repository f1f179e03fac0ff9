"""RTF without LibreOffice: the words, table rows and converted old fonts, by striprtf."""

from __future__ import annotations

from itertools import groupby

from striprtf.striprtf import rtf_to_text

from corpus import encoding
from corpus.errors import ERRORS
from corpus.readers.composer import Composer, compose, normal_lines
from corpus.readers.tables import table_lines
from corpus.readers.text import legacy_notice
from corpus.records import RawDocument

_CELL_END = "|"  # striprtf prints it after every cell of a row


def read(name: str, data: bytes) -> RawDocument | None:
    """Return the document, None where there are no words in it; raises nothing else of its own.

    RTF is ASCII with escapes; bytes above it are letters of the code page the file names.
    """
    words = normal_lines(rtf_to_text(data.decode("latin-1"), errors="replace"))
    if not any(char.isalnum() for char in words):
        return None
    notes = [ERRORS.notice("RS-162")]
    words, converted = encoding.repair_lines(words)
    if converted:
        notes.append(legacy_notice(converted))
    composer = Composer()
    for is_row, lines in groupby(words.split("\n"), key=lambda line: line.endswith(_CELL_END)):
        for line in table_lines([_row(line) for line in lines]) if is_row else lines:
            if line.strip():
                composer.line(line.strip())
    return compose(name, "rtf", data, composer, notes)


def _row(line: str) -> list[list[str]]:
    return [[cell.strip()] for cell in line[: -len(_CELL_END)].split(_CELL_END)]
