"""Merged cells of Word 97–2003 files: words that Word does not show are blanked.

Word shows the words of the first of a row's merged cells. Files of the portals keep them in each
of the others as well and give these no width; LibreOffice then runs all together («11.00011.000»),
even with those of the next cell. Structures are named as in [MS-DOC].
"""

from __future__ import annotations

import io
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import olefile

_MAIN = "WordDocument"
_FLAGS, _TABLE_1 = 10, 0x0200  # FibBase: which of two streams holds the tables of the file
_PARAGRAPHS, _CLX = 0x0102, 0x01A2  # FibRgFcLcb97: fcPlcfBtePapx, fcClx
_COMPRESSED = 0x4000_0000  # FcCompressed: one byte a character
_PAGE = 512
_CELL_END, _PARAGRAPH_END = 7, 13
_FIRST_PRINTED = 0x20

# Properties of a paragraph: sprmPFTtp ends a row, sprmTDefTable describes its cells; in a table
# inside a cell sprmPFInnerTableCell ends a cell, sprmPFInnerTtp a row.
_ROW_END, _ROW_CELLS = 0x2417, 0xD608
_INNER_CELL, _INNER_ROW_END = 0x244B, 0x244C
_ELSEWHERE = 0x6646  # sprmPHugePapx: the properties stand in the stream «Data»
_LONG_TABS = 0xC615  # sprmPChgTabs: 255 in place of its length
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes, by the three high bits of a Sprm
_CELL = 20  # bytes of a TC80
_GOES_ON = 0b10  # of its flags (fMerged): it belongs to the cell before it

_Properties = dict[int, bytes | bytearray]
# What a damaged file raises, in olefile and here.
_BROKEN = (OSError, ValueError, IndexError, OverflowError, struct.error)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # in characters of the text
    place: int  # in bytes of the stream
    width: int  # bytes a character


@dataclass(frozen=True, slots=True)
class _Text:
    """The characters of a file as it stores them, and where."""

    units: array[int]
    pieces: list[_Piece]

    def place(self, character: int) -> tuple[int, int]:
        """Return the first byte and the width of a character."""
        piece = self.pieces[bisect_right(self.pieces, character, key=lambda p: p.start) - 1]
        return piece.place + (character - piece.start) * piece.width, piece.width


def blank_hidden(data: bytes) -> bytes:
    """Return a .doc whose merged cells keep their words once; the same bytes where none has them.

    Cells whose words differ from those of the first are left alone, and so is a file too damaged
    to follow: its converter decides what can be read.
    """
    try:
        return _blank_hidden(data)
    except _BROKEN:
        return data


def _blank_hidden(data: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with olefile.OleFileIO(buffer, write_mode=True) as file:
        main = bytearray(file.openstream(_MAIN).read())
        flags = _number(main, _FLAGS, "H")
        table = file.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
        extra = file.openstream("Data").read() if file.exists("Data") else b""
        text = _text(main, table)
        hidden = list(_hidden(text, _paragraphs(main, table, extra)))
        if not hidden:
            return data
        for start, end in hidden:
            for character in range(start, end):
                if text.units[character] >= _FIRST_PRINTED:
                    place, width = text.place(character)
                    main[place : place + width] = b" \0"[:width]
        file.write_stream(_MAIN, bytes(main))
        return buffer.getvalue()


def _number(data: bytes | bytearray, offset: int, kind: str) -> int:
    (value,) = struct.unpack_from(f"<{kind}", data, offset)
    return value


def _text(main: bytearray, table: bytes) -> _Text:
    """Return the text that the piece table (Clx, PlcPcd) puts together."""
    start, length = struct.unpack_from("<II", main, _CLX)
    clx = table[start : start + length]
    at = 0
    while clx[at] == 1:  # Prc: changes of formatting
        at += 3 + _number(clx, at + 1, "H")
    count = (_number(clx, at + 1, "I") - 4) // 12
    borders = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    units = array("H")
    pieces = []
    for index in range(count):
        stored = _number(clx, at + 5 + 4 * (count + 1) + 8 * index + 2, "I")
        narrow = bool(stored & _COMPRESSED)
        place = (stored & (_COMPRESSED - 1)) // 2 if narrow else stored
        pieces.append(_Piece(len(units), place, 1 if narrow else 2))
        length = borders[index + 1] - borders[index]
        units.extend(_units(main[place : place + length * pieces[-1].width], narrow))
        if len(units) > len(main):
            raise ValueError("pieces overlap")
    return _Text(units, pieces)


def _units(stored: bytearray, narrow: bool) -> array[int]:
    if narrow:
        return array("H", list(stored))
    units = array("H", bytes(stored))
    if sys.byteorder == "big":
        units.byteswap()
    return units


def _paragraphs(main: bytearray, table: bytes, extra: bytes) -> Iterator[tuple[int, _Properties]]:
    """Yield for every paragraph where it ends in the stream, and its properties (PapxFkp)."""
    start, length = struct.unpack_from("<II", main, _PARAGRAPHS)
    count = (length - 4) // 8
    pages = struct.unpack_from(f"<{count}I", table, start + 4 * (count + 1))
    for page in (number * _PAGE for number in dict.fromkeys(pages)):
        paragraphs = main[page + _PAGE - 1]
        for number in range(paragraphs):
            described = page + 2 * main[page + 4 * (paragraphs + 1) + 13 * number]
            if described == page:
                continue  # nothing beyond its style
            words = main[described]
            begin, end = described + 1, described + 2 * words
            if not words:
                begin, end = described + 2, described + 2 + 2 * main[described + 1]
            found = dict(_properties(main[begin + 2 : end]))  # after the number of the style
            if _ELSEWHERE in found:
                place = _number(found[_ELSEWHERE], 0, "I")
                size = _number(extra, place, "H")
                found |= dict(_properties(extra[place + 2 : place + 2 + size]))
            yield _number(main, page + 4 * (number + 1), "I"), found


def _properties(stored: bytes | bytearray) -> Iterator[tuple[int, bytes | bytearray]]:
    """Yield code and operand of the Prl of a paragraph."""
    at = 0
    while at + 3 <= len(stored):
        code = _number(stored, at, "H")
        at += 2
        size = _OPERAND.get(code >> 13)
        if code == _ROW_CELLS:
            size = _number(stored, at, "H") + 1
        elif size is None and code == _LONG_TABS and stored[at] == 255:
            deleted = stored[at + 1]
            size = 3 + 4 * deleted + 3 * stored[at + 2 + 4 * deleted]
        elif size is None:
            size = 1 + stored[at]
        yield code, stored[at : at + size]
        at += size


def _merging(operand: bytes | bytearray) -> list[bool]:
    """Return for the cells of a TDefTableOperand which go on from the cell before them."""
    count = operand[2]
    first = 3 + 2 * (count + 1)  # after the borders of the columns
    places = range(first, first + count * _CELL, _CELL)
    # Cells at the end that say nothing may be left out.
    return [at < len(operand) and bool(operand[at] & _GOES_ON) for at in places]


def _hidden(
    text: _Text, paragraphs: Iterable[tuple[int, _Properties]]
) -> Iterator[tuple[int, int]]:
    """Yield start and end of the words that say again what the first of their cells says."""
    closing = [i for i, unit in enumerate(text.units) if unit in (_CELL_END, _PARAGRAPH_END)]
    closed = {sum(text.place(character)): character for character in closing}
    cells = [character for character in closing if text.units[character] == _CELL_END]
    inner: list[int] = []
    rows: list[tuple[int, list[bool]]] = []
    inner_rows: list[tuple[int, list[bool]]] = []
    for stop, found in paragraphs:
        character = closed.get(stop)
        if character is None:
            continue
        if _INNER_CELL in found or _INNER_ROW_END in found:
            inner.append(character)
        if _ROW_CELLS in found and (_ROW_END in found or _INNER_ROW_END in found):
            kind = rows if _ROW_END in found else inner_rows
            kind.append((character, _merging(found[_ROW_CELLS])))
    yield from _repeated(text.units, cells, rows)
    yield from _repeated(text.units, sorted(inner), inner_rows)


def _repeated(
    units: array[int], marks: list[int], rows: list[tuple[int, list[bool]]]
) -> Iterator[tuple[int, int]]:
    """Yield the same of rows whose cells, and themselves, end at ``marks``."""
    for row_end, merging in rows:
        last = bisect_left(marks, row_end)
        if last < len(merging):
            continue
        ends = marks[last - len(merging) : last]
        for first, cell in _repeating(merging):
            start, end = ends[cell - 1] + 1, ends[cell]
            shown = units[max(0, ends[first] - (end - start)) : ends[first]]
            if start < end and shown == units[start:end]:
                yield start, end


def _repeating(merging: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first cell of a merged group and each that goes on from it."""
    first = None
    for cell, goes_on in enumerate(merging):
        if not goes_on:
            first = cell
        elif first is not None:
            yield first, cell
