"""References in real acts, hand-checked: precision and recall of what they point to."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from corpus.citing import act_citations
from corpus.number import number_key
from corpus.reading import read_paths
from corpus.records import RawDocument
from corpus.structure import parse_act

PATH = Path(__file__).with_name("citations-shared.yaml")
CODIFIED = Path(__file__).with_name("citations-codified.yaml")
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
    acts = _codified(
        shared / "corpus" / "phapdien" / "BoPhapDienDienTu.zip", rows["de_muc"], tmp_path
    )
    wanted = found = hits = 0
    wrong: list[str] = []
    for row in rows["doan"]:
        act, provision = next(
            (act, provision)
            for act in map(parse_act, acts[row["van_ban"]])
            for provision in act.provisions
            if (provision.path, len(provision.text)) == (row["duong_dan"], row["do_dai"])
        )
        expected = list(checked(row["vien_dan"]))
        seen = [
            Marked(
                c.start - provision.start,
                c.end - provision.start,
                key(c.citation.act),
                frozenset(c.citation.paths),
            )
            for c in act_citations(act)
            if c.provision is provision
        ]
        good = [one for one in expected if any(one.same_as(other) for other in seen)]
        wanted, found, hits = wanted + len(expected), found + len(seen), hits + len(good)
        wrong += [
            f"{row['van_ban']} {row['duong_dan']} {one}" for one in expected if one not in good
        ]
    precision, recall = hits / found, hits / wanted
    figures = f"{wanted} viện dẫn: chính xác {precision:.4f}, bao phủ {recall:.4f}\n"
    assert wanted >= 400, figures
    assert min(precision, recall) >= TARGET, figures + "\n".join(wrong)


def _codified(package: Path, subjects: list[str], folder: Path) -> dict[str, list[RawDocument]]:
    """Read some đề mục of the package: number → acts."""
    with zipfile.ZipFile(package) as archive:
        for name in subjects:
            target = folder / "demuc" / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(archive.read(f"BoPhapDienDienTu/demuc/{name}"))
    found: dict[str, list[RawDocument]] = defaultdict(list)
    for result in read_paths([folder]):
        if result.document and result.document.head:
            found[result.document.head.number].append(result.document)
    return found
