"""Changes over the shipped catalogue, as an authorised lawyer writes them: one small YAML file.

    categories:
      A1:
        wording: {add: ['trích lục hộ khẩu'], remove: []}
        severity: 3
        examples:
          add: [{stem: '1. Hồ sơ gồm:', text: 'a) Trích lục hộ khẩu;', finding: A1}]
    look_alikes:
      N04:
        why: …
        rules: {add: [{scope: clause, cues: ['…'], applies_to: [A1]}]}
        cues: {remove: ['…']}
    sources:
      DC: {readiness: 2}

Wordings are folded, so that they may be typed as they stand in acts. A removal of something the
shipped catalogue no longer has is told by ``missing``, and is no error when the file is loaded:
an update of the program must not take the published criteria out of use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from corpus.text import clean, fold
from models.errors import ERRORS
from models.look_alike import SCOPES
from models.plain_wording import anchors_of, problem_of
from models.requirement import HANDLINGS

MAX_CHARACTERS = 60_000
MAX_ADDED = 40  # in one list
_MAX_EXAMPLE = 2_000

_WORDS = ("wording", "suspect")
_CATEGORY_KEYS = (
    *_WORDS, "examples", "severity", "readiness", "handling", "formula", "bases", "sources",
)  # fmt: skip
_LOOK_ALIKE_KEYS = ("why", "rules", "cues", "examples")
_EXAMPLE_KEYS = ("text", "stem", "heading", "title", "number", "finding", "code", "after")
_RULE_KEYS = ("scope", "cues", "unless", "applies_to", "except")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one entry: keys set anew, items added to and taken out of its lists."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    added: dict[str, list[Any]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlay:
    """All changes, by section and id."""

    categories: dict[str, Change] = field(default_factory=dict)
    look_alikes: dict[str, Change] = field(default_factory=dict)
    readiness: dict[str, int] = field(default_factory=dict)  # source id -> 0–3
    lines: dict[str, int] = field(default_factory=dict)  # id -> line, for messages


def parse(text: str, pieces: Mapping[str, str]) -> Overlay:
    """Read an overlay; raises RS-305 naming the line that is wrong."""
    root = _compose(text)
    overlay = Overlay()
    if root is None:
        return overlay
    reader = _Reader(pieces)
    for name, node in reader.pairs(root, ("categories", "look_alikes", "sources")):
        for key, entry in reader.pairs(node):
            overlay.lines[key] = _line(entry)
            if name == "categories":
                overlay.categories[key] = reader.category(entry)
            elif name == "look_alikes":
                overlay.look_alikes[key] = reader.look_alike(entry)
            else:
                values = dict(reader.pairs(entry, ("readiness",)))
                overlay.readiness[key] = reader.number(values["readiness"], 3)
    return overlay


def wrong(line: int, problem: str) -> Exception:
    """Return the error on one line of an overlay."""
    return ERRORS.error("RS-305", line=line, problem=problem)


def _compose(text: str) -> yaml.Node | None:
    if len(text) > MAX_CHARACTERS:
        raise wrong(1, f"tệp dài quá {MAX_CHARACTERS} ký tự")
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            # A few lines of references to references unfold into more than a memory holds.
            if isinstance(event, yaml.AliasEvent):
                raise wrong(event.start_mark.line + 1, "không dùng tham chiếu (*tên)")
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise wrong(line, f"không đúng cú pháp YAML ({error.problem})") from None
    except yaml.reader.ReaderError:
        raise wrong(1, "có ký tự mà YAML không nhận") from None
    except RecursionError:
        raise wrong(1, "các bảng lồng nhau quá sâu") from None


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


class _Reader:
    """Reads nodes; every refusal names the line of the node."""

    def __init__(self, pieces: Mapping[str, str]) -> None:
        self._pieces = pieces

    def pairs(self, node: yaml.Node, known: tuple[str, ...] = ()) -> list[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise wrong(_line(node), "cần các cặp «khóa: giá trị»")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                raise wrong(_line(key), f"khóa «{name}» viết hai lần")
            if known and name not in known:
                raise wrong(_line(key), f"không biết khóa «{name}»; có: {', '.join(known)}")
            found[name] = value
        return list(found.items())

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise wrong(_line(node), "cần một danh sách")
        if len(node.value) > MAX_ADDED:
            raise wrong(_line(node), f"danh sách dài quá {MAX_ADDED} mục")
        return node.value

    def text(self, node: yaml.Node, longest: int = _MAX_EXAMPLE) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise wrong(_line(node), "cần một câu chữ")
        if len(node.value) > longest:
            raise wrong(_line(node), f"dài quá {longest} ký tự")
        return clean(node.value).text.strip("\n")

    def texts(self, node: yaml.Node) -> list[str]:
        return [self.text(item) for item in self.items(node)]

    def number(self, node: yaml.Node, most: int) -> int:
        value = self.text(node)
        if value not in map(str, range(most + 1)):
            raise wrong(_line(node), f"phải là số từ 0 đến {most}")
        return int(value)

    def wordings(self, node: yaml.Node, *, fixed_words: bool) -> list[str]:
        found = []
        for item in self.items(node):
            wording = fold(self.text(item))
            if problem := problem_of(wording, self._pieces, fixed_words=fixed_words):
                raise wrong(_line(item), f"«{wording[:80]}»: {problem}")
            found.append(wording)
        return found

    def category(self, node: yaml.Node) -> Change:
        change = Change(_line(node))
        for key, value in self.pairs(node, _CATEGORY_KEYS):
            if key in _WORDS:
                self._lists(change, key, value, lambda n: self.wordings(n, fixed_words=True))
            elif key == "examples":
                self._lists(change, key, value, self._examples)
            elif key in ("severity", "readiness"):
                change.values[key] = self.number(value, 4 if key == "severity" else 3)
            elif key in ("bases", "sources"):
                change.values[key] = self.texts(value)
            else:
                change.values[key] = self.text(value)
                if key == "handling" and change.values[key] not in HANDLINGS:
                    raise wrong(_line(value), f"phải là một trong {', '.join(sorted(HANDLINGS))}")
        return change

    def look_alike(self, node: yaml.Node) -> Change:
        change = Change(_line(node))
        for key, value in self.pairs(node, _LOOK_ALIKE_KEYS):
            if key == "why":
                change.values[key] = self.text(value)
            elif key == "examples":
                self._lists(change, key, value, self._examples)
            elif key == "cues":
                change.removed[key] = self.texts(dict(self.pairs(value, ("remove",)))["remove"])
            else:
                rules = dict(self.pairs(value, ("add",)))["add"]
                change.added[key] = [self._rule(rule) for rule in self.items(rules)]
        return change

    def _lists(
        self, change: Change, key: str, node: yaml.Node, read: Callable[[yaml.Node], list[Any]]
    ) -> None:
        for action, items in self.pairs(node, ("add", "remove")):
            if action == "add":
                change.added[key] = read(items)
            else:
                change.removed[key] = self.texts(items)

    def _examples(self, node: yaml.Node) -> list[dict[str, str]]:
        found = []
        for item in self.items(node):
            example = {key: self.text(value) for key, value in self.pairs(item, _EXAMPLE_KEYS)}
            if not example.get("text", "").strip():
                raise wrong(_line(item), "ví dụ thiếu text")
            if bool(example.get("finding")) == bool(example.get("code")):
                raise wrong(_line(item), "ví dụ cần finding (nhóm) hoặc code (mã N), một trong hai")
            found.append(example)
        return found

    def _rule(self, node: yaml.Node) -> dict[str, Any]:
        rule: dict[str, Any] = {"__line__": _line(node)}
        for key, value in self.pairs(node, _RULE_KEYS):
            if key == "scope":
                rule[key] = self.text(value)
                if rule[key] not in SCOPES:
                    raise wrong(_line(value), f"scope phải là một trong {', '.join(SCOPES)}")
            elif key in ("cues", "unless"):
                rule[key] = self.wordings(value, fixed_words=key == "cues")
            else:
                rule[key] = self.texts(value)
        if not rule.get("scope") or not rule.get("cues"):
            raise wrong(_line(node), "dấu hiệu cần scope và cues")
        return rule


def changed_category(
    entry: dict[str, Any], change: Change | None, pieces: Mapping[str, str]
) -> dict[str, Any]:
    """Return the catalogue's ``entry`` with the change carried out; anchors follow wordings."""
    if change is None:
        return entry
    new = {**entry, **change.values}
    for key in _WORDS:
        removed, added = change.removed.get(key, ()), change.added.get(key, [])
        kept = [wording for wording in entry.get(key) or () if wording not in removed]
        if removed or added:
            new[key] = [*kept, *(wording for wording in added if wording not in kept)]
        if added:
            literals = [word for wording in added for word in anchors_of(wording, pieces)]
            new["anchors"] = list(dict.fromkeys([*(new.get("anchors") or ()), *literals]))
    return _with_examples(new, change)


def changed_look_alike(entry: dict[str, Any], change: Change | None) -> dict[str, Any]:
    """Return the catalogue's ``entry`` with the change carried out; rules left bare go."""
    if change is None:
        return entry
    new = {**entry, **change.values}
    removed = set(change.removed.get("cues", ()))
    rules = [
        {**rule, "cues": [cue for cue in rule["cues"] if cue not in removed]}
        for rule in entry.get("rules") or ()
    ]
    new["rules"] = [rule for rule in rules if rule["cues"]] + change.added.get("rules", [])
    return _with_examples(new, change)


def _with_examples(entry: dict[str, Any], change: Change) -> dict[str, Any]:
    removed = change.removed.get("examples", ())
    kept = [row for row in entry.get("examples") or () if row["text"] not in removed]
    return {**entry, "examples": [*kept, *change.added.get("examples", [])]}


def missing(overlay: Overlay, entries: Mapping[str, Mapping[str, Any]]) -> list[tuple[int, str]]:
    """Return (line, sentence) for each removal that takes out nothing of the shipped entries."""
    found = []
    for key, change in {**overlay.categories, **overlay.look_alikes}.items():
        entry = entries.get(key, {})
        held = {
            "cues": {cue for rule in entry.get("rules") or () for cue in rule["cues"]},
            "examples": {row["text"] for row in entry.get("examples") or ()},
            **{name: set(entry.get(name) or ()) for name in _WORDS},
        }
        found += [
            (change.line, f"{key} không có «{item[:80]}» để bỏ")
            for name, items in change.removed.items()
            for item in items
            if item not in held[name]
        ]
    return found


def entry_of(text: str, section: str, key: str) -> dict[str, Any]:
    """Return what a (valid) overlay says of one entry, as plain data; {} where it says nothing."""
    data = yaml.safe_load(text) or {}
    return dict((data.get(section) or {}).get(key) or {})


def with_entry(text: str, section: str, key: str, entry: Mapping[str, Any]) -> str:
    """Return a (valid) overlay in which ``entry`` is all it says of ``key``; {} takes it out."""
    data = yaml.safe_load(text) or {}
    part = dict(data.get(section) or {})
    part.pop(key, None)
    if entry:
        part[key] = dict(entry)
    data[section] = part
    kept = {name: held for name, held in data.items() if held}
    if not kept:
        return ""
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1_000)
