"""Work on several processes comes back whole and in order."""

from __future__ import annotations

import pytest

from corpus.records import RawDocument, ReadResult
from models import batch


def results(count: int) -> list[ReadResult]:
    return [
        ReadResult(str(n), RawDocument(str(n), "text", "x" * (n % 7)) if n % 5 else None)
        for n in range(count)
    ]


def sources(found: list[ReadResult]) -> list[str]:
    return [result.source for result in found]


def nothing() -> None:
    """Nothing to prepare."""


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_input_order(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BATCH_CHARACTERS", 10)
    done = batch.ordered_map(sources, results(100), workers=workers, initializer=nothing)
    assert list(done) == [str(n) for n in range(100)]


def test_batches_hold_about_the_wanted_amount_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BATCH_CHARACTERS", 10)
    made = list(batch.batches(results(100)))
    assert sum(len(part) for part in made) == 100
    for part in made[:-1]:
        weight = sum(len(result.document.text) for result in part if result.document)
        assert 10 <= weight < 17


def test_inputs_are_not_read_far_ahead_of_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BATCH_CHARACTERS", 1)
    taken = 0

    def counted():
        nonlocal taken
        for result in results(1000):
            taken += 1
            yield result

    done = batch.ordered_map(sources, counted(), workers=2, initializer=nothing)
    next(done)
    assert taken < 50
    done.close()
