"""Words of a scanned page, recognised by Tesseract with its Vietnamese model (Debian packages).

One page at a time, as a grey picture over the standard input of the program: no shell, no file, a
bound on seconds. Lines keep their places, so that a scan goes through the same care as a printed
page; every page keeps how sure the program was of its words.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median
from time import monotonic

import numpy as np

from corpus.readers.pdf_page import Line

_LANGUAGE = "vie"
_LISTING_SECONDS = 20
_POINTS = 72  # in an inch
#: Words below this mean confidence (of 100) are specks, stamps and handwriting, not a line.
LEAST_CONFIDENCE = 30
_COLUMN_GAP = 2.5  # heights of a letter; blanks of justified lines are narrower
_WORD_LEVEL = "5"  # of Tesseract's table: page, block, paragraph, line, word
_UPRIGHT_CONFIDENCE = 60  # of words read the right way up, even on a poor scan
_TURN_COST = 5  # a turned page may be read a little less surely than one read sideways
_FEWEST_WORDS = 8  # from which the confidence tells which way up a page is
_SPECK = re.compile(r"[\W_]+\Z")
_NUMBER_WORD = re.compile(r"(?:[Ss][ốôo]|SỐ)[:.]?\Z")
_BEFORE_SLASH = re.compile(r"[^\s/]{1,6}(?=/|\Z)")  # of «288/QĐ-TTg», or «288» printed apart
_MOTTO = re.compile(r"C[ỘÔOỌ]NG\s+H[OÒ][AÀ]")  # begins the right column, however near the left one
_LIST_MARK = re.compile(r"[-–—+•*]\Z")
# Shadows of the page's edge are read as these, alone or stuck to the first word.
_EDGE_MARKS = "_|¬ˆ~°‹›«»„¦"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read on one page; ``confidence`` is the mean over its words, 0 to 100."""

    lines: list[Line]
    confidence: float
    words: int
    specks: int  # marks left out because they are no words
    sideways: bool = False  # most lines run up or down the page
    unread: tuple[str, ...] = ()  # numbers of acts that are too poor to be believed, as read


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey page, one byte for each pixel, rows from the top."""

    pixels: bytes
    width: int
    height: int
    dpi: float

    def turned(self, degrees: int) -> Picture:
        """Return the page turned clockwise by 90, 180 or 270 degrees."""
        rows = np.frombuffer(self.pixels, dtype=np.uint8).reshape(self.height, self.width)
        turned = np.ascontiguousarray(np.rot90(rows, -degrees // 90))
        height, width = turned.shape
        return Picture(turned.tobytes(), width, height, self.dpi)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float
    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width


def program() -> str | None:
    """Return the path of a Tesseract that knows Vietnamese, None where there is none."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    try:
        listed = subprocess.run(
            [found, "--list-langs"], capture_output=True, timeout=_LISTING_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if _LANGUAGE in listed.stdout.decode("utf-8", "replace").split() else None


def recognise(tesseract: str, picture: Picture, seconds: float) -> Recognised | None:
    """Return what stands on ``picture``; None where the program failed or took too long.

    A page that was scanned sideways or upside down is turned and read again.
    """
    until = monotonic() + seconds
    found = _recognise(tesseract, picture, seconds)
    turn = _turn(found) if found is not None else 0
    if found is None or not turn:
        return found
    upright = _recognise(tesseract, picture.turned(turn), max(until - monotonic(), 0))
    if upright is None or upright.sideways or upright.confidence + _TURN_COST < found.confidence:
        return found
    return upright


def _recognise(tesseract: str, picture: Picture, seconds: float) -> Recognised | None:
    command = [
        tesseract, "-", "-", "-l", _LANGUAGE, "--psm", "3", "--dpi", f"{picture.dpi:.0f}", "tsv",
    ]  # fmt: skip
    grey_map = b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels
    try:
        ended = subprocess.run(
            command,
            input=grey_map,
            capture_output=True,
            timeout=seconds,
            check=False,
            # Its threads wait for each other more than they help.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if ended.returncode != 0:
        return None
    return read_table(ended.stdout.decode("utf-8", "replace"), picture)


def _turn(found: Recognised) -> int:
    """Return by how much the page should be turned to stand upright, 0 where it seems to.

    Tesseract reads lines that run down the page well, and lines that run up or stand upside down
    as nonsense, of which it is not sure.
    """
    unsure = found.words >= _FEWEST_WORDS and found.confidence < _UPRIGHT_CONFIDENCE
    if found.sideways:
        return 90 if unsure else 270
    return 180 if unsure else 0


def read_table(table: str, picture: Picture) -> Recognised:
    """Return the lines of Tesseract's TSV; lengths become points, counted from the bottom."""
    lines: list[Line] = []
    sure = 0.0
    words = specks = down = across = 0
    unread: list[str] = []
    for row in _rows(table):
        for piece in _pieces(row):
            kept, dropped = _without_specks(piece)
            specks += dropped
            if not kept:
                continue
            if poor := _poor_number(kept):
                unread.append(poor)
            text = " ".join(word.text for word in kept)
            sure += sum(word.confidence for word in kept)
            words += len(kept)
            down += abs(kept[-1].top - kept[0].top)
            across += abs(kept[-1].left - kept[0].left)
            lines.append(_line(text, kept, picture))
    mean = sure / words if words else 0.0
    return Recognised(lines, mean, words, specks, down > across, tuple(unread))


def _rows(table: str) -> Iterable[list[_Word]]:
    rows: dict[tuple[str, ...], list[_Word]] = {}
    for entry in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (entry.get("text") or "").strip()
        if entry["level"] != _WORD_LEVEL or not text:
            continue
        key = (entry["block_num"], entry["par_num"], entry["line_num"])
        left, top, width, height = (int(entry[name]) for name in ("left", "top", "width", "height"))
        word = _Word(text, max(float(entry["conf"]), 0.0), left, top, width, height)
        rows.setdefault(key, []).append(word)
    return rows.values()


def _pieces(row: list[_Word]) -> list[list[_Word]]:
    """Cut a line where a column's gap goes through it: issuer and quốc hiệu, cells of a table."""
    gap = _COLUMN_GAP * median(word.height for word in row)
    pieces = [[row[0]]]
    for place, word in enumerate(row[1:], start=1):
        pair = " ".join(one.text for one in row[place : place + 2])
        if _MOTTO.fullmatch(pair) or word.left - pieces[-1][-1].right > gap:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _without_specks(piece: list[_Word]) -> tuple[list[_Word], int]:
    kept = list(piece)
    while kept and _is_speck(kept[-1].text):
        kept.pop()
    while kept and _is_speck(kept[0].text) and not _LIST_MARK.match(kept[0].text):
        kept.pop(0)
    if not any(char.isalnum() for word in kept for char in word.text):
        return [], len(piece)
    if sum(word.confidence for word in kept) < LEAST_CONFIDENCE * len(kept):
        return [], len(piece)
    first = kept[0]
    if (bare := first.text.lstrip(_EDGE_MARKS)) and bare != first.text:
        kept[0] = _Word(bare, first.confidence, first.left, first.top, first.width, first.height)
    return kept, len(piece) - len(kept)


def _poor_number(line: list[_Word]) -> str:
    """Put «…» for the digits of «Số: 44/QĐ-BTP» where they were guessed; returns what was read.

    Numbers are often handwritten, and a wrong one would make the act another act.
    """
    if len(line) < 2 or not _NUMBER_WORD.match(line[0].text):
        return ""
    digits = _BEFORE_SLASH.match(line[1].text)
    if digits is None or line[1].confidence >= LEAST_CONFIDENCE:
        return ""
    read = line[1].text
    line[1] = replace(line[1], text="…" + read[digits.end() :])
    return read


def _is_speck(text: str) -> bool:
    # Quotes, brackets and stops belong to the words beside them even when printed apart.
    return bool(_SPECK.match(text)) and not any(mark in '.;:!?)”"…/' for mark in text)


def _line(text: str, words: list[_Word], picture: Picture) -> Line:
    scale = _POINTS / picture.dpi
    top = min(word.top for word in words)
    bottom = max(word.top + word.height for word in words)
    return Line(
        text,
        left=words[0].left * scale,
        right=words[-1].right * scale,
        bottom=(picture.height - bottom) * scale,
        top=(picture.height - top) * scale,
        size=median(word.height for word in words) * scale,
    )
