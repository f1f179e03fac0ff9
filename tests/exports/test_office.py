"""What LibreOffice makes of the files: pages, text read back, computed totals."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from exports.excel import workbook
from exports.excel.grid import FIRST_ROW, HEAD_ROW
from tests.exports import reports
from tests.exports.test_word import BUILDS

pytestmark = pytest.mark.office

_SECONDS = 180


def _convert(files: list[Path], target: str, folder: Path) -> Path:
    """Convert with a profile of its own, so that a running LibreOffice does not matter."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("không có LibreOffice (soffice): cài gói libreoffice-writer")
    out = folder / target
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    return out


# A test machine sets Times New Roman in the face of the same widths that LibreOffice brings.
_FACES = ("Times New Roman", "Liberation Serif")


@pytest.fixture(scope="module")
def _faces() -> None:
    """Another face has other widths: pages, lines and texts would say nothing of ours."""
    lister = shutil.which("fc-list")
    found = lister and any(
        subprocess.run([lister, f":family={face}:lang=vi"], capture_output=True, check=True).stdout
        for face in _FACES
    )
    if not found:
        pytest.skip("không có phông Times New Roman hay Liberation Serif: cài fonts-liberation2")


@pytest.fixture(scope="module")
def pdf_files(_faces: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each Word document as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("word")
    files = []
    for name, make in BUILDS.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(make())
    out = _convert(files, "pdf", folder)
    return {name: out / f"{name}.pdf" for name in BUILDS}


@pytest.fixture(scope="module")
def pdfs(pdf_files: dict[str, Path]) -> dict[str, list[str]]:
    """Text of each page of each Word document."""
    return {name: _pages(path) for name, path in pdf_files.items()}


def _pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("bao-cao-bo", 6, 8),
        ("bao-cao-tong-hop", 8, 10),
        ("phieu", 1, 2),
        ("bang-so-sanh", 2, 2),
        ("bang-so-sanh-theo-doi", 2, 2),
        ("du-thao", 2, 3),
        ("to-trinh", 2, 3),
        ("lay-y-kien", 2, 3),
        ("phieu-y-kien", 1, 2),
        ("phieu-tong-hop-y-kien", 1, 2),
        ("bien-ban", 1, 2),
        ("thong-bao", 1, 2),
        ("don-doc", 2, 2),
        ("don-doc-van-ban", 2, 4),
        ("bao-cao-chuyen-de", 6, 9),
    ],
)
def test_documents_have_the_pages_they_should(
    pdfs: dict[str, list[str]], name: str, least: int, most: int
) -> None:
    assert least <= len(pdfs[name]) <= most


def test_only_times_new_roman_is_printed(pdf_files: dict[str, Path]) -> None:
    for name, path in pdf_files.items():
        document = pypdfium2.PdfDocument(path)
        faces = {
            item.get_font().get_family_name()
            for page in document
            for item in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        }
        document.close()
        assert faces <= set(_FACES), name


def test_the_draft_reads_back_whole(pdfs: dict[str, list[str]]) -> None:
    text = " ".join(pdfs["du-thao"])
    assert "1. Bãi bỏ điểm b khoản 2 Điều 5." in text
    assert "nộp trực tiếp, qua bưu chính hoặc trực tuyến.”." in text


def test_each_letter_of_a_mail_merge_begins_on_a_page_of_its_own(
    pdfs: dict[str, list[str]],
) -> None:
    assert ["Kính gửi: Bộ Y tế." in text for text in pdfs["don-doc"]] == [True, False]
    assert "Kính gửi: Bộ Khoa học và Công nghệ." in pdfs["don-doc"][1]


def test_no_page_is_empty(pdfs: dict[str, list[str]]) -> None:
    assert all(text for pages in pdfs.values() for text in pages)


def test_the_first_page_shows_no_number_and_the_second_does(pdfs: dict[str, list[str]]) -> None:
    first, second, *_ = pdfs["bao-cao-bo"]
    assert not first.startswith("1 ")
    assert second.startswith("2 ")


def test_each_annex_begins_on_its_own_page_without_number(pdfs: dict[str, list[str]]) -> None:
    starts = [text[:12] for text in pdfs["bao-cao-bo"] if text.startswith("Phụ lục")]
    assert [text.split()[2] for text in starts] == ["I", "II", "III", "IV"]


def test_the_nation_stands_on_one_line(pdfs: dict[str, list[str]]) -> None:
    for pages in pdfs.values():
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
        assert "Độc lập - Tự do - Hạnh phúc" in pages[0]


def test_vietnamese_text_reads_back_whole(pdfs: dict[str, list[str]]) -> None:
    text = " ".join(pdfs["bao-cao-bo"])
    assert "b) Bản sao sổ hộ khẩu của người đề nghị;" in text
    assert "kính gửi cơ quan thường trực Tổ công tác 236 tổng hợp./." in text


def test_the_signature_stands_on_the_page_of_the_last_sentence(pdfs: dict[str, list[str]]) -> None:
    page = next(text for text in pdfs["bao-cao-bo"] if "tổng hợp./." in text)
    assert "BỘ TRƯỞNG" in page
    assert "Nơi nhận:" in page


def test_computed_totals_agree_with_the_rows(tmp_path: Path) -> None:
    source = tmp_path / "bang.xlsx"
    source.write_bytes(workbook.build(reports.overall()))
    computed = _convert([source], "ods", tmp_path) / "bang.ods"
    if not computed.exists():
        pytest.skip("LibreOffice không có Calc: cài gói libreoffice-calc")
    again = _convert([computed], "xlsx", tmp_path) / "bang.xlsx"
    page = openpyxl.load_workbook(again, data_only=True)["BM-05"]
    heads = [cell.value for cell in page[HEAD_ROW]]
    total = FIRST_ROW + 2

    def value(row: int, title: str) -> object:
        return page.cell(row, heads.index(title) + 1).value

    figures = reports.overall().figures
    assert value(total, "Số văn bản phải rà soát") == figures.acts
    assert value(total, "Số quy định vướng mắc") == figures.provisions
    assert value(total, "Số phát hiện") == figures.findings
    assert value(total + 1, "Số văn bản phải rà soát") == 0
    assert value(total + 2, "Số phát hiện") == 0


def test_every_total_of_every_form_agrees_with_its_rows(tmp_path: Path) -> None:
    source = tmp_path / "bang.xlsx"
    source.write_bytes(workbook.build(reports.overall()))
    computed = _convert([source], "ods", tmp_path) / "bang.ods"
    if not computed.exists():
        pytest.skip("LibreOffice không có Calc: cài gói libreoffice-calc")
    book = openpyxl.load_workbook(
        _convert([computed], "xlsx", tmp_path) / "bang.xlsx", data_only=True
    )
    checked = 0
    for page in book.worksheets:
        totals = [row for row in page.iter_rows(min_row=FIRST_ROW) if _is_total(row)]
        for total in totals:
            above = page.iter_rows(min_row=FIRST_ROW, max_row=total[0].row - 1)
            columns = zip(*([cell.value for cell in row] for row in above), strict=True)
            for cell, column in zip(total, columns, strict=True):
                if isinstance(cell.value, (int, float)):
                    numbers = [value for value in column if isinstance(value, (int, float))]
                    assert cell.value == sum(numbers), f"{page.title}!{cell.coordinate}"
                    checked += 1
    assert checked > 30


def _is_total(row: tuple[openpyxl.cell.Cell, ...]) -> bool:
    return any(cell.value == "Tổng cộng" for cell in row)
