"""Stacked bars in a document: native drawings with their numbers, so text prints sharp.

Word edits them like its own: the numbers stand in a small workbook inside the document. Words are
set in the document's font, the greys differ in print, and the description names every figure.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as Paper
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from exports.excel import styles
from exports.formats import legal, number
from exports.layout import Layout
from exports.word.document import CENTRED

_EMU_PER_MM = 36_000
_FRAME_MM, _BAR_MM, _LEAST_MM, _MOST_MM = 20.0, 9.0, 40.0, 215.0
_SHEET = "SoLieu"
_FIRST = 2  # row of the first bar in the workbook; names of the segments stand above


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of every bar: its name, a value for each bar, its colour and that of its numbers."""

    name: str
    values: tuple[int, ...]
    colour: str  # RRGGBB
    ink: str = "000000"


def bar_chart(
    document: Paper, layout: Layout, width_mm: float, bars: Sequence[str], parts: Sequence[Segment]
) -> BaseOxmlElement:
    """Return a paragraph that holds the chart; the first of ``bars`` stands on top.

    Segments that are nought everywhere are left out.
    """
    shown = [part for part in parts if any(part.values)]
    height_mm = min(_MOST_MM, max(_LEAST_MM, _FRAME_MM + _BAR_MM * len(bars)))
    package = document.part.package
    place = 1 + sum(part.partname.startswith("/word/charts/") for part in package.iter_parts())
    numbers = Part(
        PackURI(f"/word/embeddings/so-lieu-{place}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _workbook(bars, shown),
        package,
    )
    chart = Part(
        PackURI(f"/word/charts/chart{place}.xml"),
        CONTENT_TYPE.DML_CHART,
        _space(layout, bars, shown).encode(),
        package,
    )
    # The one relation of the chart, so that its id is the one named in the drawing.
    assert chart.relate_to(numbers, RELATIONSHIP_TYPE.PACKAGE) == "rId1"
    relation = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    return _paragraph(place, relation, width_mm, height_mm, told(bars, shown))


def told(bars: Sequence[str], parts: Sequence[Segment]) -> str:
    """Return the figures of a chart as a sentence, for those who cannot see it."""
    return "; ".join(
        f"{name}: "
        + ", ".join(f"{part.name.lower()} {number(part.values[place])}" for part in parts)
        for place, name in enumerate(bars)
    )


def _workbook(bars: Sequence[str], parts: Sequence[Segment]) -> bytes:
    book = Workbook()
    styles.register(book)
    page = book.active
    page.title = _SHEET
    for column, part in enumerate(parts, 2):
        styles.write(page, 1, column, part.name, "head")
        for row, value in enumerate(part.values, _FIRST):
            styles.write(page, row, column, value, "number")
    for row, name in enumerate(bars, _FIRST):
        styles.write(page, row, 1, name, "text")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _space(layout: Layout, bars: Sequence[str], parts: Sequence[Segment]) -> str:
    """Return the chart part: bars lying, numbers in them, names left, what is what below."""
    last = _FIRST + len(bars) - 1
    series = "".join(_series(layout, place, part, bars, last) for place, part in enumerate(parts))
    size = layout.sizes["bang"].chosen
    words = _words(layout, size)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<c:chartSpace {nsdecls('c', 'a', 'r')}>"
        '<c:date1904 val="0"/><c:lang val="vi-VN"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="45"/><c:overlap val="100"/>'
        '<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        f'</c:spPr>{words}<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/>'
        '</c:scaling><c:delete val="1"/><c:axPos val="b"/>'
        '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/>'
        '<c:crosses val="max"/></c:valAx></c:plotArea>'
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{words}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{words}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(layout: Layout, place: int, part: Segment, bars: Sequence[str], last: int) -> str:
    letter = get_column_letter(place + 2)
    names = "".join(_points(bars))
    # Nought is no segment: its number would stand on the next one.
    values = "".join(_points([str(value) if value else "" for value in part.values]))
    fill = f'<a:solidFill><a:srgbClr val="{part.colour}"/></a:solidFill>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef>'
        f'<c:f>{_SHEET}!${letter}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f"{''.join(_points([part.name]))}</c:strCache></c:strRef></c:tx>"
        f'<c:spPr>{fill}<a:ln w="6350"><a:solidFill><a:srgbClr val="404040"/></a:solidFill>'
        '</a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="#,##0;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f"{_words(layout, layout.sizes['bang'].chosen, part.ink)}"
        '<c:dLblPos val="ctr"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A${_FIRST}:$A${last}</c:f><c:strCache>"
        f'<c:ptCount val="{len(bars)}"/>{names}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>{_SHEET}!${letter}${_FIRST}:${letter}${last}</c:f><c:numCache>"
        f'<c:formatCode>#,##0</c:formatCode><c:ptCount val="{len(bars)}"/>{values}'
        "</c:numCache></c:numRef></c:val></c:ser>"
    )


def _points(values: Sequence[str]) -> Iterator[str]:
    for place, value in enumerate(values):
        if value:
            yield f'<c:pt idx="{place}"><c:v>{escape(legal(value))}</c:v></c:pt>'


def _words(layout: Layout, size: float, colour: str = "000000") -> str:
    font = "".join(
        f"<a:{slot} typeface={quoteattr(layout.font)}/>" for slot in ("latin", "ea", "cs")
    )
    return (
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(size * 100)}" b="0"><a:solidFill><a:srgbClr val="{colour}"/>'
        f"</a:solidFill>{font}</a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>"
    )


def _paragraph(
    place: int, relation: str, width_mm: float, height_mm: float, description: str
) -> BaseOxmlElement:
    width, height = round(width_mm * _EMU_PER_MM), round(height_mm * _EMU_PER_MM)
    chart_uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return parse_xml(
        f"<w:p {nsdecls('w', 'wp', 'a', 'c', 'r')}>"
        f'<w:pPr><w:pStyle w:val="{CENTRED}"/><w:keepNext/></w:pPr><w:r><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{100 + place}" name="Biểu đồ {place}"'
        f" descr={quoteattr(legal(description))}/>"
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{chart_uri}">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
