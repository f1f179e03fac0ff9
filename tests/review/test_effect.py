"""State of acts on a day, links of the reader, versions side by side: on a real store."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.records import (
    ArticleChange,
    ArticleNote,
    Head,
    RawDocument,
    ReadResult,
    RelatedArticle,
)
from corpus.structure import parse_act
from review.acts.effect_store import fill, names_on
from review.acts.library import Library
from review.errors import Forbidden, NotFound
from review.records import ActFilter, LoadLine
from review.store import tables as t
from tests.review.conftest import Desk, tiny_screen


def circular(number: str, year: int, *articles: str, title: str = "Nuôi ốc") -> RawDocument:
    text = "\n".join(f"Điều {place}. {words}" for place, words in enumerate(articles, 1))
    head = Head(number, "Thông tư", title, "Bộ Xây dựng", date(year, 6, 5), None)
    return RawDocument(f"{number}.txt", "text", text, head=head)


OLD = circular(
    "905/2021/TT-BXD",
    2021,
    "Hồ sơ\n1. Nộp đơn theo khoản 2 Điều này.\n2. Nộp ảnh bè ốc.",
    "Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2021.",
)
NEW = circular(
    "910/2023/TT-BXD",
    2023,
    "Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 01 tháng 3 năm 2023.\n"
    "2. Bãi bỏ khoản 2 Điều 1 Thông tư số 905/2021/TT-BXD.",
)
ENDING = circular(
    "920/2024/TT-BXD",
    2024,
    "Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 01 tháng 3 năm 2024.\n"
    "2. Thông tư số 905/2021/TT-BXD hết hiệu lực kể từ ngày Thông tư này có hiệu lực.",
)


def loaded(desk: Desk, *documents: RawDocument) -> list[LoadLine]:
    """Load with the parser itself: links and effect are read from real trees."""
    library = Library(desk.store, desk.bench.jobs, desk.settings, parse_act, tiny_screen)
    results = [ReadResult(document.source, document) for document in documents]
    return library.load(desk["ha"], results, desk.campaign.id).lines


def ids(desk: Desk, *documents: RawDocument) -> list[int]:
    return [line.act_id for line in loaded(desk, *documents) if line.act_id is not None]


def test_state_on_a_day_with_the_act_and_clause_behind_it(desk: Desk) -> None:
    old, new, ending = ids(desk, OLD, NEW, ENDING)
    states = [
        desk.bench.effects.status(desk["ha"], old, day).state
        for day in (date(2021, 7, 1), date(2022, 1, 1), date(2023, 6, 1), date(2024, 6, 1))
    ]
    assert states == [
        "chua_hieu_luc", "con_hieu_luc", "het_hieu_luc_mot_phan", "het_hieu_luc",
    ]  # fmt: skip
    partly = desk.bench.effects.status(desk["ha"], old, date(2023, 6, 1))
    reason = next(one for one in partly.reasons if one.kind == "bai_bo")
    assert (reason.by, reason.by_id, reason.label, reason.part) == (
        "910/2023/TT-BXD", new, "khoản 2 Điều 1", "khoản 2 Điều 1",
    )  # fmt: skip
    ended = desk.bench.effects.status(desk["ha"], old)
    assert [one.by_id for one in ended.reasons if one.kind == "bai_bo"] == [ending]
    own = next(one for one in ended.reasons if one.kind == "tu_ngay")
    assert (own.since, own.path) == (date(2021, 8, 1), "dieu-2/doan-1")


@pytest.mark.parametrize(
    ("state", "on", "numbers"),
    [
        ("con_hieu_luc", date(2022, 1, 1), {"905/2021/TT-BXD"}),
        ("het_hieu_luc_mot_phan", date(2023, 6, 1), {"905/2021/TT-BXD"}),
        ("het_hieu_luc", date(2025, 1, 1), {"905/2021/TT-BXD"}),
        ("con_hieu_luc", date(2025, 1, 1), {"910/2023/TT-BXD", "920/2024/TT-BXD"}),
        ("chua_hieu_luc", date(2023, 6, 1), {"920/2024/TT-BXD"}),
    ],
)
def test_the_list_of_acts_in_a_state_on_a_day(
    desk: Desk, state: str, on: date, numbers: set[str]
) -> None:
    ids(desk, OLD, NEW, ENDING)
    wanted = ActFilter(desk.campaign.id, effect=state, effect_on=on)
    page = desk.bench.library.acts(desk["ha"], wanted)
    assert {row.number for row in page.items} == numbers
    assert page.total == len(numbers)


def test_another_ministry_does_not_ask_about_an_act(desk: Desk) -> None:
    (old,) = ids(desk, OLD)
    for ask in (desk.bench.effects.status, desk.bench.references.links):
        with pytest.raises(Forbidden):
            ask(desk["lan"], old)
        with pytest.raises(NotFound):
            ask(desk["ha"], 10**9)
    with pytest.raises(Forbidden):
        desk.bench.versions.compare(desk["lan"], old, 1, 1)


def test_references_lead_to_stored_units(desk: Desk) -> None:
    old, new = ids(desk, OLD, NEW)
    view = desk.bench.library.act(desk["ha"], new)
    links = desk.bench.references.links(desk["ha"], new).references
    unit = next(one for one in view.provisions if one.path == "dieu-1/khoan-2")
    (link,) = links[unit.id]
    assert unit.text[link.start : link.end] == "khoản 2 Điều 1 Thông tư số 905/2021/TT-BXD"
    assert (link.target.act_id, link.target.path, link.target.missing) == (
        old, "dieu-1/khoan-2", False,
    )  # fmt: skip
    own = desk.bench.references.links(desk["ha"], old).references
    assert {(one.target.act_id, one.target.path) for links in own.values() for one in links} >= {
        (old, "dieu-1/khoan-2")
    }


def test_references_of_what_is_on_screen_are_those_of_the_whole(desk: Desk) -> None:
    (act,) = ids(desk, OLD)
    view = desk.bench.library.act(desk["ha"], act)
    whole = type(desk.bench.references)(desk.bench.store).links(desk["ha"], act).references
    assert whole
    for unit in view.provisions:  # one by one, as pages are turned, in one process
        shown = desk.bench.references.links(desk["ha"], act, {unit.id}).references
        assert shown == {key: links for key, links in whole.items() if key == unit.id}


def test_an_act_loaded_later_is_linked_to(desk: Desk) -> None:
    words = "Một\nTheo Điều 1 Thông tư số 912/2023/TT-BXD."
    (act,) = ids(desk, circular("911/2023/TT-BXD", 2023, words))
    ((before,),) = desk.bench.references.links(desk["ha"], act).references.values()
    assert before.target.act_id is None
    (other,) = ids(desk, circular("912/2023/TT-BXD", 2023, "Hai"))
    ((after,),) = desk.bench.references.links(desk["ha"], act).references.values()
    assert after.target.act_id == other


def test_a_reference_to_an_act_that_is_not_stored_says_so(desk: Desk) -> None:
    (act,) = ids(
        desk, circular("911/2023/TT-BXD", 2023, "Một\nTheo Điều 4 Nghị định số 1/2020/NĐ-CP.")
    )
    ((link,),) = desk.bench.references.links(desk["ha"], act).references.values()
    assert (link.target.number, link.target.act_id, link.target.label) == (
        "01/2020/NĐ-CP", None, "Điều 4",
    )  # fmt: skip


def test_notes_of_the_codified_law_lead_to_stored_acts(desk: Desk) -> None:
    (new,) = ids(desk, NEW)
    noted = circular("905/2021/TT-BXD", 2021, "Hồ sơ\nNộp đơn.")
    noted.article_notes = [
        ArticleNote(
            "dieu-1",
            "(Điều 1 …)",
            "12.3 Ốc",
            (ArticleChange("910/2023/TT-BXD", ("dieu-1/khoan-2",), date(2023, 3, 1)),),
            (RelatedArticle("Điều 12.3.TT.1", "999/2020/TT-BXD", "dieu-4"),),
        )
    ]
    (act,) = ids(desk, noted)
    note = desk.bench.references.links(desk["ha"], act).notes["dieu-1"]
    (change,) = note.amended_by
    assert (change.target.act_id, change.target.path, change.effective) == (
        new, "dieu-1/khoan-2", date(2023, 3, 1),
    )  # fmt: skip
    ((shown, target),) = note.related
    assert (shown, target.act_id, target.number) == ("Điều 12.3.TT.1", None, "999/2020/TT-BXD")


def test_two_versions_unit_by_unit(desk: Desk) -> None:
    (act,) = ids(desk, OLD)
    newer = circular(
        "905/2021/TT-BXD",
        2021,
        "Hồ sơ\n1. Điều mới thêm vào đây.\n2. Nộp đơn theo khoản 2 Điều này.\n3. Nộp ảnh bè ốc.",
        "Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 9 năm 2021.",
    )
    ids(desk, newer)
    found = desk.bench.versions.compare(desk["ha"], act, 1, 2)
    kinds = {one.path: one.kind for one in found.differences}
    assert kinds["dieu-1/khoan-1"] == "them"
    assert kinds["dieu-1/khoan-2"] == kinds["dieu-1/khoan-3"] == "chuyen"
    assert kinds["dieu-2"] == "khac"
    with pytest.raises(NotFound):
        desk.bench.versions.compare(desk["ha"], act, 1, 7)


def test_a_decision_follows_a_provision_under_its_new_number(desk: Desk) -> None:
    before = circular(
        "902/2019/TT-BXD", 2019, "Hồ sơ\n1. Người đề nghị nộp bản sao sổ hộ khẩu tại xã."
    )
    loaded(desk, before)
    (row,) = desk.findings()
    desk.bench.findings.confirm(desk["ha"], row.id, 1, "Đã xem.")
    after = circular(
        "902/2019/TT-BXD",
        2019,
        "Hồ sơ\n1. Việc này hoàn toàn mới.\n2. Người đề nghị nộp bản sao sổ hộ khẩu tại xã.",
    )
    (line,) = loaded(desk, after)
    assert (line.carried, line.changed) == (1, 0)
    (kept,) = desk.findings()
    assert (kept.id, kept.path, kept.state, kept.changed) == (
        row.id, "dieu-1/khoan-2", "xac_nhan", False,
    )  # fmt: skip
    assert kept.label == "khoản 2 Điều 1"
    notice = next(one for one in line.notices if one.code == "RS-206")
    assert "1 chỉ đổi số hoặc chuyển chỗ, 0 khác, 1 chỉ có ở bản mới, 0 không còn" in notice.message


def test_effect_of_texts_stored_before_is_read_once(desk: Desk) -> None:
    (old,) = ids(desk, OLD)
    before = desk.bench.effects.status(desk["ha"], old)
    with desk.store.write() as db:
        db.execute(t.effects.delete())
        fill(db)
    assert desk.bench.effects.status(desk["ha"], old) == before


def test_a_report_prints_the_state_on_its_day(desk: Desk) -> None:
    old, new = ids(desk, OLD, NEW)
    with desk.store.read() as db:
        assert names_on(db, desk.campaign.id, date(2023, 6, 1)) == {
            old: "Hết hiệu lực một phần",
            new: "Còn hiệu lực",
        }
