"""Quoted new text in amending acts: where it begins and ends, and which unit it will become.

Real texts open with “ and close with ", forget one of the two, or quote words inside the quoted
text; so a block also ends where the numbering of the amending act plainly goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ENDS_QUOTE = re.compile(r"[”\"»’']{1,2}\s*[.;,:]*\s*(?:/\.)?$")
# «… như sau: “2. …»: the quoted text begins on the line of its stem.
_INLINE = re.compile(r"(?:như\s+sau|sau\s+đây|mới)\s*:\s*(?=[“\"«‘])")
_ANNOUNCES = re.compile(r":\s*$")
AMENDING_VERB = re.compile(
    r"(?:Sửa\s|Bổ\s+sung|Thay\s|Bãi\s+bỏ|Bỏ\s|Hủy\s+bỏ|Điều\s+chỉnh|Thêm|Chuyển|Đính\s+chính|Tên\s"
    r"|(?:Các\s+)?(?:[Đđ]iểm|[Kk]hoản|Điều|Mục|Chương|Phần|Mẫu|Phụ lục|Đoạn)\s.{0,200}?"
    r"(?:sửa|bổ\s+sung|thay|bãi\s+bỏ|như\s+sau))"
)
_FINAL_ARTICLE = re.compile(
    r"(?:Sửa|Bổ sung|Thay|Bãi bỏ|Bỏ|Hiệu lực|Điều khoản|Tổ chức|Trách nhiệm|Quy định chuyển tiếp"
    r"|(?:Nghị định|Luật|Thông tư|Quyết định|Nghị quyết|Pháp lệnh|Thông tư liên tịch)\s+này)"
)

_LEVEL_ORDER = {
    name: place
    for place, name in enumerate(
        ("phan", "chuong", "muc", "tieu-muc", "dieu", "khoan", "diem", "doan")
    )
}


@dataclass(slots=True)
class Quotation:
    """An open block of quoted text."""

    mark: str  # the mark it opened with; "" when the marks were forgotten
    targets: list[str] = field(default_factory=list)  # paths named by the stem
    depth: int = 0
    lines: int = 0

    def ends_with(self, words: str) -> bool:
        """Count the marks of one more line; True if the block ends with it."""
        self.lines += 1
        if self.mark == '"':
            self.depth = (self.depth + words.count('"')) % 2
        else:
            opened = words.count("“") + words.count("«")
            closed = words.count("”") + words.count("»")
            if not closed and words.count('"') % 2:
                closed += 1  # opened with “, closed with a straight mark
            self.depth = self.depth + opened - closed
        return self.depth <= 0 and _ENDS_QUOTE.search(words) is not None

    def may_end_with(self, words: str) -> bool:
        """Whether the line ends like the end of a block although the marks do not add up."""
        return _ENDS_QUOTE.search(words) is not None


def announces_quote(source: str, end: int) -> bool:
    """Whether quoted text may follow the stem that ends at ``end``: it ends with a colon."""
    return _ANNOUNCES.search(source, max(0, end - 20), end) is not None


def inline_quote(words: str) -> int:
    """Return where quoted text begins inside its stem's line, or -1."""
    match = _INLINE.search(words)
    return match.end() if match else -1


def resumes(words: str, article: bool) -> bool:
    """Whether words after an outer label read like the amending act going on."""
    pattern = _FINAL_ARTICLE if article else AMENDING_VERB
    return pattern.match(words) is not None


def target_of(targets: list[str], level: str, segment: str) -> str:
    """Return the path in the amended act of a quoted unit, from the paths its stem names.

    «khoản 2 Điều 5 như sau: “2. …” a) …» makes «2.» ``dieu-5/khoan-2``.
    """
    if level in ("dieu", "phan", "chuong", "muc", "tieu-muc"):
        return segment
    for target in targets:
        if target.rpartition("/")[2] == segment:
            return target
    if not targets:
        return segment
    place = _LEVEL_ORDER[level]
    kept = []
    for part in targets[0].split("/"):
        name = part.rpartition("-")[0]
        if name in _LEVEL_ORDER and _LEVEL_ORDER[name] >= place:
            break
        kept.append(part)
    return "/".join([*kept, segment])
