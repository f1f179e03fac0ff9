"""Lines to tree: which line opens a Chương, a Điều, a khoản …, and what is no provision at all.

A number at the start of a line is a khoản only if the sequence fits; the same holds for điểm and,
more loosely, for Điều. What does not fit is an unnumbered paragraph (đoạn) of the unit at hand.
"""

from __future__ import annotations

import re

from corpus.errors import ERRORS
from corpus.frame import attached_name, find_body
from corpus.head import read_head
from corpus.outline import OPENING_QUOTE, Kind, Line, classify, letter_value, ocr_first_khoan, scan
from corpus.quotation import Quotation, announces_quote, inline_quote, resumes, target_of
from corpus.records import Act, FurnitureKind, Notice, RawDocument, Region
from corpus.reference import stem_targets
from corpus.sequence import fits
from corpus.text import CleanText, clean
from corpus.tree import DIEU_RANK, RANKS, ROOT, Open, Sequence, Tree

_CONTAINERS = (Kind.PHAN, Kind.CHUONG, Kind.MUC, Kind.TIEU_MUC)
_ITEMS = (Kind.ROMAN, Kind.LETTER, Kind.KHOAN, Kind.SUB, Kind.DIEM, Kind.SUBDIEM)
_ANNEXES = (Kind.PHU_LUC, Kind.MAU)
_SENTENCE_END = frozenset('.;:!?”"»…')
# A line that ends with one of these goes on in the next one, whatever that begins with.
_GOES_ON = frozenset(
    ["và", "hoặc", "của", "với", "tại", "theo", "số", "do", "về", "cho", "từ", "đến", "bởi", "các", "những", "khoản", "điểm", "Điều", "điều", "ngày", "tháng", "năm", "Bộ", "cấp", "trong", "ngoài", "trên", "thuộc", "Khoản", "Điểm", "Mẫu", "mẫu", "Luật"]
)
_NUMBER_GOES_ON = frozenset(
    ["và", "hoặc", "khoản", "điểm", "Điều", "điều", "ngày", "tháng", "năm", "số", "Khoản", "Điểm", "mẫu", "Mẫu", "tại"]
)
_AMENDS = re.compile(r"[Ss]ửa\s+đổi|[Bb]ổ\s+sung|[Tt]hay\s+thế|SỬA\s+ĐỔI|BỔ\s+SUNG")
_MOTTO = re.compile(r"CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI")

_LOOKAHEAD = 300  # lines searched for a later sibling
_NEAR = 8  # lines within which a Chương or Mục must lead to a Điều
_LONGEST_TITLE = 300
_SHORT_TITLE = 150
_WRAPPED = 45  # a heading shorter than this was not wrapped by the page width


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
        self.text = cleaned.text
        self.lines = _outside_regions(scan(cleaned.text), cleaned, raw.regions)
        self.tree = Tree(raw, cleaned)
        self.regions: list[Region] = list(raw.regions)
        self.notes: list[Notice] = []
        self.quote: Quotation | None = None
        self.pending: Line | None = None  # quoted rest of a line that also holds its stem
        self.skip = 0  # lines before this index are already part of a heading
        self.outside: FurnitureKind | None = None  # after the signature: kind of what follows
        self.counts: dict[str, int] = {}  # attached texts and annexes by name
        self.in_form = False
        self.targets: list[str] = []
        self.bare_forms = {
            line.number for line in self.lines if line.kind is Kind.MAU and line.body >= line.end
        }

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
        head = self.raw.head or read_head(self.raw, self.text, self.lines, begin)
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
            if not self._outer_resumes(line, index):
                self._quoted(line, index)
                return
            self._note("RS-203", label=self.tree.top.label)
            self._close_quote()
        if self._starts_part(line, index):
            return
        if self.in_form:
            self.tree.paragraph(line)
            return
        if self._opens_quote(line, index):
            return
        self._unit(line, index)

    def _unit(self, line: Line, index: int) -> None:
        """A line of the act itself or of quoted text: a unit if it fits, else a paragraph."""
        kind = line.kind
        if kind is Kind.TEXT or not self._accept(line, index):
            self._paragraph(line, index)

    def _accept(self, line: Line, index: int) -> bool:
        kind = line.kind
        if kind is Kind.DIEU:
            return self._accept_dieu(line, index)
        if kind in _CONTAINERS:
            return self._accept_container(line, index)
        if kind in _ITEMS:
            return self._accept_item(line, index)
        if kind in (Kind.SIGNATURE, Kind.RECIPIENTS):
            return self._accept_signature(line, index)
        return False

    def _paragraph(self, line: Line, index: int) -> None:
        tree = self.tree
        if self._goes_on(line, index):
            tree.extend(line.end)
            self._inline(line)
            return
        if line.kind is Kind.TEXT and self._ocr_khoan(line):
            return
        if tree.top.quoted and not tree.top.amends:
            provision = tree.paragraph(line)
            if tree.top.rank == ROOT and self.targets:
                provision.target = f"{self.targets[0]}/doan-{tree.top.paragraphs}"
        else:
            tree.paragraph(line)
        self._inline(line)

    def _ocr_khoan(self, line: Line) -> bool:
        """«l.» where khoản 1 is due."""
        words = self.text[line.start : line.end]
        if not words.startswith("l") or self.tree.top.rank != DIEU_RANK:
            return False
        if Kind.KHOAN in self.tree.top.sequences or not ocr_first_khoan(line, words):
            return False
        return self._accept_item(line, 0)

    # Điều, containers, items

    def _accept_dieu(self, line: Line, index: int) -> bool:
        tree = self.tree
        home = self._dieu_home()
        sequence = home.sequences.get(Kind.DIEU)
        rest = self.text[line.body : line.end]
        after_end = self._after_end(index)
        exact = sequence is None or (
            (line.value == sequence.value + 1 and line.suffix in ("", "a"))
            or (line.value == sequence.value and line.suffix > sequence.suffix)
        )
        if not exact:
            if line.weak or not after_end or rest[:1].islower():
                return False
            if line.value > sequence.value:
                if self._ahead(index, Kind.DIEU, sequence.value + 1, ""):
                    return False
                self._note("RS-201", first=sequence.value, second=line.number)
            elif home.index < 0 and line.value == 1 and self._ahead(index, Kind.DIEU, 2, ""):
                self._open_part("quy-che", line, line.start, "", index)
                return self._accept_dieu(line, index)
            elif rest and rest[-1] in ".;,":
                return False
        elif not after_end and (line.weak or (sequence is not None and rest[:1].islower())):
            return False
        home.sequences[Kind.DIEU] = Sequence(line.value, line.suffix, "")
        heading, end = self._dieu_heading(line, index)
        opened = tree.open_unit(Kind.DIEU, DIEU_RANK, line, end, heading)
        self._opened(opened, line, end)
        return True

    def _dieu_home(self) -> Open:
        """The part (act, attached text, quoted block) whose Điều are counted together."""
        return next(unit for unit in reversed(self.tree.stack) if unit.rank == ROOT)

    def _dieu_heading(self, line: Line, index: int) -> tuple[str, int]:
        """Return title and end of a Điều heading, following it over wrapped lines."""
        text, lines = self.text, self.lines
        end, start = line.end, line.body
        following = index + 1
        while following < len(lines) and following <= index + 4:
            after = lines[following]
            words = text[after.start : after.end]
            empty = start >= end
            if (
                after.kind is not Kind.TEXT
                or len(words) > _LONGEST_TITLE
                or self.pending is not None
            ):
                break
            if not empty and text[end - 1] in _SENTENCE_END:
                break
            if empty:
                joins = words[-1] not in ".;:," and not OPENING_QUOTE.match(words)
                start = after.start if joins else start
            elif words[0].islower():
                joins = words[-1] not in ";:"
            else:
                joins = self._wraps(end - start, end, after, following)
            if not joins:
                break
            end = after.end
            following += 1
        self.skip = max(self.skip, following)
        title = " ".join(text[start:end].split())
        if title.endswith((":", ";")) or (title.endswith(".") and len(title) > _SHORT_TITLE):
            title = ""
        return title.rstrip("."), end

    def _wraps(self, length: int, end: int, after: Line, following: int) -> bool:
        """Whether a heading goes on in a line that begins with a capital."""
        words = self.text[after.start : after.end]
        if self._last_word(end) in _GOES_ON or self.text[end - 1] in "-–,":
            return True
        nextline = self.lines[following + 1] if following + 1 < len(self.lines) else None
        return (
            length >= _WRAPPED
            and len(words) < _SHORT_TITLE
            and words[-1] not in _SENTENCE_END
            and nextline is not None
            and nextline.kind is Kind.KHOAN
            and nextline.value == 1
            and words[0].isalpha()
        )

    def _accept_container(self, line: Line, index: int) -> bool:
        if line.weak and not self._after_end(index):
            return False
        inside_dieu = any(unit.rank == DIEU_RANK for unit in self.tree.stack) and not self.quote
        if not self._leads_to_dieu(index) and (inside_dieu or not self._fits_any(line)):
            return False
        end = line.end
        following = index + 1
        bare = line.body >= line.end
        while following < len(self.lines) and following <= index + 5:
            after = self.lines[following]
            words = self.text[after.start : after.end]
            if after.kind in (Kind.DIEU, *_CONTAINERS) or len(words) > _LONGEST_TITLE:
                break
            if not (
                words.isupper() or (bare and after.kind is Kind.TEXT and words[-1] not in ".;:")
            ):
                break
            if after.kind in _ITEMS and not bare:
                break
            bare = False
            end = after.end
            following += 1
        self.skip = max(self.skip, following)
        rank = RANKS[line.kind]
        heading = " ".join(self.text[line.body : end].split())
        self.tree.parent_for(rank).sequences[line.kind] = Sequence(line.value, line.suffix, "")
        opened = self.tree.open_unit(line.kind, rank, line, end, heading)
        self._opened(opened, line, end)
        return True

    def _leads_to_dieu(self, index: int) -> bool:
        near = self.lines[index + 1 : index + 1 + _NEAR]
        return any(after.kind in (Kind.DIEU, *_CONTAINERS) and not after.weak for after in near)

    def _fits_any(self, line: Line) -> bool:
        sequence = self.tree.parent_for(RANKS[line.kind]).sequences.get(line.kind)
        return line.value == (sequence.value + 1 if sequence else 1)

    def _accept_item(self, line: Line, index: int) -> bool:
        tree = self.tree
        kind = line.kind
        if (
            kind in (Kind.KHOAN, Kind.DIEM)
            and index
            and self._last_word_before(line, index) in _NUMBER_GOES_ON
        ):
            return False
        if kind in (Kind.ROMAN, Kind.LETTER):
            return self._accept_capital(line, index)
        rank = RANKS[kind]
        if kind is Kind.SUB:
            rank += line.number.count(".") - 1
            if not self._sub_belongs(line, rank):
                return False
        elif kind is Kind.SUBDIEM and not tree.parent_for(rank).path.endswith(
            f"diem-{line.number[0]}"
        ):
            return False
        parent = tree.parent_for(rank)
        if not fits(
            parent.sequences,
            line,
            lambda value, delim: self._ahead(index, kind, value, delim),
            free_start=parent.quoted and parent.rank == ROOT,
        ):
            return False
        self._opened(tree.open_unit(kind, rank, line, line.end, ""), line, line.end)
        return True

    def _sub_belongs(self, line: Line, rank: int) -> bool:
        """«2.1.» belongs below 2."""
        outer = line.number.rpartition(".")[0]
        parent = self.tree.parent_for(rank)
        segment = parent.path.rpartition("/")[2]
        if segment.startswith("khoan-") or "." in outer:
            return segment == f"khoan-{outer}" or (parent.quoted and parent.rank == ROOT)
        return parent.rank < RANKS[Kind.KHOAN]

    def _accept_capital(self, line: Line, index: int) -> bool:
        """«I.» as Roman numeral or letter, whichever sequence it continues."""
        tree = self.tree
        upper = self.text[line.body : line.end].isupper()
        inside_dieu = any(unit.rank == DIEU_RANK for unit in tree.stack)
        if inside_dieu and not upper and tree.top.rank >= RANKS[Kind.KHOAN]:
            running = any(
                unit.rank in (RANKS[Kind.ROMAN], RANKS[Kind.LETTER]) for unit in tree.stack
            )
            if not running:
                return False
        readings = [(line.kind, line.value, line.number)]
        if line.kind is Kind.ROMAN and len(line.shown) == 1:
            readings.insert(0, (Kind.LETTER, letter_value(line.shown), line.shown.lower()))
        for kind, value, number in readings:
            rank = RANKS[kind]
            parent = tree.parent_for(rank)
            sequence = parent.sequences.get(kind)
            if sequence is None and value == 1:
                parent.sequences[kind] = Sequence(value, "", line.delim)
            elif sequence is not None and self._next_letter(kind, sequence.value, value):
                sequence.value = value
            else:
                continue
            line.value, line.number = value, number
            heading = " ".join(self.text[line.body : line.end].split()) if upper else ""
            self._opened(tree.open_unit(kind, rank, line, line.end, heading), line, line.end)
            return True
        return False

    @staticmethod
    def _next_letter(kind: Kind, last: int, value: int) -> bool:
        return value == last + 1 or (kind is Kind.LETTER and last == 4 and value == 5)

    def _opened(self, opened: Open, line: Line, end: int) -> None:
        """Note what a new unit announces: amendments, and quoted text on its own line."""
        if opened.quoted:
            segment = opened.path.rpartition("/")[2]
            if self.quote is not None and opened.target == segment:
                level = segment.rpartition("-")[0]
                opened.target = target_of(self.targets, level, segment)
                self.tree.provisions[opened.index].target = opened.target
            return
        words = self.text[line.start : end]
        if not opened.amends and _AMENDS.search(words):
            opened.amends = True
        if opened.amends:
            above = [unit.target for unit in self.tree.stack[:-1] if unit.target]
            found = stem_targets(words[:400], above[-1:]) if opened.rank != DIEU_RANK else []
            opened.target = ";".join(found)
            self._inline(line)

    # Quoted new text

    def _inline(self, line: Line) -> None:
        """Split «… như sau: “2. …»: the quoted rest becomes the next line."""
        tree = self.tree
        if self.quote is not None or not tree.top.amends:
            return
        at = inline_quote(self.text[line.start : line.end])
        if at < 0:
            return
        end = line.start + len(self.text[line.start : line.start + at].rstrip())
        tree.extend(end)
        self.pending = Line(line.start + at, line.end)

    def _opens_quote(self, line: Line, index: int) -> bool:
        tree = self.tree
        match = OPENING_QUOTE.match(self.text, line.start, line.end)
        if match is None or not tree.provisions or not tree.top.amends:
            return False
        last = tree.provisions[-1]
        if not announces_quote(self.raw.text[max(last.start, last.end - 40) : last.end]):
            return False
        self.targets = [path for path in tree.top.target.split(";") if path]
        self.quote = Quotation(match.group()[0])
        tree.open_quote("")
        self._quoted(line, index)
        return True

    def _quoted(self, line: Line, index: int) -> None:
        quote = self.quote
        assert quote is not None
        words = self.text[line.start : line.end]
        ends = quote.ends_with(words)
        match = OPENING_QUOTE.match(words)
        if match and match.end() < len(words):
            self._region(line.start, line.start + match.end(), "furniture")
            line = Line(line.start + match.end(), line.end)
            classify(line, words[match.end() :])
        self._unit(line, index)
        if ends or (quote.may_end_with(words) and self._next_resumes(index)):
            self._close_quote()

    def _close_quote(self) -> None:
        self.tree.close_quote()
        self.quote = None

    def _next_resumes(self, index: int) -> bool:
        following = max(index + 1, self.skip)
        return following >= len(self.lines) or self._outer_resumes(self.lines[following], following)

    def _outer_resumes(self, line: Line, index: int) -> bool:
        """Whether ``line`` plainly continues the numbering outside the quoted text."""
        kind = line.kind
        if kind in (Kind.SIGNATURE, Kind.RECIPIENTS):
            return True
        if kind not in (Kind.DIEU, Kind.KHOAN, Kind.DIEM):
            return False
        stack = self.tree.stack
        barrier = max(i for i, unit in enumerate(stack) if unit.quoted and unit.rank == ROOT)
        rank = RANKS[kind]
        parent = next((unit for unit in reversed(stack[:barrier]) if unit.rank < rank), None)
        if kind is Kind.DIEU:
            parent = next(unit for unit in reversed(stack[:barrier]) if unit.rank == ROOT)
        if parent is None or (sequence := parent.sequences.get(kind)) is None:
            return False
        if line.value != sequence.value + 1 or line.suffix or line.delim != sequence.delim:
            return False
        return resumes(self.text[line.body : line.end], "dieu" if kind is Kind.DIEU else "khoan")

    # Parts and what lies outside

    def _starts_part(self, line: Line, index: int) -> bool:
        """Open a phụ lục, mẫu or attached text if ``line`` is its heading."""
        text = self.text
        rest = text[line.body : line.end] if line.kind in _ANNEXES else ""
        free = self.tree.stack[0] is not self.tree.top and self._dieu_home().index >= 0
        if line.kind in _ANNEXES:
            after = self.lines[index + 1] if index + 1 < len(self.lines) else None
            upper = text[line.start : line.end].isupper() or (not rest and not line.weak)
            if rest and after is not None and after.kind is line.kind:
                return False
            if line.kind is Kind.MAU and rest and line.number in self.bare_forms:
                return False
            if not self._signed and not free and not (upper and self._after_end(index)):
                return False
            if (
                line.kind is Kind.PHU_LUC
                and not self._signed
                and not free
                and not self._announced(index)
            ):
                return False
            if (
                line.kind is Kind.MAU
                and not self._signed
                and not free
                and not self._motto_near(index)
            ):
                return False
            name = "phu-luc" if line.kind is Kind.PHU_LUC else "mau"
            self._open_part(name, line, line.end, rest, index)
            return True
        if self.in_form and not self.tree.provisions:
            return False
        if line.kind not in (Kind.TEXT, Kind.SIGNATURE) or not text[line.start].isupper():
            return False
        name = attached_name(text, self.lines, index, self._signed)
        if not name or not self.tree.provisions:
            return False
        self._open_part(name, line, line.end, text[line.start : line.end], index)
        return True

    @property
    def _signed(self) -> bool:
        return "signature" in self.counts

    def _announced(self, index: int) -> bool:
        """A phụ lục heading is followed by its title in capitals or by «(kèm theo …)»."""
        for after in self.lines[index + 1 : index + 4]:
            words = self.text[after.start : after.end]
            if words.isupper() or words.startswith("("):
                return True
        return False

    def _motto_near(self, index: int) -> bool:
        near = self.lines[index + 1 : index + 1 + _NEAR]
        return any(_MOTTO.search(self.text, after.start, after.end) for after in near)

    def _open_part(self, name: str, line: Line, end: int, heading: str, index: int) -> None:
        level = "mau" if name == "mau" else "phu-luc"
        number = line.number if line.kind in _ANNEXES else ""
        if not number:
            self.counts[name] = self.counts.get(name, 0) + 1
            number = str(self.counts[name])
        following = index + 1
        while end > line.start and following < len(self.lines) and following <= index + 6:
            after = self.lines[following]
            words = self.text[after.start : after.end]
            note = words.startswith("(") and len(words) < _LONGEST_TITLE
            if after.kind not in (Kind.TEXT, Kind.SIGNATURE) or not (words.isupper() or note):
                break
            if _MOTTO.match(words) or after.end - after.start > _LONGEST_TITLE:
                break
            if not note:
                heading = f"{heading} {words}".strip()
            end = after.end
            following += 1
        if end > line.start:
            self.skip = max(self.skip, following)
        self.tree.start_part(name, number, line, end, " ".join(heading.split()), level)
        self.in_form = level == "mau"
        self.outside = None

    def _accept_signature(self, line: Line, index: int) -> bool:
        home = self._dieu_home()
        attached = home.path.rpartition("/")[2].rpartition("-")[0]
        if self.quote is not None or not self.tree.provisions or attached in ("phu-luc", "mau"):
            return False
        if not self._after_end(index) and line.kind is Kind.SIGNATURE:
            return False
        self.counts["signature"] = 1
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
        sequence = self._dieu_home().sequences.get(Kind.DIEU)
        if sequence is not None and line.value == sequence.value + 1:
            return True
        return line.value == 1 and self._ahead(index, Kind.DIEU, 2, "")

    # Small questions about lines

    def _after_end(self, index: int) -> bool:
        """Whether the line before ends a sentence or a heading, so that a new unit may begin."""
        if index == 0:
            return True
        before = self.lines[index - 1]
        if self.text[before.end - 1] in _SENTENCE_END or before.kind in (*_CONTAINERS, *_ANNEXES):
            return True
        if before.kind is Kind.DIEU or self.skip == index or self.outside is not None:
            return True
        return self._last_word(before.end) not in _GOES_ON and self.text[before.end - 1] != ","

    def _last_word(self, end: int) -> str:
        start = max(0, end - 12)
        return self.text[start:end].replace("\n", " ").rpartition(" ")[2]

    def _last_word_before(self, line: Line, index: int) -> str:
        return self._last_word(self.lines[index - 1].end)

    def _goes_on(self, line: Line, index: int) -> bool:
        """Whether ``line`` is the wrapped rest of the paragraph before it."""
        if index == 0 or not self.tree.provisions or self.in_form:
            return False
        before = self.lines[index - 1]
        text = self.text
        last = text[before.end - 1]
        if last in _SENTENCE_END or self.tree.source(before.end) != self.tree.provisions[-1].end:
            return False
        first = text[line.start]
        if first.islower() and line.kind is Kind.TEXT:
            return True
        if last == "," and first.isalnum():
            return True
        if last == "-" and text[before.end - 2].isalpha() and first.isalpha():
            return True
        return first.isalnum() and self._last_word(before.end) in _GOES_ON

    def _ahead(self, index: int, kind: Kind, value: int, delim: str) -> bool:
        """Whether a later line of the same unit has this number (and mark)."""
        for after in self.lines[index + 1 : index + 1 + _LOOKAHEAD]:
            if after.kind is kind:
                if after.value == value and (not delim or after.delim == delim) and not after.weak:
                    return True
            elif after.kind is Kind.DIEU and not after.weak:
                return False
        return False

    def _region(self, start: int, end: int, kind: FurnitureKind) -> None:
        first, last = self.tree.source(start), self.tree.source(end)
        regions = self.regions
        if regions and regions[-1].kind == kind and kind != "furniture":
            before = regions[-1]
            if before.end <= first and not self.raw.text[before.end : first].strip():
                regions[-1] = Region(before.start, last, kind)
                return
        regions.append(Region(first, last, kind))

    def _note(self, code: str, **fields: object) -> None:
        self.notes.append(ERRORS.notice(code, **fields))

    def _report(self, provisions: list) -> None:
        for path in self.tree.repeated:
            self._note("RS-202", path=path)
        if provisions and all(provision.level == "doan" for provision in provisions):
            self._note("RS-205")


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
