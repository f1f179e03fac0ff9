"""What a rule may look at: the folded words of one provision and everything that governs them.

Built only for candidate provisions. Texts are folded with single blanks, so that patterns and
phrase matchers need not care about line breaks; ``source_span`` leads back to the source.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from corpus.records import Act, Provision
from corpus.text import CleanText, clean, fold
from models import glued
from models.records import Span

_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\S+")
# What else ``str.isspace`` knows and ``corpus.text.clean`` leaves in place.
_OTHER_BLANKS = "\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_TO_BLANK = dict.fromkeys(map(ord, _OTHER_BLANKS), " ")

# «Điều 5.», «2.», «3.3.», «b)», «đ3)», «c.2)», «-», «+», «•»: the label or bullet of a unit.
LABEL = re.compile(
    r"\s*(?:điều \d+[a-zđ]*\.?|\d+(?:\.\d+)*[.)]?(?=[\s.)])|[a-zđ]\d?(?:\.\d+)*[.)]"
    r"|[ivx]+[.)]|[-–—•*+])\s*"
)
_BULLET_RANK = {"-": 2, "–": 2, "—": 2, "•": 2, "*": 2, "+": 3}
_NUMBERED = re.compile(r"\d{1,2}[.)] ")  # a numbered line of a form stands above its bullets
# A full stop ends a sentence only before a capital letter or an opening quote.
_SENTENCE_END = re.compile(r"[.!?][\"”]?\s+(?=[\"“(]?[A-ZĐÀ-ỸÂĂÊÔƠƯ])")
_STEM_LIMIT = 6


@dataclass(frozen=True, slots=True)
class Stem:
    """A text that governs a provision: the words before a list, or a heading."""

    text: str
    span: Span
    heading: bool = False


@dataclass(slots=True)
class Passage:
    """One provision as rules read it."""

    provision: int
    text: str  # folded own words, single blanks
    cased: str  # the same words, not folded; same offsets
    base: int  # clean offset of text[0]
    offsets: array[int] | None  # clean offset of each character where blanks were collapsed
    # What governs it, filled by ``ActText.place`` once the words have a hit:
    stems: list[Stem] = field(default_factory=list)  # nearest first; the Điều heading last
    heading: str = ""  # folded heading of the Điều
    dieu: int = -1  # index of the Điều (or of the annex) that holds the provision
    _sentences: list[int] | None = None

    def clean_offset(self, offset: int) -> int:
        return self.base + offset if self.offsets is None else self.offsets[offset]

    @property
    def body(self) -> int:
        """Offset where the words after the label begin."""
        match = LABEL.match(self.text)
        return match.end() if match else 0

    def _sentence_starts(self) -> list[int]:
        if self._sentences is None:
            body = self.body
            ends = [m.end() for m in _SENTENCE_END.finditer(self.cased) if m.end() > body]
            self._sentences = [0, *ends, len(self.text)]
        return self._sentences

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence (half-open) around a stretch of the text."""
        starts = self._sentence_starts()
        first = starts[bisect_right(starts, start) - 1]
        after = bisect_right(starts, max(start, end - 1))
        return first, starts[after] if after < len(starts) else len(self.text)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The part between semicolons of the sentence around a stretch of the text."""
        first, last = self.sentence(start, end)
        left = self.text.rfind(";", first, start)
        right = self.text.find(";", end, last)
        return (left + 1 if left >= 0 else first), (right if right >= 0 else last)


class ActText:
    """An act's folded text and its provisions as passages; whole Điều are cached."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.clean: CleanText = glued.cut(clean(act.raw.text))
        self.folded = fold(self.clean.text)
        flat = self.folded
        for blank in _OTHER_BLANKS:
            if blank in flat:
                flat = flat.replace(blank, " ")
        self.flat = flat  # the folded text in which every blank is a space; same offsets
        self._starts = [self._clean(p.start) for p in act.provisions]
        self._order = sorted(range(len(self._starts)), key=self._starts.__getitem__)
        self._sorted = [self._starts[i] for i in self._order]
        self._dieu_texts: dict[int, str] = {}
        self._own_texts: dict[int, str] = {}

    def _clean(self, source_offset: int) -> int:
        return self.clean.clean_offset(source_offset)

    def own_words_at(self, offset: int) -> tuple[int, int, int] | None:
        """The provision whose own words hold the clean offset, and where these begin and end."""
        position = bisect_right(self._sorted, offset) - 1
        if position < 0:
            return None
        index = self._order[position]
        end = self._clean(self.act.provisions[index].end)
        return (index, self._sorted[position], end) if offset < end else None

    def own_end(self, index: int) -> int:
        """Clean offset where the provision's own words end."""
        return self._clean(self.act.provisions[index].end)

    def folded_own(self, index: int) -> str:
        """Folded own words of a provision, single blanks; cached, since siblings share stems."""
        if index not in self._own_texts:
            words = self.folded[self._starts[index] : self.own_end(index)]
            self._own_texts[index] = " ".join(words.split())
        return self._own_texts[index]

    def dieu_text(self, index: int) -> str:
        """Folded words of a whole Điều (or annex), single blanks."""
        if index not in self._dieu_texts:
            provision = self.act.provisions[index]
            end = self._clean(max(provision.end, provision.subtree_end))
            words = self.folded[self._starts[index] : end]
            self._dieu_texts[index] = _BLANKS.sub(" ", words)
        return self._dieu_texts[index]

    def source_span(self, passage: Passage, start: int, end: int) -> Span:
        first, last = passage.clean_offset(start), passage.clean_offset(end - 1) + 1
        return Span(*self.clean.source_span(first, last))

    def passage(self, index: int) -> Passage:
        """Return the words of provision ``index``, not yet placed among what governs them."""
        provision = self.act.provisions[index]
        start = self._starts[index]
        end = self._clean(provision.end)
        folded = self.flat[start:end].rstrip()
        cased = self.clean.text[start : start + len(folded)]
        if not self.folded.startswith(folded, start):  # a line break among its words
            cased = cased.translate(_TO_BLANK)
        offsets: array[int] | None = None
        if "  " in folded:
            offsets = array("l")
            spans = [match.span() for match in _WORD.finditer(folded)]
            for number, (first, last) in enumerate(spans):
                if number:  # a run of blanks counts as its first
                    offsets.append(start + spans[number - 1][1])
                offsets.extend(range(start + first, start + last))
            cased = " ".join([cased[first:last] for first, last in spans])
            folded = " ".join([folded[first:last] for first, last in spans])
        return Passage(index, folded, cased, start, offsets)

    def place(self, passage: Passage) -> None:
        """Fill in the stems, the heading and the Điều of ``passage``."""
        provision = self.act.provisions[passage.provision]
        passage.stems, passage.heading, passage.dieu = self._context(passage.provision, provision)

    def _context(self, index: int, provision: Provision) -> tuple[list[Stem], str, int]:
        stems: list[Stem] = []
        heading, dieu = "", index
        current, parent = index, provision.parent
        if provision.level == "dieu":
            return stems, fold(provision.heading), index
        while parent is not None:
            holder = self.act.provisions[parent]
            if holder.level in ("chuong", "phan", "muc", "tieu-muc"):
                break
            if len(stems) < _STEM_LIMIT:
                stems.extend(self._list_stems(current, holder))
            dieu = parent
            own = self.folded_own(parent)
            if own and len(stems) < _STEM_LIMIT:
                is_heading = holder.level in ("dieu", "phu-luc", "mau")
                stems.append(Stem(own, Span(holder.start, holder.end), heading=is_heading))
            if holder.level == "dieu":
                heading = fold(_BLANKS.sub(" ", holder.heading))
                break
            current, parent = parent, holder.parent
        return stems, heading, dieu

    def _list_stems(self, index: int, holder: Provision) -> list[Stem]:
        """Sentences before a list of unlabelled paragraphs: «… gồm:» then «- …», «+ …»."""
        if index not in holder.children:
            return []
        if self.act.provisions[index].level != "doan":
            return self._opening(index, holder)
        own = self.folded_own(index)
        rank = _rank(own)
        found: list[Stem] = []
        position = holder.children.index(index)
        previous_end = ""
        for earlier in reversed(holder.children[max(0, position - 60) : position]):
            text = self.folded_own(earlier)
            if self.act.provisions[earlier].level != "doan":
                break
            if not previous_end:
                previous_end = text[-1:]
                if rank == 0 and previous_end not in ":;,":
                    break  # an ordinary paragraph after a finished sentence
            earlier_rank = _rank(text)
            higher = earlier_rank < rank or rank == 0 == earlier_rank
            if text.endswith(":") and higher:
                earlier_provision = self.act.provisions[earlier]
                found.append(Stem(text, Span(earlier_provision.start, earlier_provision.end)))
                rank = earlier_rank
                if rank == 0:
                    break
        return found

    def _opening(self, index: int, holder: Provision) -> list[Stem]:
        """The paragraph of its own that opens a list of units: «Hồ sơ gồm có:» above «a)»."""
        provisions = self.act.provisions
        for earlier in reversed(holder.children[: holder.children.index(index)]):
            if provisions[earlier].level == "doan":
                text = self.folded_own(earlier)
                span = Span(provisions[earlier].start, provisions[earlier].end)
                return [Stem(text, span)] if text.endswith(":") else []
            if provisions[earlier].level != provisions[index].level:
                break
        return []


def _rank(text: str) -> int:
    """How deep in a list an unlabelled paragraph stands: 0 where it is no item."""
    return 1 if _NUMBERED.match(text) else _BULLET_RANK.get(text[:1], 0)
