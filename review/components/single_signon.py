"""Routes of single sign-on: to the ministry's identity server, and back from it.

What must be remembered meanwhile travels encrypted in a cookie of each journey, so that two windows
may be under way at once. That cookie is ``SameSite=Lax``, because the way back comes from another
site; the session cookie stays ``Strict``.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from corpus.errors import RasoatError
from review.components.session import workbench
from review.components.signin import (
    SIGN_IN,
    SINGLE_SIGN_ON,
    SINGLE_SIGN_ON_BACK,
    give_session,
    own_path,
    page,
)
from review.components.wording import say
from review.people.identity import JOURNEY_MINUTES, Journey

TICKET = "rasoat_mot_lan_"  # begins the name of each journey's cookie

_ONWARD = Template(Path(__file__).with_name("onward.html").read_text(encoding="utf-8"))
# A cookie has room for 4096 bytes; a page with a longer address is opened at its start page.
_LONGEST_AFTER = 1500
_MOST_TICKETS = 4  # journeys of one browser at once; servers refuse requests with large heads


async def begin(request: Request) -> Response:
    """Send the browser to the identity server."""
    server = workbench().identity
    if server is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    after = own_path(request.query_params.get("tiep", "/"))
    journey = Journey.start(after if len(after) <= _LONGEST_AFTER else "/")
    try:
        address = await server.address(journey, _back(request))
    except RasoatError as error:
        return HTMLResponse(page(after, str(error)), status_code=502)
    response = RedirectResponse(address, status_code=303, headers={"cache-control": "no-store"})
    held = [name for name in request.cookies if name.startswith(TICKET)]
    if len(held) >= _MOST_TICKETS:
        for name in held:
            _forget(response, name)
    response.set_cookie(
        _ticket(journey.state),
        server.ticket(journey),
        max_age=JOURNEY_MINUTES * 60,
        path=SINGLE_SIGN_ON,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


async def come_back(request: Request) -> Response:
    """Open a session for whom the identity server vouches; a refusal is shown over the form."""
    server = workbench().identity
    if server is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    after, ticket = "/", _ticket(request.query_params.get("state", ""))
    try:
        journey = server.journey(request.cookies.get(ticket, ""))
        after = own_path(journey.after)
        username = await server.username(journey, _back(request), request.query_params)
        session = await run_in_threadpool(workbench().people.sign_in_by, username)
    except RasoatError as error:
        response = HTMLResponse(page(after, str(error)), status_code=401)
    else:
        response = HTMLResponse(_onward(after), headers={"cache-control": "no-store"})
        give_session(response, request, session)
    _forget(response, ticket)
    return response


ROUTES = [
    Route(SINGLE_SIGN_ON, begin, methods=["GET"]),
    Route(SINGLE_SIGN_ON_BACK, come_back, methods=["GET"]),
]


def _ticket(state: str) -> str:
    """Return the name of a journey's cookie, whatever a foreign page sends as ``state``."""
    return TICKET + sha256(state.encode()).hexdigest()[:12]


def _forget(response: Response, ticket: str) -> None:
    response.delete_cookie(ticket, path=SINGLE_SIGN_ON, httponly=True, samesite="lax")


def _back(request: Request) -> str:
    """Return the address to be registered at the identity server."""
    return f"{request.url.scheme}://{request.url.netloc}{SINGLE_SIGN_ON_BACK}"


def _onward(after: str) -> str:
    """A page that goes on by itself.

    Browsers send no ``Strict`` cookie along a redirect that another site began; they do when our
    own page leads on.
    """
    return _ONWARD.substitute(
        title=escape(say("signin.title")),
        after=escape(after),
        words=escape(say("signin.single_done")),
        onward=escape(say("signin.single_onward")),
    )
