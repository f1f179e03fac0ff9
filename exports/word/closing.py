"""The end of a document: nơi nhận on the left, the signature on the right, kept together."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from exports.layout import Layout
from exports.word.document import CELL, CENTRED, text_width
from exports.word.oxml import Run, cell, paragraph, row, table, twips
from review.reports.records import ReportHead

_LEFT_MM = 75.0
_SIGNATURE_LINES = 4  # room for the signature image and the red seal


def closing(layout: Layout, head: ReportHead) -> list[BaseOxmlElement]:
    """Return the gap and the table with recipients and signature (NĐ 30/2020, Phụ lục I)."""
    left = twips(_LEFT_MM)
    right = text_width(layout, landscape=False) - left
    both = row((cell(left, _recipients(layout, head)), cell(right, _signature(layout, head))))
    return [
        paragraph("", CENTRED, keep_next=True),
        table((left, right), (both,), bordered=False),
    ]


def two_signatures(
    layout: Layout, titles: tuple[str, str], names: tuple[str, str]
) -> list[BaseOxmlElement]:
    """Return the gap and a table with two titles, room to sign and names, for forms."""
    half = text_width(layout, landscape=False) // 2
    size = layout.sizes["ky"].chosen
    cells = (
        cell(
            half,
            [
                paragraph(Run(title.upper(), bold=True, size=size), CENTRED),
                *(paragraph("", CENTRED) for _ in range(_SIGNATURE_LINES - 1)),
                paragraph(Run(name, bold=True, size=size), CENTRED),
            ],
        )
        for title, name in zip(titles, names, strict=True)
    )
    return [
        paragraph("", CENTRED, keep_next=True),
        table((half, half), (row(cells),), bordered=False),
    ]


def _recipients(layout: Layout, head: ReportHead) -> list[BaseOxmlElement]:
    title = Run("Nơi nhận:", bold=True, italic=True, size=layout.sizes["noi_nhan"].chosen)
    size = layout.sizes["noi_nhan_dong"].chosen
    last = len(head.recipients) - 1
    return [
        paragraph(title, CELL),
        *(
            paragraph(Run(f"- {name}{'.' if index == last else ';'}", size=size), CELL)
            for index, name in enumerate(head.recipients)
        ),
    ]


def _signature(layout: Layout, head: ReportHead) -> list[BaseOxmlElement]:
    size = layout.sizes["ky"].chosen
    titles = [text for text in (head.signer_form, head.signer_title) if text]
    made = [
        paragraph(Run(text.upper(), bold=True, size=size), CENTRED, keep_next=True)
        for text in titles
    ]
    made += [paragraph("", CENTRED, keep_next=True) for _ in range(_SIGNATURE_LINES)]
    made += [
        paragraph(Run(line, bold=True, size=size), CENTRED, keep_next=True)
        for line in head.signer_office
    ]
    return [*made, paragraph(Run(head.signer_name, bold=True, size=size), CENTRED)]
