"""Words a pattern needs are necessary: leaving out a wording without them changes no hit."""

from __future__ import annotations

import pytest

from corpus.text import fold
from models import catalogue
from models.literal import any_of, guard, holds, need_of, openings, shortest
from models.scanner import Wordings
from models.wording import join, split

CATALOGUE = catalogue.load()
TEXTS = [
    fold(example.text)
    for row in (*CATALOGUE.categories.values(), *CATALOGUE.look_alikes.values())
    for example in row.examples
]
PATTERNS = [
    pytest.param(pattern, id=f"{row.id}-{kind}")
    for row in CATALOGUE.categories.values()
    for kind, pattern in (("wording", row.wording), ("suspect", row.suspect))
    if pattern
]


@pytest.mark.parametrize(
    ("pattern", "need"),
    [
        ("sổ (?:đăng ký )?hộ khẩu", (("sổ hộ khẩu", "sổ đăng ký hộ khẩu"),)),
        ("(?<=xuất trình )hộ khẩu", (("xuất trình ",), ("hộ khẩu",))),
        ("(?:bản sao )?giấy (?:khai|chứng) sinh", (("giấy chứng sinh", "giấy khai sinh"),)),
        (r"ảnh \d+", (("ảnh ",),)),
        (r"\w+", ()),
        ("a|bc", ()),
        ("(?:giấy|đơn)*", ()),
        ("(?i:giấy)", ()),
    ],
)
def test_need_is_read_from_the_pattern(pattern: str, need: tuple[tuple[str, ...], ...]) -> None:
    assert need_of(pattern) == need


@pytest.mark.parametrize(
    ("pattern", "lookahead"),
    [
        ("(?:bản sao )?sổ", "(?=[bs])"),
        (r"\d+ bộ|hai bộ", r"(?=[\dh])"),
        ("[a-c]x", "(?=[abc])"),
        (".x", ""),
        ("[^a]x", ""),
        ("a?", ""),
    ],
)
def test_guard_names_the_letters_a_match_begins_with(pattern: str, lookahead: str) -> None:
    assert guard(pattern) == lookahead


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        (["thẻ"], "thẻ"),
        (["bằng cấp", "bằng đại học", "học bạ"], r"bằng\ (?:cấp|đại\ học)|học\ bạ"),
        (["ảnh", "ảnh (", "ảnh c"], r"ảnh(?:|\ (?:\(|c))"),
    ],
)
def test_words_that_begin_alike_share_their_letters(words: list[str], pattern: str) -> None:
    assert any_of(words) == pattern


def test_a_word_that_begins_with_another_is_found_with_it() -> None:
    assert shortest(["giấy phép", "thẻ", "giấy", "giấy tờ"]) == ("giấy", "thẻ")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?:quyển )?sổ (?:hộ|tạm)", ("quyển sổ hộ", "quyển sổ tạm", "sổ hộ", "sổ tạm")),
        (r"giấy (?:phép|phép xây)\w*", ("giấy phép",)),
        ("(?<!ảnh )thẻ", ("thẻ",)),
        ("(?:có |được )+xác nhận", ("có ", "được ")),
        (r"\d+ bộ", ()),
        ("(?:giấy|[^.]*)x", ()),
    ],
)
def test_openings_are_the_words_a_match_begins_with(pattern: str, words: tuple[str, ...]) -> None:
    assert openings(pattern) == words


@pytest.mark.parametrize(
    "parts", [["a|b)"[:3], "c"], [r"x\|y", "[|(]z", "[]|]"], ["(?:a|b)c"], [r"\[|b"]]
)
def test_joined_wordings_come_apart_at_their_bars(parts: list[str]) -> None:
    flat = split(join(parts))
    assert "|".join(flat) == "|".join(parts)
    assert all(join([part]) for part in flat)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_trying_fewer_wordings_finds_the_same(pattern) -> None:
    wordings = Wordings(pattern)
    for text in TEXTS:
        assert [(start, end) for start, end, _ in wordings.find(text)] == [
            m.span() for m in pattern.finditer(text)
        ]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_hit_holds_what_its_wording_needs(pattern) -> None:
    for part in split(pattern):
        need, alone = need_of(part), join([part])
        assert all(holds(need, text) for text in TEXTS if alone.search(text))
