"""Word documents: nothing that a reader of the page sees is lost, and what is left out is said."""

from __future__ import annotations

import pytest

from corpus.encoding import _TCVN3, _VNI
from corpus.errors import RasoatError
from corpus.readers import docx
from corpus.readers.limits import Limits
from corpus.records import RawDocument
from tests.corpus.readers import build
from tests.corpus.readers.build import numbered, par, run, table

NUMBERING = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/><w:suff w:val="space"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def _read(body: str, **parts: str) -> RawDocument:
    return docx.read("thu.docx", build.docx(body, **parts), Limits())


def _lines(body: str, **parts: str) -> list[str]:
    return _read(body, **parts).text.splitlines()


def _codes(document: RawDocument) -> set[str]:
    return {note.code for note in document.notes}


def test_paragraphs_and_tables_keep_their_order() -> None:
    body = par("Trước bảng") + table(["STT", "Tên giấy"], ["1", "Đơn"]) + par("Sau bảng")
    assert _lines(body) == ["Trước bảng", "STT \t Tên giấy", "1 \t Đơn", "Sau bảng"]


def test_insertions_stay_and_deletions_go_and_both_are_said() -> None:
    inner = (
        run("Nộp ")
        + f"<w:ins>{run('bản điện tử')}</w:ins>"
        + "<w:del><w:r><w:delText>sổ giấy</w:delText></w:r></w:del>"
    )
    document = _read(par(inner))
    assert document.text == "Nộp bản điện tử\n"
    assert {"RS-134", "RS-135"} <= _codes(document)


def test_deleted_table_row_goes() -> None:
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + par("bỏ") + "</w:tc></w:tr>"
    body = table(["giữ", "lại"]).replace("</w:tbl>", row + "</w:tbl>")
    assert _lines(body) == ["giữ \t lại"]


def test_automatic_numbers_are_rebuilt_as_word_counts() -> None:
    body = (
        numbered("Phạm vi", 7) + numbered("Một", 7, 1) + numbered("Hai", 7, 1)
        + numbered("mục a", 7, 2) + numbered("mục b", 7, 2) + numbered("gạch", 7, 3)
        + numbered("Đối tượng", 7) + numbered("Lại từ một", 7, 1)
    )  # fmt: skip
    assert _lines(body, numbering=NUMBERING) == [
        "Điều 1. Phạm vi", "1. Một", "2. Hai", "a) mục a", "b) mục b", "- gạch",
        "Điều 2. Đối tượng", "1. Lại từ một",
    ]  # fmt: skip


def test_override_starts_a_list_elsewhere() -> None:
    body = numbered("Một", 7) + numbered("Năm", 8)
    assert _lines(body, numbering=NUMBERING) == ["Điều 1. Một", "Điều 5. Năm"]


def test_number_that_a_style_gives() -> None:
    styles = '<w:style w:styleId="Dieu" w:type="paragraph"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    body = par("Từ kiểu", '<w:pStyle w:val="Dieu"/>')
    assert _lines(body, numbering=NUMBERING, styles=styles) == ["Điều 1. Từ kiểu"]


def test_deleted_paragraph_takes_no_number() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>"
    )
    assert _lines(gone + numbered("mới", 7), numbering=NUMBERING) == ["Điều 1. mới"]


def test_footnotes_come_last_as_a_region() -> None:
    inner = run("Bị bãi bỏ") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + run(".")
    notes = f'<w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="3">{par("Theo Điều 2.")}</w:footnote>'
    document = _read(par(inner) + par("Sau"), footnotes=notes)
    assert document.text == "Bị bãi bỏ[1].\nSau\n[1] Theo Điều 2.\n"
    (region,) = document.regions
    assert (region.kind, document.text[region.start : region.end]) == (
        "footnote",
        "[1] Theo Điều 2.",
    )


def test_text_box_stands_after_its_paragraph_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{par('Trong khung')}</w:txbxContent></wps:txbx>"
    choice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    document = _read(par(f"{run('Ngoài')}<w:r>{choice}</w:r>"))
    assert document.text == "Ngoài\nTrong khung\n"
    assert "RS-140" in _codes(document)


def test_heads_comments_and_pictures_are_left_out_and_said() -> None:
    body = par(f"{run('Nội dung')}<w:r><w:drawing><a:blip/></w:drawing></w:r>")
    comments = f"<w:comment>{par('Xem lại')}</w:comment>"
    document = _read(body, header=par("Dự thảo lần 3"), comments=comments)
    assert document.text == "Nội dung\n"
    assert {"RS-133", "RS-136", "RS-137"} <= _codes(document)


def test_head_table_is_read_cell_by_cell() -> None:
    left = par("BỘ THỬ NGHIỆM") + par("Số: 99/2099/TT-BTN")
    right = par("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + par("Độc lập - Tự do - Hạnh phúc")
    assert _lines(table([left, right])) == [
        "BỘ THỬ NGHIỆM", "Số: 99/2099/TT-BTN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip


def test_vertically_merged_cell_stands_once() -> None:
    body = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + par("Nhóm") + "</w:tc><w:tc>"
        + par("một") + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + par("Nhóm")
        + "</w:tc><w:tc>" + par("hai") + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    assert _lines(body) == ["Nhóm \t một", " \t hai"]


def test_breaks_tabs_and_symbols() -> None:
    inner = (
        f"{run('Một')}<w:r><w:br/></w:r>{run('Hai')}<w:r><w:tab/></w:r>{run('Ba')}"
        '<w:r><w:noBreakHyphen/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    )
    assert _lines(par(inner)) == ["Một", "Hai\tBa-☐"]


def test_field_codes_are_not_text() -> None:
    inner = "<w:r><w:instrText> PAGE </w:instrText></w:r>" + run("Trang")
    assert _lines(par(inner)) == ["Trang"]


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_runs_in_old_fonts_become_unicode_beside_unicode_runs(font: str) -> None:
    sentence = "Người dân được cấp giấy tờ tại cơ quan của tỉnh."
    if font == ".VnTime":
        turned = {letter: chr(code) for code, letter in _TCVN3.items()}
    else:
        turned = {letter: unit for unit, letter in reversed(_VNI.items())}
    held = "".join(turned.get(char, char) for char in sentence)
    old = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    # Word may cut a run inside a letter of two characters.
    inner = run(held[:7], old) + run(held[7:], old) + run(" Sổ hộ khẩu.")
    document = _read(par(inner))
    assert document.text == f"{sentence} Sổ hộ khẩu.\n"
    assert "RS-138" in _codes(document)


def test_capital_font_gives_capitals() -> None:
    sentence = "người dân được cấp giấy tờ"
    turned = {letter: chr(code) for code, letter in _TCVN3.items()}
    held = "".join(turned.get(char, char) for char in sentence)
    assert _lines(par(run(held, '<w:rFonts w:ascii=".VnTimeH"/>'))) == [sentence.upper()]


def test_old_font_name_over_unicode_text_is_not_believed() -> None:
    text = "Người dân được cấp giấy tờ tại cơ quan"
    document = _read(par(run(text, '<w:rFonts w:ascii=".VnTime"/>')))
    assert document.text == f"{text}\n"
    assert "RS-138" not in _codes(document)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (build.docx(par("Điều 1."))[:-200], "RS-105"),
        (build.archive({"word/document.xml": b"<w:document"}), "RS-105"),
        (build.archive({"[Content_Types].xml": b"<a/>", "word/styles.xml": b"<a/>"}), "RS-105"),
        (build.encrypted_archive("word/document.xml", b"<a/>"), "RS-106"),
        (build.archive({"word/document.xml": b" " * 40_000_000}), "RS-111"),
        (build.docx(""), "RS-115"),
        (build.archive({"word/document.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'}), "RS-119"),
    ],
    ids=["truncated", "broken-xml", "no-main-part", "password", "bomb", "empty", "entity"],
)  # fmt: skip
def test_damage_has_a_code(data: bytes, code: str) -> None:
    with pytest.raises(RasoatError) as caught:
        docx.read("thu.docx", data, Limits())
    assert caught.value.code == code
