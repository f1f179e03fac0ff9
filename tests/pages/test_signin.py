"""Sign-in, sign-out and the gate: no session, no page; no foreign origin, no cookie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from corpus.errors import RasoatError
from review.components import feed, gate, shell, signin
from review.components.session import COOKIE
from review.errors import ERRORS
from review.workbench import Workbench

ORIGIN = {"origin": "http://testserver"}
PAGE = {"accept": "text/html"}


async def _inside(request: object) -> PlainTextResponse:
    return PlainTextResponse("bên trong")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("bên trong")


@pytest.fixture
def client(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    for module in (feed, gate, signin):
        monkeypatch.setattr(module, "workbench", lambda: bench)
    monkeypatch.setattr(gate.config, "get_option", lambda _: [])
    app = Starlette(
        routes=[
            *signin.ROUTES,
            *feed.ROUTES,
            *shell.routes(["ra-soat", "tong-quan"], "tong-quan"),
            Route("/_stcore/upload_file/x", _inside, methods=["PUT"]),
            Route("/media/x", _inside),
            WebSocketRoute("/_stcore/stream", _socket),
        ],
        middleware=[Middleware(gate.Gate)],
    )
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("allowed", "host", "expected"),
    [
        ([], "bat-ky", True),
        (["localhost"], "localhost:8501", True),
        (["localhost"], "LOCALHOST", True),
        (["localhost"], "10.0.0.5:8501", False),
        (["*.bo.example"], "ra-soat.bo.example", True),
        (["*.bo.example"], "xbo.example", False),
        (["*"], "bat-ky", True),
        (["::1"], "[::1]:8501", True),
    ],
)
def test_only_known_names_of_the_server_are_answered(
    monkeypatch: pytest.MonkeyPatch, allowed: list[str], host: str, expected: bool
) -> None:
    monkeypatch.setattr(gate.config, "get_option", lambda _: allowed)
    assert gate.host_allowed(host) is expected


def test_an_unknown_name_is_told_what_to_do(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate.config, "get_option", lambda _: ["localhost"])
    answer = client.get("/", headers=PAGE)
    assert answer.status_code == 421
    assert "STREAMLIT_SERVER_ALLOWED_HOSTS" in answer.text


def form(bench: Workbench, **changes: str) -> dict[str, str]:
    account = bench.people.demo_accounts()[0]
    return {"ten": account.username, "mat_khau": account.password, "tiep": "/ra-soat", **changes}


def test_sign_in_sets_a_cookie_that_scripts_cannot_read(
    client: TestClient, bench: Workbench
) -> None:
    answer = client.post(signin.SIGN_IN, data=form(bench), headers=ORIGIN)
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/ra-soat")
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert client.get("/ra-soat", headers=PAGE).status_code == 200


def test_the_landing_page_answers_to_its_own_name_too(client: TestClient, bench: Workbench) -> None:
    client.post(signin.SIGN_IN, data=form(bench), headers=ORIGIN)
    answer = client.get("/tong-quan?dot=1", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (307, "/?dot=1")


def test_wrong_password_shows_the_code_and_sets_nothing(
    client: TestClient, bench: Workbench
) -> None:
    answer = client.post(signin.SIGN_IN, data=form(bench, mat_khau="sai"), headers=ORIGIN)
    assert answer.status_code == 401
    assert "RS-401" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("headers", [{}, {"origin": "https://noi-khac.example"}])
def test_a_form_of_another_site_is_refused(
    client: TestClient, bench: Workbench, headers: dict[str, str]
) -> None:
    answer = client.post(signin.SIGN_IN, data=form(bench), headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("/ra-soat?muc_do=4", "/ra-soat?muc_do=4"),
        ("https://noi-khac.example/", "/"),
        ("//noi-khac.example", "/"),
        ("/\\noi-khac.example", "/"),
        ("javascript:alert(1)", "/"),
        (signin.SIGN_IN, "/"),
    ],
)
def test_after_sign_in_only_own_pages_are_opened(after: str, expected: str) -> None:
    assert signin.own_path(after) == expected


def test_sign_out_ends_the_session(client: TestClient, bench: Workbench) -> None:
    client.post(signin.SIGN_IN, data=form(bench), headers=ORIGIN)
    mark = client.cookies[COOKIE]
    assert client.post(signin.SIGN_OUT, headers=ORIGIN).headers["location"] == signin.SIGN_IN
    assert bench.people.person_of(mark) is None


def test_another_site_cannot_sign_somebody_out(client: TestClient, bench: Workbench) -> None:
    client.post(signin.SIGN_IN, data=form(bench), headers=ORIGIN)
    mark = client.cookies[COOKIE]
    client.post(signin.SIGN_OUT, headers={"origin": "https://noi-khac.example"})
    assert bench.people.person_of(mark) is not None


def test_without_a_session_a_page_leads_to_sign_in_and_back(client: TestClient) -> None:
    answer = client.get("/ra-soat?muc_do=4", headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/dang-nhap?tiep=%2Fra-soat%3Fmuc_do%3D4"


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/_stcore/upload_file/x"), ("GET", "/media/x")]
)
def test_without_a_session_no_upload_and_no_file(
    client: TestClient, method: str, path: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 401
    assert "bên trong" not in answer.text


@pytest.mark.parametrize("cookie", ["", f"{COOKIE}=bia-dat", "=;;=\x01"])
def test_without_a_session_no_socket(client: TestClient, cookie: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"cookie": cookie}),
    ):
        pass


def test_a_store_that_cannot_be_opened_is_said_with_its_code(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Workbench:
        raise ERRORS.error("RS-630", reason="đĩa đầy")

    for module in (feed, gate, signin):
        monkeypatch.setattr(module, "workbench", broken)
    monkeypatch.setattr(gate.config, "get_option", lambda _: [])
    app = Starlette(
        routes=signin.ROUTES,
        middleware=[Middleware(gate.Gate)],
        exception_handlers={RasoatError: signin.failed},
    )
    with TestClient(app) as client:
        for path in (signin.SIGN_IN, "/ra-soat"):
            answer = client.get(path, headers={"cookie": f"{COOKIE}=x"})
            assert answer.status_code == 503
            assert "RS-630" in answer.text


def test_health_answers_everybody_and_says_nothing_else(client: TestClient) -> None:
    assert client.get(signin.HEALTH).json() == {"trang_thai": "hoat_dong"}


def test_pages_may_load_nothing_from_outside_and_stand_in_no_foreign_frame(
    client: TestClient,
) -> None:
    policy = client.get(signin.SIGN_IN).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy


def test_page_is_vietnamese_from_the_first_byte(client: TestClient, bench: Workbench) -> None:
    client.post(signin.SIGN_IN, data=form(bench), headers=ORIGIN)
    page = client.get("/", headers=PAGE).text
    assert '<html lang="vi">' in page
    assert "<title>Bàn rà soát 06</title>" in page
    assert "Streamlit app" not in page


def test_demo_accounts_are_no_buttons_outside_demo_mode(
    client: TestClient, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "data-account=" in client.get(signin.SIGN_IN).text
    monkeypatch.setattr(bench.people, "demo_accounts", list)
    assert "data-account=" not in client.get(signin.SIGN_IN).text


# --- calendar addresses ------------------------------------------------------------------


def test_a_calendar_address_needs_no_session(client: TestClient, bench: Workbench) -> None:
    account = bench.people.demo_accounts()[0]
    person = bench.people.sign_in(account.username, account.password).person
    secret = bench.feeds.make(person)
    answer = client.get(feed.address(secret))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "no-store" in answer.headers["cache-control"]
    assert answer.text.startswith("BEGIN:VCALENDAR")
    bench.feeds.withdraw(person)
    assert client.get(feed.address(secret)).status_code == 404


@pytest.mark.parametrize("path", ["/lich/doan-mo.ics", "/lich/x/../../ra-soat.ics", "/lich/"])
def test_a_guessed_calendar_address_tells_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=PAGE)
    assert answer.status_code in (303, 404)
    assert "VCALENDAR" not in answer.text
