"""Web pages: the act without the page around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import RasoatError
from corpus.readers import html, mht
from corpus.readers.limits import Limits
from corpus.records import RawDocument

ACT = "".join(
    f"<p>Điều {n}. Nội dung thử số {n}</p><p>1. Người nộp đơn gửi hồ sơ điện tử tại cơ quan.</p>"
    for n in range(1, 8)
)


def _read(page: str) -> RawDocument:
    return html.read("trang.html", page.encode(), Limits())


def _codes(document: RawDocument) -> set[str]:
    return {note.code for note in document.notes}


@pytest.mark.parametrize(
    "container",
    ['<div id="divContentDoc"><div class="content1">{}</div></div>',
     '<div class="min-h-screen preview-content pr-2">{}</div>',
     '<div id="toanvancontent">{}</div>',
     '<section><article>{}</article></section>'],
    ids=["thuvienphapluat", "vbpl-new", "vbpl-old", "unknown-site"],
)  # fmt: skip
def test_act_is_cut_out_of_the_page(container: str) -> None:
    page = (
        "<html><body><nav>Trình đơn</nav><div>Đăng nhập</div>"
        + container.format(ACT)
        + "<div>Bài liên quan: sổ hộ khẩu</div></body></html>"
    )
    document = _read(page)
    assert document.text.startswith("Điều 1. Nội dung thử số 1\n")
    assert "Bài liên quan" not in document.text
    assert "Trình đơn" not in document.text
    assert "RS-141" in _codes(document)


def test_english_translation_is_cut_and_said() -> None:
    english = (
        "<p>THE GOVERNMENT</p><p>SOCIALIST REPUBLIC OF VIETNAM</p>"
        "<p>Independence - Freedom - Happiness</p><p>Article 1. Scope of this trial</p>"
    )
    document = _read(f"<html><body>{ACT}{english}</body></html>")
    assert "THE GOVERNMENT" not in document.text
    assert document.text.rstrip().endswith("tại cơ quan.")
    assert "RS-142" in _codes(document)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>Một\n  dòng</p><p>Hai<br>Ba</p>", ["Một dòng", "Hai", "Ba"]),
        ("<p>a<b>b</b>c</p>", ["abc"]),
        ("<div>Ngoài<p>Trong</p>Sau</div>", ["Ngoài", "Trong", "Sau"]),
        ("<p>Giữ\u00a0nguyên</p><p>\u00a0</p>", ["Giữ\u00a0nguyên"]),
        ("<ol><li>Một</li><li>Hai</li></ol>", ["1. Một", "2. Hai"]),
        ('<ol type="a" start="3"><li>Ba</li></ol>', ["c) Ba"]),
        ("<ul><li>Gạch</li></ul>", ["- Gạch"]),
        ("<p>Thấy</p><script>ẩn()</script><p style='display:none'>Giấu</p>", ["Thấy"]),
        ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>", ["A \t B", "C \t D"]),
        ("<table><tr><td rowspan=2>A</td><td>B</td></tr><tr><td>D</td></tr></table>", ["A \t B", " \t D"]),
        ("<table><tr><td>A</td><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>", ["A \t A \t B", "C \t D"]),
        ("<table><tr><td><p>Chỉ một ô</p><p>hai đoạn</p></td></tr></table>", ["Chỉ một ô", "hai đoạn"]),
        ("<table><tr><td>&nbsp;</td><td><p>CHỦ TỊCH</p><p>Họ Tên</p></td></tr></table>", ["CHỦ TỊCH", "Họ Tên"]),
        ("<p>Số &lt;5km&gt; &amp; h&ocirc;</p>", ["Số <5km> & hô"]),
    ],
)  # fmt: skip
def test_markup_becomes_lines(markup: str, lines: list[str]) -> None:
    assert _read(f"<html><body>{markup}</body></html>").text.splitlines() == lines


def test_pictures_and_struck_text_are_said() -> None:
    document = _read(
        "<html><body><p>Một <s>hai</s><img src='http://example.invalid/x.png'></p></body></html>"
    )
    assert document.text == "Một hai\n"
    assert {"RS-133", "RS-152"} <= _codes(document)


def test_entities_of_a_document_type_are_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("BÍ MẬT", encoding="utf-8")
    kind = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    document = _read(f"{kind}<html><body><p>Trước &x; sau</p></body></html>")
    assert "Trước" in document.text
    assert "BÍ MẬT" not in document.text


@pytest.mark.parametrize("depth", [10, 300, 1500])
def test_deep_nesting_is_read(depth: int) -> None:
    page = "<html><body>" + "<div>" * depth + "<p>Điều 1. Sâu</p>" + "</div>" * depth
    assert _read(page).text == "Điều 1. Sâu\n"


def test_a_row_inside_a_cell_is_said_once() -> None:
    # libxml2 lets a row that nothing closed stand inside the cell of the row before it
    page = "<table><tr><td><p>Điều 1. Một</p><b><tr><td>1. Hai</td></tr></b></td></tr></table>" * 12
    nested = page.replace("</b></td></tr></table><table>", "<table>")
    text = _read(f"<html><body>{nested}</body></html>").text
    assert (text.count("Một"), text.count("Hai")) == (12, 12)


def test_nesting_that_stops_the_parser_is_no_silent_loss() -> None:
    page = "<html><body><p>Điều 1.</p>" + "<div>" * 5000 + "<p>Điều 2. Sâu</p>"
    with pytest.raises(RasoatError, match="RS-105"):
        _read(page)


def test_page_without_text() -> None:
    with pytest.raises(RasoatError, match="RS-115"):
        _read("<html><body><img src='x.png'></body></html>")


def test_page_saved_in_one_file() -> None:
    page = f"<html><body>{ACT}</body></html>"
    mail = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
        + page
        + "\n--b--\n"
    )
    document = mht.read("thu.doc", mail.encode(), Limits())
    assert document.format == "mht"
    assert document.text.startswith("Điều 1. Nội dung thử số 1\n")
