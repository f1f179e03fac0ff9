"""Word diff: what is gone, what is new, and no mosaic of chance agreements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.components.diff import changes, word_diff


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "nộp bản sao sổ hộ khẩu và đơn",
            "nộp bản sao thẻ căn cước và đơn",
            [("nộp bản sao ", "sổ hộ khẩu ", "thẻ căn cước "), ("và đơn", "", "")],
            id="a phrase is replaced",
        ),
        pytest.param("nộp đơn", "nộp đơn", [("nộp đơn", "", "")], id="nothing changed"),
        pytest.param("b) Sổ hộ khẩu;", "", [("", "b) Sổ hộ khẩu;", "")], id="all repealed"),
        pytest.param("", "Điều mới", [("", "", "Điều mới")], id="all new"),
        pytest.param(
            "một hai ba bốn năm",
            "sáu hai bảy bốn tám",
            [("", "một hai ba bốn năm", "sáu hai bảy bốn tám")],
            id="single equal words between changes belong to the change",
        ),
    ],
)
def test_changes(old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert changes(old, new) == expected


@given(st.text(alphabet="ab ;\n<", max_size=30), st.text(alphabet="ab ;\n<", max_size=30))
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    steps = changes(old, new)
    assert "".join(same + gone for same, gone, _ in steps) == old
    assert "".join("".join(same + come for same, _, come in steps).split()) == "".join(new.split())


def test_markup_of_either_text_is_escaped() -> None:
    page = word_diff("<b>x</b>", "<script>y</script>")
    assert "<b>" not in page
    assert "<script>" not in page
