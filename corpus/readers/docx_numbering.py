"""Word's automatic numbers, which are in no paragraph's text: rebuilt from numbering.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.readers.docx_package import W

_VAL = f"{W}val"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SYMBOL_AREA = re.compile("[\ue000-\uf8ff]")


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = " "
    restart: int | None = None  # restarts after this level (1-based), 0 never
    style: str = ""
    legal: bool = False  # shows all numbers as decimals


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


def child_value(element: etree._Element | None, name: str) -> str | None:
    """Return ``w:val`` of the child ``w:name``, None where there is none."""
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(_VAL) if found is not None else None


class Numbering:
    """Counts as Word counts: one counter set per abstract list, restarted by overrides."""

    def __init__(self, numbering: etree._Element | None, styles: dict[str, etree._Element]) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._list_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._own_levels: dict[str, dict[int, _Level]] = {}
        self._used: set[str] = set()
        self.rebuilt = 0
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: etree._Element) -> None:
        linked: dict[str, str] = {}
        for abstract in numbering.findall(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            levels = dict(map(_level, abstract.findall(f"{W}lvl")))
            self._lists[key] = _List(levels)
            if style := child_value(abstract, "numStyleLink"):
                linked[key] = style
        for num in numbering.findall(f"{W}num"):
            number = num.get(f"{W}numId", "")
            self._list_of[number] = child_value(num, "abstractNumId") or ""
            for override in num.findall(f"{W}lvlOverride"):
                at = _number(override.get(f"{W}ilvl"), 0)
                if (start := child_value(override, "startOverride")) is not None:
                    self._overrides.setdefault(number, {})[at] = _number(start, 1)
                if (own := override.find(f"{W}lvl")) is not None:
                    self._own_levels.setdefault(number, {})[at] = _level(own)[1]
        for key, style in linked.items():
            number = self._style_numbering(style)[0]
            if number and (target := self._lists.get(self._list_of.get(number, ""))):
                self._lists[key] = target

    def label(self, properties: etree._Element | None, style: str) -> str:
        """Return the number of the next paragraph with its blank, '' where it has none."""
        number, at = self._numbering_of(properties, style)
        counted = self._lists.get(self._list_of.get(number, "")) if number else None
        if counted is None:
            return ""
        levels = {**counted.levels, **self._own_levels.get(number, {})}
        level = levels.get(at)
        if level is None:
            return ""
        self._count(number, at, counted, levels)
        text = self._shown(level, levels, counted.counters)
        if not text.strip():
            return ""
        self.rebuilt += 1
        return text + level.suffix

    def _numbering_of(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        direct = properties.find(f"{W}numPr") if properties is not None else None
        number, at = self._style_numbering(style)
        if direct is not None:
            number = child_value(direct, "numId") or number
            if (level := child_value(direct, "ilvl")) is not None:
                at = _number(level, 0)
        return ("", 0) if number == "0" else (number, at)

    def _style_numbering(self, style: str) -> tuple[str, int]:
        seen: set[str] = set()
        first = style
        while style and style not in seen:
            seen.add(style)
            element = self._styles.get(style)
            properties = element.find(f"{W}pPr/{W}numPr") if element is not None else None
            if properties is not None and (number := child_value(properties, "numId")):
                return number, self._style_level(number, first, properties)
            style = child_value(element, "basedOn") or ""
        return "", 0

    def _style_level(self, number: str, style: str, properties: etree._Element) -> int:
        counted = self._lists.get(self._list_of.get(number, ""))
        for at, level in (counted.levels if counted else {}).items():
            if level.style == style:
                return at
        return _number(child_value(properties, "ilvl"), 0)

    def _count(self, number: str, at: int, counted: _List, levels: dict[int, _Level]) -> None:
        counters = counted.counters
        if number not in self._used:
            self._used.add(number)
            for level, start in self._overrides.get(number, {}).items():
                counters[level] = start - 1
        for above in range(at):
            counters.setdefault(above, levels[above].start if above in levels else 1)
        counters[at] = counters.get(at, levels[at].start - 1) + 1
        for below in [level for level in counters if level > at]:
            rule = levels[below].restart if below in levels else None
            if rule is None or (rule and at < rule):
                del counters[below]

    def _shown(self, level: _Level, levels: dict[int, _Level], counters: dict[int, int]) -> str:
        if level.form == "bullet":
            return _SYMBOL_AREA.sub("-", level.text)
        if level.form == "none":
            return _PLACE.sub("", level.text)

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = levels[at].form if at in levels and not level.legal else "decimal"
            return formatted(counters.get(at, 1), form)

        return _PLACE.sub(number, level.text)


def _level(element: etree._Element) -> tuple[int, _Level]:
    suffix = child_value(element, "suff")
    restart = child_value(element, "lvlRestart")
    return _number(element.get(f"{W}ilvl"), 0), _Level(
        start=_number(child_value(element, "start"), 1),
        form=child_value(element, "numFmt") or "decimal",
        text=child_value(element, "lvlText") or "",
        suffix="" if suffix == "nothing" else " ",
        restart=_number(restart, 0) if restart is not None else None,
        style=child_value(element, "pStyle") or "",
        legal=element.find(f"{W}isLgl") is not None,
    )


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def formatted(number: int, form: str) -> str:
    """Return ``number`` as Word shows it in the list format ``form``; decimal where unknown."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        # a … z, aa, bb: Word repeats the letter.
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)
