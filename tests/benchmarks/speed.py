"""`make bench`: how fast reading, parsing and screening are, beside known tools, in one run.

Needs ../shared/corpus. Times are processor seconds of one process, so that a busy machine changes
them little; the last part screens the whole Bộ Pháp điển as a user does and gives wall-clock time.
"""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from corpus.readers import phapdien
from corpus.reading import read_paths
from corpus.records import RawDocument
from corpus.structure import parse_act
from corpus.text import clean, fold
from models.passage import ActText
from models.prefilter import Prefilter
from models.screen import Screener
from models.trigger import TriggerFinder
from tests.benchmarks import grammar
from tests.benchmarks.reading import package_pages

PACKAGE = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "phapdien"
EVERY = 12  # acts of the package: one in so many is measured
AS_OF = date(2026, 11, 23)
EVERY_GRAMMAR = 10  # of these: one in so many is given to the slow grammar
WORKERS = 2


def _timed(name: str, size: int, work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    spent = time.process_time() - begin
    print(f"{name:44} {spent:8.2f} s {size / spent / 1e6:9.1f} MB/s", flush=True)
    return spent


def measure(documents: list[RawDocument]) -> None:
    """Print the times of every stage over ``documents`` and the ratios the project promises."""
    texts = [document.text for document in documents]
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} văn bản, {sum(map(len, texts)):,} ký tự, {size / 1e6:.1f} MB\n")
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as in the processes of corpus.parallel

    _timed("làm sạch (clean)", size, lambda: [clean(text) for text in texts])
    _timed("gấp chữ (fold)", size, lambda: [fold(text) for text in texts])

    def parse_all() -> None:
        for document in documents:
            parse_act(document)

    parsing = _timed("tách cấu trúc (clean + parse_act)", size, parse_all)

    sample = texts[::EVERY_GRAMMAR]
    sampled = sum(len(text.encode()) for text in sample)
    lines, inlines = (
        _timed(
            f"văn phạm PEG kiểu bluebell, {name}",
            sampled,
            lambda rules=rules: [grammar.parse(rules, text) for text in sample],
        )
        for name, rules in (("theo dòng", grammar.LINES), ("cả trong dòng", grammar.INLINES))
    )

    screener = Screener()
    acts = [parse_act(document) for document in documents]
    whole = _timed(
        "rà soát (Screener.screen)", size, lambda: [screener.screen(a, AS_OF) for a in acts]
    )

    prefilter = Prefilter(screener.catalogue)
    finder = TriggerFinder(screener.catalogue, prefilter)
    folded = [ActText(act) for act in acts]

    def match_all() -> None:
        for act_text in folded:
            for index, categories in prefilter.candidates(act_text):
                finder.find(act_text.passage(index).text, categories)

    matching = _timed("khớp mẫu (tiền lọc + mẫu câu)", size, match_all)

    words = "|".join(
        re.escape(literal) for literal in sorted(_literals(screener), key=len, reverse=True)
    )
    union = re.compile(words)
    bare = _timed(
        "một lượt re trần (hợp các cụm từ)",
        size,
        lambda: [sum(1 for _ in union.finditer(act_text.folded)) for act_text in folded],
    )

    blank = spacy.blank("xx")
    blank.max_length = max(map(len, texts)) + 1
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("CUM_TU", [blank.make_doc(literal) for literal in _literals(screener)])
    documents_of_spacy = []
    tokenising = _timed(
        "spaCy blank('xx'): tách từ",
        size,
        lambda: documents_of_spacy.extend(blank.make_doc(act_text.folded) for act_text in folded),
    )
    phrases = _timed(
        "spaCy PhraseMatcher (không kể tách từ)",
        size,
        lambda: [matcher(doc) for doc in documents_of_spacy],
    )
    print()
    ours = parsing / size * sampled
    print(f"văn phạm PEG theo dòng / tách cấu trúc  = {lines / ours:6.1f}")
    print(f"văn phạm PEG trong dòng / tách cấu trúc = {inlines / ours:6.1f}")
    print(f"tách từ bằng spaCy / tách cấu trúc      = {tokenising / parsing:6.1f}")
    print(f"(tách từ + PhraseMatcher) / khớp mẫu    = {(tokenising + phrases) / matching:6.1f}")
    print(f"khớp mẫu / một lượt re trần             = {matching / bare:6.1f}")
    print(f"rà soát trọn / một lượt re trần         = {whole / bare:6.1f}")


def measure_pages() -> None:
    """Print how fast the pages of the package become text."""
    pages = list(package_pages(PACKAGE))[::EVERY]
    _timed("đọc trang HTML pháp điển", sum(map(len, pages)), lambda: phapdien.read("", pages))


def _literals(screener: Screener) -> list[str]:
    return sorted(
        {
            literal.strip()
            for category in screener.catalogue.categories.values()
            for anchor in category.anchors
            for literal in anchor
            if literal.strip()
        }
    )


def _memory(root: int) -> int:
    """Return the resident bytes of a process and all below it, shared pages counted once."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.M)
        total += int(found[1]) * 1024 if found else 0
    return total


def screen_package() -> None:
    """Screen the whole package with the command line; print wall time and the largest memory."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-c", "from review.cli.main import run; run()", "screen", str(PACKAGE),
            "--out", f"{folder}/out.jsonl", "--workers", str(WORKERS), "--as-of", AS_OF.isoformat(),
        ]  # fmt: skip
        begin = time.monotonic()
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        peak = 0
        done = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not done.wait(0.5):
                peak = max(peak, _memory(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        done.set()
        watcher.join()
        spent = time.monotonic() - begin
    processor = os.times()
    print(
        f"\nrasoat screen {PACKAGE.name} --workers {WORKERS}: {spent:.1f} giây, "
        f"{processor.children_user + processor.children_system:.1f} giây bộ xử lý, "
        f"nhiều nhất {peak / 1e6:,.0f} MB, mã kết thúc {code}, tải máy {os.getloadavg()[0]:.1f}"
    )


def main() -> int:
    """Measure; returns 2 where the package is not there."""
    if not PACKAGE.is_dir():
        print(f"Không có {PACKAGE.name}: đo tốc độ cần Bộ Pháp điển trong ../shared/corpus.")
        return 2
    documents = [
        result.document
        for result in read_paths([PACKAGE], workers=WORKERS)
        if result.document is not None
    ]
    measure_pages()
    sample = documents[::EVERY]
    del documents
    measure(sample)
    if "--whole" in sys.argv[1:]:
        screen_package()
    return 0


if __name__ == "__main__":
    sys.exit(main())
