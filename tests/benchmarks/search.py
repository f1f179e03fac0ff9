"""Similar provisions, search and reading order, measured on the real acts.

``python -m tests.benchmarks.search load STORE``     the whole codified law into a SQLite file
``python -m tests.benchmarks.search build STORE``    learn, encode and index; time and memory
``python -m tests.benchmarks.search similar STORE``  BM25 beside lexical, static and blended
``python -m tests.benchmarks.search tune STORE``     parts of the blend, on other acts than that
``python -m tests.benchmarks.search near STORE``     what the bounds «rất gần» and «gần» mean
``python -m tests.benchmarks.search speed STORE``    p50 and p95 of the search box
``python -m tests.benchmarks.search ranking STORE``  WSS@95 of every order of reading

STORE is a SQLite file, or the address of an empty PostgreSQL database with ``--data FOLDER`` for
what ``build`` makes (FOLDER may hold a fitting made from the same store already). Every table
comes from one run, so its rows stand on the same ground. The real acts stand beside the project
(``../shared``) and are read only.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from review.people.accounts import People
from review.records import CampaignInput
from review.search.similar_query import entries
from review.settings import Settings
from review.store.engine import Store
from review.workbench import Workbench
from tests.benchmarks import search_order, search_pairs, search_speed

SHARED = Path(__file__).parents[3] / "shared"


def load(bench: Workbench) -> None:
    """Load the codified law through the library, as ``rasoat load`` does."""
    operator = bench.people.operator()
    campaign = bench.campaigns.add(
        operator, CampaignInput("phap-dien", "Bộ Pháp điển", date(2026, 11, 23), date(2026, 12, 31))
    )
    began = time.perf_counter()
    report = bench.library.load_paths(operator, [SHARED / "corpus/phapdien"], campaign.id)
    print(f"{len(report.lines)} acts loaded in {time.perf_counter() - began:.0f} s")


def build(bench: Workbench) -> None:
    """Learn, encode and index all provisions in a child process, as the job does."""
    from models.fitting import in_child

    folder = Path(tempfile.mkdtemp(dir=bench.settings.data_dir))
    began, told = time.perf_counter(), ""

    def report(_done: int, _total: int, message: str) -> None:
        nonlocal told
        if message != told:
            told = message
            print(f"{time.perf_counter() - began:7.1f} s  {message}", flush=True)

    versions: dict[str, int] = {}
    with bench.store.read() as db:
        fitted = in_child(entries(db, versions), folder, report)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{time.perf_counter() - began:7.1f} s  {fitted.count} provisions")
    # On a machine that others use, processor seconds say more than the clock.
    print(f"child: {used.ru_utime + used.ru_stime:.0f} processor s, {used.ru_maxrss / 1e6:.1f} GB")
    target = bench.settings.data_dir / search_pairs.FITTING
    if not target.exists():
        folder.rename(target)


COMMANDS: dict[str, Callable[[Workbench], None]] = {
    "load": load,
    "build": build,
    "similar": search_pairs.similar,
    "tune": search_pairs.tune,
    "near": search_pairs.near,
    "speed": search_speed.speed,
    "ranking": search_order.ranking,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("store", help="SQLite file or address of a PostgreSQL database")
    parser.add_argument("--data", type=Path, help="folder of the fitting; a SQLite file's own")
    given = parser.parse_args()
    if "://" in given.store:
        if given.data is None:
            parser.error("a database by address needs --data")
        url, folder = given.store, given.data
    else:
        path = Path(given.store).resolve()
        url, folder = f"sqlite:///{path}", given.data or path.parent
    settings = Settings(mode="production", data_dir=folder, database_url=url)
    store = Store(settings.url)
    store.migrate()
    bench = Workbench(settings, store)
    bench.people = People(store, settings)
    try:
        COMMANDS[given.command](bench)
    finally:
        bench.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
