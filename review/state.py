"""States of findings and acts (DOMAIN 1.3) and the steps between them, as a table.

Who may take a step is in ``permissions.yaml`` under the action named here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.errors import ERRORS

FINDING_STATES = {
    "goi_y": "Gợi ý",
    "can_hoi": "Cần hỏi đồng nghiệp",
    "xac_nhan": "Đã xác nhận",
    "loai_bo": "Đã loại bỏ",
    "bo_de_xuat": "Bộ đang soạn đề xuất",
    "trinh_tct": "Đã trình Tổ công tác",
    "cho_y_kien": "Đang cho ý kiến",
    "co_y_kien_doc_lap": "Có ý kiến khác nhau",
    "tra_lai_bo": "Trả lại bộ giải trình",
    "thong_nhat": "Đã thống nhất",
}

ACT_STATES = {
    "da_tach_dieu_khoan": "Chưa rà soát",
    "dang_ra_soat": "Đang rà soát",
    "da_ra_soat": "Đã rà soát",
}

ORIGINS = {"may": "Máy gợi ý", "nguoi": "Người bổ sung"}

UNDECIDED = ("goi_y", "can_hoi")
DECIDED = tuple(state for state in FINDING_STATES if state not in UNDECIDED)
AGREED = ("thong_nhat",)
SUBMITTED = ("trinh_tct", "cho_y_kien", "co_y_kien_doc_lap", "thong_nhat")
# A problem somebody has recognised: the act is not free of findings any more.
RECOGNISED = tuple(state for state in DECIDED if state != "loai_bo")


@dataclass(frozen=True, slots=True)
class Transition:
    """``action`` leads from any of ``sources`` to ``target``; ``permission`` says who may."""

    action: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str


def _step(action: str, label: str, sources: str, target: str, permission: str = "") -> Transition:
    return Transition(
        action, label, frozenset(sources.split()), target, permission or f"findings.{action}"
    )


TRANSITIONS = {
    step.action: step
    for step in (
        _step("confirm", "xác nhận", "goi_y can_hoi loai_bo", "xac_nhan"),
        _step("reject", "loại bỏ", "goi_y can_hoi xac_nhan", "loai_bo"),
        _step("ask", "hỏi đồng nghiệp", "goi_y can_hoi xac_nhan loai_bo", "can_hoi"),
        _step("reopen", "mở lại", "can_hoi xac_nhan loai_bo bo_de_xuat", "goi_y"),
        _step(
            "propose",
            "soạn đề xuất",
            "xac_nhan bo_de_xuat tra_lai_bo",
            "bo_de_xuat",
            "proposals.save",
        ),
        _step("submit", "trình Tổ công tác", "bo_de_xuat", "trinh_tct", "proposals.submit"),
        _step(
            "speak",
            "cho ý kiến",
            "trinh_tct cho_y_kien co_y_kien_doc_lap thong_nhat",
            "cho_y_kien",
            "opinions.give",
        ),
        _step(
            "send_back",
            "trả lại bộ",
            "co_y_kien_doc_lap",
            "tra_lai_bo",
            "opinions.send_back",
        ),
    )
}

# The words of the finding itself may be corrected until the ministry has submitted it.
EDITABLE = frozenset({"goi_y", "can_hoi", "xac_nhan", "bo_de_xuat", "tra_lai_bo"})
# When the text under a decision changed, the same decision may be taken again on the new text.
_AGAIN = {"confirm": "xac_nhan", "reject": "loai_bo"}


def allowed(action: str, state: str, *, changed: bool = False) -> bool:
    """Whether ``action`` may be taken in ``state`` (``changed``: the provision has a new text)."""
    if action == "edit":
        return state in EDITABLE
    if changed and _AGAIN.get(action) == state:
        return True
    return state in TRANSITIONS[action].sources


def next_state(action: str, state: str, *, changed: bool = False) -> str:
    """Return the state after ``action``; raises RS-504 when it may not be taken in ``state``."""
    step = TRANSITIONS[action]
    if not allowed(action, state, changed=changed):
        raise ERRORS.error("RS-504", action=step.label, state=FINDING_STATES.get(state, state))
    return step.target


def after_opinions(verdicts: Sequence[str | None]) -> str:
    """Return the state after the counted members' verdicts (None: has not spoken)."""
    if None in verdicts:
        return "cho_y_kien"
    return "thong_nhat" if set(verdicts) == {"thong_nhat"} else "co_y_kien_doc_lap"
