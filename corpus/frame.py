"""What surrounds the provisions: where the head ends and how attached texts announce themselves."""

from __future__ import annotations

import re

from corpus.label import WORDS
from corpus.outline import Kind, Line

# The head of an act is short; a Điều 1 further down than this belongs to an annex.
_LONGEST_HEAD = 150
_FALLBACK_HEAD = 40

_ENACTING = re.compile(
    r"(?:(?:QUYẾT\s?ĐỊNH|NGHỊ\s?ĐỊNH|QUYẾT\s?NGHỊ|PHÁP\s?LỆNH|CHỈ\s?THỊ|LỆNH|THÔNG\s?TƯ)\s*:$"
    r"|(?:Căn cứ|Theo đề nghị|Xét|Thực hiện|Sau khi)\s)"
)
_ENDS_PREAMBLE = re.compile(
    r"(?:ban\s+hành|quyết\s+định|hướng\s+dẫn|quy\s+định|quyết\s+nghị|thống\s+nhất|yêu\s+cầu|chỉ\s+thị|nhiệm\s+vụ)"
    r".{0,400}(?:như\s+sau|sau\s+đây|việc\s+sau)\s*:$"
)
_HEAD_LINE = re.compile(
    r"(?:CỘNG\s+HÒA|CỘNG\s+HOÀ|Độc\s+lập|Số\s*:|[-_—–=*\s]+$|.{0,40}ngày\s+.{1,8}tháng\s+.{1,6}năm"
    r"|Kính gửi|V/v|(?:LUẬT|BỘ LUẬT|PHÁP LỆNH|NGHỊ ĐỊNH|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG TƯ|CHỈ THỊ)\b)",
)  # fmt: skip
_CONTAINER_KINDS = (Kind.PHAN, Kind.CHUONG, Kind.MUC)
_FIRST_KINDS = (*_CONTAINER_KINDS, Kind.ROMAN, Kind.LETTER, Kind.KHOAN)
_ENACTING_LINES = 5  # lines that «Bộ trưởng … hướng dẫn như sau» may take
_ANNEX_KINDS = (Kind.PHU_LUC, Kind.MAU)

# «QUY CHẾ … (Ban hành kèm theo …)»: capital words → segment of a path.
_ATTACHED_NAMES = {
    WORDS[name].upper(): name
    for name in WORDS
    if name
    not in ("phan", "chuong", "muc", "tieu-muc", "dieu", "khoan", "diem", "doan", "mau", "phu-luc")
}
_ATTACHED_NOTE = re.compile(
    r"[(\[*“]?\s*(?:được\s+|đã\s+)?(?:ban\s+hành|kèm\s+theo|phê\s+duyệt)", re.IGNORECASE
)
_NOTE_WITHIN = 7


def find_body(text: str, lines: list[Line]) -> int:
    """Return the index of the first line that is not head (quốc hiệu, tên, căn cứ …)."""
    enacted = -1
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        words = text[line.start : line.end]
        if _ENACTING.match(words) or (line.kind is Kind.TEXT and _ENDS_PREAMBLE.search(words)):
            enacted = index
        elif line.kind is Kind.DIEU and not line.weak:
            break
    first_dieu = next(
        (i for i, line in enumerate(lines) if line.kind is Kind.DIEU and not line.weak), None
    )
    if first_dieu is not None and not _annex_between(lines, enacted, first_dieu):
        for index in range(enacted + 1, first_dieu):
            if (
                lines[index].kind in _CONTAINER_KINDS
                and not lines[index].weak
                and lines[index].value == 1
            ):
                return index
        for index in range(enacted + 1, first_dieu):
            if lines[index].kind in _CONTAINER_KINDS and not lines[index].weak:
                return index
        return first_dieu
    if enacted >= 0:
        return _first_unit(lines, enacted + 1) or _after_continuation(text, lines, enacted + 1)
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        if line.value == 1 and line.kind in _FIRST_KINDS:
            return index
    last = max(
        (
            i
            for i, line in enumerate(lines[:_FALLBACK_HEAD])
            if _HEAD_LINE.match(text[line.start : line.end])
        ),
        default=-1,
    )
    return last + 1 if last + 1 < len(lines) else 0


def _annex_between(lines: list[Line], start: int, end: int) -> bool:
    """Whether the first Điều stands in an annex: the act itself then has none."""
    signed = any(
        line.kind in (Kind.RECIPIENTS, *_ANNEX_KINDS) for line in lines[max(start, 0) + 1 : end]
    )
    items = sum(
        1 for line in lines[max(start, 0) + 1 : end] if line.kind in (Kind.ROMAN, Kind.KHOAN)
    )
    return signed and items >= 2


def _first_unit(lines: list[Line], start: int) -> int:
    """Return the index of a first unit close after the preamble, or 0."""
    for index in range(start, min(start + _ENACTING_LINES, len(lines))):
        line = lines[index]
        if line.value == 1 and line.kind in _FIRST_KINDS:
            return index
    return 0


def _after_continuation(text: str, lines: list[Line], index: int) -> int:
    """Skip the wrapped rest of the last preamble line."""
    while (
        index < len(lines) and lines[index].kind is Kind.TEXT and text[lines[index].start].islower()
    ):
        index += 1
    return index


def attached_name(text: str, lines: list[Line], index: int, after_signature: bool) -> str:
    """Return the segment name of the attached text that begins at ``lines[index]``, or ""."""
    words = text[lines[index].start : lines[index].end]
    if not words.isupper() or len(words) > 300:
        return ""
    name = next((slug for word, slug in _ATTACHED_NAMES.items() if words.startswith(word)), "")
    if not name and (not after_signature or lines[index].kind is Kind.SIGNATURE):
        return ""
    for line in lines[index + 1 : index + 1 + _NOTE_WITHIN]:
        if line.kind is Kind.DIEU:
            return name if after_signature else ""
        if _ATTACHED_NOTE.match(text, line.start, line.end):
            return name or "phu-luc"
        if line.kind in (Kind.CHUONG, Kind.PHAN):
            return name
    return ""
