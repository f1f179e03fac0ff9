"""The workbench of this process and the person who looks at the page.

The session token travels in one HttpOnly cookie that only the sign-in routes write.
"""

from __future__ import annotations

import gc
from functools import cache

import streamlit as st

from review.records import Person
from review.settings import Settings
from review.watch import Watch
from review.workbench import Workbench

COOKIE = "rasoat_phien"


@cache
def workbench() -> Workbench:
    """Open the workbench once for the whole process; routes and pages share it.

    What was or will be loaded from the command line is brought into the similar provisions.
    """
    bench = Workbench.open(Settings())
    bench.similar.refresh(bench.people.operator())
    Watch(bench).start()
    # What was loaded until here stays: the collector need not walk through it at every click.
    gc.collect()
    gc.freeze()
    return bench


def token() -> str:
    """Return the session token of the browser that opened this page, or an empty string."""
    return st.context.cookies.get(COOKIE, "")


def signed_in() -> Person | None:
    """Return the person of this browser's session; None when it has ended or is unknown."""
    mark = token()
    return workbench().people.person_of(mark) if mark else None
