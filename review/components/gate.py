"""The gate before everything Streamlit serves: no session, no page, no socket, no upload.

Also sets the response headers that keep the page offline and out of foreign frames.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from corpus.errors import RasoatError
from review.components.feed import FEED
from review.components.session import COOKIE, workbench
from review.components.signin import (
    HEALTH,
    SIGN_IN,
    SIGN_OUT,
    SINGLE_SIGN_ON,
    SINGLE_SIGN_ON_BACK,
)
from review.components.wording import say

# Open to everybody: our own routes of sign-in and health, and the files of the framework, which
# hold no data; and calendar addresses, whose secret is their own key (calendar programs have no
# session).
_OPEN = {
    SIGN_IN,
    SIGN_OUT,
    SINGLE_SIGN_ON,
    SINGLE_SIGN_ON_BACK,
    HEALTH,
    "/_stcore/health",
    "/favicon.png",
    "/manifest.json",
}
_OPEN_PREFIXES = ("/static/", FEED)

_HEADERS = {
    # Streamlit's own scripts need inline styles and eval (charts); nothing may come from outside.
    "content-security-policy": (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
        "connect-src 'self' ws: wss: data: blob:; frame-ancestors 'none'; form-action 'self'; "
        "base-uri 'self'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


def session_token(headers: Headers) -> str:
    """Return the session token of a request's cookies, or an empty string."""
    cookies = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


class Gate:
    """ASGI middleware that lets through only what belongs to a live session."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        if not host_allowed(Headers(scope=scope).get("host", "")):
            await _wrong_host(scope, receive, send)
            return
        try:
            passes = _is_open(scope["path"]) or await run_in_threadpool(_has_session, scope)
        except RasoatError as error:  # the store cannot be opened
            await PlainTextResponse(str(error), status_code=503)(scope, receive, send)
            return
        if passes:
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await _close(send)
        else:
            await _refusal(scope)(scope, receive, _with_headers(send))


def host_allowed(host: str) -> bool:
    """Tell whether ``server.allowedHosts`` knows the name under which the page was opened.

    Streamlit checks the socket only, which leaves an empty page; here the reason is said.
    """
    allowed = config.get_option("server.allowedHosts")
    name = (urlsplit(f"//{host}").hostname or "").lower()
    return not allowed or any(
        pattern == "*" or name == pattern or (pattern[:2] == "*." and name.endswith(pattern[1:]))
        for pattern in allowed
    )


async def _wrong_host(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await _close(send)
        return
    words = say("signin.wrong_host", host=Headers(scope=scope).get("host", ""))
    await PlainTextResponse(words, status_code=421)(scope, receive, _with_headers(send))


async def _close(send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008, "reason": "401"})


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith(_OPEN_PREFIXES)


def _has_session(scope: Scope) -> bool:
    mark = session_token(Headers(scope=scope))
    return bool(mark) and workbench().people.person_of(mark) is not None


def _refusal(scope: Scope) -> PlainTextResponse | RedirectResponse:
    headers = Headers(scope=scope)
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        query = scope["query_string"].decode("latin-1")
        after = scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"{SIGN_IN}?tiep={quote(after, safe='')}", status_code=303)
    return PlainTextResponse(say("signin.needed"), status_code=401)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
