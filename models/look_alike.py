"""Look-alikes N01 … N24: wording that resembles a requirement and is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.datafile import CONFIDENCES
from corpus.text import fold
from models import yaml_lines
from models.errors import ERRORS
from models.requirement import Example, example
from models.wording import compile_wordings

UNCHECKED = CONFIDENCES[-1]  # what no source was held against

# Where a cue has to stand, seen from the hit.
SCOPES = (
    "mask",  # the cue's own words hold the hit
    "hit",  # in the hit's own words
    "before",  # right before the hit
    "after",  # right after the hit
    "clause",  # between the semicolons around the hit
    "sentence",
    "own",  # anywhere in the provision's own words
    "stem",  # in the words that govern a list
    "heading",  # in the heading of the Điều
    "dieu",  # anywhere in the Điều
    "title",  # in the title of the act
    "number",  # the act's số hiệu
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One cue of a look-alike with its scope."""

    scope: str
    cue: re.Pattern[str]
    unless: re.Pattern[str] | None  # in the same scope: the cue does not count
    applies_to: tuple[str, ...]  # categories or groups; empty means all
    excepts: tuple[str, ...]
    unless_stem: re.Pattern[str] | None = None  # under such a stem the rule does not hold
    note: str = ""  # why the rule holds
    marks: Mapping[str, str] = field(default_factory=dict)  # evidence by folded number of an act

    def concerns(self, category: str) -> bool:
        names = (category, category[0])
        if any(name in self.excepts for name in names):
            return False
        return not self.applies_to or any(name in self.applies_to for name in names)

    def mark_of(self, number: str) -> str:
        """Return with what evidence the rule names the act of this folded number."""
        return self.marks.get(number, UNCHECKED)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One reason code with the sentence a reviewer reads."""

    id: str
    name: str
    why: str
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]


def load(
    path: Path, pieces: Mapping[str, str], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> list[LookAlike]:
    """Read the look-alikes, each as ``change`` leaves its entry.

    Raises RS-301/RS-302 naming the line.
    """
    data = yaml_lines.read(path)
    yaml_lines.check_keys(data, required={"look_alikes"}, optional=set(), file=path.name)
    return [_look_alike(change(entry), path.name, pieces) for entry in data["look_alikes"]]


def _look_alike(entry: dict[str, Any], file: str, pieces: Mapping[str, str]) -> LookAlike:
    yaml_lines.check_keys(
        entry, required={"id", "name", "why"}, optional={"rules", "examples"}, file=file
    )
    if not re.fullmatch(r"N\d\d", str(entry["id"])):
        raise ERRORS.error(
            "RS-301", file=file, line=entry[yaml_lines.LINE], problem="mã phải như N01"
        )
    return LookAlike(
        id=entry["id"],
        name=entry["name"],
        why=entry["why"],
        rules=tuple(_rule(r, file, pieces) for r in entry.get("rules", ())),
        examples=tuple(example(e, file) for e in entry.get("examples", ())),
    )


def _rule(entry: dict[str, Any], file: str, pieces: Mapping[str, str]) -> Rule:
    yaml_lines.check_keys(
        entry,
        required={"scope", "cues"},
        optional={"unless", "unless_stem", "applies_to", "except", "why", "marks"},
        file=file,
    )
    line = entry[yaml_lines.LINE]
    scope = entry["scope"]
    if scope not in SCOPES:
        raise ERRORS.error(
            "RS-301", file=file, line=line, problem=f"scope phải là một trong {', '.join(SCOPES)}"
        )
    cue = compile_wordings(entry["cues"], pieces, file, line)
    if scope == "before":
        cue = re.compile(rf"{cue.pattern}[\s“\"(]*$")
    elif scope == "after":
        cue = re.compile(rf"[\s,”\")]*{cue.pattern}")

    def exception(key: str) -> re.Pattern[str] | None:
        wordings = entry.get(key)
        return compile_wordings(wordings, pieces, file, line) if wordings else None

    return Rule(
        scope=scope,
        cue=cue,
        unless=exception("unless"),
        applies_to=tuple(entry.get("applies_to", ())),
        excepts=tuple(entry.get("except", ())),
        unless_stem=exception("unless_stem"),
        note=entry.get("why", ""),
        marks=_marks(entry.get("marks", {}), file, line),
    )


def _marks(entry: dict[str, Any], file: str, line: int) -> dict[str, str]:
    marks = {fold(number): mark for number, mark in entry.items() if number != yaml_lines.LINE}
    if unknown := sorted(set(marks.values()) - set(CONFIDENCES)):
        problem = f"«{unknown[0]}» không phải mức tin cậy; chọn trong {', '.join(CONFIDENCES)}"
        raise ERRORS.error("RS-301", file=file, line=line, problem=problem)
    return marks
