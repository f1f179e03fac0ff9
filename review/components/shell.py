"""The empty page that Streamlit's scripts fill: in Vietnamese from the first byte.

Streamlit serves it as English under its own name; screen readers choose their voice by ``lang``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

import streamlit
import yaml
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from review.components.theme import EMBLEM
from review.components.wording import say

_ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_FRAMEWORK = Path(__file__).with_name("framework.yaml")
# Without this Streamlit first asks for its base below the page's own address, and gets two 404s.
_BASE = "<script>window.__streamlit = {BACKEND_BASE_URL: location.origin};</script>"
_LINKS, _WORDS, _DIALOG = "/lien-ket.js", "/tu-ngu.js", "/hop-thoai.js"
_SCRIPTS = {
    address: Path(__file__).with_name(name).read_text(encoding="utf-8")
    for address, name in ((_LINKS, "links.js"), (_WORDS, "words.js"), (_DIALOG, "dialog.js"))
}


@cache
def page(paths: tuple[str, ...], landing: str) -> str:
    """Return Streamlit's start page with our language, name and notice about scripts.

    Links to ``paths`` are followed without loading the page anew; ``landing`` is another name of
    the bare address.
    """
    shipped = Path(streamlit.__file__).with_name("static") / "index.html"
    text = shipped.read_text(encoding="utf-8").replace('<html lang="en">', '<html lang="vi">')
    text = text.replace("<title>Streamlit</title>", f"<title>{escape(say('app.name'))}</title>")
    text = _ICON.sub(lambda _: icon(), text)
    notice = f"<noscript><p>{escape(say('app.needs_script'))}</p></noscript>"
    known = escape(" ".join(paths), quote=True)
    words = escape(json.dumps(_framework(), ensure_ascii=False), quote=True)
    scripts = (
        f'{_BASE}<script defer src="/nhap.js"></script>'
        f'<script defer src="{_LINKS}" data-pages="{known}" data-landing="/{landing}">'
        "</script>"
        f'<script defer src="{_WORDS}" data-words="{words}"></script>'
        f'<script defer src="{_DIALOG}"></script>'
    )
    text = text.replace("</head>", f"{scripts}</head>")
    return _NOSCRIPT.sub(lambda _: notice, text)


def _framework() -> dict[str, str]:
    """Return English texts of the framework with ours; ``{}`` stands for a name or a number."""
    read = yaml.safe_load(_FRAMEWORK.read_text(encoding="utf-8"))
    return {str(english): str(ours) for english, ours in read.items()}


def icon() -> str:
    """Return the link to the page icon; the picture itself is in the address."""
    return f'<link rel="icon" href="data:image/svg+xml,{quote(EMBLEM)}">'


async def _script(request: Request) -> Response:
    return PlainTextResponse(
        _SCRIPTS[request.url.path],
        media_type="text/javascript",
        headers={"cache-control": "no-cache"},
    )


async def _to_landing(request: Request) -> RedirectResponse:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}", status_code=307)


def routes(paths: Iterable[str], landing: str) -> list[Route]:
    """Return the routes of the start page and of every page in ``paths``.

    The ``landing`` page has only the bare address: Streamlit does not know it by another.
    """
    shown_at = ("/", *(f"/{path}" for path in paths if path != landing))

    async def show(request: Request) -> HTMLResponse:
        return HTMLResponse(page(shown_at, landing), headers={"cache-control": "no-cache"})

    shown = [Route(path, show, methods=["GET"]) for path in shown_at]
    return [
        *shown,
        Route(f"/{landing}", _to_landing, methods=["GET"]),
        *(Route(address, _script, methods=["GET"]) for address in _SCRIPTS),
    ]
