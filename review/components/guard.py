"""One boundary for errors: people read a code, what happened and what to do; never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from html import escape
from typing import ParamSpec
from uuid import uuid4

import streamlit as st

from corpus.errors import RasoatError
from review.components.conflict import both_texts
from review.components.errors import ERRORS
from review.errors import Conflict

LOG = logging.getLogger("rasoat.screen")
P = ParamSpec("P")

_FLASH = "thong-bao"
_CONFLICT = "xung-dot"


def show_error(error: RasoatError) -> None:
    """Show an error as code, what happened, what to do."""
    st.html(
        f'<div class="rs-notice rs-bad" role="alert"><b>{escape(error.code)}</b> '
        f"{escape(error.happened)}<p>{escape(error.remedy)}</p></div>"
    )


@contextmanager
def boundary() -> Iterator[None]:
    """Run a page; whatever goes wrong ends here as a message in Vietnamese."""
    try:
        yield
    except RasoatError as error:
        show_error(error)
    except Exception:  # the last line of defence: logged in full, shown as RS-590
        log = uuid4().hex[:8]
        LOG.exception("Mã nhật ký %s", log)
        show_error(ERRORS.error("RS-590", log=log))


def guarded(action: Callable[P, object]) -> Callable[P, None]:
    """Make ``action`` safe as a widget callback: its error waits for the next drawing of the page.

    Callbacks run before the page, so nothing they raise would meet the boundary.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            action(*args, **kwargs)
        except Conflict as error:
            st.session_state[_CONFLICT] = error
        except RasoatError as error:
            tell(str(error), good=False)

    return run


def tell(message: str, *, good: bool = True) -> None:
    """Keep a message for the top of the next drawing of the page."""
    st.session_state.setdefault(_FLASH, []).append((message, good))


def show_messages() -> None:
    """Show what was kept for this drawing, once.

    The place is always drawn, also empty: nothing below it may change its position in the page,
    or a rerun would show old and new parts side by side for a moment.
    """
    kept = st.session_state.pop(_FLASH, [])
    conflict = st.session_state.pop(_CONFLICT, None)
    with st.container(key="thong-bao-cho"):
        done = " ".join(escape(message) for message, good in kept if good)
        if done:
            st.html(f'<div class="rs-done" role="status">{done}</div>')
        for message, good in kept:
            if not good:
                st.html(f'<div class="rs-notice rs-bad" role="alert">{escape(message)}</div>')
        if conflict is not None:
            show_error(conflict)
            st.html(both_texts(conflict))


def empty(title: str, advice: str) -> None:
    """Show an empty screen: what there is not, and what to do first."""
    st.html(f'<div class="rs-empty"><b>{escape(title)}</b>{escape(advice)}</div>')
