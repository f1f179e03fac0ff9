"""Any input gives a whole tree; `make fuzz` does the same to real acts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Act, RawDocument
from corpus.structure import parse_act
from tests.corpus.hostile import HOSTILE
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


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_a_whole_tree(name: str) -> None:
    assert faults(parsed(HOSTILE[name](10_000))) == []
