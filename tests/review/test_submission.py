"""Reports of ministries: every step and every forbidden one, frozen rows, what changed since."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import text

from corpus.errors import RasoatError
from review.campaigns.submission import STEPS
from review.errors import Conflict, Forbidden
from review.records import SubmissionView
from review.state import SUBMISSION_STATES
from tests.review.conftest import Desk, document

# What leads from each state where; everything else is refused.
EXPECTED = {
    "chua_nop": {"start": "du_thao", "send": "da_nop"},
    "du_thao": {"send": "da_nop"},
    "da_nop": {"withdraw": "du_thao", "give_back": "tra_lai", "receive": "da_tiep_nhan"},
    "tra_lai": {"start": "du_thao", "send": "da_nop"},
    "da_tiep_nhan": {"consolidate": "da_tong_hop", "supplement": "da_nop"},
    "da_tong_hop": {"supplement": "da_nop"},
}
WAY = {
    "chua_nop": [],
    "du_thao": ["start"],
    "da_nop": ["send"],
    "tra_lai": ["send", "give_back"],
    "da_tiep_nhan": ["send", "receive"],
    "da_tong_hop": ["send", "receive", "consolidate"],
}
BY = {"give_back": "son", "receive": "son", "consolidate": "son"}


def take(desk: Desk, action: str, by: str = "", note: str = "Lý do.") -> SubmissionView:
    person = desk[by or BY.get(action, "minh")]
    here = desk.bench.submissions.get(person, desk.campaign.id, "BXD")
    words = {} if action == "start" else {"note": note}
    step = getattr(desk.bench.submissions, action)
    return step(person, desk.campaign.id, "BXD", here.version, **words)


def test_the_table_names_every_state() -> None:
    assert set(EXPECTED) == set(WAY) == set(SUBMISSION_STATES)


@pytest.mark.parametrize("state", SUBMISSION_STATES)
def test_what_may_follow_a_state(desk: Desk, act, state: str) -> None:
    desk.load(act)
    for action in WAY[state]:
        take(desk, action)
    before = desk.bench.submissions.get(desk["minh"], desk.campaign.id, "BXD")
    assert before.state == state
    for action in STEPS:
        if action not in EXPECTED[state]:
            with pytest.raises(RasoatError, match="RS-565"):
                take(desk, action)
    assert desk.bench.submissions.get(desk["minh"], desk.campaign.id, "BXD") == before
    for action, target in EXPECTED[state].items():
        assert STEPS[action].target == target
        assert state in STEPS[action].sources


@pytest.mark.parametrize(("way", "action"), [(["send"], "withdraw"), (["send"], "give_back")])
def test_taking_back_and_returning_need_a_reason(
    desk: Desk, act, way: list[str], action: str
) -> None:
    desk.load(act)
    for step in way:
        take(desk, step)
    with pytest.raises(RasoatError, match="RS-566"):
        take(desk, action, note=" ")
    assert take(desk, action, note="Thiếu phụ lục.").steps[0].note == "Thiếu phụ lục."


def test_late_is_what_was_sent_after_the_agencys_own_deadline(desk: Desk, act) -> None:
    desk.load(act)
    waiting = desk.bench.submissions.list(desk["son"], desk.campaign.id)
    # Today is 23/11/2026; Bộ Xây dựng had until 20/11, Bộ Y tế until the campaign's 01/12.
    assert {one.agency: one.late for one in waiting} == {"BXD": True, "BYT": False}
    sent = take(desk, "send")
    assert (sent.late, sent.sent.isoformat(), sent.steps[0].late) == (True, "2026-11-23", True)
    first = desk.bench.submissions.send(desk["lan"], desk.campaign.id, "BYT", 0)
    assert first.late is False
    desk.clock.forward(days=30)
    desk.bench.submissions.receive(desk["son"], desk.campaign.id, "BYT", 1)
    later = desk.bench.submissions.supplement(desk["lan"], desk.campaign.id, "BYT", 2)
    assert (later.late, later.sent) == (False, first.sent)


def test_the_snapshot_is_canonical_and_hashed(desk: Desk, act) -> None:
    desk.load(act)
    desk.bench.findings.confirm(desk["ha"], desk.findings()[0].id, 1)
    kept = take(desk, "send").snapshot
    assert kept is not None
    content = desk.bench.submissions.content(desk["son"], desk.campaign.id, "BXD", kept.id)
    assert hashlib.sha256(content.encode()).hexdigest() == kept.digest
    rows = json.loads(content)
    again = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == content
    assert (len(rows["van_ban"]), len(rows["phat_hien"])) == (kept.acts, kept.findings) == (1, 2)
    assert [row["state"] for row in rows["phat_hien"]] == ["xac_nhan", "goi_y"]


def test_later_work_never_changes_a_snapshot_and_is_listed(desk: Desk, act) -> None:
    desk.load(act)
    kept = take(desk, "send").snapshot
    assert kept is not None
    before = desk.bench.submissions.content(desk["minh"], desk.campaign.id, "BXD", kept.id)
    assert desk.bench.submissions.differences(desk["minh"], desk.campaign.id, "BXD") == []
    desk.bench.findings.confirm(desk["ha"], desk.findings()[0].id, 1)
    desk.load(document("950/2020/TT-BXD", "1. Nộp sổ hộ khẩu."))
    found = desk.bench.submissions.differences(desk["son"], desk.campaign.id, "BXD")
    assert [(one.kind, one.what) for one in found] == [
        ("doi", "van_ban"),
        ("them", "van_ban"),
        ("doi", "phat_hien"),
        ("them", "phat_hien"),
    ]
    assert found[2].changed["state"] == ("goi_y", "xac_nhan")
    assert found[2].name.endswith("902/2019/TT-BXD")
    after = desk.bench.submissions.content(desk["minh"], desk.campaign.id, "BXD", kept.id)
    assert after == before


def test_a_proposal_still_being_written_is_not_sent(desk: Desk, act) -> None:
    from review.records import ProposalInput

    desk.load(act)
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, 1)
    desk.bench.proposals.save(desk["ha"], row.id, 0, ProposalInput("BB", reason="Bí mật."))
    kept = take(desk, "send").snapshot
    assert kept is not None
    content = desk.bench.submissions.content(desk["son"], desk.campaign.id, "BXD", kept.id)
    assert "Bí mật." not in content


def test_two_who_step_at_once_meet(desk: Desk, act) -> None:
    desk.load(act)
    take(desk, "send")
    desk.bench.submissions.give_back(desk["son"], desk.campaign.id, "BXD", 1, "Thiếu.")
    with pytest.raises(Conflict) as refused:
        desk.bench.submissions.withdraw(desk["minh"], desk.campaign.id, "BXD", 1, "Sửa.")
    assert refused.value.who == "Son"
    assert refused.value.theirs["note"] == "Thiếu."


def test_a_ministry_sees_its_own_report_only(desk: Desk, act) -> None:
    desk.load(act)
    take(desk, "send")
    own = desk.bench.submissions.list(desk["lan"], desk.campaign.id)
    assert [one.agency for one in own] == ["BYT"]
    with pytest.raises(Forbidden):
        desk.bench.submissions.get(desk["lan"], desk.campaign.id, "BXD")
    with pytest.raises(RasoatError, match="RS-567"):
        desk.bench.submissions.get(desk["son"], desk.campaign.id, "BCT")
    with pytest.raises(Forbidden):
        take(desk, "receive", by="minh")


def test_a_snapshot_changed_in_the_database_is_found(desk: Desk, act) -> None:
    desk.load(act)
    take(desk, "send")
    assert desk.bench.submissions.verify(desk["vy"]).broken is None
    with desk.store.write() as db:
        if desk.store.sqlite:
            db.execute(text("DROP TRIGGER keep_snapshots_update"))
        else:
            db.execute(text("ALTER TABLE snapshots DISABLE TRIGGER keep_snapshots"))
        db.execute(text("UPDATE snapshots SET content = replace(content, 'goi_y', 'loai_bo')"))
        if not desk.store.sqlite:
            db.execute(text("ALTER TABLE snapshots ENABLE TRIGGER keep_snapshots"))
    assert desk.bench.submissions.verify(desk["vy"]).broken is not None
    with pytest.raises(RasoatError, match="RS-569"):
        take(desk, "receive")
