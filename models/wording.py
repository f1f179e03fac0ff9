"""Wording patterns: what a lawyer writes in the catalogue, compiled for folded text.

A pattern is a regular expression on folded text (``corpus.text.fold``) in which blanks are single.
Its words are folded too, so «tiến sĩ» may be written as people write it. ``{name}`` stands for a
named piece of ``pieces.yaml``; both ends are word boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from corpus.text import fold
from models import yaml_lines
from models.errors import ERRORS

_PIECE = re.compile(r"\{([a-z_]+)\}")  # never a quantifier: those start with a digit
# Words of a pattern; an escaped letter («\S») and the name of a group are none.
_WORD = re.compile(r"\\.|\(\?P<\w+>|[^\W\d_]+")
_BEFORE = r"(?<!\w)(?:"
AFTER = r")(?:(?!\w)|(?<=\W))"  # behind punctuation no boundary is needed
# An escaped letter, a set of letters (a bracket right behind its beginning is a letter), a letter.
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def load_pieces(path: Path) -> dict[str, str]:
    """Read ``{name: {regex, why}}`` and expand pieces in pieces, in file order."""
    pieces: dict[str, str] = {}
    for name, entry in yaml_lines.read(path).items():
        if name == yaml_lines.LINE:
            continue
        yaml_lines.check_keys(entry, required={"regex", "why"}, optional=set(), file=path.name)
        pieces[name] = expand(entry["regex"], pieces, path.name, entry[yaml_lines.LINE])
    return pieces


def expand(wording: str, pieces: Mapping[str, str], file: str, line: int) -> str:
    """Replace each ``{name}`` by its piece; raises RS-302 for a name that is not defined."""

    def piece(match: re.Match[str]) -> str:
        if match.group(1) not in pieces:
            raise ERRORS.error(
                "RS-302", file=file, line=line, wording=wording, problem=f"không có mảnh {match[1]}"
            )
        return f"(?:{pieces[match.group(1)]})"

    return _PIECE.sub(piece, _WORD.sub(_folded, wording))


def _folded(match: re.Match[str]) -> str:
    return match.group() if match.group()[0] in "\\(" else fold(match.group())


def compile_wordings(
    wordings: Iterable[str], pieces: Mapping[str, str], file: str, line: int
) -> re.Pattern[str]:
    """Compile alternatives into one pattern; raises RS-302 where one does not compile."""
    parts = []
    for wording in wordings:
        part = expand(wording, pieces, file, line)
        try:
            re.compile(part)
        except re.error as error:
            raise ERRORS.error(
                "RS-302", file=file, line=line, wording=wording, problem=str(error)
            ) from None
        parts.append(part)
    return join(parts)


def join(parts: Iterable[str], guard: str = "") -> re.Pattern[str]:
    """Compile expanded wordings into one pattern that keeps to whole words.

    ``guard`` is a lookahead that holds wherever one of them may begin.
    """
    return re.compile(f"{guard}{_BEFORE}{'|'.join(parts)}{AFTER}")


def split(pattern: re.Pattern[str]) -> list[str]:
    """Return the wordings that ``join`` put into ``pattern``, cut at the bars outside brackets."""
    whole = pattern.pattern.removeprefix(_BEFORE).removesuffix(AFTER)
    parts, depth, start = [], 0, 0
    for token in _TOKEN.finditer(whole):
        match token.group():
            case "(":
                depth += 1
            case ")":
                depth -= 1
            case "|" if not depth:
                parts.append(whole[start : token.start()])
                start = token.end()
    return [*parts, whole[start:]]


def closing_bracket(part: str) -> int:
    """Return where the bracket that ``part`` begins with is closed."""
    depth = 0
    for token in _TOKEN.finditer(part):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if not depth:
            return token.start()
    return len(part)
