"""All screen text in one catalogue (``review/screen_text/``, a file a subject), read once, checked.

Keys are dotted (``review.confirm``); placeholders are filled with ``str.format``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

CATALOGUE = Path(__file__).parent.parent / "screen_text"


def flatten(node: dict[str, object], file: str, prefix: str = "") -> dict[str, str]:
    """Return nested YAML as ``{"a.b": text}``; raises ``ValueError`` naming a key without text."""
    texts: dict[str, str] = {}
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            texts.update(flatten(value, file, f"{name}."))
        elif isinstance(value, str) and value.strip():
            texts[name] = value
        else:
            raise ValueError(f"{file}: khóa «{name}» phải là một câu chữ")
    return texts


@cache
def texts() -> dict[str, str]:
    """Return every text by its key; raises ``ValueError`` naming a key that two files have."""
    found: dict[str, str] = {}
    for file in sorted(CATALOGUE.glob("*.yaml")):
        here = flatten(yaml.safe_load(file.read_text(encoding="utf-8")), file.name)
        if twice := sorted(found.keys() & here.keys()):
            raise ValueError(f"{file.name}: khóa «{twice[0]}» đã có ở tệp khác")
        found |= here
    return found


def say(key: str, **fields: object) -> str:
    """Return the Vietnamese text of ``key`` with its placeholders filled; ``KeyError`` if none."""
    text = texts()[key]
    return text.format(**fields) if fields else text


def known(key: str) -> bool:
    """Tell whether the catalogue has a text for ``key``."""
    return key in texts()
