"""Single sign-on: only the configured server vouches, only an account that exists gets in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from joserfc.util import json_b64encode
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from corpus.errors import RasoatError
from review.components import gate, signin, single_signon
from review.components.session import COOKIE
from review.people.identity import IdentityServer, Journey
from review.records import Membership, Person
from review.settings import Settings
from review.workbench import Workbench

ISSUER = "https://dang-nhap.bo.example/noi-bo"
SECRET = "bi-mat-chung-cua-hai-may-chu-thu-nghiem"
USERNAME = "thu.mot.lan"
CONFIGURED = Settings(
    oidc_issuer=ISSUER, oidc_client_id="ban-ra-soat", oidc_client_secret=SecretStr(SECRET)
)
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
NEW_KEY = RSAKey.generate_key(2048, {"kid": "k2", "use": "sig"})


def _unsigned(claims: dict[str, object]) -> str:
    head, body = (json_b64encode(part).decode() for part in ({"alg": "none"}, claims))
    return f"{head}.{body}."


def _signed_with_the_public_key(claims: dict[str, object]) -> str:
    """The old trick: HS256 with what everybody may read as the secret."""
    public = OctKey.import_key(KEY.as_pem(private=False).replace(b"-----", b"").strip())
    return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, public)


def _signed(claims: dict[str, object], key: RSAKey = KEY) -> str:
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


@dataclass
class FakeServer:
    """An identity server that answers as a test tells it."""

    username: object = USERNAME
    changes: dict[str, object] = field(default_factory=dict)  # claims; None takes one away
    sign: Callable[[dict[str, object]], str] = _signed
    keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    discovery: dict[str, object] = field(default_factory=dict)
    down: frozenset[str] = frozenset()  # paths that do not answer
    asked: list[str] = field(default_factory=list)
    journeys: dict[str, dict[str, str]] = field(default_factory=dict)  # by code

    def authorize(self, address: str) -> dict[str, str]:
        """What the browser carries back after the person has signed in there."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = generate_token(20)
        self.journeys[code] = query
        return {"code": code, "state": query["state"]}

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/noi-bo")
        self.asked.append(path)
        if path in self.down:
            raise httpx2.ConnectError("tắt máy")
        if path == "/.well-known/openid-configuration":
            return httpx2.Response(200, json=self._discovered())
        if path == "/khoa":
            keys = KeySet(list(self.keys)).as_dict(private=False)
            return httpx2.Response(200, json=keys)
        return self._token(request)

    def _discovered(self) -> dict[str, object]:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/vao",
            "token_endpoint": f"{ISSUER}/doi-ma",
            "jwks_uri": f"{ISSUER}/khoa",
            **self.discovery,
        }

    def _token(self, request: httpx2.Request) -> httpx2.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        asked = self.journeys.pop(form.get("code", ""), None)
        if (
            asked is None
            or form["redirect_uri"] != asked["redirect_uri"]
            or create_s256_code_challenge(form["code_verifier"]) != asked["code_challenge"]
            or asked["code_challenge_method"] != "S256"
            or not request.headers["authorization"].startswith("Basic ")
        ):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": ISSUER,
            "sub": "7f3a",
            "aud": "ban-ra-soat",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "preferred_username": self.username,
            **self.changes,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return httpx2.Response(
            200, json={"token_type": "Bearer", "access_token": "x", "id_token": self.sign(claims)}
        )


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


@pytest.fixture(scope="module")
def account(bench: Workbench, person_of: Callable[[str], Person]) -> Person:
    return bench.people.create(
        person_of("quan.tri"),
        USERNAME,
        "Người Thử",
        "mat-khau-dai-du",
        (Membership("nguoi_ra_soat", "BXD"),),
    )


@pytest.fixture
def client(
    bench: Workbench, account: Person, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    for module in (gate, signin, single_signon):
        monkeypatch.setattr(module, "workbench", lambda: bench)
    monkeypatch.setattr(gate.config, "get_option", lambda _: [])
    monkeypatch.setattr(bench, "identity", IdentityServer(CONFIGURED, httpx2.MockTransport(server)))
    app = Starlette(
        routes=[*signin.ROUTES, *single_signon.ROUTES], middleware=[Middleware(gate.Gate)]
    )
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


def go(client: TestClient, server: FakeServer, after: str = "/ra-soat", **changes: str):
    """Press the button, sign in there, come back; ``changes`` are made to what is carried back."""
    away = client.get(signin.SINGLE_SIGN_ON, params={"tiep": after})
    carried = server.authorize(away.headers["location"]) | changes
    return client.get(signin.SINGLE_SIGN_ON_BACK, params=carried)


# --- getting in ---------------------------------------------------------------------------


def test_an_account_signs_in_and_its_page_opens_by_itself(
    client: TestClient, server: FakeServer, bench: Workbench, account: Person
) -> None:
    answer = go(client, server, after="/ra-soat?muc_do=4&bo=BXD")
    assert answer.status_code == 200
    assert 'content="0;url=/ra-soat?muc_do=4&amp;bo=BXD"' in answer.text
    assert bench.people.person_of(client.cookies[COOKIE]) == account
    session, ticket = answer.headers.get_list("set-cookie")
    assert "httponly" in session.lower()
    assert "samesite=strict" in session.lower()
    assert ticket.startswith(single_signon.TICKET)
    assert "max-age=0" in ticket.lower()


def test_two_windows_may_be_under_way_at_once(client: TestClient, server: FakeServer) -> None:
    away = [
        client.get(signin.SINGLE_SIGN_ON, params={"tiep": page})
        for page in ("/ra-soat", "/de-xuat")
    ]
    carried = [server.authorize(answer.headers["location"]) for answer in away]
    back = [client.get(signin.SINGLE_SIGN_ON_BACK, params=each) for each in carried]
    assert [answer.status_code for answer in back] == [200, 200]
    assert "url=/ra-soat" in back[0].text
    assert "url=/de-xuat" in back[1].text


def test_journeys_that_nobody_ended_do_not_pile_up(client: TestClient, server: FakeServer) -> None:
    for _ in range(20):
        client.get(signin.SINGLE_SIGN_ON)
        held = [name for name in client.cookies if name.startswith(single_signon.TICKET)]
        assert 1 <= len(held) <= 4
    assert go(client, server).status_code == 200


def test_the_user_name_is_compared_in_lower_case(client: TestClient, server: FakeServer) -> None:
    server.username = " Thu.MOT.lan "
    assert go(client, server).status_code == 200


def test_the_journey_is_hidden_from_scripts_and_from_readers_of_the_cookie(
    client: TestClient, server: FakeServer
) -> None:
    away = client.get(signin.SINGLE_SIGN_ON)
    query = parse_qs(urlsplit(away.headers["location"]).query)
    cookie = away.headers["set-cookie"]
    assert away.headers["location"].startswith(f"{ISSUER}/vao?")
    assert query["redirect_uri"] == [f"http://testserver{signin.SINGLE_SIGN_ON_BACK}"]
    assert query["code_challenge_method"] == ["S256"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert query["nonce"][0] not in cookie
    assert query["state"][0] not in cookie


def test_what_the_server_says_of_itself_is_asked_once(
    client: TestClient, server: FakeServer
) -> None:
    for _ in range(3):
        go(client, server)
    assert server.asked.count("/.well-known/openid-configuration") == 1
    assert server.asked.count("/khoa") == 1


def test_new_keys_of_the_server_are_fetched(client: TestClient, server: FakeServer) -> None:
    go(client, server)
    server.keys, server.sign = [NEW_KEY], lambda claims: _signed(claims, NEW_KEY)
    assert go(client, server).status_code == 200


# --- staying out --------------------------------------------------------------------------

NOW = int(time.time())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nonce": "khac"}, "trường nonce không đúng"),
        ({"nonce": None}, "trường nonce không đúng"),
        ({"aud": "ung-dung-khac"}, "trường aud không đúng"),
        ({"aud": ["ban-ra-soat", "khac"], "azp": "khac"}, "trường azp không đúng"),
        ({"iss": "https://noi-khac.example"}, "trường iss không đúng"),
        ({"exp": NOW - 3600}, "đã hết hạn"),
        ({"exp": None}, "trường exp không đúng"),
        ({"iat": NOW + 3600}, "trường iat không đúng"),
        ({"preferred_username": None}, "thiếu trường preferred_username"),
        ({"preferred_username": ["thu.mot.lan"]}, "thiếu trường preferred_username"),
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(
    client: TestClient, server: FakeServer, changes: dict[str, object], words: str
) -> None:
    server.changes = changes
    refused(go(client, server), "RS-416", words)


@pytest.mark.parametrize(
    "sign",
    [
        _unsigned,
        _signed_with_the_public_key,
        lambda claims: jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET)),
        lambda claims: _signed(claims, OTHER_KEY),
        lambda claims: _signed(claims, NEW_KEY),
        lambda claims: "khong.phai.token",
        lambda claims: json.dumps(claims),
    ],
    ids=["none", "HS256-public", "HS256-secret", "foreign", "unknown", "garbage", "json"],
)
def test_a_token_that_the_server_did_not_sign_is_refused(
    client: TestClient, server: FakeServer, sign: Callable[[dict[str, object]], str]
) -> None:
    server.sign = sign
    refused(go(client, server), "RS-416", "không kiểm được chữ ký")


@pytest.mark.parametrize("changes", [{"state": "khac"}, {"state": ""}, {"state": "ký tự lạ"}])
def test_an_answer_to_another_journey_is_refused(
    client: TestClient, server: FakeServer, changes: dict[str, str]
) -> None:
    refused(go(client, server, **changes), "RS-414", "không bắt đầu từ trình duyệt này")
    assert "/doi-ma" not in server.asked


def test_an_answer_to_another_browser_is_refused(client: TestClient, server: FakeServer) -> None:
    away = client.get(signin.SINGLE_SIGN_ON)
    client.cookies.clear()
    carried = server.authorize(away.headers["location"])
    refused(client.get(signin.SINGLE_SIGN_ON_BACK, params=carried), "RS-414", "quá 10 phút")


def test_an_answer_is_good_once(client: TestClient, server: FakeServer) -> None:
    away = client.get(signin.SINGLE_SIGN_ON)
    carried = server.authorize(away.headers["location"])
    assert client.get(signin.SINGLE_SIGN_ON_BACK, params=carried).status_code == 200
    client.cookies.delete(COOKIE)
    refused(client.get(signin.SINGLE_SIGN_ON_BACK, params=carried), "RS-414", "đã dùng rồi")


def test_an_answer_that_comes_too_late_is_refused(
    client: TestClient, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        past = time.time() - 11 * 60
        earlier.setattr("review.people.identity.time.time", lambda: past)
        away = client.get(signin.SINGLE_SIGN_ON)
    carried = server.authorize(away.headers["location"])
    refused(client.get(signin.SINGLE_SIGN_ON_BACK, params=carried), "RS-414", "quá 10 phút")


def test_a_code_that_the_server_did_not_give_is_refused(
    client: TestClient, server: FakeServer
) -> None:
    refused(
        go(client, server, code="doan-mo"), "RS-416", "không đổi được mã đăng nhập (invalid_grant)"
    )


def test_a_refusal_of_the_server_is_passed_on_as_text(
    client: TestClient, server: FakeServer
) -> None:
    away = client.get(signin.SINGLE_SIGN_ON)
    state = server.authorize(away.headers["location"])["state"]
    answer = client.get(
        signin.SINGLE_SIGN_ON_BACK, params={"state": state, "error": "<b>access_denied"}
    )
    refused(answer, "RS-417", "&lt;b&gt;access_denied")


def test_a_person_without_an_account_is_told_whom_to_ask(
    client: TestClient, server: FakeServer
) -> None:
    server.username = "nguoi.la"
    answer = go(client, server)
    refused(answer, "RS-413", "«nguoi.la»")
    assert "Nhờ quản trị bàn rà soát lập tài khoản" in answer.text


def test_a_stopped_account_stays_out(
    client: TestClient,
    server: FakeServer,
    bench: Workbench,
    account: Person,
    person_of: Callable[[str], Person],
) -> None:
    bench.people.deactivate(person_of("quan.tri"), account.id)
    try:
        refused(go(client, server), "RS-404", "đã ngừng hoạt động")
    finally:
        bench.people.activate(person_of("quan.tri"), account.id)


@pytest.mark.parametrize("path", ["/khoa", "/doi-ma"])
def test_a_server_that_falls_silent_on_the_way_is_said(
    client: TestClient, server: FakeServer, path: str
) -> None:
    server.down = frozenset({path})
    refused(go(client, server), "RS-415", "Không liên lạc được")


def refused(answer: httpx2.Response, code: str, words: str) -> None:
    assert answer.status_code == 401
    assert code in answer.text
    assert words in answer.text
    assert COOKIE not in str(answer.headers.get_list("set-cookie"))
    assert 'name="mat_khau"' in answer.text  # the local form is there to go on with


# --- before leaving -----------------------------------------------------------------------


def test_when_the_server_is_down_the_local_form_still_works(
    client: TestClient, server: FakeServer
) -> None:
    server.down = frozenset({"/.well-known/openid-configuration"})
    answer = client.get(signin.SINGLE_SIGN_ON, params={"tiep": "/ra-soat"})
    assert answer.status_code == 502
    assert "RS-415" in answer.text
    assert "Đăng nhập bằng tên và mật khẩu của bàn rà soát" in answer.text
    local = client.post(
        signin.SIGN_IN,
        data={"ten": USERNAME, "mat_khau": "mat-khau-dai-du", "tiep": "/ra-soat"},
        headers={"origin": "http://testserver"},
    )
    assert (local.status_code, local.headers["location"]) == (303, "/ra-soat")


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://noi-khac.example"},
        {"token_endpoint": "http://dang-nhap.bo.example/doi-ma"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_server_that_describes_itself_wrongly_is_not_gone_to(
    client: TestClient, server: FakeServer, discovery: dict[str, object]
) -> None:
    server.discovery = discovery
    answer = client.get(signin.SINGLE_SIGN_ON)
    assert answer.status_code == 502
    assert "RS-416" in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "after",
    [
        "https://noi-khac.example/",
        "//noi-khac.example",
        "/\\noi-khac.example",
        "/dang-nhap/mot-lan",
    ],
)
def test_afterwards_only_own_pages_are_opened(
    client: TestClient, server: FakeServer, after: str
) -> None:
    assert 'content="0;url=/"' in go(client, server, after=after).text


def test_an_address_too_long_for_a_cookie_opens_the_start_page(
    client: TestClient, server: FakeServer
) -> None:
    answer = go(client, server, after="/ra-soat?tu=" + "x" * 3000)
    assert answer.status_code == 200
    assert 'content="0;url=/"' in answer.text


def test_a_ticket_of_another_workbench_is_not_opened() -> None:
    other = IdentityServer(CONFIGURED.model_copy(update={"oidc_client_secret": SecretStr("khac")}))
    with pytest.raises(RasoatError, match="RS-414"):
        IdentityServer(CONFIGURED).journey(other.ticket(Journey.start("/")))


# --- configuration ------------------------------------------------------------------------


def test_the_button_is_there_only_when_configured(
    client: TestClient, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get(signin.SIGN_IN, params={"tiep": "/ra-soat?a=1"}).text
    assert 'href="/dang-nhap/mot-lan?tiep=%2Fra-soat%3Fa%3D1">Đăng nhập một lần của bộ</a>' in page
    monkeypatch.setattr(bench, "identity", None)
    assert "mot-lan" not in client.get(signin.SIGN_IN).text
    for path in (signin.SINGLE_SIGN_ON, signin.SINGLE_SIGN_ON_BACK):
        assert client.get(path).headers["location"] == signin.SIGN_IN


def test_the_button_says_what_the_ministry_wants(
    client: TestClient, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = CONFIGURED.model_copy(update={"oidc_label": "Vào bằng tài khoản <Bộ X>"})
    monkeypatch.setattr(bench, "identity", IdentityServer(settings))
    assert ">Vào bằng tài khoản &lt;Bộ X&gt;</a>" in client.get(signin.SIGN_IN).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"oidc_issuer": ""}, "thiếu RASOAT_OIDC_ISSUER"),
        ({"oidc_client_id": ""}, "thiếu RASOAT_OIDC_CLIENT_ID"),
        (
            {"oidc_client_id": "", "oidc_client_secret": SecretStr("")},
            "thiếu RASOAT_OIDC_CLIENT_ID, RASOAT_OIDC_CLIENT_SECRET",
        ),
        ({"oidc_issuer": "http://dang-nhap.bo.example"}, "phải bắt đầu bằng https://"),
        ({"oidc_issuer": "dang-nhap.bo.example"}, "phải bắt đầu bằng https://"),
    ],
)
def test_half_or_unsafe_configuration_is_an_error(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RasoatError, match="RS-418") as error:
        IdentityServer.of(CONFIGURED.model_copy(update=changes))
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("issuer", "configured"),
    [("", False), (ISSUER, True), ("http://127.0.0.1:9000/thu", True)],
)
def test_off_unless_configured(issuer: str, configured: bool) -> None:
    settings = CONFIGURED.model_copy(update={"oidc_issuer": issuer}) if issuer else Settings()
    assert (IdentityServer.of(settings) is not None) is configured


def test_the_secret_is_in_no_printed_settings() -> None:
    assert SECRET not in repr(CONFIGURED)
