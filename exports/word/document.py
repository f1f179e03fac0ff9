"""An empty document in the layout of NĐ 30/2020/NĐ-CP: page, styles, page number, properties."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from exports.formats import legal
from exports.layout import Layout
from exports.word.oxml import element, field, fonts, twips
from review.clock import VIET_NAM
from review.reports.records import CampaignHead, Stamp

# Styles kept of python-docx's template; the rest bring theme fonts and blue headings.
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}

BODY, PART, CLAUSE, CENTRED, CELL, HEAD_CELL, SMALL = (
    "NoiDung", "DeMucLon", "DeMucNho", "CanhGiua", "OBang", "DauBang", "ThongTin",
)  # fmt: skip


def new_document(layout: Layout) -> Paper:
    """Return a document with one upright section, styles and the page number in its header."""
    document = Document()
    _clear_styles(document, layout)
    _add_styles(document, layout)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    section = document.sections[0]
    _set_page(section, layout, landscape=False)
    section.different_first_page_header_footer = True
    _number_pages(section, layout)
    _set_language(document)
    _drop_thumbnail(document)
    return document


def add_section(document: Paper, layout: Layout, *, landscape: bool) -> None:
    """Start an annex on a new page; its pages count from 1, the first shows no number."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, layout, landscape=landscape)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbering = element("pgNumType", start=1)
    section._sectPr.find(qn("w:pgMar")).addnext(numbering)


def text_width(layout: Layout, *, landscape: bool) -> int:
    """Return the width between the margins in twips."""
    page = layout.page
    paper = page["dai" if landscape else "rong"].chosen
    return twips(paper - page["le_trai"].chosen - page["le_phai"].chosen)


def to_bytes(document: Paper) -> bytes:
    """Return the file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def set_properties(document: Paper, title: str, campaign: CampaignHead, stamp: Stamp) -> None:
    """Stamp the file itself: who, when, which campaign, rule set and content hash."""
    core = document.core_properties
    made_at = stamp.made_at.astimezone(VIET_NAM).replace(tzinfo=None)
    core.title = legal(title)[:250]
    core.author = core.last_modified_by = legal(stamp.author)[:250]
    core.created = core.modified = made_at
    core.subject = legal(campaign.name)[:250]
    core.language = "vi-VN"
    core.identifier = stamp.digest
    core.version = stamp.ruleset[:250]
    cut_off = f"; cut-off {campaign.cut_off.isoformat()}" if campaign.cut_off else ""
    core.keywords = f"{campaign.code}; as-of {campaign.as_of.isoformat()}{cut_off}"[:250]
    core.comments = ""


def _set_language(document: Paper) -> None:
    """Say that the text is Vietnamese, and that no compatibility mode is needed (Word 2013 on)."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "vi-VN")


def _drop_thumbnail(document: Paper) -> None:
    """The template's picture of itself is none of ours; folders would show it for our file."""
    relationships = document.part.package.rels
    for key, one in list(relationships.items()):
        if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del relationships[key]


def _clear_styles(document: Paper, layout: Layout) -> None:
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    run_defaults = element(
        "rPr",
        fonts(layout.font),
        element("color", val=layout.colour),
        element("sz", val=round(layout.sizes["noi_dung"].chosen * 2)),
        element("szCs", val=round(layout.sizes["noi_dung"].chosen * 2)),
        element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"),
    )
    plain = element("spacing", before=0, after=0, line=240, lineRule="auto")
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(element("rPrDefault", run_defaults))
    defaults.append(element("pPrDefault", element("pPr", plain)))
    normal = document.styles["Normal"].element
    for tag in ("w:rPr", "w:pPr"):
        old = normal.find(qn(tag))
        if old is not None:
            normal.remove(old)
    normal.append(element("rPr", fonts(layout.font)))


def _add_styles(document: Paper, layout: Layout) -> None:
    indent = twips(layout.paragraph["thut_dau_dong"].chosen)
    gap = round(layout.paragraph["cach_doan"].chosen * 20)
    line = round(layout.paragraph["gian_dong"].chosen * 240)
    body, small = layout.sizes["noi_dung"].chosen, layout.sizes["thong_tin_trich_xuat"].chosen
    table = layout.sizes["bang"].chosen
    flowing = {"before": gap, "after": 0, "line": line, "lineRule": "auto"}
    tight = {"before": 20, "after": 20, "line": 240, "lineRule": "auto"}
    none = {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}
    for key, name, size, align, spacing, first, bold, outline in (
        (BODY, "Nội dung", body, "both", flowing, indent, False, None),
        (PART, "Đề mục lớn", body, "both", flowing, indent, True, 0),
        (CLAUSE, "Đề mục nhỏ", body, "both", flowing, indent, True, 1),
        (CENTRED, "Canh giữa", body, "center", none, 0, False, None),
        (CELL, "Ô bảng", table, "left", tight, 0, False, None),
        (HEAD_CELL, "Đầu bảng", table, "center", tight, 0, True, None),
        (SMALL, "Thông tin trích xuất", small, "left", tight, 0, False, None),
    ):
        paragraph_properties = element("pPr")
        if outline is not None:
            paragraph_properties.append(element("keepNext"))
        paragraph_properties.append(element("spacing", **spacing))
        paragraph_properties.append(element("ind", firstLine=first))
        paragraph_properties.append(element("jc", val=align))
        if outline is not None:
            paragraph_properties.append(element("outlineLvl", val=outline))
        half_points = round(size * 2)
        run_properties = element("rPr", fonts(layout.font))
        if bold:
            run_properties.append(element("b"))
        run_properties.append(element("sz", val=half_points))
        run_properties.append(element("szCs", val=half_points))
        style = element(
            "style",
            element("name", val=name),
            element("basedOn", val="Normal"),
            element("qFormat"),
            paragraph_properties,
            run_properties,
            type="paragraph",
            customStyle=1,
            styleId=key,
        )
        document.styles.element.append(style)


def _set_page(section: Section, layout: Layout, *, landscape: bool) -> None:
    page = {key: value.chosen for key, value in layout.page.items()}
    short, long = Mm(page["rong"]), Mm(page["dai"])
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin, section.bottom_margin = Mm(page["le_tren"]), Mm(page["le_duoi"])
    section.left_margin, section.right_margin = Mm(page["le_trai"]), Mm(page["le_phai"])
    section.header_distance = section.footer_distance = Mm(page["le_tren"] / 2)


def _number_pages(section: Section, layout: Layout) -> None:
    """Put the page number into the middle of the top margin of every page but the first."""
    section.header.is_linked_to_previous = False
    header = section.header._element
    for child in list(header):
        header.remove(child)
    size = round(layout.sizes["so_trang"].chosen * 2)
    runs = field("PAGE")
    for made in runs:
        made.insert(0, element("rPr", element("sz", val=size), element("szCs", val=size)))
    properties = element("pPr", element("pStyle", val=CENTRED))
    header.append(element("p", properties, *runs))
    section.first_page_header.is_linked_to_previous = False
    for made in section.first_page_header._element.findall(qn("w:p")):
        made.replace(made.pPr, element("pPr", element("pStyle", val=CENTRED)))
