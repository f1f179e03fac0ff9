"""Lists, sources, procedures, tasks and savings: each part is drawn from the demo's own rows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from review.components.formats import amount, money, read_amount
from review.demo import lists
from review.demo.stage import Stage
from review.records import CampaignView, Person
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

ERROR = 'class="rs-notice rs-bad"'


@pytest.fixture(scope="module")
def told(bench: Workbench) -> Stage:
    stage = Stage(bench)
    lists.tell(stage)
    return stage


@pytest.fixture(scope="module")
def campaign(told: Stage) -> CampaignView:
    return told.campaign("2026")


@pytest.mark.parametrize(
    ("page", "address", "shown"),
    [
        ("phu-luc", {}, "Khớp, chưa có gợi ý"),
        ("phu-luc", {"trang_thai": "khong-khop"}, "Gần nhất"),
        ("phu-luc", {"muc": "ten-goi"}, "Kho sổ gốc hộ khẩu giấy"),
        ("nguon-dien-tu", {}, "Cơ sở dữ liệu hộ tịch điện tử"),
        ("nguon-dien-tu", {"muc": "so-lieu", "nguon": "HT"}, "Số liệu minh họa, không có thật"),
        ("nguon-dien-tu", {"muc": "giai-phong", "nguon": "HT"}, "giấy chứng tử"),
        ("nguon-dien-tu", {"muc": "tinh-thu", "nguon": "VB"}, "chuyển từ M2 sang M3"),
        ("nguon-dien-tu", {"muc": "tinh-thu", "nguon": "DC"}, "không quy định nào đổi"),
        (
            "nguon-dien-tu",
            {"muc": "tinh-thu", "nguon": "DD"},
            "đất đai công bố đủ (D3): 1 quy định chuyển từ M2 sang M3",
        ),
        ("thu-tuc", {}, "Cấp phù hiệu xe chở khách đường dài"),
        ("thu-tuc", {"muc": "tien-do"}, "Đà Nẵng"),
        ("nhiem-vu", {}, "Bản điện tử Giấy khai sinh"),
        ("uoc-tinh", {}, "không phải số liệu thống kê"),
        ("uoc-tinh", {"muc": "chua-nhap"}, "không phải số liệu thống kê"),
        ("uoc-tinh", {"muc": "gia-dinh"}, "Phí chứng thực một bản sao"),
    ],
)
def test_each_part_is_drawn(
    draw: Draw,
    person_of: Callable[[str], Person],
    campaign: CampaignView,
    page: str,
    address: dict[str, str],
    shown: str,
) -> None:
    app = draw(person_of("thuong.truc"), page, dot=campaign.id, **address)
    assert not app.exception
    assert shown in texts(app)
    assert ERROR not in texts(app)


def test_one_procedure_shows_papers_and_provinces(
    draw: Draw, person_of: Callable[[str], Person], told: Stage, campaign: CampaignView
) -> None:
    person = person_of("phap.che.bxd")
    one = told.workbench.procedures.list(person, campaign.id)[0]
    app = draw(person, "thu-tuc", dot=campaign.id, thu_tuc=one.id)
    assert not app.exception
    for shown in ("Bản sao có chứng thực sổ hộ khẩu", "971/QĐ-BXD", "Huế"):
        assert shown in texts(app) or shown in str([field.value for field in app.text_input])


def test_a_finding_leads_to_the_procedures_that_rest_on_it(
    draw: Draw, person_of: Callable[[str], Person], told: Stage, campaign: CampaignView
) -> None:
    person = person_of("phap.che.bxd")
    one = told.workbench.procedures.list(person, campaign.id)[0]
    finding = told.workbench.procedures.findings(person, one.id)[0]
    app = draw(person, "ra-soat", dot=campaign.id, phat_hien=finding.id, trang_thai="tat-ca")
    assert f"/thu-tuc?dot={campaign.id}&amp;thu_tuc={one.id}" in texts(app)


def test_a_province_finds_its_own_list(
    draw: Draw, person_of: Callable[[str], Person], campaign: CampaignView
) -> None:
    app = draw(person_of("so.tu.phap.hue"), "thu-tuc", dot=campaign.id)
    assert not app.exception
    assert "Ủy ban nhân dân thành phố Huế đã công bố 1/3 thủ tục" in texts(app)


@pytest.mark.parametrize(
    "username", ["quan.tri", "lanh.dao", "tct.bca", "phap.che.byt", "so.tu.phap.hue"]
)
@pytest.mark.parametrize("page", ["phu-luc", "nguon-dien-tu", "thu-tuc", "nhiem-vu", "uoc-tinh"])
def test_nobody_meets_an_error(
    draw: Draw,
    person_of: Callable[[str], Person],
    campaign: CampaignView,
    username: str,
    page: str,
) -> None:
    app = draw(person_of(username), page, dot=campaign.id)
    assert not app.exception
    assert ERROR not in texts(app)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("", None), ("1.200", 1200), ("0,5", 0.5), ("1.234.567,25", 1234567.25), ("12", 12)],
)
def test_figures_are_read_as_people_type_them(typed: str, value: float | None) -> None:
    assert read_amount(typed) == value


@pytest.mark.parametrize("typed", ["1,2,3", "12.5", "một", "-1", "1e9"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed)):
        read_amount(typed)


@pytest.mark.parametrize(
    ("value", "shown"), [(1234.5, "1.234,5"), (1234, "1.234"), (0.25, "0,25"), (17.5, "17,5")]
)
def test_figures_are_written_in_vietnamese(value: float, shown: str) -> None:
    assert amount(value) == shown


def test_money_is_whole_dong() -> None:
    assert money(1234000.4) == "1.234.000 đ"
