"""What a note calls repealed is set aside, and only that, and only from its day on."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.reading import read_bytes
from corpus.records import Act, ArticleNote
from corpus.structure import parse_act
from models.repealed import repealed_units
from models.requirement import Example
from models.screen import Screener
from tests.models.acts import AS_OF, act_of

SCREENER = Screener()
TEXT = "b) Người đề nghị nộp bản sao sổ hộ khẩu;"
NOTE = "(Điều 5 Nghị định số 901/2011/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/07/2011, {})"
ENDED = (
    "bị bãi bỏ bởi Điều 3 Nghị định số 902/2019/NĐ-CP có hiệu lực thi hành kể từ ngày 15/08/2019"
)


def _act(said: str) -> tuple[Act, int]:
    act, index = act_of(Example(text=TEXT))
    dieu = act.provisions[index].path.split("/")[0]
    act.raw.article_notes.append(ArticleNote(dieu, NOTE.format(said), "", (), ()))
    return act, index


@pytest.mark.parametrize(
    ("said", "on", "ended"),
    [
        (ENDED, AS_OF, True),
        (ENDED, date(2019, 8, 14), False),
        (f"có nội dung {ENDED}", AS_OF, False),
        (ENDED.replace("15/08", "31/02"), AS_OF, False),
        (ENDED.replace("bãi bỏ", "hủy bỏ"), AS_OF, True),
        (f"có nội dung được sửa đổi, {ENDED}", AS_OF, False),
        ("được bổ sung bởi Điều 1 Nghị định số 903/2020/NĐ-CP", AS_OF, False),
    ],
)
def test_note_of_the_codified_law_ends_the_article_from_its_day(
    said: str, on: date, ended: bool
) -> None:
    act, index = _act(said)
    result = SCREENER.screen(act, on)
    found = [row for row in result.findings if row.provision == index]
    aside = [row for row in result.suppressed if row.provision == index]
    assert bool(found) is not ended
    assert [row.code for row in aside] == (["N04"] if ended else [])
    if ended:
        assert "902/2019/NĐ-CP từ 15/08/2019" in aside[0].trace[-1].outcome


def test_other_articles_stay() -> None:
    act, index = _act(ENDED)
    act.raw.article_notes[0] = ArticleNote("dieu-50", NOTE.format(ENDED), "", (), ())
    assert any(row.provision == index for row in SCREENER.screen(act, AS_OF).findings)


def test_footnote_of_a_consolidated_text_ends_its_unit() -> None:
    lines = [
        "BỘ ABC", "VĂN BẢN HỢP NHẤT", "Số: 91/VBHN-BABC", "Hà Nội, ngày 02 tháng 03 năm 2024",
        "THÔNG TƯ", "Quy định một số nội dung",
        "Thông tư số 902/2016/TT-BABC ngày 01 tháng 02 năm 2016 của Bộ trưởng Bộ ABC, có hiệu lực kể "
        "từ ngày 01 tháng 4 năm 2016, được sửa đổi, bổ sung bởi:",
        "Thông tư số 903/2023/TT-BABC ngày 05 tháng 6 năm 2023 của Bộ trưởng Bộ ABC, có hiệu lực kể "
        "từ ngày 01 tháng 8 năm 2023.",
        "Điều 1. Hồ sơ", "1. Hồ sơ gồm:", "a) Bản sao sổ hộ khẩu;1", "b) Bản sao giấy khai sinh.",
        "1 Điểm này được bãi bỏ theo quy định tại khoản 2 Điều 1 Thông tư số 903/2023/TT-BABC quy định "
        "khác, có hiệu lực kể từ ngày 01 tháng 8 năm 2023.",
    ]  # fmt: skip
    read = next(iter(read_bytes("hop-nhat.txt", "\n".join(lines).encode())))
    assert read.document is not None
    act = parse_act(read.document)
    assert [unit.path for unit in repealed_units(act, AS_OF)] == ["dieu-1/khoan-1/diem-a"]
    result = SCREENER.screen(act, AS_OF)
    assert {row.category for row in result.findings} == {"D1"}
    assert ("A1", "N04") in {(row.category, row.code) for row in result.suppressed}
