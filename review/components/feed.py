"""The route of calendar addresses: the secret in the address is the only key to it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from exports import calendar
from review.components.session import workbench
from review.components.wording import say

FEED = "/lich/"


def address(secret: str) -> str:
    """Return the path of the calendar with this secret."""
    return f"{FEED}{secret}.ics"


async def show(request: Request) -> Response:
    """The calendar of an address; 404 for one that was never made or is withdrawn."""
    feed = await run_in_threadpool(workbench().feeds.read, request.path_params["secret"])
    # Neither proxies nor search engines may keep what only this address opens.
    headers = {"cache-control": "private, no-store", "x-robots-tag": "noindex"}
    if feed is None:
        return PlainTextResponse(say("programme.feed_unknown"), status_code=404, headers=headers)
    content = await run_in_threadpool(calendar.build, feed)
    return Response(content, media_type=calendar.MIME, headers=headers)


ROUTES = [Route(FEED + "{secret}.ics", show, methods=["GET"])]
