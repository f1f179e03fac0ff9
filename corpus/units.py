"""Which unit a line opens: Điều, Chương, khoản, điểm by their sequences, else a paragraph."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.errors import ERRORS
from corpus.footnote import is_consolidated, without_marks
from corpus.headings import Heading, container_heading, dieu_heading
from corpus.lineview import CONTAINERS, ITEM_KINDS, LineView
from corpus.outline import (
    CODIFIED,
    Kind,
    Line,
    letter_value,
    misread_diem,
    noted_form,
    noted_khoan,
    poor_khoan,
    scan,
)
from corpus.quotation import Quotation, inline_quote, target_of
from corpus.records import Notice, RawDocument, Region
from corpus.sequence import fits
from corpus.stem import stem_targets
from corpus.text import CleanText
from corpus.tree import DIEU_RANK, RANKS, ROOT, Open, Sequence, Tree

_CAPITALS = frozenset((Kind.ROMAN, Kind.LETTER))
_DOTTED = frozenset((Kind.SUB, Kind.SUBDIEM))
_SAME_TITLE = 60  # characters that make two printings of a heading the same
_ANNOUNCEMENT = 250  # characters within which a unit says that it amends
_SEVERAL = "một số"  # «Sửa đổi, bổ sung một số điều của Luật …»: the units below say which
# «Quyết định này có hiệu lực», «Quy chế này quy định»
_SPEAKS_OF_ITSELF = re.compile(
    r"\b(?:(?P<decision>Quyết\s+định|Nghị\s+quyết)|Quy\s+chế|Quy\s+định|Điều\s+lệ|Nội\s+quy)\s+này\b"
)
_STEM_LENGTH = 400  # characters of a stem in which its targets are looked for


def speaks_of_amending(words: str) -> bool:
    """Say whether «sửa đổi», «bổ sung» or «thay thế» occurs; every unit of an act is asked."""
    return (
        "ửa đổi" in words
        or "ổ sung" in words
        or "hay thế" in words
        or "SỬA ĐỔI" in words
        or "BỔ SUNG" in words
    )


class UnitParser:
    """Opens units in the tree, line by line; knows nothing of annexes and signatures."""

    def __init__(self, raw: RawDocument, cleaned: CleanText) -> None:
        self.raw = raw
        self.cleaned = cleaned
        self.text = cleaned.text
        self.lines = _outside_regions(scan(cleaned.text), cleaned, raw.regions)
        self.view = LineView(cleaned.text, self.lines)
        self.tree = Tree(raw, cleaned)
        self.notes: list[Notice] = []
        self.quote: Quotation | None = None
        self.targets: list[str] = []  # what the quoted text at hand will replace
        self.pending: Line | None = None  # quoted rest of a line that also holds its stem
        self.skip = 0  # lines before this index are already part of a heading
        self.wrapped = self.view.hard_wrapped()
        self.consolidated = is_consolidated(self.text)
        if self.consolidated:
            for line in self.lines:
                noted_form(line)

    def unit(self, line: Line, index: int) -> None:
        """A line of the act itself or of quoted text: a unit if it fits, else a paragraph."""
        if line.kind is Kind.TEXT or not self._accept(line, index):
            self._paragraph(line, index)

    def _accept(self, line: Line, index: int) -> bool:
        kind = line.kind
        if kind in ITEM_KINDS:
            return self._accept_item(line, index)
        if kind is Kind.DIEU:
            return self._accept_dieu(line, index)
        if kind in CONTAINERS:
            return self._accept_container(line, index)
        return False

    def _paragraph(self, line: Line, index: int) -> None:
        tree = self.tree
        if (
            tree.provisions
            and tree.ends_at(self.lines[index - 1].end)
            and self.view.goes_on(line, index)
        ):
            tree.extend(line.end)
        elif self._poor_khoan(line, index):
            return
        else:
            provision = tree.paragraph(line)
            if tree.top.quoted and tree.top.rank == ROOT and self.targets:
                provision.target = f"{self.targets[0]}/doan-{tree.top.paragraphs}"
        self.inline(line)

    def _poor_khoan(self, line: Line, index: int) -> bool:
        """«l.» or «1 Title» where khoản 1 is due, «2 Title» after a khoản of the same make."""
        if self.text[line.start] not in "l123456789":
            return False
        unit = self.tree.parent_for(RANKS[Kind.KHOAN])
        sequence = unit.sequences.get(Kind.KHOAN)
        first = sequence is None and self.tree.top.rank == DIEU_RANK
        if not first and (sequence is None or sequence.delim):
            return False
        known = replace(line)
        if not poor_khoan(known, self.view.words(line)):
            return False
        if first and not known.delim and not self._goes_on_from(known.value, index):
            return False
        if not first and known.value != sequence.value + 1:
            return False
        return self._accept_item(known, index)

    def _goes_on_from(self, value: int, index: int) -> bool:
        return any(
            self.view.ahead(index, Kind.KHOAN, later, ".") for later in (value + 1, value + 2)
        )

    # Điều, containers, items

    def _repeats_heading(self, line: Line, sequence: Sequence) -> bool:
        """«Điều 18. Title» printed twice in a row."""
        last = self.tree.provisions[-1]
        same = line.value == sequence.value and line.suffix == sequence.suffix
        if not same or last.level != "dieu" or not last.heading:
            return False
        words = " ".join(self.text[line.body : line.end].split())
        return words.casefold().startswith(last.heading.casefold()[:_SAME_TITLE])

    def _accept_dieu(self, line: Line, index: int) -> bool:
        tree = self.tree
        home = self.home()
        sequence = home.sequences.get(Kind.DIEU)
        rest = self.text[line.body : line.end]
        after_heading = self.skip == index and tree.top.rank <= DIEU_RANK
        after_end = after_heading or self.view.after_end(index)
        exact = sequence is None or (
            (line.value == sequence.value + 1 and line.suffix in ("", "a"))
            or (line.value == sequence.value and line.suffix > sequence.suffix)
        )
        if sequence is not None and self._repeats_heading(line, sequence):
            tree.extend(line.end)
            return True
        if line.value == CODIFIED:
            exact = True
        if not exact:
            if line.weak or not after_end or rest[:1].islower():
                return False
            if line.value > sequence.value:
                if self.view.ahead(index, Kind.DIEU, sequence.value + 1, ""):
                    return False
                self.note("RS-201", first=sequence.value, second=line.number)
            elif home.index < 0 and line.value == 1 and self.view.ahead(index, Kind.DIEU, 2, ""):
                self._open_part(self._unnamed_part(line), line, Heading("", line.start, index))
                return self._accept_dieu(line, index)
            elif rest and rest[-1] in ".;,":
                return False
        elif not after_end and (line.weak or (sequence is not None and rest[:1].islower())):
            return False
        if line.value != CODIFIED:
            home.sequences[Kind.DIEU] = Sequence(line.value, line.suffix, "")
        heading = dieu_heading(
            self.view, line, index, wrapped=self.wrapped, ends=self._ends_quote(line)
        )
        self._open(Kind.DIEU, DIEU_RANK, line, heading)
        return True

    def _unnamed_part(self, line: Line) -> str:
        """Return what an attached text without a heading is: Điều that count from 1 again.

        A form of a decision whose heading the scan lost and a second decision in the file speak of
        «Quyết định này»; a Quy chế speaks of itself.
        """
        itself = _SPEAKS_OF_ITSELF.search(self.text, line.start)
        return "van-ban" if itself and itself["decision"] else "quy-che"

    def home(self) -> Open:
        """The part (act, attached text, quoted block) whose Điều are counted together."""
        return next(unit for unit in reversed(self.tree.stack) if unit.rank == ROOT)

    def _accept_container(self, line: Line, index: int) -> bool:
        if line.weak and not self.view.after_end(index):
            return False
        rank = RANKS[line.kind]
        parent = self.tree.parent_for(rank)
        if not self.view.leads_to_dieu(index):
            sequence = parent.sequences.get(line.kind)
            inside_dieu = any(unit.rank == DIEU_RANK for unit in self.tree.stack)
            due = sequence.value + 1 if sequence else 1
            if line.value != due or (inside_dieu and self.quote is None):
                return False
        parent.sequences[line.kind] = Sequence(line.value, line.suffix, "")
        self._open(line.kind, rank, line, container_heading(self.view, line, index))
        return True

    def _accept_item(self, line: Line, index: int) -> bool:
        kind = line.kind
        if kind in _CAPITALS:
            return self._accept_capital(line, index)
        if self.view.number_refers(index):
            return False
        if kind in _DOTTED and self._is_noted_khoan(line):
            noted_khoan(line)
            kind = line.kind
        dotted = kind in _DOTTED
        rank = RANKS[kind] + (line.number.count(".") - 1 if dotted else 0)
        parent = self.tree.parent_for(rank)
        if dotted and not _belongs(line, parent):
            return False
        sequence = parent.sequences.get(kind)
        due = sequence is not None and sequence.continued_by(line)
        doubtful = line.delim == ")" and not (due and kind is Kind.DIEM)
        if doubtful and self._misread_diem(line, index):
            return True
        if due:
            sequence.value, sequence.suffix = line.value, ""
        elif not self._fits(parent, line, index):
            return False
        self._open(kind, rank, line, Heading("", line.end, index + 1))
        return True

    def _fits(self, parent: Open, line: Line, index: int) -> bool:
        """Whether ``line`` may be the next child of its kind although it is not the one due."""
        kind = line.kind
        khoan = self._next_khoan() if kind is Kind.DIEM else 0
        return fits(
            parent.sequences,
            line,
            lambda value, delim: self.view.ahead(index, kind, value, delim, khoan),
            free=parent.quoted and (parent.rank == ROOT or self._named(parent, line)),
        )

    def _next_khoan(self) -> int:
        """Number of the khoản that would follow the one at hand."""
        sequence = self.tree.parent_for(RANKS[Kind.KHOAN]).sequences.get(Kind.KHOAN)
        return sequence.value + 1 if sequence else 0

    def _is_noted_khoan(self, line: Line) -> bool:
        """Whether «2.9 Hồ sơ» of a consolidated text is khoản 2 with the number of a footnote."""
        if not self.consolidated or line.delim or line.number.count(".") != 1:
            return False
        if line.kind is not Kind.SUB:
            return False
        number = line.number.partition(".")[0]
        return int(number) == (self._next_khoan() or 1)

    def _misread_diem(self, line: Line, index: int) -> bool:
        """«6)» where điểm b is due, a second «d)» where đ is due and does not come."""
        sequence = self.tree.parent_for(RANKS[Kind.DIEM]).sequences.get(Kind.DIEM)
        if sequence is None or sequence.delim != ")":
            return False
        known = misread_diem(line, sequence.value)
        if known is None:
            return False
        ahead = self.view.ahead
        if line.kind is Kind.KHOAN and ahead(index, Kind.KHOAN, line.value + 1, ")"):
            return False  # a list «1) 2) 3)»
        if ahead(index, Kind.DIEM, known.value, ")", self._next_khoan()):
            return False
        return self._accept_item(known, index)

    def _named(self, parent: Open, line: Line) -> bool:
        """Whether the stem names this unit: «khoản 3 Điều 5 như sau: “Điều 5. … 3. …”»."""
        level = "khoan" if line.kind is Kind.KHOAN else "diem"
        return f"{parent.target}/{level}-{line.number}" in self.targets

    def _accept_capital(self, line: Line, index: int) -> bool:
        """«I.» as Roman numeral or letter, whichever sequence it continues."""
        stack = self.tree.stack
        upper = self.text[line.body : line.end].isupper()
        if not upper and self.tree.top.rank >= RANKS[Kind.KHOAN]:
            ranks = {unit.rank for unit in stack}
            if DIEU_RANK in ranks and not ranks & {RANKS[Kind.ROMAN], RANKS[Kind.LETTER]}:
                return False
        readings = [(line.kind, line.value, line.number)]
        if line.kind is Kind.ROMAN and len(line.shown) == 1:
            readings.insert(0, (Kind.LETTER, letter_value(line.shown), line.shown.lower()))
        for kind, value, number in readings:
            parent = self.tree.parent_for(RANKS[kind])
            sequence = parent.sequences.get(kind)
            if sequence is None and value == 1:
                parent.sequences[kind] = Sequence(value, "", line.delim)
            elif sequence is not None and _next_capital(kind, sequence.value, value):
                sequence.value = value
            else:
                continue
            line.value, line.number = value, number
            title = " ".join(self.text[line.body : line.end].split()) if upper else ""
            self._open(kind, RANKS[kind], line, Heading(title, line.end, index + 1))
            return True
        return False

    def _open(self, kind: Kind, rank: int, line: Line, heading: Heading) -> None:
        """Open a unit and note what it announces: amendments, quoted text on its own line."""
        tree = self.tree
        title = heading.title
        if title and self.consolidated:
            title = without_marks(title)
        opened = tree.open_unit(kind, rank, line, heading.end, title)
        if heading.following > self.skip:
            self.skip = heading.following
        if opened.quoted:
            level, _, number = opened.target.rpartition("-")
            if "/" not in level:
                opened.target = target_of(self.targets, level, f"{level}-{number}")
                tree.provisions[opened.index].target = opened.target
            return
        if not opened.amends:
            words = self.text[line.start : min(heading.end, line.start + _ANNOUNCEMENT)]
            opened.amends = speaks_of_amending(words)
        if opened.amends:
            above = next((unit.target for unit in reversed(tree.stack[:-1]) if unit.target), "")
            # the number of a Điều would read as a unit of the amended act
            start = line.body if rank == DIEU_RANK else line.start
            stem = self.text[start : min(heading.end, line.start + _STEM_LENGTH)]
            if rank != DIEU_RANK or _SEVERAL not in stem:
                opened.target = ";".join(stem_targets(stem, above.split(";") if above else []))
            self.inline(line)

    def inline(self, line: Line) -> None:
        """Split «… như sau: “2. …»: the quoted rest becomes the next line."""
        if self.quote is not None or not self.tree.top.amends:
            return
        at = inline_quote(self.view.words(line))
        if at >= 0:
            self.tree.extend(line.start + len(self.text[line.start : line.start + at].rstrip()))
            self.pending = Line(line.start + at, line.end)

    def _ends_quote(self, line: Line) -> bool:
        """Whether quoted text ends on this very line, so that a heading cannot go on."""
        return (
            self.quote is not None
            and self.quote.depth <= 0
            and self.quote.may_end_with(self.view.words(line))
        )

    def note(self, code: str, **fields: object) -> None:
        self.notes.append(ERRORS.notice(code, **fields))


def _belongs(line: Line, parent: Open) -> bool:
    """«2.1.» belongs below 2, «a.1)» below a)."""
    if line.kind is Kind.SUBDIEM:
        return parent.path.endswith(f"diem-{line.number[0]}")
    outer = line.number.rpartition(".")[0]
    segment = parent.path.rpartition("/")[2]
    if segment.startswith("khoan-") or "." in outer:
        return segment == f"khoan-{outer}" or (parent.quoted and parent.rank == ROOT)
    return parent.rank < RANKS[Kind.KHOAN]


def _next_capital(kind: Kind, last: int, value: int) -> bool:
    return value == last + 1 or (kind is Kind.ROMAN and value == last + 2 and last > 1)


def _outside_regions(lines: list[Line], cleaned: CleanText, regions: list[Region]) -> list[Line]:
    """Drop the lines that a reader already marked as no provision."""
    if not regions:
        return lines
    spans = sorted((cleaned.clean_offset(r.start), cleaned.clean_offset(r.end)) for r in regions)
    kept = []
    place = 0
    for line in lines:
        while place < len(spans) and spans[place][1] <= line.start:
            place += 1
        if place < len(spans) and spans[place][0] <= line.start:
            continue
        kept.append(line)
    return kept
