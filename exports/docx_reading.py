"""What a .docx looks like on paper: formats resolved through runs, styles and defaults."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import XMLSyntaxError

from exports.errors import ERRORS

_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of one paragraph look; sizes in points, of the first run with words."""

    text: str
    size: float
    bold: bool
    italic: bool
    underlined: bool
    align: str  # left, center, right, both


class Reading:
    """A document opened for checking; every question goes through the chain of styles."""

    def __init__(self, document: Paper) -> None:
        self.document = document
        self.body = document.element.body
        styles = document.styles.element
        self._styles = {s.get(qn("w:styleId")): s for s in styles.findall(qn("w:style"))}
        self._default = next(
            (
                s.get(qn("w:styleId"))
                for s in self._styles.values()
                if s.get(qn("w:default")) == "1" and s.get(qn("w:type")) == "paragraph"
            ),
            "",
        )
        self._defaults = styles.find(qn("w:docDefaults"))

    @classmethod
    def open(cls, path: Path) -> Reading:
        """Open a file; raises RS-705 when it is no Word document."""
        try:
            return cls(Document(io.BytesIO(path.read_bytes())))
        except (
            PackageNotFoundError,
            zipfile.BadZipFile,
            KeyError,
            ValueError,
            XMLSyntaxError,
        ) as wrong:
            raise ERRORS.error("RS-705", name=path.name) from wrong

    def look(self, paragraph: BaseOxmlElement) -> Look:
        """Return how a paragraph's words look."""
        runs = [run for run in paragraph.iter(qn("w:r")) if words(run).strip()]
        first = runs[0] if runs else None
        return Look(
            text=words(paragraph),
            size=float(self.value(paragraph, "rPr", "w:sz", run=first) or 20) / 2,
            bold=self._on(paragraph, "w:b", first),
            italic=self._on(paragraph, "w:i", first),
            underlined=any(self._on(paragraph, "w:u", run) for run in runs),
            align=self.value(paragraph, "pPr", "w:jc") or "left",
        )

    def value(
        self,
        paragraph: BaseOxmlElement,
        kind: str,
        tag: str,
        attribute: str = "w:val",
        run: BaseOxmlElement | None = None,
    ) -> str | None:
        """Return a property as it takes effect: run, paragraph, styles, then defaults."""
        for holder in self._chain(paragraph, kind, run):
            found = holder.find(qn(tag))
            if found is not None:
                value = found.get(qn(attribute))
                if value is not None or attribute == "w:val":
                    return value if value is not None else "1"
        return None

    def _on(self, paragraph: BaseOxmlElement, tag: str, run: BaseOxmlElement | None) -> bool:
        value = self.value(paragraph, "rPr", tag, run=run)
        return value is not None and value not in _OFF

    def _chain(
        self, paragraph: BaseOxmlElement, kind: str, run: BaseOxmlElement | None
    ) -> Iterator[BaseOxmlElement]:
        own = run.find(qn("w:rPr")) if run is not None and kind == "rPr" else None
        if own is not None:
            yield own
        properties = paragraph.find(qn("w:pPr"))
        style_id = self._default
        if properties is not None:
            if kind == "pPr":
                yield properties
            named = properties.find(qn("w:pStyle"))
            style_id = named.get(qn("w:val")) if named is not None else style_id
        seen: set[str] = set()
        while style_id and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            found = style.find(qn(f"w:{kind}"))
            if found is not None:
                yield found
            parent = style.find(qn("w:basedOn"))
            style_id = parent.get(qn("w:val")) if parent is not None else ""
        if self._defaults is not None:
            yield from self._defaults.iter(qn(f"w:{kind}"))

    def sections(self) -> list[BaseOxmlElement]:
        """Return the section properties in order."""
        return list(self.body.iter(qn("w:sectPr")))

    def section_blocks(self) -> list[list[BaseOxmlElement]]:
        """Return paragraphs and tables of the body, section by section."""
        sections: list[list[BaseOxmlElement]] = [[]]
        for block in self.body:
            if block.tag in (qn("w:p"), qn("w:tbl")):
                sections[-1].append(block)
                if block.tag == qn("w:p") and block.find(f".//{qn('w:sectPr')}") is not None:
                    sections.append([])
        return [blocks for blocks in sections if blocks]

    def papers(self) -> list[list[BaseOxmlElement]]:
        """Return the blocks of each paper: the first section, and every later one with a head."""
        first, *others = self.section_blocks() or [[]]
        return [first, *(blocks for blocks in others if has_head(blocks))]

    def parts(self) -> Iterator[tuple[str, BaseOxmlElement]]:
        """Return the XML that carries text or format: body, styles, headers and footers."""
        yield "văn bản", self.document.element
        yield "kiểu chữ", self.document.styles.element
        for section in self.document.sections:
            for name, part in (
                ("đầu trang", section.header),
                ("đầu trang thứ nhất", section.first_page_header),
                ("chân trang", section.footer),
            ):
                if not part.is_linked_to_previous:
                    yield name, part._element


def has_head(blocks: list[BaseOxmlElement]) -> bool:
    """Whether blocks begin with the table of issuer and nation."""
    return blocks[0].tag == qn("w:tbl") and "CỘNG H" in words(blocks[0]).upper()


def words(element: BaseOxmlElement) -> str:
    """Return the text inside ``element``."""
    pieces = []
    for node in element.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        pieces.append((node.text or "") if node.tag == qn("w:t") else " ")
    return "".join(pieces)
