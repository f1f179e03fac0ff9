"""The whole table of states: every step that leads on, and every other one refused."""

from __future__ import annotations

import pytest

from corpus.errors import RasoatError
from review.people.permission import TABLE
from review.state import (
    AGREED,
    FINDING_STATES,
    SPEAKING,
    SUBMITTED,
    TRANSITIONS,
    Transition,
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

# An issued text closes a finding however far it had come, and may show that it was missed.
for _state in EXPECTED:
    if _state not in {"goi_y", "can_hoi", "loai_bo", "da_xu_ly"}:
        EXPECTED[_state]["verify"] = "da_xu_ly"
for _state in ("da_ban_hanh", "da_xu_ly"):
    EXPECTED[_state]["miss"] = "xac_nhan"


def test_every_state_is_in_the_table() -> None:
    assert set(EXPECTED) == set(FINDING_STATES)


@pytest.mark.parametrize("step", TRANSITIONS.values(), ids=lambda step: step.action)
def test_every_step_is_somebody_s_right(step: Transition) -> None:
    assert step.permission in TABLE.actions


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
