"""Bộ Pháp điển điện tử: codified articles become acts again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.readers import phapdien
from corpus.readers.phapdien_note import linked_article, parse_note
from corpus.reading import read_bytes, read_paths
from corpus.records import ArticleChange, RawDocument, RelatedArticle
from tests.corpus.readers import build

LONG = (
    "(Điều 1 Nghị định số 901/2098/NĐ-CP Quy định thử về cấp thẻ đọc sách theo Luật số 900/2097/QH99 "
    "ngày 02/03/2097 của Quốc hội ngày 05/06/2098 của Chính phủ, có hiệu lực thi hành kể từ ngày 01/07/2098 )"
)


def _article(heading: str, note: str, content: str) -> str:
    return (
        f"<p class='pDieu'><a name='1'></a>{heading}</p><p class='pGhiChu'><a href='#'>{note}</a></p>"
        f"<p class='pNoiDung'>{content}</p><p class='pChiDan'>(Điều này có nội dung liên quan)</p>"
    )


def _page(subject: str, *articles: str) -> bytes:
    head = f"<h3>\n Đề mục {subject.split()[0]}\n <br />\n {subject.split(' ', 1)[1]}</h3>"
    return (
        "\ufeff"
        + head
        + "<div class='_content'><p class='pChuong'>Chương I</p>"
        + "".join(articles)
    ).encode()


def _documents(*pages: bytes) -> list[RawDocument]:
    package, _ = phapdien.read("goi.zip", pages)
    return list(package.documents())


ONE = _page(
    "90.1 Thẻ đọc sách",
    _article("Điều 90.1.NĐ.1.2. Hồ sơ", "(Điều 2 Nghị định số 901/2098/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/07/2098)",
             "<p>1. Đơn &amp; ảnh.</p>\n<p>2. Thẻ <5km cũ.</p>"),
    _article("Điều 90.1.NĐ.1.1. Phạm vi", LONG, "<p>\n\tQuy định thử.</p>"),
    _article("Điều 90.1.TT.1.5a.", "(Điều 5a Thông tư số 17 /2098/TT-BTN, có hiệu lực thi hành kể từ ngày 31/12/2098)", "Một đoạn."),
    _article("Điều 90.1.X. Không rõ", "(Thông tư này có hiệu lực)", "Giữ lại."),
)  # fmt: skip


def test_articles_of_an_act_stand_in_its_own_order_with_its_own_numbers() -> None:
    act = _documents(ONE)[0]
    assert (
        act.text
        == "Điều 1. Phạm vi\nQuy định thử.\nĐiều 2. Hồ sơ\n1. Đơn & ảnh.\n2. Thẻ <5km cũ.\n"
    )
    assert [(note.dieu, note.subject) for note in act.article_notes] == [
        ("dieu-1", "90.1 Thẻ đọc sách"), ("dieu-2", "90.1 Thẻ đọc sách"),
    ]  # fmt: skip


def test_head_comes_from_the_long_note() -> None:
    head = _documents(ONE)[0].head
    assert head is not None
    assert (head.number, head.type, head.issuer) == ("901/2098/NĐ-CP", "Nghị định", "Chính phủ")
    assert (head.issued, head.effective) == (date(2098, 6, 5), date(2098, 7, 1))
    assert head.title == (
        "Quy định thử về cấp thẻ đọc sách theo Luật số 900/2097/QH99 ngày 02/03/2097 của Quốc hội"
    )


def test_article_without_a_source_is_kept_by_subject() -> None:
    documents = _documents(ONE)
    assert [document.source for document in documents] == [
        "goi.zip#901/2098/NĐ-CP", "goi.zip#17/2098/TT-BTN", "goi.zip#90.1 Thẻ đọc sách",
    ]  # fmt: skip
    assert documents[2].text == "Điều 90.1.X. Không rõ\nGiữ lại.\n"


def test_acts_are_merged_over_subjects_and_equal_articles_once() -> None:
    note = "(Điều 2 Nghị định số 901/2098/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/07/2098)"
    third = note.replace("Điều 2", "Điều 3")
    other = _page(
        "91.2 Thư viện",
        _article("Điều 91.2.NĐ.1.2. Hồ sơ", note, "<p>1. Đơn &amp; ảnh.</p><p>2. Thẻ <5km cũ.</p>"),
        _article("Điều 91.2.NĐ.1.3. Lệ phí", third, "<p>Không thu.</p>"),
    )
    act = _documents(ONE, other)[0]
    assert act.text.count("Điều 2. Hồ sơ") == 1
    assert act.text.endswith("Điều 3. Lệ phí\nKhông thu.\n")
    assert [note.subject for note in act.article_notes if note.dieu == "dieu-2"] == [
        "90.1 Thẻ đọc sách", "91.2 Thư viện",
    ]  # fmt: skip


def test_differing_wordings_are_both_kept_and_said() -> None:
    note = "(Điều 2 Nghị định số 901/2098/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/07/2098)"
    other = _page("91.2 Thư viện", _article("Điều 91.2.NĐ.1.2. Hồ sơ", note, "Khác."))
    package, notes = phapdien.read("goi.zip", [ONE, other])
    documents = list(package.documents())
    assert "RS-147" in {note.code for note in notes}
    assert "Đơn & ảnh" in documents[0].text
    assert any("Khác." in document.text for document in documents[1:])


def test_tables_and_pictures_inside_an_article() -> None:
    note = "(Điều 4 Luật số 1/2099/QH99, có hiệu lực thi hành kể từ ngày 01/01/2099)"
    content = (
        "<p>Bảng:</p><table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td><img></td></tr></table>"
    )
    (act,) = _documents(_page("92.1 Bảng", _article("Điều 92.1.LQ.4. Bảng", note, content)))
    assert act.text == "Điều 4. Bảng\nBảng:\nA \t B\nC \t\n".replace(" \t\n", "\n")
    assert "RS-133" in {note.code for note in act.notes}


@pytest.mark.parametrize(
    ("note", "article", "number", "kind"),
    [
        ("(Điều 7 Luật số 1/2099/QH99, có hiệu lực thi hành kể từ ngày 01/01/2099)", "7", "1/2099/QH99", "Luật"),
        ("((Điều 7 Luật số 1/2099/QH99, có hiệu lực thi hành kể từ ngày 01/01/2099))", "7", "1/2099/QH99", "Luật"),
        ("(Điều 32đ Bộ Luật số 9/2099/QH99)", "32đ", "9/2099/QH99", "Bộ luật"),
        ("(Điều 1 Nghị quyết số 66.7/2099/NQ-CP)", "1", "66.7/2099/NQ-CP", "Nghị quyết"),
        ("(Điều 2 Thông tư số liên tịch 19/2098/TTLT/BTN-BTM)", "2", "19/2098/TTLT/BTN-BTM", "Thông tư liên tịch"),
        ("(Điều 2 Thông tư số 21 - TC/TCT hướng dẫn thử ngày 18/03/1994 của Bộ Tài chính)", "2", "21-TC/TCT", "Thông tư"),
        ("(Điều 3 Nghị quyết số Nghị quyết số: 24/2098/QH99)", "3", "24/2098/QH99", "Nghị quyết"),
        ("(Điều 7 Pháp lệnh Về thẻ đọc sách, có hiệu lực thi hành kể từ ngày 07/09/2093)", "7", "", "Pháp lệnh"),
        ("(Điều 1 Quyết định số 6/2098/QĐ-BGD&ĐT)", "1", "6/2098/QĐ-BGD&ĐT", "Quyết định"),
        ("(Điều 4 Thông tư số 45/2098/TT-BTN., có hiệu lực từ ngày 01/01/2099)", "4", "45/2098/TT-BTN", "Thông tư"),
        ("(Điều 4 Thông tư số 5/2098/tt-btn, có hiệu lực từ ngày 01/01/2099)", "4", "5/2098/TT-BTN", "Thông tư"),
        ("(Điều 4 Quyết định số 15/2098/QĐ-BTN4, có hiệu lực từ ngày 01/01/2099)", "4", "15/2098/QĐ-BTN4", "Quyết định"),
    ],
)  # fmt: skip
def test_notes_of_all_forms(note: str, article: str, number: str, kind: str) -> None:
    source = parse_note(note)
    assert source is not None
    assert (source.article, source.head.number, source.head.type) == (article, number, kind)


@pytest.mark.parametrize(
    ("tail", "changes"),
    [
        ("", []),
        (", có nội dung được sửa đổi bởi Điều 1 Nghị định số 80/2097/NĐ-CP có hiệu lực thi hành kể từ ngày 01/07/2097",
         [("80/2097/NĐ-CP", ("dieu-1",), date(2097, 7, 1))]),
        (", có nội dung được sửa đổi, có nội dung bị bãi bỏ bởi Điều 10, Điều 11 Thông tư số 8/2098/TT-BTN có hiệu lực"
         " thi hành kể từ ngày 15/01/2098; khoản 2 Điều 1 Nghị định số 34/2099/NĐ-CP, có hiệu lực kể từ ngày 01 tháng 7 năm 2099",
         [("8/2098/TT-BTN", ("dieu-10", "dieu-11"), date(2098, 1, 15)),
          ("34/2099/NĐ-CP", ("dieu-1/khoan-2",), date(2099, 7, 1))]),
        (", được bổ sung theo quy định tại khoản 3 Điều 2 của Luật số 5/2099/QH99 sửa đổi, bổ sung Luật thử số 4/2098/QH99",
         [("5/2099/QH99", ("dieu-2/khoan-3",), None)]),
        (", khoản 4 có hiệu lực thi hành kể từ ngày 01/02/2099", []),
    ],
    ids=["unchanged", "one", "several", "title-names-an-act", "later-effect-of-a-part"],
)  # fmt: skip
def test_who_amended_the_article(
    tail: str, changes: list[tuple[str, tuple[str, ...], date | None]]
) -> None:
    note = f"(Điều 7 Luật số 1/2096/QH99, có hiệu lực thi hành kể từ ngày 01/01/2096{tail})"
    source = parse_note(note)
    assert source is not None
    assert source.head.effective == date(2096, 1, 1)
    assert list(source.amended_by) == [ArticleChange(*change) for change in changes]


@pytest.mark.parametrize(
    ("words", "act", "dieu"),
    [
        ("Điều 30. của Luật 18-L/CTN Thử ban hành ngày 06/07/2093", "18-L/CTN", "dieu-30"),
        ("Điều 11. Sửa đổi Luật thử của Luật 35/2098/QH99 Sửa đổi thử ban hành ngày 20/11/2098", "35/2098/QH99", "dieu-11"),
        ("Điều 19. Khai phí", "", "dieu-19"),
        ("Chương II VÙNG THỬ", "", ""),
        ("Điều 24.8.NĐ.1.3. Đối tượng", "", "dieu-3"),
        ("Điều 9.1.LQ.72. Quan hệ của Bộ luật 91/2095/QH99 Thử ban hành ngày 24/11/2095", "91/2095/QH99", "dieu-72"),
    ],
)  # fmt: skip
def test_links_to_acts_outside_the_package(words: str, act: str, dieu: str) -> None:
    assert linked_article(words) == (act, dieu)


def test_related_articles_are_resolved_over_all_subjects() -> None:
    def article(heading: str, anchor: str, note: str, links: str) -> str:
        return (
            f"<p class='pDieu'><a name='{anchor}'></a>{heading}</p><p class='pGhiChu'>{note}</p>"
            f"<p class='pNoiDung'><p>Lời.</p></p><p class='pChiDan'>(Điều này có nội dung liên quan đến {links})</p>"
        )

    inside = """<a href='#' onclick="ViewNoiDungPhapDien('{}'); return false;">{}</a>"""
    outside = "<a href='http://example.invalid/x.aspx?ItemID={}#Dieu_9' target='_blank'>{}</a>"
    first = _page(
        "90.1 Thẻ",
        article("Điều 90.1.LQ.3. Hồ sơ", "1003", "(Điều 3 Luật số 5/2099/QH99)", "; ".join([
            inside.format("2008", "Điều 91.2.NĐ.1.8. Lệ phí"), inside.format("2008", "Điều 91.2.NĐ.1.8. Lệ phí"),
            inside.format("7777", "Chương II LỆ PHÍ"), outside.format(5, "Điều 9. Khai"),
            outside.format(5, "Điều 10. Nộp của Thông tư 6/2098/TT-BTN Hướng dẫn thử ban hành ngày 06/11/2098"),
        ])),
    )  # fmt: skip
    other = _page(
        "91.2 Phí",
        "<p class='pChuong'>Chương I</p><p class='pChiDan'>(Chương này có nội dung liên quan đến "
        + inside.format("1003", "Điều 90.1.LQ.3. Hồ sơ") + ")</p>",
        article("Điều 91.2.NĐ.1.8. Lệ phí", "2008", "(Điều 8 Nghị định số 9/2099/NĐ-CP)",
                inside.format("1003", "Điều 90.1.LQ.3. Hồ sơ")),
    )  # fmt: skip
    package, notes = phapdien.read("goi.zip", [first, other])
    law, decree = package.documents()
    assert law.article_notes[0].related == (
        RelatedArticle("Điều 91.2.NĐ.1.8. Lệ phí", "9/2099/NĐ-CP", "dieu-8"),
        RelatedArticle("Chương II LỆ PHÍ", "", ""),
        RelatedArticle("Điều 9. Khai", "6/2098/TT-BTN", "dieu-9"),
        RelatedArticle("Điều 10. Nộp của Thông tư 6/2098/TT-BTN Hướng dẫn thử ban hành ngày 06/11/2098",
                       "6/2098/TT-BTN", "dieu-10"),
    )  # fmt: skip
    assert [link.dieu for link in decree.article_notes[0].related] == ["dieu-3"]
    (said,) = [note.message for note in notes if note.code == "RS-160"]
    assert "6 liên kết" in said
    assert "1 liên kết gắn với cả chương" in said


def test_laws_and_resolutions_may_share_a_number() -> None:
    law = parse_note("(Điều 1 Luật số 9/2099/QH99)")
    resolution = parse_note("(Điều 1 Nghị quyết số 9/2099/QH99)")
    assert law is not None
    assert resolution is not None
    assert law.key != resolution.key


@pytest.mark.parametrize(
    ("number", "years", "same"),
    [
        ("99-CP", (2093, 2094), False),
        ("99-CP", (2093, 2093), True),
        ("99-TC/TCT", (2093, 2094), False),
        ("9/2099/NĐ-CP", (2099, 2100), True),
        ("9/2099/QH99", (2099, 2100), True),
    ],
)
def test_numbers_without_a_year_name_an_act_of_each_year(
    number: str, years: tuple[int, int], same: bool
) -> None:
    notes = [
        parse_note(f"(Điều 1 Nghị định số {number}, có hiệu lực thi hành kể từ ngày 01/02/{year})")
        for year in years
    ]
    assert (notes[0].key == notes[1].key) is same


def test_package_as_zip_folder_and_single_page(tmp_path: Path) -> None:
    members = {
        "Bo/BoPhapDien.html": b"<html><body>Trang chu</body></html>",
        "Bo/demuc/a.html": ONE,
    }
    for name, data in members.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    as_zip = list(read_bytes("bo.zip", build.archive(members)))
    as_folder = list(read_paths([tmp_path]))
    as_page = list(read_bytes("a.html", ONE))
    texts = [
        [result.document.text for result in results if result.document]
        for results in (as_zip, as_folder, as_page)
    ]
    assert texts[0] == texts[1] == texts[2]
    assert len(texts[0]) == 3
    assert not any(result.failed for result in (*as_zip, *as_folder, *as_page))
    assert [result.source for result in as_zip if result.skipped] == [
        "bo.zip",
        "bo.zip/Bo/BoPhapDien.html",
    ]


@pytest.mark.shared
def test_whole_package_is_read_without_loss(shared: Path) -> None:
    results = list(read_paths([shared / "corpus/phapdien/BoPhapDienDienTu.zip"]))
    documents = [result.document for result in results if result.document]
    assert not any(result.failed for result in results)
    assert sum(len(document.article_notes) for document in documents) == 69_705
    numbered = [document for document in documents if document.head is not None]
    assert len(numbered) > 4_800
    assert sum(1 for document in numbered if document.head.title and document.head.issued) > 4_550
    notes = [note for document in documents for note in document.article_notes]
    assert sum(bool(note.amended_by) for note in notes) > 4_600
    related = [link for note in notes for link in note.related]
    assert len(related) > 55_000
    assert sum(bool(link.act and link.dieu) for link in related) > 0.9 * len(related)
