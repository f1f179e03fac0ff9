"""Damaged files of every format give a whole tree or a reason; `make fuzz` does it to real files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.corpus.damage import Sample, check, damage, run, shared_samples
from tests.corpus.readers import build
from tests.corpus.test_fuzz import ACT

SAMPLES = [
    Sample("thu.txt", ACT.encode()),
    Sample(
        "thu.html", ("<html><body>" + ACT.replace("\n", "</p>\n<p>") + "</body></html>").encode()
    ),
    Sample("thu.docx", build.docx("".join(map(build.par, ACT.splitlines())))),
    Sample("thu.pdf", build.pdf([["Dieu 1. Pham vi thu nghiem", "1. Mot.", "2. Hai."]] * 3)),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.suffix)
def test_damaged_files_give_a_whole_tree_or_a_reason(sample: Sample) -> None:
    chance = random.Random(7)
    assert [fault for _ in range(40) for fault in check(sample.name, damage(sample, chance))] == []


def test_same_seed_gives_the_same_damage() -> None:
    first, second = (damage(SAMPLES[1], random.Random(3)) for _ in range(2))
    assert first == second != SAMPLES[1].data


@pytest.mark.shared
@pytest.mark.office
def test_damaged_real_files_give_a_whole_tree_or_a_reason(shared: Path) -> None:
    found, done = run(shared_samples(shared / "corpus"), 120, seed=11)
    assert found == []
    assert set(done) == {".docx", ".html", ".pdf", ".txt"}
