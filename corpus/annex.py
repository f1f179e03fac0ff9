"""Annex tables in the form of Nghị quyết số 66.7/2025/NQ-CP: which paper gives way to which data.

Phụ lục I and II name a procedure, the paper of its dossier that data replaces, the database, its
owner and the provision that demands the paper; Phụ lục III names acts to be amended. Ministries
send them as .docx, .xlsx, .csv or .tsv. No row is dropped: what was not understood of it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from corpus.annex_table import Cells, Table, read_tables
from corpus.citation import find_citations
from corpus.errors import ERRORS
from corpus.number import find_numbers
from corpus.records import Notice
from corpus.text import clean, unaccent

_HEADERS_FILE = Path(__file__).with_name("annex.yaml")
_HEADER_ROWS = 6  # above the header may stand the annex's name and title
_ANNEX = re.compile(r"\bphụ\s+lục\s+(?:số\s+)?(III|II|I|[123])\b", re.I)
_ROMAN = {"1": "I", "2": "II", "3": "III"}
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?\Z")
# «1.000376»: a digit for the level, six for the procedure (Cơ sở dữ liệu quốc gia về TTHC).
_CODE = re.compile(r"\d\.\d{6}\Z")
# What amended an act or a provision stands after these words and is not what the row is about.
_AMENDED = re.compile(r"\(?\s*(?:đã\s+)?(?:được\s+)?(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)\b", re.I)
_ACT_NAME = re.compile(r"\s*((?:Bộ\s+luật|Luật|Pháp\s+lệnh|Hiến\s+pháp)\s+[^;()\n]{3,150})")
# A provision of the text that an act only brings into force: «Điều 5 Quy định kèm theo Quyết định».
_ATTACHED = re.compile(
    r"\b(?P<kind>Quy\s+chế|(?:Quy\s+định|Điều\s+lệ)(?=\s+(?:ban\s+hành\s+)?kèm))\b"
)
_ATTACHED_PATHS = {"quy chế": "quy-che-1/", "quy định": "quy-dinh-1/", "điều lệ": "dieu-le-1/"}
_KIND = (
    r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết|Quyết\s+định"
    r"|Thông\s+tư(?:\s+liên\s+tịch)?)"
)
# What stands between the numbers of two acts that a cell names side by side: a date, the kind of
# the next one, a law's name. Where «quy định …» stands, the second is in the title of the first.
_BESIDE = re.compile(
    rf"(?:\s*,?\s*ngày\s+[\d/.]+)?[\s,.&-]*(?:và\s+)?(?:tại\s+)?{_KIND}"
    r"(?!\s+(?:quy\s+định|về)\b)[^\d,;]{0,90}\Z",
    re.I,
)
# «Điều 36 Luật», «Điều 24a Nghị định»: the act of that kind which the row names.
_KIND_ONLY = re.compile(rf"({_KIND})\Z", re.I)
_NUMBERED = {"luật": "/QH", "bộ luật": "/QH", "pháp lệnh": "/UBTVQH", "nghị định": "/NĐ-",
    "nghị quyết": "/NQ", "quyết định": "/QĐ-", "thông tư": "/TT", "thông tư liên tịch": "/TTLT",
}  # fmt: skip
_UNHEADED = ["STT", "Tên văn bản"]  # a list of acts without a head, as the form names its columns


@dataclass(frozen=True, slots=True)
class AnnexTarget:
    """A provision that demands the paper."""

    act: str  # official number, or the law's name where the row gives no number
    path: str  # "dieu-18/khoan-2/diem-b"


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row; texts as printed, "" where the table has no such column."""

    annex: str  # "I", "II", "III"; "" where the table does not say
    place: str  # where it stands in the file: "bảng 1, dòng 12"
    field: str
    order: str
    procedure_code: str  # "1.000376"
    procedure: str
    component: str
    database: str
    owner: str
    act: str
    location: str
    acts: tuple[str, ...] = ()  # official numbers, or names, of the acts in ``act``
    targets: tuple[AnnexTarget, ...] = ()
    printed: tuple[tuple[str, str], ...] = ()  # every cell under its heading, in table order


@dataclass(frozen=True, slots=True)
class Annex:
    """The rows of one file and what could not be understood of them."""

    rows: list[AnnexRow]
    doubts: list[Notice]


def read_annex(name: str, data: bytes) -> Annex:
    """Read one file; raises RS-121 where it holds no table that could be such an annex."""
    rows: list[AnnexRow] = []
    doubts: list[Notice] = []
    for table in read_tables(name, data):
        found = list(_rows(table, doubts))
        rows += found
    if not rows:
        raise ERRORS.error("RS-121", name=name)
    return Annex(rows, doubts)


@cache
def _columns() -> dict[str, str]:
    """Return header words, folded, → field of ``AnnexRow``."""
    known = {item.name for item in fields(AnnexRow)}
    columns: dict[str, str] = {}
    for column, names in yaml.safe_load(_HEADERS_FILE.read_text(encoding="utf-8"))["cot"].items():
        if column not in known:
            raise ERRORS.error(
                "RS-390", file=_HEADERS_FILE.name, line=1, reason=f"không có cột «{column}»"
            )
        columns |= {_folded(name): column for name in names}
    return columns


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unaccent(clean(text).text).casefold()).split())


def _rows(table: Table, doubts: list[Notice]) -> Iterator[AnnexRow]:
    start, header = _header(table.rows)
    annex = _annex_name([table.title, *(" ".join(row) for row in table.rows[:start])])
    if not header:
        header = _without_header(table.rows)
    if not header:
        if table.rows:
            doubts.append(_doubt(table, 0, "bảng không có dòng tiêu đề nhận ra được"))
        return
    headings = table.rows[start - 1] if start else _UNHEADED
    field = ""
    above: dict[str, str] = {}
    for number, cells in enumerate(table.rows[start:], start=start):
        filled = list(dict.fromkeys(cell for cell in cells if cell))
        if not filled or all(_COLUMN_NUMBER.match(cell) for cell in filled):
            continue
        alone = filled[0] if len(filled) == 1 else ""
        if alone and not _is_row(alone):
            annex = _annex_name([alone]) or annex
            field = field if _ANNEX.search(alone) else alone
            continue
        values = {column: cells[at] if at < len(cells) else "" for at, column in header.items()}
        printed = tuple(zip(headings, [*cells, *[""] * len(headings)], strict=False))
        if (
            len(filled) == 2
            and _COLUMN_NUMBER.match(filled[0].rstrip("."))
            and _is_field(filled[1])
        ):
            field = filled[1]
            continue
        if values.get("act") and _is_section(values):
            field = values["act"]
            continue
        values = _continued(values, above)
        above = values
        row, reasons = _row(table, number, values, annex, field)
        row = replace(row, printed=printed)
        doubts += [_doubt(table, number, reason) for reason in reasons]
        yield row


def _header(rows: list[Cells]) -> tuple[int, dict[int, str]]:
    """Return where the rows begin and which field each column holds."""
    columns = _columns()
    for number, cells in enumerate(rows[:_HEADER_ROWS]):
        header: dict[int, str] = {}
        for at, cell in enumerate(cells):
            column = columns.get(_folded(cell))
            if column and column not in header.values():
                header[at] = column
        if len(header) >= 2 and ("act" in header.values() or "procedure" in header.values()):
            return number + 1, header
    return 0, {}


def _without_header(rows: list[Cells]) -> dict[int, str]:
    """Phụ lục III often has no header: a number and the name of an act in every row."""
    full = [cells for cells in rows if sum(map(bool, cells)) >= 2]
    lists = full and all(len(cells) == 2 and _is_row(cells[1]) for cells in full)
    return {0: "order", 1: "act"} if lists else {}


def _annex_name(texts: list[str]) -> str:
    for text in texts:
        if match := _ANNEX.search(text):
            return _ROMAN.get(match[1], match[1].upper())
    return ""


def _is_row(text: str) -> bool:
    """Say whether a cell that stands alone names an act and is no title of a section."""
    return not text.isupper() and next(find_numbers(clean(text).text), None) is not None


def _is_field(text: str) -> bool:
    return text.isupper() or _folded(text).startswith("linh vuc")


def _is_section(values: dict[str, str]) -> bool:
    """Say whether a row of capitals opens a list: «DANH SÁCH CÁC NGHỊ ĐỊNH CẦN SỬA ĐỔI»."""
    named = values.get("procedure") or values.get("component") or values.get("procedure_code")
    return not named and values["act"].isupper() and not _is_row(values["act"].capitalize())


def _continued(values: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    """Fill what a cell merged over several rows says only once: the procedure of more papers."""
    own = any(values.get(name) for name in ("order", "procedure", "procedure_code"))
    if own or "procedure" not in values:
        return values
    kept = ("order", "procedure_code", "procedure")
    return values | {name: above.get(name, "") for name in kept if name in values}


def _row(
    table: Table, number: int, values: dict[str, str], annex: str, field: str
) -> tuple[AnnexRow, list[str]]:
    reasons: list[str] = []
    code = values.get("procedure_code", "").replace(",", ".").replace(" ", "")
    if code and not _CODE.match(code):
        reasons.append(f"mã thủ tục «{code}» không đúng dạng 1.234567")
    act, location = values.get("act", ""), values.get("location", "")
    acts = acts_of(act)
    if not act:
        reasons.append("không có tên văn bản")
    elif not acts:
        reasons.append(f"không rõ số hiệu hay tên luật trong «{_short(act)}»")
    targets = targets_of(location, acts)
    if location and not targets:
        reasons.append(f"không rõ điều, khoản, điểm trong «{_short(location)}»")
    if not location and values.get("component"):
        reasons.append("không ghi điều, khoản, điểm quy định giấy tờ")
    said = _annex_name([f"phụ lục {values.get('annex', '')}"])
    row = AnnexRow(
        annex=said or annex or ("III" if act and not values.get("component") else ""),
        place=_place(table, number),
        field=values.get("field", "") or field,
        order=values.get("order", "").rstrip("."),
        procedure_code=code,
        procedure=values.get("procedure", ""),
        component=values.get("component", ""),
        database=values.get("database", ""),
        owner=values.get("owner", ""),
        act=act,
        location=location,
        acts=acts,
        targets=targets,
    )
    return row, reasons


def acts_of(printed: str) -> tuple[str, ...]:
    """Return the acts a cell names, without those that only amended one of them."""
    found: list[str] = []
    for piece in re.split(r"[;\n]", printed):
        words = clean(piece).text
        own = _AMENDED.split(words, maxsplit=1)[0] or words
        numbers = list(find_numbers(own))
        # «sửa đổi, bổ sung …» may also be the title of an amending act, after its number.
        if numbers:
            found.append(numbers[0].number.official)
            for before, after in pairwise(numbers):
                if not _BESIDE.match(own[before.end : after.start]):
                    break
                found.append(after.number.official)
        elif name := _ACT_NAME.match(own):
            found.append(name[1].strip(" ,."))
    return tuple(dict.fromkeys(found))


def targets_of(location: str, acts: tuple[str, ...]) -> tuple[AnnexTarget, ...]:
    """Return the provisions a cell names; parts that only amended one of them are left out."""
    targets: list[AnnexTarget] = []
    for piece in re.split(r"[;\n]", location):
        own = _AMENDED.split(clean(piece).text, maxsplit=1)[0]
        attached = _ATTACHED.search(own)
        prefix = ""
        if attached:
            prefix = _ATTACHED_PATHS[" ".join(attached["kind"].casefold().split())]
        for citation in find_citations(own):
            act = _meant(citation.act or "", acts)
            targets += [AnnexTarget(act, prefix + path) for path in citation.paths]
    return tuple(dict.fromkeys(targets))


def _meant(cited: str, acts: tuple[str, ...]) -> str:
    """Return the act a citation means, of those its row names where it gives no number."""
    first = acts[0] if acts else ""
    kind = _KIND_ONLY.match(cited)
    if kind:
        mark = _NUMBERED[" ".join(kind[1].casefold().split())]
        return next((act for act in acts if mark in act), first)
    return first if _ATTACHED.match(f"{cited} theo") else cited or first


def _place(table: Table, number: int) -> str:
    return f"{table.name}, dòng {number + 1}"


def _doubt(table: Table, number: int, reason: str) -> Notice:
    return ERRORS.notice("RS-161", place=_place(table, number), reason=reason)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"
