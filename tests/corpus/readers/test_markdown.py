"""Markdown: the marks go, the act's own labels, lists and tables stay."""

from __future__ import annotations

import pytest

from corpus.readers import markdown
from corpus.reading import read_bytes
from corpus.records import RawDocument
from corpus.structure import parse_act

ACT = """\
**BỘ THỬ**

Số: 9/2098/TT-BTN

# THÔNG TƯ

**Quy định về thẻ đọc sách**

## Chương I: QUY ĐỊNH CHUNG

### Điều 1. Phạm vi

Thông tư này quy định về [thẻ](https://example.invalid/a_(b)) và *ảnh* của số_hiệu_thẻ.

**Điều 2.** Hồ sơ

1. Hồ sơ gồm:

a\\) Đơn;

b) Ảnh.

2\\. Trả thẻ:

* tại thư viện;
- qua bưu chính.

| STT | Giấy tờ |
|:---:|---|
| 1 | **Đơn** \\| tờ khai |
| 2 | Ảnh 2*3 và 3*4 |

> __Điều 3.__ Hiệu lực
"""


def _read(name: str, text: str) -> RawDocument:
    (result,) = read_bytes(name, text.encode())
    assert result.document is not None
    return result.document


def test_act_in_markdown_gives_the_tree_of_the_plain_act() -> None:
    act = parse_act(_read("van-ban.md", ACT))
    assert [p.path for p in act.provisions if p.level in ("chuong", "dieu", "khoan", "diem")] == [
        "chuong-1", "dieu-1", "dieu-2", "dieu-2/khoan-1", "dieu-2/khoan-1/diem-a",
        "dieu-2/khoan-1/diem-b", "dieu-2/khoan-2", "dieu-3",
    ]  # fmt: skip
    assert (act.head.number, act.head.type) == ("09/2098/TT-BTN", "Thông tư")


def test_table_keeps_its_cells_one_row_a_line() -> None:
    lines = _read("van-ban.md", ACT).text.splitlines()
    first = lines.index("STT \t Giấy tờ")
    assert lines[first + 1 : first + 3] == ["1 \t Đơn | tờ khai", "2 \t Ảnh 2*3 và 3*4"]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("## Điều 1. Phạm vi ##", "Điều 1. Phạm vi"),
        ("**Điều 1.** Phạm vi", "Điều 1. Phạm vi"),
        ("***Điều 1.*** _Phạm vi_", "Điều 1. Phạm vi"),
        ("1\\. Khoản", "1. Khoản"),
        ("1. Khoản", "1. Khoản"),
        ("- gạch đầu dòng", "- gạch đầu dòng"),
        ("* dấu sao", "- dấu sao"),
        ("> trích", "trích"),
        ("số_hiệu_thẻ và 2*3*4", "số_hiệu_thẻ và 2*3*4"),
        ("[Luật thử](https://example.invalid/x) và ![dấu](a.png)", "Luật thử và dấu"),
        ("Khoản 1 [1](chú thích)", "Khoản 1 [1](chú thích)"),
        ("a &amp; b<br>", "a & b"),
        ("#hashtag không phải tiêu đề", "#hashtag không phải tiêu đề"),
    ],
)
def test_one_line(raw: str, plain: str) -> None:
    assert markdown.plain_lines(raw) == [plain]


def test_fences_and_rules_go_their_words_stay() -> None:
    assert markdown.plain_lines("```\n# Điều\n```\n---\nTiêu đề\n===") == ["# Điều", "Tiêu đề"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.md", "Điều 1. Thử", True),
        ("a.txt", "# A\n\n## Điều 1\n\n## Điều 2\n", True),
        ("a.txt", "**Điều 1.** a\n**Điều 2.** b\n**Điều 3.** c\n", True),
        ("a.txt", "Điều 1. Thử\n- a\n* b\n1. c\n____\n", False),
    ],
)
def test_markdown_is_told_by_its_name_or_its_marks(name: str, text: str, found: bool) -> None:
    assert markdown.is_markdown(name, text) is found


def test_plain_text_keeps_its_stars() -> None:
    assert _read("a.txt", "Điều 1. Thử *\n* Ghi chú: **\n").text == "Điều 1. Thử *\n* Ghi chú: **\n"
