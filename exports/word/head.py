"""The head of a document: issuer and nation side by side, number, place and date, title, addressee.

Values: NĐ 30/2020/NĐ-CP, Phụ lục I, through ``exports.layout``.
"""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from exports.formats import long_date
from exports.layout import Layout
from exports.word.document import BODY, CENTRED, text_width
from exports.word.metrics import width, wrap
from exports.word.oxml import Rule, Run, cell, element, paragraph, row, table, twips
from review.reports.records import ReportHead

_LEFT_MM = 62.0  # the name of the nation in 13 point bold capitals needs 96 of the other 98 mm
_POINTS_TO_TWIPS = 20


def head_table(layout: Layout, head: ReportHead, letter_subject: str = "") -> BaseOxmlElement:
    """Return the borderless table with issuer, nation, number, place and date.

    ``letter_subject`` («V/v …») stands under the number: a công văn has no title of its own.
    """
    left = twips(_LEFT_MM)
    right = text_width(layout, landscape=False) - left
    issuer = _issuer(layout, head, left)
    nation = _nation(layout, right)
    size = layout.sizes["so_ky_hieu"].chosen
    numbered = [paragraph(Run(f"{head.number_label}          /{head.symbol}", size=size), CENTRED)]
    if letter_subject:
        numbered += _letter_subject(layout, letter_subject, left)
    place = Run(
        f"{head.place}, {long_date(head.dated, head.year)}",
        italic=True,
        size=layout.sizes["dia_danh"].chosen,
    )
    return table(
        (left, right),
        (
            row((cell(left, issuer), cell(right, nation))),
            row(
                (
                    cell(left, numbered),
                    cell(right, [paragraph(place, CENTRED)]),
                )
            ),
        ),
        bordered=False,
    )


def _letter_subject(layout: Layout, subject: str, room: int) -> list[BaseOxmlElement]:
    size = layout.sizes["trich_yeu_cong_van"].chosen
    lines = wrap(f"V/v {subject}", size, room / _POINTS_TO_TWIPS * 0.96, bold=False)
    made = [paragraph(Run("\n".join(lines), size=size), CENTRED)]
    gap = layout.paragraph["cach_doan"].chosen * _POINTS_TO_TWIPS
    made[0].pPr.append(element("spacing", before=round(gap), after=0))
    return made


def title_block(layout: Layout, kind: str, subject: str) -> list[BaseOxmlElement]:
    """Return type of document, subject and the line under it."""
    kind_size = layout.sizes["ten_loai"].chosen
    size = layout.sizes["trich_yeu"].chosen
    room_twips = text_width(layout, landscape=False)
    room = room_twips / _POINTS_TO_TWIPS * 0.88
    lines = [line for part in subject.split("\n") for line in wrap(part, size, room, bold=True)]
    return [
        paragraph("", CENTRED),
        paragraph(Run(kind.upper(), bold=True, size=kind_size), CENTRED, keep_next=True),
        *(paragraph(Run(line, bold=True, size=size), CENTRED, keep_next=True) for line in lines),
        _line_under(layout, lines[-1], size, "trich_yeu", room_twips),
    ]


def addressee(layout: Layout, names: tuple[str, ...]) -> list[BaseOxmlElement]:
    """Return «Kính gửi»: one name on the same line, several as a list under the colon."""
    size = layout.sizes["noi_dung"].chosen
    if len(names) == 1:
        return [paragraph("", CENTRED), paragraph(f"Kính gửi: {names[0]}.", CENTRED)]
    # The list starts under the colon, so it hangs at the width of «Kính gửi:».
    room = twips(25)
    colon = room + round(width("Kính gửi: ", size, bold=False) * _POINTS_TO_TWIPS)
    made = [paragraph("", CENTRED)]
    lead = paragraph("Kính gửi:", BODY, align="left")
    made.append(_indented(lead, room))
    for index, name in enumerate(names):
        end = "." if index == len(names) - 1 else ";"
        made.append(_indented(paragraph(f"- {name}{end}", BODY, align="left"), colon))
    return made


def _indented(made: BaseOxmlElement, left: int) -> BaseOxmlElement:
    properties = made.pPr
    indent = properties.get_or_add_ind()
    indent.set(_w("left"), str(left))
    indent.set(_w("firstLine"), "0")
    return made


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _issuer(layout: Layout, head: ReportHead, room: int) -> list[BaseOxmlElement]:
    size = layout.sizes["co_quan"].chosen
    points = room / _POINTS_TO_TWIPS
    made = [
        paragraph(Run(line, size=size), CENTRED)
        for line in (wrap(head.parent.upper(), size, points, bold=False) if head.parent else [])
    ]
    lines = wrap(head.agency.upper(), size, points, bold=True)
    made += [paragraph(Run(line, bold=True, size=size), CENTRED) for line in lines]
    return [*made, _line_under(layout, lines[-1], size, "co_quan", room)]


def _nation(layout: Layout, room: int) -> list[BaseOxmlElement]:
    nation, motto = layout.sizes["quoc_hieu"].chosen, layout.sizes["tieu_ngu"].chosen
    return [
        paragraph(Run(layout.nation, bold=True, size=nation), CENTRED),
        paragraph(Run(layout.motto, bold=True, size=motto), CENTRED),
        _line_under(layout, layout.motto, motto, "tieu_ngu", room),
    ]


def _line_under(layout: Layout, text: str, size: float, kind: str, room: int) -> BaseOxmlElement:
    """Return an empty paragraph whose top border is as long as the rule wants it.

    A border instead of a drawing: it moves with the text and prints in every program. ``room`` is
    the width it is centred in (twips); never wider than that.
    """
    long = width(text, size, bold=True) * _POINTS_TO_TWIPS * layout.lines[kind].chosen
    margin = max(0, round((room - long) / 2))
    drawn = Rule(left=margin, right=margin, weight=layout.line_weight)
    return paragraph("", CENTRED, rule=drawn)
