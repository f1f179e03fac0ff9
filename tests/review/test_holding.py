"""«Toàn bộ dữ liệu»: every table is accounted for, and nobody takes along what a screen keeps back."""

from __future__ import annotations

import pytest

from review.errors import Forbidden, NotFound
from review.people.permission import TABLE
from review.records import OpinionInput, ProposalInput
from review.reports.holding import holdings, left_out
from review.store import tables as t
from tests.review.conftest import Desk, document
from tests.review.test_opinion import AGAINST, COMPLETE, speak, submitted


def rows(desk: Desk, name: str, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in desk.bench.holdings.rows(desk[name], desk.campaign.id, table)]


def test_every_table_is_given_out_or_left_out_with_a_reason() -> None:
    assert {*holdings(), *left_out()} == set(t.metadata.tables)
    assert not set(holdings()) & set(left_out())


def test_every_table_is_read_under_a_known_permission() -> None:
    assert {holding.action for holding in holdings().values()} <= set(TABLE.actions)


def test_every_column_has_a_meaning_and_no_secret_is_a_column() -> None:
    for holding in holdings().values():
        assert all(holding.columns.values()), holding.name
        assert not {"password_hash", "token_hash", "secret_hash"} & set(holding.columns)


@pytest.mark.parametrize("table", holdings())
def test_every_table_can_be_read(desk: Desk, table: str) -> None:
    submitted(desk)
    operator = desk.bench.people.operator()
    for row in desk.bench.holdings.rows(operator, desk.campaign.id, table):
        assert list(row) == list(holdings()[table].columns)


def test_a_ministry_takes_its_own_rows_along_and_no_others(desk: Desk) -> None:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    desk.load(document("903/2019/TT-BYT", "1. Nộp bản sao sổ hộ khẩu."), by="")
    assert {row["agency"] for row in rows(desk, "ha", "acts")} == {"BXD"}
    own = {row["id"] for row in rows(desk, "ha", "findings")}
    everyone = {row["id"] for row in rows(desk, "dung", "findings")}
    assert own < everyone
    texts = {row["version_id"] for row in rows(desk, "ha", "provisions")}
    assert texts == {row["id"] for row in rows(desk, "ha", "act_versions")}


def test_the_history_of_a_finding_goes_along_with_who_wrote_it(desk: Desk) -> None:
    finding = submitted(desk)
    told = [row for row in rows(desk, "ha", "decisions") if row["finding_id"] == finding]
    assert [row["action"] for row in told] == ["confirm", "propose", "submit"]
    assert told[0]["written_by_name"] == desk["ha"].name


def test_closed_opinions_stay_with_their_member(desk: Desk) -> None:
    finding = submitted(desk)
    speak(desk, finding, "long", AGAINST)
    speak(desk, finding, "nam")

    def told(name: str) -> set[object]:
        return {row["member"] for row in rows(desk, name, "opinions")}

    assert told("linh") == {"BTP"}  # a colleague of the member that spoke
    assert told("nam") == {"BCA"}
    assert told("dung") == told("ha") == set()
    speak(desk, finding, "phuong")
    assert told("dung") == told("ha") == told("nam") == {"BTP", "BCA", "VPCP"}


def test_a_draft_proposal_does_not_leave_its_ministry(desk: Desk) -> None:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, 1)
    desk.bench.proposals.save(desk["ha"], row.id, 0, ProposalInput("BB", reason="Riêng của bộ."))
    assert [one["reason"] for one in rows(desk, "ha", "proposals")] == ["Riêng của bộ."]
    assert rows(desk, "dung", "proposals") == []
    desk.bench.proposals.save(desk["ha"], row.id, 1, COMPLETE)
    desk.bench.proposals.submit(desk["minh"], row.id, 2)
    assert [one["reason"] for one in rows(desk, "dung", "proposals")] == [COMPLETE.reason]


def test_the_log_keeps_from_an_administrator_what_the_screen_keeps(desk: Desk) -> None:
    finding = submitted(desk)
    speak(desk, finding, "long", OpinionInput("khong", reason="Kín đến khi mở."))
    admin = next(name for name, one in desk.people.items() if "quan_tri" in one.roles())
    events = rows(desk, admin, "audit_events")
    assert any(row["table_name"] == "opinions" for row in events)
    assert "Kín đến khi mở." not in repr(events)


def test_drafts_are_ones_own(desk: Desk) -> None:
    desk.bench.drafts.save(desk["ha"], "ghi-chu", {"chu": "của Hà"})
    assert [row["key"] for row in rows(desk, "ha", "drafts")] == ["ghi-chu"]
    assert rows(desk, "minh", "drafts") == []


def test_what_may_not_be_read_is_refused_and_not_offered(desk: Desk) -> None:
    campaign, stamp = desk.bench.reports.origin(desk["ha"], desk.campaign.id)
    offered = {
        one.name for one in desk.bench.holdings.inventory(desk["ha"], campaign, stamp).tables
    }
    assert {"acts", "provisions", "findings", "decisions", "proposals", "opinions"} <= offered
    assert not {"audit_events", "people", "sessions"} & offered
    with pytest.raises(Forbidden):
        rows(desk, "ha", "audit_events")
    with pytest.raises(NotFound):
        rows(desk, "ha", "sessions")
