"""Routes outside Streamlit: sign in, sign out, health.

Signing in is an ordinary form post, because only a response header can set an HttpOnly cookie.
The cookie is ``SameSite=Strict`` and every post must come from our own origin, so another site
can neither use nor plant a session.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from corpus.errors import RasoatError
from review.components.session import COOKIE, workbench
from review.components.shell import icon
from review.components.wording import say
from review.records import DemoAccount, SignedIn

SIGN_IN, SIGN_OUT, HEALTH = "/dang-nhap", "/dang-xuat", "/suc-khoe"
SINGLE_SIGN_ON, SINGLE_SIGN_ON_BACK = f"{SIGN_IN}/mot-lan", f"{SIGN_IN}/mot-lan/ve"

_PAGE = Template(Path(__file__).with_name("signin.html").read_text(encoding="utf-8"))
_MAX_FORM = 4096  # bytes; a sign-in form is far smaller


def own_path(after: str) -> str:
    """Return ``after`` when it is a path of this server, else the start page (no open redirect)."""
    parts = urlsplit(after)
    local = after.startswith("/") and not after.startswith("//") and "\\" not in after
    signs_in = parts.path == SIGN_IN or parts.path.startswith(f"{SIGN_IN}/")
    if parts.scheme or parts.netloc or not local or signs_in:
        return "/"
    return after


def same_origin(request: Request) -> bool:
    """Tell whether a post was sent by a page of this server."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


async def show(request: Request) -> Response:
    """The sign-in page; whoever is signed in already goes on."""
    mark = request.cookies.get(COOKIE, "")
    after = own_path(request.query_params.get("tiep", "/"))
    if mark and workbench().people.person_of(mark):
        return RedirectResponse(after, status_code=303)
    return HTMLResponse(page(after))


async def sign_in(request: Request) -> Response:
    """Check the form and set the session cookie; a refusal shows its reason on the same page."""
    fields = await _form(request)
    after = own_path(fields.get("tiep", "/"))
    if not same_origin(request):
        return HTMLResponse(page(after, say("signin.foreign_origin")), status_code=403)
    try:
        # Hashing takes a while on purpose; it must not hold up everybody else's pages.
        session = await run_in_threadpool(
            workbench().people.sign_in, fields.get("ten", ""), fields.get("mat_khau", "")
        )
    except RasoatError as error:
        return HTMLResponse(page(after, str(error)), status_code=401)
    response = RedirectResponse(after, status_code=303)
    give_session(response, request, session)
    return response


def give_session(response: Response, request: Request, session: SignedIn) -> None:
    """Put the session into the cookie that scripts cannot read and other sites cannot use."""
    response.set_cookie(
        COOKIE,
        session.token,
        expires=session.expires,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


async def sign_out(request: Request) -> Response:
    """End the session in the store and remove the cookie."""
    if same_origin(request):
        mark = request.cookies.get(COOKIE, "")
        if mark:
            workbench().people.sign_out(mark)
    response = RedirectResponse(SIGN_IN, status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


async def health(request: Request) -> Response:
    """Whether the process answers; says nothing else to whoever is not signed in."""
    return JSONResponse({"trang_thai": "hoat_dong"})


async def failed(request: Request, error: RasoatError) -> Response:
    """What a route answers when the store cannot be opened: code, what happened, what to do."""
    return PlainTextResponse(str(error), status_code=503)


ROUTES = [
    Route(SIGN_IN, show, methods=["GET"]),
    Route(SIGN_IN, sign_in, methods=["POST"]),
    Route(SIGN_OUT, sign_out, methods=["POST"]),
    Route(HEALTH, health, methods=["GET"]),
]


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MAX_FORM:
            return {}
    return {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}


def page(after: str, error: str = "") -> str:
    """Return the sign-in page, above its form what went wrong."""
    return _PAGE.substitute(
        title=escape(say("signin.title")),
        icon=icon(),
        name=escape(say("app.name")),
        purpose=escape(say("signin.purpose")),
        secrecy=escape(say("signin.secrecy")),
        heading=escape(say("signin.heading")),
        error=f'<p class="error" role="alert">{escape(error)}</p>' if error else "",
        action=SIGN_IN,
        after=escape(after),
        username=escape(say("signin.username")),
        password=escape(say("signin.password")),
        submit=escape(say("signin.submit")),
        single=_single(after),
        demo=_demo(after),
    )


def _single(after: str) -> str:
    server = workbench().identity
    if server is None:
        return ""
    # A link, not a form: pages may send forms to this server only, also along redirects.
    address = f"{SINGLE_SIGN_ON}?tiep={quote(after, safe='')}"
    label = server.label or say("signin.single")
    return (
        f'<p class="or">{escape(say("signin.or"))}</p>'
        f'<a class="single" href="{escape(address)}">{escape(label)}</a>'
    )


def _demo(after: str) -> str:
    accounts = workbench().people.demo_accounts()
    if not accounts:
        return ""
    buttons = "".join(_demo_button(account, after) for account in accounts)
    return (
        f'<section class="demo"><h3>{escape(say("signin.demo_heading"))}</h3>'
        f"<p>{escape(say('signin.demo_note'))}</p>"
        f'<div class="accounts">{buttons}</div></section>'
    )


def _demo_button(account: DemoAccount, after: str) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (
            ("ten", account.username),
            ("mat_khau", account.password),
            ("tiep", after),
        )
    )
    return (
        f'<form method="post" action="{SIGN_IN}">{hidden}'
        f'<button type="submit" data-account="{escape(account.username)}">'
        f"<b>{escape(account.name)}</b><span>{escape(account.role)} · {escape(account.agency)}"
        "</span></button></form>"
    )
