"""Reading order: severity first, then what people tend to confirm."""

from __future__ import annotations

import random

import pytest

from models.rank import MIN_DECISIONS, Candidate, rank


def candidates(count: int) -> list[Candidate]:
    """Odd ids ask for a book, even ids are agency notices."""
    return [
        Candidate(
            number,
            f"Người đề nghị nộp bản sao sổ hộ khẩu số {number % 7}"
            if number % 2
            else f"Cơ quan thông báo bằng văn bản lần {number % 5}",
            severity=3,
        )
        for number in range(count)
    ]


def test_the_gravest_come_first_then_the_readiest_then_by_id() -> None:
    items = [
        Candidate(4, "", 2, 3), Candidate(3, "", 4, 1), Candidate(2, "", 4, 3),
        Candidate(5, "", 2, 3), Candidate(1, "", 1, 3),
    ]  # fmt: skip
    ranking = rank(items, {})
    assert ranking.order == (2, 3, 4, 5, 1)
    assert not ranking.learned


@pytest.mark.parametrize(
    ("confirmed", "rejected", "learned"),
    [(MIN_DECISIONS, MIN_DECISIONS, True), (MIN_DECISIONS - 1, 30, False), (30, MIN_DECISIONS - 1, False), (0, 0, False)],
)  # fmt: skip
def test_learning_waits_for_enough_of_both_kinds(
    confirmed: int, rejected: int, learned: bool
) -> None:
    decisions = {2 * n + 1: True for n in range(confirmed)} | {
        2 * n: False for n in range(rejected)
    }
    assert rank(candidates(100), decisions).learned is learned


def test_what_looks_confirmed_comes_before_what_looks_rejected() -> None:
    decisions = {number: number % 2 == 1 for number in range(24)}
    ranking = rank(candidates(100), decisions)
    assert [number % 2 for number in ranking.order] == [1] * 38 + [0] * 38
    assert "12 gợi ý đã xác nhận và 12 gợi ý đã loại" in ranking.message


def test_what_is_grave_comes_first_among_what_reads_alike() -> None:
    decisions = {number: number % 2 == 1 for number in range(24)}
    grave = Candidate(1000, "Người đề nghị nộp bản sao sổ hộ khẩu số 1", severity=4)
    order = rank([*candidates(60), grave], decisions).order
    assert order.index(1000) < order.index(30)
    assert set(order) == {*range(24, 60), 1000}


def test_category_and_agency_teach_where_the_words_are_the_same() -> None:
    items = [
        Candidate(n, "Người đề nghị nộp giấy tờ", 3, category="A1" if n % 2 else "F5")
        for n in range(60)
    ]
    decisions = {n: n % 2 == 1 for n in range(24)}
    assert {number % 2 for number in rank(items, decisions).order[:18]} == {1}


def test_the_order_does_not_depend_on_the_order_of_input() -> None:
    items = candidates(80)
    decisions = {number: number % 2 == 1 for number in range(30)}
    expected = rank(items, decisions).order
    random.Random(3).shuffle(items)
    shuffled = dict(sorted(decisions.items(), key=lambda item: -item[0]))
    assert rank(items, shuffled).order == expected


def test_decided_suggestions_are_not_offered_again() -> None:
    assert set(rank(candidates(10), {1: True, 2: False}).order) == {0, 3, 4, 5, 6, 7, 8, 9}


def test_nothing_waiting_gives_an_empty_order() -> None:
    items = candidates(40)
    assert rank(items, {item.id: item.id % 2 == 1 for item in items}).order == ()
