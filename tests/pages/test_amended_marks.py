"""A finding that an amendment settled shows the new text without marks of the old one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from review.components import provision
from review.records import FindingFilter, Person
from review.workbench import Workbench


@pytest.mark.parametrize(("changed", "marked"), [(False, True), (True, False)])
def test_marks_of_the_trace_belong_to_the_text_they_were_made_on(
    bench: Workbench, person_of: Callable[[str], Person], changed: bool, marked: bool
) -> None:
    person = person_of("phap.che.bxd")
    rows = bench.findings.queue(person, FindingFilter()).items
    views = (bench.findings.get(person, row.id) for row in rows)
    view = next(view for view in views if provision.trace_marks(view.trace))
    if changed:
        view = replace(view, provision=replace(view.provision, text="b) (được bãi bỏ)"))
    assert ("rs-mark-modality" in provision.unit_in_context(view)) is marked
