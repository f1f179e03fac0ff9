"""Domain records of the corpus: what a reader hands over and what an act is.

Offsets are counted in characters of ``RawDocument.text`` (the untouched source text), half open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Level = Literal[
    "phan", "chuong", "muc", "tieu-muc", "dieu", "khoan", "diem", "doan", "phu-luc", "mau"
]

FurnitureKind = Literal["furniture", "footnote", "signature", "recipients", "related", "head"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of a load report: an error-catalogue code and its Vietnamese sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the source text that is no provision: page head, footnote, signature …"""

    start: int
    end: int
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Head:
    """What the act says about itself. Empty string or None where the text does not say."""

    number: str = ""  # official spelling, "104/2022/NĐ-CP"
    type: str = ""  # Vietnamese name of the type: "Nghị định", "Thông tư liên tịch" …
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    effective: date | None = None


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """Who amended an article, as Bộ Pháp điển's note says."""

    act: str  # official number of the amending act
    paths: tuple[str, ...]  # its units that amend: "dieu-1", "dieu-1/khoan-10"
    effective: date | None  # when that act took effect, as the note says


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """An article that Bộ Pháp điển links to another one."""

    shown: str  # as printed: "Điều 24.4.LQ.19. Yêu cầu chung …"
    act: str  # number of its act, else its title; "" where the package does not hold it
    dieu: str  # path in that act, "dieu-19"; "" where unknown or a whole chương


@dataclass(frozen=True, slots=True)
class ArticleNote:
    """Bộ Pháp điển's note on one article: where it comes from, who amended it, what is related."""

    dieu: str  # path of the Điều in the act, "dieu-8"
    text: str  # the note as printed
    subject: str  # đề mục, "36.3 Thanh niên"
    amended_by: tuple[ArticleChange, ...] = ()
    related: tuple[RelatedArticle, ...] = ()


@dataclass(slots=True)
class RawDocument:
    """One act as a reader found it: plain text with ``\\n`` line ends, nothing interpreted."""

    source: str  # display name: file name, or path inside a folder or archive
    format: str  # "docx", "doc", "rtf", "html", "pdf", "image", "text", "phapdien"
    text: str
    encoding: str = "utf-8"
    digest: str = ""  # SHA-256 of the bytes read, hex
    notes: list[Notice] = field(default_factory=list)
    page_starts: list[int] = field(default_factory=list)  # offset where page 1, 2 … begins
    regions: list[Region] = field(default_factory=list)  # what the reader knows to be no provision
    head: Head | None = None  # given by the format (Bộ Pháp điển), else read from the text
    article_notes: list[ArticleNote] = field(default_factory=list)


@dataclass(slots=True)
class ReadResult:
    """What became of one input file: a document, or the reason there is none."""

    source: str
    document: RawDocument | None
    notes: list[Notice] = field(default_factory=list)
    skipped: bool = False  # nothing was to be read here: lock file, index page of a package

    @property
    def failed(self) -> bool:
        return self.document is None and not self.skipped


@dataclass(slots=True)
class Provision:
    """One unit of an act with its own words (children hold theirs).

    ``text == source[start:end]`` always; it starts with the unit's label ("2. …", "a) …",
    "Điều 5. …") and ends before the first child.
    """

    path: str  # "dieu-5/khoan-2/diem-a", "phu-luc-1/…", "mau-02/…"
    level: Level
    label: str  # as a lawyer says it: "điểm a khoản 2 Điều 5"
    heading: str  # title of a Phần, Chương, Điều, phụ lục or mẫu, without its number
    text: str
    start: int
    end: int
    page: int | None = None
    parent: int | None = None  # index in Act.provisions
    children: list[int] = field(default_factory=list)
    subtree_end: int = 0  # where the last descendant ends (source offset)
    quoted: bool = False  # inside the quoted new text of an amending act
    target: str = ""  # for quoted units: path in the act that is amended


@dataclass(slots=True)
class Act:
    """A parsed act: head data and the provision tree in document order."""

    raw: RawDocument
    head: Head
    provisions: list[Provision]
    regions: list[Region] = field(default_factory=list)  # everything that is no provision
    notes: list[Notice] = field(default_factory=list)
