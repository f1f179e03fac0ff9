"""Entry point: the ASGI app, its own routes, and the gate before Streamlit.

``rasoat serve``, ``python app.py`` and ``streamlit run app.py`` all start the same application;
the screens themselves are in ``review/pages/frame.py``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from review.components.gate import Gate
from review.components.signin import ROUTES
from review.settings import Settings

HERE = Path(__file__).parent

app = st.App(
    HERE / "review" / "pages" / "frame.py",
    routes=ROUTES,
    middleware=[Middleware(Gate)],
)


def options(settings: Settings) -> dict[str, object]:
    """Return the Streamlit options: those shipped in ``.streamlit/config.toml`` and the settings.

    They are handed over one by one, so that the start folder does not matter.
    """
    shipped = tomllib.loads((HERE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    found: dict[str, object] = {
        f"{section}.{name}": value
        for section, entries in shipped.items()
        for name, value in entries.items()
    }
    hosts = [*shipped["server"]["allowedHosts"], settings.host]
    found["server.allowedHosts"] = list(dict.fromkeys(hosts))
    found["server.address"] = settings.host
    found["server.port"] = settings.port
    found["server.maxUploadSize"] = settings.max_upload_mb
    return found


def serve(settings: Settings | None = None) -> None:
    """Serve the workbench until stopped."""
    app.run(config=options(settings or Settings()))


if __name__ == "__main__":
    serve()
