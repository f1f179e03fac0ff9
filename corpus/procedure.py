"""Administrative procedures from files: JSON of the national portal, packages of it, tables.

Only what the review needs is read: code, name, who publishes it, the papers of the dossier and the
acts it rests on. What cannot be read is said, file by file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.annex_table import read_tables
from corpus.errors import ERRORS, RasoatError
from corpus.number import find_numbers
from corpus.readers.archive import entries
from corpus.readers.detect import detect
from corpus.readers.limits import Limits
from corpus.records import Notice
from corpus.text import clean, unaccent

_FILE = Path(__file__).with_name("procedure.yaml")
_HEADER_ROWS = 6
_MOST_FIELD = 200_000  # characters of one field of a JSON file
_MOST_COMPONENTS = 300
# The portal writes its tables without breaks: head, then a paper and how many copies of it.
_TABLE_HEAD = re.compile(r"Tên giấy tờ\s*Mẫu đơn, tờ khai\s*Số lượng")
_COPIES = re.compile(
    r"\d{1,3} bản (?:chính|sao)(?:,\s?\d{1,3} bản (?:chính|sao))*"
    r"(?=[^\s\w.,;:)/]|[^\W\d_]|\d{1,2} |\Z)"  # the next paper follows without a blank
)
# «Luật 54/2014/QH1354/2014/QH13Nghị định …»: numbers and titles of acts run into each other.
_RUN_TOGETHER = re.compile(
    r"(QH(?:1\d|\d)(?!\d/)|[^\W\d_])(?=\d{1,3}/(?:19|20)\d\d/)|([A-ZĐ]{2,})(?=[A-ZĐ][a-zà-ỹ])"
)
_FORM_FILE = re.compile(r"\s*[^.;]{0,80}\.(?:docx?|pdf|xlsx?|rtf)\s*\Z", re.I)
_BULLET = re.compile(r"\A\s*(?:[-–+*•]|\(?\d{1,2}[.)]|[a-zđ]\))\s*")


@dataclass(frozen=True, slots=True)
class ProcedureRecord:
    """One procedure as a file gives it; texts as printed, "" or () where it does not say."""

    code: str
    name: str
    agency: str
    decision: str
    components: tuple[str, ...]
    bases: tuple[str, ...]  # official numbers
    place: str  # where it stands: name of the file, or row of a table


@dataclass(frozen=True, slots=True)
class ProcedureFile:
    """The procedures of one file and what could not be read."""

    rows: list[ProcedureRecord]
    doubts: list[Notice]


def read_procedures(name: str, data: bytes) -> ProcedureFile:
    """Read one file; raises RS-123 where it holds no procedure, and what archives raise."""
    doubts: list[Notice] = []
    found = detect(data)
    if found == "zip":
        rows = [row for inner in _members(name, data, doubts) for row in inner]
    elif found == "text" and data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        rows = list(_json(name, data, doubts))
    else:
        rows = list(_tables(name, data, doubts))
    if not rows:
        raise ERRORS.error("RS-123", name=name)
    return ProcedureFile(rows, doubts)


@cache
def _fields() -> Mapping[str, Any]:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def _members(name: str, data: bytes, doubts: list[Notice]) -> Iterator[Iterable[ProcedureRecord]]:
    for entry in entries(name, data, Limits()):
        if not entry.name.casefold().endswith(".json"):
            doubts.append(_doubt(entry.name, "không phải tệp .json"))
            continue
        try:
            if entry.refused:
                raise entry.refused
            yield list(_json(entry.name, entry.load(), doubts))
        except RasoatError as error:
            doubts.append(_doubt(entry.name, str(error)))


def _json(name: str, data: bytes, doubts: list[Notice]) -> Iterator[ProcedureRecord]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        doubts.append(_doubt(name, "không phải JSON đọc được"))
        return
    for one in content if isinstance(content, list) else [content]:
        fields = _fields()["json"].items() if isinstance(one, dict) else ()
        values = {field: str(one.get(key) or "")[:_MOST_FIELD] for field, key in fields}
        if not values or not values["code"] or not values["name"]:
            doubts.append(_doubt(name, "thiếu mã hoặc tên thủ tục"))
            continue
        held = one.get(_fields()["json"]["components"])
        if isinstance(held, list):
            papers = tuple(filter(None, (_paper(str(paper)[:_MOST_FIELD]) for paper in held)))
        else:
            papers = components_of(values["components"])
        yield _record(values, papers, name)


def _tables(name: str, data: bytes, doubts: list[Notice]) -> Iterator[ProcedureRecord]:
    columns = {_folded(word): field for field, words in _fields()["cot"].items() for word in words}
    for table in read_tables(name, data):
        start, header = _header(table.rows, columns)
        if not header:
            doubts.append(_doubt(table.name, "không thấy cột mã và tên thủ tục"))
            continue
        rows: dict[str, ProcedureRecord] = {}
        code = ""
        for number, cells in enumerate(table.rows[start:], start=start + 1):
            values = {field: cells[at] for at, field in header.items() if at < len(cells)}
            papers = tuple(_split(values.get("components", "")))
            code = values.get("code", "") or (code if papers else "")
            if code in rows:  # a further paper of the same procedure
                standing = rows[code]
                rows[code] = replace(standing, components=(*standing.components, *papers))
            elif code and values.get("name"):
                rows[code] = _record(values, papers, f"{table.name}, dòng {number}")
            elif any(cells):
                doubts.append(_doubt(f"{table.name}, dòng {number}", "thiếu mã hoặc tên thủ tục"))
        yield from rows.values()


def _header(rows: list[list[str]], columns: Mapping[str, str]) -> tuple[int, dict[int, str]]:
    for number, cells in enumerate(rows[:_HEADER_ROWS]):
        header = {
            at: columns[_folded(cell)] for at, cell in enumerate(cells) if _folded(cell) in columns
        }
        if {"code", "name"} <= set(header.values()):
            return number + 1, header
    return 0, {}


def _record(values: Mapping[str, str], components: tuple[str, ...], place: str) -> ProcedureRecord:
    apart = _RUN_TOGETHER.sub(r"\1\2 ", clean(values.get("bases", "")).text)
    numbers = find_numbers(apart)
    return ProcedureRecord(
        values["code"].strip(),
        " ".join(values["name"].split()),
        values.get("agency", "").strip(),
        values.get("decision", "").strip(),
        components[:_MOST_COMPONENTS],
        tuple(dict.fromkeys(found.number.official for found in numbers)),
        place,
    )


def components_of(printed: str) -> tuple[str, ...]:
    """Return the papers of a dossier as the portal prints them, each once."""
    papers: list[str] = []
    for table in _TABLE_HEAD.split(printed)[1:]:
        at = 0
        for copies in _COPIES.finditer(table):
            papers.append(_paper(table[at : copies.start()].removeprefix("Bao gồm")))
            at = copies.end()
    return tuple(dict.fromkeys(paper for paper in papers if paper))


def _paper(printed: str) -> str:
    """Return the name of a paper without its bullet and without the file of its form."""
    words = " ".join(clean(printed).text.split())
    return _BULLET.sub("", _without_form(words)).strip(" ;.")


def _without_form(words: str) -> str:
    match = _FORM_FILE.search(words)
    return words[: match.start()] if match and match.start() > 0 else words


def _split(printed: str) -> Iterator[str]:
    for piece in re.split(r"[;\n]", printed):
        if paper := _paper(piece):
            yield paper


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unaccent(clean(text).text).casefold()).split())


def _doubt(place: str, reason: str) -> Notice:
    return ERRORS.notice("RS-164", place=place, reason=reason)
