"""Merged repetitions, and one decision for one wording: every provision listed, each undoable."""

from __future__ import annotations

import pytest

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden
from tests.review.conftest import Desk, document

SAME = "Người đề nghị nộp bản sao sổ hộ khẩu."


@pytest.fixture
def rows(desk: Desk) -> list:
    """Three findings of one wording under different labels, and one of another."""
    desk.load(
        document("901/2019/TT-BXD", f"1. {SAME}", f"2. {SAME.upper().lower()}"),
        document("902/2019/TT-BXD", f"3. {SAME}", "1. Xuất trình sổ hộ khẩu."),
        document("903/2019/TT-BYT", f"1. {SAME}"),
        by="he_thong",
    )
    return desk.findings()


def test_identical_wording_is_listed_first_itself_at_the_head(desk: Desk, rows: list) -> None:
    found = desk.bench.same_wording.of(desk["ha"], rows[2].id)
    assert [row.id for row in found] == [rows[2].id, rows[0].id, rows[1].id]
    assert desk.bench.same_wording.of(desk["ha"], rows[3].id) == [rows[3]]


def test_one_decision_is_a_decision_on_each_and_can_be_undone(desk: Desk, rows: list) -> None:
    chosen = [(row.id, row.version) for row in rows[:3]]
    result = desk.bench.same_wording.apply(desk["ha"], chosen, "reject", "N05", "Như nhau.")
    assert ({row.state for row in result.done}, result.left) == ({"loai_bo"}, ())
    for row in rows[:3]:
        (step,) = desk.bench.findings.get(desk["ha"], row.id).history
        assert (step.code, step.note, step.details["set"]) == ("N05", "Như nhau.", result.set_id)
        assert desk.bench.same_wording.set_of(desk["ha"], row.id) == result.set_id
    assert len(desk.bench.same_wording.members(desk["minh"], result.set_id)) == 3
    back = desk.bench.same_wording.undo(desk["minh"], result.set_id)
    assert {row.state for row in back.done} == {"goi_y"}
    history = desk.bench.findings.get(desk["ha"], rows[0].id).history
    assert [step.action for step in history] == ["reopen", "reject"]


def test_what_somebody_changed_meanwhile_is_left_and_said(desk: Desk, rows: list) -> None:
    chosen = [(row.id, row.version) for row in rows[:3]]
    desk.bench.findings.reject(desk["minh"], rows[1].id, 1, "N05")
    desk.bench.claims.claim(desk["minh"], rows[2].id)
    result = desk.bench.same_wording.apply(desk["ha"], chosen, "confirm")
    assert [row.id for row in result.done] == [rows[0].id]
    reasons = {row.id: reason for row, reason in result.left}
    assert "Minh" in reasons[rows[1].id]
    assert "đang xử lý" in reasons[rows[2].id]
    assert [row.state for row in desk.findings()[:3]] == ["xac_nhan", "loai_bo", "goi_y"]


def test_undoing_leaves_what_moved_on(desk: Desk, rows: list) -> None:
    chosen = [(row.id, row.version) for row in rows[:3]]
    result = desk.bench.same_wording.apply(desk["ha"], chosen, "confirm")
    desk.bench.findings.reject(desk["minh"], rows[0].id, 2, "N05")
    back = desk.bench.same_wording.undo(desk["ha"], result.set_id)
    assert [row.id for row, _ in back.left] == [rows[0].id]
    assert [row.state for row in desk.findings()[:3]] == ["loai_bo", "goi_y", "goi_y"]


@pytest.mark.parametrize(
    ("action", "code", "which", "expected"),
    [
        ("ask", "", [0], "RS-571"),
        ("confirm", "", [], "RS-571"),
        ("confirm", "", [0, 3], "RS-571"),
        ("reject", "N99", [0, 1], "RS-502"),
    ],
)
def test_a_set_is_refused(
    desk: Desk, rows: list, action: str, code: str, which: list[int], expected: str
) -> None:
    chosen = [(rows[place].id, 1) for place in which]
    with pytest.raises(RasoatError, match=expected):
        desk.bench.same_wording.apply(desk["ha"], chosen, action, code)
    assert {row.state for row in desk.findings()} == {"goi_y"}


def test_a_set_never_reaches_another_ministry(desk: Desk, rows: list) -> None:
    other = desk.findings("lan")[0]
    assert [row.id for row in desk.bench.same_wording.of(desk["lan"], other.id)] == [other.id]
    with pytest.raises(Forbidden):
        desk.bench.same_wording.apply(desk["ha"], [(rows[0].id, 1), (other.id, 1)], "confirm")
    assert desk.findings()[0].state == "goi_y"


def test_a_repetition_is_counted_with_its_parent_and_taken_out_again(
    desk: Desk, rows: list
) -> None:
    parent, child = rows[0], rows[2]
    merged = desk.bench.duplicates.merge(desk["ha"], child.id, 1, parent.id, "Nhắc lại.")
    assert (merged.finding.state, merged.note) == ("loai_bo", "Nhắc lại.")
    (listed,) = desk.bench.duplicates.children(desk["minh"], parent.id)
    assert listed.finding.id == child.id
    above = desk.bench.duplicates.parent(desk["minh"], child.id)
    assert above is not None
    assert above.finding.id == parent.id
    assert desk.bench.findings.get(desk["ha"], child.id).history[0].code == "N22"
    desk.bench.duplicates.undo(desk["ha"], child.id, 2)
    assert desk.bench.duplicates.children(desk["ha"], parent.id) == []
    history = desk.bench.findings.get(desk["ha"], child.id).history
    assert [step.action for step in history] == ["reopen", "reject"]


def test_deciding_on_a_repetition_takes_it_out(desk: Desk, rows: list) -> None:
    desk.bench.duplicates.merge(desk["ha"], rows[2].id, 1, rows[0].id)
    desk.bench.findings.confirm(desk["minh"], rows[2].id, 2)
    assert desk.bench.duplicates.parent(desk["ha"], rows[2].id) is None


def test_a_parent_with_repetitions_is_not_set_aside(desk: Desk, rows: list) -> None:
    desk.bench.duplicates.merge(desk["ha"], rows[2].id, 1, rows[0].id)
    with pytest.raises(RasoatError, match="RS-563"):
        desk.bench.findings.reject(desk["ha"], rows[0].id, 1, "N05")


@pytest.mark.parametrize("pair", [(0, 0), (0, 3), (3, 2)])
def test_merging_is_refused(desk: Desk, rows: list, pair: tuple[int, int]) -> None:
    """Itself; a parent as child; a child as parent."""
    desk.bench.duplicates.merge(desk["ha"], rows[2].id, 1, rows[0].id)
    child, parent = (rows[place] for place in pair)
    with pytest.raises(RasoatError, match="RS-563"):
        desk.bench.duplicates.merge(desk["ha"], child.id, child.version, parent.id)


def test_merging_on_an_old_version_is_a_conflict(desk: Desk, rows: list) -> None:
    desk.bench.findings.confirm(desk["minh"], rows[2].id, 1)
    with pytest.raises(Conflict):
        desk.bench.duplicates.merge(desk["ha"], rows[2].id, 1, rows[0].id)
    assert desk.bench.duplicates.children(desk["ha"], rows[0].id) == []


def test_candidates_are_of_the_same_group_and_not_below(desk: Desk, rows: list) -> None:
    found = desk.bench.duplicates.candidates(desk["ha"], rows[1].id)
    assert [row.id for row in found] == [rows[0].id]  # of its own act
    by_word = desk.bench.duplicates.candidates(desk["ha"], rows[1].id, "902/2019")
    assert {row.id for row in by_word} == {rows[2].id, rows[3].id}
