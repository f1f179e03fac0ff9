"""References in real acts, hand-checked: precision and recall of what they point to."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.citing import Cited, act_citations
from corpus.number import number_key
from corpus.reading import read_paths
from corpus.records import Act, RawDocument
from corpus.structure import parse_act

PATH = Path(__file__).with_name("citations-shared.yaml")
CODIFIED = Path(__file__).with_name("citations-codified.yaml")
DRAWN = Path(__file__).with_name("citations-drawn.yaml")
AGAIN = Path(__file__).with_name("citations-drawn-again.yaml")
LATER = Path(__file__).with_name("citations-drawn-later.yaml")
TARGET = 0.98


@dataclass(frozen=True)
class Marked:
    """One reference, as checked or as found: span in the source, act key, paths."""

    start: int
    end: int
    act: str
    paths: frozenset[str]

    def same_as(self, other: Marked) -> bool:
        overlap = self.start < other.end and other.start < self.end
        return overlap and self.act == other.act and self.paths == other.paths


def key(act: str) -> str:
    return number_key(act) if act else ""


def checked(lines: list[str]) -> Iterator[Marked]:
    for line in lines:
        start, end, act, paths = line.split("|")
        yield Marked(int(start), int(end), key(act), frozenset(filter(None, paths.split(","))))


def test_precision_and_recall_on_checked_passages(shared: Path) -> None:
    wanted = found = hits = 0
    wrong: list[str] = []
    for row in yaml.safe_load(PATH.read_text(encoding="utf-8"))["van_ban"]:
        # read without a reader: the marks are places in the file itself
        text = (shared / "corpus" / "texts" / row["tep"]).read_text(encoding="utf-8")
        act = parse_act(RawDocument(row["tep"], "text", text))
        if len(act.raw.text) != row["do_dai"]:
            pytest.fail(f"{row['tep']}: văn bản đã đổi, vị trí đánh dấu không còn đúng")
        spans = [tuple(map(int, span.split("-"))) for span in row["doan"]]
        # footnotes are provenance, not provisions; which lines are footnotes is not measured here
        expected = [
            one
            for one in checked(row["vien_dan"])
            if any(p.start <= one.start < p.end for p in act.provisions)
        ]
        seen = [
            Marked(c.start, c.end, key(c.citation.act), frozenset(c.citation.paths))
            for c in act_citations(act)
            if any(start <= c.start < end for start, end in spans)
        ]
        wanted += len(expected)
        found += len(seen)
        good = [one for one in expected if any(one.same_as(other) for other in seen)]
        hits += len(good)
        wrong += [f"{row['tep']} {one}" for one in expected if one not in good]
    precision, recall = hits / found, hits / wanted
    figures = f"{wanted} viện dẫn: chính xác {precision:.4f}, bao phủ {recall:.4f}\n"
    assert wanted >= 500, figures
    assert min(precision, recall) >= TARGET, figures + "\n".join(wrong)


def test_precision_and_recall_on_passages_of_the_codified_law(shared: Path, tmp_path: Path) -> None:
    rows = yaml.safe_load(CODIFIED.read_text(encoding="utf-8"))
    acts = _codified(shared, rows["de_muc"], tmp_path, {row["van_ban"] for row in rows["doan"]})
    tally = Tally()
    for row in rows["doan"]:
        tally.add(row["van_ban"], row, acts[row["van_ban"]])
    tally.hold(400)


@pytest.mark.parametrize(("path", "least"), [(DRAWN, 500), (AGAIN, 750), (LATER, 1000)])
def test_precision_and_recall_on_drawn_passages_of_the_codified_law(
    path: Path, least: int, shared: Path, tmp_path: Path
) -> None:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    numbers = {row["van_ban"] for row in rows["phap_dien"]}
    acts = _codified(shared, rows["de_muc"], tmp_path, numbers)
    tally = Tally()
    for row in rows["phap_dien"]:
        tally.add(row["van_ban"], row, acts[row["van_ban"]])
    tally.hold(least)


@pytest.mark.shared
@pytest.mark.office
@pytest.mark.xdist_group("originals")
@pytest.mark.parametrize(("path", "least"), [(DRAWN, 500), (AGAIN, 300), (LATER, 400)])
def test_precision_and_recall_on_drawn_passages_of_originals(
    path: Path, least: int, originals: dict[str, Act]
) -> None:
    tally = Tally()
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["ban_goc"]:
        tally.add(row["tep"], row, [originals[row["tep"]]])
    tally.hold(least)


@pytest.mark.parametrize(("path", "least"), [(AGAIN, 150), (LATER, 150)])
def test_precision_and_recall_on_drawn_passages_of_texts(
    path: Path, least: int, shared: Path
) -> None:
    acts: dict[str, Act] = {}
    tally = Tally()
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["loi_van"]:
        if row["tep"] not in acts:
            text = (shared / "corpus" / "texts" / row["tep"]).read_text(encoding="utf-8")
            acts[row["tep"]] = parse_act(RawDocument(row["tep"], "text", text))
        tally.add(row["tep"], row, [acts[row["tep"]]])
    tally.hold(least)


class Tally:
    """How many references of checked passages were found, and how many found ones are right."""

    def __init__(self) -> None:
        self.wanted = self.found = self.hits = 0
        self.wrong: list[str] = []
        self._read: dict[int, tuple[Act, list[Cited]]] = {}  # several passages of one act

    def add(self, name: str, row: dict[str, Any], acts: Iterable[Act]) -> None:
        """Read one passage: the first provision of ``acts`` with the path and length of the row."""
        act, provision = next(
            (act, provision)
            for act in acts
            for provision in act.provisions
            if (provision.path, len(provision.text)) == (row["duong_dan"], row["do_dai"])
        )
        expected = list(checked(row["vien_dan"]))
        left_out = row.get("bo_qua", [])
        seen = [
            Marked(
                c.start - provision.start,
                c.end - provision.start,
                key(c.citation.act),
                frozenset(c.citation.paths),
            )
            for c in self._references(act)
            if c.provision is provision
        ]
        seen = [one for one in seen if not any(one.start <= at < one.end for at in left_out)]
        good = [one for one in expected if any(one.same_as(other) for other in seen)]
        self.wanted += len(expected)
        self.found += len(seen)
        self.hits += len(good)
        self.wrong += [f"{name} {row['duong_dan']} {one}" for one in expected if one not in good]

    def _references(self, act: Act) -> list[Cited]:
        if id(act) not in self._read:
            self._read[id(act)] = act, list(act_citations(act))
        return self._read[id(act)][1]

    def hold(self, least: int) -> None:
        """Hold precision and recall to the target, on at least so many references."""
        precision, recall = self.hits / self.found, self.hits / self.wanted
        figures = f"{self.wanted} viện dẫn: chính xác {precision:.4f}, bao phủ {recall:.4f}\n"
        assert self.wanted >= least, figures
        assert min(precision, recall) >= TARGET, figures + "\n".join(self.wrong)


def _codified(
    shared: Path, subjects: list[str], folder: Path, numbers: set[str]
) -> dict[str, list[Act]]:
    """Read some đề mục of the package: number → acts."""
    package = shared / "corpus" / "phapdien" / "BoPhapDienDienTu.zip"
    with zipfile.ZipFile(package) as archive:
        for name in subjects:
            target = folder / "demuc" / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(archive.read(f"BoPhapDienDienTu/demuc/{name}"))
    found: dict[str, list[Act]] = defaultdict(list)
    for result in read_paths([folder]):
        head = result.document.head if result.document else None
        if result.document and head and head.number in numbers:
            found[head.number].append(parse_act(result.document))
    return found
