"""Trees: which lines open units, what stays a paragraph, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.label import label_of
from corpus.records import Act, RawDocument, Region
from corpus.structure import parse_act

HEAD = (
    "BỘ THỬ NGHIỆM\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 901/2031/TT-BTN\nHà Nội, ngày 05 tháng 6 năm 2031\nTHÔNG TƯ\nQuy định về nuôi ốc\n"
    "Căn cứ Luật Thủy sinh;\nBộ trưởng Bộ Thử nghiệm ban hành Thông tư quy định về nuôi ốc.\n"
)


def act_of(body: str, head: str = HEAD) -> Act:
    return parse_act(RawDocument(source="a.txt", format="text", text=head + body))


def paths(body: str, head: str = HEAD) -> list[str]:
    return [provision.path for provision in act_of(body, head).provisions]


def uncovered(act: Act) -> str:
    """Return the non-blank characters that are in no provision and no region."""
    source = act.raw.text
    covered = bytearray(len(source))
    for span in [*act.provisions, *act.regions]:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return "".join(
        char for char, seen in zip(source, covered, strict=True) if not seen and not char.isspace()
    )


CASES = {
    "khoản and điểm": (
        "Điều 1. Hồ sơ\n1. Hồ sơ gồm:\na) Đơn;\nb) Ảnh.\n2. Nơi nộp.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/diem-a", "dieu-1/khoan-1/diem-b", "dieu-1/khoan-2"],
    ),
    "đ follows d, g follows e": (
        "Điều 1. Danh sách\n1. Gồm:\na) A;\nb) B;\nc) C;\nd) D;\nđ) Đ;\ne) E;\ng) G.\n",
        ["dieu-1", "dieu-1/khoan-1", *(f"dieu-1/khoan-1/diem-{x}" for x in "abcdđeg")],
    ),
    "inserted units": (
        "Điều 1. Một\n1. X.\n1a. Y.\n2. Z:\na) A;\na1) A1;\nb) B.\nĐiều 1a. Một a\nVăn bản.\nĐiều 2. Hai\nVăn.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1a", "dieu-1/khoan-2", "dieu-1/khoan-2/diem-a",
         "dieu-1/khoan-2/diem-a1", "dieu-1/khoan-2/diem-b", "dieu-1a", "dieu-1a/doan-1", "dieu-2", "dieu-2/doan-1"],
    ),
    "a number that does not fit is a paragraph": (
        "Điều 1. Một\n1. Việc nuôi ốc trước năm\n2021.\n5. Không phải khoản.\n2. Hai.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/doan-2", "dieu-1/khoan-2"],
    ),
    "a list inside a khoản starts again at 1": (
        "Điều 1. Một\n1. Mở đầu.\n2. Các bước:\n1. Bước một;\n2. Bước hai;\n3. Bước ba.\n3. Khoản ba.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2", *(f"dieu-1/khoan-2/doan-{n}" for n in (2, 3, 4)), "dieu-1/khoan-3"],
    ),
    "a citation at a line start is no heading": (
        "Điều 1. Một\nViệc nuôi ốc thực hiện theo\nĐiều 5 Thông tư này và Điều 6 của Luật Thủy sinh.\nĐiều 2. Hai\nX.\n",
        ["dieu-1", "dieu-1/doan-1", "dieu-2", "dieu-2/doan-1"],
    ),
    "a reference broken over lines": (
        "Điều 1. Một\n1. Theo quy định tại khoản 1 và\n2 Điều 7 và khoản 3\nĐiều 9 của Luật.\n2. Hai.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2"],
    ),
    "heading alone, title on the next line": (
        "Điều 1\nPhạm vi điều chỉnh\nThông tư này quy định về ốc.\nĐiều 2\nĐối tượng\nNgười nuôi ốc.\n",
        ["dieu-1", "dieu-1/doan-1", "dieu-2", "dieu-2/doan-1"],
    ),
    "marks after the number": (
        "Điều 1: Một\nX.\nĐiều 2.Hai\nY.\nÐiều 3. Ba\nZ.\nĐiêu 4. Bốn\nT.\n",
        ["dieu-1", "dieu-1/doan-1", "dieu-2", "dieu-2/doan-1", "dieu-3", "dieu-3/doan-1", "dieu-4", "dieu-4/doan-1"],
    ),
    "OCR l for 1 and a blank before the dot": (
        "Điều 1. Một\nl. Người nuôi.\n2 . Người bán.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2"],
    ),
    "old marks of khoản": (
        "Điều 1. Một\n1- Người nuôi.\n2- Người bán.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2"],
    ),
    "dashes are paragraphs": (
        "Điều 1. Một\n1. Gồm:\n- Đơn;\n+ Ảnh.\n2. Hai.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/doan-2", "dieu-1/khoan-1/doan-3", "dieu-1/khoan-2"],
    ),
    "chapters stay out of the path of Điều": (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Một\nX.\nChương II\nNUÔI ỐC\nMục 1. TRONG AO\nĐiều 2. Hai\nY.\n",
        ["chuong-1", "dieu-1", "dieu-1/doan-1", "chuong-2", "chuong-2/muc-1", "dieu-2", "dieu-2/doan-1"],
    ),
    "a circular without Điều": (
        "I. QUY ĐỊNH CHUNG\n1. Phạm vi:\n1.1. Trong ao;\n1.2. Ngoài ao:\na) Ao nông;\nb) Ao sâu.\n2. Đối tượng.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở.\n",
        ["muc-1", "muc-1/khoan-1", "muc-1/khoan-1/khoan-1.1", "muc-1/khoan-1/khoan-1.2",
         "muc-1/khoan-1/khoan-1.2/diem-a", "muc-1/khoan-1/khoan-1.2/diem-b", "muc-1/khoan-2", "muc-2", "muc-2/khoan-1"],
    ),
    "attached regulation after the signature": (
        "Điều 1. Ban hành kèm theo Thông tư này Quy chế nuôi ốc.\nĐiều 2. Hiệu lực\nX.\nBỘ TRƯỞNG\nNguyễn Văn Giả\n"
        "QUY CHẾ\nNUÔI ỐC\n(Ban hành kèm theo Thông tư số 901/2031/TT-BTN)\nĐiều 1. Phạm vi\nY.\nĐiều 2. Ao\n1. Z.\n",
        ["dieu-1", "dieu-2", "dieu-2/doan-1", "quy-che-1", "quy-che-1/dieu-1", "quy-che-1/dieu-1/doan-1",
         "quy-che-1/dieu-2", "quy-che-1/dieu-2/khoan-1"],
    ),
    "a form of a decision whose heading the scan lost": (
        "Điều 1. Một\nX.\nĐiều 2. Hiệu lực\nThông tư này có hiệu lực.\nBỘ TRƯỞNG\nNguyễn Văn Giả\n"
        "Điều 1. Hủy giấy nuôi ốc của .......\nLý do hủy: ......\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n",
        ["dieu-1", "dieu-1/doan-1", "dieu-2", "dieu-2/doan-1", "van-ban-1", "van-ban-1/dieu-1",
         "van-ban-1/dieu-1/doan-1", "van-ban-1/dieu-2"],
    ),
    "a regulation whose heading the scan lost": (
        "Điều 1. Một\nX.\nĐiều 2. Hiệu lực\nQuyết định này có hiệu lực.\nBỘ TRƯỞNG\nNguyễn Văn Giả\n"
        "Điều 1. Phạm vi\nQuy chế này quy định việc nuôi ốc.\nĐiều 2. Ao\nY.\n",
        ["dieu-1", "dieu-1/doan-1", "dieu-2", "dieu-2/doan-1", "quy-che-1", "quy-che-1/dieu-1",
         "quy-che-1/dieu-1/doan-1", "quy-che-1/dieu-2", "quy-che-1/dieu-2/doan-1"],
    ),
    "annex with forms": (
        "Điều 1. Một\nX.\nBỘ TRƯỞNG\nNguyễn Văn Giả\nPHỤ LỤC II\nCÁC MẪU\n(Kèm theo Thông tư)\nMẫu số 02\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n1. Họ và tên:...\n2. Số ao:...\n",
        ["dieu-1", "dieu-1/doan-1", "phu-luc-2", "phu-luc-2/mau-02", "phu-luc-2/mau-02/doan-1",
         "phu-luc-2/mau-02/doan-2", "phu-luc-2/mau-02/doan-3"],
    ),
    "an annex inside the articles lets the next Điều return": (
        "Điều 1. Một\nX.\nPHỤ LỤC I\nDANH MỤC\nỐc con\nĐiều 2. Hai\nY.\n",
        ["dieu-1", "dieu-1/doan-1", "phu-luc-1", "phu-luc-1/doan-1", "dieu-2", "dieu-2/doan-1"],
    ),
    "sections inside the Điều of a decision": (
        "Điều 1. Phê duyệt Đề án với nội dung sau:\nI. QUAN ĐIỂM\n1. Một.\n2. Hai.\nII. MỤC TIÊU\n1. Ba.\nĐiều 2. Hiệu lực\nX.\n",
        ["dieu-1", "dieu-1/muc-1", "dieu-1/muc-1/khoan-1", "dieu-1/muc-1/khoan-2", "dieu-1/muc-2",
         "dieu-1/muc-2/khoan-1", "dieu-2", "dieu-2/doan-1"],
    ),
    "Điều with codified numbers": (
        "Điều 27.1.TT.13.3. Một\nX.\nĐiều 27.1.TT.13.4. Hai\nY.\n",
        ["dieu-27.1.TT.13.3", "dieu-27.1.TT.13.3/doan-1", "dieu-27.1.TT.13.4", "dieu-27.1.TT.13.4/doan-1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_paths(body: str, expected: list[str]) -> None:
    act = act_of(body)
    assert [provision.path for provision in act.provisions] == expected
    assert uncovered(act) == ""


AMENDING = (
    "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 5/2020/TT-BTN\n"
    "1. Sửa đổi khoản 2 Điều 5 như sau:\n{open}2. Nuôi ốc trong ao:\na) Ao nông;\nb) Ao sâu.{close}\n"
    "2. Bổ sung Điều 7a như sau:\n{open}Điều 7a. Bán ốc\n1. Bán tại ao.\n2. Bán tại chợ.{close}\n"
    "3. Sửa đổi điểm b khoản 1 Điều 9 như sau: {open}b) Ốc con;{close}\n"
    "Điều 2. Hiệu lực thi hành\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.\n"
)
AMENDED = [
    ("dieu-1", ""), ("dieu-1/khoan-1", ""), ("dieu-1/khoan-1/khoan-2", "dieu-5/khoan-2"),
    ("dieu-1/khoan-1/khoan-2/diem-a", "dieu-5/khoan-2/diem-a"),
    ("dieu-1/khoan-1/khoan-2/diem-b", "dieu-5/khoan-2/diem-b"),
    ("dieu-1/khoan-2", ""), ("dieu-1/khoan-2/dieu-7a", "dieu-7a"),
    ("dieu-1/khoan-2/dieu-7a/khoan-1", "dieu-7a/khoan-1"),
    ("dieu-1/khoan-2/dieu-7a/khoan-2", "dieu-7a/khoan-2"),
    ("dieu-1/khoan-3", ""), ("dieu-1/khoan-3/diem-b", "dieu-9/khoan-1/diem-b"),
    ("dieu-2", ""), ("dieu-2/doan-1", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”."), ('"', '".'), ("«", "»;"), ("“", '".'), ("“", "”")],
    ids=["curly", "straight", "guillemets", "mixed", "no full stop"],
)
def test_quoted_new_text_becomes_children_with_targets(opening: str, closing: str) -> None:
    act = act_of(AMENDING.format(open=opening, close=closing))
    assert [(p.path, p.target) for p in act.provisions] == AMENDED
    assert all(p.quoted == bool(p.target) for p in act.provisions)
    assert uncovered(act) == ""


def test_a_forgotten_closing_mark_ends_where_the_outer_numbering_goes_on() -> None:
    act = act_of(AMENDING.format(open="“", close=""))
    assert [(p.path, p.target) for p in act.provisions] == AMENDED
    assert "RS-203" in {note.code for note in act.notes}


def test_unit_keeps_own_words_and_knows_its_family() -> None:
    act = act_of("Điều 1. Hồ sơ\n1. Gồm:\na) Đơn;\nb) Ảnh.\nĐoạn thêm.\n")
    dieu, khoan, first, last, extra = act.provisions
    assert (dieu.heading, dieu.text) == ("Hồ sơ", "Điều 1. Hồ sơ")
    assert (khoan.text, first.text, last.text) == ("1. Gồm:", "a) Đơn;", "b) Ảnh.")
    assert (khoan.parent, khoan.children) == (0, [2, 3])
    assert extra.path == "dieu-1/khoan-1/diem-b/doan-2"
    assert dieu.subtree_end == extra.end
    assert first.label == "điểm a khoản 1 Điều 1"


def test_wrapped_lines_stay_in_one_provision() -> None:
    act = act_of(
        "Điều 1. Bảo đảm việc thực hiện\nquyền nuôi ốc\n1. Người nuôi ốc có\nquyền bán ốc.\n"
    )
    assert act.provisions[0].heading == "Bảo đảm việc thực hiện quyền nuôi ốc"
    assert act.provisions[1].text == "1. Người nuôi ốc có\nquyền bán ốc."
    assert len(act.provisions) == 2


def test_signature_and_recipients_are_regions() -> None:
    act = act_of(
        "Điều 1. Một\nX.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. BỘ TRƯỞNG\nNguyễn Văn Giả\n"
    )
    assert [region.kind for region in act.regions] == ["head", "recipients", "signature"]
    assert [p.path for p in act.provisions] == ["dieu-1", "dieu-1/doan-1"]


@pytest.mark.parametrize("column", ["Nơi nhận văn bản", "NƠI NHẬN THẺ"])
def test_column_of_a_register_is_no_list_of_recipients(column: str) -> None:
    act = act_of(f"I. SỔ THẺ\n1. Bìa\nTên thẻ\n{column}\nII. SỔ SÁCH\n1. Bìa\n")
    assert "muc-2/khoan-1" in {p.path for p in act.provisions}
    assert [region.kind for region in act.regions if region.kind == "recipients"] == []


def test_repeated_numbers_get_unique_paths_and_a_notice() -> None:
    act = act_of("Điều 1. Một\nX.\nĐiều 2. Hai\nY.\nĐiều 2. Hai lần nữa\nZ.\nĐiều 3. Ba\nT.\n")
    assert "dieu-2~2" in {p.path for p in act.provisions}
    assert {note.code for note in act.notes} == {"RS-202"}


def test_units_of_a_repeated_article_are_named_like_any_other() -> None:
    act = act_of("Điều 1. Một\nX.\nĐiều 2. Hai\nY.\nĐiều 2. Hai nữa\n1. Z:\na) T.\nĐiều 3. Ba\n")
    labels = {provision.path: provision.label for provision in act.provisions}
    assert labels["dieu-2~2/khoan-1/diem-a"] == "điểm a khoản 1 Điều 2 (lần 2)"


def test_a_gap_between_articles_is_noted() -> None:
    act = act_of("Điều 1. Một\nX.\nĐiều 4. Bốn\nY.\n")
    assert [note.code for note in act.notes] == ["RS-201"]


def test_lines_a_reader_marked_are_skipped() -> None:
    text = HEAD + "Điều 1. Một\nX.\nTRANG 2\nĐiều 2. Hai\nY.\n"
    at = text.index("TRANG")
    raw = RawDocument("a", "pdf", text, regions=[Region(at, at + 7, "furniture")])
    act = parse_act(raw)
    assert [p.path for p in act.provisions] == [
        "dieu-1",
        "dieu-1/doan-1",
        "dieu-2",
        "dieu-2/doan-1",
    ]


def test_pages_are_kept_per_provision() -> None:
    text = HEAD + "Điều 1. Một\nX.\nĐiều 2. Hai\nY.\n"
    raw = RawDocument("a", "pdf", text, page_starts=[0, text.index("Điều 2")])
    assert [p.page for p in parse_act(raw).provisions] == [1, 1, 2, 2]


def test_offsets_lead_to_the_untouched_source() -> None:
    decomposed = "Điều 1. Hồ sơ\n1.\u00a0Gồm giấy tờ\u200b sau:\na) Đơn\u00ad xin;\n"
    act = act_of(decomposed)
    assert [p.path for p in act.provisions][-1] == "dieu-1/khoan-1/diem-a"
    for provision in act.provisions:
        assert provision.text == act.raw.text[provision.start : provision.end]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Chỉ có một câu.", "”", "Điều 1", "1.", "Phụ lục", "“Điều 1."]
)
def test_any_scrap_gives_an_act(text: str) -> None:
    assert uncovered(parse_act(RawDocument("a", "text", text))) == ""


LINES = st.sampled_from(
    ["Điều 1. Một", "Điều 2. Sửa đổi khoản 1 Điều 3 như sau:", "Điều 5", "1. Gồm:", "2. Hai.", "3. Ba",
     "a) Một;", "b) Hai", "đ) Ba.", "“1. Mới", "hai.”", '"a) Mới".', "I. PHẦN", "A. Phần", "1.1. Con", "- gạch",
     "Chương I", "QUY ĐỊNH CHUNG", "Mục 1", "PHỤ LỤC I", "Mẫu số 01", "BỘ TRƯỞNG", "Nơi nhận:", "tiếp theo",
     "QUY CHẾ", "(Ban hành kèm theo)", "\u200b", "Điê\u0300u 3. Ba", "l. Một", "khoản 2 Điều này,", "»"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=40))
def test_any_lines_lose_nothing_and_keep_offsets(lines: list[str]) -> None:
    act = parse_act(RawDocument("a", "text", "\n".join(lines)))
    assert uncovered(act).strip("\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff") == ""
    ends = 0
    for provision in act.provisions:
        assert provision.text == act.raw.text[provision.start : provision.end]
        assert provision.start >= ends
        ends = provision.end
        assert label_of(provision.path)
    assert len({p.path for p in act.provisions}) == len(act.provisions)


@pytest.mark.shared
def test_real_texts_lose_nothing(shared) -> None:
    for file in sorted((shared / "corpus" / "texts").glob("*.txt")):
        act = parse_act(RawDocument(file.name, "text", file.read_text(encoding="utf-8")))
        assert uncovered(act) == "", file.name
        assert sum(p.level == "dieu" for p in act.provisions) > 1, file.name


def test_footnotes_of_consolidated_texts_are_no_provisions() -> None:
    head = (
        "VĂN BẢN HỢP NHẤT - BỘ THỬ NGHIỆM\nTHÔNG TƯ\nQuy định về nuôi ốc\nCăn cứ Luật Thủy sinh;\n"
    )
    act = act_of(
        "Điều 1. Một\n1. Nuôi ốc.3\n2. Bán ốc.\n"
        "3 Khoản này được sửa đổi theo quy định tại Khoản 1 Điều 1 của Thông tư số 7/2032/TT-BTN,\ncó hiệu lực kể từ ngày 01 tháng 01 năm 2033.\n"
        "3. Trả ốc.\n4 Điều 2 Thông tư số 7/2032/TT-BTN quy định như sau:\n“Điều 2. Hiệu lực thi hành\n1. Từ ngày ký.”\n"
        "Điều 2. Hai\nX.\n",
        head,
    )
    assert [p.path for p in act.provisions] == [
        "dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2", "dieu-1/khoan-3", "dieu-2", "dieu-2/doan-1",
    ]  # fmt: skip
    footnotes = [region for region in act.regions if region.kind == "footnote"]
    assert len(footnotes) == 2
    assert uncovered(act) == ""


@pytest.mark.parametrize(
    ("printed", "heading"),
    [
        ("Mức vay5", "Mức vay"), ("Hiệu lực34 35", "Hiệu lực"), ("Hiệu lực thi hành 7", "Hiệu lực thi hành"),
        ("33 Điều kiện nuôi", "Điều kiện nuôi"), ("18 (được bãi bỏ)", "(được bãi bỏ)"),
        ("Nuôi ốc trước năm 1945", "Nuôi ốc trước năm 1945"), ("Nuôi ốc theo Điều 14", "Nuôi ốc theo Điều 14"),
    ],
)  # fmt: skip
def test_headings_of_consolidated_texts_lose_their_footnote_marks(
    printed: str, heading: str
) -> None:
    head = (
        "VĂN BẢN HỢP NHẤT - BỘ THỬ NGHIỆM\nTHÔNG TƯ\nQuy định về nuôi ốc\nCăn cứ Luật Thủy sinh;\n"
    )
    consolidated = act_of(f"Điều 1. {printed}\n1. Ốc.\nĐiều 2. Hai\nX.\n", head)
    assert consolidated.provisions[0].heading == heading
    assert consolidated.provisions[0].text == f"Điều 1. {printed}"
    plain = act_of(f"Điều 1. {printed}\n1. Ốc.\nĐiều 2. Hai\nX.\n")
    assert plain.provisions[0].heading == printed


def test_footnote_whose_number_the_print_lost_is_no_provision() -> None:
    act = act_of(
        "Điều 1. Một\n1. Nuôi ốc.\nĐiều 3 và Điều 4 Thông tư số 7/2032/TT-BTN ngày 01 tháng 02 năm 2032 "
        "của Bộ trưởng Bộ Thử nghiệm, có hiệu lực kể từ ngày 01 tháng 01 năm 2033 quy định như sau:\n"
        "“Điều 3. Chuyển tiếp\nTheo quy định cũ.\nĐiều 4. Hiệu lực\n1. Từ ngày ký./.”\n2. Bán ốc.\n"
        "Điều 2. Hai\nX.\n",
        "VĂN BẢN HỢP NHẤT - BỘ THỬ NGHIỆM\nTHÔNG TƯ\nQuy định về nuôi ốc\nCăn cứ Luật Thủy sinh;\n",
    )
    assert [p.path for p in act.provisions if p.level != "doan"] == [
        "dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2", "dieu-2",
    ]  # fmt: skip
