"""Vietnamese texts from before Unicode: TCVN3 (ABC), VNI-Windows, VISCII.

Such a text reaches us as Western letters: the bytes read as Latin-1, or what Word stores in a
run whose font (.VnTime, VNI-Times) draws Vietnamese instead. ``guess`` looks at the letters,
``by_font`` at the font name, ``convert`` gives Unicode (NFC). Tables: TCVN 5712:1993 (VN3),
RFC 1456 (VISCII), VNI Software's double-byte set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

Legacy = Literal["tcvn3", "vni", "viscii"]
NAMES: dict[Legacy, str] = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI-Windows", "viscii": "VISCII"}

_TCVN3_LETTERS = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ "
    "C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ "
    "E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự "
    "FAỳ FBỷ FCỹ FDý FEỵ"
)
_VISCII_LETTERS = (
    "02Ẳ 05Ẵ 06Ẫ 14Ỷ 19Ỹ 1EỴ 80Ạ 81Ắ 82Ằ 83Ặ 84Ấ 85Ầ 86Ẩ 87Ậ 88Ẽ 89Ẹ 8AẾ 8BỀ 8CỂ 8DỄ 8EỆ 8FỐ 90Ồ "
    "91Ổ 92Ỗ 93Ộ 94Ợ 95Ớ 96Ờ 97Ở 98Ị 99Ỏ 9AỌ 9BỈ 9CỦ 9DŨ 9EỤ 9FỲ A0Õ A1ắ A2ằ A3ặ A4ấ A5ầ A6ẩ A7ậ "
    "A8ẽ A9ẹ AAế ABề ACể ADễ AEệ AFố B0ồ B1ổ B2ỗ B3Ỡ B4Ơ B5ộ B6ờ B7ở B8ị B9Ự BAỨ BBỪ BCỬ BDơ BEớ "
    "BFƯ C0À C1Á C2Â C3Ã C4Ả C5Ă C6ẳ C7ẵ C8È C9É CAÊ CBẺ CCÌ CDÍ CEĨ CFỳ D0Đ D1ứ D2Ò D3Ó D4Ô D5ạ "
    "D6ỷ D7ừ D8ử D9Ù DAÚ DBỹ DCỵ DDÝ DEỡ DFư E0à E1á E2â E3ã E4ả E5ă E6ữ E7ẫ E8è E9é EAê EBẻ ECì "
    "EDí EEĩ EFỉ F0đ F1ự F2ò F3ó F4ô F5õ F6ỏ F7ọ F8ụ F9ù FAú FBũ FCủ FDý FEợ FFỮ"
)
# VNI writes a plain letter and then its marks; these are the marks and the letters they give.
_VNI_MARKS = {
    "a": "ùáøàûảõãïạââáấàầåẩãẫäậêăéắèằúẳüẵëặ",
    "e": "ùéøèûẻõẽïẹâêáếàềåểãễäệ",
    "o": "ùóøòûỏõõïọâôáốàồåổãỗäộ",
    "u": "ùúøùûủõũïụ",
    "y": "ùýøỳûỷõỹ",
    "ô": "ùớøờûởõỡïợ",  # ô alone is ơ
    "ö": "ùứøừûửõữïự",  # ö alone is ư
}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}


def _byte_table(letters: str) -> dict[int, str]:
    return {int(entry[:2], 16): entry[2:] for entry in letters.split()}


_TCVN3 = _byte_table(_TCVN3_LETTERS)
_VISCII = _byte_table(_VISCII_LETTERS)


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    table |= {mark.upper(): letter.upper() for mark, letter in _VNI_SINGLE.items()}
    for base, pairs in _VNI_MARKS.items():
        for mark, letter in zip(pairs[::2], pairs[1::2], strict=True):
            table[base + mark] = letter
            for upper_mark in (mark, mark.upper()):  # typists mixed the case of the mark
                table[base.upper() + upper_mark] = letter.upper()
    return table


_VNI = _vni_table()
_VNI_UNIT = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# Word reads single bytes by Windows-1252, which moves 0x80-0x9F, and marks symbol fonts U+F0xx.
_TO_BYTE = {
    **{
        ord(bytes([code]).decode("cp1252")): code
        for code in range(0x80, 0xA0)
        if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    },
    **{0xF000 + code: code for code in range(0x20, 0x100)},
}


def convert(text: str, legacy: Legacy) -> str:
    """Return ``text``, held as Western letters, in Unicode."""
    single_bytes = text.translate(_TO_BYTE)
    if legacy == "vni":
        return _VNI_UNIT.sub(lambda match: _VNI[match.group()], single_bytes)
    return single_bytes.translate(_TCVN3 if legacy == "tcvn3" else _VISCII)


def by_font(font: str) -> Legacy | None:
    """Return the encoding a font name stands for: .VnTime -> TCVN3, VNI-Times -> VNI."""
    lowered = font.lower()
    if lowered.startswith(".vn"):
        return "tcvn3"
    if lowered.startswith(("vni-", "vni ")):
        return "vni"
    return None


def draws_capitals(font: str) -> bool:
    """Say whether a TCVN3 font (.VnTimeH) draws capitals for small letters."""
    return font.lower().startswith(".vn") and font.endswith("H")


# Syllables that no Vietnamese act does without; each has a letter that ASCII cannot hold.
_COMMON_SYLLABLES = """
của và các được định quy điều này khoản người việc trong không hoặc theo về tại nước chính
phủ là có cho với từ đến khi thì đã số ngày tháng năm bộ luật nghị quyết thực hiện tổ chức
cơ quan quản lý nhà tỉnh thành phố ủy xã hội đối tượng trường hợp hồ sơ giấy tờ cấp chứng
quyền trách nhiệm thủ tục đơn vị dân cộng hòa độc lập hạnh phúc căn cứ hiệu lực thi hành
những một để ở phải bị như sau trên dưới bản kèm đề đăng ký thông tư
"""
_TELLING = frozenset(word for word in _COMMON_SYLLABLES.split() if not word.isascii())
_WORD = re.compile(r"[^\W\d_]+")
_HIGH = re.compile("[\x80-\xff\u0152-\u2122\uf020-\uf0ff]")
_SMALL_AMONG_CAPITALS = re.compile("[A-Z][à-ỹđ]+[A-Z]|[A-Z]{2}[à-ỹđ]|[à-ỹđ][A-Z]{2}")
_CAPITALS_SHARE = 0.8  # of the letters without marks, in a line set in capitals
# Letters Vietnamese has and Western Europe has not: a text with them is Unicode already.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0323]")


def vietnamese_hits(text: str) -> int:
    """Count words of ``text`` that are common Vietnamese syllables with marks."""
    return sum(word in _TELLING for word in _WORD.findall(text.lower()))


def guess(text: str) -> Legacy | None:
    """Return the encoding ``text`` is held in, or None where it is Unicode or not Vietnamese.

    A conversion is believed when it gives clearly more Vietnamese syllables than the text has:
    at least two, and one in twelve words.
    """
    if not _HIGH.search(text):
        return None
    words = len(_WORD.findall(text))
    base = vietnamese_hits(text)
    scores: dict[Legacy, int] = {name: vietnamese_hits(convert(text, name)) for name in NAMES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= max(2, 2 * base + 1, words // 12):
        return best
    return None


def repair_lines(text: str) -> tuple[str, dict[Legacy, int]]:
    """Convert the legacy lines of a text that may mix them with Unicode lines.

    Returns the text and, per encoding, how many characters were converted. Short lines follow
    the encoding of the text around them when they have letters only that encoding explains.
    """
    if not _HIGH.search(text):
        return text, {}
    whole = guess(_without_unicode_lines(text))
    if whole is None:
        return text, {}
    converted: dict[Legacy, int] = {}
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not _HIGH.search(line) or _UNICODE_ONLY.search(line):
            continue
        legacy = guess(line) or (whole if vietnamese_hits(line) == 0 else None)
        if legacy is not None:
            fixed = convert(line, legacy)
            lines[index] = _raised(fixed) if legacy == "tcvn3" else fixed
            converted[legacy] = converted.get(legacy, 0) + len(line)
    return "\n".join(lines), converted


def _raised(line: str) -> str:
    """Return a line in capitals where its letters without marks are capitals: «SắC LệNH».

    TCVN3 has no capitals with a tone: a second font (.VnTimeH) draws the small letters so, and
    its name is lost here.
    """
    plain = [letter for letter in line if letter.isascii() and letter.isalpha()]
    capitals = sum(letter.isupper() for letter in plain)
    drawn = _SMALL_AMONG_CAPITALS.search(line) and capitals >= _CAPITALS_SHARE * len(plain)
    return line.upper() if drawn else line


def _without_unicode_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not _UNICODE_ONLY.search(line))


_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def _strict(codec: str) -> Callable[[bytes], str | None]:
    def attempt(data: bytes) -> str | None:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            return None

    return attempt


def decode(data: bytes, declared: str = "") -> tuple[str, str, int]:
    """Return the text of ``data``, the name of its encoding, and how many bytes made no sense.

    Order: byte-order mark, UTF-16 without mark (by its zero bytes), strict UTF-8, the declared
    encoding, Windows-1258 or a pre-Unicode set by what gives Vietnamese, else UTF-8 with marks
    of replacement.
    """
    for mark, codec in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            text = data.decode("utf-8-sig" if codec == "utf-8" else codec, "replace")
            return text, codec, text.count("\ufffd")
    half = len(data) // 2
    for codec, zeros in (("utf-16-le", data[1:4096:2]), ("utf-16-be", data[0:4096:2])):
        if half and zeros.count(0) > len(zeros) * 0.4:
            text = data.decode(codec, "replace")
            return text, codec, text.count("\ufffd")
    if (text := _strict("utf-8")(data)) is not None:
        return text, "utf-8", 0
    return _decode_single_bytes(data, declared)


def _decode_single_bytes(data: bytes, declared: str) -> tuple[str, str, int]:
    western = data.decode("latin-1")
    legacy = guess(western[:200_000])
    windows = data.decode("cp1258", "replace")
    lenient = data.decode("utf-8", "replace")
    candidates = [
        (vietnamese_hits(_composed(lenient[:200_000])), lenient, "utf-8"),
        (vietnamese_hits(_composed(windows[:200_000])), windows, "cp1258"),
    ]
    if legacy is not None:
        decoded = convert(western, legacy)
        candidates.append((vietnamese_hits(decoded[:200_000]), decoded, legacy))
    if declared and (text := _declared(data, declared)) is not None:
        candidates.append((vietnamese_hits(_composed(text[:200_000])), text, declared.lower()))
    hits, text, name = max(candidates, key=lambda candidate: candidate[0])
    if hits == 0:
        text, name = lenient, "utf-8"
    return text, name, text.count("\ufffd")


def _declared(data: bytes, declared: str) -> str | None:
    try:
        return data.decode(declared)
    except (LookupError, UnicodeDecodeError):
        return None


def _composed(text: str) -> str:
    # Windows-1258 writes tone marks apart; syllables are compared composed.
    return unicodedata.normalize("NFC", text)
