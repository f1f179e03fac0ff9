"""Which act an amending stem speaks of: by number, or by the name of a law (DOMAIN 5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.citation import find_citations
from corpus.number import FoundNumber, find_numbers, parse_number
from corpus.phrase import outside_quotes
from corpus.records import Act
from corpus.text import clean

# «Sửa đổi, bổ sung một số điều của Luật Nuôi ốc»: laws are often named without their number.
_AMENDED_LAW = re.compile(
    r"(?:[Ss]ửa\s+đổi|[Bb]ổ\s+sung|[Bb]ãi\s+bỏ).{0,80}?\scủa\s+(?=(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s)"
)
_ACT_BEFORE = re.compile(
    r"(?:[Ll]uật|[Pp]háp\s+lệnh|[Nn]ghị\s+(?:định|quyết)|[Qq]uyết\s+định|[Tt]hông\s+tư"
    r"(?:\s+liên\s+(?:tịch|bộ))?|[Cc]hỉ\s+thị|[Ss]ắc\s+lệnh)\s+(?:số\s*:?\s*)?$"
)
# «… về các mẫu theo quy định tại Điều 11 Nghị định số …» is no act that is amended.
_CITED_BEFORE = re.compile(r"\btheo\s+quy\s+định\s+(?:tại|của)\s[^.;:]{0,60}$")
_ONE_AMENDED = re.compile(
    r"(?:[Vv]ề\s+việc\s+)?[Ss]ửa\s+đổi(?:,?\s+bổ\s+sung)?\s+(?:một\s+số\s+\w+|[^;]{1,60}?)\s+(?:của\s+|tại\s+)?"
    r"(?:Nghị\s+định|Thông\s+tư(?:\s+liên\s+tịch)?|Quyết\s+định|Nghị\s+quyết)\s+(?:số\s+)?"
    r"(?=\d)(?!.*,\s*(?:Nghị\s+định|Thông\s+tư|Quyết\s+định)\s+(?:số\s+)?\d)",
    re.DOTALL,
)
_NEAR = 120  # characters before a number that can say what it is


class NumbersOfLaws:
    """Numbers of laws cited by name, where the preamble gives both."""

    def __init__(self, act: Act) -> None:
        end = act.provisions[0].start if act.provisions else 0
        self._own = act.head.number  # of «Luật sửa đổi … của Luật Nuôi ốc số 62/2031/QH19»
        self._preamble = " ".join(clean(act.raw.text[:end]).text.split())
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the number of the law ``name``; ``name`` itself where it is not given."""
        if not name or "/" in name:
            return name
        if name not in self._known:
            self._known[name] = self._find(name) or name
        return self._known[name]

    def _find(self, name: str) -> str:
        pattern = re.escape(name) + r"\s+số\s+(?=\d)"
        for match in re.finditer(pattern, self._preamble, re.IGNORECASE):
            found = next(find_numbers(self._preamble, match.end()), None)
            if found and found.number.official != self._own:
                return found.number.official
        return ""


def act_named(words: str) -> str:
    """Return the first act number outside quotation marks, or the name of the amended law."""
    plain = outside_quotes(words)
    found = next(acts_in(plain), None)
    if found:
        return found.number.official
    law = _AMENDED_LAW.search(plain)
    return next((c.act for c in find_citations(plain[law.end() :]) if c.act), "") if law else ""


def act_of_title(title: str) -> str:
    """Return the act that «Sửa đổi, bổ sung một số điều của Thông tư số …» amends, "" for several.

    Its Điều then need not name it: «Điều 1. Bổ sung khoản 6 vào Điều 3 như sau:».
    """
    match = _ONE_AMENDED.match(" ".join(title.split()))
    found = next(find_numbers(title), None) if match else None
    return found.number.official if found else ""


def completed(named: str, above: str) -> str:
    """Return the act meant: «38/TT-BTC» below 38/2015/TT-BTC has only lost its year."""
    number, outer = parse_number(named) if named else None, parse_number(above)
    if number is None or outer is None or number.year is not None:
        return named or above
    same = (number.num, number.type, number.issuers) == (outer.num, outer.type, outer.issuers)
    return above if same else named


def acts_in(plain: str) -> Iterator[FoundNumber]:
    """Yield numbers of acts; one without a year may be that of a form («Mẫu số 41/TB-NO»)."""
    for found in find_numbers(plain):
        before = plain[max(0, found.start - _NEAR) : found.start]
        if _CITED_BEFORE.search(before):
            continue
        if found.number.year is not None or _ACT_BEFORE.search(before):
            yield found
