"""One act in several formats gives one tree and one head, whatever the format does to its lines."""

from __future__ import annotations

import difflib
import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from corpus.reading import read_paths
from corpus.records import Act, Head
from corpus.structure import parse_act

OTHER_FORMATS = ("doc", "rtf", "odt", "html", "pdf")
TWO_COLUMNS = "pdf in two columns"
UNITS = ("phan", "chuong", "muc", "dieu", "khoan", "diem", "phu-luc", "mau")
LONG = (
    "thực hiện theo quy định của văn bản thử này, với mức từ 100.000.000 đồng đến dưới 300.000.000 đồng, "
    "do thư viện nơi người đề nghị đăng ký đọc sách xem xét trong thời hạn 05 ngày làm việc"
)
PARAGRAPHS = [
    "LUẬT", "THẺ ĐỌC SÁCH", "__________",
    "Căn cứ Hiến pháp nước thử nghiệm;", "Quốc hội ban hành Luật Thẻ đọc sách.",
    "Chương I", "QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi điều chỉnh", f"Luật này quy định về thẻ đọc sách, {LONG}.",
    "Điều 2. Sửa đổi Luật Thư viện số 9/2090/QH98",
    "1. Sửa đổi, bổ sung khoản 12 và bổ sung khoản 12a Điều 6 như sau:",
    f"“12. Thư viện là nơi giữ sách, {LONG}.", f"12a. Thẻ là giấy do thư viện cấp, {LONG}.”.",
    "2. Bãi bỏ Điều 9.",
    "Chương II", "CẤP THẺ",
    "Điều 3. Hồ sơ", "1. Hồ sơ gồm:", f"a) Đơn theo mẫu, {LONG};", "b) Ảnh chân dung;", "đ) Giấy tờ thử.",
    f"2. Cán bộ thư viện, {LONG}:", "a) Nhận hồ sơ;", "b) Trả thẻ.",
    *(f"{n}. Trường hợp thử thứ {n}, {LONG}." for n in range(3, 12)),
    "Điều 4. Hiệu lực thi hành", "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2099.",
]  # fmt: skip


def _word_file(columns: int = 1) -> bytes:
    document = docx.Document()
    document.styles["Normal"].font.name = "DejaVu Serif"
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "QUỐC HỘI\nLuật số: 9/2098/QH99"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    body = document.add_section(WD_SECTION.CONTINUOUS)
    body._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(columns))
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Act]:
    """The invented act as .docx and as LibreOffice saves it in the other formats."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("không có LibreOffice (soffice): cài gói libreoffice-writer")
    folder = tmp_path_factory.mktemp("dinh-dang")
    (folder / "luat.docx").write_bytes(_word_file())
    (folder / "hai-cot.docx").write_bytes(_word_file(columns=2))
    for name, target in (*(("luat", target) for target in OTHER_FORMATS), ("hai-cot", "pdf")):
        subprocess.run(
            [office, f"-env:UserInstallation={(folder / 'ho-so').as_uri()}", "--headless",
             "--convert-to", target, "--outdir", str(folder), str(folder / f"{name}.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    files = [folder / f"luat.{suffix}" for suffix in ("docx", *OTHER_FORMATS)]
    acts = {}
    for result in read_paths([*files, folder / "hai-cot.pdf"]):
        assert result.document is not None, result.notes
        name, _, suffix = result.source.rpartition(".")
        acts[suffix if name == "luat" else TWO_COLUMNS] = parse_act(result.document)
    return acts


def _outline(act: Act) -> list[str]:
    return [provision.path for provision in act.provisions if provision.level in UNITS]


def _differences(first: Act, second: Act) -> list[str]:
    """Return the paths that only one of two trees has, marked - and +."""
    lines = difflib.ndiff(_outline(first), _outline(second))
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.office
@pytest.mark.parametrize("suffix", [*OTHER_FORMATS, TWO_COLUMNS])
def test_invented_act_gives_one_tree_in_all_formats(versions: dict[str, Act], suffix: str) -> None:
    assert _differences(versions["docx"], versions[suffix]) == []
    assert versions[suffix].head == versions["docx"].head


@pytest.mark.office
def test_invented_act_is_whole(versions: dict[str, Act]) -> None:
    act = versions["docx"]
    assert act.head == Head(
        "09/2098/QH99", "Luật", "Thẻ đọc sách", "Quốc hội", None, act.head.effective
    )
    assert len(_outline(act)) == 26
    assert "dieu-3/khoan-11" in _outline(act)


@pytest.mark.shared
@pytest.mark.office
@pytest.mark.parametrize(
    ("files", "units"),
    [
        (["originals/doc/20_2023_QH15_513347.doc", "originals/pdf/02.pdf", "texts/20-2023-QH15.txt"], 352),
        (["originals/doc/Thông tư 22_2023_QH15.doc",
          "originals/html/Luat-Dau-thau-2023-22-2023-QH15-518805.html"], 1100),
    ],
    ids=["20/2023/QH15", "22/2023/QH15"],
)  # fmt: skip
def test_real_act_gives_one_tree_in_all_its_formats(
    shared: Path, files: list[str], units: int
) -> None:
    first, *others = [
        parse_act(result.document)
        for result in read_paths([shared / "corpus" / name for name in files])
        if result.document
    ]
    assert len(others) == len(files) - 1
    assert len(_outline(first)) == units
    for other in others:
        assert _differences(first, other) == []
        assert other.head == first.head
