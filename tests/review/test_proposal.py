"""Proposals: drafts of the ministry alone, submitted versions for the task force, competence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden, NotFound
from review.proposals.competence import judge
from review.proposals.proposal import HANDLINGS
from review.records import ProposalInput
from tests.review.conftest import Desk, document

ENTERED = ProposalInput(
    "SĐ",
    "1. Cơ quan tự khai thác dữ liệu.",
    "Trái Luật Cư trú.",
    "Thông tư",
    "BXD",
    ("BCA",),
    date(2027, 1, 15),
)


@pytest.fixture
def finding(desk: Desk) -> int:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, 1)
    return row.id


def test_the_form_opens_prefilled(desk: Desk, finding: int) -> None:
    view = desk.bench.proposals.get(desk["ha"], finding)
    assert (view.version, view.state, view.editable) == (0, "moi", True)
    assert view.old_text == "1. Nộp bản sao sổ hộ khẩu."
    assert view.input == ProposalInput("BB", instrument="Thông tư", lead_agency="BXD")


def test_saving_adds_versions_and_keeps_them(desk: Desk, finding: int) -> None:
    first = desk.bench.proposals.save(desk["ha"], finding, 0, ENTERED)
    assert (first.version, first.state, first.author, first.input) == (1, "du_thao", "Ha", ENTERED)
    second = desk.bench.proposals.save(desk["minh"], finding, 1, replace(ENTERED, reason="Rõ hơn."))
    assert (second.version, second.author) == (2, "Minh")
    kept = desk.bench.proposals.history(desk["ha"], finding)
    assert [(one.version, one.input.reason) for one in kept] == [
        (2, "Rõ hơn."),
        (1, "Trái Luật Cư trú."),
    ]
    assert desk.bench.findings.get(desk["ha"], finding).row.state == "bo_de_xuat"


def test_two_authors_lose_nothing(desk: Desk, finding: int) -> None:
    desk.bench.proposals.save(desk["minh"], finding, 0, replace(ENTERED, new_text="Bản của Minh."))
    with pytest.raises(Conflict) as met:
        desk.bench.proposals.save(desk["ha"], finding, 0, replace(ENTERED, new_text="Bản của Hà."))
    assert (met.value.who, met.value.mine["new_text"], met.value.theirs["new_text"]) == (
        "Minh", "Bản của Hà.", "Bản của Minh.",
    )  # fmt: skip


def test_drafts_are_the_ministrys_own(desk: Desk, finding: int) -> None:
    desk.bench.proposals.save(desk["ha"], finding, 0, ENTERED)
    for name in ("long", "son", "cuong", "binh", "giang"):
        with pytest.raises(NotFound, match="RS-534"):
            desk.bench.proposals.get(desk[name], finding)
    with pytest.raises(Forbidden):
        desk.bench.proposals.get(desk["lan"], finding)
    with pytest.raises(Forbidden):
        desk.bench.proposals.get(desk["vy"], finding)


def test_submission_is_for_pháp_chế_and_shows_it_to_the_task_force(
    desk: Desk, finding: int
) -> None:
    desk.bench.proposals.save(desk["ha"], finding, 0, ENTERED)
    with pytest.raises(Forbidden, match="RS-410"):
        desk.bench.proposals.submit(desk["ha"], finding, 1)
    view = desk.bench.proposals.submit(desk["minh"], finding, 1)
    assert (view.state, view.submitted_by, view.editable) == ("da_trinh", "Minh", False)
    assert desk.bench.proposals.get(desk["long"], finding).input == ENTERED
    with pytest.raises(Forbidden):
        desk.bench.proposals.save(desk["long"], finding, 2, ENTERED)
    with pytest.raises(RasoatError, match="RS-533"):
        desk.bench.proposals.save(desk["ha"], finding, 2, ENTERED)


@pytest.mark.parametrize("handling", HANDLINGS)
def test_keeping_needs_a_typed_reason_the_other_forms_do_not_yet(
    desk: Desk, finding: int, handling: str
) -> None:
    entered = ProposalInput(handling, reason=" ")
    if handling == "GN":
        with pytest.raises(RasoatError, match="RS-531"):
            desk.bench.proposals.save(desk["ha"], finding, 0, entered)
    else:
        assert desk.bench.proposals.save(desk["ha"], finding, 0, entered).version == 1


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"reason": ""}, "thiếu lý do"),
        ({"new_text": " "}, "thiếu nội dung đề xuất"),
        ({"new_text": " 1. Nộp bản sao  sổ hộ khẩu."}, "giống hệt quy định hiện hành"),
        ({"instrument": ""}, "thiếu hình thức văn bản xử lý"),
        ({"lead_agency": ""}, "thiếu cơ quan chủ trì"),
        ({"instrument": "Nghị định"}, "Không thể sửa thông tư bằng nghị định"),
        ({"lead_agency": "BYT"}, "Bộ Y tế không có thẩm quyền"),
    ],
)
def test_what_is_incomplete_or_beyond_competence_is_not_submitted(
    desk: Desk, finding: int, change: dict, missing: str
) -> None:
    desk.bench.proposals.save(desk["ha"], finding, 0, replace(ENTERED, **change))
    with pytest.raises(RasoatError, match="RS-532") as refused:
        desk.bench.proposals.submit(desk["minh"], finding, 1)
    assert missing in str(refused.value)


def test_keeping_is_submitted_without_an_instrument(desk: Desk, finding: int) -> None:
    entered = ProposalInput("GN", reason="Thủ tục hình sự, vẫn cần bản giấy.")
    desk.bench.proposals.save(desk["ha"], finding, 0, entered)
    assert desk.bench.proposals.submit(desk["minh"], finding, 1).state == "da_trinh"


def test_only_a_confirmed_finding_gets_a_proposal(desk: Desk) -> None:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    with pytest.raises(RasoatError, match="RS-504"):
        desk.bench.proposals.save(desk["ha"], row.id, 0, ENTERED)
    with pytest.raises(RasoatError, match="RS-534"):
        desk.bench.proposals.submit(desk["minh"], row.id, 0)


@pytest.mark.parametrize(
    ("type_name", "issuer", "agency", "instrument", "lead", "allowed", "words"),
    [
        (
            "Nghị định",
            "CP",
            "BXD",
            "Thông tư",
            "BXD",
            False,
            "Không thể sửa nghị định bằng thông tư",
        ),
        ("Nghị định", "CP", "BXD", "Nghị định", "BXD", True, "Bộ Xây dựng chủ trì soạn thảo"),
        ("Luật", "QH", "BYT", "Nghị định", "BYT", False, "Không thể sửa luật bằng nghị định"),
        ("Luật", "QH", "BYT", "Luật", "BYT", True, "luật của Quốc hội"),
        ("Pháp lệnh", "UBTVQH", "BQP", "Luật", "BQP", True, "pháp lệnh hoặc luật"),
        (
            "Quyết định",
            "TTg",
            "BTC",
            "Thông tư",
            "BTC",
            False,
            "Không thể sửa văn bản của Thủ tướng",
        ),
        ("Quyết định", "TTg", "BTC", "Nghị định", "BTC", True, "quyết định hoặc nghị định"),
        ("Quyết định", "BCA", "BCA", "Thông tư", "BCA", True, "Văn bản của bộ trưởng"),
        (
            "Thông tư",
            "BTTTT",
            "BKHCN",
            "Thông tư",
            "BKHCN",
            True,
            "Bộ Thông tin và Truyền thông đã ban hành",
        ),
        (
            "Thông tư",
            "BTTTT",
            "BKHCN",
            "Thông tư",
            "BCA",
            False,
            "nay thuộc trách nhiệm của Bộ Khoa học",
        ),
        (
            "Thông tư liên tịch",
            "BLĐTBXH",
            "BNV",
            "Thông tư",
            "BNV",
            True,
            "bộ nay có thẩm quyền (Bộ Nội vụ)",
        ),
        (
            "Thông tư liên tịch",
            "BLĐTBXH",
            "BNV",
            "Thông tư liên tịch",
            "BNV",
            False,
            "Không thể sửa",
        ),
        ("Giấy lạ", "", "BNV", "Thông tư", "BNV", True, "Chưa có quy tắc"),
    ],
)
def test_competence(
    type_name: str, issuer: str, agency: str, instrument: str, lead: str, allowed: bool, words: str
) -> None:
    verdict = judge(type_name, issuer, agency, instrument, lead)
    assert verdict.allowed is allowed
    assert words in verdict.sentence


def test_competence_says_where_its_rule_comes_from() -> None:
    assert "Luật 80/2015/QH13 Đ12.1" in judge("Nghị định", "CP", "BXD").sentence
    assert "chưa đối chiếu" in judge("Nghị định", "CP", "BXD").sentence
