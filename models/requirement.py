"""Requirement types A1 … F13 as records, read from ``models/catalogue/requirements-*.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.text import fold
from models import yaml_lines
from models.errors import ERRORS
from models.wording import compile_wordings

KINDS = ("paper", "confirmation", "place", "form", "channel")
_ID = re.compile(r"[A-F]\d{1,2}")
HANDLINGS = {"SĐ", "TT", "BB", "BBT", "BHM", "ĐC"}


@dataclass(frozen=True, slots=True)
class Example:
    """An invented provision that shows what a category is, or is not; each one is a test."""

    text: str
    stem: str = ""
    heading: str = ""
    title: str = ""
    number: str = ""
    finding: str = ""  # category expected, empty where none is
    code: str = ""  # N-code expected for a look-alike
    after: str = ""  # another paragraph of the same Điều


@dataclass(frozen=True, slots=True)
class Variant:
    """When a hit of one category is really another: «hoặc sổ hộ khẩu» is A3, not A1."""

    id: str
    before: re.Pattern[str] | None  # ends right before the hit
    after: re.Pattern[str] | None  # begins right after the hit
    clause: re.Pattern[str] | None  # anywhere in the clause
    stem: re.Pattern[str] | None  # in the nearest stem
    own: re.Pattern[str] | None  # in the hit's own words
    unless: re.Pattern[str] | None  # in the clause: the variant does not apply
    alternative: bool  # the paper is one of several that would do
    own_permit: bool  # the Điều is about renewing or changing this very paper


@dataclass(frozen=True, slots=True)
class BeyondData:
    """Papers of a category that its source does not hold yet: graver once it is published (D3)."""

    severity: int  # until then
    why: str
    own: re.Pattern[str] | None  # in the hit's own words
    after: re.Pattern[str] | None  # begins right after the hit

    def names(self, text: str, start: int, end: int) -> bool:
        """Tell whether the hit ``text[start:end]`` names such a paper."""
        own = self.own is not None and self.own.search(text, start, end) is not None
        return own or (self.after is not None and self.after.match(text, end) is not None)


@dataclass(frozen=True, slots=True)
class Category:
    """One type of requirement and how its wording is recognised."""

    id: str
    line: int  # in its file, for error messages
    name: str
    kind: str  # paper, confirmation, place, form, channel: which test context.py applies
    # Folded literals that must all stand in a text («a + b» in the file); one set suffices.
    anchors: tuple[tuple[str, ...], ...]
    wording: re.Pattern[str] | None
    suspect: re.Pattern[str] | None  # spellings that look like a slip of OCR or typing
    variants: tuple[Variant, ...]
    yields_to: tuple[str, ...]  # categories (or groups) whose overlapping hit wins
    have_is_demand: bool  # «phải có …» already demands it (not a mere condition)
    # An abolished paper is shown even where no verb asks for it: a missed one costs trust.
    show_mentions: bool
    otherwise: str  # category or N-code when the paper is only mentioned
    severity: int
    beyond_data: BeyondData | None
    readiness: int
    bases: tuple[str, ...]
    sources: tuple[str, ...]
    handling: str
    formula: str
    examples: tuple[Example, ...]

    @property
    def group(self) -> str:
        return self.id[0]


_REQUIRED = {"id", "name", "kind", "severity", "readiness", "bases", "sources", "handling"}
_OPTIONAL = {
    "anchors", "wording", "suspect", "variants", "yields_to", "have_is_demand", "otherwise",
    "show_mentions", "formula", "examples", "note", "beyond_data",
}  # fmt: skip


def load_group(
    path: Path, pieces: Mapping[str, str], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> list[Category]:
    """Read one file of categories, each as ``change`` leaves its entry.

    Raises RS-301/RS-302 naming the file and line.
    """
    data = yaml_lines.read(path)
    yaml_lines.check_keys(
        data, required={"group", "name", "categories"}, optional=set(), file=path.name
    )
    return [_category(change(entry), path.name, pieces) for entry in data["categories"]]


def _category(entry: dict[str, Any], file: str, pieces: Mapping[str, str]) -> Category:
    yaml_lines.check_keys(entry, required=_REQUIRED, optional=_OPTIONAL, file=file)
    line = entry[yaml_lines.LINE]

    def wrong(problem: str) -> Exception:
        return ERRORS.error("RS-301", file=file, line=line, problem=problem)

    if not _ID.fullmatch(str(entry["id"])):
        raise wrong(f"mã nhóm «{entry['id']}» phải như A1, F13")
    if entry["kind"] not in KINDS:
        raise wrong(f"kind phải là một trong {', '.join(KINDS)}")
    if entry["severity"] not in range(5) or entry["readiness"] not in range(4):
        raise wrong("severity phải từ 0 đến 4, readiness từ 0 đến 3")
    if entry["handling"] not in HANDLINGS:
        raise wrong(f"handling phải là một trong {', '.join(sorted(HANDLINGS))}")
    if entry.get("wording") and not entry.get("anchors"):
        raise wrong("có wording thì phải có anchors")

    def compiled(key: str) -> re.Pattern[str] | None:
        wordings = entry.get(key) or []
        return compile_wordings(wordings, pieces, file, line) if wordings else None

    return Category(
        id=entry["id"],
        line=line,
        name=entry["name"],
        kind=entry["kind"],
        anchors=tuple(tuple(fold(a).split(" + ")) for a in entry.get("anchors", ())),
        wording=compiled("wording"),
        suspect=compiled("suspect"),
        variants=tuple(_variant(v, file, pieces) for v in entry.get("variants", ())),
        yields_to=tuple(entry.get("yields_to", ())),
        have_is_demand=bool(entry.get("have_is_demand", False)),
        show_mentions=bool(entry.get("show_mentions", False)),
        otherwise=entry.get("otherwise", "N24"),
        severity=entry["severity"],
        beyond_data=_beyond_data(entry.get("beyond_data"), file, pieces),
        readiness=entry["readiness"],
        bases=tuple(entry["bases"]),
        sources=tuple(entry["sources"]),
        handling=entry["handling"],
        formula=entry.get("formula", ""),
        examples=tuple(example(e, file) for e in entry.get("examples", ())),
    )


def _variant(entry: dict[str, Any], file: str, pieces: Mapping[str, str]) -> Variant:
    tests = {"before", "after", "clause", "stem", "own", "unless"}
    yaml_lines.check_keys(
        entry, required={"id"}, optional={*tests, "alternative", "own_permit", "why"}, file=file
    )
    tested = {key: _test(entry, key, file, pieces) for key in tests}
    return Variant(
        id=entry["id"],
        **tested,
        alternative=bool(entry.get("alternative", False)),
        own_permit=bool(entry.get("own_permit", False)),
    )


def _beyond_data(
    entry: dict[str, Any] | None, file: str, pieces: Mapping[str, str]
) -> BeyondData | None:
    if entry is None:
        return None
    yaml_lines.check_keys(entry, required={"severity", "why"}, optional={"own", "after"}, file=file)
    if entry["severity"] not in range(5) or not (entry.get("own") or entry.get("after")):
        problem = "beyond_data cần severity từ 0 đến 4, và own hoặc after"
        raise ERRORS.error("RS-301", file=file, line=entry[yaml_lines.LINE], problem=problem)
    return BeyondData(
        entry["severity"],
        entry["why"],
        _test(entry, "own", file, pieces),
        _test(entry, "after", file, pieces),
    )


def _test(
    entry: dict[str, Any], key: str, file: str, pieces: Mapping[str, str]
) -> re.Pattern[str] | None:
    """Compile one test: «before» ends where the hit begins, «after» begins where it ends."""
    if not entry.get(key):
        return None
    pattern = compile_wordings([entry[key]], pieces, file, entry[yaml_lines.LINE]).pattern
    if key == "before":
        return re.compile(rf"{pattern}\W*$")
    return re.compile(rf"\W*{pattern}") if key == "after" else re.compile(pattern)


def example(entry: dict[str, Any], file: str) -> Example:
    """Read one invented example; raises RS-301 for an unknown key."""
    keys = {"stem", "heading", "title", "number", "finding", "code", "after"}
    yaml_lines.check_keys(entry, required={"text"}, optional=keys, file=file)
    return Example(**{key: str(value) for key, value in entry.items() if key != yaml_lines.LINE})
