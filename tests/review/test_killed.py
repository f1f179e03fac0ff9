"""The process is killed while it saves (SIGKILL): every acknowledged write is there, no half one.

The writer is a process of its own, forked, with its own connections. What it has been told is
stored it passes on through a pipe before it goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe

import pytest
from sqlalchemy import event, func, select

from review.records import OpinionInput, ProposalInput
from review.settings import Settings
from review.store import tables as t
from review.store.engine import Store
from tests.review.conftest import Clock, Desk, build, document

FORK = multiprocessing.get_context("fork")
KINDS = ("hỏi", "đề xuất", "ý kiến", "nháp")
KILLS = 4
SECONDS = (0.15, 0.6)  # how long a writer lives after its first round


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    """Three findings: one to ask about, one with a proposal, one before the task force."""
    desk.load(document("902/2019/TT-BXD", *["1. Nộp bản sao sổ hộ khẩu."] * 3))
    found = [row.id for row in desk.findings("ha")]
    for one in found[1:]:
        desk.bench.findings.confirm(desk["ha"], one, 1)
        entered = ProposalInput("BB", "", "Dữ liệu đã có.", "Thông tư", "BXD")
        desk.bench.proposals.save(desk["ha"], one, 0, entered)
    desk.bench.proposals.submit(desk["minh"], found[2], 1)
    return found


def write(url: str, ids: list[int], first: int, told: Pipe) -> None:
    """Write for ever, a different text each time; pass on what has been acknowledged."""
    bench = build(Store(url, Clock()), Settings())
    people = {one.username: one for one in bench.people.list_people(bench.people.operator())}
    ha, long = people["ha.thu"], people["long.thu"]
    asked, drafted, spoken = ids
    for number in range(first, first + 100_000):
        text = f"chữ {number}"
        version = bench.findings.get(ha, asked).row.version
        bench.findings.ask(ha, asked, version, text)  # decision, question, finding, act, events
        told.send(("hỏi", text))
        standing = bench.proposals.get(ha, drafted)
        entered = ProposalInput("SĐ", text, "Dữ liệu đã có.", "Thông tư", "BXD")
        bench.proposals.save(ha, drafted, standing.version, entered)
        told.send(("đề xuất", text))
        own = bench.opinions.board(long, spoken).own
        bench.opinions.give(
            long, spoken, OpinionInput("khong", reason=text), seen=own.id if own else None
        )
        told.send(("ý kiến", text))
        bench.drafts.keep(ha, f"sua:{asked}", "to", {"note": text})
        told.send(("nháp", text))


def killed(url: str, ids: list[int], first: int, live: float) -> list[tuple[str, str]]:
    """Let a writer live for a while after its first round; return what it acknowledged."""
    here, there = FORK.Pipe(duplex=False)
    writer = FORK.Process(target=write, args=(url, ids, first, there))
    writer.start()
    there.close()
    told = []
    for _ in KINDS:  # each kind once, however slow the machine is
        assert here.poll(60), "người ghi không bắt đầu"
        told.append(here.recv())
    time.sleep(live)
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join(10)
    try:
        while here.poll(0):
            told.append(here.recv())
    except (EOFError, OSError):  # the pipe ends, perhaps within a message
        pass
    return told


def stored(desk: Desk, ids: list[int]) -> dict[str, list[str]]:
    bench, lead, member = desk.bench, desk["minh"], desk["long"]
    board = bench.opinions.board(member, ids[2])
    draft = bench.drafts.load(desk["ha"], f"sua:{ids[0]}")
    return {
        "hỏi": [step.note for step in reversed(bench.findings.get(lead, ids[0]).history)],
        "đề xuất": [
            view.input.new_text for view in reversed(bench.proposals.history(lead, ids[1]))
        ],
        "ý kiến": [
            view.input.reason
            for view in [*reversed(board.history), *([board.own] if board.own else [])]
        ],
        "nháp": [str(draft.value["note"])] if draft else [],
    }


def test_every_acknowledged_write_outlives_the_writer(
    desk: Desk, desk_url: str, ids: list[int], make_desk: Callable[..., Desk]
) -> None:
    chance = random.Random(6)
    told: list[tuple[str, str]] = []
    for kill in range(KILLS):
        told += killed(desk_url, ids, kill * 1_000_000, chance.uniform(*SECONDS))
    again = make_desk(desk_url)  # as after a restart
    there = stored(again, ids)
    for kind in KINDS[:-1]:
        acknowledged = [text for what, text in told if what == kind]
        assert len(acknowledged) >= KILLS
        kept = [text for text in there[kind] if text]
        assert [text for text in kept if text in set(acknowledged)] == acknowledged
        # A writer may die between storing and saying so: at most one more each.
        assert len(kept) - len(acknowledged) <= KILLS
    typed = [text for what, text in told if what == "nháp"]
    assert int(there["nháp"][0].split()[1]) >= int(typed[-1].split()[1])


def test_no_write_is_stored_by_half(desk: Desk, desk_url: str, ids: list[int]) -> None:
    chance = random.Random(7)
    for kill in range(KILLS):
        killed(desk_url, ids, kill * 1_000_000, chance.uniform(*SECONDS))
    view = desk.bench.findings.get(desk["minh"], ids[0])
    assert view.row.version == 1 + len(view.history)
    assert len(desk.bench.questions.of(desk["minh"], ids[0])) == len(view.history)
    with desk.store.read() as db:
        steps = db.scalar(
            select(func.count()).where(
                t.decisions.c.finding_id == ids[2], t.decisions.c.action == "speak"
            )
        )
        spoken = db.scalar(select(func.count()).where(t.opinions.c.finding_id == ids[2]))
    assert steps == spoken
    assert desk.bench.audit.verify(desk["vy"]).broken is None


def hold(url: str, one: int, told: Pipe) -> None:
    """Do everything of a decision and stand still before it is committed."""
    store = Store(url, Clock())
    bench = build(store, Settings())
    people = {who.username: who for who in bench.people.list_people(bench.people.operator())}
    version = bench.findings.get(people["ha.thu"], one).row.version

    def stand_still(_connection: object) -> None:
        told.send("đứng")
        time.sleep(60)

    # From here on the first commit is the decision's own.
    event.listen(store.engine, "commit", stand_still)
    bench.findings.ask(people["ha.thu"], one, version, "chưa bao giờ được ghi")


def test_what_was_not_committed_leaves_nothing_and_holds_up_nobody(
    desk: Desk, desk_url: str, ids: list[int]
) -> None:
    before = desk.bench.findings.get(desk["ha"], ids[0])
    events = desk.bench.audit.verify(desk["vy"]).events
    here, there = FORK.Pipe(duplex=False)
    writer = FORK.Process(target=hold, args=(desk_url, ids[0], there))
    writer.start()
    assert here.poll(30)
    assert here.recv() == "đứng"
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join(10)
    assert desk.bench.findings.get(desk["ha"], ids[0]) == before
    assert desk.bench.audit.verify(desk["vy"]).events == events
    started = time.monotonic()
    version = before.row.version
    view = desk.bench.findings.ask(desk["minh"], ids[0], version, "Người sau ghi được ngay.")
    assert time.monotonic() - started < 5
    assert [step.note for step in view.history] == ["Người sau ghi được ngay."]
    assert desk.bench.audit.verify(desk["vy"]).broken is None
