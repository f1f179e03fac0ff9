"""Golden files of exports: what a document is made of, as text, paragraph by paragraph, cell by cell.

Not bytes: packages differ by time and library. ``python -m tests.exports.golden`` writes the files
anew after a change that is meant; the difference then stands in the commit for a reader.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from openpyxl.cell import Cell

from exports.docx_reading import words
from exports.excel import workbook
from tests.exports import reports
from tests.exports.test_word import BUILDS

FOLDER = Path(__file__).with_name("golden")
_TWIPS_PER_MM = 1440 / 25.4


def outline(content: bytes) -> str:
    """Return a Word document as lines: section, style, marks, text; cells between bars."""
    body = Document(io.BytesIO(content)).element.body
    return "\n".join(line for block in body for line in _block(block)) + "\n"


def _block(block: BaseOxmlElement) -> Iterator[str]:
    if block.tag == qn("w:p"):
        yield _paragraph(block)
        section = block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if section is not None:
            yield _section(section)
    elif block.tag == qn("w:tbl"):
        for row in block.findall(qn("w:tr")):
            flags = [
                flag
                for flag in ("tblHeader", "cantSplit")
                if row.find(f".//{qn(f'w:{flag}')}") is not None
            ]
            cells = " | ".join(
                " ¶ ".join(_paragraph(p) for p in cell.iter(qn("w:p")))
                for cell in row.findall(qn("w:tc"))
            )
            yield f"| {cells} | {' '.join(flags)}".rstrip()
    elif block.tag == qn("w:sectPr"):
        yield _section(block)


def _paragraph(made: BaseOxmlElement) -> str:
    properties = made.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    marks = [style.get(qn("w:val")) if style is not None else "Normal"]
    for name in ("keepNext", "pBdr", "jc", "ind"):
        found = properties.find(qn(f"w:{name}")) if properties is not None else None
        if found is not None:
            values = ",".join(str(value) for value in found.attrib.values())
            marks.append(f"{name}={values}" if values else name)
    runs = [
        _run(run)
        for run in made.iter(qn("w:r"))
        if words(run) or run.find(qn("w:drawing")) is not None
    ]
    return f"[{' '.join(marks)}] {''.join(runs)}".rstrip()


def _run(run: BaseOxmlElement) -> str:
    if run.find(qn("w:drawing")) is not None:
        described = next(run.iter(qn("wp:docPr")))
        return f"<biểu đồ: {described.get('descr')}>"
    text = words(run).replace("\n", "⏎")
    format_ = run.find(qn("w:rPr"))
    marks = [] if format_ is None else [
        name for name in ("b", "i", "strike", "u") if format_.find(qn(f"w:{name}")) is not None
    ]  # fmt: skip
    kind = run.getparent().tag.split("}")[1]
    marks += [kind] if kind in ("ins", "del") else []
    return f"<{' '.join(marks)}: {text}>" if marks else text


def _section(section: BaseOxmlElement) -> str:
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    numbering = section.find(qn("w:pgNumType"))

    def mm(found: BaseOxmlElement, name: str) -> int:
        return round(int(found.get(qn(f"w:{name}"))) / _TWIPS_PER_MM)

    margins = "/".join(str(mm(margin, side)) for side in ("top", "bottom", "left", "right"))
    start = numbering.get(qn("w:start")) if numbering is not None else "-"
    return f"=== trang {mm(size, 'w')}×{mm(size, 'h')} mm, lề {margins}, đánh số từ {start} ==="


def grid(content: bytes) -> str:
    """Return a workbook as lines: sheet, set-up, then each cell with its value and style."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    lines = []
    for page in book.worksheets:
        setup = page.page_setup
        lines.append(
            f"=== {page.title}: {page.sheet_state}, giấy {setup.paperSize} {setup.orientation}, "
            f"cố định {page.freeze_panes}, lọc {page.auto_filter.ref}, lặp {page.print_title_rows}, "
            f"gộp {len(page.merged_cells.ranges)}, lựa chọn {len(page.data_validations.dataValidation)} ==="
        )
        lines += [_cell(cell) for row in page.iter_rows() for cell in row if cell.value is not None]
    return "\n".join(lines) + "\n"


def _cell(cell: Cell) -> str:
    value = str(cell.value).replace("\n", "⏎")
    return f"{cell.coordinate} {cell.data_type} {cell.number_format} {cell.style}: {value}"


GOLDEN: dict[str, Callable[[], str]] = {
    **{name: (lambda make=make: outline(make())) for name, make in BUILDS.items()},
    "bang-tong-hop": lambda: grid(workbook.build(reports.overall())),
    "bang-bo": lambda: grid(workbook.build(reports.ministry())),
}


def path(name: str) -> Path:
    """Return where the golden text of an export is kept."""
    return FOLDER / f"{name}.txt"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for one, made in GOLDEN.items():
        path(one).write_text(made(), encoding="utf-8")
