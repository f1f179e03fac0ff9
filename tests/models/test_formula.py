"""Drafting formulas K1–K7 on invented provisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.datafile import DataFileError
from models import formula
from models.formula import FillContext, fill

PLACE = {"place": "điểm b khoản 2 Điều 4", "act": "Thông tư số 00/2099/TT-XYZ"}


def test_the_seven_formulas_are_there() -> None:
    assert list(formula.load()) == ["K1", "K2", "K3", "K4", "K5", "K6", "K7"]


def test_k1_repeals_the_unit() -> None:
    draft = fill("K1", FillContext("b) Bản sao sổ hộ khẩu;", **PLACE))
    assert draft.text == ""
    assert draft.clause == "Bãi bỏ điểm b khoản 2 Điều 4 Thông tư số 00/2099/TT-XYZ."
    assert (draft.handling, draft.blanks) == ("BB", ())


def test_k2_reads_data_first_and_keeps_label_and_ending() -> None:
    context = FillContext(
        "b) Bản sao sổ hộ khẩu;",
        **PLACE,
        information="thông tin về cư trú",
        database="Cơ sở dữ liệu quốc gia về dân cư",
        paper="Giấy xác nhận thông tin về cư trú",
    )
    draft = fill("K2", context)
    assert draft.text.startswith("b) Cơ quan giải quyết thủ tục hành chính khai thác")
    assert "thông tin về cư trú trong Cơ sở dữ liệu quốc gia về dân cư" in draft.text
    assert draft.text.endswith("Giấy xác nhận thông tin về cư trú;")
    assert draft.clause == "Sửa đổi điểm b khoản 2 Điều 4 Thông tư số 00/2099/TT-XYZ như sau:"


@pytest.mark.parametrize("category", ["A1", "A2", "A3", "B1", "B2"])
def test_k2_never_falls_back_on_a_void_book(category: str) -> None:
    quote = "bản sao sổ hộ khẩu"
    draft = fill("K2", FillContext(f"b) {quote};", category=category, quote=quote))
    assert "sổ" not in draft.text
    assert "Giấy xác nhận thông tin về cư trú" in draft.text


def test_k2_has_its_words_for_every_category_it_serves() -> None:
    k2 = formula.load()["K2"]
    worded = {category for default in k2.defaults for category in default.categories}
    assert worded == set(k2.categories)


def test_what_the_drafter_says_goes_before_the_default() -> None:
    context = FillContext("a) Giấy khai sinh;", category="D1", paper="giấy tờ khác")
    assert "giấy tờ khác" in fill("K2", context).text


def test_what_is_not_known_stays_a_visible_blank() -> None:
    assert fill("K2", FillContext("Nộp giấy tờ.")).blanks == (
        "[thông tin]",
        "[cơ sở dữ liệu]",
        "[giấy tờ dự phòng]",
        "[vị trí]",
    )


@pytest.mark.parametrize(
    ("formula_id", "text", "expected"),
    [
        ("K3", "1. Nộp hồ sơ trực tiếp hoặc qua đường bưu điện đến Sở.",
         "1. Nộp hồ sơ trực tiếp, qua dịch vụ bưu chính hoặc trực tuyến trên Cổng Dịch vụ công quốc gia đến Sở."),
        ("K4", "a) Đơn có ký tên, đóng dấu của tổ chức;", "a) Đơn có ký tên, đóng dấu (hoặc ký số) của tổ chức;"),
        ("K4", "a) Đơn có chữ ký (hoặc ký số);", "a) Đơn có chữ ký (hoặc ký số);"),
        ("K5", "Người có hộ khẩu thường trú tại xã", "Người có nơi thường trú tại xã"),
        ("K5", "Nơi đăng ký hộ khẩu thường trú của cha", "Nơi thường trú của cha"),
        ("K5", "Sổ hộ khẩu, sổ tạm trú hoặc chứng minh nhân dân", "Thông tin về cư trú hoặc thẻ căn cước"),
        ("K5", "thẻ căn cước công dân; căn cước công dân", "thẻ căn cước; căn cước"),
        ("K5", "xuất trình sổ  hộ\nkhẩu", "xuất trình thông tin về cư trú"),
        ("K6", "Số sổ hộ khẩu: ....", "Số định danh cá nhân: ...."),
        ("K6", "Hộ khẩu thường trú: ....", "Nơi thường trú: ...."),
        ("K7", "3. Giấy phép được cấp bản giấy.",
         "3. [kết quả] được cấp dưới dạng bản điện tử; bản giấy được cấp khi người đề nghị có yêu cầu."),
    ],
)  # fmt: skip
def test_the_new_wording_of_a_unit(formula_id: str, text: str, expected: str) -> None:
    assert fill(formula_id, FillContext(text)).text == expected


def test_k5_orders_each_replacement_in_its_own_sentence() -> None:
    draft = fill("K5", FillContext("có hộ khẩu thường trú; chứng minh nhân dân", **PLACE))
    assert draft.clause.splitlines() == [
        "Thay thế cụm từ “có hộ khẩu thường trú” bằng cụm từ “có nơi thường trú” tại điểm b khoản 2 Điều 4 Thông tư số 00/2099/TT-XYZ.",
        "Thay thế cụm từ “chứng minh nhân dân” bằng cụm từ “thẻ căn cước” tại điểm b khoản 2 Điều 4 Thông tư số 00/2099/TT-XYZ.",
    ]


def test_a_formula_that_finds_no_phrase_changes_nothing() -> None:
    draft = fill("K5", FillContext("Báo cáo hằng năm."))
    assert (draft.text, draft.clause, draft.changes) == ("Báo cáo hằng năm.", "", ())


def test_words_inside_other_words_are_left_alone() -> None:
    assert fill("K5", FillContext("sổ hộ khẩuX")).changes == ()


def test_an_unknown_formula_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("K99", FillContext(""))


def test_a_template_with_an_unknown_blank_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "formulas.yaml"
    path.write_text(
        "cong_thuc:\n  - ma: K1\n    ten: A\n    hinh_thuc: BB\n    cach: bai_bo\n"
        '    khung: "Bỏ {gi_do}"\n    khi_nao: B\n',
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match="dòng 6"):
        formula.load(path)
