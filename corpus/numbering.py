"""Validator V7: numbering that repeats, skips or strays; punctuation inside inline lists.

Acts with Điều are checked on their tree. Other texts (reports, official letters) are checked line
by line: Roman sections «I.», sections «1.» within them. Inline lists «(1) …; (2) …; (3) …» are
checked in every text. Điểm run a b c d đ e g h i k … (DOMAIN 5.1, 5.9).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.defect import Defect, defect, line_of
from corpus.outline import DIEM_ALPHABET, roman_value
from corpus.records import Act, Provision
from corpus.text import CleanText

_SEGMENT = re.compile(
    r"(?:dieu|khoan|diem)-(?P<value>\d+|[a-zđ])(?P<suffix>[a-zđ]?\d*)(?P<again>~\d+)?"
)
_ROMAN_LINE = re.compile(r"^[ \t]*(?P<n>[IVXL]{1,6})\.[ \t]+(?=\S)", re.M)
_SECTION_LINE = re.compile(r"^[ \t]*(?P<n>\d{1,2})\.[ \t]+(?=[^\s\d])", re.M)
_PART_LINE = re.compile(r"^[ \t]*(?:PHẦN|Phần|[A-ZĐ]\.)[ \t]", re.M)
_ITEM = re.compile(r"\((?P<n>\d{1,2}|[ivx]{1,5})\)")
_NAMES = {"dieu": "Điều", "khoan": "khoản", "diem": "điểm"}
_STRAY = "fjwzăâ"
_FEWEST_ITEMS = 4  # in shorter lists no mark is the usual one
_USUAL_SHARE = 0.7
_LARGEST_SKIP = 3  # a jump further than this starts another list


def check_numbering(act: Act, words: CleanText) -> Iterator[Defect]:
    """Yield V7 defects of ``act``, whose source has the clean text ``words``."""
    source = act.raw.text
    if any(provision.level == "dieu" for provision in act.provisions):
        yield from _tree_defects(act)
    else:
        yield from _line_defects(words, source)
    yield from _list_defects(words, source)


@dataclass(frozen=True, slots=True)
class _Place:
    """A numbered unit: its value in its sequence, whether it is inserted («5a»)."""

    provision: Provision
    value: int
    suffix: str


def _tree_defects(act: Act) -> Iterator[Defect]:
    consolidated = act.head.type == "Văn bản hợp nhất"
    for level, siblings in _sequences(act):
        last: _Place | None = None
        seen: dict[str, Provision] = {}
        for provision in siblings:
            shown = provision.path.rsplit("/", 1)[-1].split("~")[0].partition("-")[2]
            match = _SEGMENT.fullmatch(provision.path.rsplit("/", 1)[-1])
            if match is None:
                continue
            start, end = _label_span(act, provision)
            unit = f"{_NAMES[level]} {shown}"
            if shown in seen and level == "dieu" and (consolidated or shown == "1"):
                break  # footnotes quote amending acts; a new Điều 1 begins another text
            if shown in seen:
                line = line_of(act.raw.text, seen[shown].start)
                yield defect("V7-trung", act.raw.text, start, end, unit=_capital(unit), line=line)
                continue
            seen[shown] = provision
            if level == "diem" and match["value"] in _STRAY:
                letter = match["value"]
                yield defect("V7-chu-la", act.raw.text, start, end, letter=letter)
                continue
            place = _Place(provision, _value(match["value"]), match["suffix"])
            if last and place.value > last.value + 1 and not consolidated:
                missing = _between(level, last.value, place.value)
                before = f"{_NAMES[level]} {_shown(level, last.value)}"
                yield defect(
                    "V7-cach", act.raw.text, start, end, before=before, unit=unit, missing=missing
                )
            last = place


def _sequences(act: Act) -> Iterator[tuple[str, list[Provision]]]:
    """Yield the Điều of each text of the act, then the khoản and điểm of each unit; not quoted."""
    articles: dict[str, list[Provision]] = {}
    below: dict[tuple[int, str], list[Provision]] = {}
    for provision in act.provisions:
        first = provision.path.split("/", 1)[0]
        if provision.quoted or first.startswith(("phu-luc-", "mau-")):
            continue
        if "~" in provision.path.rpartition("/")[0]:
            continue  # below a repeated unit: said once, for the unit itself
        if provision.level == "dieu" and provision.path.count("/") <= 1:
            outer = provision.path.rpartition("/")[0]
            articles.setdefault(outer, []).append(provision)
        elif provision.level in ("khoan", "diem") and provision.parent is not None:
            below.setdefault((provision.parent, provision.level), []).append(provision)
    for siblings in articles.values():
        yield "dieu", siblings
    for (_, level), siblings in below.items():
        yield level, siblings


def _label_span(act: Act, provision: Provision) -> tuple[int, int]:
    text = act.raw.text
    line_end = text.find("\n", provision.start, provision.end)
    end = provision.end if line_end < 0 else line_end
    return provision.start, min(end, provision.start + 60)


def _value(shown: str) -> int:
    return int(shown) if shown.isdigit() else DIEM_ALPHABET.find(shown) + 1


def _shown(level: str, value: int) -> str:
    return DIEM_ALPHABET[value - 1] if level == "diem" else str(value)


def _between(level: str, first: int, last: int) -> str:
    names = [_shown(level, value) for value in range(first + 1, last)]
    return f"{_NAMES[level]} {', '.join(names)}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _line_defects(words: CleanText, source: str) -> Iterator[Defect]:
    """Sections of a text without Điều: «I.» over the whole text, «1.» within each Roman section."""
    text = words.text
    breaks = [match.start() for match in _PART_LINE.finditer(text) if not _is_roman(match.group())]
    romans = [m for m in _ROMAN_LINE.finditer(text) if roman_value(m["n"])]
    yield from _run_defects(words, source, romans, breaks, "mục")
    bounds = sorted([*breaks, *(match.start() for match in romans)])
    yield from _run_defects(words, source, list(_SECTION_LINE.finditer(text)), bounds, "mục")


def _is_roman(label: str) -> bool:
    return label.strip().rstrip(".") in ("I", "V", "X", "L", "C")


def _run_defects(
    words: CleanText, source: str, lines: list[re.Match[str]], breaks: list[int], name: str
) -> Iterator[Defect]:
    """Report a number that repeats or skips; a restart at 1 begins an inner list."""
    last: re.Match[str] | None = None
    for match in lines:
        value = _number(match["n"])
        if last is None or any(last.start() < at < match.start() for at in breaks) or value == 1:
            last = match
            continue
        before = _number(last["n"])
        start, end = words.source_span(match.start("n"), _line_end(words.text, match.end()))
        if value == before:
            line = line_of(source, words.source_span(last.start("n"), last.end("n"))[0])
            unit = f"Số {name} «{match['n']}.»"
            yield defect("V7-trung", source, start, end, unit=unit, line=line)
        elif before + 1 < value <= before + 1 + _LARGEST_SKIP:
            missing = (
                f"{name} {before + 1}" if value == before + 2 else f"{value - before - 1} {name}"
            )
            yield defect(
                "V7-cach", source, start, end, before=f"{name} «{last['n']}.»",
                unit=f"«{match['n']}.»", missing=missing,
            )  # fmt: skip
        last = match


def _number(shown: str) -> int:
    return int(shown) if shown.isdigit() else roman_value(shown.upper())


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return min(len(text) if end < 0 else end, at + 50)


def _list_defects(words: CleanText, source: str) -> Iterator[Defect]:
    """Inline lists of one paragraph: the same mark before every item."""
    begin = 0
    for line in words.text.splitlines(keepends=True):
        if line.count("(") >= _FEWEST_ITEMS:
            for run in _runs(line):
                yield from _mark_defects(words, source, begin, line, run)
        begin += len(line)


def _runs(line: str) -> Iterator[list[re.Match[str]]]:
    """Yield the lists of a line: items of one style that begin at 1 and go on."""
    for digits in (True, False):
        run: list[re.Match[str]] = []
        for match in _ITEM.finditer(line):
            if match["n"].isdigit() is not digits:
                continue
            value = _number(match["n"])
            if value == 1:
                yield run
                run = [match]
            elif run and value == _number(run[-1]["n"]) + 1:
                run.append(match)
        yield run


def _mark_defects(
    words: CleanText, source: str, begin: int, line: str, run: list[re.Match[str]]
) -> Iterator[Defect]:
    if len(run) < _FEWEST_ITEMS:
        return
    marks = [_mark_before(line, match.start()) for match in run[1:]]
    usual, count = Counter(marks).most_common(1)[0]
    if usual not in (";", ",") or count < _USUAL_SHARE * len(marks):
        return
    for match, mark in zip(run[1:], marks, strict=True):
        if mark in (":", ".") and mark != usual:
            start, end = words.source_span(begin + match.start() - 2, begin + match.end())
            yield defect("V7-dau", source, start, end, item=match.group(), shown=mark, usual=usual)


def _mark_before(line: str, at: int) -> str:
    before = line[:at].rstrip()
    return before[-1] if before else ""
