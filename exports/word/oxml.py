"""Pieces of WordprocessingML that python-docx has no call for, built without its slow cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from exports.formats import legal

TWIPS_PER_MM = 1440 / 25.4
FONT_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
# A rule's own paragraph is thin; the gap keeps the line off the dots below ạ, ộ, ự.
_RULE_GAP, _RULE_HEIGHT = 40, 160  # twips
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def twips(millimetres: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return ``<w:tag w:name="value">``; attributes that are None are left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def fonts(name: str) -> BaseOxmlElement:
    """Return ``w:rFonts`` with ``name`` in all four slots (python-docx sets only two)."""
    return element("rFonts", **dict.fromkeys(FONT_SLOTS, name))


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one character format; ``size`` in points, None as the style has it."""

    text: str
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None


def _toggle(tag: str, value: bool | None) -> list[BaseOxmlElement]:
    if value is None:
        return []
    return [element(tag) if value else element(tag, val="0")]


def run(words: Run) -> BaseOxmlElement:
    """Return ``w:r``; line ends in the text become line breaks."""
    made = element("r")
    properties = [*_toggle("b", words.bold), *_toggle("i", words.italic)]
    if words.size is not None:
        half_points = round(words.size * 2)
        properties += [element("sz", val=half_points), element("szCs", val=half_points)]
    if properties:
        made.append(element("rPr", *properties))
    for index, line in enumerate(legal(words.text).split("\n")):
        if index:
            made.append(element("br"))
        text = element("t")
        text.text = line
        text.set(_SPACE, "preserve")
        made.append(text)
    return made


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn under a paragraph: indents (twips) leave it as long as it must be."""

    left: int
    right: int
    weight: float  # points


def paragraph(
    words: str | Run | Sequence[Run],
    style: str,
    *,
    align: str | None = None,
    keep_next: bool = False,
    rule: Rule | None = None,
) -> BaseOxmlElement:
    """Return ``w:p`` in a style (by id); ``align`` is left, center, right or both."""
    properties = [element("pStyle", val=style)]
    if keep_next:
        properties.append(element("keepNext"))
    if rule is not None:
        line = element("top", val="single", sz=round(rule.weight * 8), space=0, color="000000")
        properties += [
            element("pBdr", line),
            element("spacing", before=_RULE_GAP, after=0, line=_RULE_HEIGHT, lineRule="exact"),
            element("ind", left=rule.left, right=rule.right, firstLine=0),
        ]
    if align is not None:
        properties.append(element("jc", val=align))
    runs = [words] if isinstance(words, Run) else words
    if isinstance(runs, str):
        runs = [Run(runs)] if runs else []
    return element("p", element("pPr", *properties), *(run(part) for part in runs))


def field(code: str) -> list[BaseOxmlElement]:
    """Return the runs of a field such as PAGE, with a result for programs that do not compute."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set(_SPACE, "preserve")
    result = element("t")
    result.text = "2"
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", instruction),
        element("r", element("fldChar", fldCharType="separate")),
        element("r", result),
        element("r", element("fldChar", fldCharType="end")),
    ]


def cell(
    width: int, paragraphs: Iterable[BaseOxmlElement], *, span: int = 1, middle: bool = False
) -> BaseOxmlElement:
    """Return ``w:tc`` of ``width`` twips."""
    properties = [element("tcW", w=width, type="dxa")]
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if middle:
        properties.append(element("vAlign", val="center"))
    return element("tc", element("tcPr", *properties), *paragraphs)


def row(
    cells: Iterable[BaseOxmlElement], *, head: bool = False, whole: bool = True
) -> BaseOxmlElement:
    """Return ``w:tr``; ``whole`` rows do not break across pages, ``head`` rows repeat on each."""
    properties = [element("cantSplit")] if whole else []
    if head:
        properties.append(element("tblHeader"))
    return element("tr", *([element("trPr", *properties)] if properties else []), *cells)


def table(
    widths: Sequence[int], rows: Iterable[BaseOxmlElement], *, bordered: bool, margin: int = 0
) -> BaseOxmlElement:
    """Return ``w:tbl`` with fixed column widths (twips) and cell margins left and right."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
    border = drawn if bordered else {"val": "nil"}
    properties = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *(element(side, **border) for side in sides)),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("left", w=margin, type="dxa"),
            element("right", w=margin, type="dxa"),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *rows)
