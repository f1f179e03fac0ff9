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
