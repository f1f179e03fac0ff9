"""The whole table of states: every step that leads on, and every other one refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from corpus.errors import RasoatError
from review.state import (
    ACT_STATES,
    ACT_TRANSITIONS,
    AGREED,
    FINDING_STATES,
    SPEAKING,
    SUBMISSION_STATES,
    SUBMISSION_TRANSITIONS,
    SUBMITTED,
    TRANSITIONS,
    Transition,
    after,
    after_opinions,
    next_state,
)

# What leads from each state where. What is not here must be refused.
EXPECTED = {
    "goi_y": {"confirm": "xac_nhan", "reject": "loai_bo", "ask": "can_hoi"},
    "can_hoi": {"confirm": "xac_nhan", "reject": "loai_bo", "ask": "can_hoi", "reopen": "goi_y"},
    "xac_nhan": {"reject": "loai_bo", "ask": "can_hoi", "reopen": "goi_y", "propose": "bo_de_xuat"},
    "loai_bo": {"confirm": "xac_nhan", "ask": "can_hoi", "reopen": "goi_y"},
    "bo_de_xuat": {
        "reopen": "goi_y",
        "propose": "bo_de_xuat",
        "approve": "bo_da_duyet",
        "submit": "trinh_tct",
    },
    "bo_da_duyet": {"propose": "bo_de_xuat", "submit": "trinh_tct"},
    "trinh_tct": {"speak": "cho_y_kien"},
    "cho_y_kien": {"speak": "cho_y_kien", "open": "co_y_kien_doc_lap"},
    "co_y_kien_doc_lap": {
        "speak": "cho_y_kien",
        "conclude": "co_y_kien_doc_lap",
        "agree": "thong_nhat",
        "disagree": "chua_thong_nhat",
        "exceed": "vuot_tham_quyen",
        "send_back": "tra_lai_bo",
    },
    "tra_lai_bo": {"propose": "bo_de_xuat", "answer": "bo_tiep_thu_giai_trinh"},
    "bo_tiep_thu_giai_trinh": {
        "propose": "bo_de_xuat",
        "conclude": "co_y_kien_doc_lap",
        "agree": "thong_nhat",
        "disagree": "chua_thong_nhat",
        "exceed": "vuot_tham_quyen",
        "send_back": "tra_lai_bo",
    },
    "thong_nhat": {
        "speak": "cho_y_kien",
        "conclude": "co_y_kien_doc_lap",
        "agree": "thong_nhat",
        "exceed": "vuot_tham_quyen",
        "schedule": "dua_vao_chuong_trinh",
    },
    "chua_thong_nhat": {
        "agree": "thong_nhat",
        "exceed": "vuot_tham_quyen",
        "send_back": "tra_lai_bo",
        "escalate": "trinh_ttg",
    },
    "vuot_tham_quyen": {"escalate": "trinh_ttg"},
    "trinh_ttg": {"rule": "co_ket_luan"},
    "co_ket_luan": {"schedule": "dua_vao_chuong_trinh"},
    "dua_vao_chuong_trinh": {"draft": "dang_soan_thao", "expire": "qua_han"},
    "dang_soan_thao": {"issue": "da_ban_hanh", "expire": "qua_han"},
    "qua_han": {"draft": "dang_soan_thao", "issue": "da_ban_hanh"},
    "da_ban_hanh": {"verify": "da_xu_ly"},
    "da_xu_ly": {},
}

ACTS = {
    "moi_nap": {"load": "da_tach_dieu_khoan"},
    "da_tach_dieu_khoan": {"begin": "dang_ra_soat", "sign_off": "da_ra_soat"},
    "dang_ra_soat": {"finish": "da_ra_soat", "sign_off": "da_ra_soat"},
    "da_ra_soat": {"begin": "dang_ra_soat", "close": "dong"},
    "dong": {"reopen": "dang_ra_soat"},
}

REPORTS = {
    "chua_nop": {"draft": "du_thao"},
    "du_thao": {"submit": "da_nop"},
    "da_nop": {"receive": "da_tiep_nhan", "send_back": "tra_lai"},
    "tra_lai": {"draft": "du_thao"},
    "da_tiep_nhan": {"consolidate": "da_tong_hop", "send_back": "tra_lai"},
    "da_tong_hop": {},
}


@pytest.mark.parametrize(
    ("expected", "states"),
    [(EXPECTED, FINDING_STATES), (ACTS, ACT_STATES), (REPORTS, SUBMISSION_STATES)],
    ids=["phát hiện", "văn bản", "báo cáo"],
)
def test_every_state_is_in_the_table(
    expected: Mapping[str, object], states: Mapping[str, str]
) -> None:
    assert set(expected) == set(states)


@pytest.mark.parametrize("state", FINDING_STATES)
@pytest.mark.parametrize("action", TRANSITIONS)
def test_step(state: str, action: str) -> None:
    target = EXPECTED[state].get(action)
    if target:
        assert next_state(action, state) == target
    else:
        with pytest.raises(RasoatError) as refused:
            next_state(action, state)
        assert refused.value.code == "RS-504"


@pytest.mark.parametrize(
    ("expected", "table", "states"),
    [(ACTS, ACT_TRANSITIONS, ACT_STATES), (REPORTS, SUBMISSION_TRANSITIONS, SUBMISSION_STATES)],
    ids=["văn bản", "báo cáo"],
)
def test_steps_of_acts_and_reports(
    expected: Mapping[str, Mapping[str, str]],
    table: Mapping[str, Transition],
    states: Mapping[str, str],
) -> None:
    for state in states:
        for action in table:
            if target := expected[state].get(action):
                assert after(table, states, action, state) == target
            else:
                with pytest.raises(RasoatError, match="RS-540"):
                    after(table, states, action, state)


def test_every_state_but_the_first_can_be_reached() -> None:
    reached = {step.target for step in TRANSITIONS.values()} | {"goi_y"}
    assert reached == set(FINDING_STATES)


def test_groups_of_states_hold_states_only() -> None:
    for group in (SPEAKING, SUBMITTED, AGREED):
        assert set(group) <= set(FINDING_STATES)
    assert "tra_lai_bo" not in SUBMITTED


@pytest.mark.parametrize(
    ("verdicts", "opened", "state"),
    [
        ((None, None, None), False, "cho_y_kien"),
        (("thong_nhat", "thong_nhat", None), False, "cho_y_kien"),
        (("thong_nhat", "thong_nhat", None), True, "co_y_kien_doc_lap"),
        (("thong_nhat", "thong_nhat", "thong_nhat"), False, "thong_nhat"),
        (("thong_nhat", "thong_nhat", "thong_nhat"), True, "thong_nhat"),
        (("thong_nhat", "bo_sung", "thong_nhat"), False, "co_y_kien_doc_lap"),
        (("khong", "khong", "khong"), False, "co_y_kien_doc_lap"),
    ],
)
def test_state_after_the_opinions(
    verdicts: tuple[str | None, ...], opened: bool, state: str
) -> None:
    assert after_opinions(verdicts, opened=opened) == state
