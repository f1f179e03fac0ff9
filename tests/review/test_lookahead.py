"""Answers found ahead: each is looked for once, and nobody waits behind somebody else's."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from review.search.lookahead import Lookahead

PATIENCE = 10.0


class Finder:
    """Finds «answer» when it is let go, and counts how often it was asked."""

    def __init__(self, *, held: bool = False) -> None:
        self.asked = 0
        self.begun = threading.Event()
        self.go = threading.Event()
        if not held:
            self.go.set()

    def __call__(self) -> str:
        self.asked += 1
        self.begun.set()
        assert self.go.wait(PATIENCE)
        return "answer"


@pytest.fixture
def ahead() -> Iterator[Lookahead[str]]:
    made: Lookahead[str] = Lookahead()
    yield made
    made.close()


def test_what_was_begun_is_not_looked_for_again(ahead: Lookahead[str]) -> None:
    find = Finder(held=True)
    ahead.begin("a", find)
    ahead.begin("a", find)
    assert find.begun.wait(PATIENCE)
    threading.Timer(0.05, find.go.set).start()
    assert ahead.get("a", find) == ahead.get("a", find) == "answer"
    assert find.asked == 1


def test_who_begins_learns_whether_the_answer_is_there(ahead: Lookahead[str]) -> None:
    find = Finder(held=True)
    assert not ahead.begin("a", find)
    assert not ahead.begin("a", find)
    find.go.set()
    assert ahead.get("a", find) == "answer"
    assert ahead.begin("a", find)


def test_what_waits_behind_another_is_looked_for_at_once(ahead: Lookahead[str]) -> None:
    slow, wanted = Finder(held=True), Finder()
    ahead.begin("slow", slow)
    assert slow.begun.wait(PATIENCE)
    ahead.begin("wanted", wanted)
    assert ahead.get("wanted", wanted) == "answer"
    assert not slow.go.is_set()
    slow.go.set()
    assert ahead.get("slow", slow) == "answer"
    assert (slow.asked, wanted.asked) == (1, 1)


def test_two_who_ask_at_once_get_one_answer(ahead: Lookahead[str]) -> None:
    find, got = Finder(held=True), []
    askers = [threading.Thread(target=lambda: got.append(ahead.get("a", find))) for _ in range(4)]
    for asker in askers:
        asker.start()
    assert find.begun.wait(PATIENCE)
    find.go.set()
    for asker in askers:
        asker.join(PATIENCE)
    assert got == ["answer"] * 4
    assert find.asked == 1


def test_a_failure_is_raised_and_not_kept(ahead: Lookahead[str]) -> None:
    def fail() -> str:
        raise LookupError("lỗi thử")

    with pytest.raises(LookupError, match="lỗi thử"):
        ahead.get("a", fail)
    assert ahead.get("a", Finder()) == "answer"
    ahead.begin("b", fail)
    with pytest.raises(LookupError, match="lỗi thử"):
        ahead.get("b", fail)
    assert ahead.get("b", Finder()) == "answer"


def test_an_old_answer_is_looked_for_anew() -> None:
    ahead: Lookahead[str] = Lookahead(seconds=0.0)
    find = Finder()
    assert ahead.get("a", find) == ahead.get("a", find) == "answer"
    assert find.asked == 2
    ahead.close()
