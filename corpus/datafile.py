"""Data files that lawyers edit: YAML read with line numbers, so a bad row is named by its line.

A file holds one mapping of sections; a section is a list of rows; a row is a mapping. Dates are
written dd/mm/yyyy. Every reader of a row takes the keys it knows and ends with ``done()``, which
refuses a key nobody asked for: a misspelt key must never pass as an absent one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from corpus.errors import ERRORS, RasoatError

# The C parser reads the catalogue ten times faster; wheels without it still have the other.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# How far a fact was held against its source; the first is the best.
CONFIDENCES: Final = ("đã đối chiếu", "nguồn thứ cấp", "theo trí nhớ", "chưa đối chiếu")

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class DataFileError(RasoatError):
    """A data file breaks its format; the message names the file and the line."""


@dataclass(slots=True)
class Row:
    """One mapping of a data file, with the line (from 1) of each of its keys."""

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int]
    taken: set[str] = field(default_factory=set)

    def fail(self, reason: str, key: str | None = None) -> NoReturn:
        """Raise ``DataFileError`` (RS-390) at ``key``, or at the row."""
        line = self.lines.get(key, self.line) if key else self.line
        raise ERRORS.error("RS-390", DataFileError, file=self.file, line=line, reason=reason)

    def _take(self, key: str) -> Any:
        self.taken.add(key)
        return self.values.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text or number as text; without ``default`` the key must be there."""
        value = self._take(key)
        if value is None:
            if default is None:
                self.fail(f"thiếu trường «{key}»", key)
            return default
        if isinstance(value, list | dict | bool):
            self.fail(f"trường «{key}» phải là chữ", key)
        return str(value).strip()

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """Return a text that must be one of ``allowed``."""
        value = self.text(key, default)
        if value not in allowed and value != default:
            self.fail(f"«{key}: {value}» phải là một trong: {', '.join(sorted(allowed))}", key)
        return value

    def day(self, key: str) -> date | None:
        """Return the date under ``key`` (dd/mm/yyyy), None where the key is absent or empty."""
        value = self.text(key, "")
        if not value:
            return None
        match = _DAY.fullmatch(value)
        if not match:
            self.fail(f"«{key}: {value}» phải là ngày dạng dd/mm/yyyy", key)
        day, month, year = map(int, match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            self.fail(f"«{key}: {value}» không phải ngày có thật", key)

    def number(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(f"trường «{key}» phải là số nguyên", key)
        return value

    def words(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts (empty where absent), each one of ``allowed`` where given."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or any(isinstance(item, list | dict) for item in value):
            self.fail(f"trường «{key}» phải là danh sách chữ", key)
        words = tuple(str(item).strip() for item in value)
        if allowed is not None and (unknown := [word for word in words if word not in allowed]):
            self.fail(f"«{key}» có mục không biết: {', '.join(unknown)}", key)
        return words

    def pairs(self, key: str) -> dict[str, str]:
        """Return a mapping of text to text (empty where absent)."""
        value = self._take(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fail(f"trường «{key}» phải là các cặp «tên: giá trị»", key)
        return {str(name): str(content) for name, content in value.items()}

    def rows(self, key: str) -> tuple[Row, ...]:
        """Return a list of rows inside this row (empty where absent)."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, Row) for item in value):
            self.fail(f"trường «{key}» phải là danh sách các dòng", key)
        return tuple(value)

    def done(self) -> None:
        """Refuse keys that nothing has read."""
        for key in self.values:
            if key not in self.taken:
                self.fail(f"không có trường nào tên «{key}»", key)


def read_sections(path: Path, sections: Collection[str]) -> dict[str, list[Row]]:
    """Read ``path`` and return the rows of each of ``sections`` (all must be there, no others).

    Raises ``DataFileError`` (RS-390) naming file and line for YAML that does not parse, a key
    written twice, or a section that is missing, unknown or no list of mappings.
    """
    name = path.name
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _broken(name, line, f"sai cú pháp YAML ({error.problem})") from error
    except UnicodeDecodeError as error:
        raise _broken(name, 1, "tệp không phải UTF-8") from error
    if not isinstance(root, yaml.MappingNode):
        raise _broken(name, 1, f"tệp phải gồm các phần: {', '.join(sections)}")
    found: dict[str, list[Row]] = {}
    for key, node in root.value:
        line = key.start_mark.line + 1
        if key.value not in sections or key.value in found:
            raise _broken(name, line, f"phần «{key.value}» không có trong mẫu hoặc bị lặp")
        rows = _value(node, name)
        if not isinstance(rows, list) or not all(isinstance(row, Row) for row in rows):
            raise _broken(name, line, f"phần «{key.value}» phải là danh sách các dòng")
        found[key.value] = rows
    if missing := [section for section in sections if section not in found]:
        raise _broken(name, 1, f"thiếu phần «{missing[0]}»")
    return found


def by_id(rows: Mapping[str, Any], row: Row, key: str) -> str:
    """Return the text under ``key``, refusing one that ``rows`` already holds."""
    value = row.text(key)
    if value in rows:
        row.fail(f"mã «{value}» đã dùng ở dòng trước", key)
    return value


def _broken(file: str, line: int, reason: str) -> RasoatError:
    return ERRORS.error("RS-390", DataFileError, file=file, line=line, reason=reason)


def _value(node: Any, file: str) -> Any:
    """Turn a YAML node into a list, a Row (mapping inside a list), a dict or a scalar."""
    if isinstance(node, yaml.SequenceNode):
        return [
            _row(item, file) if isinstance(item, yaml.MappingNode) else _value(item, file)
            for item in node.value
        ]
    if isinstance(node, yaml.MappingNode):
        return {key: value for key, value, _ in _entries(node, file)}
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value.lower() in {"true", "yes", "on"}
    if node.tag == "tag:yaml.org,2002:int" and re.fullmatch("0|[1-9][0-9]*", node.value):
        # "02" stays text: leading zeros belong to numbers of acts and forms.
        return int(node.value)
    return node.value


def _row(node: Any, file: str) -> Row:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value, line in _entries(node, file):
        values[key], lines[key] = value, line
    return Row(file, node.start_mark.line + 1, values, lines)


def _entries(node: Any, file: str) -> Iterator[tuple[str, Any, int]]:
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _broken(file, line, "tên trường phải là chữ")
        if key.value in seen:
            raise _broken(file, line, f"trường «{key.value}» viết hai lần")
        seen.add(key.value)
        yield key.value, _value(value, file), line
