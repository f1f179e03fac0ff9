"""How long clicks take on a large store, driven through Chromium: ``… clicks STORE [--rounds 5]``.

STORE is a SQLite file with the codified law; it is copied first. For each click two times are
taken: «server», from the message that the browser sends to the message that the script has
finished, and «shown», until the page stands still again. The aim is 0,5 s. Similar provisions that
are still looked for come after the page, in a part of its own; one line says when they are there. «Processor» is what the
server's process used meanwhile: on a busy machine it says more than the clock. Nothing is clicked
before the index of similar provisions has been made: every finding shows its neighbours.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, WebSocket, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from review.components.wording import say
from review.search.similar import REBUILD
from tests.browser import server as servers
from tests.browser.conftest import _ARGUMENTS, VIEWPORT
from tests.browser.desk import _SETTLED, Desk

AIM = 0.5  # seconds
_QUIET = 0.12  # seconds without a message: the script does not run once more
_PART = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY  # of a part that comes after the page
_READING = 1.0  # seconds between two clicks: nobody reads a provision in less
_LONGEST = 30.0
_INDEX_SECONDS = 900.0  # learning, encoding and indexing half a million provisions
# The panel is drawn anew for another finding: the one seen before bears a mark, the new one none.
_MARK = """heading => document.querySelectorAll(".rs-block").forEach(
  block => { if (block.innerText.startsWith(heading)) block.dataset.seen = "1"; })"""
_FILLED = """heading => [...document.querySelectorAll(".rs-block:not([data-seen])")].some(
  block => block.innerText.startsWith(heading) && block.querySelector("a"))"""
_READER, _WRITER = "thuong.truc", "phap.che.bxd"


class Stopwatch:
    """Reads the messages between the page and the server."""

    def __init__(self, page: Page, server: int) -> None:
        self._page, self._server = page, server
        self._sent = self._finished = 0.0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda _: self._send())
        socket.on("framereceived", self._receive)

    def _send(self) -> None:
        self._sent = self._sent or time.perf_counter()

    def _receive(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            message = ForwardMsg()
            message.ParseFromString(payload)
            if message.WhichOneof("type") == "script_finished" and message.script_finished != _PART:
                self._finished = time.perf_counter()

    def measure(self, act: Callable[[], object]) -> tuple[float, float, float]:
        """Return (server, processor, shown) of one click in seconds; fails when nothing comes."""
        self._page.wait_for_timeout(_READING * 1000)
        used = processor(self._server)
        self._sent = self._finished = shown = 0.0
        began = time.perf_counter()
        act()
        while True:
            self._page.wait_for_timeout(10)
            now = time.perf_counter()
            if self._finished > shown and self._page.evaluate(_SETTLED):
                shown = now
            if self._finished and shown > self._finished and now - self._finished > _QUIET:
                spent = processor(self._server) - used
                return self._finished - self._sent, spent, shown - began
            if now - began > _LONGEST:
                raise TimeoutError(f"không xong sau {_LONGEST:.0f} giây: {self._page.url}")


def processor(process: int) -> float:
    """Return the processor seconds that a process has used so far (Linux)."""
    facts = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print the table of the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", default="", help="RASOAT_MODEL of the server")
    wanted = parser.parse_args()
    print("| click | server p50 | max | processor p50 | max | shown p50 | max |")
    print("|---|---|---|---|---|---|---|")
    slow = []
    with _served(wanted.store, wanted.model) as (running, campaign), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_chromium(), args=_ARGUMENTS)
        for who, clicks in ((_READER, reading), (_WRITER, deciding)):
            context = browser.new_context(viewport=VIEWPORT, base_url=running.url, locale="vi-VN")
            page = context.new_page()
            page.set_default_timeout(60_000)
            watch, desk = Stopwatch(page, running.process.pid), Desk(page)
            desk.sign_in(who)
            wait_for_index(running.data_dir / "rasoat.db")
            for name, act in clicks(desk, campaign, running.data_dir / "rasoat.db"):
                taken = [watch.measure(act) for _ in range(wanted.rounds)]
                print(_line(name, taken), flush=True)
                if max(server for server, _, _ in taken) > AIM:
                    slow.append(name)
            context.close()
        browser.close()
    print(f"\nabove {AIM} s of server work: {', '.join(slow) or 'none'}")


def _line(name: str, taken: Sequence[tuple[float, float, float]]) -> str:
    cells = [
        f"{figure(column):.2f}".replace(".", ",")
        for column in zip(*taken, strict=True)
        for figure in (statistics.median, max)
    ]
    return f"| {name} | {' | '.join(cells)} |"


Clicks = Iterator[tuple[str, Callable[[], object]]]


def reading(desk: Desk, campaign: int, store: Path) -> Clicks:
    """Clicks of the task force's secretariat, who sees all of it."""
    page = desk.page
    desk.open("ra-soat", dot=campaign, trang_thai="tat-ca")
    yield "next finding of all", lambda: page.keyboard.press("j")
    yield "previous finding of all", lambda: page.keyboard.press("k")
    yield "open a similar finding", lambda: _open_similar(page)
    yield "the similar provisions of that one", lambda: _open_similar(page, until_filled=True)
    desk.open("ra-soat", dot=campaign, trang_thai="tat-ca")
    numbers = iter(range(2, 500))
    yield (
        "another page of the queue",
        lambda: _go(page, f"/ra-soat?dot={campaign}&trang_thai=tat-ca&trang={next(numbers)}"),
    )
    groups = iter(("A1", "B3", "C1", "E2", "F2", "D4", "E8", "F5", "C4", "B4") * 5)
    yield (
        "filter by group",
        lambda: _go(page, f"/ra-soat?dot={campaign}&trang_thai=tat-ca&nhom={next(groups)}"),
    )
    words = iter(("hộ khẩu", "bản sao", "chứng thực", "khai sinh", "nộp trực tiếp") * 9)
    yield (
        "filter by words",
        lambda: _go(page, f"/ra-soat?dot={campaign}&trang_thai=tat-ca&tu_khoa={next(words)}"),
    )
    yield (
        "what was set aside",
        _between(
            page,
            f"/ra-soat?dot={campaign}&muc=da-loai",
            f"/ra-soat?dot={campaign}&muc=da-loai&trang=2",
        ),
    )
    yield "overview", _between(page, f"/?dot={campaign}", f"/?dot={campaign}&x=1")
    yield (
        "library",
        _between(page, f"/kho-van-ban?dot={campaign}", f"/kho-van-ban?dot={campaign}&trang=3"),
    )
    yield (
        "library, acts in force",
        _between(
            page,
            f"/kho-van-ban?dot={campaign}&tinh_trang_hieu_luc=con_hieu_luc",
            f"/kho-van-ban?dot={campaign}&tinh_trang_hieu_luc=con_hieu_luc&trang=2",
        ),
    )
    small, large = acts(store, 60, 300), acts(store, 2500, 10_000)
    yield "open an act", lambda: _go(page, f"/kho-van-ban?van_ban={next(small)}")
    yield "open one of the largest acts", lambda: _go(page, f"/kho-van-ban?van_ban={next(large)}")
    yield (
        "proposals",
        _between(page, f"/de-xuat?dot={campaign}", f"/de-xuat?dot={campaign}&trang_thai=tat-ca"),
    )
    asked = iter(("hộ khẩu", "giấy khai sinh bản sao", "điều 5 nghị định 61/2015") * 9)
    yield "search", lambda: _go(page, f"/tra-cuu?dot={campaign}&tu_khoa={next(asked)}")


def deciding(desk: Desk, campaign: int, store: Path) -> Clicks:
    """Clicks of a ministry's lawyer."""
    desk.open("ra-soat", dot=campaign, trang_thai="goi_y")
    page = desk.page
    yield "next finding of one's own", lambda: page.keyboard.press("j")
    yield "open a similar finding of one's own", lambda: _open_similar(page)
    desk.open("ra-soat", dot=campaign, trang_thai="goi_y")
    yield "confirm and go on", lambda: page.keyboard.press("1")
    yield "open the reasons of a rejection, close them", lambda: page.keyboard.press("2")
    desk.open("ra-soat", dot=campaign, trang_thai="goi_y")
    yield "take and let go", lambda: page.keyboard.press("7")
    desk.open("de-xuat", dot=campaign)
    rows = page.locator('[class*="st-key-hang-"] button')
    places = iter(range(1, 400))
    yield "another proposal", lambda: rows.nth(next(places) % 2).click()


def wait_for_index(store: Path) -> None:
    """Wait until the job that the server began at its start has made the index."""
    until = time.monotonic() + _INDEX_SECONDS
    while time.monotonic() < until:
        with closing(sqlite3.connect(store)) as db:
            last = db.execute(
                "SELECT state, message FROM jobs WHERE kind = ? ORDER BY id DESC", (REBUILD,)
            ).fetchone()
        if last and last[0] == "xong":
            return
        if last and last[0] == "loi":
            raise RuntimeError(f"không lập được chỉ mục: {last[1]}")
        time.sleep(1)
    raise TimeoutError(f"chỉ mục không xong sau {_INDEX_SECONDS:.0f} giây")


def _similar(page: Page) -> Locator:
    """The links to findings in the list of similar provisions."""
    heading = page.get_by_text(say("similar.heading"), exact=True)
    return page.locator(".rs-block").filter(has=heading).locator('a[href*="ra-soat"]')


def _open_similar(page: Page, *, until_filled: bool = False) -> None:
    """Follow the first of these links, once it is there; wait for those of the next if asked."""
    address = _similar(page).first.get_attribute("href")
    assert address is not None
    page.evaluate(_MARK, say("similar.heading"))
    _go(page, address)
    if until_filled:
        page.wait_for_function(_FILLED, arg=say("similar.heading"))


def acts(store: Path, least: int, most: int) -> Iterator[int]:
    """Yield acts with so many provisions, largest first."""
    with closing(sqlite3.connect(store)) as db:
        found = db.execute(
            "SELECT a.id FROM acts a JOIN provisions p ON p.version_id = a.version_id"
            " GROUP BY a.id HAVING count(*) BETWEEN ? AND ? ORDER BY count(*) DESC, a.id",
            (least, most),
        ).fetchall()
    return (row[0] for row in found * 50)


def _go(page: Page, address: str) -> None:
    """Follow a link of ours as a click on it does."""
    page.evaluate(
        """address => {
          const link = document.createElement("a");
          link.href = address; link.target = "_self";
          document.body.append(link); link.click(); link.remove();
        }""",
        address,
    )


def _between(page: Page, first: str, second: str) -> Callable[[], None]:
    turn = iter((first, second) * 500)
    return lambda: _go(page, next(turn))


@contextmanager
def _served(store: Path, model: str) -> Iterator[tuple[servers.RunningServer, int]]:
    """Serve a copy of the store with the demo accounts; yield the server and the campaign."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "var"
        data.mkdir()
        shutil.copy(store, data / "rasoat.db")
        with closing(sqlite3.connect(data / "rasoat.db")) as db:
            (campaign,) = db.execute(
                "SELECT campaign_id FROM acts GROUP BY campaign_id ORDER BY count(*) DESC"
            ).fetchone()
        settings = {"model": model} if model else {}
        running = servers.start(Path(folder), **settings)
        try:
            yield running, campaign
        finally:
            running.stop()


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise SystemExit("không có Chromium")
    return found


if __name__ == "__main__":
    main()
