"""The parts of each file are as Word and Excel want them: order, identifiers, relationships."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from exports.excel import workbook
from exports.excel.lists import SHEET as LISTS
from tests.exports import reports
from tests.exports.package import faults
from tests.exports.test_large import many
from tests.exports.test_word import BUILDS

WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "bang-bo": lambda: workbook.build(reports.ministry()),
    "bang-tong-hop": lambda: workbook.build(reports.overall()),
    "bang-trong": lambda: workbook.build(reports.assemble((), (), (), ())),
    "bang-lon": lambda: workbook.build(many(300)),
}


@pytest.mark.parametrize("name", BUILDS)
def test_each_document_is_built_as_word_wants_it(name: str) -> None:
    assert faults(BUILDS[name]()) == []


@pytest.mark.parametrize("name", WORKBOOKS)
def test_each_workbook_is_built_as_excel_wants_it(name: str) -> None:
    assert faults(WORKBOOKS[name]()) == []


def test_lists_to_choose_from_and_print_titles_point_at_cells_that_are_there() -> None:
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOKS["bang-tong-hop"]()))
    chosen = 0
    for page in book.worksheets:
        assert not page.merged_cells.ranges
        for rule in page.data_validations.dataValidation:
            if rule.type != "list":
                continue
            chosen += 1
            name, cells = re.fullmatch(r"'(.+)'!(.+)", rule.formula1).groups()
            first, row, last, end = range_boundaries(cells.replace("$", ""))
            assert (name, first) == (LISTS, last)
            assert all(book[name].cell(at, first).value for at in range(row, end + 1))
        if page.print_title_rows:
            assert page[page.print_title_rows.split(":")[0].lstrip("$")][0].value
    assert chosen > 5


def _damaged(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return the file with ``old`` put right wrong in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as sound, zipfile.ZipFile(stream, "w") as package:
        for name in sound.namelist():
            data = sound.read(name)
            if name == part:
                text = data.decode()
                assert re.search(old, text), f"{part} không có {old}"
                data = re.sub(old, new, text, count=1).encode()
            package.writestr(name, data)
    return stream.getvalue()


DAMAGES = [
    ("bao-cao-bo", "word/document.xml", r"(<w:spacing[^>]*/>)(<w:ind[^>]*/>)", r"\2\1", "pPr"),
    ("bao-cao-bo", "word/document.xml", r"(<w:sz [^>]*/>)(<w:szCs[^>]*/>)", r"\2\1", "rPr"),
    ("bao-cao-bo", "word/document.xml", r"<w:tblLayout[^>]*/>", "<w:tblWrong/>", "không được có"),
    ("bao-cao-bo", "word/document.xml", r"<w:gridCol [^>]*/>", "", "cột"),
    ("bao-cao-bo", "word/document.xml", r'r:id="rId\d+"', 'r:id="rId999"', "rId999"),
    ("bao-cao-bo", "word/document.xml", r"(<w:r>)(<w:rPr>.*?</w:rPr>)(<w:t [^>]*>[^<]*</w:t>)",
     r"\1\3\2", "không đứng đầu r"),
    ("bao-cao-bo", "word/_rels/document.xml.rels", r'Target="styles.xml"', 'Target="x.xml"', "word/x.xml"),
    ("bao-cao-bo", "[Content_Types].xml", r'/word/styles.xml', "/word/other.xml", "nêu kiểu"),
    ("bao-cao-bo", "word/styles.xml", r"<w:qFormat/>(<w:pPr>.*?</w:pPr>)", r"\1<w:qFormat/>", "style"),
    ("bang-so-sanh-theo-doi", "word/document.xml", r'(<w:ins [^>]*w:id=)"\d+"(.*?<w:ins [^>]*w:id=)"\d+"',
     r'\1"1"\2"1"', "sửa đổi mã 1"),
    ("bao-cao-bo", "word/charts/chart1.xml", r"(<c:gapWidth[^>]*/>)(<c:overlap[^>]*/>)", r"\2\1", "barChart"),
    ("bang-bo", "xl/workbook.xml", r'<sheet ([^>]*)name="BM-01"', r'<sheet \1name="BM/01"', "tên bảng"),
    ("bang-bo", "xl/worksheets/sheet3.xml", r'errorTitle="[^"]*"', f'errorTitle="{"x" * 40}"', "errorTitle"),
    ("bang-bo", "xl/worksheets/sheet3.xml", r' ht="[\d.]+"', ' ht="500"', "cao quá"),
    ("bang-bo", "xl/worksheets/sheet3.xml", r"(<sheetViews>.*?</sheetViews>)(.*?)(<pageMargins[^>]*/>)",
     r"\3\2\1", "sai thứ tự"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "part", "old", "new", "fault"), DAMAGES, ids=[f"{d[0]}: {d[-1]}" for d in DAMAGES]
)
def test_each_damage_is_found(name: str, part: str, old: str, new: str, fault: str) -> None:
    content = (BUILDS | WORKBOOKS)[name]()
    assert any(fault in one for one in faults(_damaged(content, part, old, new)))
