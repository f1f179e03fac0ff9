"""Loading acts: recognised, versioned, never half-stored; listing, assigning, signing off."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from corpus.errors import RasoatError
from corpus.records import Notice, ReadResult
from review.acts import storing
from review.acts.library import Library
from review.errors import Conflict, Forbidden, NotFound
from review.records import ActFilter, ActRow, FindingFilter, PageRequest
from review.store import tables as t
from tests.review.conftest import Desk, document, tiny_parse, tiny_screen


def rows_of(desk: Desk, **filters: object) -> list[ActRow]:
    return desk.bench.library.acts(desk["cuong"], ActFilter(**filters)).items


def stored(desk: Desk) -> dict[str, int]:
    with desk.store.read() as db:
        return {
            table.name: db.scalar(select(func.count()).select_from(table))
            for table in (t.acts, t.act_versions, t.provisions, t.findings, t.suppressed)
        }


def test_a_new_act_is_stored_with_its_tree(desk: Desk, act) -> None:
    line = desk.load(act).lines[0]
    assert (line.status, line.agency, line.provisions, line.findings, line.suppressed) == (
        "moi",
        "BXD",
        9,
        2,
        1,
    )
    view = desk.bench.library.act(desk["ha"], line.act_id)
    assert (view.row.number, view.row.type, view.row.issued) == (
        "902/2019/TT-BXD",
        "Thông tư",
        date(2020, 5, 4),
    )
    assert [unit.path for unit in view.provisions][:3] == ["chuong-1", "dieu-1", "dieu-1/khoan-1"]
    assert [unit.depth for unit in view.provisions][:3] == [0, 1, 2]
    assert view.provisions[2].parent_id == view.provisions[1].id
    assert [row.category for row in view.findings[view.provisions[2].id]] == ["A1"]
    assert desk.bench.library.source_text(desk["ha"], line.act_id) == act.text


def test_an_administrator_reads_acts_without_their_findings(desk: Desk, act) -> None:
    act_id = desk.load(act).lines[0].act_id
    assert desk.bench.library.act(desk["vy"], act_id).findings == {}
    assert len(desk.bench.library.act(desk["binh"], act_id).findings) == 2


def test_a_file_that_cannot_be_read_is_a_line_and_stops_nothing(desk: Desk, act) -> None:
    results = [
        ReadResult("hong.doc", None, [Notice("RS-106", "Tệp có mật khẩu.")]),
        ReadResult("Thumbs.db", None, [], skipped=True),
        ReadResult(act.source, act),
    ]
    report = desk.bench.library.load(desk["ha"], results, desk.campaign.id)
    assert [line.status for line in report.lines] == ["loi", "bo_qua", "moi"]
    assert report.failed
    assert report.lines[0].notices[0].code == "RS-106"


def test_the_same_text_is_recognised(desk: Desk, act) -> None:
    first = desk.load(act).lines[0]
    before = stored(desk)
    again = desk.load(act).lines[0]
    assert (again.status, again.act_id, again.notices[-1].code) == ("da_co", first.act_id, "RS-612")
    assert stored(desk) == before


@pytest.mark.parametrize("stage", ["parse", "screen", "provisions", "findings", "end"])
def test_a_crash_in_the_middle_of_an_act_leaves_nothing_of_it(
    desk: Desk, act, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("mất điện")

    parse = crash if stage == "parse" else tiny_parse
    screen = crash if stage == "screen" else tiny_screen
    library = Library(desk.store, desk.bench.jobs, desk.settings, parse, screen)
    broken = {"provisions": "_insert_provisions", "findings": "finding_values", "end": "_point_to"}
    with monkeypatch.context() as patch:
        if stage in broken:
            patch.setattr(storing, broken[stage], crash)
        report = library.load(desk["ha"], [ReadResult(act.source, act)], desk.campaign.id)
    assert (report.lines[0].status, report.lines[0].notices[-1].code) == ("loi", "RS-613")
    assert set(stored(desk).values()) == {0}
    assert desk.load(act).lines[0].status == "moi"


def test_a_newer_text_keeps_decisions_on_unchanged_provisions(desk: Desk, act) -> None:
    desk.load(act)
    kept, changing = desk.findings()
    desk.bench.findings.confirm(desk["ha"], kept.id, 1, "Đã xem.")
    desk.bench.findings.reject(desk["ha"], changing.id, 1, "N05", "Đã xem.")
    newer = document(
        "902/2019/TT-BXD",
        "1. Người đề nghị nộp bản sao  sổ hộ khẩu.",  # a blank more: the same words
        "1. Xuất trình thêm sổ tạm trú khi nhận kết quả.",
        "1. Nộp sổ hộ khẩu của người giám hộ.",
    )
    line = desk.load(newer).lines[0]
    assert (line.status, line.carried, line.changed) == ("phien_ban_moi", 1, 1)
    assert line.notices[-1].code == "RS-616"
    after = {row.id: row for row in desk.findings()}
    assert (after[kept.id].state, after[kept.id].changed) == ("xac_nhan", False)
    assert (after[changing.id].state, after[changing.id].changed) == ("loai_bo", True)
    assert [row.path for row in after.values() if row.state == "goi_y"] == ["dieu-3/khoan-1"]
    view = desk.bench.findings.get(desk["ha"], changing.id)
    assert view.provision.text == "1. Xuất trình thêm sổ tạm trú khi nhận kết quả."
    assert view.provision.text[view.row.quote_start : view.row.quote_end] == "sổ tạm trú"
    assert view.history[0].details["old_text"] == "1. Xuất trình sổ tạm trú khi nhận kết quả."
    assert [row.id for row in desk.findings(changed=True)] == [changing.id]
    again = desk.bench.findings.reject(desk["ha"], changing.id, view.row.version, "N05", "Vẫn vậy.")
    assert (again.row.state, again.row.changed) == ("loai_bo", False)
    versions = desk.bench.library.act(desk["ha"], line.act_id).versions
    assert [version.number for version in versions] == [2, 1]
    assert desk.bench.library.source_text(desk["ha"], line.act_id, versions[1].id) == act.text


def test_a_decision_on_a_provision_that_is_gone_stays_marked(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[1]
    desk.bench.findings.confirm(desk["ha"], row.id, 1)
    desk.load(document("902/2019/TT-BXD", "1. Không còn gì."))
    after = desk.findings()
    assert [(one.id, one.state, one.changed) for one in after] == [(row.id, "xac_nhan", True)]
    assert "không còn" in desk.bench.findings.get(desk["ha"], row.id).history[0].note


def test_a_finding_added_by_hand_survives_a_newer_text(desk: Desk, act) -> None:
    desk.load(act)
    view = desk.bench.library.act(desk["ha"], desk.findings()[0].act_id)
    added = desk.bench.findings.add_manual(desk["ha"], view.provisions[-1].id, "F4", "Cơ quan", 2)
    desk.load(document("902/2019/TT-BXD", "1. Lời mở đầu khác.", *act.text.split("\n")[1:]))
    after = next(row for row in desk.findings() if row.id == added.row.id)
    assert (after.quote, after.state, after.changed) == ("Cơ quan", "xac_nhan", False)


def test_undecided_suggestions_of_an_old_text_are_replaced(desk: Desk, act) -> None:
    desk.load(act)
    desk.load(document("902/2019/TT-BXD", "1. Người đề nghị nộp bản sao sổ hộ khẩu."))
    assert [(row.path, row.state) for row in desk.findings()] == [("dieu-1/khoan-1", "goi_y")]
    assert rows_of(desk)[0].findings == 1


def test_one_number_on_two_different_acts_hides_neither(desk: Desk) -> None:
    desk.load(
        document("905/2019/TT-BXD", "1. Nộp sổ hộ khẩu.", title="Quy định về cấp phép xây nhà")
    )
    line = desk.load(
        document("905/2019/TT-BXD", "1. Nộp sổ tạm trú.", title="Hướng dẫn đấu thầu vận tải thủy")
    ).lines[0]
    assert (line.status, "RS-611" in [notice.code for notice in line.notices]) == ("moi", True)
    assert len(rows_of(desk)) == 2


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("12/VBHN-BXD", 2019, ""), ("12/VBHN-BXD", 2021, ""), False),
        (("12/VBHN-BXD", 2019, ""), ("12/VBHN-BXD", 2019, ""), True),
        (("01/2020/QĐ-UBND", 2020, "UBND tỉnh A"), ("01/2020/QĐ-UBND", 2020, "UBND tỉnh B"), False),
        (("01/2020/TT-BXD", 2020, "Bộ Xây dựng"), ("01/2020/tt-bxd", 2020, "BỘ XÂY DỰNG"), True),
        (("", 2020, ""), ("", 2020, ""), False),
    ],
    ids=["vbhn of another year", "vbhn again", "two provinces", "spelling", "no number"],
)
def test_what_makes_the_same_act(first: tuple, second: tuple, same: bool) -> None:
    def identity(place: int, number: str, year: int, issuer: str) -> str:
        raw = document(number, f"1. Văn bản {place}.", issuer=issuer)
        act = tiny_parse(raw)
        act.head = type(act.head)(number=number, issued=date(year, 1, 1), issuer=issuer)
        return storing.identity_of(act)

    assert (identity(1, *first) == identity(2, *second)) is same


@pytest.mark.parametrize(
    ("number", "issuer", "agency"),
    [
        ("907/2018/TT-BTTTT", "Bộ Thông tin và Truyền thông", "BKHCN"),
        ("908/2018/TT-BGTVT", "", "BXD"),
        ("911/2014/TTLT-BLĐTBXH-BTC", "", "BNV"),
        ("902/2019/NĐ-CP", "Chính phủ", ""),
        ("901/2019/QH14", "Quốc hội", ""),
    ],
)
def test_an_act_goes_to_the_agency_responsible_today_and_keeps_its_issuer(
    desk: Desk, number: str, issuer: str, agency: str
) -> None:
    desk.load(document(number, "1. Nộp sổ hộ khẩu.", issuer=issuer), by="son")
    row = rows_of(desk)[0]
    assert (row.agency, row.issuer) == (agency, issuer)


def test_a_ministry_loads_its_own_acts_and_those_of_central_issuers(desk: Desk) -> None:
    report = desk.load(
        document("908/2018/TT-BGTVT", "1. Nộp sổ hộ khẩu."),
        document("902/2019/NĐ-CP", "1. Nộp sổ hộ khẩu."),
        document("", "1. Nộp sổ hộ khẩu."),
        document("903/2019/TT-BYT", "1. Nộp sổ hộ khẩu."),
    )
    assert [(line.status, line.agency) for line in report.lines] == [
        ("moi", "BXD"), ("moi", "BXD"), ("moi", "BXD"), ("tu_choi", ""),
    ]  # fmt: skip
    assert report.lines[3].notices[-1].code == "RS-610"


def test_another_ministry_cannot_replace_the_text_of_an_assigned_act(desk: Desk) -> None:
    desk.load(document("902/2019/NĐ-CP", "1. Nộp sổ hộ khẩu."), by="ha")
    line = desk.load(document("902/2019/NĐ-CP", "1. Khác."), by="lan").lines[0]
    assert (line.status, line.notices[-1].code) == ("tu_choi", "RS-411")
    assert rows_of(desk)[0].version_number == 1


@pytest.mark.parametrize("name", ["long", "cuong", "binh", "giang"])
def test_who_reviews_nothing_loads_nothing(desk: Desk, act, name: str) -> None:
    with pytest.raises(Forbidden, match="RS-410"):
        desk.load(act, by=name)


def test_assigning_moves_an_act_with_its_findings(desk: Desk) -> None:
    desk.load(document("902/2019/NĐ-CP", "1. Nộp sổ hộ khẩu."), by="son")
    row = rows_of(desk, agency="-")[0]
    assert desk.findings(by="lan") == []
    desk.bench.library.assign(desk["son"], row.id, row.version, "BYT")
    assert [one.agency for one in desk.findings(by="lan")] == ["BYT"]
    with pytest.raises(Conflict):
        desk.bench.library.assign(desk["son"], row.id, row.version, "BXD")
    with pytest.raises(RasoatError, match="RS-602"):
        desk.bench.library.assign(desk["son"], row.id, row.version + 1, "BGTVT")


def test_sign_off_waits_for_every_suggestion(desk: Desk, act) -> None:
    desk.load(act)
    first, second = desk.findings()
    with pytest.raises(RasoatError, match="còn 2 gợi ý"):
        desk.bench.library.sign_off(desk["ha"], first.act_id)
    desk.bench.findings.reject(desk["ha"], first.id, 1, "N05")
    decided = desk.bench.findings.confirm(desk["ha"], second.id, 1)
    with pytest.raises(RasoatError, match="1 phát hiện đã xác nhận"):
        desk.bench.library.sign_off(desk["ha"], first.act_id)
    desk.bench.findings.reject(desk["ha"], second.id, decided.row.version, "N12")
    desk.bench.library.sign_off(desk["ha"], first.act_id, "Đã đọc hết.")
    view = desk.bench.library.act(desk["ha"], first.act_id)
    assert view.row.state == "da_ra_soat"
    assert [(sign.person, sign.note, sign.standing) for sign in view.sign_offs] == [
        ("Ha", "Đã đọc hết.", True)
    ]
    desk.load(document("902/2019/TT-BXD", "1. Văn bản mới."))
    view = desk.bench.library.act(desk["ha"], first.act_id)
    assert (view.row.state, view.sign_offs[0].standing) == ("dang_ra_soat", False)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, {"902/2019/TT-BXD", "903/2021/NĐ-CP"}),
        ({"type": "Nghị định"}, {"903/2021/NĐ-CP"}),
        ({"year": 2020}, {"902/2019/TT-BXD", "903/2021/NĐ-CP"}),
        ({"year": 1999}, set()),
        ({"state": "dang_ra_soat"}, set()),
        ({"with_findings": True}, {"902/2019/TT-BXD"}),
        ({"with_findings": False}, {"903/2021/NĐ-CP"}),
        ({"text": "nghi dinh ve nha"}, {"903/2021/NĐ-CP"}),
        ({"text": "902/2019"}, {"902/2019/TT-BXD"}),
        ({"agency": "BYT"}, set()),
        ({"campaign_id": 999}, set()),
    ],
)
def test_filter(desk: Desk, act, filters: dict, numbers: set[str]) -> None:
    desk.load(act, document("903/2021/NĐ-CP", "1. Không có gì.", title="Nghị định về nhà ở"))
    assert {
        row.number for row in desk.bench.library.acts(desk["ha"], ActFilter(**filters)).items
    } == numbers


def test_pages_of_acts(desk: Desk) -> None:
    desk.load(*(document(f"{900 + n}/2019/TT-BXD", f"1. Văn bản {n}.") for n in range(5)))
    page = desk.bench.library.acts(desk["ha"], ActFilter(), PageRequest(2, 2))
    assert (page.total, page.count, [row.number for row in page.items]) == (
        5, 3, ["902/2019/TT-BXD", "901/2019/TT-BXD"],
    )  # fmt: skip
    assert desk.bench.library.types(desk["ha"], desk.campaign.id) == ["Thông tư"]
    assert desk.bench.library.years(desk["ha"], desk.campaign.id) == [2020]


def test_uploads_are_a_job_with_a_report(desk: Desk) -> None:
    library = Library(desk.store, desk.bench.jobs, desk.settings)  # the real pipeline
    text = (
        "THÔNG TƯ\nSố: 909/2019/TT-BXD\n\nĐiều 1. Hồ sơ\n1. Người đề nghị nộp bản sao sổ hộ khẩu.\n"
    )
    files = [("van-ban.txt", text.encode()), ("rong.txt", b"")]
    job = desk.bench.jobs.wait(library.load_files(desk["ha"], files, desk.campaign.id).id, 60)
    assert job.state == "xong"
    report = library.report_of(desk["ha"], job.id)
    assert [(line.source, line.status) for line in report.lines] == [
        ("van-ban.txt", "moi"),
        ("rong.txt", "loi"),
    ]
    assert report.lines[0].findings >= 1
    assert report.lines[1].notices[0].code.startswith("RS-1")
    with pytest.raises(NotFound):
        library.report_of(desk["lan"], job.id)


def test_an_upload_over_the_limit_is_refused_before_it_is_read(desk: Desk) -> None:
    settings = desk.settings.model_copy(update={"max_upload_mb": 1})
    library = Library(desk.store, desk.bench.jobs, settings, tiny_parse, tiny_screen)
    files = [("lon.docx", b"x" * (1024 * 1024 + 1))]
    job = desk.bench.jobs.wait(library.load_files(desk["ha"], files, desk.campaign.id).id, 30)
    line = library.report_of(desk["ha"], job.id).lines[0]
    assert (line.status, line.notices[0].code) == ("loi", "RS-615")


def test_nul_characters_do_not_stop_a_store(desk: Desk) -> None:
    desk.load(document("910/2019/TT-BXD", "1. Nộp\x00sổ hộ khẩu."))
    view = desk.bench.findings.get(desk["ha"], desk.findings()[0].id)
    assert view.provision.text[view.row.quote_start : view.row.quote_end] == "sổ hộ khẩu"


def test_progress_is_told_per_act(desk: Desk, act) -> None:
    told: list[tuple[int, int, str]] = []
    results = [ReadResult(act.source, act)] * 2
    desk.bench.library.load(
        desk["ha"], results, desk.campaign.id, lambda *step: told.append(step), total=2
    )
    assert told == [(1, 2, act.source), (2, 2, act.source)]


def test_the_queue_reads_its_page_in_two_queries(desk: Desk, act) -> None:
    from sqlalchemy import event

    desk.load(act)
    seen: list[str] = []
    event.listen(
        desk.store.engine, "before_cursor_execute",
        lambda _c, _cursor, statement, *_: seen.append(statement),
    )  # fmt: skip
    desk.bench.findings.queue(desk["ha"], FindingFilter(text="so ho khau"))
    queue = [statement for statement in seen if statement.startswith("SELECT")]
    seen.clear()
    desk.bench.library.acts(desk["ha"], ActFilter())
    acts = [statement for statement in seen if statement.startswith("SELECT")]
    assert (len(queue), len(acts)) == (2, 2)
