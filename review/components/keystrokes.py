"""The route that takes what is being typed, and the script that sends it.

Streamlit sends the text of a field only when the field is left. The script posts it within two
seconds; the route puts it into the draft of whoever is signed in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from review.components.formats import clock
from review.components.session import COOKIE, workbench
from review.components.signin import same_origin
from review.components.wording import say
from review.errors import ERRORS

DRAFT, SCRIPT = "/nhap", "/nhap.js"

_SCRIPT = Path(__file__).with_name("keystrokes.js").read_text(encoding="utf-8")
_LARGEST = 1_000_000  # bytes of one form; an act's longest provision is far shorter
_MOST_FIELDS = 40


async def script(request: Request) -> Response:
    """The script of the page."""
    return PlainTextResponse(
        _SCRIPT, media_type="text/javascript", headers={"cache-control": "no-cache"}
    )


async def keep(request: Request) -> Response:
    """Put typed fields into a draft: 200 with the time, 410 where the form was closed meanwhile.

    403 for a page of another origin, 400 for what no form of ours sends, 413 for too much.
    """
    if not same_origin(request):
        return PlainTextResponse(say("signin.foreign_origin"), status_code=403)
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > _LARGEST:
                return PlainTextResponse(str(ERRORS.error("RS-572")), status_code=413)
    except ClientDisconnect:  # the page was left halfway; what was sent before is kept
        return Response(status_code=400)
    sent = _read(body)
    if sent is None:
        return PlainTextResponse(str(ERRORS.error("RS-573")), status_code=400)
    return await run_in_threadpool(_keep, request.cookies.get(COOKIE, ""), *sent)


def _keep(
    mark: str, key: str, sheet: str, values: dict[str, Any], under: dict[str, Any]
) -> Response:
    bench = workbench()
    person = bench.people.person_of(mark)
    if person is None:
        return PlainTextResponse(say("signin.needed"), status_code=401)
    draft = bench.drafts.keep(person, key, sheet, values, under)
    if draft is None:
        return Response(status_code=410)
    return JSONResponse({"luc": clock(draft.saved_at)})


def _read(body: bytes) -> tuple[str, str, dict[str, Any], dict[str, Any]] | None:
    """Return key, sheet, typed fields and what they rest on; None for what no script sends."""
    try:
        sent = json.loads(body)
    except ValueError:
        return None
    if not isinstance(sent, dict):
        return None
    key, sheet, values = sent.get("key"), sent.get("sheet"), sent.get("values")
    if not isinstance(key, str) or not 0 < len(key) <= 200:
        return None
    if not isinstance(sheet, str) or not 0 < len(sheet) <= 32:
        return None
    if not isinstance(values, dict) or not 0 < len(values) <= _MOST_FIELDS:
        return None
    if not all(isinstance(value, str | int) for value in values.values()):
        return None
    under = sent.get("under", {})
    if not isinstance(under, dict) or len(under) > _MOST_FIELDS:
        return None
    return key, sheet, values, under


ROUTES = [Route(DRAFT, keep, methods=["POST"]), Route(SCRIPT, script, methods=["GET"])]
