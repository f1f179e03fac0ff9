"""Amending drafts: clauses that ``corpus`` reads back, and that bring about what was proposed."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.amendment import amend_ops
from corpus.apply import apply_ops
from corpus.records import Act, RawDocument
from corpus.structure import parse_act
from exports.drafting.amending import Body, body, read_back, same_ops
from exports.drafting.clause import Change
from exports.drafting.order import full_name, instruments, orders
from exports.drafting.phrase import Phrase, phrases
from exports.word.amending_act import body_lines
from review.agencies import name_of
from tests.exports import reports

NUMBER = "902/2021/TT-BYT"
NAME = (
    f"Thông tư số {NUMBER} ngày 04 tháng 5 năm 2021 của Bộ trưởng Bộ Y tế quy định về hồ sơ hỗ trợ"
)
WORDS = (
    "hồ sơ",
    "bản sao",
    "sổ hộ khẩu",
    "giấy",
    "xác nhận",
    "nơi cư trú",
    "của người",
    "đề nghị",
    "nộp",
    "trực tiếp",
    "tại",
    "cơ quan",
    "có thẩm quyền",
    "kèm theo",
    "đơn",
    "đăng ký",
    "và",
    "chứng từ",
    "liên quan",
    "trong",
    "thời hạn",
    "giải quyết",
)  # fmt: skip


def change(path: str, handling: str, old: str, new: str = "", **more: object) -> Change:
    made = Change((1,), NUMBER, path, path, handling, old, new)
    return replace(made, **more)


def drafted(*changes: Change) -> Body:
    return body(changes, lambda number: NAME.replace(NUMBER, number))


def text_of(*changes: Change) -> list[str]:
    made = drafted(*changes)
    assert made.left_out == ()
    lines = body_lines(made)
    assert same_ops(read_back(lines), made.ops())
    return lines


CLAUSES = [
    (
        "a khoản is rewritten, its number put before it",
        change("dieu-5/khoan-2", "SĐ", "2. Lập 03 bộ.", "Lập 01 bộ."),
        ["Sửa đổi, bổ sung khoản 2 Điều 5 của", "“2. Lập 01 bộ.”."],
    ),
    (
        "only the lead of a khoản that has điểm below it",
        change("dieu-5/khoan-3", "SĐ", "3. Hồ sơ gồm:", "3. Hồ sơ điện tử gồm:", has_children=True),
        ["Sửa đổi, bổ sung đoạn mở đầu khoản 3 Điều 5 của", "“3. Hồ sơ điện tử gồm:”."],
    ),
    (
        "a whole Điều with its khoản",
        change("dieu-5", "SĐ", "Điều 5. Hồ sơ", "Hồ sơ\n1. Đơn.\n2. Tờ khai.", has_children=True),
        ["Sửa đổi, bổ sung Điều 5 của", "“Điều 5. Hồ sơ", "1. Đơn.", "2. Tờ khai.”."],
    ),
    (
        "a phrase replaced",
        change("dieu-4/khoan-1", "TT", "1. Mang sổ hộ khẩu đến.", "1. Mang thông tin cư trú đến."),
        ["Thay thế cụm từ “sổ hộ khẩu” bằng cụm từ “thông tin cư trú” tại khoản 1 Điều 4 của"],
    ),
    (
        "a phrase taken out",
        change("dieu-7/khoan-3/diem-b", "BB", "b) Sổ (có xác nhận);", "b) Sổ;"),
        ["Bãi bỏ cụm từ “(có xác nhận)” tại điểm b khoản 3 Điều 7 của"],
    ),
    (
        "a điểm repealed",
        change("dieu-7/khoan-3/diem-đ", "BB", "đ) Sổ;", "Bãi bỏ điểm này."),
        ["Bãi bỏ điểm đ khoản 3 Điều 7 của"],
    ),
    (
        "a line of a form",
        change("mau-02/dong-5", "SĐ", "5. Hộ khẩu thường trú: ……", "5. Nơi thường trú: ……"),
        ["Thay thế nội dung “5. Hộ khẩu thường trú: ……” bằng nội dung “5. Nơi thường trú: ……” tại Mẫu số 02"],
    ),
    (
        "a paragraph without number",
        change("dieu-9/doan-2", "BB", "Trường hợp khác phải có sổ tạm trú.", ""),
        ["Bãi bỏ nội dung “Trường hợp khác phải có sổ tạm trú.” tại Điều 9 của"],
    ),
    (
        "a whole act",
        change("dieu-1", "BBT", "", ""),
        [f"Điều 1. Bãi bỏ toàn bộ {NAME}."],
    ),
    (
        "a điểm put in behind one that stays as it is",
        change("dieu-5/khoan-1/diem-a", "SĐ", "a) Đơn;", "a) Đơn;\na1) Số định danh;\na2) Ảnh."),
        [
            "Điều 1. Sửa đổi, bổ sung, bãi bỏ một số quy định",
            "Bổ sung điểm a1 vào sau điểm a khoản 1 Điều 5 như sau:", "“a1) Số định danh;”.",
            "Bổ sung điểm a2 vào sau điểm a1 khoản 1 Điều 5 như sau:", "“a2) Ảnh.”.",
        ],
    ),
    (
        "a khoản put in behind one that changes",
        change("dieu-7/khoan-3", "SĐ", "3. Nộp giấy.", "3. Nộp điện tử.\n3a. Miễn phí."),
        ["Điều 1. Sửa đổi, bổ sung, bãi bỏ một số quy định",
         "Sửa đổi, bổ sung khoản 3 Điều 7 như sau:", "“3. Nộp điện tử.”.",
         "Bổ sung khoản 3a vào sau khoản 3 Điều 7 như sau:", "“3a. Miễn phí.”."],
    ),
    (
        "an Điều put in",
        change("dieu-5", "SĐ", "Điều 5. Hồ sơ", "Điều 5. Hồ sơ\nĐiều 5a. Dữ liệu\n1. Một.\n2. Hai.",
               has_children=True),
        ["Bổ sung Điều 5a vào sau Điều 5 của", "“Điều 5a. Dữ liệu", "1. Một.", "2. Hai.”."],
    ),
    (
        "a form as a whole",
        change("mau-02", "TT", "Mẫu số 02", "TỜ KHAI\n1. Số định danh: ……\n2. Nội dung: ……",
               instrument="Thông tư", has_children=True),
        ["Thay thế Mẫu số 02 bằng Mẫu số 02 ban hành kèm theo Thông tư này"],
    ),
    (
        "a form that gets another number",
        change("mau-01", "SĐ", "Mẫu số 01", "Mẫu số 28\nTỜ KHAI\n1. Số định danh: ……",
               instrument="Thông tư", has_children=True),
        ["Sửa Mẫu số 01 thành Mẫu số 28 ban hành kèm theo Thông tư này của"],
    ),
    (
        "a form inside an annex that gets another number",
        change("phu-luc-1/mau-05", "TT", "Mẫu số 05", "Biểu mẫu số 39\nTỜ KHAI",
               instrument="Nghị định"),
        ["Sửa Mẫu số 05 Phụ lục I thành Mẫu số 39 ban hành kèm theo Nghị định này của"],
    ),
    (
        "the number only, the form to be attached",
        change("mau-01", "SĐ", "Mẫu số 01", "Sửa Mẫu số 1 thành Mẫu số 28 ban hành kèm theo Thông tư này",
               instrument="Thông tư"),
        ["Sửa Mẫu số 01 thành Mẫu số 28 ban hành kèm theo Thông tư này của"],
    ),
    (
        "an annex as a whole, under its own heading",
        change("phu-luc-2", "TT", "Phụ lục II", "Phụ lục II. DANH MỤC GIẤY TỜ\n1. Đơn.",
               instrument="Thông tư", has_children=True),
        ["Thay thế Phụ lục II bằng Phụ lục II ban hành kèm theo Thông tư này của"],
    ),
    (
        "straight quotation marks become curly ones",
        change("dieu-5/khoan-2", "SĐ", "2. X.", '2. Gọi là "bộ hồ sơ".'),
        ["khoản 2 Điều 5", "“2. Gọi là “bộ hồ sơ”.”."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted", "lines"), CLAUSES, ids=[row[0] for row in CLAUSES])
def test_a_proposal_becomes_a_clause(name: str, wanted: Change, lines: list[str]) -> None:
    made = text_of(wanted)
    assert len(made) == len(lines)
    for line, expected in zip(made, lines, strict=True):
        assert expected in line


def test_forms_of_several_acts_are_told_apart_by_number() -> None:
    """«Mẫu số 01 ban hành kèm theo Thông tư này» names one form, whatever act it replaces one of."""
    acts = ("902/2021/TT-BYT", "903/2021/TT-BYT", "904/2021/TT-BYT")
    wanted = [
        replace(change(path, "TT", "x", text, instrument="Thông tư"), act=act)
        for act, path, text in (
            (acts[0], "mau-01", "TỜ KHAI\nMột."),
            (acts[0], "mau-05", "Mẫu số 28\nĐƠN"),
            (acts[1], "mau-01", "TỜ KHAI\nHai."),
            (acts[2], "mau-01", "TỜ KHAI\nBa."),
        )
    ]
    made = drafted(*wanted)
    assert [form.label for form in made.forms()] == [
        "Mẫu số 01", "Mẫu số 28", "Mẫu số 29", "Mẫu số 30",
    ]  # fmt: skip
    assert [form.lines[-1] for form in made.forms()] == ["Một.", "ĐƠN", "Hai.", "Ba."]
    lines = body_lines(made)
    assert any("Sửa Mẫu số 01 thành Mẫu số 29 ban hành kèm theo Thông tư này" in x for x in lines)
    assert same_ops(read_back(lines), made.ops())


def test_a_renumbered_form_takes_the_place_of_the_old_one() -> None:
    """The draft, printed with its forms and read again, changes the form in the amended act."""
    target = parse_act(
        RawDocument(
            "a",
            "text",
            f"BỘ Y TẾ\nSố: {NUMBER}\nTHÔNG TƯ\nQuy định về hồ sơ hỗ trợ\n"
            "Điều 1. Hồ sơ\nĐơn theo Mẫu số 01.\nTM. BỘ\nBỘ TRƯỞNG\n"
            "Mẫu số 01\nTỜ KHAI\nSổ hộ khẩu số: ……\n",
        )
    )
    made = drafted(
        change(
            "mau-01", "SĐ", "x", "Mẫu số 28\nTỜ KHAI MỚI\nSố định danh: ……", instrument="Thông tư"
        )
    )
    (form,) = made.forms()
    printed = [*body_lines(made), "TM. BỘ", "BỘ TRƯỞNG", form.label, *form.lines]
    amending = parse_act(RawDocument("b", "text", "\n".join(printed)))
    done = apply_ops(target, amend_ops(amending), amending)
    assert [(outcome.paths, outcome.reason) for outcome in done.outcomes] == [(("mau-01",), "")]
    assert "Số định danh: ……" in done.text
    assert "Sổ hộ khẩu" not in done.text


LEFT_OUT = [
    ("marks that do not close", change("dieu-5/khoan-2", "SĐ", "2. X.", "2. “Y."), "không cân"),
    ("another number", change("dieu-5/khoan-2", "SĐ", "2. X.", "3. Y."), "mang số khác"),
    ("nothing written yet", change("dieu-5/khoan-2", "SĐ", "2. X.", " "), "chưa có nội dung mới"),
    ("a form without content", change("mau-02", "TT", "Mẫu số 02", "Mẫu số 02", instrument="Thông tư"),
     "chưa có nội dung của mẫu mới"),
    ("a form of handling that amends nothing", change("dieu-5", "GN", "x", "x"), "không thực hiện"),
    (
        "a long paragraph without number",
        change("dieu-5/doan-1", "SĐ", "x " * 300, "y"),
        "quá dài",
    ),
    ("a path nobody can name", change("doan-1", "SĐ", "Một.", "Hai."), "không xác định được"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted", "reason"), LEFT_OUT, ids=[row[0] for row in LEFT_OUT])
def test_what_cannot_be_a_clause_is_listed_with_why(name: str, wanted: Change, reason: str) -> None:
    made = drafted(wanted)
    assert made.articles == ()
    assert [left.change for left in made.left_out] == [wanted]
    assert reason in made.left_out[0].reason


def test_two_rewritings_of_one_unit_are_both_left_out() -> None:
    first = change("dieu-5/khoan-2", "SĐ", "2. X.", "2. Một.")
    second = replace(first, new_text="2. Hai.", finding_ids=(2,))
    made = drafted(first, second)
    assert made.articles == ()
    assert {left.change.finding_ids for left in made.left_out} == {(1,), (2,)}


def test_the_same_rewriting_by_two_findings_is_one_clause() -> None:
    first = change("dieu-5/khoan-2", "SĐ", "2. X.", "2. Một.")
    made = drafted(first, replace(first, finding_ids=(2,)))
    (clause,) = made.articles[0].clauses
    assert clause.finding_ids == (1, 2)


def test_a_unit_inside_a_repealed_one_is_left_out() -> None:
    made = drafted(
        change("dieu-8", "BB", "Điều 8. X"),
        change("dieu-8/khoan-1", "BB", "1. Y", finding_ids=(2,)),
    )
    assert [left.change.finding_ids for left in made.left_out] == [(2,)]


def test_one_phrase_in_several_units_is_said_once() -> None:
    lines = text_of(
        change("dieu-4/khoan-1", "TT", "1. Sổ hộ khẩu giấy.", "1. Thông tin cư trú."),
        change("dieu-6/khoan-1/diem-d", "TT", "d) Sổ hộ khẩu giấy;", "d) Thông tin cư trú;"),
        change("dieu-7", "BB", "Điều 7. X"),
    )
    assert lines[1:] == [
        "1. Thay thế cụm từ “Sổ hộ khẩu giấy” bằng cụm từ “Thông tin cư trú” tại khoản 1 Điều 4, "
        "điểm d khoản 1 Điều 6.",
        "2. Bãi bỏ Điều 7.",
    ]


def test_acts_stand_in_an_article_each_and_repealed_acts_last() -> None:
    lines = text_of(
        change("dieu-1", "BBT", "", "", act="901/2020/TT-BYT", finding_ids=(2,)),
        change("dieu-5", "BB", "Điều 5. X"),
    )
    assert [line.split(" của ")[0] for line in lines] == [
        "Điều 1. Bãi bỏ Điều 5",
        "Điều 2. Bãi bỏ toàn bộ Thông tư số 901/2020/TT-BYT ngày 04 tháng 5 năm 2021",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("a) Bản sao sổ hộ khẩu;", "a) Bản sao căn cước;", [Phrase("sổ hộ khẩu", "căn cước")]),
        ("a) Sổ, sổ tạm trú, đơn;", "a) Sổ, đơn;", [Phrase("sổ tạm trú,", "")]),
        ("Nộp sổ rồi nộp sổ nữa.", "Nộp sổ rồi nộp đơn nữa.", []),
        ("Một hai ba.", "Một hai ba.", []),
        ("Một hai ba.", "Bốn “năm” sáu.", []),
        ("Nộp hồ sơ.", "Nộp hồ sơ trực tuyến.", [Phrase("hồ sơ", "hồ sơ trực tuyến")]),
    ],
)
def test_phrases_are_named_only_where_they_bring_about_the_new_text(
    old: str, new: str, found: list[Phrase]
) -> None:
    assert phrases(old, new) == found


# --- issuer and competence --------------------------------------------------------------------


def test_the_issuer_of_the_draft_is_that_of_the_amended_act() -> None:
    found = orders(reports.draft_order().data)
    assert set(found) == {"Nghị định của Chính phủ", "Thông tư của Bộ Y tế"}
    decree = found["Nghị định của Chính phủ"].instrument
    assert (decree.symbol, decree.signer_form, decree.signer_title) == (
        "2026/NĐ-CP", "TM. Chính phủ", "Thủ tướng",
    )  # fmt: skip


def test_a_decree_is_not_amended_by_a_circular() -> None:
    order = orders(reports.ministry())["Thông tư của Bộ Y tế"]
    (left,) = order.left_out
    assert left.change.act == "901/2019/NĐ-CP"
    assert "Không thể sửa nghị định bằng thông tư" in left.reason


def test_a_joint_circular_is_amended_by_the_minister_who_answers_for_it_now() -> None:
    old = "Bộ Lao động - Thương binh và Xã hội, Bộ Tài chính"
    joint = reports.act(
        7, "BNV", "Thông tư liên tịch", number="911/2014/TTLT-BLĐTBXH-BTC",
        issuer=old, issuer_code="BLĐTBXH", title="Quy định về hỗ trợ người nuôi trai",
    )  # fmt: skip
    wanted = reports.finding(71, joint, "dieu-3/khoan-1/diem-b", "điểm b khoản 1 Điều 3")
    found = orders(reports.assemble((joint,), (wanted,)))
    order = found["Thông tư của Bộ Nội vụ"]
    assert (order.instrument.symbol, order.instrument.issues, order.left_out) == (
        "2026/TT-BNV", "Bộ trưởng Bộ Nội vụ ban hành", [],
    )  # fmt: skip
    assert f"của {old} quy định về hỗ trợ" in full_name(joint)


@pytest.mark.parametrize(
    ("agency", "title", "issues"),
    [
        ("BYT", "Bộ trưởng", "Bộ trưởng Bộ Y tế ban hành"),
        ("NHNN", "Thống đốc", "Thống đốc Ngân hàng Nhà nước Việt Nam ban hành"),
        ("TTCP", "Tổng Thanh tra", "Tổng Thanh tra Chính phủ ban hành"),
    ],
)
def test_the_head_of_the_agency_signs_under_his_own_title(
    agency: str, title: str, issues: str
) -> None:
    name = name_of(agency)
    circular = reports.act(8, "BYT", issuer_code=agency, issuer=name)
    wanted = reports.finding(81, circular, "dieu-3", "Điều 3")
    circular = replace(circular, agency_code=agency)
    data = replace(reports.ministry(), acts=(circular,), agencies={agency: name})
    data = replace(data, findings=(replace(wanted, agency_code=agency),))
    (order,) = orders(data).values()
    assert (order.instrument.signer_title, order.instrument.issues) == (title, issues)
    assert f"của {issues.removesuffix(' ban hành')} quy định" in full_name(circular)


def test_every_instrument_that_may_amend_something_has_a_row() -> None:
    from review.proposals.competence import RULES

    wanted = {name for rule in RULES.rows for name in rule.instruments}
    assert wanted == {row.type for row in instruments()}


def test_an_act_is_cited_in_full() -> None:
    act = reports.act(2, "BYT", title="Quy định hồ sơ")
    assert full_name(act) == (
        "Thông tư số 902/2021/TT-BYT ngày 04 tháng 5 năm 2021 của Bộ trưởng Bộ Y tế quy định hồ sơ"
    )
    law = reports.act(3, "BYT", "Luật", number="906/2019/QH14", title="Luật Đàn ong")
    assert full_name(law) == "Luật Đàn ong số 906/2019/QH14"


# --- over many generated acts and proposals ----------------------------------------------------


def _act(rng: random.Random) -> Act:
    def sentence() -> str:
        words = [rng.choice(WORDS) for _ in range(rng.randint(3, 14))]
        return " ".join(words).capitalize()

    lines = ["THÔNG TƯ", "Quy định về hồ sơ hỗ trợ"]
    for dieu in range(1, rng.randint(2, 6)):
        lines.append(f"Điều {dieu}. {sentence()}")
        for khoan in range(1, rng.randint(1, 5)):
            lines.append(f"{khoan}. {sentence()}{rng.choice('.:')}")
            if lines[-1].endswith(":"):
                lines += [f"{letter}) {sentence()};" for letter in "abcdđ"[: rng.randint(1, 5)]]
    source = "\n".join(lines)
    return parse_act(RawDocument("thử", "text", f"Số: {NUMBER}\n{source}"))


def _proposals(rng: random.Random, act: Act) -> list[Change]:
    made = []
    for place, unit in enumerate(act.provisions):
        if unit.level not in ("dieu", "khoan", "diem") or rng.random() < 0.6:
            continue
        words = unit.text.split()
        handling = rng.choice(["SĐ", "TT", "BB", "BB"])
        new = ""
        if handling != "BB" or rng.random() < 0.5:
            start = rng.randint(min(2, len(words) - 1), len(words) - 1)
            length = rng.randint(0, 3)
            put = "" if handling == "BB" else " ".join(rng.sample(WORDS, rng.randint(1, 3)))
            end = words[-1][-1] if words[-1][-1] in ".:;" else ""
            kept = [*words[:start], put, *words[start + length :]]
            new = " ".join(" ".join(kept).split())
            new = new if not end or new.endswith(end) else new + end
        children = any(act.provisions[c].level != "doan" for c in unit.children)
        made.append(
            Change((place,), NUMBER, unit.path, unit.label, handling, unit.text, new, children)
        )
    return made


def _even(text: str) -> str:
    return re.sub(r"\s+([,;.:)])", r"\1", " ".join(text.split()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9))
def test_a_draft_reads_back_and_brings_about_the_proposals(seed: int) -> None:
    rng = random.Random(seed)
    act = _act(rng)
    wanted = _proposals(rng, act)
    made = drafted(*wanted)
    lines = body_lines(made)

    # Read back by corpus, it is what was meant.
    assert same_ops(read_back(lines), made.ops())

    # Each proposal is in one clause, or listed with why it is in none.
    clauses = [clause for article in made.articles for clause in article.clauses]
    inside = [number for clause in clauses for number in set(clause.finding_ids)]
    outside = [number for left in made.left_out for number in left.change.finding_ids]
    assert set(inside) | set(outside) == {c.finding_ids[0] for c in wanted}
    assert not set(inside) & set(outside)

    # Quotation marks open and close.
    assert "\n".join(lines).count("“") == "\n".join(lines).count("”")

    # Clauses stand in the order of the units they amend.
    place = {unit.path: number for number, unit in enumerate(act.provisions)}
    assert [place[c.paths[0]] for c in clauses] == sorted(place[c.paths[0]] for c in clauses)

    # Carried out on the act, the clauses give the proposed words.
    amended = apply_ops(act, made.ops())
    assert all(outcome.applied for outcome in amended.outcomes), [
        (outcome.op, outcome.message) for outcome in amended.outcomes if not outcome.applied
    ]
    after = {unit.path: unit for unit in amended.act.provisions}
    gone = {c.path for c in wanted if c.handling == "BB" and not c.new_text}
    for proposal in wanted:
        if proposal.finding_ids[0] in outside or not proposal.new_text:
            continue
        if any(proposal.path.startswith(f"{path}/") for path in gone):
            continue
        assert _even(after[proposal.path].text) == _even(proposal.new_text)
