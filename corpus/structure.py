"""Lines to tree: which line opens a Chương, a Điều, a khoản …, and what is no provision at all.

A number at the start of a line is a khoản only if the sequence fits; the same holds for điểm and,
more loosely, for Điều. What does not fit is an unnumbered paragraph (đoạn) of the unit at hand.
"""

from __future__ import annotations

from corpus.footnote import FootnoteFilter
from corpus.frame import find_body
from corpus.head import read_head
from corpus.headings import Heading, part_heading
from corpus.lineview import ANNEXES, ITEM_KINDS
from corpus.outline import OPENING_QUOTE, Kind, Line, classify
from corpus.part import bare_forms, part_name
from corpus.quotation import Quotation, announces_quote, resumes
from corpus.records import Act, FurnitureKind, Level, Provision, RawDocument, Region
from corpus.text import CleanText, clean
from corpus.tree import DIEU_RANK, RANKS, ROOT, Sequence
from corpus.units import UnitParser, speaks_of_amending

_PART_KINDS = frozenset((*ANNEXES, Kind.TEXT, Kind.SIGNATURE))
_LONGEST_SIGNATURE = 300  # characters; a longer line after the signature is other text


def parse_act(raw: RawDocument) -> Act:
    """Return the act in ``raw``: head data, provision tree, and regions that are no provision.

    Never raises on any text; an act without a recognisable unit becomes paragraphs, with a notice.
    Linear in the length of the text.
    """
    return _ActParser(raw, clean(raw.text)).run()


class _ActParser(UnitParser):
    """One pass over the lines of an act: body, quoted text, signature, annexes."""

    def __init__(self, raw: RawDocument, cleaned: CleanText) -> None:
        super().__init__(raw, cleaned)
        self.regions: list[Region] = list(raw.regions)
        self.signed = False
        self.outside: FurnitureKind | None = None  # after the signature: kind of what follows
        self.counts: dict[str, int] = {}  # unnumbered parts by name
        self.in_form = False
        self.forms = bare_forms(self.lines)
        self.footnotes = FootnoteFilter() if self.consolidated else None

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
            self.note("RS-203", label=self.tree.top.label)
        provisions = self.tree.finish()
        self._report(provisions)
        head = self.raw.head or read_head(
            self.raw, self.cleaned, lines, begin, _effect_words(provisions)
        )
        self.regions.sort(key=lambda region: region.start)
        return Act(self.raw, head, provisions, self.regions, self.notes)

    def _line(self, line: Line, index: int) -> None:
        plain = self.quote is None and self.outside is None and not self.in_form
        if plain and self.footnotes is None and line.kind in ITEM_KINDS:
            # Most lines of an act: «1.», «a)» begin no annex, signature or quoted text.
            if not self._accept_item(line, index):
                self._paragraph(line, index)
            return
        if self.footnotes is not None and self.footnotes.takes(self.view.words(line)):
            self._region(line.start, line.end, "footnote")
            return
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
            self.note("RS-203", label=self.tree.top.label)
            self._close_quote()
        if self._returns_to_body(line):
            self.tree.end_part()
            self.in_form = False
        elif self._starts_part(line, index):
            return
        if self.in_form:
            self._form_line(line)
        elif not self._opens_quote(line, index) and not self._signs(line, index):
            self.unit(line, index)

    def _form_line(self, line: Line) -> None:
        """A field of a form; contracts printed as forms count Điều of their own."""
        if line.kind is Kind.DIEU:
            self.home().sequences[Kind.DIEU] = Sequence(line.value, line.suffix, "")
        self.tree.paragraph(line)

    def _returns_to_body(self, line: Line) -> bool:
        """Inside an annex printed among the articles: the next Điều of the unsigned act."""
        if line.kind is not Kind.DIEU or line.weak or self.signed or self.home().index < 0:
            return False
        body = self.tree.stack[0].sequences.get(Kind.DIEU)
        inner = self.home().sequences.get(Kind.DIEU)
        if body is None or line.value != body.value + 1 or line.suffix:
            return False
        return inner is None or inner.value + 1 != line.value

    def _opens_quote(self, line: Line, index: int) -> bool:
        tree = self.tree
        if not tree.top.amends or not tree.provisions:
            return False
        match = OPENING_QUOTE.match(self.text, line.start, line.end)
        if match is None:
            return False
        last = tree.provisions[-1]
        announced = last.level == "dieu" or announces_quote(self.raw.text, last.end)
        if not last.quoted and not (announced and self._stem(last)):
            return False
        self.targets = [path for path in tree.top.target.split(";") if path]
        self.quote = Quotation(match.group()[0])
        tree.open_quote()
        self._quoted(line, index)
        return True

    def _stem(self, last: Provision) -> bool:
        """Whether the unit that announces quoted text itself speaks of amending."""
        return speaks_of_amending(clean(self.raw.text[last.start : last.end]).text)

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
        self.unit(line, index)
        if ends or (quote.may_end_with(words) and self._next_resumes(index)):
            self._close_quote()

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
        if resumes(self.text[line.body : line.end], kind is Kind.DIEU):
            return True
        # quoted items that never end: the next Điều of the act ends them
        inner = stack[barrier + 1 :]
        return (
            kind is Kind.DIEU
            and not line.weak
            and bool(inner)
            and all(unit.rank > DIEU_RANK for unit in inner)
            and f"dieu-{line.number}" not in self.targets
        )

    def _starts_part(self, line: Line, index: int) -> bool:
        """Open a phụ lục, mẫu or attached text if ``line`` is its heading."""
        if not self.tree.provisions or line.kind not in _PART_KINDS:
            return False
        if line.kind not in ANNEXES and not self.text[line.start : line.start + 2].isupper():
            return False
        name = part_name(
            self.view,
            line,
            index,
            free=self.home().index >= 0,
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

    def _signs(self, line: Line, index: int) -> bool:
        """Begin the signature block."""
        if line.kind not in (Kind.SIGNATURE, Kind.RECIPIENTS):
            return False
        attached = self.home().path.rpartition("/")[2].rpartition("-")[0]
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
        elif self.outside == "signature" and line.end - line.start > _LONGEST_SIGNATURE:
            self.outside = "related"
        elif line.kind is Kind.SIGNATURE or self.outside is None:
            self.outside = "signature"
        self._region(line.start, line.end, self.outside)

    def _resumes_body(self, line: Line, index: int) -> bool:
        """After the signature: the next Điều of the act, or Điều 1 of an attached text."""
        if line.kind is not Kind.DIEU or line.weak:
            return False
        sequence = self.home().sequences.get(Kind.DIEU)
        if sequence is not None and line.value == sequence.value + 1:
            return True
        return line.value == 1 and self.view.ahead(index, Kind.DIEU, 2, "")

    def _region(self, start: int, end: int, kind: FurnitureKind) -> None:
        first, last = self.tree.source(start), self.tree.source(end)
        before = self.regions[-1] if self.regions else None
        if (
            before is not None
            and before.kind == kind
            and kind != "furniture"
            and before.end <= first
            and not self.raw.text[before.end : first].strip()
        ):
            self.regions[-1] = Region(before.start, last, kind)
            return
        self.regions.append(Region(first, last, kind))

    def _report(self, provisions: list[Provision]) -> None:
        related = sum(r.end - r.start for r in self.regions if r.kind == "related")
        if related and self.signed:
            self.note("RS-204", count=related)
        for path in self.tree.repeated:
            self.note("RS-202", path=path)
        if provisions and all(provision.level == "doan" for provision in provisions):
            self.note("RS-205")


def _effect_words(provisions: list[Provision]) -> str:
    """Return the clauses on effect, composed: the source may spell letters in pieces (NFD)."""
    texts = (clean(provision.text).text for provision in provisions if not provision.quoted)
    return "\n".join(text for text in texts if "có hiệu lực" in text)
