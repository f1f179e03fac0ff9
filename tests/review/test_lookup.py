"""Search on both databases: by address, by words with and without diacritics, within one's reach."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from corpus.errors import RasoatError
from models.fitting import fit
from review.acts.effect import Facts
from review.records import PageRequest, SearchFilter, SearchResult
from review.search.lookup import Lookup
from review.search.similar import Similar
from review.store import tables as t
from review.store.search import index_of
from review.store.search.fill import fill
from tests.review.conftest import Desk, document

BOOK = "1. Người nuôi ong nộp bản sao sổ hộ khẩu của chủ đàn."
SO = "1. So với hồ sơ, khẩu phần của hộ nuôi ong tăng."
STAY = "1. Xuất trình sổ tạm trú khi nhận đàn ong."
FERRY = "1. Bến đò phải có phao cứu sinh và đèn báo hiệu."
OTHER = "1. Người mở phòng khám nộp sổ hộ khẩu."


@pytest.fixture
def found(desk: Desk) -> Desk:
    desk.load(document("961/2015/NĐ-CP", BOOK, SO, STAY, title="Nghị định về nuôi ong"))
    desk.load(document("962/2019/TT-BXD", FERRY, BOOK, title="Thông tư về bến đò ngang"))
    desk.load(document("963/2019/TT-BYT", OTHER, title="Thông tư về phòng khám"), by="lan")
    return desk


def ask(desk: Desk, typed: str, by: str = "ha", **filters: object) -> SearchResult:
    return desk.bench.lookup.find(desk[by], SearchFilter(typed, **filters))


def places(result: SearchResult) -> list[tuple[str, str]]:
    return [(hit.number, hit.path) for hit in result.hits.items]


def test_an_address_with_an_act_is_the_unit_itself(found: Desk) -> None:
    result = ask(found, "khoản 1 điều 3 nd 961/2015")
    assert places(result) == [("961/2015/NĐ-CP", "dieu-3/khoan-1")]
    assert result.hits.items[0].why == "dia_chi"
    assert result.understood == "khoản 1 Điều 3 nd 961/2015"


def test_where_the_address_names_nothing_the_unit_around_it_is_shown(found: Desk) -> None:
    result = ask(found, "điểm b khoản 1 điều 3 nd 961")
    assert places(result) == [("961/2015/NĐ-CP", "dieu-3/khoan-1")]
    assert "khong_thay_dieu_khoan" in result.notes


def test_the_title_of_an_act_is_an_address_too(found: Desk) -> None:
    assert places(ask(found, "điều 3 nghị định về nuôi ong"))[:1] == [("961/2015/NĐ-CP", "dieu-3")]


def test_an_address_alone_asks_for_more(found: Desk) -> None:
    result = ask(found, "điều 3")
    assert (result.hits.items, result.notes) == ([], ("them_van_ban",))


def test_words_within_an_act(found: Desk) -> None:
    result = ask(found, "so ho khau nd 961")
    assert places(result)[0] == ("961/2015/NĐ-CP", "dieu-1/khoan-1")
    assert {number for number, _ in places(result)} == {"961/2015/NĐ-CP"}
    assert [act.number for act in result.acts] == ["961/2015/NĐ-CP"]


def test_typed_without_diacritics_side_by_side_comes_first(found: Desk) -> None:
    result = ask(found, "so ho khau")
    assert places(result)[-1] == ("961/2015/NĐ-CP", "dieu-2/khoan-1")
    assert len(result.hits.items) == 3


def test_a_diacritic_that_is_typed_counts(found: Desk) -> None:
    assert set(places(ask(found, "sổ hộ khẩu"))) == {
        ("961/2015/NĐ-CP", "dieu-1/khoan-1"),
        ("962/2019/TT-BXD", "dieu-2/khoan-1"),
    }


def test_capitals_with_diacritics_are_found(found: Desk) -> None:
    """SQLite itself lowers ASCII only."""
    assert places(ask(found, "SỔ HỘ KHẨU")) == places(ask(found, "sổ hộ khẩu"))
    assert places(ask(found, "ĐÈN BÁO HIỆU")) == [("962/2019/TT-BXD", "dieu-1/khoan-1")]


def test_a_phrase_stands_as_it_was_typed(found: Desk) -> None:
    assert places(ask(found, '"phao cứu sinh"')) == [("962/2019/TT-BXD", "dieu-1/khoan-1")]
    assert places(ask(found, '"cứu phao sinh"')) == []


def test_a_snippet_marks_what_was_typed(found: Desk) -> None:
    (hit,) = ask(found, "phao cuu sinh").hits.items
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["phao cứu sinh"]


def test_the_stem_says_what_a_unit_stands_under(found: Desk) -> None:
    assert ask(found, "phao cứu sinh").hits.items[0].label == "khoản 1 Điều 1"


def test_some_of_the_words_will_do_and_it_is_said(found: Desk) -> None:
    result = ask(found, "phao cứu sinh màu cam")
    assert places(result)[0] == ("962/2019/TT-BXD", "dieu-1/khoan-1")
    assert "noi_long" in result.notes


def test_an_act_that_is_not_there_is_said_and_texts_that_name_it_are_found(found: Desk) -> None:
    found.load(document("964/2020/TT-BXD", "1. Bến đò theo Thông tư số 09/2083/TT-BXD."))
    result = ask(found, "thông tư 9/2083")
    assert places(result) == [("964/2020/TT-BXD", "dieu-1/khoan-1")]
    assert result.notes[0] == "khong_thay_van_ban"
    (hit,) = result.hits.items
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["09/2083"]
    assert places(ask(found, "phao cứu sinh thông tư 9/2083")) == []


@pytest.mark.parametrize("typed", ["nd 961/2105", "nghị định 961/2051", "nd 961/2501/NĐ-CP"])
def test_digits_of_the_year_in_the_wrong_order_find_the_act(found: Desk, typed: str) -> None:
    result = ask(found, typed)
    assert [act.number for act in result.acts] == ["961/2015/NĐ-CP"]
    assert result.notes == ("khac_nam",)


@pytest.mark.parametrize("typed", ["nd 961/15", "nd 961-2015", "961/2015/NĐCP", "nđ961/2015"])
def test_a_number_typed_in_haste_finds_the_act(found: Desk, typed: str) -> None:
    result = ask(found, typed)
    assert ([act.number for act in result.acts], result.notes) == (["961/2015/NĐ-CP"], ())


@pytest.fixture
def laws(desk: Desk) -> Desk:
    """Titles are stored without their type."""
    desk.load(document("965/2016/QH13", BOOK, title="Nuôi ong"))
    desk.load(document("966/2021/QH15", STAY, title="Sửa đổi, bổ sung Luật Nuôi ong"))
    desk.load(document("967/2022/NĐ-CP", FERRY, title="Quy định chi tiết thi hành Luật Nuôi ong"))
    return desk


def test_an_act_so_called_comes_before_those_about_it(laws: Desk) -> None:
    assert [act.number for act in ask(laws, "luật nuôi ong").acts] == [
        "965/2016/QH13",
        "966/2021/QH15",
        "967/2022/NĐ-CP",
    ]
    assert places(ask(laws, "khoan 1 dieu 1 luat nuoi ong")) == [
        ("965/2016/QH13", "dieu-1/khoan-1")
    ]


@pytest.mark.parametrize(
    ("year", "notes"), [("2016", ()), ("năm 2016", ()), ("2020", ("khac_nam",))]
)
def test_a_year_after_the_name_of_an_act_is_held_against_it(
    laws: Desk, year: str, notes: tuple[str, ...]
) -> None:
    result = ask(laws, f"điều 1 luật nuôi ong {year}")
    assert (places(result), result.notes) == ([("965/2016/QH13", "dieu-1")], notes)


def test_an_address_that_an_act_has_nowhere_is_said(found: Desk) -> None:
    result = ask(found, "điều 77 nd 961/2015")
    assert (result.hits.items, result.notes) == ([], ("khong_co_dia_chi",))


def test_an_abbreviation_finds_what_is_written_out_and_the_other_way_round(desk: Desk) -> None:
    desk.load(document("968/2020/TT-BXD", "1. Chủ đàn ong nộp CMND.", FERRY))
    desk.load(document("969/2020/TT-BXD", "1. Chủ đò nộp chứng minh nhân dân."))
    both = {("968/2020/TT-BXD", "dieu-1/khoan-1"), ("969/2020/TT-BXD", "dieu-1/khoan-1")}
    for typed in ("cmnd", "chứng minh nhân dân", "chung minh nhan dan"):
        result = ask(desk, typed)
        assert set(places(result)[:2]) == both, typed
        assert all(hit.marks for hit in result.hits.items[:2])


def test_a_slip_in_a_mark_is_said_and_other_marks_are_tried(desk: Desk) -> None:
    units = [f"1. Người nuôi ong thứ {n} nộp sổ hộ khẩu." for n in range(12)]
    desk.load(document("970/2020/TT-BXD", *units))
    result = ask(desk, "sổ hô khẩu")
    assert (result.hits.total, result.notes[0]) == (12, "khong_dau")
    assert all(hit.marks for hit in result.hits.items)


def test_typed_without_marks_the_usual_reading_comes_first(desk: Desk) -> None:
    units = [f"1. Hồ sơ hộ khẩu số {n}; hồ sơ hộ khẩu lưu." for n in range(2)]
    units += [f"1. Người nuôi ong thứ {n} nộp sổ hộ khẩu của chủ đàn ong." for n in range(4)]
    desk.load(document("971/2020/TT-BXD", *units))
    snippets = [hit.snippet for hit in ask(desk, "so ho khau").hits.items]
    assert ["sổ hộ khẩu" in text for text in snippets] == [True] * 4 + [False] * 2


def test_an_act_of_that_number_and_another_type_is_offered(found: Desk) -> None:
    result = ask(found, "khoản 1 điều 3 tt 961")
    assert [act.number for act in result.acts] == ["961/2015/NĐ-CP"]
    assert (result.hits.items, result.notes) == ([], ("cung_so",))


@pytest.mark.parametrize(
    "typed",
    ['"', "* OR *", "exact : x", "NEAR(a b)", "' | !", "a & b | (", "%_", "sổ -hộ", "<script>"],
)
def test_operators_of_the_databases_are_only_words(found: Desk, typed: str) -> None:
    ask(found, typed)


@pytest.mark.parametrize(
    ("by", "numbers"),
    [
        ("ha", {"961/2015/NĐ-CP", "962/2019/TT-BXD"}),
        ("lan", {"963/2019/TT-BYT"}),
        ("thao", {"961/2015/NĐ-CP", "962/2019/TT-BXD"}),
        ("son", {"961/2015/NĐ-CP", "962/2019/TT-BXD", "963/2019/TT-BYT"}),
        ("binh", {"961/2015/NĐ-CP", "962/2019/TT-BXD", "963/2019/TT-BYT"}),
        ("vy", {"961/2015/NĐ-CP", "962/2019/TT-BXD", "963/2019/TT-BYT"}),
    ],
)
def test_nobody_finds_what_they_may_not_read(found: Desk, by: str, numbers: set[str]) -> None:
    assert {number for number, _ in places(ask(found, "sổ hộ khẩu", by=by))} == numbers
    assert {act.number for act in ask(found, "963/2019", by=by).acts} == numbers & {
        "963/2019/TT-BYT"
    }


def test_who_may_not_see_findings_finds_provisions_without_them(found: Desk) -> None:
    assert all(hit.finding_id is None for hit in ask(found, "sổ hộ khẩu", by="vy").hits.items)
    assert any(hit.finding_id for hit in ask(found, "sổ hộ khẩu", by="ha").hits.items)
    with pytest.raises(RasoatError, match="RS-410"):
        ask(found, "sổ hộ khẩu", by="vy", category="A1")


@pytest.mark.parametrize(
    ("filters", "paths"),
    [
        ({"type": "Thông tư"}, [("962/2019/TT-BXD", "dieu-2/khoan-1")]),
        ({"category": "A1", "states": ("xac_nhan",)}, []),
        ({"category": "A2"}, []),
        ({"agency": "BYT"}, []),
    ],
)
def test_filters_narrow_what_is_found(
    found: Desk, filters: dict[str, object], paths: list[tuple[str, str]]
) -> None:
    assert places(ask(found, "sổ hộ khẩu", **filters)) == paths


@pytest.mark.parametrize(
    ("on", "numbers"), [(date(2014, 1, 1), set()), (date(2026, 1, 1), {"962/2019/TT-BXD"})]
)
def test_only_acts_in_force_on_a_day(
    found: Desk, on: date, numbers: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    act = next(act.act_id for act in ask(found, "962/2019").acts)
    asked: list[tuple[str, date]] = []

    def in_state(_self: Facts, _db: object, _campaign: int, state: str, day: date) -> list[int]:
        asked.append((state, day))
        return [act] if day > date(2019, 1, 1) else []

    monkeypatch.setattr(Facts, "in_state", in_state)
    result = ask(found, "sổ hộ khẩu", campaign_id=found.campaign.id, effect="con_hieu_luc", on=on)
    assert {number for number, _ in places(result)} == numbers
    assert asked == [("con_hieu_luc", on)]


def test_pages_turn(found: Desk) -> None:
    wanted = SearchFilter("sổ hộ khẩu")
    first, second = (
        found.bench.lookup.find(found["son"], wanted, PageRequest(number, 2)).hits
        for number in (1, 2)
    )
    assert (len(first.items), len(second.items), first.total) == (2, 1, 3)


def test_a_newer_text_replaces_what_is_found(found: Desk) -> None:
    found.load(document("962/2019/TT-BXD", "1. Bến đò treo cờ.", title="Thông tư về bến đò ngang"))
    assert places(ask(found, "phao cứu sinh")) == []
    assert places(ask(found, "treo cờ")) == [("962/2019/TT-BXD", "dieu-1/khoan-1")]


def test_a_store_from_before_the_index_is_filled_once(found: Desk) -> None:
    before = places(ask(found, "sổ hộ khẩu"))
    with found.store.write() as db:
        db.execute(text("DROP TABLE provision_words"))
        db.execute(t.act_numbers.delete())
        index_of(db).create(db)
        fill(db)
    assert places(ask(found, "sổ hộ khẩu")) == before
    assert ask(found, "nd 961").acts


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_without_an_index_of_meaning_words_are_found_and_it_is_said(found: Desk) -> None:
    assert "khong_ngu_nghia" in ask(found, "phao cứu sinh").notes


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_lies_near_by_meaning_is_found_too(found: Desk) -> None:
    bench = found.bench
    similar = Similar(found.store, bench.jobs, found.settings, bench.people.operator, fit)
    job = similar.rebuild(found["vy"])
    assert bench.jobs.wait(job.id, 120).state == "xong"
    lookup = Lookup(found.store, similar.meaning)
    hits = lookup.find(found["ha"], SearchFilter("nuôi ong nộp sổ hộ khẩu chủ đàn")).hits.items
    assert {hit.why for hit in hits} & {"ca_hai", "ngu_nghia"}
    assert {hit.number for hit in hits} <= {"961/2015/NĐ-CP", "962/2019/TT-BXD"}
