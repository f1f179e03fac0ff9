"""The way back of BM-03: edits come back exactly, conflicts are shown, nothing is written unasked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from corpus.agency import all_agencies
from corpus.errors import RasoatError
from exports.excel import filled, rows, workbook
from exports.excel.columns import sheet
from exports.excel.grid import FIRST_ROW, HEAD_ROW
from review.agencies import name_of
from review.demo import first_start
from review.errors import Forbidden
from review.exchange.own_list import guessed
from review.exchange.records import ListRow, SentFile, SentRow
from review.exchange.values import Unreadable, read, say
from review.proposals.proposal import HANDLINGS
from review.records import FindingFilter, PageRequest, Person, ProposalInput
from review.settings import Settings
from review.store import tables as t
from review.workbench import Workbench

ALL = PageRequest(1, 500)


@dataclass
class Desk:
    workbench: Workbench
    mine: Person  # pháp chế BXD
    other: Person  # pháp chế BYT
    campaign: int
    findings: list[int]  # confirmed, of BXD

    def table(self) -> bytes:
        return workbook.build(self.workbench.reports.ministry(self.mine, self.campaign, "BXD"))

    def rows(self, data: bytes) -> list[SentRow]:
        return [
            SentRow(row.place, row.finding_id, row.version, row.values, row.problems)
            for row in filled.read("bang.xlsx", data).rows
        ]

    def file(self, data: bytes) -> SentFile:
        found = filled.read("bang.xlsx", data)
        return SentFile("bm-03", "bang.xlsx", found.digest, len(found.rows))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    bench = Workbench.open(Settings(data_dir=tmp_path_factory.mktemp("kho")))
    first_start.prepare(bench)
    people = {
        account.username: bench.people.person_of(
            bench.people.sign_in(account.username, account.password).token
        )
        for account in bench.people.demo_accounts()
    }
    mine, other = people["phap.che.bxd"], people["phap.che.byt"]
    queue = bench.findings.queue(mine, FindingFilter(agency="BXD", states=("goi_y",)), ALL).items
    for row in queue[:6]:
        bench.findings.confirm(mine, row.id, row.version)
    campaign = bench.campaigns.list(mine)[0].id
    found = Desk(bench, mine, other, campaign, [row.id for row in queue[:6]])
    bench.proposals.save(
        mine, found.findings[0], 0,
        ProposalInput("SĐ", "Nội dung đầu.", "Lý do đầu.", "Thông tư", "BXD", ("BCA",), date(2027, 2, 28)),
    )  # fmt: skip
    yield found
    bench.close()


def place_of(page: openpyxl.worksheet.worksheet.Worksheet, key: str) -> int:
    title = next(c.title for c in sheet("BM-03").columns if c.key == key)
    return [cell.value for cell in page[HEAD_ROW]].index(title) + 1


def edited(data: bytes, edits: dict[tuple[int, str], object]) -> bytes:
    """Return the workbook after a person's edits: (finding, column key) → what was typed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["BM-03"]
    keys = {
        page.cell(row, place_of(page, "finding_id")).value: row
        for row in range(FIRST_ROW, page.max_row + 1)
    }
    for (finding, key), value in edits.items():
        page.cell(keys[finding], place_of(page, key)).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_table_that_nobody_touched_changes_nothing(desk: Desk) -> None:
    preview = desk.workbench.exchange.preview(desk.mine, desk.campaign, desk.rows(desk.table()))
    assert (preview.changes, preview.problems) == ((), ())
    assert preview.unchanged == preview.rows == len(desk.findings)


def test_looking_writes_nothing_and_applying_logs_each_cell(desk: Desk) -> None:
    bench, finding = desk.workbench, desk.findings[1]
    data = edited(
        desk.table(),
        {
            (finding, "handling"): "Bãi bỏ một phần",
            (finding, "new_text"): "Bãi bỏ điểm này.",
            (finding, "lead"): "Bộ Xây dựng",
            (finding, "coordinating"): "Bộ Công an; Bộ Tư pháp",
            (finding, "deadline"): date(2027, 1, 31),
        },
    )
    preview = bench.exchange.preview(desk.mine, desk.campaign, desk.rows(data))
    assert {(c.field, c.sent, c.new) for c in preview.clean} == {
        ("handling", "Chưa đề xuất", "Bãi bỏ một phần"),
        ("new_text", "", "Bãi bỏ điểm này."),
        ("lead_agency", "", "Bộ Xây dựng"),
        ("co_agencies", "", "Bộ Công an; Bộ Tư pháp"),
        ("deadline", "", "31/01/2027"),
    }
    assert preview.conflicts == ()
    assert bench.proposals.get(desk.mine, finding).version == 0

    done = bench.exchange.apply(desk.mine, desk.campaign, desk.file(data), preview.clean)
    assert (done.cells, done.findings, done.refused) == (5, 1, ())
    saved = bench.proposals.get(desk.mine, finding)
    assert saved.version == 1
    assert saved.input == ProposalInput(
        "BB", "Bãi bỏ điểm này.", "", "", "BXD", ("BCA", "BTP"), date(2027, 1, 31)
    )
    with bench.store.read() as db:
        logged = db.execute(
            select(t.exchange_changes).where(t.exchange_changes.c.import_id == done.import_id)
        ).all()
        events = db.execute(
            select(t.audit_events.c.table_name).where(
                t.audit_events.c.table_name == "exchange_changes"
            )
        ).all()
    assert {(row.field, row.new, row.version) for row in logged} >= {
        ("handling", "Bãi bỏ một phần", 1),
        ("deadline", "31/01/2027", 1),
    }
    assert len(events) >= 5
    (row, *_) = bench.exchange.imports(desk.mine, desk.campaign)
    assert (row.filename, row.changes) == ("bang.xlsx", 5)
    # The same file again has nothing left to say.
    again = bench.exchange.preview(desk.mine, desk.campaign, desk.rows(data))
    assert again.changes == ()


def test_what_somebody_wrote_meanwhile_is_a_conflict_and_shown_with_both_texts(desk: Desk) -> None:
    bench, finding = desk.workbench, desk.findings[0]
    sent = desk.table()
    standing = bench.proposals.get(desk.mine, finding)
    bench.proposals.save(
        desk.mine,
        finding,
        standing.version,
        ProposalInput(
            "SĐ", "Nội dung hai.", "Lý do đầu.", "Thông tư", "BXD", ("BCA",), date(2027, 2, 28)
        ),
    )
    data = edited(sent, {(finding, "new_text"): "Nội dung ba.", (finding, "reason"): "Lý do mới."})
    preview = bench.exchange.preview(desk.mine, desk.campaign, desk.rows(data))
    (conflict,) = preview.conflicts
    assert (conflict.sent, conflict.standing, conflict.new) == (
        "Nội dung đầu.", "Nội dung hai.", "Nội dung ba.",
    )  # fmt: skip
    assert conflict.who == desk.mine.name
    assert [c.field for c in preview.clean] == ["reason"]
    # Taking only what does not clash keeps what was written meanwhile.
    bench.exchange.apply(desk.mine, desk.campaign, desk.file(data), preview.clean)
    now = bench.proposals.get(desk.mine, finding).input
    assert (now.new_text, now.reason) == ("Nội dung hai.", "Lý do mới.")


def test_a_save_between_preview_and_click_is_refused_with_who(desk: Desk) -> None:
    bench, finding = desk.workbench, desk.findings[2]
    data = edited(desk.table(), {(finding, "handling"): "GN", (finding, "reason"): "Cần giữ."})
    preview = bench.exchange.preview(desk.mine, desk.campaign, desk.rows(data))
    bench.proposals.save(desk.mine, finding, 0, ProposalInput("SĐ", "Khác."))
    done = bench.exchange.apply(desk.mine, desk.campaign, desk.file(data), preview.clean)
    assert (done.cells, done.findings) == (0, 0)
    assert "RS-501" in done.refused[0].reason
    assert bench.proposals.get(desk.mine, finding).input.new_text == "Khác."


def test_headings_are_recognised_under_other_names_and_in_other_places(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(desk.table()))
    page = book["BM-03"]
    page.cell(HEAD_ROW, place_of(page, "deadline")).value = "THỜI HẠN XỬ LÝ"
    page.insert_cols(2)
    page.cell(HEAD_ROW, 2).value = "Ghi chú riêng"
    page.insert_rows(1)
    stream = io.BytesIO()
    book.save(stream)
    found = filled.read("bang.xlsx", stream.getvalue())
    assert found.missing == ()
    assert found.unknown == ("Ghi chú riêng",)
    assert {row.finding_id for row in found.rows} == set(desk.findings)
    assert all("deadline" in row.values for row in found.rows)


PROBLEMS = [
    ("handling", "Xóa", "không có hình thức xử lý «Xóa»"),
    ("lead", "Bộ Nuôi ong", "không có cơ quan «Bộ Nuôi ong»"),
    ("deadline", "ngày mai", "không phải ngày"),
    ("reason", "=1+1", "có công thức"),
    ("finding_id", None, "không có mã phát hiện"),
    ("finding_id", 999_999, "không có trong đợt này"),
    ("proposal_version", 77, "phiên bản đề xuất ghi trong tệp không có"),
]


@pytest.mark.parametrize(("key", "typed", "reason"), PROBLEMS)
def test_what_cannot_be_taken_over_is_said(
    desk: Desk, key: str, typed: object, reason: str
) -> None:
    data = edited(desk.table(), {(desk.findings[3], key): typed})
    preview = desk.workbench.exchange.preview(desk.mine, desk.campaign, desk.rows(data))
    assert preview.changes == ()
    assert any(reason in problem.reason for problem in preview.problems)


def test_a_finding_on_two_rows_is_taken_from_neither(desk: Desk) -> None:
    first, second = desk.findings[3:5]
    data = edited(desk.table(), {(first, "finding_id"): second})
    preview = desk.workbench.exchange.preview(desk.mine, desk.campaign, desk.rows(data))
    assert {p.reason for p in preview.problems} == {"mã phát hiện có ở nhiều dòng"}
    assert len(preview.problems) == 2


def test_edits_to_columns_that_are_not_taken_back_are_said(desk: Desk) -> None:
    data = edited(desk.table(), {(desk.findings[3], "text"): "Lời văn tự sửa."})
    report = desk.workbench.reports.ministry(desk.mine, desk.campaign, "BXD")
    expected = {int(str(row["finding_id"])): row for row in rows.bm03(report)}
    found = filled.ignored(filled.read("bang.xlsx", data), expected)
    assert [(finding, title) for _, finding, title in found] == [
        (desk.findings[3], "Nội dung quy định (trích)")
    ]


def test_another_ministry_can_change_nothing_here(desk: Desk) -> None:
    data = edited(desk.table(), {(desk.findings[4], "reason"): "Của bộ khác."})
    preview = desk.workbench.exchange.preview(desk.other, desk.campaign, desk.rows(data))
    assert preview.changes == ()
    assert len(preview.problems) == len(desk.findings)


def test_nothing_chosen_is_nothing_written(desk: Desk) -> None:
    with pytest.raises(RasoatError, match="RS-713"):
        desk.workbench.exchange.apply(desk.mine, desk.campaign, desk.file(desk.table()), ())


TEXTS = st.text(
    alphabet=st.characters(
        exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n=+-@“”"
    ),
    max_size=80,
)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "handling": st.sampled_from([*HANDLINGS.values()]),
        "new_text": TEXTS,
        "reason": TEXTS,
        "instrument": st.sampled_from(["Thông tư", "Nghị định", "Luật"]),
        "lead": st.sampled_from(["Bộ Xây dựng", "BYT", "Bộ Công an"]),
        "coordinating": st.lists(st.sampled_from(["Bộ Công an", "Bộ Tư pháp", "BTC"]), unique=True),
        "deadline": st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    },
)


@settings(
    max_examples=5, deadline=None, phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(pairs=st.lists(st.tuples(EDITS, EDITS), min_size=4, max_size=4))
def test_random_edits_come_back_exactly_and_clashes_are_shown(
    desk: Desk, pairs: list[tuple[dict[str, object], dict[str, object]]]
) -> None:
    """What is typed in the sheet is what the preview says; what changed under it is a conflict."""
    chosen = [desk.findings[n] for n in (0, 1, 2, 5)]
    typed = {finding: _typed(edits) for finding, (edits, _) in zip(chosen, pairs, strict=True)}
    data = edited(
        desk.table(),
        {(finding, key): value for finding, cells in typed.items() for key, value in cells.items()},
    )
    expected: dict[tuple[int, str], object] = {}
    clashes = set()
    for finding, (_, meanwhile) in zip(chosen, pairs, strict=True):
        sent, standing = _meanwhile(desk, finding, _typed(meanwhile))
        for key, value in typed[finding].items():
            # A spreadsheet program takes this for a formula; it is refused, never computed.
            if isinstance(value, str) and value.startswith("=") and len(value) > 1:
                continue
            field = filled._FIELDS[key]
            new = read(field, value)
            if new not in (sent[field], standing[field]):
                expected[finding, field] = new
                if standing[field] != sent[field]:
                    clashes.add((finding, field))
    preview = desk.workbench.exchange.preview(desk.mine, desk.campaign, desk.rows(data))
    assert {(c.finding_id, c.field): c.value for c in preview.changes} == expected
    assert {(c.finding_id, c.field) for c in preview.conflicts} == clashes
    assert all(c.new == say(c.field, c.value) for c in preview.changes)


def _typed(edits: dict[str, object]) -> dict[str, object]:
    return {key: "; ".join(v) if isinstance(v, list) else v for key, v in edits.items()}


def _meanwhile(
    desk: Desk, finding: int, typed: dict[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Save what a colleague writes in the meantime; returns the proposal before and after."""
    base = desk.workbench.proposals.get(desk.mine, finding)
    fields = filled._FIELDS.values()
    if not base.version:
        blank = {field: read(field, None) for field in fields}
        return blank, blank
    sent = {field: getattr(base.input, field) for field in fields}
    after = sent | {filled._FIELDS[key]: read(filled._FIELDS[key], v) for key, v in typed.items()}
    if after["handling"] == "GN" and not str(after["reason"]).strip():
        after["reason"] = "Cần giữ."  # «giữ nguyên» is not saved without a reason
    desk.workbench.proposals.save(desk.mine, finding, base.version, ProposalInput(**after))
    return sent, after


def test_every_agency_is_read_back_from_its_name() -> None:
    for agency in all_agencies():
        assert read("lead_agency", name_of(agency.code)) == agency.code
    with pytest.raises(Unreadable):
        read("lead_agency", "Bộ Nuôi ong")


# --- hostile files ----------------------------------------------------------------------------


def _with(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "RS-721"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "RS-721"),
        ("xl/embeddings/oleObject1.bin", b"x", "RS-721"),
        ("xl/connections.xml", b"<x/>", "RS-721"),
        ("xl/theme/evil.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "RS-721"),
        ("xl/media/zeros.bin", bytes(8_000_000), "RS-111"),
    ],
)
def test_workbooks_with_more_than_a_table_are_refused(
    desk: Desk, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(RasoatError, match=code):
        filled.read("la.xlsx", _with(desk.table(), name, content))


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(RasoatError, match=r"RS-(105|720)"):
        filled.read("la.xlsx", data)


def test_a_workbook_without_our_table_is_told_so() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Số hiệu", "Điều"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(RasoatError, match="RS-722"):
        filled.read("danh-sach.xlsx", stream.getvalue())


def test_a_continued_cell_comes_back_whole(desk: Desk) -> None:
    bench, finding = desk.workbench, desk.findings[4]
    text = "".join(f"{number:06d} " for number in range(6_000)).strip()
    standing = bench.proposals.get(desk.mine, finding)
    bench.proposals.save(desk.mine, finding, standing.version, ProposalInput("SĐ", text))
    (row,) = [row for row in desk.rows(desk.table()) if row.finding_id == finding]
    assert row.values["new_text"] == text


# --- own lists --------------------------------------------------------------------------------


def test_columns_are_guessed_from_headings_and_remembered(desk: Desk) -> None:
    lists = desk.workbench.own_lists
    headings = ["TT", "Số hiệu", "Điều, khoản", "Cột lạ", "Ghi chú"]
    assert guessed(headings) == {"act": 1, "location": 2, "note": 4}
    assert lists.remembered(desk.mine, headings) == guessed(headings)
    chosen = {"act": 1, "location": 2, "quote": 3}
    lists.remember(desk.mine, "BXD", headings, chosen)
    assert lists.remembered(desk.mine, headings) == chosen
    assert lists.remembered(desk.other, headings) == guessed(headings)
    with pytest.raises(RasoatError, match="RS-714"):
        lists.remember(desk.mine, "BXD", headings, {"act": 1})
    with pytest.raises(Forbidden):
        lists.remember(desk.mine, "BYT", headings, chosen)


def _free_unit(desk: Desk) -> tuple[str, str, str]:
    """Return number, label and words of a provision without a finding."""
    with desk.workbench.store.read() as db:
        row = db.execute(
            select(t.acts.c.number, t.provisions.c.label, t.provisions.c.text)
            .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
            .outerjoin(t.findings, t.findings.c.provision_id == t.provisions.c.id)
            .where(
                t.acts.c.agency == "BXD",
                t.acts.c.campaign_id == desk.campaign,
                t.provisions.c.level == "khoan",
                ~t.provisions.c.quoted,
                t.findings.c.id.is_(None),
                t.provisions.c.path.like("dieu-%"),
            )
            .limit(1)
        ).one()
    return row.number, row.label, row.text


def test_rows_of_an_own_list_are_found_and_become_findings_by_a_click(desk: Desk) -> None:
    bench = desk.workbench
    number, label, text = _free_unit(desk)
    known = bench.findings.get(desk.mine, desk.findings[0]).row
    words = " ".join(text.split()[1:4])
    matches = bench.own_lists.match(
        desk.mine,
        desk.campaign,
        [
            ListRow(2, {"act": f"Thông tư số {number}", "location": label, "quote": words}),
            ListRow(3, {"act": number, "location": "Điều 999"}),
            ListRow(4, {"act": "999/2099/TT-XYZ", "location": "Điều 1"}),
            ListRow(5, {"act": known.number, "location": known.label, "quote": known.quote}),
            ListRow(6, {"act": number, "location": label, "quote": "không có cụm này"}),
        ],
    )
    assert [match.ready for match in matches] == [True, False, False, False, False]
    assert matches[3].finding_id is not None
    file = SentFile("danh-sach", "ds.xlsx", "0" * 64, 5)
    done = bench.own_lists.add(desk.mine, desk.campaign, file, matches, "A1", 4)
    assert (done.findings, done.refused) == (1, ())
    with bench.store.read() as db:
        added = db.execute(
            select(t.findings)
            .join(t.exchange_changes, t.exchange_changes.c.finding_id == t.findings.c.id)
            .where(t.exchange_changes.c.import_id == done.import_id)
        ).one()
    assert (added.origin, added.state) == ("nguoi", "xac_nhan")
