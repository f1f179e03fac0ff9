"""The demo's story: told once, through the services, in every state, and true in its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

import corpus
from review.clock import VIET_NAM
from review.demo import first_start
from review.demo.stage import Stage
from review.people.accounts import People
from review.records import ActFilter, CampaignView, FindingFilter, PageRequest, Person
from review.settings import Settings
from review.state import FINDING_STATES, FOLLOWED_UP, SUBMISSION_STATES
from review.store import tables as t
from review.workbench import Workbench
from tests.review.conftest import CHEAP

MARK = "VĂN BẢN GIẢ ĐỊNH – DÙNG ĐỂ MINH HỌA"
ALL = PageRequest(size=500)
FOURTEEN = [
    "BTNMT",
    "BXD",
    "BGTVT",
    "BVHTTDL",
    "BKHCN",
    "BQP",
    "BYT",
    "BNG",
    "BTP",
    "BGDĐT",
    "BTTTT",
    "BKHĐT",
    "BTC",
    "NHNN",
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo as the first start leaves it."""
    settings = Settings(mode="demo", data_dir=tmp_path_factory.mktemp("var"))
    opened = Workbench.open(settings)
    opened.people = People(opened.store, settings, CHEAP)
    first_start.prepare(opened)
    first_start.tell(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def stage(bench: Workbench) -> Stage:
    return Stage(bench)


@pytest.fixture(scope="module")
def campaign(stage: Stage) -> CampaignView:
    return stage.campaign("2023")


def findings(bench: Workbench, person: Person, campaign: CampaignView, **more: object) -> list:
    wanted = FindingFilter(campaign_id=campaign.id, **more)
    return bench.findings.queue(person, wanted, ALL).items


def test_the_acts_say_that_they_are_invented() -> None:
    files = sorted((Path(corpus.__file__).parent / "samples" / "dot-2023").iterdir())
    assert len(files) == 17
    for path in files:
        assert path.read_text(encoding="utf-8").startswith(MARK), path.name


def test_a_second_start_adds_nothing(bench: Workbench, stage: Stage) -> None:
    def counts() -> dict[str, int]:
        with bench.store.read() as db:
            return {
                table.name: len(db.execute(select(table.c.id)).all())
                for table in (t.acts, t.decisions, t.opinions, t.people, t.meetings, t.submissions)
            }

    before = counts()
    first_start.prepare(bench)
    first_start.tell(bench)
    assert counts() == before


def test_findings_stand_in_every_state_of_the_review(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    counts = Counter(row.state for row in findings(bench, stage.operator, campaign))
    assert set(FINDING_STATES) - set(counts) <= set(FOLLOWED_UP)
    assert counts["thong_nhat"] > 20


def test_every_course_ends_where_its_name_says(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    """A course whose finding has gone, because the criteria changed, would be lost silently."""
    rows = findings(bench, stage.operator, campaign)
    found = {number: [r.state for r in rows if r.number == number] for number in
             {row.number for row in rows}}  # fmt: skip
    assert found["922/2015/TT-BXD"] == [
        "thong_nhat", "loai_bo", "thong_nhat", "co_y_kien_doc_lap", "bo_tiep_thu_giai_trinh",
        "co_ket_luan", "trinh_tct", "bo_da_duyet", "can_hoi",
    ]  # fmt: skip
    assert found["924/2018/NĐ-CP"] == [
        "thong_nhat", "vuot_tham_quyen", "chua_thong_nhat", "trinh_tct", "bo_de_xuat",
    ]  # fmt: skip


def test_the_fourteen_ministries_met_in_eight_groups(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    assert [part.code for part in campaign.agencies] == FOURTEEN
    meetings = bench.meetings.list(stage.person("thuong.truc"), campaign.id)
    assert len(meetings) == 8
    assert sorted(code for row in meetings for code in row.input.agencies) == sorted(FOURTEEN)
    days = [row.input.held_on for row in meetings]
    assert (min(days), max(days)) == (date(2023, 6, 28), date(2023, 7, 5))
    assert {row.state for row in meetings} == {"da_ket_thuc"}
    assert all(row.decided == row.items > 0 for row in meetings)


def test_some_reports_came_late_and_one_never(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    views = {view.agency: view for view in bench.submissions.list(stage.operator, campaign.id)}
    assert list(views) == FOURTEEN
    late = {code for code, view in views.items() if view.late}
    assert late == {"BKHCN", "BGDĐT", "BTC", "BKHĐT", "NHNN"}
    assert {view.state for view in views.values()} == set(SUBMISSION_STATES)
    assert views["BGTVT"].sent == date(2023, 7, 14)
    assert not views["BGTVT"].late
    assert bench.submissions.verify(stage.operator).broken is None


def test_what_was_written_bears_the_days_of_2023(bench: Workbench, campaign: CampaignView) -> None:
    with bench.store.read() as db:
        steps = db.execute(
            select(t.decisions.c.finding_id, t.decisions.c.at)
            .join(t.findings, t.findings.c.id == t.decisions.c.finding_id)
            .join(t.acts, t.acts.c.id == t.findings.c.act_id)
            .where(t.acts.c.campaign_id == campaign.id)
            .order_by(t.decisions.c.finding_id, t.decisions.c.id)
        ).all()
    assert {row.at.astimezone(VIET_NAM).year for row in steps} == {2023}
    by_finding: dict[int, list[datetime]] = {}
    for row in steps:
        by_finding.setdefault(row.finding_id, []).append(row.at)
    assert all(moments == sorted(moments) for moments in by_finding.values())
    assert bench.store.now().year >= datetime.now(UTC).year


def test_the_log_of_the_story_is_whole(bench: Workbench, stage: Stage) -> None:
    assert bench.audit.verify(stage.operator).broken is None


def test_opinions_not_opened_stay_hidden(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    member, other = stage.person("tct.bca"), stage.person("tct.btp")
    blind = findings(bench, member, campaign, states=("cho_y_kien",))
    assert blind
    for row in blind:
        board = bench.opinions.board(member, row.id)
        assert not board.opened
        seen = {one.member for one in board.members if one.opinion}
        assert seen <= {"BCA"}
    assert any(bench.opinions.board(other, row.id).own for row in blind)


def test_members_really_disagree(bench: Workbench, stage: Stage, campaign: CampaignView) -> None:
    figures = bench.comparison.agreement(stage.person("thuong.truc"), campaign.id)
    whole = figures[0].figures
    assert whole.compared > 20
    assert 0.3 < whole.share < 0.95


def test_work_of_merged_ministries_is_their_successors(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    rows = bench.library.acts(stage.operator, ActFilter(campaign.id), ALL).items
    held = {row.number: (row.issuer, row.agency) for row in rows}
    assert held["923/2014/TT-BGTVT"] == ("Bộ Giao thông vận tải", "BXD")
    assert held["932/2013/TT-BTTTT"] == ("Bộ Thông tin và Truyền thông", "BKHCN")
    assert held["933/2015/TT-BTTTT"] == ("Bộ Thông tin và Truyền thông", "BVHTTDL")
    assert held["934/2012/TT-BKHĐT"] == ("Bộ Kế hoạch và Đầu tư", "BTC")
    assert bench.successions.waiting(stage.operator) == []
    moved = stage.person("pc.btttt")
    assert {row.number for row in findings(bench, moved, campaign)} == {
        "926/2013/TT-BKHCN", "932/2013/TT-BTTTT",
    }  # fmt: skip


def test_people_of_2023_have_no_button(bench: Workbench, stage: Stage) -> None:
    buttons = {account.username for account in bench.people.demo_accounts()}
    assert {"pc.btnmt", "pc.btc"}.isdisjoint(buttons)
    assert {"ra.soat.bxd", "tct.btp", "thuong.truc", "chuyen.gia", "so.tu.phap.hue"} <= buttons


def test_one_finding_came_after_the_cut_off(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    late = findings(bench, stage.operator, campaign, after_cutoff=True)
    assert [row.after_cutoff for row in late if row.origin == "nguoi"] == ["nap"]


def test_today_s_campaign_has_something_on_every_desk(bench: Workbench, stage: Stage) -> None:
    today = stage.campaign("2026")
    counts = Counter(row.state for row in findings(bench, stage.operator, today))
    assert counts["goi_y"] > 60
    assert {"can_hoi", "xac_nhan", "bo_de_xuat", "trinh_tct", "cho_y_kien", "co_y_kien_doc_lap",
            "tra_lai_bo", "thong_nhat", "chua_thong_nhat", "vuot_tham_quyen"} <= set(counts)  # fmt: skip
    for member in ("tct.btp", "tct.bca", "tct.vpcp"):
        wanted = FindingFilter(campaign_id=today.id)
        assert bench.opinions.queue(stage.person(member), wanted).total >= 2
    assert bench.work.mine(stage.person("ra.soat.bxd"), today.id)
    meeting = bench.meetings.list(stage.person("thuong.truc"), today.id)[0]
    assert (meeting.state, meeting.input.agencies) == ("du_kien", ("BXD", "BYT"))
    assert meeting.items > 0


def test_a_merged_demand_a_common_decision_and_claims_are_on_the_reviewer_s_desk(
    bench: Workbench, stage: Stage
) -> None:
    today, by = stage.campaign("2026"), stage.person("ra.soat.bxd")
    set_aside = [row for row in findings(bench, by, today) if row.state == "loai_bo"]
    parents = [bench.duplicates.parent(by, row.id) for row in set_aside]
    assert [one.finding.number for one in parents if one] == ["901/2019/QH14"]
    rows = [
        row
        for row in findings(bench, by, today)
        if row.number in ("962/2018/TT-BXD", "963/2019/TT-BXD")
    ]
    sets = {
        row.number: bench.same_wording.set_of(by, row.id) for row in rows if row.state != "goi_y"
    }
    assert len(sets) == 2
    assert len(set(sets.values())) == 1
    claims = bench.claims.of(by, [row.id for row in findings(bench, by, today)])
    assert len(claims) == 3


def test_an_expert_stands_in_the_matrix_by_name(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    rows = bench.comparison.matrix(
        stage.person("thuong.truc"), FindingFilter(campaign_id=campaign.id), page=ALL
    ).items
    names = {member: name for row in rows for member, name in row.names.items()}
    assert {name for member, name in names.items() if member.startswith("CG-")} == {"Cao Hữu Phúc"}
    assert names["BTP"] == "BTP"


def test_the_overview_counts_the_work_of_merged_ministries_once(
    bench: Workbench, stage: Stage, campaign: CampaignView
) -> None:
    figures = bench.overview.figures(stage.person("thuong.truc"), campaign.id)
    rows = {row.code: row for row in figures.by_agency}
    assert {"BTNMT", "BGTVT", "BTTTT", "BKHĐT"}.isdisjoint(rows)
    assert rows["BXD"].name == "Bộ Xây dựng (cả Bộ Giao thông vận tải)"
    assert rows["BNNMT"].name.endswith("(cả Bộ Tài nguyên và Môi trường)")
    assert sum(row.findings.value for row in rows.values()) == figures.findings.value
    own = bench.overview.figures(stage.person("phap.che.bxd"), campaign.id)
    assert [row.code for row in own.by_agency] == ["BXD"]


def test_work_of_somebody_who_left_waits_to_be_handed_over(bench: Workbench, stage: Stage) -> None:
    lead = stage.person("phap.che.bxd")
    stranded = bench.handovers.stranded(lead)
    assert [(row.person, row.agency, row.acts) for row in stranded] == [("Hà Văn Lộc", "BXD", 1)]


def test_a_start_that_was_broken_off_is_gone_on_with(tmp_path: Path) -> None:
    """Killed while telling: the next start neither fails nor adds to what stands there."""
    settings = Settings(mode="demo", data_dir=tmp_path)
    bench = Workbench.open(settings)
    bench.people = People(bench.store, settings, CHEAP)
    first_start.prepare(bench)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    standing = bench.people
    for service, method in (("library", "load_paths"), ("opinions", "give")):
        held = getattr(bench, service)
        original = getattr(held, method)
        setattr(held, method, killed)
        with pytest.raises(KeyboardInterrupt):
            first_start.tell(bench)
        setattr(held, method, original)
    first_start.tell(bench)
    first_start.tell(bench)
    assert bench.people is standing
    assert bench.audit.verify(bench.people.operator()).broken is None
    bench.close()


def test_what_somebody_did_in_today_s_campaign_is_left_alone(tmp_path: Path) -> None:
    settings = Settings(mode="demo", data_dir=tmp_path)
    bench = Workbench.open(settings)
    bench.people = People(bench.store, settings, CHEAP)
    first_start.prepare(bench)
    stage = Stage(bench)
    today, reviewer = stage.campaign("2026"), stage.person("ra.soat.bxd")
    row = findings(bench, reviewer, today, states=("goi_y",))[0]
    bench.findings.confirm(reviewer, row.id, row.version, "Của tôi.")
    first_start.tell(bench)
    history = bench.findings.get(reviewer, row.id).history
    assert [step.note for step in history] == ["Của tôi."]
    lead = stage.person("phap.che.byt")
    assert {one.state for one in findings(bench, lead, today)} == {"goi_y"}
    bench.close()
