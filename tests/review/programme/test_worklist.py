"""Annex tables become lists of work, matched to the stored provisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import RasoatError
from review.errors import Forbidden
from review.programme.alias import load as load_names
from review.programme.alias import shipped_names
from review.programme.worklist_match import MATCHES
from review.records.programme import InstrumentFilter
from review.records.worklist import WorklistView
from tests.review.conftest import Desk
from tests.review.programme.conftest import DECREE, text

DUE = date(2027, 3, 1)
HEADER = "annex\tfield\tno\tprocedure_code\tprocedure\tpaper\tdatabase\towner\tact\tlocation"
FIELD = "LĨNH VỰC QUẢN LÝ NHÀ NƯỚC CỦA BỘ XÂY DỰNG"


def row(number: int, act: str, location: str, annex: str = "I", field: str = FIELD) -> str:
    return (
        f"{annex}\t{field}\t{number}\t1.00000{number}\tĐăng ký bến đò\tSổ hộ khẩu\t"
        f"CSDL quốc gia về dân cư\tBộ Công an\t{act}\t{location}"
    )


ANNEX = "\n".join(
    [
        HEADER,
        row(1, "Thông tư số 950/2020/TT-BXD", "Điểm b khoản 1 Điều 2"),
        row(2, "Thông tư số 950/2020/TT-BXD", "Điểm a khoản 1 Điều 2"),
        row(3, "Thông tư số 950/2020/TT-BXD", "Khoản 9 Điều 2"),
        row(4, "Nghị định số 949/2018/NĐ-CP", "Khoản 1 Điều 3"),
        "III\t\t1\t\t\t\t\t\tNghị định số 949/2018/NĐ-CP về bến đò\t",
        "III\t\t2\t\t\t\t\t\tThông tư số 950/2020/TT-BXD quy định về bến đò\t",
    ]
).encode()


@pytest.fixture
def loaded(real: Desk) -> Desk:
    real.load(text("950", DECREE))
    return real


def load(desk: Desk, data: bytes = ANNEX, by: str = "son") -> WorklistView:
    return desk.bench.worklists.load(desk[by], desk.campaign.id, "phu-luc.tsv", data, DUE)


def states(desk: Desk, view: WorklistView, by: str = "son") -> list[str]:
    return [one.state for one in desk.bench.worklists.rows(desk[by], view.id).items]


def test_every_row_says_whether_it_was_found(loaded: Desk) -> None:
    view = load(loaded)
    assert states(loaded, view) == [
        "khop",
        "khong-co-phat-hien",
        "khong-khop",
        "chua-co-van-ban",
        "chua-co-van-ban",
        "khop",
    ]
    assert view.total == 6
    assert view.counts["I"] == {
        "khop": 1,
        "khong-co-phat-hien": 1,
        "khong-khop": 1,
        "chua-co-van-ban": 1,
    }
    assert {state for counts in view.counts.values() for state in counts} <= set(MATCHES)


def test_a_match_leads_to_the_finding(loaded: Desk) -> None:
    first = loaded.bench.worklists.rows(loaded["son"], load(loaded).id).items[0]
    assert (first.sources, first.owners) == (("DC",), ("BCA",))
    finding = loaded.bench.findings.get(loaded["ha"], first.found[0].finding_id)
    assert (finding.row.label, finding.row.category) == ("điểm b khoản 1 Điều 2", "A1")


def test_the_words_stay_as_printed(loaded: Desk) -> None:
    first = loaded.bench.worklists.rows(loaded["son"], load(loaded).id).items[0]
    assert first.cells["location"] == "Điểm b khoản 1 Điều 2"
    assert first.cells["component"] == "Sổ hộ khẩu"


def test_the_listed_acts_come_on_the_board_with_who_answers(loaded: Desk) -> None:
    load(loaded)
    rows = loaded.bench.instruments.board(loaded["minh"], InstrumentFilter(loaded.campaign.id)).rows
    assert {(one.input.number, one.input.agency, one.input.due) for one in rows} == {
        ("949/2018/NĐ-CP", "BXD", DUE),  # a decree: by the field of the row that cites it
        ("950/2020/TT-BXD", "BXD", DUE),
    }


def test_the_same_file_twice_is_one_list(loaded: Desk) -> None:
    assert load(loaded).id == load(loaded).id
    assert len(loaded.bench.worklists.list(loaded["son"], loaded.campaign.id)) == 1


def test_matching_again_finds_what_was_loaded_since(loaded: Desk) -> None:
    view = load(loaded)
    decree = DECREE.replace("950/2020/TT-BXD", "949/2018/NĐ-CP").replace("THÔNG TƯ", "NGHỊ ĐỊNH")
    loaded.load(text("949", decree), by="son")
    again = loaded.bench.worklists.match(loaded["son"], view.id)
    assert again.counts["III"] == {"khop": 2}


@pytest.mark.parametrize(
    ("wanted", "count"), [({"annex": "III"}, 2), ({"state": "khop"}, 2), ({"annex": "II"}, 0)]
)
def test_rows_can_be_chosen(loaded: Desk, wanted: dict, count: int) -> None:
    view = load(loaded)
    assert loaded.bench.worklists.rows(loaded["son"], view.id, **wanted).total == count


def test_places_in_acts_of_others_stay_hidden(loaded: Desk) -> None:
    page = loaded.bench.worklists.rows(loaded["lan"], load(loaded).id)
    assert page.total == 6
    assert all(not one.found for one in page.items)


def test_the_nearest_place_is_named_where_the_provision_is_missing(loaded: Desk) -> None:
    missing = loaded.bench.worklists.rows(loaded["son"], load(loaded).id).items[2]
    assert [(one.label, one.near, one.finding_id) for one in missing.found] == [
        ("Điều 2", True, None)
    ]


BOTH = "Nghị định số 949/2018/NĐ-CP Thông tư số 950/2020/TT-BXD"
LAW = """QUỐC HỘI
Luật số: 953/2019/QH14

LUẬT
BẾN ĐÒ VIỆT NAM

Điều 1. Phạm vi
Luật này quy định về bến đò.
Điều 2. Hồ sơ
Chủ bến nộp bản sao sổ hộ khẩu.
"""


@pytest.mark.parametrize(
    ("act", "location", "state"),
    [
        (BOTH, "Khoản 9 Điều 3 - Điểm b khoản 1 Điều 2", "khop"),  # of which act is not said
        ("Thông tư số 950/2020/TT-BXD", "điểm b khoản 1 Điều 2 Thông tư", "khop"),
        ("Thông tư số 950/2020/TT-BXD", "Điểm b khoản 1 Điều 2 Quy chế", "khop"),
        ("Luật Bến đò 2019", "Điều 2", "khop"),  # by the year, a word of its name left out
        ("Luật Bến đò năm 2020", "Điều 2", "chua-co-van-ban"),
        ("Luật Bến đò Việt Nam", "Điều 2", "khop"),
        ("Văn bản hướng dẫn", "Điều 2", "khong-ro"),
    ],
)
def test_acts_are_found_as_lists_name_them(
    loaded: Desk, act: str, location: str, state: str
) -> None:
    loaded.load(text("953", LAW), by="son")
    view = load(loaded, f"{HEADER}\n{row(1, act, location)}".encode())
    assert states(loaded, view) == [state]


def spelled(desk: Desk, view: WorklistView) -> dict[str, tuple[str, ...]]:
    found = desk.bench.worklists.spellings(desk["ha"], view.id)
    return {one.printed.casefold(): one.means for one in found}


STRANGE = (
    f"{HEADER}\nI\t\t1\t\tĐăng ký\tSổ\tKho sổ gốc\tBộ Công an và Bộ Tư pháp\tTT 950\t\n"
    "I\t\t2\t\tĐăng ký\tSổ\tCSDL dân cư\tCục giả định\tThông tư số 950/2020/TT-BXD\t"
).encode()


def test_unknown_names_come_first_and_none_is_dropped(loaded: Desk) -> None:
    view = load(loaded, STRANGE)
    names = spelled(loaded, view)
    assert names["bộ công an và bộ tư pháp"] == ("BCA", "BTP")
    assert names["csdl dân cư"] == ("DC",)
    assert list(names)[:3] == ["cục giả định", "kho sổ gốc", "tt 950"]
    assert all(not names[one] for one in list(names)[:3])


@pytest.mark.parametrize(
    ("kind", "said", "means"),
    [
        ("csdl", "kho SỔ gốc", ["HT"]),
        ("chu-quan", "Cục giả định", ["BTP"]),
        ("van-ban", "TT 950", ["950/2020/TT-BXD"]),
    ],
)
def test_a_name_that_was_explained_counts_at_the_next_match(
    loaded: Desk, kind: str, said: str, means: list[str]
) -> None:
    view = load(loaded, STRANGE)
    loaded.bench.aliases.add(loaded["son"], kind, said, means)
    assert spelled(loaded, view)[said.casefold()] == tuple(means)
    loaded.bench.worklists.match(loaded["son"], view.id)
    rows = loaded.bench.worklists.rows(loaded["son"], view.id).items
    held = {"csdl": rows[0].sources, "chu-quan": rows[1].owners}
    if kind == "van-ban":
        assert rows[0].state == "khop"
    else:
        assert held[kind] == tuple(means)
    added = loaded.bench.aliases.list(loaded["ha"])[0]
    assert (added.said, added.person) == (said, "Son")
    loaded.bench.aliases.add(loaded["son"], kind, said, [])
    assert spelled(loaded, view)[said.casefold()] == ()


@pytest.mark.parametrize(
    ("kind", "said", "means"),
    [
        ("csdl", "Kho sổ", ["LẠ"]),
        ("chu-quan", "Cục", ["LẠ"]),
        ("van-ban", "TT 950", ["năm trăm"]),
        ("khac", "Kho sổ", ["HT"]),
        ("csdl", " . ", ["HT"]),
    ],
)
def test_a_name_that_cannot_mean_that(loaded: Desk, kind: str, said: str, means: list) -> None:
    with pytest.raises(RasoatError, match="RS-587"):
        loaded.bench.aliases.add(loaded["son"], kind, said, means)


def test_a_ministry_explains_no_names(loaded: Desk) -> None:
    with pytest.raises(Forbidden):
        loaded.bench.aliases.add(loaded["minh"], "csdl", "Kho sổ", ["HT"])


def test_shipped_names_are_read_and_shown() -> None:
    assert all(one.means and one.basis for one in shipped_names().values())


def test_a_bad_row_of_the_shipped_names_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "names.yaml"
    file.write_text(
        "ten_goi:\n  - {loai: csdl, ten: Kho, nghia: [LẠ], can_cu: thử}\n", encoding="utf-8"
    )
    with pytest.raises(RasoatError, match=r"RS-390.*dòng 2"):
        load_names(file)


def test_a_file_is_read_and_matched_as_a_job(loaded: Desk) -> None:
    bench = loaded.bench
    started = bench.worklists.start(loaded["son"], loaded.campaign.id, "pl.tsv", ANNEX, DUE)
    done = bench.jobs.wait(started.id, 30)
    assert done.state == "xong", done.message
    view = bench.worklists.list(loaded["ha"], loaded.campaign.id)[0]
    assert done.result == {"worklist": view.id}
    again = bench.jobs.wait(bench.worklists.start_match(loaded["son"], view.id).id, 30)
    assert again.state == "xong", again.message


def test_a_list_is_given_back_with_its_own_cells(loaded: Desk) -> None:
    table = loaded.bench.worklists.table(loaded["ha"], load(loaded).id)
    assert [heading for heading, _ in table.rows[0].printed] == HEADER.split("\t")
    printed = ["\t".join(cell for _, cell in one.printed) for one in table.rows]
    assert printed == ANNEX.decode().splitlines()[1:]


def test_a_file_without_an_annex_is_refused(loaded: Desk) -> None:
    with pytest.raises(RasoatError, match="RS-121"):
        load(loaded, "một\thai\n1\t2".encode())


def test_a_ministry_loads_no_annex(loaded: Desk) -> None:
    with pytest.raises(Forbidden):
        load(loaded, by="minh")


def test_the_annexes_of_the_resolution(real: Desk, shared) -> None:
    """506 rows as stored beside the project; no act is loaded, so none can match."""
    data = (shared / "corpus/annex-66.7.tsv").read_bytes()
    view = load(real, data)
    assert view.counts == {
        "I": {"chua-co-van-ban": 277},
        "II": {"chua-co-van-ban": 8},
        "III": {"chua-co-van-ban": 221},
    }
    rows = real.bench.instruments.board(real["son"], InstrumentFilter(real.campaign.id)).rows
    assert len(rows) == 221
    assert len(view.doubts) == 2
