"""States of findings, acts and ministries' reports (DOMAIN 1.3), and the steps between them.

Tables, so that a test can hold the whole of them. Who may take a step is in ``permissions.yaml``
under the action named here.
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
    "bo_da_duyet": "Pháp chế bộ đã duyệt",
    "trinh_tct": "Đã trình Tổ công tác",
    "cho_y_kien": "Đang cho ý kiến",
    "co_y_kien_doc_lap": "Đã mở ý kiến, chờ kết luận",
    "tra_lai_bo": "Trả lại bộ giải trình",
    "bo_tiep_thu_giai_trinh": "Bộ đã tiếp thu, giải trình",
    "thong_nhat": "Đã thống nhất",
    "chua_thong_nhat": "Chưa thống nhất",
    "vuot_tham_quyen": "Vượt thẩm quyền",
    "trinh_ttg": "Đã trình Thủ tướng",
    "co_ket_luan": "Đã có kết luận của Thủ tướng",
    "dua_vao_chuong_trinh": "Đã đưa vào chương trình",
    "dang_soan_thao": "Đang soạn thảo",
    "da_ban_hanh": "Đã ban hành",
    "da_xu_ly": "Đã xử lý xong",
    "qua_han": "Quá hạn xử lý",
}

ACT_STATES = {
    "moi_nap": "Mới nạp",
    "da_tach_dieu_khoan": "Chưa rà soát",
    "dang_ra_soat": "Đang rà soát",
    "da_ra_soat": "Đã rà soát",
    "dong": "Đã đóng",
}

# A ministry's report; late when it was handed in after the agency's deadline.
SUBMISSION_STATES = {
    "chua_nop": "Chưa nộp",
    "du_thao": "Dự thảo",
    "da_nop": "Đã nộp",
    "tra_lai": "Trả lại bổ sung",
    "da_tiep_nhan": "Đã tiếp nhận",
    "da_tong_hop": "Đã tổng hợp",
}

ORIGINS = {"may": "Máy gợi ý", "nguoi": "Người bổ sung"}

UNDECIDED = ("goi_y", "can_hoi")
DECIDED = tuple(state for state in FINDING_STATES if state not in UNDECIDED)
# What a problem recognised by somebody is in; the act is not free of findings any more.
RECOGNISED = tuple(state for state in DECIDED if state != "loai_bo")
FOLLOWED_UP = ("dua_vao_chuong_trinh", "dang_soan_thao", "da_ban_hanh", "da_xu_ly", "qua_han")
# Settled: by agreement, or by the Prime Minister's conclusion; what is followed up was settled.
AGREED = ("thong_nhat", "co_ket_luan", *FOLLOWED_UP)
# Members may speak; a later opinion after the opening is a row of its own.
SPEAKING = ("trinh_tct", "cho_y_kien", "co_y_kien_doc_lap", "thong_nhat")
# The task force has it, or has had it and is done; not while the ministry is to answer.
SUBMITTED = (
    *SPEAKING,
    "bo_tiep_thu_giai_trinh",
    "chua_thong_nhat",
    "vuot_tham_quyen",
    "trinh_ttg",
    "co_ket_luan",
    *FOLLOWED_UP,
)


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


def _table(*steps: Transition) -> dict[str, Transition]:
    return {step.action: step for step in steps}


_UNSETTLED = " ".join(state for state in RECOGNISED if state != "da_xu_ly")
_OPENED = "co_y_kien_doc_lap thong_nhat bo_tiep_thu_giai_trinh chua_thong_nhat"

TRANSITIONS = _table(
    # the ministry decides
    _step("confirm", "xác nhận", "goi_y can_hoi loai_bo", "xac_nhan"),
    _step("reject", "loại bỏ", "goi_y can_hoi xac_nhan", "loai_bo"),
    _step("ask", "hỏi đồng nghiệp", "goi_y can_hoi xac_nhan loai_bo", "can_hoi"),
    _step("reopen", "mở lại", "can_hoi xac_nhan loai_bo bo_de_xuat", "goi_y"),
    # the ministry proposes
    _step(
        "propose",
        "soạn đề xuất",
        "xac_nhan bo_de_xuat bo_da_duyet tra_lai_bo bo_tiep_thu_giai_trinh",
        "bo_de_xuat",
        "proposals.save",
    ),
    _step("approve", "duyệt đề xuất", "bo_de_xuat", "bo_da_duyet", "proposals.approve"),
    _step("submit", "trình Tổ công tác", "bo_de_xuat bo_da_duyet", "trinh_tct", "proposals.submit"),
    # the task force speaks; the state that follows is ``after_opinions``
    _step("speak", "cho ý kiến", " ".join(SPEAKING), "cho_y_kien", "opinions.give"),
    _step("open", "mở ý kiến", "cho_y_kien", "co_y_kien_doc_lap", "opinions.open"),
    # the resolver concludes; the ministry answers; rounds repeat
    _step(
        "conclude",
        "ghi ý kiến độc lập",
        "co_y_kien_doc_lap thong_nhat bo_tiep_thu_giai_trinh",
        "co_y_kien_doc_lap",
        "conclusions.compose",
    ),
    _step("agree", "kết luận thống nhất", _OPENED, "thong_nhat", "conclusions.compose"),
    _step(
        "disagree",
        "kết luận chưa thống nhất",
        "co_y_kien_doc_lap bo_tiep_thu_giai_trinh",
        "chua_thong_nhat",
        "conclusions.compose",
    ),
    _step("exceed", "kết luận vượt thẩm quyền", _OPENED, "vuot_tham_quyen", "conclusions.compose"),
    _step(
        "send_back",
        "trả lại bộ",
        "co_y_kien_doc_lap bo_tiep_thu_giai_trinh chua_thong_nhat",
        "tra_lai_bo",
        "opinions.send_back",
    ),
    _step(
        "answer", "tiếp thu, giải trình", "tra_lai_bo", "bo_tiep_thu_giai_trinh", "thread.answer"
    ),
    _step(
        "escalate",
        "trình Thủ tướng",
        "chua_thong_nhat vuot_tham_quyen",
        "trinh_ttg",
        "conclusions.escalate",
    ),
    _step(
        "rule",
        "ghi kết luận của Thủ tướng",
        "trinh_ttg",
        "co_ket_luan",
        "conclusions.record_ruling",
    ),
    # the programme follows up
    _step(
        "schedule",
        "đưa vào chương trình",
        "thong_nhat co_ket_luan",
        "dua_vao_chuong_trinh",
        "projects.carry",
    ),
    _step(
        "draft",
        "bắt đầu soạn thảo",
        "dua_vao_chuong_trinh qua_han",
        "dang_soan_thao",
        "projects.set_step",
    ),
    _step("issue", "ban hành", "dang_soan_thao qua_han", "da_ban_hanh", "projects.set_step"),
    _step(
        "expire",
        "ghi quá hạn",
        "dua_vao_chuong_trinh dang_soan_thao",
        "qua_han",
        "projects.mark_overdue",
    ),
    # an issued text speaks for itself, however far the finding had come
    _step("verify", "xác minh đã xử lý", _UNSETTLED, "da_xu_ly", "closing.settle"),
    _step(
        "miss",
        "mở lại vì văn bản còn yêu cầu",
        "da_ban_hanh da_xu_ly",
        "xac_nhan",
        "closing.settle",
    ),
)

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


def after_opinions(verdicts: Sequence[str | None], *, opened: bool = False) -> str:
    """Return the state after the counted members' verdicts (None: has not spoken).

    ``opened``: the chair opened what was given before all had spoken.
    """
    if None in verdicts:
        return "co_y_kien_doc_lap" if opened else "cho_y_kien"
    return "thong_nhat" if set(verdicts) == {"thong_nhat"} else "co_y_kien_doc_lap"
