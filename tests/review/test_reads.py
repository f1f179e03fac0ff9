"""Every read of every service, asked by people who must not see: another ministry's work, and
what a ministry has not sent.

The words «BIMAT» stand in whatever Bộ Xây dựng wrote or loaded, «NHAP» in what it has not submitted.
Arguments are found by their names and kinds, so a new read is asked too; one whose argument nobody
knows fails until it is added here.
"""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from corpus.errors import RasoatError
from review.exchange.records import ListRow, SentFile, SentRow
from review.records import (
    MeetingInput,
    Membership,
    OpinionInput,
    PageRequest,
    Person,
    ProposalInput,
)
from review.settings import Settings
from review.store import tables as t
from review.store.engine import Store
from tests.review.conftest import PASSWORD, Clock, Desk, build, document
from tests.review.test_permission import METHODS, NEEDS_NO_ENTRY, WRITES

SECRET, UNSENT = "BIMAT", "NHAP"
TITLE = f"Thông tư {SECRET}"
# What everybody may call changes only the caller's own rows, or starts work.
OWN = {
    "drafts.save", "drafts.keep", "drafts.discard", "jobs.submit", "audit.exported",
    "saved_filters.save", "saved_filters.remove",
}  # fmt: skip
READS = sorted(set(METHODS) - set(NEEDS_NO_ENTRY) - set(WRITES) - OWN)
# Of another ministry, or of no ministry: nothing of Bộ Xây dựng is theirs to read.
STRANGERS = {
    "lan": ("phap_che_bo", "BYT"),
    "khoa": ("so_tu_phap", "BTP"),
    "yen": ("nguoi_ra_soat", "BYT"),
    "oanh": ("soan_thao", "BYT"),
}
# They read what a ministry decides, but not what it has not sent.
TASK_FORCE = ("long", "son", "cuong", "dung", "giang", "hai", "binh")


# Where the name says nothing: the first row there is, the act's number.
PLAIN = {"int": 1, "str": "902/2019/TT-BXD", "date": date(2026, 11, 23), "bytes": b"x"}


def _filter(call: Callable[..., object], kind: str, campaign: int) -> object | None:
    """Return a filter that wants everything of the campaign, of whatever kind the read takes."""
    wanted = inspect.getmodule(call).__dict__.get(kind)  # type: ignore[union-attr]
    if not (kind.endswith("Filter") and is_dataclass(wanted)):
        return None
    needed = {
        part.name: PLAIN[str(part.type)]
        for part in fields(wanted)
        if part.default is MISSING and part.default_factory is MISSING
    }
    if kind == "SearchFilter":
        needed["text"] = SECRET
    return wanted(**{**needed, "campaign_id": campaign})  # type: ignore[operator]


@dataclass
class World:
    desk: Desk
    names: dict[str, Any]  # argument name → value
    kinds: dict[str, Any]  # annotation → value

    def ask(self, method: str, person: Person) -> str:
        """Call the method with arguments of Bộ Xây dựng; return all it says, or its refusal."""
        service, name = method.split(".")
        call = getattr(getattr(self.desk.bench, service), name)
        given = {}
        for parameter in list(inspect.signature(call).parameters.values())[1:]:
            kind = str(parameter.annotation)
            filter = _filter(call, kind, self.desk.campaign.id)
            if kind in self.kinds:
                given[parameter.name] = self.kinds[kind]
            elif filter is not None:
                given[parameter.name] = filter
            elif parameter.default is inspect.Parameter.empty:
                if parameter.name not in self.names and kind not in PLAIN:
                    pytest.fail(f"chưa biết đối số «{parameter.name}: {kind}» của {method}")
                given[parameter.name] = self.names.get(parameter.name, PLAIN.get(kind))
        try:
            return repr(call(person, **given))
        except RasoatError as refused:
            return str(refused)


@pytest.fixture(scope="module")
def world(furnished_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("doc")
    path = folder / "desk.db"
    shutil.copy(furnished_sqlite, path)
    store = Store(f"sqlite:///{path}", Clock())
    bench = build(store, Settings(data_dir=folder))
    operator = bench.people.operator()
    for name, held in STRANGERS.items():
        if name not in ("lan", "khoa"):
            bench.people.create(operator, f"{name}.thu", name, PASSWORD, (Membership(*held),))
    people = {one.username.removesuffix(".thu"): one for one in bench.people.list_people(operator)}
    campaign = bench.campaigns.list(operator)[0]
    desk = Desk(bench, store, store.clock, Settings(), campaign, people)  # type: ignore[arg-type]
    made = _write(desk)
    yield World(desk, *made)
    bench.close()


def _write(desk: Desk) -> tuple[dict[str, Any], dict[str, Any]]:
    """Let Bộ Xây dựng work; return the arguments with which its work is asked for."""
    bench, ha, minh = desk.bench, desk["ha"], desk["minh"]
    lines = [f"1. Nộp bản sao sổ hộ khẩu {SECRET}."] * 5 + [
        f"1. Theo tên nghị định về sổ hộ khẩu {SECRET}."
    ]
    desk.load(document("902/2019/TT-BXD", *lines, title=TITLE))
    desk.load(document("902/2019/TT-BXD", *lines, f"1. Thêm {SECRET}.", title=TITLE))
    desk.load(document("903/2019/TT-BXD", lines[0], title=TITLE))  # one wording in two acts
    rows = [row for row in desk.findings("ha") if row.number == "902/2019/TT-BXD"]
    drafted, sent, merged, other, held = (row.id for row in rows)
    act = rows[0].act_id

    def version(one: int) -> int:
        return bench.findings.get(ha, one).row.version

    bench.findings.ask(ha, drafted, version(drafted), f"Hỏi {SECRET}?", minh.id)
    question = bench.questions.of(ha, drafted)[0].id
    bench.questions.answer(minh, question, f"Trả lời {SECRET}.")
    bench.claims.take_over(ha, drafted, f"Việc gấp {SECRET}")
    bench.claims.claim(ha, held)
    for one, words in ((drafted, UNSENT), (sent, SECRET)):
        bench.findings.confirm(ha, one, version(one), f"Lý do {SECRET}")
        entered = ProposalInput("SĐ", f"Câu mới {words}", f"Vì {words}", "Thông tư", "BXD")
        bench.proposals.save(ha, one, 0, entered)
    bench.proposals.submit(minh, sent, 1)
    bench.opinions.give(desk["long"], sent, OpinionInput("thong_nhat", reason="Đồng ý."))
    bench.duplicates.merge(ha, merged, version(merged), other, f"Trùng {SECRET}")
    applied = bench.same_wording.apply(ha, [(other, version(other))], "confirm", note=SECRET)
    bench.assignments.assign(minh, [act], ha.id, f"Giao {SECRET}")
    for key in ("de-xuat", "hoi"):
        bench.drafts.keep(ha, f"{key}:{drafted}", "to", {"reason": f"{SECRET} {UNSENT}"})
    report = bench.submissions.send(minh, desk.campaign.id, "BXD", 0, f"Gửi {SECRET}")
    bench.submissions.withdraw(minh, desk.campaign.id, "BXD", 1, f"Rút {SECRET}")
    bench.audit.exported(minh, "bao-cao", TITLE, f"{SECRET}.docx", "0" * 64, desk.campaign.id)
    job = bench.library.load_files(ha, [(f"{SECRET}.txt", b"x")], desk.campaign.id)
    bench.jobs.wait(job.id, 30)
    called = MeetingInput(f"Họp {SECRET}", date(2026, 11, 25), agencies=("BXD",))
    meeting = bench.meetings.add(desk["son"], desk.campaign.id, called)
    bench.own_lists.remember(minh, "BXD", (f"Số {SECRET}", "Điều"), {"act": 0, "location": 1})
    with desk.store.read() as db:
        versions = db.scalars(
            select(t.act_versions.c.id).where(t.act_versions.c.act_id == act)
        ).all()
    snapshot = report.snapshot
    assert snapshot is not None
    assert len(versions) == 2
    names = {
        "finding_id": drafted,
        "finding_ids": [row.id for row in rows],
        "campaign_id": desk.campaign.id,
        "act_id": act,
        "act_ids": [act],
        "before": versions[0],
        "after": versions[1],
        "agency": "BXD",
        "job_id": job.id,
        "meeting_id": meeting.row.id,
        "set_id": applied.set_id,
        "snapshot_id": snapshot.id,
        "member": "BTP",
        "key": f"de-xuat:{drafted}",
        "instrument": "Thông tư",
        "headings": (f"Số {SECRET}", "Điều"),
        "on": date(2026, 11, 23),
        "project_id": 1,
        "worklist_id": 1,
        "ruleset_id": 1,
        "source": "DC",
        "readiness": 3,
        "file": SentFile("bm-03", "bang.xlsx", "0" * 64, 1),
    }
    origin = bench.reports.origin(minh, desk.campaign.id)
    kinds = {
        "PageRequest": PageRequest(size=500),
        "CampaignHead": origin[0],
        "Stamp": origin[1],
        "Sequence[SentRow]": [SentRow(8, drafted, 1, {"new_text": "Khác"})],
        "Iterable[ListRow]": [
            ListRow(2, {"act": "902/2019/TT-BXD", "location": "Điều 1", "quote": SECRET})
        ],
    }
    return names, kinds


@pytest.mark.parametrize("method", READS)
def test_another_ministry_sees_nothing_of_it(world: World, method: str) -> None:
    for name in STRANGERS:
        assert SECRET not in world.ask(method, world.desk[name]), name


@pytest.mark.parametrize("method", READS)
def test_what_is_not_sent_is_the_ministry_s_own(world: World, method: str) -> None:
    for name in TASK_FORCE:
        assert UNSENT not in world.ask(method, world.desk[name]), name


def test_the_questions_are_real_ones(world: World) -> None:
    """Asked by those whose work it is, the same reads show the words: else nothing was proved."""
    shown = {
        method
        for method in READS
        if any(SECRET in world.ask(method, world.desk[name]) for name in ("ha", "minh"))
    }
    assert shown >= {
        "findings.queue", "findings.get", "findings.suppressed", "library.acts", "library.act",
        "library.source_text", "library.suppressed", "library.report_of", "questions.of",
        "proposals.history", "claims.history", "assignments.of", "assignments.history",
        "lookup.find", "similar.clusters", "duplicates.candidates", "same_wording.of",
        "same_wording.members", "submissions.list", "submissions.get", "submissions.content",
        "reports.ministry", "reports.sheet", "jobs.status", "jobs.list", "audit.exports",
        "meetings.list", "meetings.get", "versions.compare", "drafts.load", "drafts.list",
    }  # fmt: skip
    unsent = {
        method
        for method in READS
        if any(UNSENT in world.ask(method, world.desk[name]) for name in ("ha", "minh"))
    }
    assert unsent >= {"proposals.get", "proposals.history", "drafts.load"}
