"""Role × action × state, complete: every call that changes the review, tried by every role in every
state, on real services. What is not said here to be allowed must be refused and change nothing.

Nothing is ever stored: writes are rolled back at their end, so every try meets the same rows. The
tables of states are in ``test_state``, ``test_submission``; who may at all is in ``test_permission``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from corpus.errors import RasoatError
from review.errors import Forbidden
from review.records import (
    CampaignAgency,
    CampaignInput,
    ConclusionInput,
    MeetingInput,
    Membership,
    OpinionInput,
    Person,
    ProposalInput,
)
from review.records.programme import ProjectInput
from review.settings import Settings
from review.state import FINDING_STATES, FOLLOWED_UP, SUBMISSION_STATES
from review.store import tables as t
from review.store.engine import Store
from tests.review import test_submission as submissions
from tests.review.conftest import PASSWORD, Clock, Desk, build, document, furnish
from tests.review.test_permission import METHODS, NEEDS_NO_ENTRY, ROLES, WRITES
from tests.review.test_state import EXPECTED

# --- the world: findings, reports and meetings in every state ---------------------------------

BXD_ROLES = {"nguoi_ra_soat", "phap_che_bo", "so_tu_phap", "soan_thao"}
AGREE = OpinionInput("thong_nhat")
AGAINST = OpinionInput("khong", reason="Chưa có dữ liệu.")
ADDED = {"so": ("so_tu_phap", "BXD")}
STRANGER = "lan"  # phap_che_bo of another ministry


@dataclass(frozen=True)
class Found:
    """A finding as the person on whose screen it stands sees it."""

    id: int
    version: int
    proposal: int
    question: int
    opinions: dict[str, int]
    conclusion: int | None
    entry: int | None
    twin: int  # another finding of the same wording


@dataclass
class World:
    desk: Desk
    people: dict[str, Person]  # name → person; the roles of the whole table
    findings: dict[str, Found]  # state → finding
    campaigns: dict[str, int]  # state of BXD's report → campaign
    meetings: dict[str, int]  # state → meeting
    agenda: int
    project: int

    def tally(self) -> list[int]:
        """How many rows there are of everything that people write."""
        tables = (t.decisions, t.proposals, t.opinions, t.openings, t.conclusions, t.claims,
                  t.thread_entries, t.questions, t.answers, t.merges, t.submissions,
                  t.meeting_decisions, t.meeting_conclusions, t.audit_events)  # fmt: skip
        with self.desk.store.read() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def confirm(desk: Desk, one: int) -> None:
    desk.bench.findings.confirm(desk["ha"], one, version_of(desk, one))


def propose(desk: Desk, one: int) -> None:
    confirm(desk, one)
    entered = ProposalInput("BB", "", "Dữ liệu đã có.", "Thông tư", "BXD")
    desk.bench.proposals.save(desk["ha"], one, 0, entered)


def submit(desk: Desk, one: int) -> None:
    propose(desk, one)
    desk.bench.proposals.submit(desk["minh"], one, 1)


def speak(desk: Desk, one: int, *said: OpinionInput) -> None:
    submit(desk, one)
    for name, opinion in zip(("long", "nam", "phuong"), said, strict=False):
        desk.bench.opinions.give(desk[name], one, opinion)


def conclude(desk: Desk, one: int, outcome: str) -> None:
    speak(desk, one, AGREE, AGAINST, AGREE)
    entered = ConclusionInput(outcome, "mot_phan", reason="Cần chuyển tiếp.")
    desk.bench.conclusions.compose(desk["son"], one, entered)


def send_back(desk: Desk, one: int) -> None:
    conclude(desk, one, "conclude")
    desk.bench.opinions.send_back(desk["son"], one, version_of(desk, one), "Đề nghị giải trình.")


def answer(desk: Desk, one: int) -> None:
    send_back(desk, one)
    desk.bench.thread.answer(desk["minh"], one, "giai_trinh", "Chưa kết nối.")


def escalate(desk: Desk, one: int) -> None:
    conclude(desk, one, "disagree")
    desk.bench.conclusions.escalate(desk["son"], one, version_of(desk, one), "Hai phương án.")


def rule(desk: Desk, one: int) -> None:
    escalate(desk, one)
    desk.bench.conclusions.record_ruling(desk["son"], one, version_of(desk, one), "Đồng ý.")


def agree(desk: Desk, one: int) -> None:
    speak(desk, one, AGREE, AGREE, AGREE)


def approve(desk: Desk, one: int) -> None:
    propose(desk, one)
    desk.bench.proposals.approve(desk["minh"], one, 1)


# How a finding comes into a state; what is followed up was agreed.
WAYS: dict[str, Callable[[Desk, int], object]] = {
    "goi_y": lambda desk, one: None,
    "can_hoi": lambda desk, one: desk.bench.findings.ask(
        desk["ha"], one, version_of(desk, one), "Còn áp dụng không?"
    ),
    "xac_nhan": confirm,
    "loai_bo": lambda desk, one: desk.bench.findings.reject(
        desk["ha"], one, version_of(desk, one), "N10"
    ),
    "bo_de_xuat": propose,
    "bo_da_duyet": approve,
    "trinh_tct": submit,
    "cho_y_kien": lambda desk, one: speak(desk, one, AGREE),
    "co_y_kien_doc_lap": lambda desk, one: speak(desk, one, AGREE, AGAINST, AGREE),
    "tra_lai_bo": send_back,
    "bo_tiep_thu_giai_trinh": answer,
    "thong_nhat": agree,
    "chua_thong_nhat": lambda desk, one: conclude(desk, one, "disagree"),
    "vuot_tham_quyen": lambda desk, one: conclude(desk, one, "exceed"),
    "trinh_ttg": escalate,
    "co_ket_luan": rule,
    **dict.fromkeys(FOLLOWED_UP, agree),
}


def version_of(desk: Desk, one: int) -> int:
    with desk.store.read() as db:
        return db.scalar(select(t.findings.c.version).where(t.findings.c.id == one)) or 0


def newest(db: Connection, column: Any, one: int) -> int | None:
    return db.scalar(select(func.max(column)).where(column.table.c.finding_id == one))


def found(desk: Desk, one: int, twin: int) -> Found:
    with desk.store.read() as db:
        spoken = dict(
            db.execute(
                select(t.opinions.c.member, func.max(t.opinions.c.id))
                .where(t.opinions.c.finding_id == one)
                .group_by(t.opinions.c.member)
            )
            .tuples()
            .all()
        )
        return Found(
            one,
            version_of(desk, one),
            newest(db, t.proposals.c.version, one) or 0,
            newest(db, t.questions.c.id, one) or 0,
            spoken,
            newest(db, t.conclusions.c.id, one),
            newest(db, t.thread_entries.c.id, one),
            twin,
        )


def reports(desk: Desk) -> dict[str, int]:
    """One campaign for every state of a report."""
    made = {}
    for state, way in submissions.WAY.items():
        entered = CampaignInput(
            f"bao-cao-{state}",
            state,
            date(2026, 11, 1),
            agencies=(CampaignAgency("BXD", "", None),),
        )
        made[state] = desk.bench.campaigns.add(desk["son"], entered).id
        own = replace(desk, campaign=desk.bench.campaigns.get(desk["son"], made[state]))
        for action in way:
            submissions.take(own, action)
    return made


def hold(desk: Desk) -> dict[str, int]:
    """One meeting in every state, each ready for its next step."""
    bench, secretary = desk.bench, desk["cuong"]
    made = {}
    for state in ("du_kien", "dang_hop", "da_ket_thuc"):
        entered = MeetingInput(state, date(2026, 11, 25), agencies=("BXD",))
        view = bench.meetings.add(secretary, desk.campaign.id, entered)
        made[state] = view.row.id
        if state == "du_kien":
            continue
        there = [replace(one, present=True) for one in view.attendance]
        view = bench.meetings.attend(secretary, view.row.id, view.row.version, there)
        view = bench.meetings.start(secretary, view.row.id, view.row.version)
        bench.meetings.conclude(secretary, view.row.id, "Kết luận.")
        if state == "da_ket_thuc":
            bench.meetings.close(secretary, view.row.id, view.row.version)
    return made


def own_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A furnished store of this module's own, on the engine that ``request`` names."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("the-gioi") / "desk.db"
        shutil.copy(request.getfixturevalue("furnished_sqlite"), path)
        return Store(f"sqlite:///{path}", Clock())
    store = Store(request.getfixturevalue("cluster").create("t1"), Clock())
    furnish(build(store, Settings()))
    return store


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    store = own_store(request, tmp_path_factory)
    bench = build(store, Settings())
    operator = bench.people.operator()
    for name, held in ADDED.items():
        bench.people.create(operator, f"{name}.thu", name, PASSWORD, (Membership(*held),))
    people = {one.username.removesuffix(".thu"): one for one in bench.people.list_people(operator)}
    campaign = bench.campaigns.list(operator)[0]
    desk = Desk(bench, store, store.clock, Settings(), campaign, people)  # type: ignore[arg-type]
    desk.load(document("902/2019/TT-BXD", *["1. Nộp bản sao sổ hộ khẩu."] * (len(WAYS) + 1)))
    rows = [row.id for row in desk.findings("ha")]
    for (state, way), one in zip(WAYS.items(), rows, strict=False):
        way(desk, one)
        if state in FOLLOWED_UP:
            with store.write() as db:
                db.execute(update(t.findings).where(t.findings.c.id == one).values(state=state))
    project = bench.projects.add(
        desk["son"], campaign.id, ProjectInput("Sửa đổi thông tư", "thong-tu", "BXD", 2026)
    )
    made = World(desk, people, {}, reports(desk), hold(desk), rows[list(WAYS).index("trinh_tct")], project.id)  # fmt: skip
    made.findings = {
        state: found(desk, one, rows[-1]) for state, one in zip(WAYS, rows, strict=False)
    }

    @contextmanager
    def rehearse() -> Iterator[Connection]:
        with store.engine.connect() as connection:
            connection = connection.execution_options(rasoat_writes=True)
            with connection.begin() as transaction:
                yield connection
                transaction.rollback()

    store.write = rehearse  # type: ignore[method-assign]
    yield made
    bench.close()


def outcome(call: Callable[[], object]) -> str:
    """«done», «forbidden», or «refused»."""
    try:
        call()
    except Forbidden:
        return "forbidden"
    except RasoatError:
        return "refused"
    return "done"


def differing(
    world: World, tries: Iterator[tuple[str, str, Callable[[], object], str]]
) -> list[str]:
    """Return the tries, as «who, state: what came instead», that did not go as expected."""
    before = world.tally()
    wrong = []
    for name, state, call, expected in tries:
        came = outcome(call)
        if came != expected:
            wrong.append(f"{name}, {state}: {came} thay vì {expected}")
    assert world.tally() == before
    return wrong


def may(name: str, person: Person, action: str) -> bool:
    """Whether the tables of ``test_permission`` let the person do this to the work of BXD."""
    return any(
        held.role in WRITES[action] and (held.role not in BXD_ROLES or held.agency == "BXD")
        for held in person.memberships
    )


def test_every_role_is_tried(world: World) -> None:
    tried = {m.role for one in world.people.values() for m in one.memberships if m.agency == "BXD"}
    elsewhere = {m.role for one in world.people.values() for m in one.memberships}
    assert tried >= BXD_ROLES
    assert elsewhere == set(ROLES)
    assert world.people[STRANGER].memberships == (Membership("phap_che_bo", "BYT"),)


def test_the_world_has_a_finding_in_every_state(world: World) -> None:
    assert set(WAYS) == set(FINDING_STATES)
    with world.desk.store.read() as db:
        states = {
            state: db.scalar(select(t.findings.c.state).where(t.findings.c.id == one.id))
            for state, one in world.findings.items()
        }
    assert states == {state: state for state in FINDING_STATES}


# --- findings ---------------------------------------------------------------------------------

Call = Callable[[Any, Person, Found], object]
PROPOSAL = ProposalInput("BB", "", "Lý do.", "Thông tư", "BXD")


def _speaker(person: Person, one: Found) -> int | None:
    members = {"tct_da06": "TCTTKĐA", "chuyen_gia": f"CG-{person.id}"}
    for held in person.memberships:
        member = members.get(held.role, held.agency)
        if member in one.opinions:
            return one.opinions[member]
    return None


def _compose(decided: str) -> Call:
    entered = ConclusionInput(decided, "mot_phan", reason="Lý do.")
    return lambda b, who, one: b.conclusions.compose(who, one.id, entered, one.conclusion)


def steps(action: str) -> set[str]:
    """The states from which ``test_state`` lets the action be taken."""
    return {state for state, ways in EXPECTED.items() if action in ways}


# What is called, how, and in which states it may be done. The N22 merge and the decision for a set
# are the steps reject and confirm; undoing a merge is the step reopen on what was merged.
FINDING: dict[str, tuple[str, Call, set[str]]] = {
    "confirm": ("findings.confirm", lambda b, who, one: b.findings.confirm(who, one.id, one.version), steps("confirm")),
    "reject": ("findings.reject", lambda b, who, one: b.findings.reject(who, one.id, one.version, "N10"), steps("reject")),
    "ask": ("findings.ask", lambda b, who, one: b.findings.ask(who, one.id, one.version, "Hỏi?"), steps("ask")),
    "reopen": ("findings.reopen", lambda b, who, one: b.findings.reopen(who, one.id, one.version), steps("reopen")),
    "edit": (
        "findings.edit",
        lambda b, who, one: b.findings.edit(who, one.id, one.version, category="A2"),
        {"goi_y", "can_hoi", "xac_nhan", "bo_de_xuat", "tra_lai_bo"},
    ),
    "answer a question": (
        "questions.answer",
        lambda b, who, one: b.questions.answer(who, one.question, "Trả lời."),
        {"can_hoi"},
    ),
    "merge": (
        "duplicates.merge",
        lambda b, who, one: b.duplicates.merge(who, one.id, one.version, one.twin),
        steps("reject"),
    ),
    "part": ("duplicates.undo", lambda b, who, one: b.duplicates.undo(who, one.id, one.version), set()),
    "claim": ("claims.claim", lambda b, who, one: b.claims.claim(who, one.id), set(FINDING_STATES)),
    "take over": ("claims.take_over", lambda b, who, one: b.claims.take_over(who, one.id, "Nghỉ."), set(FINDING_STATES)),
    "let go": ("claims.release", lambda b, who, one: b.claims.release(who, one.id), set(FINDING_STATES)),
    "propose": ("proposals.save", lambda b, who, one: b.proposals.save(who, one.id, one.proposal, PROPOSAL), steps("propose")),
    "approve": ("proposals.approve", lambda b, who, one: b.proposals.approve(who, one.id, one.proposal), steps("approve")),
    "submit": ("proposals.submit", lambda b, who, one: b.proposals.submit(who, one.id, one.proposal), steps("submit")),
    "speak": (
        "opinions.give",
        lambda b, who, one: b.opinions.give(who, one.id, AGREE, seen=_speaker(who, one)),
        steps("speak"),
    ),
    "open": ("opinions.open", lambda b, who, one: b.opinions.open(who, one.id, one.version, "Cần họp."), steps("open")),
    "conclude": ("conclusions.compose", _compose("conclude"), steps("conclude")),
    "agree": ("conclusions.compose", _compose("agree"), steps("agree")),
    "disagree": ("conclusions.compose", _compose("disagree"), steps("disagree")),
    "exceed": ("conclusions.compose", _compose("exceed"), steps("exceed")),
    "send back": ("opinions.send_back", lambda b, who, one: b.opinions.send_back(who, one.id, one.version, "Lý do."), steps("send_back")),
    "answer": (
        "thread.answer",
        lambda b, who, one: b.thread.answer(who, one.id, "giai_trinh", "Lý do.", seen=one.entry),
        steps("answer"),
    ),
    "reply": (
        "thread.reply",
        lambda b, who, one: b.thread.reply(who, one.id, "Đã nhận.", seen=one.entry),
        {"tra_lai_bo", "bo_tiep_thu_giai_trinh", "chua_thong_nhat"},
    ),
    "escalate": ("conclusions.escalate", lambda b, who, one: b.conclusions.escalate(who, one.id, one.version, "Lý do."), steps("escalate")),
    "rule": ("conclusions.record_ruling", lambda b, who, one: b.conclusions.record_ruling(who, one.id, one.version, "Ý kiến."), steps("rule")),
}  # fmt: skip


@pytest.mark.parametrize("name", FINDING)
def test_finding(world: World, name: str) -> None:
    action, call, states = FINDING[name]

    def tries() -> Iterator[tuple[str, str, Callable[[], object], str]]:
        for who, person in world.people.items():
            for state, one in world.findings.items():
                expected = "forbidden"
                if may(who, person, action):
                    expected = "done" if state in states else "refused"
                if action == "questions.answer" and not one.question:
                    expected = "refused"  # there is no such question, whoever asks
                yield (
                    who,
                    state,
                    lambda p=person, o=one: call(world.desk.bench, p, o),  # type: ignore[misc]
                    expected,
                )

    assert differing(world, tries()) == []


def test_a_set_decides_what_may_be_decided_and_lists_the_rest(world: World) -> None:
    """«Quyết định cho n điều khoản»: the same steps, but what cannot be decided is left out."""
    chosen = [(one.id, one.version) for one in world.findings.values()]
    by_id = {one.id: state for state, one in world.findings.items()}
    for action in ("confirm", "reject"):
        code = "N10" if action == "reject" else ""
        result = world.desk.bench.same_wording.apply(world.people["ha"], chosen, action, code)
        assert {by_id[row.id] for row in result.done} == steps(action)
        assert {by_id[row.id] for row, _ in result.left} == set(FINDING_STATES) - steps(action)
    for name, person in world.people.items():
        allowed = may(name, person, "same_wording.apply")
        came = outcome(lambda p=person: world.desk.bench.same_wording.apply(p, chosen, "confirm"))  # type: ignore[misc]
        assert came == ("done" if allowed else "forbidden"), name


def test_only_what_is_settled_enters_the_programme(world: World) -> None:
    for name, person in world.people.items():
        for state, one in world.findings.items():
            came = outcome(
                lambda p=person, o=one: _carried(world, p, o)  # type: ignore[misc]
            )
            if not may(name, person, "projects.carry"):
                assert came == "forbidden", (name, state)
            else:
                assert came == ("done" if state in steps("schedule") else "refused"), (name, state)


def _carried(world: World, person: Person, one: Found) -> None:
    count = world.desk.bench.projects.carry(person, world.project, [one.id])
    assert count == 1


# --- reports of ministries --------------------------------------------------------------------


@pytest.mark.parametrize("action", [name for name in WRITES if name.startswith("submissions.")])
def test_report(world: World, action: str) -> None:
    step = action.removeprefix("submissions.")
    service = world.desk.bench.submissions

    def call(person: Person, campaign: int, state: str) -> object:
        version = len(submissions.WAY[state])
        note = () if step == "start" else ("Lý do.",)
        return getattr(service, step)(person, campaign, "BXD", version, *note)

    def tries() -> Iterator[tuple[str, str, Callable[[], object], str]]:
        for who, person in world.people.items():
            for state, campaign in world.campaigns.items():
                expected = "forbidden"
                if may(who, person, action):
                    expected = "done" if step in submissions.EXPECTED[state] else "refused"
                yield who, state, lambda p=person, c=campaign, s=state: call(p, c, s), expected  # type: ignore[misc]

    assert set(world.campaigns) == set(SUBMISSION_STATES)
    assert differing(world, tries()) == []


# --- meetings ---------------------------------------------------------------------------------

RUNNING, OPEN = {"dang_hop"}, {"du_kien", "dang_hop"}
MEETING: dict[str, tuple[Callable[[Any, Person, int, int, World], object], set[str]]] = {
    "meetings.change": (
        lambda s, who, one, version, w: s.change(
            who, one, version, MeetingInput("Đổi tên", date(2026, 11, 26), agencies=("BXD",))
        ),
        OPEN,
    ),
    "meetings.arrange": (lambda s, who, one, version, w: s.arrange(who, one, version, [w.agenda]), OPEN),
    "meetings.fill": (lambda s, who, one, version, w: s.fill(who, one, version), OPEN),
    "meetings.attend": (lambda s, who, one, version, w: s.attend(who, one, version, []), OPEN),
    "meetings.start": (lambda s, who, one, version, w: s.start(who, one, version), {"du_kien"}),
    "meetings.close": (lambda s, who, one, version, w: s.close(who, one, version), RUNNING),
    "meetings.decide": (
        lambda s, who, one, version, w: s.decide(who, one, w.agenda, "thong_nhat", "Thống nhất."),
        RUNNING,
    ),
    "meetings.conclude": (
        lambda s, who, one, version, w: s.conclude(who, one, "Kết luận lại.", _concluded(w, one)),
        RUNNING,
    ),
}  # fmt: skip


def _concluded(world: World, meeting: int) -> int | None:
    with world.desk.store.read() as db:
        of_meeting = t.meeting_conclusions.c.meeting_id == meeting
        return db.scalar(select(func.max(t.meeting_conclusions.c.id)).where(of_meeting))


@pytest.mark.parametrize("action", MEETING)
def test_meeting(world: World, action: str) -> None:
    call, states = MEETING[action]
    with world.desk.store.read() as db:
        versions = dict(db.execute(select(t.meetings.c.id, t.meetings.c.version)).tuples().all())

    def tries() -> Iterator[tuple[str, str, Callable[[], object], str]]:
        for who, person in world.people.items():
            for state, one in world.meetings.items():
                expected = "forbidden"
                if may(who, person, action):
                    expected = "done" if state in states else "refused"
                yield (
                    who,
                    state,
                    lambda p=person, m=one: call(
                        world.desk.bench.meetings, p, m, versions[m], world
                    ),  # type: ignore[misc]
                    expected,
                )

    assert differing(world, tries()) == []


# --- nothing is left out ----------------------------------------------------------------------

# Writes of the review whose object has no state that could forbid them, or whose state is tried
# elsewhere by name; who may is in ``test_permission`` all the same.
WITHOUT_STATE = {
    "findings.add_manual": "makes a finding",
    "claims.claim_next": "claims what claims.claim may claim",
    "same_wording.apply": "test_a_set_decides_what_may_be_decided_and_lists_the_rest",
    "same_wording.undo": "the step reopen on each of the set",
    "assignments.assign": "an act may be given away in every state",
    "assignments.take": "an act may be taken in every state",
    "handovers.take_over": "moves what waits, in whatever state it is",
    "library.assign": "an act may change its agency in every state",
    "library.sign_off": "test_library: only without findings undecided or recognised",
    "library.load": "makes acts",
    "library.load_files": "makes acts",
    "library.load_paths": "makes acts",
    "campaigns.add": "makes a campaign",
    "campaigns.change": "a campaign may be corrected in every state",
    "meetings.add": "makes a meeting",
    "projects.carry": "test_only_what_is_settled_enters_the_programme",
}
# The services of the review proper; the others have their own tests of states.
REVIEW = {
    "findings", "claims", "assignments", "questions", "duplicates", "same_wording", "handovers",
    "submissions", "proposals", "opinions", "conclusions", "thread", "meetings", "library", "campaigns",
}  # fmt: skip


def test_every_write_of_the_review_is_tried() -> None:
    tried = {action for action, _, _ in FINDING.values()} | set(MEETING) | set(WITHOUT_STATE)
    tried |= {name for name in WRITES if name.startswith("submissions.")}
    of_the_review = {name for name in WRITES if name.split(".")[0] in REVIEW}
    assert of_the_review <= tried, "thao tác ghi chưa có trong bảng vai trò × thao tác × trạng thái"
    assert tried <= set(WRITES)
    assert not set(WRITES) & set(NEEDS_NO_ENTRY)
    assert set(WRITES) <= set(METHODS)
