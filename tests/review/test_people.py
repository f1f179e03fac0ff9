"""Accounts: sign-in, lock-out, sessions, roles; demo accounts in demo mode only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from corpus.errors import RasoatError
from review.demo.first_start import prepare
from review.errors import Forbidden, SignInRefused
from review.people.accounts import DEMO_PASSWORD, FAILURES_BEFORE_LOCK, LOCK_MINUTES
from review.records import Membership
from review.settings import Settings
from review.store import tables as t
from review.store.engine import Store
from tests.review.conftest import PASSWORD, Clock, Desk, build


@pytest.fixture
def fresh(make_desk: Callable[..., Desk], furnished_sqlite, tmp_path) -> Desk:
    """People change here: a copy of its own."""
    import shutil

    path = tmp_path / "people.db"
    shutil.copy(furnished_sqlite, path)
    return make_desk(f"sqlite:///{path}")


def test_sign_in_and_out(desk: Desk) -> None:
    signed = desk.bench.people.sign_in(" HA.thu ", PASSWORD)
    assert signed.person == desk["ha"] == desk.bench.people.person_of(signed.token)
    desk.bench.people.sign_out(signed.token)
    assert desk.bench.people.person_of(signed.token) is None
    assert desk.bench.people.person_of("") is None


def test_neither_password_nor_token_is_stored(desk: Desk) -> None:
    signed = desk.bench.people.sign_in("ha.thu", PASSWORD)
    with desk.store.read() as db:
        stored = repr(db.execute(select(t.people)).all()) + repr(
            db.execute(select(t.sessions)).all()
        )
        events = repr(db.execute(select(t.audit_events)).all())
    assert PASSWORD not in stored
    assert signed.token not in stored
    assert "$argon2" in stored
    assert "argon2" not in events


@pytest.mark.parametrize(
    ("username", "password"), [("ha.thu", "sai"), ("khong.co", PASSWORD), ("he_thong", "")]
)
def test_wrong_name_and_wrong_password_look_the_same(
    fresh: Desk, username: str, password: str
) -> None:
    with pytest.raises(SignInRefused) as refused:
        fresh.bench.people.sign_in(username, password)
    assert str(refused.value).startswith("RS-401: Tên đăng nhập hoặc mật khẩu không đúng.")


def test_whom_the_identity_server_vouches_for_needs_no_password(desk: Desk) -> None:
    signed = desk.bench.people.sign_in_by(" HA.thu ")
    assert signed.person == desk["ha"] == desk.bench.people.person_of(signed.token)


@pytest.mark.parametrize("username", ["khong.co", "he_thong", "", "x" * 5000])
def test_the_identity_server_makes_no_accounts(fresh: Desk, username: str) -> None:
    with pytest.raises(SignInRefused, match="RS-413") as refused:
        fresh.bench.people.sign_in_by(username)
    assert len(str(refused.value)) < 300


def test_the_identity_server_opens_no_locked_and_no_stopped_account(fresh: Desk) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(SignInRefused, match="RS-401"):
            fresh.bench.people.sign_in("ha.thu", "sai")
    with pytest.raises(SignInRefused, match="RS-402"):
        fresh.bench.people.sign_in_by("ha.thu")
    fresh.clock.forward(minutes=LOCK_MINUTES + 1)
    assert fresh.bench.people.sign_in_by("ha.thu")
    fresh.bench.people.deactivate(fresh["vy"], fresh["ha"].id)
    with pytest.raises(SignInRefused, match="RS-404"):
        fresh.bench.people.sign_in_by("ha.thu")


def test_failures_lock_the_account_for_a_while(fresh: Desk) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(SignInRefused, match="RS-401"):
            fresh.bench.people.sign_in("ha.thu", "sai")
    with pytest.raises(SignInRefused, match="RS-402"):
        fresh.bench.people.sign_in("ha.thu", PASSWORD)
    fresh.clock.forward(minutes=LOCK_MINUTES + 1)
    assert fresh.bench.people.sign_in("ha.thu", PASSWORD)


def test_an_administrator_lifts_a_lock(fresh: Desk) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(SignInRefused):
            fresh.bench.people.sign_in("ha.thu", "sai")
    fresh.bench.people.activate(fresh["vy"], fresh["ha"].id)
    assert fresh.bench.people.sign_in("ha.thu", PASSWORD)


def test_a_session_ends_by_itself(fresh: Desk) -> None:
    signed = fresh.bench.people.sign_in("ha.thu", PASSWORD)
    fresh.clock.forward(hours=fresh.settings.session_hours, seconds=1)
    assert fresh.bench.people.person_of(signed.token) is None


def test_deactivating_ends_sessions_and_strands_nothing(fresh: Desk, act) -> None:
    signed = fresh.bench.people.sign_in("ha.thu", PASSWORD)
    fresh.load(act)
    row = fresh.findings()[0]
    fresh.bench.findings.confirm(fresh["ha"], row.id, 1)
    fresh.bench.people.deactivate(fresh["vy"], fresh["ha"].id)
    assert fresh.bench.people.person_of(signed.token) is None
    with pytest.raises(SignInRefused, match="RS-404"):
        fresh.bench.people.sign_in("ha.thu", PASSWORD)
    view = fresh.bench.findings.get(fresh["minh"], row.id)
    assert (view.row.decided_by, "reject" in view.actions) == ("Ha", True)


def test_a_new_password_ends_the_sessions(fresh: Desk) -> None:
    signed = fresh.bench.people.sign_in("ha.thu", PASSWORD)
    fresh.bench.people.set_password(fresh["ha"], fresh["ha"].id, "mat-khau-moi-2026")
    assert fresh.bench.people.person_of(signed.token) is None
    assert fresh.bench.people.sign_in("ha.thu", "mat-khau-moi-2026")
    with pytest.raises(Forbidden):
        fresh.bench.people.set_password(fresh["ha"], fresh["lan"].id, "mat-khau-moi-2026")


@pytest.mark.parametrize(
    ("username", "password", "memberships", "code"),
    [
        ("ha.thu", PASSWORD, (Membership("phap_che_bo", "BXD"),), "RS-405"),
        ("moi.thu", "ngan", (Membership("phap_che_bo", "BXD"),), "RS-406"),
        ("moi.thu.dai", "moi.thu.dai", (Membership("phap_che_bo", "BXD"),), "RS-406"),
        ("moi.thu", PASSWORD, (Membership("vua", "BXD"),), "RS-407"),
        ("moi.thu", PASSWORD, (Membership("phap_che_bo", "XYZ"),), "RS-407"),
        ("moi.thu", PASSWORD, (Membership("he_thong", "BXD"),), "RS-407"),
        ("có dấu", PASSWORD, (), "RS-408"),
        ("he_thong", PASSWORD, (), "RS-408"),
        ("ab", PASSWORD, (), "RS-408"),
    ],
)
def test_a_wrong_account_is_refused(
    fresh: Desk, username: str, password: str, memberships: tuple, code: str
) -> None:
    with pytest.raises(RasoatError) as refused:
        fresh.bench.people.add_person(fresh["vy"], username, "Người mới", password, memberships)
    assert refused.value.code == code


def test_roles_change_and_the_change_is_an_event(fresh: Desk) -> None:
    changed = fresh.bench.people.set_memberships(
        fresh["vy"], fresh["ha"].id, (Membership("phap_che_bo", "BYT"),)
    )
    assert changed.memberships == (Membership("phap_che_bo", "BYT"),)
    events = fresh.bench.audit.list(fresh["vy"], "memberships").items
    assert [(event.action, event.person) for event in events[:2]] == [
        ("insert", "Vy"),
        ("delete", "Vy"),
    ]


def test_title_and_unit_change_and_the_change_is_an_event(fresh: Desk) -> None:
    changed = fresh.bench.people.set_post(fresh["vy"], fresh["ha"].id, " Chuyên viên ", "Cục A ")
    assert (changed.title, changed.unit) == ("Chuyên viên", "Cục A")
    event = fresh.bench.audit.list(fresh["vy"], "people").items[0]
    assert (event.person, event.new["unit"]) == ("Vy", "Cục A")
    with pytest.raises(Forbidden):
        fresh.bench.people.set_post(fresh["ha"], fresh["ha"].id, "Vụ trưởng", "")


def test_the_last_administrator_stays(fresh: Desk) -> None:
    with pytest.raises(RasoatError, match="RS-409"):
        fresh.bench.people.deactivate(fresh["vy"], fresh["vy"].id)
    with pytest.raises(RasoatError, match="RS-409"):
        fresh.bench.people.set_memberships(fresh["vy"], fresh["vy"].id, ())


def test_demo_prepares_once_and_its_buttons_sign_in(tmp_path) -> None:
    store = Store(f"sqlite:///{tmp_path}/demo.db", Clock())
    store.migrate()
    bench = build(store, Settings(mode="demo"))
    first = prepare(bench)
    assert first.count("moi") == len(first.lines) >= 12
    assert prepare(bench).lines == []
    accounts = bench.people.demo_accounts()
    assert [account.password for account in accounts] == [DEMO_PASSWORD] * 11
    roles = {
        role
        for account in accounts
        for role in bench.people.sign_in(account.username, account.password).person.roles()
    }
    assert roles == {
        "nguoi_ra_soat",
        "phap_che_bo",
        "so_tu_phap",
        "tct_nhom_tt",
        "tct_thuongtruc",
        "lanh_dao_cp",
        "quan_tri",
        "chuyen_gia",
    }
    codes = [campaign.code for campaign in bench.campaigns.list(bench.people.operator())]
    assert codes == ["2026", "2023"]
    # The same store, opened in production: the accounts are there and open nothing.
    token = bench.people.sign_in(accounts[0].username, DEMO_PASSWORD).token
    production = build(store, Settings(mode="production"))
    assert production.people.demo_accounts() == []
    assert production.people.person_of(token) is None
    with pytest.raises(SignInRefused, match="RS-403"):
        production.people.sign_in(accounts[0].username, DEMO_PASSWORD)
    with pytest.raises(SignInRefused, match="RS-403"):
        production.people.sign_in_by(accounts[0].username)
    bench.close()


def test_production_creates_no_demo_account(store_url: str) -> None:
    store = Store(store_url)
    bench = build(store, Settings(mode="production"))
    with pytest.raises(RasoatError, match="RS-403"):
        prepare(bench)
    with store.read() as db:
        assert db.scalars(select(t.people.c.username)).all() == ["he_thong"]
    bench.close()
