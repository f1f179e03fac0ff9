"""Footnotes of consolidated texts (VBHN), which readers leave between the provisions.

«10 Điểm này được sửa đổi, bổ sung theo quy định tại Khoản 1 Điều 1 Nghị định số …» and, after
«… quy định như sau:», articles and legal grounds of amending acts in quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.outline import OPENING_QUOTE
from corpus.quotation import Quotation

_CONSOLIDATED = re.compile(r"VĂN BẢN HỢP NHẤT|/VBHN-|được\s+sửa\s+đổi,?\s+bổ\s+sung\s+bởi")
_WITHIN = 4000  # characters in which an act says that it is a consolidated text
_FOOTNOTE = re.compile(
    r"\d{1,3}\s+(?:"
    r"(?:(?:Tên|Số\s+thứ\s+tự)\s+)?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Cc]ụm\s+từ|[Đđ]oạn|[Mm]ục|[Cc]hương"
    r"|[Nn]ội\s+dung|[Pp]hụ\s+lục|[Mm]ẫu|[Tt]ừ|[Bb]iểu|[Tt]ên\s+\w+|[Cc]âu)\b"
    r"(?:\s*[“\"«][^”\"»]{1,400}[”\"»])?.{0,60}?\s+(?:này\s+)?được\s+"
    r"(?:sửa|bổ|bãi|thay|bỏ|hủy|đính)"
    r"|(?:Luật|Bộ\s+luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết|Quyết\s+định|Thông\s+tư)\b.{0,600}"
    r"(?:căn\s+cứ\s+ban\s+hành|quy\s+định\s+như\s+sau)"
    r"|(?:Điều|Khoản)\s+\d+.{0,600}quy\s+định\s+(?:về\s.{0,80}\s)?như\s+sau)"
    # its number lost in the print: «Điều 3 và Điều 4 Thông tư số … có hiệu lực … quy định như sau:»
    r"|Điều\s+\d+(?:,?\s+(?:và\s+)?Điều\s+\d+)*\s+(?:của\s+)?(?:Luật|Bộ\s+luật|Nghị\s+định|Thông\s+tư"
    r"|Quyết\s+định|Nghị\s+quyết)\b.{0,600}có\s+hiệu\s+lực.{0,100}quy\s+định\s+như\s+sau\s*:$"
)
# «Mức vay5», «thi hành34 35», «thi hành 7»; «năm 1945» and «Điều 14» end with numbers of their own.
_MARK_AFTER = re.compile(
    r"(?:(?<=[^\W\d])|(?<=[^\W\d])(?<!số)(?<!năm)(?<!háng)(?<!gày)(?<!iều)(?<!oản)(?<!oại)(?<!hóm)"
    r"(?<!ạng)(?<!cấp)\s)\d{1,2}(?:\s\d{1,2})*$"
)
_MARK_BEFORE = re.compile(r"\d{1,3}\s+")
_SENTENCE_END = (".", "”", '"', "»", ";")
_LONGEST = 60  # lines of one footnote; a mark that never closes must not swallow the act


def is_consolidated(text: str) -> bool:
    """Whether the act says near its beginning that it is a consolidated text."""
    return _CONSOLIDATED.search(text, 0, _WITHIN) is not None


def without_marks(title: str) -> str:
    """Return a heading of a consolidated text without the numbers of its footnotes."""
    before = _MARK_BEFORE.match(title)
    rest = title[before.end() :] if before else ""
    if rest[:1].isupper() or rest.startswith("(được"):
        title = rest
    return _MARK_AFTER.sub("", title)


@dataclass(slots=True)
class FootnoteFilter:
    """Tells footnote lines from provisions, line by line."""

    open: bool = False  # the footnote's sentence goes on in the next line
    announced: bool = False  # «… như sau:»: quoted text follows
    quote: Quotation | None = None
    lines: int = 0

    def takes(self, words: str) -> bool:
        """Whether the line belongs to a footnote."""
        if self.quote is not None:
            return self._quoted(words)
        if self.announced and (match := OPENING_QUOTE.match(words)):
            self.quote = Quotation(match.group()[0])
            self.lines = 0
            return self._quoted(words)
        self.announced = False
        goes_on = self.open and words[0].islower()
        if not goes_on and not _FOOTNOTE.match(words):
            self.open = False
            return False
        self.open = not words.endswith(_SENTENCE_END)
        self.announced = words.endswith(":")
        return True

    def _quoted(self, words: str) -> bool:
        quote = self.quote
        self.lines += 1
        if quote is None or self.lines > _LONGEST:
            self.quote = None
            return False
        if quote.ends_with(words):
            self.quote = None
            self.announced = self.open = False
        return True
