"""Every text a screen asks for exists, every text in the catalogue is used, placeholders agree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from review.components import wording

ROOT = Path(__file__).parent.parent.parent
SCREENS = [*(ROOT / "review/pages").glob("*.py"), *(ROOT / "review/components").glob("*.py")]
TEXTS = wording.texts()


def keys_asked() -> dict[str, set[str] | None]:
    """Return the keys of all ``say("…")`` calls, with the names of their fields.

    A key with a computed part counts as a pattern («severity.m*»).
    """
    found: dict[str, set[str] | None] = {}
    for path in SCREENS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"say", "known"}
            ):
                continue
            key = pattern_of(node.args[0])
            if key:
                named = {keyword.arg for keyword in node.keywords}
                found[key] = None if None in named else named  # **fields: not known here
    return found


def pattern_of(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
        )
    return ""


def matching(key: str) -> list[str]:
    pattern = re.compile(re.escape(key).replace(r"\*", ".+"))
    return [name for name in TEXTS if pattern.fullmatch(name)]


@pytest.mark.parametrize("key", sorted(keys_asked()))
def test_every_key_asked_has_a_text(key: str) -> None:
    assert matching(key), f"screen_text thiếu «{key}»"


@pytest.mark.parametrize("key", sorted(k for k, fields in keys_asked().items() if fields))
def test_placeholders_are_the_fields_given(key: str) -> None:
    given = keys_asked()[key]
    for name in matching(key):
        assert set(re.findall(r"\{(\w+)\}", TEXTS[name])) <= (given or set()), name


def test_no_text_is_left_over() -> None:
    asked = keys_asked()
    # Sections of the navigation are named in data.
    sections = {"section.lists", "section.reading", "section.reports"}
    used = {name for key in asked for name in matching(key)} | sections
    assert sorted(set(TEXTS) - used) == []


def test_a_key_without_text_is_named() -> None:
    with pytest.raises(ValueError, match=r"khóa «a\.b»"):
        wording.flatten({"a": {"b": None}}, "thu.yaml")
