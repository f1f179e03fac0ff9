"""What keeps acts in effect, or takes them along: «kéo dài», «tiếp tục có hiệu lực», details.

An act that details another one ends with it unless a later act lets it go on (khoản 4 Điều 154
Luật số 80/2015/QH13; the rule by day, with its evidence mark, is in ``cascade.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

from corpus.datafile import CONFIDENCES, read_sections
from corpus.listed import ACT_TYPE, listed_acts
from corpus.mention import find_mentions
from corpus.number import find_numbers
from corpus.records import Act
from corpus.text import clean, fold

PATH: Final = Path(__file__).with_name("cascade.yaml")

Kind = Literal["keo_dai", "tiep_tuc"]

_DAY = (
    r"(?:hết\s+)?ngày\s+(?P<d>\d{1,2})(?:\s+tháng\s+|/|-|\.)(?P<m>\d{1,2})"
    r"(?:\s+năm\s+|/|-|\.)(?P<y>\d{4})"
)
_UNTIL = re.compile(rf"đến\s+{_DAY}")
# «Kéo dài thời hạn áp dụng Nghị định số … đến hết ngày …»
_PROLONGS = re.compile(
    r"[Kk]éo\s+dài\s+(?:thời\s+(?:hạn|gian)\s+)?(?:có\s+)?"
    r"(?:hiệu\s+lực|áp\s+dụng|thực\s+hiện|thi\s+hành|thí\s+điểm)(?P<what>[^.;]*)"
)
# «Thông tư số … tiếp tục có hiệu lực cho đến khi có văn bản thay thế»
_CONTINUES = re.compile(
    r"(?:vẫn\s+)?tiếp\s+tục\s+(?:có\s+)?(?:hiệu\s+lực|được\s+(?:áp\s+dụng|thi\s+hành))"
)
_STOP = re.compile(r"[.;:\n]")
_SENTENCE_END = re.compile(r"[.;](?=\s)|\n")
_REACH = 400  # characters in which a sentence names its last day
# «quy định chi tiết (một số điều) (và biện pháp thi hành) …», «hướng dẫn thi hành …»
_DETAILS = re.compile(
    r"(?:[Qq]uy\s+định\s+chi\s+tiết|[Hh]ướng\s+dẫn)"
    r"(?:\s*(?:,|và|thi\s+hành|thực\s+hiện|áp\s+dụng|hướng\s+dẫn|biện\s+pháp"
    r"|một\s+số\s+(?:điều|nội\s+dung|quy\s+định)|về|(?:các\s+)?(?:điều|khoản)[\s\d,và]*|của|khoản))*"
    rf"\s+(?=(?:Bộ\s+luật|{ACT_TYPE}))"
)
_AMENDS = re.compile(r"(?:sửa\s+đổi|bãi\s+bỏ|thay\s+thế)", re.I)


@dataclass(frozen=True, slots=True)
class Prolonged:
    """An act (or part of it) that another one lets go on."""

    kind: Kind
    target: str  # official number
    path: str  # "" for the whole act
    by: str
    provision: str
    until: date | None  # last day; None while no end is said


@dataclass(frozen=True, slots=True)
class CascadeRule:
    """The rule by which details end with their act, on the days it governs."""

    act: str  # "" where no rule is known for those days
    path: str
    since: date | None
    until: date | None
    confidence: str  # evidence mark


def prolonged_by(act: Act) -> list[Prolonged]:
    """Return what ``act`` prolongs or lets go on; words inside quoted new text count for none."""
    found: list[Prolonged] = []
    for provision in act.provisions:
        if provision.quoted or provision.level in ("phu-luc", "mau"):
            continue
        words = clean(provision.text).text
        for kind, what, until in _clauses(words):
            for number, path in listed_acts(what):
                by = act.head.number
                found.append(Prolonged(kind, number.official, path, by, provision.path, until))
    return found


def _clauses(words: str) -> Iterator[tuple[Kind, str, date | None]]:
    """Yield what is prolonged or goes on, with the last day that the sentence names."""
    for match in _PROLONGS.finditer(words):
        yield "keo_dai", match["what"], _last_day(words, match.start())
    begin = 0
    for match in _CONTINUES.finditer(words):
        stops = [stop.end() for stop in _STOP.finditer(words, begin, match.start())]
        what = words[stops[-1] if stops else begin : match.start()]
        yield "tiep_tuc", what, _last_day(words, match.end())
        begin = match.end()


def _last_day(words: str, start: int) -> date | None:
    reach = start + _REACH
    stop = _SENTENCE_END.search(words, start, reach)
    match = _UNTIL.search(words, start, stop.start() if stop else reach)
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    except ValueError:
        return None


def details_of(act: Act) -> tuple[str, ...]:
    """Return the acts that ``act`` details, as its title says: numbers, else names of laws.

    An amending act details none of its own: it lives in the act it amends.
    """
    title = clean(act.head.title).text
    cue = _DETAILS.search(title)
    if cue is None or _AMENDS.match(title):
        return ()
    named = [m for m in find_mentions(title) if m.start == cue.end() and m.act and not m.relative]
    return tuple(dict.fromkeys(_number_in_grounds(act, mention.act) for mention in named))


def _number_in_grounds(act: Act, name: str) -> str:
    """Return the number that a căn cứ gives the law ``name``; the name where it gives none."""
    if "/" in name:
        return name
    end = act.provisions[0].start if act.provisions else 0
    head = " ".join(clean(act.raw.text[:end]).text.split())
    place = fold(head).find(f"{fold(name)} số ")
    found = next(find_numbers(head, place), None) if place >= 0 else None
    return found.number.official if found else name


def cascade_rule(ended: date) -> CascadeRule:
    """Return the rule in force on the day an act ended; one without an act where none is known."""
    for rule in _rules():
        if (rule.since or date.min) <= ended <= (rule.until or date.max):
            return rule
    return CascadeRule("", "", None, None, "chưa đối chiếu")


@cache
def _rules() -> tuple[CascadeRule, ...]:
    rules = []
    for row in read_sections(PATH, ("quy_tac",))["quy_tac"]:
        rules.append(
            CascadeRule(
                row.text("van_ban", ""),
                row.text("duong_dan", ""),
                row.day("tu_ngay"),
                row.day("den_ngay"),
                row.choice("muc_tin_cay", CONFIDENCES),
            )
        )
        row.done()
    return tuple(rules)
