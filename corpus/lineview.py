"""Lines and their neighbours: where a sentence ends, what goes on, what lies ahead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.outline import Kind, Line

CONTAINERS = (Kind.PHAN, Kind.CHUONG, Kind.MUC, Kind.TIEU_MUC)
ITEMS = (Kind.ROMAN, Kind.LETTER, Kind.KHOAN, Kind.SUB, Kind.DIEM, Kind.SUBDIEM)
ANNEXES = (Kind.PHU_LUC, Kind.MAU)
SENTENCE_END = frozenset('.;:!?”"»…')
ITEM_KINDS = frozenset(ITEMS)
_HEADING_KINDS = frozenset((*CONTAINERS, *ANNEXES, Kind.DIEU))

# A line that ends with one of these goes on in the next one, whatever that begins with.
GOES_ON = frozenset((
    "và", "hoặc", "của", "với", "tại", "theo", "số", "do", "về", "cho", "từ", "đến", "bởi", "các",
    "những", "khoản", "điểm", "Điều", "điều", "Bộ", "thuộc", "Khoản", "Điểm", "Luật",
))  # fmt: skip
# After these a number at the start of a line is a reference, never a khoản.
NUMBER_GOES_ON = frozenset((
    "và", "hoặc", "khoản", "điểm", "Điều", "điều", "ngày", "tháng", "năm", "số", "Khoản", "Điểm",
    "tại",
))  # fmt: skip
_LETTER_GOES_ON = frozenset(("và", "hoặc", "điểm", "Điểm"))
# «Pháp lệnh Dân số», «dân tộc thiểu số»: words of their own, no number follows.
_WHOLE_WORDS = tuple(
    f"{word} số"
    for word in ("ân", "iểu", "đa", "Đa", "hệ", "Hệ", "tham", "chỉ", "Chỉ", "chữ", "con")
)
# «… tại khoản 2⏎Điều 25»: a reference broken between its units.
_OPEN_REFERENCE = re.compile(r"(?:[Kk]hoản|[Đđ]iểm|Điều|Mẫu số)\s+[\da-zđ]{1,4}$")
_LONGEST_WORD = 12

_LOOKAHEAD = 300  # lines searched for a later sibling; bounds the time per line
_ONE_BROKEN_IN, _FEWEST_BROKEN = 60, 3  # from which on a text counts as hard-wrapped
_NEAR = 8  # lines within which a Chương or Mục must lead to a Điều


@dataclass(frozen=True, slots=True)
class LineView:
    """Clean text with its lines."""

    text: str
    lines: list[Line]

    def hard_wrapped(self) -> bool:
        """Whether the page width broke the lines: some then begin in the middle of a sentence."""
        broken = sum(
            line.kind is Kind.TEXT and self.text[line.start].islower() for line in self.lines
        )
        return broken >= _FEWEST_BROKEN and broken * _ONE_BROKEN_IN > len(self.lines)

    def words(self, line: Line) -> str:
        return self.text[line.start : line.end]

    def last_word(self, end: int) -> str:
        """Return the word that ends at ``end`` (long words cut)."""
        return self.text[max(0, end - _LONGEST_WORD) : end].rpartition(" ")[2]

    def number_refers(self, index: int) -> bool:
        """Whether a number at the start of the line belongs to a reference: «khoản 1 và⏎2 …»."""
        if index == 0:
            return False
        before = self.lines[index - 1]
        if self.text[before.end - 1] in SENTENCE_END or before.kind in _HEADING_KINDS:
            return False
        word = self.last_word(before.end)
        if self.lines[index].kind is Kind.DIEM:
            return word in _LETTER_GOES_ON
        return word in NUMBER_GOES_ON and word != "năm"  # a year is no number of a unit

    def after_end(self, index: int) -> bool:
        """Whether the line before ends a sentence or a heading, so that a new unit may begin."""
        if index == 0:
            return True
        before = self.lines[index - 1]
        last = self.text[before.end - 1]
        if last in SENTENCE_END or before.kind in _HEADING_KINDS:
            return True
        return last != "," and not self._unfinished(before.end)

    def _unfinished(self, end: int) -> bool:
        """Whether the last word before ``end`` wants another one: «của», «khoản 1», «số»."""
        if self.last_word(end) in GOES_ON:
            return not self.text.endswith(_WHOLE_WORDS, max(0, end - _LONGEST_WORD), end)
        return self._open_reference(end)

    def _open_reference(self, end: int) -> bool:
        return _OPEN_REFERENCE.search(self.text, max(0, end - 16), end) is not None

    def goes_on(self, line: Line, index: int) -> bool:
        """Whether ``line`` is the wrapped rest of the line before it."""
        if index == 0:
            return False
        text = self.text
        end = self.lines[index - 1].end
        last = text[end - 1]
        if last in SENTENCE_END:
            return False
        first = text[line.start]
        if not first.isalnum():
            return False
        if last == "," or (line.kind is Kind.TEXT and first.islower()):
            return True
        if last == "-" and end > 1 and text[end - 2].isalpha() and first.isalpha():
            return True
        word = self.last_word(end)
        if word in GOES_ON or (first.isdigit() and word in NUMBER_GOES_ON):
            return True
        return first in "ĐKk" and self._open_reference(end)

    def ahead(self, index: int, kind: Kind, value: int, delim: str, khoan: int = 0) -> bool:
        """Whether a later line of the same unit has this number (and mark).

        ``khoan``: number of the khoản that would end the unit, 0 for none.
        """
        lines = self.lines
        for place in range(index + 1, min(len(lines), index + 1 + _LOOKAHEAD)):
            after = lines[place]
            if after.kind is kind:
                if after.value == value and (not delim or after.delim == delim) and not after.weak:
                    return True
            elif (after.kind is Kind.DIEU and not after.weak) or (
                khoan and after.kind is Kind.KHOAN and after.value == khoan and after.delim == "."
            ):
                return False
        return False

    def leads_to_dieu(self, index: int) -> bool:
        """Whether a Chương or Mục heading is followed closely by a Điều or a smaller heading."""
        near = self.lines[index + 1 : index + 1 + _NEAR]
        return any(after.kind in (Kind.DIEU, *CONTAINERS) and not after.weak for after in near)
