"""PDF: pages in order, printed furniture out, wrapped lines whole again."""

from __future__ import annotations

import pytest

from corpus.errors import RasoatError
from corpus.readers import pdf, pdf_furniture
from corpus.readers.limits import Limits
from corpus.readers.pdf_page import Line, Page
from corpus.readers.pdf_paragraphs import paragraphs_of, reorder
from corpus.records import RawDocument
from tests.corpus.readers import build

BODY = [
    "Dieu 1. Pham vi thu nghiem cua van ban nay",
    "Van ban nay chi de thu, khong co gia tri phap ly nao ca.",
    "Nguoi nop don khong phai xuat trinh giay to da co du lieu.",
]


def _read(pages: list[list[str]], **options: str) -> RawDocument:
    return pdf.read("thu.pdf", build.pdf(pages, **options), Limits())


def _line(text: str, left: float, right: float, bottom: float, size: float = 14) -> Line:
    return Line(text, left, right, bottom, bottom + 10, size)


def _own_lines(page: int) -> list[str]:
    word = ["mot", "hai", "ba", "bon", "nam", "sau"][page - 1]
    return [f"Tren {word} co dong thu {n} chi co o trang nay {word}." for n in range(8)]


def _filler(page: int) -> list[Line]:
    words = _own_lines(page)
    return [_line(text, 64, 500, 700 - 20 * n) for n, text in enumerate(words)]


def test_pages_begin_where_they_say() -> None:
    document = _read([BODY, ["Dieu 2. Hieu luc", *BODY[1:]]])
    assert document.page_starts[0] == 0
    assert document.text[document.page_starts[1] :].startswith("Dieu 2. Hieu luc\n")


def test_running_heads_and_page_numbers_are_left_out_and_said() -> None:
    pages = [["VAN BAN THU " + str(n), *_own_lines(n), str(n)] for n in range(1, 7)]
    document = _read(pages)
    assert "VAN BAN THU" not in document.text
    assert "\n6\n" not in document.text
    assert document.text.count("dong thu 3 chi co o trang nay") == 6
    assert "RS-143" in {note.code for note in document.notes}


def test_old_encoding_is_converted_and_said() -> None:
    held = "C«ng d©n kh«ng ph¶i xuÊt tr×nh sæ hé khÈu khi nép hå s¬ t¹i tØnh."
    document = _read([["1. " + held, "2. " + held]])
    assert document.text.startswith(
        "1. Công dân không phải xuất trình sổ hộ khẩu khi nộp hồ sơ tại tỉnh."
    )
    assert "RS-138" in {note.code for note in document.notes}


def test_labels_that_repeat_are_no_running_heads() -> None:
    pages = [Page([_line(f"Điều {n}. Phạm vi", 90, 200, 800), *_filler(n)]) for n in range(1, 7)]
    assert pdf_furniture.strip_furniture(pages) == 0


def test_signature_block_in_the_middle_is_left_out() -> None:
    lines = [
        _line("Điều 1. Phạm vi", 90, 300, 700),
        _line("Người ký: Cổng Thông tin thử", 400, 500, 690),
        _line("Email: thu@example.invalid", 400, 500, 680),
        _line("Cơ quan: Văn phòng thử nghiệm", 400, 500, 670),
        _line("Thời gian ký: 01.02.2099 08:00:00 +07:00", 400, 500, 660),
        _line("Nội dung tiếp theo.", 90, 300, 650),
    ]
    kept = [line.text for line in pdf_furniture.without_signature(lines)]
    assert kept == ["Điều 1. Phạm vi", "Nội dung tiếp theo."]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([_line("1. Người nộp đơn gửi hồ sơ đến cơ quan tại", 90, 530, 700), _line("nơi ở của mình.", 64, 200, 680)],
         ["1. Người nộp đơn gửi hồ sơ đến cơ quan tại nơi ở của mình."]),
        ([_line("1. Câu ngắn", 90, 200, 700), _line("2. Câu sau", 90, 200, 680)], ["1. Câu ngắn", "2. Câu sau"]),
        ([_line("a) Đơn theo mẫu kèm theo văn bản này và giấy tờ;", 90, 530, 700), _line("b) Ảnh.", 64, 200, 680)],
         ["a) Đơn theo mẫu kèm theo văn bản này và giấy tờ;", "b) Ảnh."]),
        ([_line("việc làm thử nghiệm theo quy định của cơ quan tr\ufffe", 64, 530, 700), _line("ung ương.", 64, 200, 680)],
         ["việc làm thử nghiệm theo quy định của cơ quan trung ương."]),
        ([_line("3", 90, 96, 700), _line("(được bãi bỏ)", 98, 200, 698)], ["3 (được bãi bỏ)"]),
        ([_line("Quy định thử về cấp thẻ đọc sách cho", 150, 450, 700), _line("người dân", 250, 350, 682)],
         ["Quy định thử về cấp thẻ đọc sách cho người dân"]),
        ([_line("7", 110, 117, 690), _line("Phí giữ thẻ đọc sách của", 142, 362, 700), _line("người dân trong xã", 142, 300, 680)],
         ["7 \t Phí giữ thẻ đọc sách của người dân trong xã"]),
        ([_line("7.2", 110, 124, 680), _line("Phí giữ thẻ", 142, 222, 700), _line("đọc sách", 142, 200, 686)],
         ["7.2 \t Phí giữ thẻ đọc sách"]),
        ([_line("500", 110, 128, 690), _line("> 500", 142, 162, 700)], ["500", "> 500"]),
        ([_line("1.2 Tên thẻ đọc sách trong sổ của thư viện Chữ 13", 64, 530, 700),
          _line("1.3 Số của thẻ đọc sách trong sổ của thư viện Số 4", 64, 530, 685),
          _line("1.3.1 Số của thẻ đã mất, ghi lại trong sổ này Số 4", 64, 530, 670),
          _line("2 Năm cấp thẻ", 64, 180, 655)],
         ["1.2 Tên thẻ đọc sách trong sổ của thư viện Chữ 13", "1.3 Số của thẻ đọc sách trong sổ của thư viện Số 4",
          "1.3.1 Số của thẻ đã mất, ghi lại trong sổ này Số 4", "2 Năm cấp thẻ"]),
        ([_line("1.2 Thẻ đọc sách cấp theo quy định tại điểm", 64, 530, 700), _line("1.4 Phần này.", 64, 180, 685)],
         ["1.2 Thẻ đọc sách cấp theo quy định tại điểm 1.4 Phần này."]),
        ([_line("k) Thẻ đọc sách của người đọc ở thư viện khác;", 64, 530, 700), _line("1) Thẻ đã mất.", 64, 180, 685)],
         ["k) Thẻ đọc sách của người đọc ở thư viện khác;", "1) Thẻ đã mất."]),
        ([_line("....................................................../.", 64, 530, 700), _line("Nơi nhận:", 64, 180, 685)],
         ["....................................................../.", "Nơi nhận:"]),
    ],
    ids=["wrapped", "short-lines", "next-point", "hyphen", "raised-number", "centred-title", "row", "tall-row", "figures",
         "counted", "citation", "number-with-bracket", "recipients"],
)  # fmt: skip
def test_lines_become_paragraphs(lines: list[Line], paragraphs: list[str]) -> None:
    filler = [
        _line(f"Dòng đầy trang thứ {n} kết thúc bằng dấu chấm.", 64, 531, 600 - 20 * n)
        for n in range(3)
    ]
    got = paragraphs_of(Page([*lines, *filler]))
    assert got[: len(paragraphs)] == paragraphs


def test_citation_at_the_margin_opens_nothing_where_units_are_indented() -> None:
    units = [_line(f"{n}. Khoản thử số {n}.", 90, 300, 600 - 20 * n) for n in range(1, 5)]
    upper = _line("5. Áp dụng quy định tại các điểm a, b và c khoản 2", 90, 530, 700)
    lower = _line("Điều 9 của văn bản này.", 64, 300, 680)
    other = _line("tiếp tục dòng ở lề.", 64, 300, 400)
    got = paragraphs_of(Page([upper, lower, *units, other]))
    assert got[0] == "5. Áp dụng quy định tại các điểm a, b và c khoản 2 Điều 9 của văn bản này."


def test_footnotes_leave_the_body() -> None:
    body = [
        _line(f"Dòng nội dung thứ {n} của trang thử nghiệm này.", 64, 530, 700 - 20 * n)
        for n in range(6)
    ]
    note = [
        _line("1 Khoản này được bãi bỏ theo quy định tại khoản 1 Điều 3", 87, 530, 95, 10),
        _line("của văn bản thử, có hiệu lực từ ngày thử nghiệm.", 64, 400, 80, 10),
    ]
    pages = [Page([*body, *note])]
    assert pdf_furniture.take_footnotes(pages) == [
        "1 Khoản này được bãi bỏ theo quy định tại khoản 1 Điều 3 của văn bản thử, có hiệu lực từ ngày thử nghiệm."
    ]
    assert pages[0].lines == body


def test_head_drawn_last_comes_first() -> None:
    page = Page(
        [
            _line("Điều 1.", 90, 200, 500),
            _line("Điều 2.", 90, 200, 400),
            _line("Số: 1/2099", 64, 200, 700),
        ]
    )
    reorder(page)
    assert [line.text for line in page.lines] == ["Số: 1/2099", "Điều 1.", "Điều 2."]


def test_five_hundred_pages() -> None:
    document = pdf.read("lon.pdf", build.pdf([BODY], count_only=500), Limits())
    assert len(document.page_starts) == 500


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (build.pdf([BODY])[:150], "RS-105"),
        (b"%PDF-1.7\nrac", "RS-105"),
        (build.pdf([BODY], encrypt="00" * 32), "RS-106"),
        (build.pdf([[]], count_only=3), "RS-115"),
        (build.pdf([BODY], count_only=30), "RS-116"),
    ],
    ids=["truncated", "junk", "password", "empty", "too-many-pages"],
)
def test_damage_has_a_code(data: bytes, code: str) -> None:
    with pytest.raises(RasoatError) as caught:
        pdf.read("thu.pdf", data, Limits(pages=20))
    assert caught.value.code == code


def test_imprint_of_the_gazette_is_left_out_and_said() -> None:
    texts = ["VĂN PHÒNG CHÍNH PHỦ XUẤT BẢN", "Địa chỉ:", "Giá: 10.000 đồng"]
    lines = [_line(text, 90, 300, 700 - 20 * n) for n, text in enumerate(texts)]
    page = Page(lines, scanned=True)
    assert pdf_furniture.strip_furniture([page]) == 3
    assert page.lines == []
