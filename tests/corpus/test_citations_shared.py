"""References in real acts, hand-checked: precision and recall of what they point to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from corpus.citing import act_citations
from corpus.number import number_key
from corpus.records import RawDocument
from corpus.structure import parse_act

PATH = Path(__file__).with_name("citations-shared.yaml")
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
