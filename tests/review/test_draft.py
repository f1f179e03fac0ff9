"""Drafts: kept field by field, ended with their form, nobody else's."""

from __future__ import annotations

from tests.review.conftest import Desk

KEY = "de-xuat:7"


def test_typed_fields_join_what_is_there(desk: Desk) -> None:
    drafts = desk.bench.drafts
    drafts.keep(desk["ha"], KEY, "to-1", {"reason": "Sổ", "basis": 3})
    kept = drafts.keep(desk["ha"], KEY, "to-1", {"new_text": "Bỏ"})
    assert kept is not None
    assert drafts.load(desk["ha"], KEY) == kept
    assert kept.value == {"reason": "Sổ", "basis": 3, "new_text": "Bỏ"}
    assert drafts.load(desk["minh"], KEY) is None


def test_a_late_key_stroke_does_not_revive_a_closed_form(desk: Desk) -> None:
    drafts = desk.bench.drafts
    drafts.keep(desk["ha"], KEY, "to-1", {"reason": "Sổ"})
    drafts.discard(desk["ha"], KEY, "to-1")
    assert drafts.keep(desk["ha"], KEY, "to-1", {"reason": "Sổ hộ"}) is None
    assert drafts.load(desk["ha"], KEY) is None
    assert drafts.list(desk["ha"]) == []


def test_a_form_saved_before_its_first_key_stroke_came_stays_closed(desk: Desk) -> None:
    desk.bench.drafts.discard(desk["ha"], KEY, "to-1")
    assert desk.bench.drafts.keep(desk["ha"], KEY, "to-1", {"reason": "Sổ"}) is None


def test_the_next_form_begins_empty(desk: Desk) -> None:
    drafts = desk.bench.drafts
    drafts.keep(desk["ha"], KEY, "to-1", {"reason": "cũ"})
    drafts.discard(desk["ha"], KEY, "to-1")
    kept = drafts.keep(desk["ha"], KEY, "to-2", {"new_text": "mới"})
    assert kept is not None
    assert (kept.value, kept.sheet) == ({"new_text": "mới"}, "to-2")


def test_saving_in_one_window_leaves_what_was_typed_in_another(desk: Desk) -> None:
    drafts, ha = desk.bench.drafts, desk["ha"]
    drafts.keep(ha, KEY, "to-1", {"reason": "Sổ"}, {"basis": 1})
    drafts.keep(ha, KEY, "to-2", {"reason": "Phiếu", "new_text": "Bỏ"}, {"basis": 1})
    drafts.keep(ha, KEY, "to-1", {"reason": "Sổ hộ"}, {"basis": 2})
    drafts.discard(ha, KEY, "to-1", shown={"reason": "Sổ hộ", "new_text": ""})
    left = drafts.load(ha, KEY)
    assert left is not None
    assert (left.sheet, left.value) == (
        "to-2",
        {"reason": "Phiếu", "new_text": "Bỏ", "basis": 1},
    )
    kept = drafts.keep(ha, KEY, "to-2", {"reason": "Phiếu mới"})
    assert kept is not None
    assert kept.value["new_text"] == "Bỏ"


def test_a_window_opened_on_a_draft_takes_it_along_when_it_saves(desk: Desk) -> None:
    drafts, ha = desk.bench.drafts, desk["ha"]
    begun = drafts.keep(ha, KEY, "to-1", {"reason": "Sổ", "basis": 4})
    assert begun is not None
    kept = drafts.keep(ha, KEY, "to-2", {"new_text": "Bỏ"}, begun.value)
    assert kept is not None
    assert kept.value == {"reason": "Sổ", "basis": 4, "new_text": "Bỏ"}
    drafts.discard(ha, KEY, "to-2", begun, {"reason": "Sổ hộ khẩu", "new_text": "Bỏ"})
    assert drafts.load(ha, KEY) is None


def test_the_draft_a_window_began_with_stays_where_typing_went_on(desk: Desk) -> None:
    drafts, ha = desk.bench.drafts, desk["ha"]
    begun = drafts.keep(ha, KEY, "to-1", {"reason": "Sổ"})
    desk.clock.forward(seconds=1)
    drafts.keep(ha, KEY, "to-1", {"reason": "Sổ hộ khẩu"})
    drafts.discard(ha, KEY, "to-2", begun, {"reason": "Phiếu"})
    left = drafts.load(ha, KEY)
    assert left is not None
    assert left.value == {"reason": "Sổ hộ khẩu"}


def test_words_that_were_saved_are_no_draft_in_another_window(desk: Desk) -> None:
    drafts, ha = desk.bench.drafts, desk["ha"]
    drafts.keep(ha, KEY, "to-1", {"reason": "Sổ", "basis": 1})
    drafts.discard(ha, KEY, "to-2", shown={"reason": "Sổ", "new_text": "Bỏ", "basis": 2})
    assert drafts.load(ha, KEY) is None
    assert drafts.keep(ha, KEY, "to-1", {"reason": "Sổ hộ"}) is not None


def test_of_several_windows_the_wanted_one_is_loaded(desk: Desk) -> None:
    drafts, ha = desk.bench.drafts, desk["ha"]
    for sheet in ("to-1", "to-2"):
        drafts.keep(ha, KEY, sheet, {"reason": sheet})
        desk.clock.forward(seconds=1)
    cases = {(): "to-2", ("to-1",): "to-1", ("to-3", "to-1"): "to-1", ("to-3",): None}
    for sheets, expected in cases.items():
        found = drafts.load(ha, KEY, sheets)
        assert (found and found.sheet) == expected, sheets
