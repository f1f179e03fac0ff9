"""All screen text in one catalogue (``review/screen_text.yaml``), read once and checked.

Keys are dotted (``review.confirm``); placeholders are filled with ``str.format``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

CATALOGUE = Path(__file__).parent.parent / "screen_text.yaml"


def flatten(node: dict[str, object], prefix: str = "") -> dict[str, str]:
    """Return nested YAML as ``{"a.b": text}``; raises ``ValueError`` naming a key without text."""
    texts: dict[str, str] = {}
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            texts.update(flatten(value, f"{name}."))
        elif isinstance(value, str) and value.strip():
            texts[name] = value
        else:
            raise ValueError(f"{CATALOGUE.name}: khóa «{name}» phải là một câu chữ")
    return texts


@cache
def _texts() -> dict[str, str]:
    return flatten(yaml.safe_load(CATALOGUE.read_text(encoding="utf-8")))


def say(key: str, **fields: object) -> str:
    """Return the Vietnamese text of ``key`` with its placeholders filled; ``KeyError`` if none."""
    text = _texts()[key]
    return text.format(**fields) if fields else text


def known(key: str) -> bool:
    """Tell whether the catalogue has a text for ``key``."""
    return key in _texts()
