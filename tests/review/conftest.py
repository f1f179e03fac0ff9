"""Services on a real store, SQLite and PostgreSQL alike, with a tiny pipeline in place of the screen."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, text

from corpus.records import Act, Head, Provision, RawDocument, ReadResult
from models.errors import ERRORS as MODEL_ERRORS
from models.records import BasisRef, Finding, ScreenResult, Span, Suppressed, TraceStep
from models.shelf import Fitted
from review.acts.library import Library
from review.people.accounts import People
from review.records import (
    CampaignAgency,
    CampaignInput,
    CampaignView,
    FindingFilter,
    FindingRow,
    LoadReport,
    Membership,
    Person,
)
from review.search.similar import Similar
from review.settings import Settings
from review.store.engine import Store
from review.workbench import Workbench

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PASSWORD = "mat-khau-dai-06"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

PEOPLE = {
    "ha": ("nguoi_ra_soat", "BXD"),
    "minh": ("phap_che_bo", "BXD"),
    "lan": ("phap_che_bo", "BYT"),
    "long": ("tct_nhom_tt", "BTP"),
    "linh": ("tct_nhom_tt", "BTP"),
    "nam": ("tct_nhom_tt", "BCA"),
    "phuong": ("tct_nhom_tt", "VPCP"),
    "son": ("tct_thuongtruc", "BTP"),
    "cuong": ("tct_chuyenvien", "BTP"),
    "dung": ("tct_lanhdao", "BTP"),
    "binh": ("lanh_dao_cp", "VPCP"),
    "giang": ("chuyen_gia", "BTP"),
    "hai": ("tct_da06", "BCA"),
    "khoa": ("so_tu_phap", "BTP"),
    "thao": ("soan_thao", "BXD"),
    "vy": ("quan_tri", "BTP"),
}


# --- a pipeline small enough to see through ---------------------------------------------------


def document(
    number: str, *lines: str, title: str = "Văn bản giả định", issuer: str = ""
) -> RawDocument:
    """An act of one Điều per line."""
    source = "\n".join(lines)
    head = Head(
        number=number, type=_type_of(number), title=title, issuer=issuer, issued=date(2020, 5, 4)
    )
    return RawDocument(f"{number or 'khong-so'}.txt", "text", source, head=head)


def _type_of(number: str) -> str:
    names = {"NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "QĐ": "Quyết định"}
    code = re.search(r"/(NĐ|TTLT|TT|QĐ)-", number)
    return names[code.group(1)] if code else "Luật"


def tiny_parse(raw: RawDocument) -> Act:
    """Chương I, then a Điều per line with its text as khoản 1."""
    provisions = [Provision("chuong-1", "chuong", "Chương I", "Quy định chung", "", 0, 0)]
    offset = 0
    for number, line in enumerate(raw.text.split("\n"), 1):
        at = len(provisions)
        path = f"dieu-{number}"
        provisions.append(
            Provision(path, "dieu", f"Điều {number}", "", "", offset, offset, parent=0)
        )
        provisions.append(
            Provision(
                f"{path}/khoan-1",
                "khoan",
                f"khoản 1 Điều {number}",
                "",
                line,
                offset,
                offset + len(line),
                parent=at,
            )
        )
        offset += len(line) + 1
    return Act(raw, raw.head or Head(), provisions)


def tiny_screen(act: Act, as_of: date) -> ScreenResult:
    """«sổ hộ khẩu» is A1, «sổ tạm trú» A2; «tên nghị định» is set aside as N01."""
    result = ScreenResult([], [], "thu-1")
    for index, unit in enumerate(act.provisions):
        for words, category in (("sổ hộ khẩu", "A1"), ("sổ tạm trú", "A2")):
            at = unit.text.find(words)
            if at < 0:
                continue
            start = unit.start + at
            span = (start, start + len(words))
            trace = [TraceStep("trigger", f"Có cụm từ «{words}».", Span(*span))]
            common = (index, unit.path, unit.label, unit.text, category, words, *span)
            if "tên nghị định" in unit.text:
                result.suppressed.append(
                    Suppressed(*common, "N01", "Tên văn bản được viện dẫn.", trace)
                )
            else:
                basis = BasisRef("cu-tru-38", "68/2020/QH14", "khoản 3 Điều 38", "đã đối chiếu")
                result.findings.append(
                    Finding(*common, 4, 3, [basis], ["DC"], "BB", "K1", ["hạn 01/3/2027"], trace)
                )
    return result


# --- stores -----------------------------------------------------------------------------------


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@dataclass
class Cluster:
    """A PostgreSQL of the tests' own, on a socket in a temporary folder."""

    folder: Path
    made: int = 0

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}&port=5499"

    def create(self, template: str) -> str:
        self.made += 1
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE t{self.made} TEMPLATE {template}"))
        engine.dispose()
        return self.url(f"t{self.made}")


def _postgres_folder() -> Path | None:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start PostgreSQL; skips where Debian's postgresql is not installed."""
    binaries = _postgres_folder()
    if binaries is None:
        pytest.skip("không có PostgreSQL trên máy này (apt-get install postgresql)")
    # PostgreSQL refuses to run as root, and sockets want a short path.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(subprocess.check_output([*as_user, "mktemp", "-d"], text=True).strip())
    data = folder / "data"
    subprocess.run(
        [*as_user, binaries / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N"],
        check=True, capture_output=True,
    )  # fmt: skip
    options = f"-k {folder} -p 5499 -c listen_addresses= -c fsync=off -c max_connections=60"
    control = [*as_user, binaries / "pg_ctl", "-D", data, "-w"]
    subprocess.run(
        [*control, "-o", options, "-l", folder / "log", "start"], check=True, capture_output=True
    )
    try:
        started = Cluster(folder)
        template = started.create("template1")
        store = Store(template)
        store.migrate()
        store.close()
        yield started
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def store_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a fresh, migrated, empty store."""
    if engine_name == "postgresql":
        return request.getfixturevalue("cluster").create("t1")
    path = tmp_path / "rasoat.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


# --- a workbench with people and acts ---------------------------------------------------------


def build(store: Store, settings: Settings) -> Workbench:
    """A workbench on the tiny pipeline, with cheap password hashes."""
    bench = Workbench(settings, store)
    bench.people = People(store, settings, CHEAP)
    bench.library = Library(store, bench.jobs, settings, tiny_parse, tiny_screen)
    bench.similar = Similar(store, bench.jobs, settings, bench.people.operator, no_fit)
    return bench


def no_fit(entries: object, folder: Path, report: object) -> Fitted:
    """Learning a model takes a process of its own; tests of other services go without."""
    raise MODEL_ERRORS.error("RS-331", count=0)


@dataclass
class Desk:
    """A workbench, its people by short name, and a campaign."""

    bench: Workbench
    store: Store
    clock: Clock
    settings: Settings
    campaign: CampaignView
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def load(self, *documents: RawDocument, by: str = "ha") -> LoadReport:
        person = self.people.get(by) or self.bench.people.operator()
        results = [ReadResult(raw.source, raw) for raw in documents]
        return self.bench.library.load(person, results, self.campaign.id)

    def findings(self, by: str = "ha", **filters: object) -> list[FindingRow]:
        return self.bench.findings.queue(self[by], FindingFilter(**filters)).items


def furnish(bench: Workbench) -> None:
    """Add the people and the campaign of the tests."""
    operator = bench.people.operator()
    for name, held in PEOPLE.items():
        bench.people.create(operator, f"{name}.thu", name.title(), PASSWORD, (Membership(*held),))
    agencies = (
        CampaignAgency("BXD", "Bộ Xây dựng", date(2026, 11, 20)),
        CampaignAgency("BYT", "Bộ Y tế", None),
    )
    bench.campaigns.add(
        operator,
        CampaignInput("thu", "Đợt thử", date(2026, 11, 1), date(2026, 12, 1), agencies=agencies),
    )


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("furnished") / "template.db"
    shutil.copy(sqlite_template, path)
    store = Store(f"sqlite:///{path}", Clock())
    furnish(build(store, Settings()))
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@pytest.fixture(scope="session")
def furnished_postgresql(cluster: Cluster) -> str:
    url = cluster.create("t1")
    store = Store(url, Clock())
    furnish(build(store, Settings()))
    store.close()
    return url


# What tests write beyond people and campaigns; tables that refer to these go with them.
_WRITTEN = (
    "acts", "meetings", "jobs", "drafts", "exports", "sessions", "submissions",
    "snapshots", "handovers", "projects", "instruments", "worklists", "tasks", "procedures",
    "source_figures", "step_durations", "reading_orders", "sample_rounds", "simulations", "rulesets",
    "ruleset_events", "feeds", "saved_filters", "name_aliases",
)  # fmt: skip


def empty(url: str) -> None:
    """Take out what the last test wrote: quicker than a new database."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(_WRITTEN)} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture
def desk_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a store with the people and the campaign of the tests, and nothing else."""
    if engine_name == "postgresql":
        url = request.getfixturevalue("furnished_postgresql")
        empty(url)
        return url
    path = tmp_path / "desk.db"
    shutil.copy(request.getfixturevalue("furnished_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Open a furnished store, as often as wanted: each desk is a process of its own."""
    opened: list[Workbench] = []

    def make(url: str, mode: str = "demo") -> Desk:
        clock = Clock()
        store = Store(url, clock)
        settings = Settings(database_url=url, data_dir=tmp_path, mode=mode)
        bench = build(store, settings)
        opened.append(bench)
        operator = bench.people.operator()
        people = {
            person.username.removesuffix(".thu"): person
            for person in bench.people.list_people(operator)
        }
        return Desk(bench, store, clock, settings, bench.campaigns.list(operator)[0], people)

    yield make
    for bench in opened:
        bench.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk], desk_url: str) -> Desk:
    """A desk on each kind of store."""
    return make_desk(desk_url)


@pytest.fixture
def act() -> RawDocument:
    """A circular of Bộ Xây dựng with two findings, one set aside, one clean provision."""
    return document(
        "902/2019/TT-BXD",
        "1. Người đề nghị nộp bản sao sổ hộ khẩu.",
        "1. Xuất trình sổ tạm trú khi nhận kết quả.",
        "1. Theo tên nghị định về sổ hộ khẩu.",
        "1. Cơ quan trả lời trong 5 ngày.",
    )
