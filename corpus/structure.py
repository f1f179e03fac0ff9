"""Lines to tree: which line opens a Chương, a Điều, a khoản …, and what is no provision at all.

A number at the start of a line is a khoản only if the sequence fits; the same holds for điểm and,
more loosely, for Điều. What does not fit is an unnumbered paragraph (đoạn) of the unit at hand.
"""

from __future__ import annotations

import re

from corpus.errors import ERRORS
from corpus.frame import find_body
from corpus.head import read_head
from corpus.headings import Heading, container_heading, dieu_heading, part_heading
from corpus.lineview import ANNEXES, CONTAINERS, ITEMS, LineView
from corpus.outline import (
    CODIFIED,
    OPENING_QUOTE,
    Kind,
    Line,
    classify,
    letter_value,
    ocr_first_khoan,
    scan,
)
from corpus.part import bare_forms, part_name
from corpus.quotation import Quotation, announces_quote, inline_quote, resumes, target_of
from corpus.records import Act, FurnitureKind, Level, Notice, Provision, RawDocument, Region
from corpus.reference import stem_targets
from corpus.sequence import fits
from corpus.text import CleanText, clean
from corpus.tree import DIEU_RANK, RANKS, ROOT, Open, Sequence, Tree

_AMENDS = re.compile(r"[Ss]ửa\s+đổi|[Bb]ổ\s+sung|[Tt]hay\s+thế|SỬA\s+ĐỔI|BỔ\s+SUNG")
_SAME_TITLE = 60  # characters that make two printings of a heading the same
_STEM_LENGTH = 400  # characters of a stem in which its targets are looked for


def parse_act(raw: RawDocument) -> Act:
    """Return the act in ``raw``: head data, provision tree, and regions that are no provision.

    Never raises on any text; an act without a recognisable unit becomes paragraphs, with a notice.
    Linear in the length of the text.
    """
    return _Parser(raw, clean(raw.text)).run()


class _Parser:
    """One pass over the lines of an act."""

    def __init__(self, raw: RawDocument, cleaned: CleanText) -> None:
        self.raw = raw
        self.cleaned = cleaned
        self.text = cleaned.text
        self.lines = _outside_regions(scan(cleaned.text), cleaned, raw.regions)
        self.view = LineView(cleaned.text, self.lines)
        self.tree = Tree(raw, cleaned)
        self.regions: list[Region] = list(raw.regions)
        self.notes: list[Notice] = []
        self.quote: Quotation | None = None
        self.targets: list[str] = []  # what the quoted text at hand will replace
        self.pending: Line | None = None  # quoted rest of a line that also holds its stem
        self.skip = 0  # lines before this index are already part of a heading
        self.signed = False
        self.outside: FurnitureKind | None = None  # after the signature: kind of what follows
        self.counts: dict[str, int] = {}  # unnumbered parts by name
        self.in_form = False
        self.forms = bare_forms(self.lines)
        self.wrapped = self.view.hard_wrapped()

    def run(self) -> Act:
        lines = self.lines
        begin = find_body(self.text, lines)
        if begin:
            self._region(lines[0].start, lines[begin - 1].end, "head")
        for index in range(begin, len(lines)):
            if index < self.skip:
                continue
            self._line(lines[index], index)
            while self.pending is not None:
                line, self.pending = self.pending, None
                self._line(line, index)
        if self.quote is not None:
            self._note("RS-203", label=self.tree.top.label)
        provisions = self.tree.finish()
        self._report(provisions)
        head = self.raw.head or read_head(
            self.raw, self.cleaned, lines, begin, _effect_words(provisions)
        )
        self.regions.sort(key=lambda region: region.start)
        return Act(self.raw, head, provisions, self.regions, self.notes)

    # What a line is

    def _line(self, line: Line, index: int) -> None:
        if self.outside is not None:
            if self._starts_part(line, index):
                return
            if not self._resumes_body(line, index):
                self._outside(line)
                return
            self.outside = None
        if self.quote is not None:
            if not self._outer_resumes(line):
                self._quoted(line, index)
                return
            self._note("RS-203", label=self.tree.top.label)
            self._close_quote()
        if self._returns_to_body(line):
            self.tree.end_part()
            self.in_form = False
        elif self._starts_part(line, index):
            return
        if self.in_form:
            self._form_line(line)
        elif not self._opens_quote(line, index):
            self._unit(line, index)

    def _form_line(self, line: Line) -> None:
        """A field of a form; contracts printed as forms count Điều of their own."""
        if line.kind is Kind.DIEU:
            self._home().sequences[Kind.DIEU] = Sequence(line.value, line.suffix, "")
        self.tree.paragraph(line)

    def _returns_to_body(self, line: Line) -> bool:
        """Inside an annex printed among the articles: the next Điều of the unsigned act."""
        if line.kind is not Kind.DIEU or line.weak or self.signed or self._home().index < 0:
            return False
        body = self.tree.stack[0].sequences.get(Kind.DIEU)
        inner = self._home().sequences.get(Kind.DIEU)
        if body is None or line.value != body.value + 1 or line.suffix:
            return False
        return inner is None or inner.value + 1 != line.value

    def _unit(self, line: Line, index: int) -> None:
        """A line of the act itself or of quoted text: a unit if it fits, else a paragraph."""
        if line.kind is Kind.TEXT or not self._accept(line, index):
            self._paragraph(line, index)

    def _accept(self, line: Line, index: int) -> bool:
        kind = line.kind
        if kind in ITEMS:
            return self._accept_item(line, index)
        if kind is Kind.DIEU:
            return self._accept_dieu(line, index)
        if kind in CONTAINERS:
            return self._accept_container(line, index)
        if kind in (Kind.SIGNATURE, Kind.RECIPIENTS):
            return self._accept_signature(line, index)
        return False

    def _paragraph(self, line: Line, index: int) -> None:
        tree = self.tree
        if (
            tree.provisions
            and tree.ends_at(self.lines[index - 1].end)
            and self.view.goes_on(line, index)
        ):
            tree.extend(line.end)
        elif line.kind is Kind.TEXT and self._ocr_khoan(line):
            return
        else:
            provision = tree.paragraph(line)
            if tree.top.quoted and tree.top.rank == ROOT and self.targets:
                provision.target = f"{self.targets[0]}/doan-{tree.top.paragraphs}"
        self._inline(line)

    def _ocr_khoan(self, line: Line) -> bool:
        """«l.» where khoản 1 is due."""
        if self.text[line.start] != "l" or self.tree.top.rank != DIEU_RANK:
            return False
        if Kind.KHOAN in self.tree.top.sequences or not ocr_first_khoan(
            line, self.view.words(line)
        ):
            return False
        return self._accept_item(line, 0)

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
        home = self._home()
        sequence = home.sequences.get(Kind.DIEU)
        rest = self.text[line.body : line.end]
        after_end = self.skip == index or self.view.after_end(index)
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
                self._note("RS-201", first=sequence.value, second=line.number)
            elif home.index < 0 and line.value == 1 and self.view.ahead(index, Kind.DIEU, 2, ""):
                self._open_part("quy-che", line, Heading("", line.start, index))
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

    def _home(self) -> Open:
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
        tree = self.tree
        kind = line.kind
        if kind in (Kind.ROMAN, Kind.LETTER):
            return self._accept_capital(line, index)
        if self.view.number_refers(index):
            return False
        rank = RANKS[kind]
        if kind is Kind.SUB:
            rank += line.number.count(".") - 1
        parent = tree.parent_for(rank)
        if kind is Kind.SUB and not _sub_belongs(line, parent):
            return False
        if kind is Kind.SUBDIEM and not parent.path.endswith(f"diem-{line.number[0]}"):
            return False
        if not fits(
            parent.sequences,
            line,
            lambda value, delim: self.view.ahead(index, kind, value, delim),
            free_start=parent.quoted and parent.rank == ROOT,
        ):
            return False
        self._open(kind, rank, line, Heading("", line.end, index + 1))
        return True

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
        opened = tree.open_unit(kind, rank, line, heading.end, heading.title)
        self.skip = max(self.skip, heading.following)
        if opened.quoted:
            level, _, number = opened.target.rpartition("-")
            if "/" not in level:
                opened.target = target_of(self.targets, level, f"{level}-{number}")
                tree.provisions[opened.index].target = opened.target
            return
        if not opened.amends:
            opened.amends = _AMENDS.search(self.text, line.start, heading.end) is not None
        if opened.amends:
            above = next((unit.target for unit in reversed(tree.stack[:-1]) if unit.target), "")
            if rank != DIEU_RANK:
                stem = self.text[line.start : min(heading.end, line.start + _STEM_LENGTH)]
                opened.target = ";".join(stem_targets(stem, above.split(";") if above else []))
            self._inline(line)

    # Quoted new text

    def _inline(self, line: Line) -> None:
        """Split «… như sau: “2. …»: the quoted rest becomes the next line."""
        if self.quote is not None or not self.tree.top.amends:
            return
        at = inline_quote(self.view.words(line))
        if at >= 0:
            self.tree.extend(line.start + len(self.text[line.start : line.start + at].rstrip()))
            self.pending = Line(line.start + at, line.end)

    def _opens_quote(self, line: Line, index: int) -> bool:
        tree = self.tree
        if not tree.top.amends or not tree.provisions:
            return False
        match = OPENING_QUOTE.match(self.text, line.start, line.end)
        if match is None or not announces_quote(self.raw.text, tree.provisions[-1].end):
            return False
        self.targets = [path for path in tree.top.target.split(";") if path]
        self.quote = Quotation(match.group()[0])
        tree.open_quote()
        self._quoted(line, index)
        return True

    def _quoted(self, line: Line, index: int) -> None:
        quote = self.quote
        if quote is None:
            return
        words = self.view.words(line)
        ends = quote.ends_with(words)
        match = OPENING_QUOTE.match(words)
        if match and match.end() < len(words):
            self._region(line.start, line.start + match.end(), "furniture")
            line = Line(line.start + match.end(), line.end)
            classify(line, words[match.end() :])
        self._unit(line, index)
        if ends or (quote.may_end_with(words) and self._next_resumes(index)):
            self._close_quote()

    def _ends_quote(self, line: Line) -> bool:
        """Whether quoted text ends on this very line, so that a heading cannot go on."""
        return (
            self.quote is not None
            and self.quote.depth <= 0
            and self.quote.may_end_with(self.view.words(line))
        )

    def _close_quote(self) -> None:
        self.tree.close_quote()
        self.quote = None

    def _next_resumes(self, index: int) -> bool:
        following = max(index + 1, self.skip)
        return following >= len(self.lines) or self._outer_resumes(self.lines[following])

    def _outer_resumes(self, line: Line) -> bool:
        """Whether ``line`` plainly continues the numbering outside the quoted text."""
        kind = line.kind
        if kind in (Kind.SIGNATURE, Kind.RECIPIENTS):
            return True
        if kind not in (Kind.DIEU, Kind.KHOAN, Kind.DIEM):
            return False
        stack = self.tree.stack
        barrier = max(i for i, unit in enumerate(stack) if unit.quoted and unit.rank == ROOT)
        rank = 0 if kind is Kind.DIEU else RANKS[kind]
        parent = next((unit for unit in reversed(stack[:barrier]) if unit.rank < rank), stack[0])
        sequence = parent.sequences.get(kind)
        if sequence is None or line.value != sequence.value + 1 or line.suffix:
            return False
        if line.delim != sequence.delim:
            return False
        return resumes(self.text[line.body : line.end], kind is Kind.DIEU)

    # Parts, and what lies outside

    def _starts_part(self, line: Line, index: int) -> bool:
        """Open a phụ lục, mẫu or attached text if ``line`` is its heading."""
        if not self.tree.provisions:
            return False
        name = part_name(
            self.view,
            line,
            index,
            free=self._home().index >= 0,
            signed=self.signed,
            forms=self.forms,
        )
        if not name:
            return False
        title = self.text[line.body : line.end] if line.kind in ANNEXES else self.view.words(line)
        self._open_part(name, line, part_heading(self.view, line, index, title))
        return True

    def _open_part(self, name: str, line: Line, heading: Heading) -> None:
        level: Level = "mau" if name == "mau" else "phu-luc"
        number = line.number if line.kind in ANNEXES else ""
        if not number:
            self.counts[name] = self.counts.get(name, 0) + 1
            number = str(self.counts[name])
        self.skip = max(self.skip, heading.following)
        self.tree.start_part(name, number, line, heading.end, heading.title, level)
        self.in_form = level == "mau"
        self.outside = None

    def _accept_signature(self, line: Line, index: int) -> bool:
        attached = self._home().path.rpartition("/")[2].rpartition("-")[0]
        if self.quote is not None or not self.tree.provisions or attached in ("phu-luc", "mau"):
            return False
        if line.kind is Kind.SIGNATURE and not self.view.after_end(index):
            return False
        self.signed = True
        self._outside(line)
        return True

    def _outside(self, line: Line) -> None:
        if line.kind is Kind.RECIPIENTS:
            self.outside = "recipients"
        elif line.kind is Kind.SIGNATURE or self.outside is None:
            self.outside = "signature"
        self._region(line.start, line.end, self.outside)

    def _resumes_body(self, line: Line, index: int) -> bool:
        """After the signature: the next Điều of the act, or Điều 1 of an attached text."""
        if line.kind is not Kind.DIEU or line.weak:
            return False
        sequence = self._home().sequences.get(Kind.DIEU)
        if sequence is not None and line.value == sequence.value + 1:
            return True
        return line.value == 1 and self.view.ahead(index, Kind.DIEU, 2, "")

    # Records

    def _region(self, start: int, end: int, kind: FurnitureKind) -> None:
        first, last = self.tree.source(start), self.tree.source(end)
        before = self.regions[-1] if self.regions else None
        if (
            before is not None
            and before.kind == kind
            and kind != "furniture"
            and before.end <= first
        ):
            if not self.raw.text[before.end : first].strip():
                self.regions[-1] = Region(before.start, last, kind)
                return
        self.regions.append(Region(first, last, kind))

    def _note(self, code: str, **fields: object) -> None:
        self.notes.append(ERRORS.notice(code, **fields))

    def _report(self, provisions: list[Provision]) -> None:
        for path in self.tree.repeated:
            self._note("RS-202", path=path)
        if provisions and all(provision.level == "doan" for provision in provisions):
            self._note("RS-205")


def _sub_belongs(line: Line, parent: Open) -> bool:
    """«2.1.» belongs below 2."""
    outer = line.number.rpartition(".")[0]
    segment = parent.path.rpartition("/")[2]
    if segment.startswith("khoan-") or "." in outer:
        return segment == f"khoan-{outer}" or (parent.quoted and parent.rank == ROOT)
    return parent.rank < RANKS[Kind.KHOAN]


def _next_capital(kind: Kind, last: int, value: int) -> bool:
    return value == last + 1 or (kind is Kind.ROMAN and value == last + 2 and last > 1)


def _effect_words(provisions: list[Provision]) -> str:
    return "\n".join(
        provision.text
        for provision in provisions
        if "có hiệu lực" in provision.text and not provision.quoted
    )


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
