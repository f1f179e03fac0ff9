"""Two servers that start at once on one empty database prepare its demo once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from sqlalchemy import create_engine, func, select

from review.demo import first_start
from review.store import tables as t
from tests.review.conftest import Cluster, cluster  # noqa: F401  (a fixture)

_START = """
from review.cli.serve import prepare_demo
from review.settings import Settings
from review.workbench import Workbench
prepare_demo(Workbench.open(Settings()))
"""
SECONDS = 600


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'chung.db'}"
    return request.getfixturevalue("cluster").create("template1")


def test_two_processes_on_one_empty_database_prepare_the_demo_once(
    url: str, tmp_path: Path
) -> None:
    both = []
    for name in ("mot", "hai"):
        environment = {
            **os.environ,
            "RASOAT_DATABASE_URL": url,
            "RASOAT_DATA_DIR": str(tmp_path / name),
        }
        both.append(
            subprocess.Popen(
                [sys.executable, "-c", _START],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    said = [one.communicate(timeout=SECONDS)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert "RS-" not in "".join(said)
    told = yaml.safe_load(first_start._DATA.read_text(encoding="utf-8"))
    engine = create_engine(url)
    with engine.connect() as db:
        usernames = db.scalars(select(t.people.c.username).where(t.people.c.demo)).all()
        acts = db.execute(select(t.acts.c.campaign_id, t.acts.c.identity)).tuples().all()
        meetings = db.scalar(select(func.count()).select_from(t.meetings))
        numbers = db.scalar(
            select(func.count()).select_from(
                select(t.meetings.c.campaign_id, t.meetings.c.number).distinct().subquery()
            )
        )
    engine.dispose()
    assert sorted(usernames) == sorted(one["username"] for one in told["people"])
    assert max(Counter(acts).values()) == 1
    assert meetings == numbers > 0
