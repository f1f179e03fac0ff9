"""Findings: every step and every forbidden one, nothing lost between two people."""

from __future__ import annotations

import threading

import pytest

from corpus.errors import RasoatError
from models import catalogue
from review.errors import Conflict, Forbidden, NotFound
from review.records import FindingFilter, PageRequest
from review.state import allowed
from tests.review.conftest import Desk, document


@pytest.mark.parametrize(("action", "state"), [("confirm", "xac_nhan"), ("reject", "loai_bo")])
def test_a_decision_may_be_taken_again_on_a_changed_text(action: str, state: str) -> None:
    assert not allowed(action, state)
    assert allowed(action, state, changed=True)


def test_confirming_shows_at_once(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    view = desk.bench.findings.confirm(desk["ha"], row.id, row.version, "Rõ ràng.")
    assert (view.row.state, view.row.version, view.row.decided_by) == ("xac_nhan", 2, "Ha")
    assert [(step.action, step.note) for step in view.history] == [("confirm", "Rõ ràng.")]
    assert desk.bench.library.act(desk["ha"], row.act_id).row.state == "dang_ra_soat"


def test_view_has_everything_around_the_provision(desk: Desk, act) -> None:
    desk.load(act)
    view = desk.bench.findings.get(desk["ha"], desk.findings()[0].id)
    assert view.provision.text[view.row.quote_start : view.row.quote_end] == "sổ hộ khẩu"
    assert [unit.path for unit in view.stem] == ["chuong-1", "dieu-1"]
    assert [unit.path for unit in view.article] == ["dieu-1", "dieu-1/khoan-1"]
    assert view.bases[0].confidence == "đã đối chiếu"
    assert view.trace[0].outcome == "Có cụm từ «sổ hộ khẩu»."
    assert set(view.actions) == {"confirm", "reject", "ask", "edit"}
    assert view.act.findings == 2


def test_set_aside_is_shown_beside_and_as_a_list(desk: Desk, act) -> None:
    desk.load(act)
    aside = desk.bench.findings.suppressed(desk["ha"], FindingFilter(category="N01"))
    assert [(row.code, row.path) for row in aside.items] == [("N01", "dieu-3/khoan-1")]
    assert desk.bench.findings.suppressed(desk["ha"], FindingFilter(category="N05")).total == 0
    by_act = desk.bench.library.suppressed(desk["ha"], aside.items[0].act_id)
    assert by_act == aside.items


def test_rejecting_needs_an_n_code(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    for code in ("", "N99", "A1"):
        with pytest.raises(RasoatError) as refused:
            desk.bench.findings.reject(desk["ha"], row.id, row.version, code)
        assert refused.value.code == "RS-502"
    view = desk.bench.findings.reject(desk["ha"], row.id, row.version, "N05", "Là lệnh cấm.")
    assert (view.row.state, view.history[0].code) == ("loai_bo", "N05")


def test_asking_needs_a_question_and_has_its_own_queue(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    with pytest.raises(RasoatError, match="RS-506"):
        desk.bench.findings.ask(desk["ha"], row.id, row.version, " ")
    desk.bench.findings.ask(desk["ha"], row.id, row.version, "Có phải thủ tục nội bộ?")
    assert [one.id for one in desk.findings(states=("can_hoi",))] == [row.id]


def test_reopening_keeps_the_decision_in_the_history(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    view = desk.bench.findings.reject(desk["ha"], row.id, row.version, "N05")
    view = desk.bench.findings.reopen(desk["ha"], row.id, view.row.version, "Xem lại.")
    assert (view.row.state, view.row.decided_by) == ("goi_y", "")
    assert [step.action for step in view.history] == ["reopen", "reject"]


def test_editing_keeps_old_and_new(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    view = desk.bench.findings.edit(desk["ha"], row.id, row.version, "A3", "bản sao sổ hộ khẩu", 3)
    assert (view.row.category, view.row.severity, view.row.quote) == ("A3", 3, "bản sao sổ hộ khẩu")
    assert view.provision.text[view.row.quote_start : view.row.quote_end] == view.row.quote
    assert view.history[0].details["old"] == {
        "category": "A1",
        "severity": 4,
        "quote": "sổ hộ khẩu",
    }


@pytest.mark.parametrize(
    ("category", "quote", "severity", "code"),
    [
        ("A1", "sổ đỏ", 4, "RS-503"),
        ("Z9", "sổ hộ khẩu", 4, "RS-505"),
        ("A1", "sổ hộ khẩu", 5, "RS-505"),
    ],
)
def test_a_wrong_correction_is_refused(
    desk: Desk, act, category: str, quote: str, severity: int, code: str
) -> None:
    desk.load(act)
    row = desk.findings()[0]
    with pytest.raises(RasoatError) as refused:
        desk.bench.findings.edit(desk["ha"], row.id, row.version, category, quote, severity)
    assert refused.value.code == code
    assert desk.bench.findings.get(desk["ha"], row.id).row == row


def test_a_missed_finding_is_added_by_hand(desk: Desk, act) -> None:
    desk.load(act)
    view = desk.bench.library.act(desk["ha"], desk.findings()[0].act_id)
    clean = view.provisions[-1]
    added = desk.bench.findings.add_manual(
        desk["ha"], clean.id, "F4", "Cơ quan trả lời", 2, "Máy sót."
    )
    assert (added.row.origin, added.row.state, added.row.label) == (
        "nguoi",
        "xac_nhan",
        "khoản 1 Điều 4",
    )
    assert desk.findings(origin="nguoi") == [added.row]
    assert {basis.id for basis in added.bases} == set(
        catalogue.load().categories["F4"].bases
    )  # F4's bases are all in force on the day of the test


def test_the_same_words_are_added_once(desk: Desk, act) -> None:
    desk.load(act)
    view = desk.bench.library.act(desk["ha"], desk.findings()[0].act_id)
    clean = view.provisions[-1]
    desk.bench.findings.add_manual(desk["ha"], clean.id, "F4", "Cơ quan trả lời", 2)
    with pytest.raises(RasoatError, match="RS-507"):
        desk.bench.findings.add_manual(desk["minh"], clean.id, "F4", "Cơ quan trả lời", 2)
    desk.bench.findings.add_manual(desk["minh"], clean.id, "F1", "Cơ quan trả lời", 2)
    assert len(desk.findings(origin="nguoi")) == 2


def test_two_people_on_one_finding_lose_nothing(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.findings.reject(desk["minh"], row.id, row.version, "N12", "Chỉ là định nghĩa.")
    with pytest.raises(Conflict) as met:
        desk.bench.findings.confirm(desk["ha"], row.id, row.version, "Trái Luật Cư trú.")
    conflict = met.value
    assert (conflict.code, conflict.who, conflict.at) == ("RS-501", "Minh", desk.clock.now)
    assert conflict.mine["note"] == "Trái Luật Cư trú."
    assert (conflict.theirs["state"], conflict.theirs["note"]) == ("loai_bo", "Chỉ là định nghĩa.")
    view = desk.bench.findings.get(desk["ha"], row.id)
    assert [step.person for step in view.history] == ["Minh"]


def test_simultaneous_writers_one_wins_the_others_are_told(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    start = threading.Barrier(4)
    outcomes: list[str] = []

    def decide(name: str) -> None:
        start.wait()
        try:
            desk.bench.findings.confirm(desk[name], row.id, row.version)
            outcomes.append("written")
        except Conflict:
            outcomes.append("told")

    threads = [
        threading.Thread(target=decide, args=(name,)) for name in ("ha", "minh", "ha", "minh")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["told", "told", "told", "written"]
    assert len(desk.bench.findings.get(desk["ha"], row.id).history) == 1


def test_history_cannot_be_rewritten(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, row.version)
    from sqlalchemy import text

    for statement in ("UPDATE decisions SET note = 'khác'", "DELETE FROM decisions"):
        with pytest.raises(Exception, match="append-only"), desk.store.write() as db:
            db.execute(text(statement))


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 3),
        ({"category": "A"}, 3),
        ({"category": "A2"}, 1),
        ({"category": "B"}, 0),
        ({"severity": 4}, 3),
        ({"severity": 1}, 0),
        ({"agency": "BXD"}, 2),
        ({"agency": "BYT"}, 1),
        ({"states": ("goi_y",)}, 3),
        ({"states": ("xac_nhan",)}, 0),
        ({"origin": "may"}, 3),
        ({"handling": "BB"}, 3),
        ({"text": "so ho khau"}, 2),
        ({"text": "SỔ HỘ KHẨU"}, 2),
        ({"text": "902/2019"}, 2),
        ({"text": "50%_"}, 0),
        ({"late": True}, 2),  # BXD's own deadline has passed, the campaign's has not
        ({"changed": True}, 0),
    ],
)
def test_filter(desk: Desk, act, filters: dict, count: int) -> None:
    desk.load(act, document("903/2019/TT-BYT", "1. Nộp sổ hộ khẩu."), by="son")
    assert desk.bench.findings.queue(desk["cuong"], FindingFilter(**filters)).total == count


def test_pages_and_neighbours_follow_the_text(desk: Desk) -> None:
    desk.load(document("904/2019/TT-BXD", *(f"1. Nộp sổ hộ khẩu lần {n}." for n in range(7))))
    page = desk.bench.findings.queue(desk["ha"], FindingFilter(), PageRequest(2, 3))
    assert (page.total, page.count, [row.label for row in page.items]) == (
        7, 3, ["khoản 1 Điều 4", "khoản 1 Điều 5", "khoản 1 Điều 6"],
    )  # fmt: skip
    ids = [row.id for row in desk.findings()]
    near = desk.bench.findings.neighbours(desk["ha"], FindingFilter(), ids[3])
    assert (near.previous, near.next, near.place, near.total) == (ids[2], ids[4], 4, 7)
    ends = [desk.bench.findings.neighbours(desk["ha"], FindingFilter(), ids[n]) for n in (0, -1)]
    assert (ends[0].previous, ends[1].next) == (None, None)


def test_a_decided_finding_still_knows_its_neighbours_in_the_queue(desk: Desk) -> None:
    desk.load(document("904/2019/TT-BXD", *(f"1. Nộp sổ hộ khẩu lần {n}." for n in range(3))))
    rows = desk.findings()
    desk.bench.findings.confirm(desk["ha"], rows[1].id, 1)
    near = desk.bench.findings.neighbours(desk["ha"], FindingFilter(states=("goi_y",)), rows[1].id)
    assert (near.previous, near.next) == (rows[0].id, rows[2].id)


def test_other_ministries_see_nothing_of_it(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    assert desk.findings(by="lan") == []
    assert desk.findings(by="lan", agency="BXD") == []
    for call in (
        lambda: desk.bench.findings.get(desk["lan"], row.id),
        lambda: desk.bench.findings.confirm(desk["lan"], row.id, row.version),
        lambda: desk.bench.findings.confirm(desk["long"], row.id, row.version),
        lambda: desk.bench.library.act(desk["lan"], row.act_id),
        lambda: desk.bench.library.source_text(desk["lan"], row.act_id),
    ):
        with pytest.raises(Forbidden):
            call()


def test_a_finding_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound, match="RS-601"):
        desk.bench.findings.get(desk["ha"], 999)
