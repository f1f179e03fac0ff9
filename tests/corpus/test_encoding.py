"""Old encodings are told from the letters and come back as Unicode."""

from __future__ import annotations

import unicodedata

import pytest

from corpus import encoding
from corpus.encoding import _TCVN3, _VISCII, _VNI

SENTENCES = [
    "Điều này quy định hồ sơ của người dân nộp tại cơ quan được giao quản lý.",
    "Công dân không phải xuất trình sổ hộ khẩu khi thực hiện thủ tục tại tỉnh.",
    "Trường hợp giấy tờ bị mất, người nộp đơn được cấp lại trong năm ngày.",
]
ALPHABET = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def _encoded(text: str, legacy: str) -> str:
    """Write ``text`` in an old encoding, held as Western letters: the tables turned round."""
    if legacy == "vni":
        table = {}
        for unit, letter in _VNI.items():
            table.setdefault(letter, unit)
        return "".join(table.get(char, char) for char in text)
    turned = {
        letter: chr(code) for code, letter in (_TCVN3 if legacy == "tcvn3" else _VISCII).items()
    }
    return "".join(turned.get(char, char) for char in text)


@pytest.mark.parametrize("legacy", ["tcvn3", "vni", "viscii"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_comes_back(legacy: str, sentence: str) -> None:
    held = _encoded(sentence, legacy)
    assert held != sentence
    assert encoding.guess(held) == legacy
    assert encoding.convert(held, legacy) == sentence


@pytest.mark.parametrize("legacy", ["tcvn3", "vni", "viscii"])
def test_every_small_letter_has_a_place(legacy: str) -> None:
    assert encoding.convert(_encoded(ALPHABET, legacy), legacy) == ALPHABET


@pytest.mark.parametrize(
    ("held", "legacy", "text"),
    [
        ("hé khÈu", "tcvn3", "hộ khẩu"),
        ("hoä khaåu", "vni", "hộ khẩu"),
        ("HOÄ KHAÅU", "vni", "HỘ KHẨU"),
    ],
)
def test_known_spellings(held: str, legacy: str, text: str) -> None:
    assert encoding.convert(held, legacy) == text


@pytest.mark.parametrize(
    "text",
    [*SENTENCES, "Le présent décret a été publié à Hanoï.", "Plain ASCII.", "", "10 % – 20 %",
     unicodedata.normalize("NFD", SENTENCES[0])],
)  # fmt: skip
def test_what_is_no_old_encoding_is_left_alone(text: str) -> None:
    assert encoding.guess(text) is None
    assert encoding.repair_lines(text) == (text, {})


def test_lines_of_two_encodings_in_one_text() -> None:
    mixed = "\n".join([SENTENCES[0], _encoded(SENTENCES[1], "tcvn3"), SENTENCES[2]])
    text, converted = encoding.repair_lines(mixed)
    assert text == "\n".join(SENTENCES)
    assert set(converted) == {"tcvn3"}


def test_all_old_encodings_beside_unicode_in_one_text() -> None:
    old = {"tcvn3": SENTENCES[1], "vni": SENTENCES[2], "viscii": SENTENCES[0]}
    mixed = "\n".join([SENTENCES[0], *(_encoded(words, name) for name, words in old.items())])
    text, converted = encoding.repair_lines(mixed)
    assert text == "\n".join([SENTENCES[0], *old.values()])
    assert converted == {name: len(_encoded(words, name)) for name, words in old.items()}


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("SắC LệNH THẻ ĐọC SáCH", "SẮC LỆNH THẺ ĐỌC SÁCH"),
        ("Số 66 NGàY 24 THáNG 11", "SỐ 66 NGÀY 24 THÁNG 11"),
        ("UBND tỉnh cấp thẻ", "UBND tỉnh cấp thẻ"),
        ("A. Bố", "A. Bố"),
    ],
)
def test_capitals_of_a_second_font_come_back(line: str, shown: str) -> None:
    held = "\n".join(_encoded(words, "tcvn3") for words in (*SENTENCES, line))
    text, _ = encoding.repair_lines(held)
    assert text.split("\n") == [*SENTENCES, shown]


@pytest.mark.parametrize(
    ("font", "legacy", "capitals"),
    [(".VnTime", "tcvn3", False), (".VnTimeH", "tcvn3", True), ("VNI-Times", "vni", False),
     ("Times New Roman", None, False), ("", None, False)],
)  # fmt: skip
def test_font_names(font: str, legacy: str | None, capitals: bool) -> None:
    assert encoding.by_font(font) == legacy
    assert encoding.draws_capitals(font) is capitals


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (SENTENCES[0].encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SENTENCES[0].encode(), "utf-8"),
        (SENTENCES[0].encode("utf-16"), "utf-16"),
        (SENTENCES[0].encode("utf-16-le"), "utf-16-le"),
        (SENTENCES[0].encode("utf-16-be"), "utf-16-be"),
        (_encoded(SENTENCES[0], "tcvn3").encode("latin-1"), "tcvn3"),
        (_encoded(SENTENCES[0], "vni").encode("latin-1"), "vni"),
        (_encoded(SENTENCES[0], "viscii").encode("latin-1"), "viscii"),
    ],
)
def test_bytes_of_every_encoding(data: bytes, codec: str) -> None:
    text, found, lost = encoding.decode(data)
    assert (text, found, lost) == (SENTENCES[0], codec, 0)


def test_windows_1258_keeps_its_apart_tone_marks() -> None:
    # Only the tone mark stands apart there: ê, ô, ư are letters of their own.
    data = unicodedata.normalize("NFC", SENTENCES[0])
    pieces = []
    for char in data:
        try:
            pieces.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            tone = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            shape = [m for m in marks if m not in tone]
            letter = unicodedata.normalize("NFC", base + "".join(shape))
            pieces.append((letter + "".join(tone)).encode("cp1258"))
    text, codec, lost = encoding.decode(b"".join(pieces))
    assert (codec, lost) == ("cp1258", 0)
    assert unicodedata.normalize("NFC", text) == SENTENCES[0]


def test_bytes_of_no_encoding_are_counted() -> None:
    text, codec, lost = encoding.decode("Điều 1".encode() + b"\xff\xff")
    assert codec == "utf-8"
    assert lost == 2
    assert text.startswith("Điều 1")
