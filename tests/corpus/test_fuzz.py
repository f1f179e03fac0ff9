"""Any input gives a whole tree in about linear time; `make fuzz` does the same to real acts."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Act, RawDocument
from corpus.structure import parse_act
from tests.corpus.mutation import SPICE, faults, mutate

ACT = (
    "BỘ THỬ NGHIỆM\nSố: 901/2031/TT-BTN\nTHÔNG TƯ\nQuy định về nuôi ốc\nCăn cứ Luật Thủy sinh;\n"
    "Điều 1. Một\n1. Hồ sơ gồm:\na) Đơn;\nb) Ảnh.\n2. Nơi nộp.\n"
    "Điều 2. Sửa đổi, bổ sung Thông tư số 900/2030/TT-BTN\n1. Sửa đổi khoản 2 Điều 7 như sau:\n"
    "“2. Ốc nuôi trong ao:\na) Ao đất;\nb) Ao xi măng.”.\nĐiều 3. Hiệu lực\nThông tư này có hiệu lực.\n"
    "Nơi nhận:\n- Lưu.\nBỘ TRƯỞNG\nPhụ lục I\nDANH MỤC ỐC\n1. Ốc đá.\n2. Ốc mỡ.\n"
)


def parsed(text: str) -> Act:
    return parse_act(RawDocument(source="a.txt", format="text", text=text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(SPICE), st.text(max_size=30)), max_size=60))
def test_any_lines_give_a_whole_tree(pieces: list[str]) -> None:
    assert faults(parsed("".join(pieces))) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_damaged_acts_give_a_whole_tree(seed: int) -> None:
    assert faults(parsed(mutate(ACT, random.Random(seed)))) == []


HOSTILE = {
    "điểm on one line": lambda n: "a) " * n,
    "điểm on many lines": lambda n: "a) x\n" * n,
    "quotes that never close": lambda n: "Điều 1. Sửa đổi như sau:\n" + "“1. x\n" * n,
    "quotes alone": lambda n: "“" * n,
    "one long word": lambda n: "x" * (3 * n),
    "one long line": lambda n: "Điều 1. " + "khoản 1 Điều 2, " * (n // 4),
    "the same Điều": lambda n: "Điều 1.\n" * n,
    "deep numbers": lambda n: "1.1.1.1.1. x\n" * n,
    "khoản without end": lambda n: "Điều 1. Một\n" + "".join(f"{i}. x\n" for i in range(1, n)),
    "forms": lambda n: "Điều 1. Một\n" + "Mẫu số 01\n" * n,
    "annexes": lambda n: "Điều 1. Một\nNơi nhận:\n" + "PHỤ LỤC I\nTÊN\n" * n,
    "combining marks": lambda n: "e\u0301\u0323" * n,
}
SMALL = 2_000


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text(name: str) -> None:
    def spent(count: int) -> float:
        text = HOSTILE[name](count)
        begin = time.process_time()
        parsed(text)
        return time.process_time() - begin

    # Eight times the text may take thrice eight times as long (a quadratic parser needs 64 times);
    # times below a tenth of a second say nothing.
    assert spent(8 * SMALL) < max(0.1, 24 * spent(SMALL))
