"""A real workbench with the sample acts, and the frame drawn by AppTest for any person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from review.components import session
from review.demo.first_start import prepare
from review.records import Person
from review.settings import Settings
from review.workbench import Workbench

Draw = Callable[..., AppTest]


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo workbench; shared, so a test decides on findings that no other one looks at."""
    opened = Workbench.open(Settings(mode="demo", data_dir=tmp_path_factory.mktemp("var")))
    prepare(opened, lambda *_: None)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def person_of(bench: Workbench) -> Callable[[str], Person]:
    """Return a demo person by user name; signed in once, because checking a password is slow."""
    passwords = {account.username: account.password for account in bench.people.demo_accounts()}
    return cache(lambda username: bench.people.sign_in(username, passwords[username]).person)


@pytest.fixture
def draw(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draw a page of the frame as a person sees it; ``None`` for somebody without a session."""

    def drawing(person: Person | None, page: str, **address: object) -> AppTest:
        monkeypatch.setattr(session, "workbench", lambda: bench)
        monkeypatch.setattr(session, "signed_in", lambda: person)
        app = AppTest.from_string(
            f"from review.pages import frame\nframe.draw(landing={page!r})\n", default_timeout=30
        )
        for name, value in address.items():
            app.query_params[name] = str(value)
        return app.run()

    return drawing


def texts(app: AppTest) -> str:
    """Return all HTML and Markdown of a page, for looking things up in it."""
    return "\n".join([*(item.body for item in app.html), *(item.value for item in app.markdown)])
