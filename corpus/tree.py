"""The growing provision tree of one act: open units, their sequences, and unique paths."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass

from corpus.label import WORDS, quoted_label, word_of
from corpus.outline import Kind, Line
from corpus.records import Level, Provision, RawDocument
from corpus.text import CleanText

# How deep a unit lies: a new unit closes every open unit of the same or a greater rank.
ROOT, DIEU_RANK = -1, 50
RANKS = {
    Kind.PHAN: 10, Kind.CHUONG: 20, Kind.MUC: 30, Kind.TIEU_MUC: 40, Kind.DIEU: DIEU_RANK,
    Kind.LETTER: 55, Kind.ROMAN: 60, Kind.KHOAN: 70, Kind.SUB: 71, Kind.DIEM: 80, Kind.SUBDIEM: 81,
}  # fmt: skip
LEVELS: dict[Kind, Level] = {
    Kind.PHAN: "phan", Kind.CHUONG: "chuong", Kind.MUC: "muc", Kind.TIEU_MUC: "tieu-muc",
    Kind.DIEU: "dieu", Kind.LETTER: "phan", Kind.ROMAN: "muc", Kind.KHOAN: "khoan",
    Kind.SUB: "khoan", Kind.DIEM: "diem", Kind.SUBDIEM: "diem", Kind.PHU_LUC: "phu-luc",
    Kind.MAU: "mau",
}  # fmt: skip
# How a unit is called, by kind; «A.» and «I.» of acts without Điều have names of their own.
_WORDS = {kind: WORDS[level] for kind, level in LEVELS.items()} | {
    Kind.LETTER: "phần", Kind.ROMAN: "mục",
}  # fmt: skip


@dataclass(slots=True)
class Sequence:
    """The last number accepted among the children of one kind, and an inner list beside it."""

    value: int
    suffix: str
    delim: str
    inner: int = 0  # last number of a list that started again at 1 inside the last child

    def continued_by(self, line: Line) -> bool:
        """Whether ``line`` has the very next number, in the same make and with no list open."""
        return (
            line.value == self.value + 1
            and not line.suffix
            and not self.inner
            and line.delim == self.delim
        )


@dataclass(slots=True)
class Open:
    """A unit that can still take children."""

    index: int  # in Tree.provisions; -1 for the main part of an act
    rank: int
    path: str
    label: str
    sequences: dict[Kind, Sequence]
    paragraphs: int = 0
    amends: bool = False  # its words announce amendments
    target: str = ""  # path in the amended act that this unit's quoted children belong to
    quoted: bool = False


class Tree:
    """Provisions in document order; clean offsets come in, source offsets go out."""

    def __init__(self, raw: RawDocument, cleaned: CleanText) -> None:
        self.raw = raw
        self.provisions: list[Provision] = []
        self.stack: list[Open] = [Open(-1, ROOT, "", "", {})]
        self.base = ""  # path of the attached text or annex at hand
        self.base_label = ""
        self.repeated: list[str] = []
        self._starts: array[int] | None = cleaned.starts
        self._used: dict[str, int] = {}
        self._pages = raw.page_starts

    @property
    def top(self) -> Open:
        return self.stack[-1]

    def source(self, offset: int) -> int:
        """Return the source offset of a clean offset."""
        return offset if self._starts is None else self._starts[offset]

    def close(self, rank: int) -> Open:
        """Close open units of ``rank`` and deeper; return the unit now open."""
        stack = self.stack
        while stack[-1].rank >= rank:
            stack.pop()
        return stack[-1]

    def parent_for(self, rank: int) -> Open:
        """Return the unit that would hold a new unit of ``rank``, closing nothing."""
        for unit in reversed(self.stack):
            if unit.rank < rank:
                return unit
        return self.stack[0]

    def start_part(
        self, name: str, number: str, line: Line, end: int, heading: str, level: Level
    ) -> Open:
        """Open an attached text or annex at the top of the act (a mẫu stays in its phụ lục)."""
        outer = self.stack[0]
        if level == "mau":
            for unit in self.stack:
                if unit.rank == ROOT and unit.path.rpartition("/")[2].startswith("phu-luc-"):
                    outer = unit
        while self.stack[-1] is not outer:
            self.stack.pop()
        own = word_of(
            name, number if name != "phu-luc" or line.kind != Kind.PHU_LUC else line.shown
        )
        if name == "mau":
            own = f"Mẫu số {line.shown}"
        opened = self._open(outer, level, f"{name}-{number}", own.strip(), ROOT, line, end, heading)
        self.base, self.base_label = opened.path, opened.label
        return opened

    def end_part(self) -> None:
        """Go back to the main text from an annex printed inside it."""
        del self.stack[1:]
        self.base = self.base_label = ""

    def open_unit(self, kind: Kind, rank: int, line: Line, end: int, heading: str) -> Open:
        """Open a unit below the innermost unit of a smaller rank."""
        level = LEVELS[kind]
        word = f"{_WORDS[kind]} {line.shown}"
        segment = f"{level}-{line.number}"
        return self._open(self.close(rank), level, segment, word, rank, line, end, heading)

    def _open(
        self,
        parent: Open,
        level: Level,
        segment: str,
        word: str,
        rank: int,
        line: Line,
        end: int,
        heading: str,
    ) -> Open:
        if level == "dieu" and not parent.quoted:
            prefix, outer = self.base, self.base_label
        else:
            prefix, outer = parent.path, parent.label
        path = f"{prefix}/{segment}" if prefix else segment
        if path in self._used:
            path = self._unique(path)
            word = f"{word} (lần {path.rpartition('~')[2]})"
        else:
            self._used[path] = 1
        if not outer:
            label = word
        elif parent.quoted and level == "dieu":
            label = f"{word} (tại {outer})"
        else:
            label = f"{word} {outer}"
        target = ""
        if parent.quoted:
            target = f"{parent.target}/{segment}" if parent.target and level != "dieu" else segment
        index = self._add(parent, path, level, label, heading, line.start, end, target)
        opened = Open(index, rank, path, label, {}, 0, parent.amends, target, parent.quoted)
        self.stack.append(opened)
        return opened

    def paragraph(self, line: Line) -> Provision:
        """Add an unnumbered paragraph to the innermost open unit.

        The first paragraph of a khoản or điểm is its own text, so there the count begins at 2.
        """
        unit = self.stack[-1]
        own = 1 if unit.rank >= RANKS[Kind.KHOAN] else 0
        number = unit.paragraphs = (unit.paragraphs or own) + 1
        segment = f"doan-{number}"
        path = self._unique(f"{unit.path}/{segment}" if unit.path else segment)
        label = f"đoạn {number} {unit.label}" if unit.label else f"đoạn {number}"
        target = ""
        if unit.quoted:
            target = f"{unit.target}/{segment}" if unit.target else segment
        index = self._add(unit, path, "doan", label, "", line.start, line.end, target)
        return self.provisions[index]

    def _add(
        self,
        parent: Open,
        path: str,
        level: Level,
        label: str,
        heading: str,
        start: int,
        end: int,
        target: str,
    ) -> int:
        provisions = self.provisions
        index = len(provisions)
        starts = self._starts
        if starts is not None:
            start, end = starts[start], starts[end]
        pages = self._pages
        above = parent.index if parent.index >= 0 else None
        provisions.append(
            Provision(
                path, level, label, heading, "", start, end,
                bisect_right(pages, start) or 1 if pages else None,
                above, [], end, parent.quoted, target,
            )
        )  # fmt: skip
        if above is not None:
            provisions[above].children.append(index)
        return index

    def _unique(self, path: str) -> str:
        count = self._used.get(path, 0) + 1
        self._used[path] = count
        if count == 1:
            return path
        self.repeated.append(path)
        return self._unique(f"{path}~{count}")

    def open_quote(self) -> None:
        """Start quoted new text below the innermost open unit."""
        unit = self.stack[-1]
        self.stack.append(Open(unit.index, ROOT, unit.path, unit.label, {}, quoted=True))

    def ends_at(self, end: int) -> bool:
        """Whether the last provision ends at the clean offset ``end``."""
        return self.provisions[-1].end == self.source(end)

    def close_quote(self) -> None:
        """End the quoted text: back to the unit that announced it."""
        while not (self.stack[-1].quoted and self.stack[-1].rank == ROOT):
            self.stack.pop()
        self.stack.pop()

    def extend(self, end: int) -> None:
        """Let the last provision run on to the clean offset ``end``."""
        self.provisions[-1].end = self.source(end)

    def finish(self) -> list[Provision]:
        """Fill texts and subtree ends."""
        source = self.raw.text
        stems: dict[int, str] = {}  # quoted unit → label of the unit that quotes it
        for index, provision in enumerate(self.provisions):
            provision.text = source[provision.start : provision.end]
            provision.subtree_end = provision.end
            if provision.quoted:
                self._name_quoted(index, stems)
        for provision in reversed(self.provisions):
            if provision.parent is not None:
                above = self.provisions[provision.parent]
                if provision.subtree_end > above.subtree_end:
                    above.subtree_end = provision.subtree_end
        return self.provisions

    def _name_quoted(self, index: int, stems: dict[int, str]) -> None:
        """Name quoted text by what it is in the amended act."""
        provision = self.provisions[index]
        stem = ""
        if provision.parent is not None:
            above = self.provisions[provision.parent]
            stem = stems[provision.parent] if above.quoted else above.label
        stems[index] = stem
        label = quoted_label(provision.target, stem)
        if label:
            repeat = provision.path.rpartition("/")[2].partition("~")[2]
            provision.label = f"{label} (lần {repeat})" if repeat else label
