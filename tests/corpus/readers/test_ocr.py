"""Scans: recognised where Tesseract is installed, told what to install where it is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from corpus.errors import RasoatError
from corpus.readers import ocr, ocr_label, pdf
from corpus.readers.limits import Limits
from corpus.readers.pdf_page import Line, Page
from corpus.readers.pdf_paragraphs import paragraphs_of
from corpus.reading import read_bytes
from corpus.structure import parse_act
from tests.corpus.readers import build

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PICTURE = ocr.Picture(b"", 2480, 3508, 300)
FIRST = [
    "Số: 901/2098/NĐ-CP",
    "NGHỊ ĐỊNH",
    "Quy định về thẻ đọc sách",
    "Điều 1. Hồ sơ cấp thẻ",
    "1. Người đề nghị nộp một bộ hồ sơ tại thư viện.",
    "2. Hồ sơ gồm đơn và ảnh chân dung.",
]
SECOND = ["Điều 2. Hiệu lực thi hành", "Nghị định này có hiệu lực từ ngày ký ban hành."]
COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text"


def _table(*words: tuple[int, int, int, float, str]) -> str:
    """Return Tesseract's table of words given as line, left, width, confidence, text."""
    rows = ["\t".join(COLUMNS.split())]
    for line, left, width, confidence, text in words:
        place = (5, 1, 1, 1, line, 1, left, 200 + 60 * line, width, 40, confidence, text)
        rows.append("\t".join(map(str, place)))
    return "\n".join(rows)


@pytest.fixture
def tesseract() -> str:
    if (found := ocr.program()) is None:
        pytest.skip("chưa cài tesseract-ocr và tesseract-ocr-vie")
    if not FONT.is_file():
        pytest.skip("không có phông DejaVu để vẽ trang quét thử")
    return found


@pytest.mark.usefixtures("tesseract")
def test_scan_becomes_an_act_and_says_how_sure_it_is() -> None:
    document = pdf.read("quet.pdf", build.scan([FIRST, SECOND], str(FONT)), Limits())
    assert (document.format, document.encoding) == ("pdf", "ocr")
    assert document.text[document.page_starts[1] :].startswith("Điều 2. Hiệu lực thi hành")
    act = parse_act(document)
    assert act.head.number == "901/2098/NĐ-CP"
    assert [p.path for p in act.provisions if p.level in ("dieu", "khoan")] == [
        "dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2", "dieu-2",
    ]  # fmt: skip
    assert [p.page for p in act.provisions if p.level == "dieu"] == [1, 2]
    (said,) = [note.message for note in document.notes if note.code == "RS-156"]
    assert said.startswith("Nhận dạng quang học (OCR) 2 trang, độ tin cậy trung bình 9")


@pytest.mark.usefixtures("tesseract")
def test_red_seal_over_the_words_is_not_read() -> None:
    document = pdf.read("dau.pdf", build.scan([FIRST], str(FONT), stamp="XXXXXX"), Limits())
    assert "nộp một bộ hồ sơ tại thư viện." in document.text
    assert "XXX" not in document.text


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_scanned_sideways_or_upside_down_is_turned(turn: int) -> None:
    document = pdf.read("xoay.pdf", build.scan([FIRST], str(FONT), turn=turn), Limits())
    upright = pdf.read("thang.pdf", build.scan([FIRST], str(FONT)), Limits())
    assert document.text == upright.text


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    ("name", "form", "pages"),
    [("trang.png", "PNG", 1), ("trang.jpg", "JPEG", 1), ("trang.webp", "WEBP", 1),
     ("trang.bmp", "BMP", 1), ("hai-trang.tif", "TIFF", 2)],
)  # fmt: skip
def test_picture_of_a_page_is_a_scan(name: str, form: str, pages: int) -> None:
    data = build.scan([FIRST, SECOND][:pages], str(FONT), form=form, stamp="XXXXXX")
    (result,) = read_bytes(name, data)
    assert result.document is not None, result.notes
    assert (result.document.format, result.document.encoding) == ("image", "ocr")
    assert len(result.document.page_starts) == pages
    act = parse_act(result.document)
    assert act.head.number == "901/2098/NĐ-CP"
    assert [p.page for p in act.provisions if p.level == "dieu"] == [1, 2][:pages]


@pytest.mark.parametrize(
    ("make", "limits", "code"),
    [
        (lambda: _drawn(40, 40), Limits(), "RS-117"),
        (lambda: _drawn(900, 900), Limits(image_megapixels=0.5), "RS-122"),
        (lambda: _drawn(900, 900)[:60], Limits(), "RS-105"),
    ],
    ids=["icon", "too-many-dots", "cut-off"],
)
def test_picture_that_is_no_page_has_a_code(
    make: Callable[[], bytes], limits: Limits, code: str
) -> None:
    (result,) = read_bytes("anh.png", make(), limits)
    assert result.document is None
    assert [note.code for note in result.notes] == [code]


def _drawn(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (width, height), 255).save(buffer, format="PNG")
    return buffer.getvalue()


@pytest.mark.usefixtures("tesseract")
def test_only_the_pages_without_text_are_recognised() -> None:
    printed = ["Dieu 1. Pham vi thu nghiem", "Van ban nay chi de thu, khong co gia tri phap ly."]
    mixed = pypdfium2.PdfDocument(build.pdf([printed]))
    mixed.import_pages(pypdfium2.PdfDocument(build.scan([SECOND], str(FONT))))
    document = pdf.read("tron.pdf", _saved(mixed), Limits())
    assert document.text.startswith("Dieu 1. Pham vi thu nghiem\n")
    assert "Điều 2. Hiệu lực thi hành" in document.text
    (said,) = [note.message for note in document.notes if note.code == "RS-156"]
    assert said.startswith("Nhận dạng quang học (OCR) 1 trang")


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    "limits", [Limits(ocr_pages=1), Limits(ocr_seconds=1e-9)], ids=["pages", "seconds"]
)
def test_pages_beyond_the_bounds_are_named(limits: Limits) -> None:
    data = build.scan([FIRST, SECOND], str(FONT))
    if limits.ocr_pages == 1:
        document = pdf.read("quet.pdf", data, limits)
        assert document.encoding == "ocr"
        (said,) = [note.message for note in document.notes if note.code == "RS-159"]
        assert said.startswith("1 trang quét chưa nhận dạng được chữ: 2.")
    else:
        with pytest.raises(RasoatError) as caught:
            pdf.read("quet.pdf", data, limits)
        assert caught.value.code == "RS-120"


@pytest.mark.skipif(not FONT.is_file(), reason="không có phông DejaVu để vẽ trang quét thử")
def test_without_tesseract_the_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RasoatError) as caught:
        pdf.read("quet.pdf", build.scan([FIRST], str(FONT)), Limits())
    assert caught.value.code == "RS-107"
    assert "apt install tesseract-ocr tesseract-ocr-vie" in str(caught.value)


def test_program_that_fails_or_hangs_reads_nothing(tmp_path: Path) -> None:
    picture = ocr.Picture(bytes(100), 10, 10, 72)
    for name, script in (("hong", "exit 3"), ("treo", "exec sleep 30")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        assert ocr.recognise(str(program), picture, 0.5) is None


def test_columns_become_lines_of_their_own() -> None:
    table = _table(
        (1, 200, 150, 95, "CHÍNH"), (1, 360, 100, 95, "PHỦ"), (1, 1300, 180, 95, "CỘNG"),
        (1, 1490, 120, 95, "HÒA"),
    )  # fmt: skip
    assert [line.text for line in ocr.read_table(table, PICTURE).lines] == ["CHÍNH PHỦ", "CỘNG HÒA"]


def test_the_motto_begins_its_own_column_however_near_the_issuer_stands() -> None:
    table = _table(
        (1, 200, 60, 95, "BỘ"), (1, 270, 90, 95, "NUÔI"), (1, 370, 60, 95, "ỐC"),
        (1, 460, 180, 95, "CỘNG"), (1, 650, 120, 95, "HOÀ"), (1, 780, 90, 95, "XÃ"),
    )  # fmt: skip
    assert [line.text for line in ocr.read_table(table, PICTURE).lines] == [
        "BỘ NUÔI ỐC",
        "CỘNG HOÀ XÃ",
    ]


def test_places_are_points_from_the_lower_left_corner() -> None:
    (line,) = ocr.read_table(_table((1, 300, 600, 90, "Điều")), PICTURE).lines
    assert (line.left, line.right) == pytest.approx((72, 216))
    assert (line.bottom, line.top) == pytest.approx(((3508 - 300) * 0.24, (3508 - 260) * 0.24))


@pytest.mark.parametrize(
    ("words", "lines", "specks"),
    [
        ([(1, 100, 10, 20, "_|"), (1, 130, 90, 90, "Điều")], ["Điều"], 1),
        ([(1, 100, 10, 90, "-"), (1, 130, 90, 90, "Đơn;")], ["- Đơn;"], 0),
        ([(1, 100, 90, 90, "“Điều"), (1, 200, 9, 90, "”")], ["“Điều ”"], 0),
        ([(1, 100, 90, 12, "bẩn")], [], 1),
        ([(1, 100, 90, 95, "_3."), (1, 200, 90, 95, "Cơ")], ["3. Cơ"], 0),
        ([(1, 100, 90, 95, "---")], [], 1),
    ],
    ids=["shadow", "dash", "quote", "unsure", "stuck-shadow", "rule"],
)
def test_specks_are_left_out_and_counted(
    words: list[tuple[int, int, int, float, str]], lines: list[str], specks: int
) -> None:
    read = ocr.read_table(_table(*words), PICTURE)
    assert ([line.text for line in read.lines], read.specks) == (lines, specks)


@pytest.mark.parametrize(
    ("confidence", "line", "unread"),
    [(12, "Số: …/QĐ-TTg", ("88/QĐ-TTg",)), (91, "Số: 88/QĐ-TTg", ())],
    ids=["handwritten", "printed"],
)
def test_number_that_was_guessed_is_not_believed(
    confidence: float, line: str, unread: tuple[str, ...]
) -> None:
    table = _table((1, 200, 80, 96, "Số:"), (1, 300, 200, confidence, "88/QĐ-TTg"))
    read = ocr.read_table(table, PICTURE)
    assert ([line.text for line in read.lines], read.unread) == ([line], unread)


@pytest.mark.parametrize(
    ("read", "healed"),
    [
        ("Điều 2, Giải thích từ ngữ", "Điều 2. Giải thích từ ngữ"),
        ("3: Cơ quan cấp thẻ", "3. Cơ quan cấp thẻ"),
        ("a} Đơn đề nghị;", "a) Đơn đề nghị;"),
        ("QUYÉT, ĐỊNH:", "QUYẾT ĐỊNH:"),
        ("- Điễu 26, Hồ sơ", "Điều 26. Hồ sơ"),
        ("NGHỊ ĐINH", "NGHỊ ĐỊNH"),
        ("BÓ CÔNG THƯƠNG", "BỘ CÔNG THƯƠNG"),
        ("Số: S8/2099/NĐ-CP", "Số: 58/2099/NĐ-CP"),
    ],
)
def test_what_is_certain_is_put_right(read: str, healed: str) -> None:
    assert ocr_label.heal(read) == healed


@pytest.mark.parametrize(
    "line",
    ["BỘ NUÔI ỐC", "Bó công thương", "Điều 5, khoản 2 Điều 7 của Luật này", "2, 3 và 4 Điều này", "QUY ĐỊNH CHUNG", "THÔNG TƯ",
     "Số: 58/2099/NĐ-CP", "a) Đơn;"],
)  # fmt: skip
def test_other_lines_stay_as_they_were_read(line: str) -> None:
    assert ocr_label.heal(line) == line


@pytest.mark.parametrize(
    ("read", "healed"),
    [
        (["Điều 5. Hồ sơ", "F. Hồ sơ gồm:", "8) Đơn;", "b) Ảnh;", "©) Thẻ."],
         ["Điều 5. Hồ sơ", "1. Hồ sơ gồm:", "a) Đơn;", "b) Ảnh;", "c) Thẻ."]),
        (["4. Trả thẻ;", "§. Thu thẻ."], ["4. Trả thẻ;", "5. Thu thẻ."]),
        (["7. Trả thẻ;", "§. Thu thẻ."], ["7. Trả thẻ;", "8. Thu thẻ."]),
        (["c) Đơn;", "đ) Ảnh;", "d) Thẻ;", "©) Sổ."], ["c) Đơn;", "d) Ảnh;", "đ) Thẻ;", "e) Sổ."]),
        (["-Điều 13. Nơi ở", ".7, Chính phủ", "— b) Người"], ["Điều 13. Nơi ở", "7. Chính phủ", "b) Người"]),
        (["3. Khoản ba", "I. QUY ĐỊNH CHUNG", "A. Phần thử", "8) Việc thử;", "d) Việc"],
         ["3. Khoản ba", "I. QUY ĐỊNH CHUNG", "A. Phần thử", "a) Việc thử;", "d) Việc"]),
        (["d) Đơn;", "1) Việc"], ["d) Đơn;", "1) Việc"]),
        (["“1. Nội dung mới", "- gạch đầu dòng", "2 bản"], ["“1. Nội dung mới", "- gạch đầu dòng", "2 bản"]),
    ],
    ids=["whole-article", "five", "eight", "d-with-stroke", "specks", "titles-stay", "not-due", "own-words"],
)  # fmt: skip
def test_labels_follow_the_label_before(read: list[str], healed: list[str]) -> None:
    lines = [Line(text, 64, 500, 700 - 20 * n, 712 - 20 * n, 12) for n, text in enumerate(read)]
    changed = ocr_label.heal_lines(lines)
    assert [line.text for line in lines] == healed
    assert changed == sum(old != new for old, new in zip(read, healed, strict=True))


def test_paragraphs_of_a_skewed_scan_are_joined() -> None:
    def line(text: str, left: float, right: float, bottom: float) -> Line:
        skew = (700 - bottom) * 0.03  # the page leans: 18 points over its height
        return Line(text, left + skew, right + skew, bottom, bottom + 12, 12)

    lines = []
    for n in range(1, 9):
        lines.append(line(f"{n}. Người đề nghị gửi hồ sơ thử đến thư viện", 100, 530, 750 - 60 * n))
        lines.append(line("nơi mình đã đăng ký đọc sách và nhận thẻ.", 64, 400, 730 - 60 * n))
    paragraphs = paragraphs_of(Page(lines, scanned=True))
    assert [text.endswith("nhận thẻ.") for text in paragraphs] == [True] * 8


@pytest.mark.shared
def test_real_scans_are_read(shared: Path, tesseract: str) -> None:
    folder = shared / "corpus/originals/pdf-scan"
    numbers = {
        "02.pdf": "154/2024/NĐ-CP", "1-01.pdf": "45/2020/NĐ-CP", "2-03.pdf": "58/2026/NĐ-CP",
        "10209512.pdf": "01/2010/NĐ-CP", "10209536.pdf": "23/QĐ-TTg",
        # written by hand: no number is better than a wrong one
        "288-ttg.signed.pdf": "", "10209643.pdf": "",
    }  # fmt: skip
    for name, number in numbers.items():
        document = pdf.read(name, (folder / name).read_bytes(), Limits(ocr_pages=1))
        assert parse_act(document).head.number == number
