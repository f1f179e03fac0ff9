"""YAML whose mappings remember their line, so that an error can name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from models.errors import ERRORS

LINE = "__line__"


class _LineLoader(yaml.CSafeLoader):
    """The safe loader; every mapping gets its first line under ``LINE``."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        written = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if written.count(key.value) > 1:  # the later one would silently replace the other
                problem = f"khóa «{key.value}» viết hai lần"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        mapping[LINE] = node.start_mark.line + 1
        return mapping


def read(path: Path) -> dict[str, Any]:
    """Return the mapping in ``path``; raises RS-301 where it is no YAML mapping."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ERRORS.error(
            "RS-301", file=path.name, line=line, problem=f"không đúng cú pháp YAML: {error.problem}"
        ) from None
    if not isinstance(data, dict):
        raise ERRORS.error("RS-301", file=path.name, line=1, problem="cần một bảng khóa – giá trị")
    return data


def check_keys(entry: dict[str, Any], *, required: set[str], optional: set[str], file: str) -> None:
    """Raise RS-301 with the entry's line when a key is missing or unknown."""
    keys = set(entry) - {LINE}
    if missing := sorted(required - keys):
        problem = f"thiếu {', '.join(missing)}"
    elif unknown := sorted(keys - required - optional):
        problem = f"không biết khóa {', '.join(unknown)}"
    else:
        return
    raise ERRORS.error("RS-301", file=file, line=entry.get(LINE, 1), problem=problem)
