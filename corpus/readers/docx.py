"""Word documents (.docx): everything a reader of the page sees, in its order.

python-docx loses insertions, automatic numbers, text boxes and foot-notes, so the body is walked
here. Deletions, comments, page heads and pictures are left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus import encoding
from corpus.encoding import Legacy
from corpus.errors import ERRORS
from corpus.readers.composer import Composer, compose, count_vi
from corpus.readers.docx_fonts import Fonts
from corpus.readers.docx_numbering import Numbering, child_value
from corpus.readers.docx_package import Package, W
from corpus.readers.limits import Limits
from corpus.readers.markup import local_name
from corpus.readers.tables import Row, table_lines
from corpus.readers.text import legacy_notice
from corpus.records import Notice, RawDocument

_WRAPPERS = frozenset(
    ("ins", "moveto", "customxml", "smarttag", "sdt", "sdtcontent", "hyperlink", "fldsimple", "dir",
     "bdo", "omath", "omathpara", "subdoc")
)  # fmt: skip
_DELETED = frozenset(("del", "movefrom"))
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0323]")
# Check boxes of Wingdings; other symbols have no letter.
_SYMBOLS = {"A8": "☐", "6F": "☐", "FE": "☑", "FD": "☒", "52": "☑", "B7": "•", "D8": "-", "FC": "✓"}


@dataclass(slots=True)
class _Losses:
    deleted: int = 0
    deleted_chars: int = 0
    inserted: int = 0
    pictures: int = 0
    objects: int = 0
    boxes: int = 0
    struck: int = 0
    converted: dict[Legacy, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Piece:
    text: str
    legacy: Legacy | None = None
    capitals: bool = False


def read(name: str, data: bytes, limits: Limits) -> RawDocument:
    """Return the document; raises RS-105, RS-106, RS-111, RS-115 or RS-119."""
    package = Package(name, data, limits)
    root = package.document()
    styles_root = package.part("styles")
    styles = {
        style.get(f"{W}styleId", ""): style
        for style in (styles_root.findall(f"{W}style") if styles_root is not None else ())
    }
    body = _Body(Fonts(root, styles), Numbering(package.part("numbering"), styles))
    main = root.find(f"{W}body")
    lines = list(body.blocks(main)) if main is not None else []
    foot = body.notes(package.part("footnotes"), package.part("endnotes"))
    text, repaired = encoding.repair_lines("\n".join(lines))
    for legacy, chars in repaired.items():
        body.losses.converted[legacy] = body.losses.converted.get(legacy, 0) + chars
    composer = Composer()
    for line in text.split("\n"):
        composer.line(line)
    for line in foot:
        composer.line(line, "footnote")
    return compose(name, "docx", data, composer, _notices(package, body, len(foot)))


def _notices(package: Package, body: _Body, feet: int) -> list[Notice]:
    losses = body.losses
    notes = [ERRORS.notice("RS-151", count=body.numbering.rebuilt)] * bool(body.numbering.rebuilt)
    if losses.converted:
        notes.append(legacy_notice(losses.converted))
    if losses.inserted:
        notes.append(ERRORS.notice("RS-135", count=losses.inserted))
    if losses.deleted:
        chars = count_vi(losses.deleted_chars)
        notes.append(ERRORS.notice("RS-134", count=losses.deleted, chars=chars))
    if feet:
        notes.append(ERRORS.notice("RS-139", count=feet))
    if losses.boxes:
        notes.append(ERRORS.notice("RS-140", count=losses.boxes))
    if furniture := _furniture(package):
        notes.append(ERRORS.notice("RS-136", chars=count_vi(furniture)))
    comments = package.part("comments")
    if comments is not None and (count := len(comments.findall(f"{W}comment"))):
        notes.append(ERRORS.notice("RS-137", count=count))
    if losses.pictures:
        notes.append(ERRORS.notice("RS-133", count=losses.pictures))
    if losses.objects:
        notes.append(ERRORS.notice("RS-148", count=losses.objects))
    if losses.struck:
        notes.append(ERRORS.notice("RS-152", chars=count_vi(losses.struck)))
    return notes


def _furniture(package: Package) -> int:
    parts = [*package.parts("header"), *package.parts("footer")]
    texts = ("".join(part.itertext(f"{W}t")).strip() for part in parts)
    # A bare page number is not worth a word.
    return sum(len(text) for text in texts if not text.isdigit())


class _Body:
    """Walks blocks and runs, counting what is left out."""

    def __init__(self, fonts: Fonts, numbering: Numbering) -> None:
        self.fonts = fonts
        self.numbering = numbering
        self.losses = _Losses()
        self._references: list[tuple[str, str]] = []  # ("footnote", id) in order of mention

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """Yield the lines of a body, cell, text box or foot-note."""
        for child in parent:
            tag = local_name(child)
            if tag == "p":
                yield from self._paragraph(child)
            elif tag == "tbl":
                yield from table_lines(self._rows(child))
            elif tag in _DELETED:
                self._delete(child)
            elif tag in _WRAPPERS:
                yield from self.blocks(child)
            elif tag == "alternatecontent":
                yield from self.blocks(_alternative(child))
            elif tag == "altchunk":
                self.losses.objects += 1

    def _delete(self, element: etree._Element) -> None:
        text = "".join(element.itertext(f"{W}delText", f"{W}t"))
        self.losses.deleted += 1
        self.losses.deleted_chars += len(text)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        properties = paragraph.find(f"{W}pPr")
        style = child_value(properties, "pStyle") or ""
        pieces: list[_Piece] = []
        boxes: list[etree._Element] = []
        self._runs(paragraph, style, pieces, boxes)
        text = self._joined(pieces)
        mark = properties.find(f"{W}rPr/{W}del") if properties is not None else None
        if text.strip() or mark is None:
            # A paragraph whose text and mark are deleted takes no number either.
            text = self.numbering.label(properties, style) + text
        if text.strip():
            yield from text.split("\n")
        for box in boxes:
            lines = list(self.blocks(box))
            self.losses.boxes += bool(lines)
            yield from lines

    def _runs(
        self,
        parent: etree._Element,
        style: str,
        pieces: list[_Piece],
        boxes: list[etree._Element],
    ) -> None:
        for child in parent:
            tag = local_name(child)
            if tag == "r":
                self._run(child, style, pieces, boxes)
            elif tag in _DELETED:
                self._delete(child)
            elif tag in _WRAPPERS:
                self.losses.inserted += tag in ("ins", "moveto")
                self._runs(child, style, pieces, boxes)
            elif tag == "alternatecontent":
                self._runs(_alternative(child), style, pieces, boxes)

    def _run(
        self,
        run: etree._Element,
        style: str,
        pieces: list[_Piece],
        boxes: list[etree._Element],
    ) -> None:
        legacy, capitals = self.fonts.legacy(run, style)
        properties = run.find(f"{W}rPr")
        for child in run:
            tag = local_name(child)
            if tag == "t":
                text = child.text or ""
                pieces.append(_Piece(text, legacy, capitals))
                if properties is not None and _is_struck(properties):
                    self.losses.struck += len(text)
            elif tag == "softhyphen":
                # In TCVN3 the byte of the soft hyphen is the letter ư.
                pieces.append(_Piece("\u00ad", legacy, capitals))
            elif tag in ("footnotereference", "endnotereference"):
                self._references.append((tag.removesuffix("reference"), child.get(f"{W}id", "")))
                pieces.append(_Piece(f"[{len(self._references)}]"))
            elif tag == "alternatecontent":
                self._drawing(_alternative(child), boxes)
            elif tag in ("drawing", "pict", "object"):
                self._drawing(child, boxes)
            elif text := _mark(child, tag):
                pieces.append(_Piece(text))

    def _drawing(self, drawing: etree._Element, boxes: list[etree._Element]) -> None:
        found = list(_outermost(drawing, "txbxcontent"))
        boxes.extend(found)
        names = [local_name(element) for element in drawing.iter()]
        if "chart" in names or "relids" in names or "oleobject" in names:
            self.losses.objects += 1
        elif not found and ("blip" in names or "imagedata" in names):
            self.losses.pictures += 1

    def _joined(self, pieces: list[_Piece]) -> str:
        # A VNI letter is two characters, and Word may cut a run between them.
        joined: list[_Piece] = []
        for piece in pieces:
            last = joined[-1] if joined else None
            if last and (last.legacy, last.capitals) == (piece.legacy, piece.capitals):
                last.text += piece.text
            else:
                joined.append(_Piece(piece.text, piece.legacy, piece.capitals))
        return "".join(map(self._unicode, joined))

    def _unicode(self, piece: _Piece) -> str:
        if piece.legacy is None or _UNICODE_ONLY.search(piece.text):
            return piece.text
        text = encoding.convert(piece.text, piece.legacy)
        converted = self.losses.converted
        converted[piece.legacy] = converted.get(piece.legacy, 0) + len(text)
        return text.upper() if piece.capitals else text

    def _rows(self, table: etree._Element) -> list[Row]:
        rows: list[Row] = []
        for row in _own(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self._delete(row)
                continue
            rows.append([self._cell(cell) for cell in _own(row, "tc")])
        return rows

    def _cell(self, cell: etree._Element) -> list[str]:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            return []  # goes on from the row above, where its text stands
        return list(self.blocks(cell))

    def notes(self, *parts: etree._Element | None) -> list[str]:
        """Return foot- and end-notes in the order of mention: «[1] …»."""
        texts: dict[tuple[str, str], etree._Element] = {}
        for part in parts:
            for note in part if part is not None else ():
                texts[local_name(note), note.get(f"{W}id", "")] = note
        lines = []
        for number, reference in enumerate(self._references, start=1):
            note = texts.get(reference)
            words = " ".join(self.blocks(note)).strip() if note is not None else ""
            lines.append(f"[{number}] {words}".rstrip())
        return lines


def _mark(element: etree._Element, tag: str) -> str:
    if tag == "tab" or tag == "ptab":
        return "\t"
    if tag in ("br", "cr"):
        return "\n"
    if tag == "nobreakhyphen":
        return "-"
    if tag == "sym":
        return _SYMBOLS.get(element.get(f"{W}char", "")[-2:].upper(), "-")
    return ""


def _is_struck(properties: etree._Element) -> bool:
    return any(
        (found := properties.find(f"{W}{name}")) is not None
        and found.get(f"{W}val") not in ("0", "false", "none")
        for name in ("strike", "dstrike")
    )


def _alternative(element: etree._Element) -> etree._Element:
    """Return the first variant of a drawing; both say the same, for newer and older Word."""
    return next(iter(element), element)


def _outermost(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if local_name(child) == tag:
            yield child
        elif local_name(child) == "alternatecontent":
            yield from _outermost(_alternative(child), tag)
        else:
            yield from _outermost(child, tag)


def _own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield rows or cells, also those inside content controls and tracked insertions."""
    for child in parent:
        name = local_name(child)
        if name == tag:
            yield child
        elif name in _WRAPPERS:
            yield from _own(child, tag)
