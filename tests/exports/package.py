"""What Word and Excel refuse or repair in a file, and LibreOffice takes without a word.

The order of elements is that of ECMA-376 (transitional), part 1: 17.3–17.7 for Word, 18.3.1.99 for
a sheet of Excel, 21.2.2 for charts; limits of texts are those that Excel itself enforces.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOC_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

_RUN = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow "
    "emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath "
    "rPrChange"
)
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange"
)
_SIDES = "top left start bottom right end insideH insideV tl2br tr2bl"
_SHEET = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells "
    "phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins "
    "pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors "
    "smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst"
)
_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
    "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt "
)
_WORD = {
    "rPr": _RUN,
    "pPr": _PARAGRAPH,
    "pBdr": "top left bottom right between bar",
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription tblPrChange"
    ),
    "tblBorders": _SIDES,
    "tblCellMar": _SIDES,
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark headers cellIns cellDel cellMerge tcPrChange"
    ),
    "tcBorders": _SIDES,
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
        "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection "
        "bidi rtlGutter docGrid printerSettings sectPrChange"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
        "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr "
        "tblPr trPr tcPr tblStylePr"
    ),
    "docDefaults": "rPrDefault pPrDefault",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "styles": "docDefaults latentStyles style",
}
_CHART = {
    "chartSpace": (
        "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart "
        "spPr txPr externalData printSettings userShapes extLst"
    ),
    "chart": (
        "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly "
        "dispBlanksAs extLst"
    ),
    "plotArea": "layout barChart catAx valAx dTable spPr extLst",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    "ser": (
        "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape "
        "extLst"
    ),
    "dLbls": (
        "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
        "showPercent showBubbleSize separator showLeaderLines leaderLines extLst"
    ),
    "catAx": _AXIS + "auto lblAlgn lblOffset noMultiLvlLbl extLst",
    "valAx": _AXIS + "crossBetween majorUnit minorUnit dispUnits extLst",
    "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
}
ORDERS = {
    f"{{{space}}}{name}": order.split()
    for space, orders in ((W, _WORD), (C, _CHART), (S, {"worksheet": _SHEET}))
    for name, order in orders.items()
}
_FIRST_CHILD = {
    f"{{{W}}}p": f"{{{W}}}pPr",
    f"{{{W}}}r": f"{{{W}}}rPr",
    f"{{{W}}}tc": f"{{{W}}}tcPr",
}
_SHEET_NAME = re.compile(r"[^\[\]:*?/\\]{1,31}")
_LONGEST = {"errorTitle": 32, "promptTitle": 32, "error": 255, "prompt": 255}
_MOST_HEIGHT, _MOST_WIDTH, _CELL = 409, 255, 32_767


def faults(content: bytes) -> list[str]:
    """Return what is wrong with the parts of a .docx or .xlsx; [] for a sound file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        found = [f"{name}: có hai lần" for name, times in Counter(names).items() if times > 1]
        parts = {name: package.read(name) for name in names}
    found += _types(parts)
    for name, data in parts.items():
        if name.endswith(".rels"):
            found += _targets(name, data, parts)
        elif name.endswith(".xml"):
            tree = ElementTree.fromstring(data)
            found += [
                f"{name}: {fault}" for fault in (*_orders(tree), *_references(name, tree, parts))
            ]
            found += [f"{name}: {fault}" for fault in _content(name, tree)]
    return found


def _types(parts: dict[str, bytes]) -> Iterator[str]:
    """Every part has a content type, and none is named that is not there."""
    tree = ElementTree.fromstring(parts["[Content_Types].xml"])
    kinds = {one.get("Extension", "").lower() for one in tree.iter(f"{_TYPES}Default")}
    named = {one.get("PartName", "").lstrip("/") for one in tree.iter(f"{_TYPES}Override")}
    yield from (f"{name}: nêu kiểu nhưng không có" for name in sorted(named - set(parts)))
    for name in parts:
        known = name in named or name.rpartition(".")[2].lower() in kinds
        if name != "[Content_Types].xml" and not known:
            yield f"{name}: không rõ kiểu nội dung"


def _relationships(data: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(data).iter(f"{_RELATIONSHIPS}Relationship"))


def _targets(name: str, data: bytes, parts: dict[str, bytes]) -> Iterator[str]:
    base = posixpath.dirname(posixpath.dirname(name))
    ids = Counter(one.get("Id") for one in _relationships(data))
    yield from (f"{name}: mã {one} có hai lần" for one, times in ids.items() if times > 1)
    for one in _relationships(data):
        target = one.get("Target", "")
        path = posixpath.normpath(posixpath.join(base, target)) if target[:1] != "/" else target[1:]
        if one.get("TargetMode") != "External" and path not in parts:
            yield f"{name}: không có {path}"


def _references(name: str, tree: ElementTree.Element, parts: dict[str, bytes]) -> Iterator[str]:
    """Every r:id of a part is among its relationships."""
    folder, file = posixpath.split(name)
    rels = parts.get(f"{folder}/_rels/{file}.rels")
    known = {one.get("Id") for one in _relationships(rels)} if rels else set()
    for element in tree.iter():
        for attribute, value in element.attrib.items():
            if attribute.startswith(f"{{{R}}}") and value not in known:
                yield f"không có quan hệ {value}"


def _orders(tree: ElementTree.Element) -> Iterator[str]:
    for element in tree.iter():
        children = [child.tag for child in element]
        first = _FIRST_CHILD.get(element.tag)
        if first in children and children[0] != first:
            yield f"{_local(first)} không đứng đầu {_local(element.tag)}"
        order = ORDERS.get(element.tag)
        if order is None:
            continue
        names = [_local(tag) for tag in children]
        strange = [one for one in names if one not in order]
        if strange:
            yield f"{_local(element.tag)}: không được có {strange}"
        elif names != sorted(names, key=order.index):
            yield f"{_local(element.tag)}: sai thứ tự {names}"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _content(name: str, tree: ElementTree.Element) -> Iterator[str]:
    if tree.tag == f"{{{W}}}document":
        yield from _document(tree)
    if tree.tag == f"{{{S}}}worksheet":
        yield from _worksheet(tree)
    if tree.tag == f"{{{S}}}workbook":
        yield from _workbook(tree)


def _document(tree: ElementTree.Element) -> Iterator[str]:
    drawn = Counter(one.get("id") for one in tree.iter(_DOC_PROPERTIES))
    marked = Counter(
        one.get(f"{{{W}}}id") for tag in ("ins", "del") for one in tree.iter(f"{{{W}}}{tag}")
    )
    for what, counted in (("hình", drawn), ("sửa đổi", marked)):
        yield from (f"{what} mã {one} có hai lần" for one, times in counted.items() if times > 1)
    for table in tree.iter(f"{{{W}}}tbl"):
        columns = len(table.findall(f"{{{W}}}tblGrid/{{{W}}}gridCol"))
        for row in table.findall(f"{{{W}}}tr"):
            cells = row.findall(f"{{{W}}}tc")
            spans = (cell.find(f"{{{W}}}tcPr/{{{W}}}gridSpan") for cell in cells)
            wide = sum(1 if one is None else int(one.get(f"{{{W}}}val", "1")) for one in spans)
            if wide != columns:
                yield f"hàng có {wide} ô, bảng có {columns} cột"
            if any(cell[-1].tag != f"{{{W}}}p" for cell in cells):
                yield "ô không kết thúc bằng đoạn văn"


def _worksheet(tree: ElementTree.Element) -> Iterator[str]:
    for rule in tree.iter(f"{{{S}}}dataValidation"):
        for attribute, most in _LONGEST.items():
            if len(rule.get(attribute, "")) > most:
                yield f"{attribute} của danh sách chọn dài quá {most} ký tự"
        listed = rule.findtext(f"{{{S}}}formula1") or ""
        if rule.get("type") == "list" and listed.startswith('"') and len(listed) > 257:
            yield "danh sách chọn viết trong ô dài quá 255 ký tự"
        if not rule.get("sqref"):
            yield "danh sách chọn không thuộc ô nào"
    for row in tree.iter(f"{{{S}}}row"):
        if float(row.get("ht", 0)) > _MOST_HEIGHT:
            yield f"hàng {row.get('r')} cao quá {_MOST_HEIGHT}"
    for column in tree.iter(f"{{{S}}}col"):
        if float(column.get("width", 0)) > _MOST_WIDTH:
            yield f"cột {column.get('min')} rộng quá {_MOST_WIDTH}"
    for text in tree.iter(f"{{{S}}}t"):
        if len((text.text or "").encode("utf-16-le")) // 2 > _CELL:
            yield "ô dài quá 32.767 ký tự"


def _workbook(tree: ElementTree.Element) -> Iterator[str]:
    names = [one.get("name", "") for one in tree.iter(f"{{{S}}}sheet")]
    yield from (f"tên bảng «{one}»" for one in names if not _SHEET_NAME.fullmatch(one))
    folded = Counter(name.casefold() for name in names)
    yield from (f"hai bảng tên «{one}»" for one, times in folded.items() if times > 1)
    for defined in tree.iter(f"{{{S}}}definedName"):
        for sheet in re.findall(r"'((?:[^']|'')+)'!", defined.text or ""):
            if sheet.replace("''", "'") not in names:
                yield f"{defined.get('name')} trỏ tới bảng «{sheet}» không có"
