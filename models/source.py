"""Electronic sources that replace papers, with readiness D0–D3 and the names they go by.

The Government's own Annex I of NQ 66.7/2025/NQ-CP spells one database in up to 17 ways, so names
are compared by what is left after the words that every database name shares.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from corpus.datafile import CONFIDENCES, Row, by_id, read_sections
from corpus.text import clean, fold, unaccent

PATH: Final = Path(__file__).with_name("catalogue") / "sources.yaml"

READINESS: Final = {
    "D0": "chưa có cơ sở dữ liệu",
    "D1": "có cơ sở dữ liệu, chưa kết nối",
    "D2": "kết nối một phần",
    "D3": "đã công bố trên Cổng Dịch vụ công quốc gia",
}

PUBLISHED: Final = 3  # D3

_NOT_WORD: Final = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure on a source, as its document gives it."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """One electronic source."""

    id: str  # DC, HT, DN …
    name: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    owner: str  # agency code
    operator: str
    scope: tuple[str, ...]
    papers: tuple[str, ...]
    categories: tuple[str, ...]
    access: tuple[str, ...]  # how it is read
    readiness: int  # 0–3
    published: date | None
    bases: tuple[str, ...]  # ids of bases.yaml
    figures: tuple[Figure, ...]
    note: str
    confidence: str
    sources: tuple[str, ...]
    checked: date | None

    @property
    def readiness_label(self) -> str:
        """Return "D2 · kết nối một phần"."""
        code = f"D{self.readiness}"
        return f"{code} · {READINESS[code]}"


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources by id, and the two ways to find one: by its name, by the paper it replaces."""

    rows: dict[str, Source]
    _names: tuple[tuple[str, str], ...]  # (comparable keyword, id), longest first
    _papers: tuple[tuple[str, str], ...]  # (comparable paper, id), longest first

    def resolve(self, name: str) -> tuple[str, ...]:
        """Return the ids of all databases that ``name`` mentions, in order of mention.

        Case, tone spelling, missing diacritics, abbreviations (CSDL, CSDLQG) and several
        databases in one cell are understood; an unknown name gives ().
        """
        return _mentioned(name, self._names)

    def source_of(self, paper: str) -> tuple[str, ...]:
        """Return the ids of the sources that replace the papers named in ``paper``, in order."""
        return _mentioned(paper, self._papers)

    def of(self, category: str) -> tuple[Source, ...]:
        """Return the sources that serve a category, in file order."""
        return tuple(source for source in self.rows.values() if category in source.categories)


def comparable(name: str) -> str:
    """Return ``name`` in lower case, without diacritics and punctuation, blanks single."""
    return _NOT_WORD.sub(" ", unaccent(fold(clean(name).text))).strip()


def _mentioned(text: str, terms: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Find terms, the longest first; words that one term has used are not given to another."""
    rest = f" {comparable(text)} "
    found: list[tuple[int, str]] = []
    for term, source_id in terms:
        while (at := rest.find(f" {term} ")) >= 0:
            found.append((at, source_id))
            # Same length, so that positions stay positions of mention.
            rest = f"{rest[:at]} {'·' * len(term)} {rest[at + len(term) + 2 :]}"
    return tuple(dict.fromkeys(source_id for _, source_id in sorted(found)))


def load(path: Path = PATH, bases: Collection[str] | None = None) -> Sources:
    """Read ``sources.yaml``; with ``bases`` every id under can_cu must be one of them.

    Raises ``DataFileError`` naming the file and the line of a bad row.
    """
    rows: dict[str, Source] = {}
    for row in read_sections(path, ("nguon",))["nguon"]:
        source_id = by_id(rows, row, "ma")
        rows[source_id] = _source(row, source_id, bases)
    return Sources(
        rows,
        _names=_longest_first((word, s.id) for s in rows.values() for word in s.keywords),
        _papers=_longest_first((word, s.id) for s in rows.values() for word in s.papers),
    )


def _longest_first(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    first: dict[str, str] = {}
    for word, source_id in pairs:
        first.setdefault(comparable(word), source_id)  # the source listed first wins
    return tuple(sorted(first.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _source(row: Row, source_id: str, bases: Collection[str] | None) -> Source:
    source = Source(
        id=source_id,
        name=row.text("ten"),
        aliases=row.words("ten_khac"),
        keywords=row.words("tu_khoa"),
        owner=row.text("chu_quan"),
        operator=row.text("co_quan_van_hanh", ""),
        scope=row.words("pham_vi"),
        papers=row.words("giay_to"),
        categories=row.words("nhom"),
        access=row.words("phuong_thuc"),
        readiness=int(row.choice("san_sang", READINESS)[1]),
        published=row.day("ngay_cong_bo"),
        bases=row.words("can_cu", bases),
        figures=tuple(_figure(figure) for figure in row.rows("so_lieu")),
        note=row.text("ghi_chu", ""),
        confidence=row.choice("muc_tin_cay", CONFIDENCES),
        sources=row.words("nguon"),
        checked=row.day("ngay_doi_chieu"),
    )
    if not source.keywords:
        row.fail("thiếu trường «tu_khoa»: nguồn sẽ không bao giờ được nhận ra", "tu_khoa")
    if source.confidence == "đã đối chiếu" and not (source.sources and source.checked):
        row.fail("«đã đối chiếu» thì phải có nguon và ngay_doi_chieu", "muc_tin_cay")
    row.done()
    return source


def _figure(row: Row) -> Figure:
    figure = Figure(row.text("ten"), row.text("gia_tri"), row.text("nguon"))
    row.done()
    return figure
