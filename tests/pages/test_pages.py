"""Every page as every role sees it: drawn without an error, with what it must show and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from exports.catalogue import offered
from review.components.wording import known
from review.pages.frame import ENTRIES
from review.people.permission import allows
from review.records import ActFilter, FindingFilter, PageRequest, Person, ProposalInput
from review.store import tables
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

PEOPLE = ("phap.che.bxd", "tct.btp", "lanh.dao", "quan.tri")
ERROR = 'class="rs-notice rs-bad"'


def allowed_pages(person: Person) -> list[str]:
    return [e.path for e in ENTRIES if any(allows(person, action) for action in e.actions)]


def button(app: AppTest, key: str):
    return next(item for item in app.button if item.key == key)


@pytest.mark.parametrize("username", PEOPLE)
@pytest.mark.parametrize("path", [entry.path for entry in ENTRIES])
def test_a_page_is_drawn_for_who_may_open_it(
    draw: Draw, person_of: Callable[[str], Person], username: str, path: str
) -> None:
    person = person_of(username)
    if path not in allowed_pages(person):
        pytest.skip("vai trò này không thấy trang này trong danh mục")
    app = draw(person, path)
    assert not app.exception
    assert ERROR not in texts(app)


@pytest.mark.parametrize("username", ["phap.che.bxd", "thuong.truc", "lanh.dao", "quan.tri"])
def test_every_document_offered_can_be_chosen(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person], username: str
) -> None:
    person = person_of(username)
    refused = {}
    for document in offered(bench, person):
        shown = texts(draw(person, "xuat-bao-cao", tai_lieu=document.id))
        if ERROR in shown:
            refused[document.id] = shown[shown.index(ERROR) :][:200]
    assert refused == {}


@pytest.mark.parametrize(
    ("username", "hidden", "shown"),
    [
        ("ra.soat.bxd", {"quan-tri", "y-kien"}, {"ra-soat", "de-xuat", "kho-van-ban"}),
        ("tct.btp", {"quan-tri"}, {"y-kien", "ra-soat"}),
        ("quan.tri", {"ra-soat", "de-xuat", "y-kien"}, {"quan-tri", "kho-van-ban"}),
        ("lanh.dao", {"quan-tri", "y-kien"}, {"tong-quan", "xuat-bao-cao"}),
    ],
)
def test_navigation_shows_only_pages_whose_actions_the_role_may_do(
    person_of: Callable[[str], Person], username: str, hidden: set[str], shown: set[str]
) -> None:
    pages = set(allowed_pages(person_of(username)))
    assert pages >= shown
    assert not pages & hidden


def test_figures_lead_only_to_pages_that_the_person_may_open(
    draw: Draw, person_of: Callable[[str], Person]
) -> None:
    reader, admin = (draw(person_of(name), "tong-quan") for name in ("lanh.dao", "quan.tri"))
    assert 'href="/ra-soat?' in texts(reader)
    assert 'href="/ra-soat?' not in texts(admin)
    assert "Bộ Xây dựng" in texts(admin)
    assert {link.proto.disabled for link in reader.get("page_link")} == {False}
    disabled = {link.proto.page: link.proto.disabled for link in admin.get("page_link")}
    assert disabled == {"kho-van-ban": False, "": True}  # the others lead nowhere


def test_without_a_session_no_page_is_drawn(draw: Draw) -> None:
    app = draw(None, "ra-soat")
    assert "Phiên làm việc đã kết thúc" in texts(app)
    assert not app.button


def test_another_ministry_s_act_is_refused_with_its_code(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    mine, other = person_of("ra.soat.bxd"), person_of("phap.che.byt")
    act = bench.findings.queue(other, FindingFilter()).items[0].act_id
    page = texts(draw(mine, "kho-van-ban", van_ban=act))
    assert "RS-411" in page
    assert "Traceback" not in page


def test_unknown_finding_in_the_address_is_refused_with_its_code(
    draw: Draw, person_of: Callable[[str], Person]
) -> None:
    assert "RS-601" in texts(draw(person_of("ra.soat.bxd"), "ra-soat", phat_hien=999999))


def test_the_finding_of_the_address_is_the_one_shown(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[5]
    page = texts(draw(person, "ra-soat", phat_hien=row.id))
    assert row.quote in page
    assert row.number in page
    assert "Gợi ý M" in page


@pytest.mark.parametrize("page", ["ra-soat", "de-xuat", "y-kien"])
def test_an_address_with_only_a_finding_opens_its_campaign(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person], page: str
) -> None:
    person = person_of("thuong.truc")
    new, old = (one.id for one in bench.campaigns.list(person))
    row = bench.findings.queue(person, FindingFilter(campaign_id=new)).items[0]
    app = draw(person, page, dot=old)
    assert app.selectbox(key="chon-dot").value == str(old)
    del app.query_params["dot"]
    app.query_params["phat_hien"] = str(row.id)
    assert app.run().selectbox(key="chon-dot").value == str(new)


@pytest.mark.parametrize("page", ["ra-soat", "de-xuat", "y-kien"])
def test_another_campaign_leaves_the_finding_of_the_first(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person], page: str
) -> None:
    person = person_of("thuong.truc")
    new, old = (one.id for one in bench.campaigns.list(person))
    row = bench.findings.queue(person, FindingFilter(campaign_id=new)).items[0]
    app = draw(person, page, dot=new, phat_hien=row.id)
    app.selectbox(key="chon-dot").set_value(str(old)).run()
    assert app.query_params["dot"] == str(old)
    assert "phat_hien" not in app.query_params


@pytest.mark.parametrize(
    ("username", "waiting"),
    [
        ("tct.bca", "Chờ ý kiến của tôi"),
        ("thuong.truc", "Chờ kết luận"),
    ],
)
def test_the_opinion_queue_says_what_it_waits_for(
    draw: Draw, person_of: Callable[[str], Person], username: str, waiting: str
) -> None:
    app = draw(person_of(username), "y-kien")
    views = next(group for group in app.get("button_group") if group.key == "xem-muc")
    assert waiting in [option.content for option in views.proto.options]


def test_filter_of_the_address_reaches_the_queue(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    campaign = bench.campaigns.list(person)[0].id
    wanted = FindingFilter(campaign_id=campaign, severity=4, states=("goi_y",))
    expected = bench.findings.queue(person, wanted, PageRequest(1, 11))
    app = draw(person, "ra-soat", dot=campaign, muc_do=4, trang_thai="goi_y")
    rows = [item for item in app.button if (item.key or "").startswith("hang-")]
    assert len(rows) == len(expected.items)
    assert all("M4" in item.label for item in rows)


def test_confirming_moves_on_to_the_next_finding(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    first, second = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[:2]
    app = draw(person, "ra-soat", phat_hien=first.id)
    button(app, "xac-nhan").click().run()
    assert bench.findings.get(person, first.id).row.state == "xac_nhan"
    assert app.query_params["phat_hien"] == str(second.id)
    assert "Đã xác nhận" in texts(app)


def test_the_queue_turns_to_the_page_of_the_finding(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    campaign = bench.campaigns.list(person)[0].id
    wanted = FindingFilter(campaign_id=campaign, states=("goi_y",))
    row = bench.findings.queue(person, wanted, PageRequest(3, 11)).items[4]
    app = draw(person, "ra-soat", phat_hien=row.id, trang_thai="goi_y")
    assert f"hang-chon-{row.id}" in {item.key for item in app.button}


def test_rejecting_takes_one_reason_code(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[3]
    app = draw(person, "ra-soat", phat_hien=row.id)
    button(app, "mo-loai").click().run()
    codes = [item.key for item in app.button if (item.key or "").startswith("ma-n-")]
    assert codes == sorted(codes)
    assert len(codes) >= 22
    button(app, "ma-n-N20").click().run()
    view = bench.findings.get(person, row.id)
    assert (view.row.state, view.history[-1].code) == ("loai_bo", "N20")


def test_who_works_on_a_finding_is_said_to_the_others(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    mine, other = person_of("ra.soat.bxd"), person_of("phap.che.bxd")
    row = bench.findings.queue(mine, FindingFilter(states=("goi_y",))).items[5]
    app = draw(mine, "ra-soat", phat_hien=row.id)
    button(app, "nhan-viec-take").click().run()
    assert f"{mine.name} đang xử lý" in texts(draw(other, "ra-soat", phat_hien=row.id))
    app = draw(mine, "ra-soat", phat_hien=row.id)
    button(app, "nhan-viec-release").click().run()
    assert "Chưa ai nhận xử lý" in texts(app)


def test_taking_the_next_findings_shows_them(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("phap.che.byt")
    app = draw(person, "ra-soat")
    button(app, "nhan-tiep").click().run()
    assert app.query_params["nhan"] == str(person.id)
    wanted = FindingFilter(claimed_by=person.id)
    taken = bench.findings.queue(person, wanted).items
    assert len(taken) == 20
    for row in taken:
        bench.claims.release(person, row.id)


def test_a_question_is_answered_beside_the_finding_and_stands_in_its_queue(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    asker, other = person_of("phap.che.bxd"), person_of("ra.soat.bxd")
    row = bench.findings.queue(asker, FindingFilter(states=("goi_y",))).items[6]
    app = draw(asker, "ra-soat", phat_hien=row.id)
    button(app, "mo-hoi").click().run()
    app.selectbox(key=f"nhap:hoi:{row.id}:to").set_value(str(other.id)).run()
    app.text_area(key=f"nhap:hoi:{row.id}:question").set_value("Có phải nội bộ?").run()
    button(app, "gui-cau-hoi").click().run()
    assert "Có phải nội bộ?" in texts(draw(other, "ra-soat", muc="hoi-dap"))
    app = draw(other, "ra-soat", phat_hien=row.id)
    (question,) = bench.questions.of(other, row.id)
    app.text_area(key=f"nhap:tra-loi:{question.id}:text").set_value("Không phải.").run()
    button(app, "gui-tra-loi").click().run()
    assert bench.questions.of(asker, row.id)[0].answers[0].text == "Không phải."
    assert "Không phải." in texts(draw(asker, "ra-soat", muc="hoi-dap", hoi_dap="cua-toi"))


def test_the_last_decision_is_taken_back_with_one_button(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[7]
    app = draw(person, "ra-soat", phat_hien=row.id)
    button(app, "xac-nhan").click().run()
    button(app, "hoan-tac").click().run()
    view = bench.findings.get(person, row.id)
    assert [step.action for step in view.history] == ["reopen", "confirm"]
    assert app.query_params["phat_hien"] == str(row.id)


def test_the_task_force_sees_a_finding_but_cannot_decide(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    row = bench.findings.queue(person_of("ra.soat.bxd"), FindingFilter()).items[0]
    app = draw(person_of("tct.btp"), "ra-soat", phat_hien=row.id, trang_thai="tat-ca")
    assert "Bạn chỉ xem được" in texts(app)
    assert not {"xac-nhan", "mo-loai", "mo-hoi", "mo-sua"} & {item.key for item in app.button}


def test_what_the_machine_set_aside_opens_as_a_finding_with_its_words(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    campaign = bench.campaigns.list(person)[0].id
    row = bench.findings.suppressed(person, FindingFilter(campaign_id=campaign)).items[0]
    app = draw(person, "ra-soat", muc="da-loai", dot=campaign)
    button(app, f"giu-{row.id}").click().run()
    # Saving is for the browser test: AppTest cannot keep a dialog open over two runs.
    quote = next(area for area in app.text_area if (area.key or "").endswith(":quote"))
    assert quote.value == row.quote
    assert app.selectbox(key="bo-sung-nhom").value == row.category


def test_an_act_with_open_suggestions_cannot_be_signed_off(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    act = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[0].act_id
    app = draw(person, "kho-van-ban", van_ban=act)
    button(app, "xac-nhan-khong").click().run()
    assert "RS-510" in texts(app)


def test_the_standing_body_assigns_an_act_and_a_ministry_cannot(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    standing, reviewer = person_of("thuong.truc"), person_of("phap.che.byt")
    act = bench.findings.queue(reviewer, FindingFilter()).items[0].act_id
    app = draw(standing, "kho-van-ban", van_ban=act)
    app.selectbox(key=f"phan-cong-{act}").set_value("BNV").run()
    button(app, "phan-cong").click().run()
    assert bench.library.act(standing, act).row.agency == "BNV"
    bench.library.assign(standing, act, bench.library.act(standing, act).row.version, "BYT")
    mine = draw(reviewer, "kho-van-ban", van_ban=act)
    assert "phan-cong" not in {item.key for item in mine.button}


def test_the_lead_shares_out_acts_and_a_reviewer_takes_one(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    lead, reviewer = person_of("phap.che.bxd"), person_of("ra.soat.bxd")
    campaign = bench.campaigns.list(lead)[0].id
    first, second, *_ = bench.library.acts(lead, ActFilter(campaign)).items
    app = draw(lead, "kho-van-ban", muc="phan-cong")
    app.checkbox(key=f"giao-{first.id}").check().run()
    app.selectbox(key="giao-cho").set_value(reviewer.id).run()
    button(app, "giao-van-ban").click().run()
    assert bench.assignments.of(lead, [first.id])[first.id].person == reviewer.name
    mine = texts(draw(reviewer, "kho-van-ban", giao=reviewer.id))
    assert first.number in mine
    assert second.number not in mine
    button(draw(reviewer, "kho-van-ban", van_ban=second.id), "nhan-van-ban").click().run()
    assert bench.assignments.of(lead, [second.id])[second.id].person_id == reviewer.id


def test_a_ministry_sends_its_report_and_sees_what_changed_since(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    lead, standing = person_of("phap.che.byt"), person_of("thuong.truc")
    campaign = bench.campaigns.list(lead)[0].id
    button(draw(lead, "bao-cao-bo", dot=campaign), "bao-cao-send").click().run()
    report = bench.submissions.get(lead, campaign, "BYT")
    assert report.snapshot is not None
    row = bench.findings.queue(lead, FindingFilter(campaign, states=("goi_y",))).items[0]
    bench.findings.reject(lead, row.id, row.version, "N20")
    page = texts(draw(lead, "bao-cao-bo", dot=campaign))
    assert report.snapshot.digest in page
    assert "Gợi ý → Đã loại bỏ" in page
    # Without a reason a report is not given back; with one it is.
    app = draw(standing, "bao-cao-bo", dot=campaign, co_quan="BYT")
    button(app, "bao-cao-give_back").click().run()
    assert "RS-566" in texts(app)
    key = f"nhap:bao-cao-bo:{campaign}:BYT:note"
    app.text_area(key=key).set_value("Thiếu phụ lục.").run()
    button(app, "bao-cao-give_back").click().run()
    assert bench.submissions.get(lead, campaign, "BYT").state == "tra_lai"


def test_a_campaign_is_opened_and_changed_from_the_screen(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    admin = person_of("quan.tri")
    app = draw(admin, "quan-tri", muc="dot", sua_dot="moi")
    for name, text in (
        ("code", "thu"),
        ("name", "Đợt thử"),
        ("basis_date", "01/10/2026"),
        ("deadline", "31/12/2026"),
        ("documents", "Công văn thử"),
    ):
        field = app.text_area if name == "documents" else app.text_input
        field(key=f"nhap:dot:moi:{name}").set_value(text).run()
    app.multiselect(key="nhap:dot:moi:agencies").set_value(["BYT", "BXD"]).run()
    app.text_input(key="nhap:dot:moi:han:BYT").set_value("15/12/2026").run()
    button(app, "ghi-dot").click().run()
    added = next(one for one in bench.campaigns.list(admin) if one.code == "thu")
    assert added.documents == ("Công văn thử",)
    assert [(part.code, part.deadline) for part in added.agencies] == [
        ("BYT", date(2026, 12, 15)),
        ("BXD", None),
    ]
    app = draw(admin, "quan-tri", muc="dot", sua_dot=added.id)
    app.text_input(key=f"nhap:dot:{added.id}:cutoff").set_value("30/11/2026").run()
    button(app, "ghi-dot").click().run()
    assert bench.campaigns.get(admin, added.id).cutoff == date(2026, 11, 30)
    app.text_input(key=f"nhap:dot:{added.id}:cutoff").set_value("hôm qua").run()
    button(app, "ghi-dot").click().run()
    assert "RS-591" in texts(app)


def test_the_reader_marks_the_findings_in_the_text(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[0]
    page = texts(draw(person, "kho-van-ban", van_ban=row.act_id))
    assert f'id="ph-{row.id}"' in page
    assert f'href="#ph-{row.id}"' in page


def test_two_people_at_once_see_both_and_nothing_is_overwritten(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person, colleague = person_of("ra.soat.bxd"), person_of("phap.che.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[6]
    app = draw(person, "ra-soat", phat_hien=row.id)
    bench.findings.reject(colleague, row.id, row.version, "N10", "sổ nội bộ")
    button(app, "xac-nhan").click().run()
    page = texts(app)
    assert "RS-501" in page
    assert colleague.name in page
    assert bench.findings.get(person, row.id).row.state == "loai_bo"


def test_a_half_typed_proposal_comes_back_after_a_refresh(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("phap.che.byt")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[0]
    bench.findings.confirm(person, row.id, row.version)
    app = draw(person, "de-xuat", phat_hien=row.id)
    reason = f"nhap:de-xuat:{row.id}:reason"
    app.text_area(key=reason).set_value("Dữ liệu dân cư đã có").run()
    assert "đã lưu nháp" in texts(app)
    again = draw(person, "de-xuat", phat_hien=row.id)
    assert again.text_area(key=reason).value == "Dữ liệu dân cư đã có"
    button(again, "luu-de-xuat").click().run()
    assert bench.proposals.get(person, row.id).input.reason == "Dữ liệu dân cư đã có"
    assert bench.drafts.load(person, f"de-xuat:{row.id}") is None


def test_an_untouched_form_shows_what_a_colleague_saved_meanwhile(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person, colleague = person_of("ra.soat.bxd"), person_of("phap.che.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[9]
    bench.findings.confirm(person, row.id, row.version)
    app = draw(person, "de-xuat", phat_hien=row.id)
    bench.proposals.save(colleague, row.id, 0, ProposalInput("SĐ", reason="lý do của đồng nghiệp"))
    app.run()
    assert app.text_area(key=f"nhap:de-xuat:{row.id}:reason").value == "lý do của đồng nghiệp"


def test_a_draft_never_overwrites_what_a_colleague_saved_meanwhile(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person, colleague = person_of("ra.soat.bxd"), person_of("phap.che.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[8]
    bench.findings.confirm(person, row.id, row.version)
    app = draw(person, "de-xuat", phat_hien=row.id)
    reason = f"nhap:de-xuat:{row.id}:reason"
    app.text_area(key=reason).set_value("lý do thứ nhất").run()
    bench.proposals.save(colleague, row.id, 0, ProposalInput("SĐ", reason="lý do của đồng nghiệp"))
    app.text_area(key=reason).set_value("lý do thứ hai").run()
    button(app, "luu-de-xuat").click().run()
    page = texts(app)
    assert "RS-501" in page
    assert "lý do của đồng nghiệp" in page
    assert "lý do thứ hai" in page
    assert bench.proposals.get(person, row.id).input.reason == "lý do của đồng nghiệp"
    assert app.text_area(key=reason).value == "lý do thứ hai"
    button(app, "luu-de-xuat").click().run()
    assert bench.proposals.get(person, row.id).input.reason == "lý do thứ hai"
    assert len(bench.proposals.history(person, row.id)) == 2


def test_after_a_conflict_the_next_saving_goes_through(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person, colleague = person_of("ra.soat.bxd"), person_of("phap.che.bxd")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[9]
    bench.findings.confirm(person, row.id, row.version)
    app = draw(person, "de-xuat", phat_hien=row.id)
    app.text_area(key=f"nhap:de-xuat:{row.id}:reason").set_value("lý do của tôi").run()
    # The colleague saves after the last drawing: the form does not know the newest version.
    bench.proposals.save(colleague, row.id, 0, ProposalInput("SĐ", reason="của đồng nghiệp"))
    button(app, "luu-de-xuat").click().run()
    assert "RS-501" in texts(app)
    button(app, "luu-de-xuat").click().run()
    assert bench.proposals.get(person, row.id).input.reason == "lý do của tôi"


@pytest.mark.parametrize("typed", ["31/02/2027", "2027-02-28", "mai"])
def test_a_date_that_is_none_is_refused_and_the_draft_kept(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person], typed: str
) -> None:
    person = person_of("phap.che.byt")
    row = bench.findings.queue(person, FindingFilter(states=("goi_y",))).items[-1]
    view = bench.findings.confirm(person, row.id, row.version)
    app = draw(person, "de-xuat", phat_hien=row.id)
    app.text_input(key=f"nhap:de-xuat:{row.id}:deadline").set_value(typed).run()
    button(app, "luu-de-xuat").click().run()
    assert "RS-591" in texts(app)
    assert bench.proposals.get(person, row.id).version == 0
    assert bench.drafts.load(person, f"de-xuat:{row.id}").value["deadline"] == typed
    bench.drafts.discard(person, f"de-xuat:{row.id}")
    bench.findings.reopen(person, row.id, view.row.version)


def test_an_unforeseen_error_shows_a_code_and_a_log_id(
    draw: Draw,
    bench: Workbench,
    person_of: Callable[[str], Person],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("bí mật bên trong")

    monkeypatch.setattr(bench.overview, "figures", breaks)
    app = draw(person_of("ra.soat.bxd"), "tong-quan")
    page = texts(app)
    assert not app.exception
    assert "RS-590" in page
    assert "bí mật bên trong" not in page
    log = page.split("mã nhật ký ")[1].split(")")[0]
    assert log in caplog.text


def test_the_log_names_every_table_in_vietnamese() -> None:
    assert [name for name in tables.metadata.tables if not known(f"table.{name}")] == []
