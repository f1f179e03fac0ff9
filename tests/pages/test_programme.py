"""Thời hạn: each part is drawn, and a check without findings shows no error."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from review.records import Person
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

ERROR = 'class="rs-notice rs-bad"'


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("", "Chưa có văn bản nào trong danh sách phải sửa."),
        ("het-han", "hết hiệu lực sau ngày"),
        ("kiem-lai", "903/2016/NĐ-CP"),
    ],
)
def test_each_part_is_drawn(
    draw: Draw, person_of: Callable[[str], Person], bench: Workbench, part: str, shown: str
) -> None:
    person = person_of("phap.che.bxd")
    campaign = next(one for one in bench.campaigns.list(person) if one.code == "2026")
    if part == "kiem-lai":
        amending = next(
            act
            for act in bench.closing.amending_acts(person, campaign.id)
            if act.number == "914/2023/NĐ-CP"
        )
        bench.jobs.wait(bench.closing.start(person, amending.id).id, 60)
    app = draw(person, "chuong-trinh", muc=part, dot=campaign.id)
    assert not app.exception
    assert shown in texts(app)
    assert ERROR not in texts(app)
