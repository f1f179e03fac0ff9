"""Entry point: the ASGI app, its own routes, and the gate before Streamlit.

``rasoat serve`` and ``streamlit run app.py`` start the same application; the screens themselves
are drawn by ``review/pages/frame.py``.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from corpus.errors import RasoatError
from review.components import feed, keystrokes, shell, single_signon
from review.components.gate import Gate
from review.components.signin import ROUTES, failed
from review.pages.frame import ENTRIES, LANDING

app = st.App(
    Path(__file__).parent / "review" / "pages" / "frame.py",
    routes=[
        *ROUTES,
        *single_signon.ROUTES,
        *keystrokes.ROUTES,
        *feed.ROUTES,
        *shell.routes((entry.path for entry in ENTRIES), LANDING),
    ],
    middleware=[Middleware(Gate)],
    exception_handlers={RasoatError: failed},
)
