"""Stems of amending acts («Sửa đổi khoản 2 Điều 5 như sau:») turned into the units they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.reference import join_paths, unit_lists

# «Điều 7 Thông tư số … đã được sửa đổi, bổ sung bởi khoản 3 Điều 1 Thông tư số …»: its history
_HISTORY = re.compile(
    r"(?:đã\s+)?được\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?\s+"
    r"(?:(?:bởi|tại|theo)\s+)?(?:(?:các|quy\s+định\s+tại)\s+)?"
    r"(?=(?:[Đđ]iểm|[Kk]hoản|Điều|Luật|Nghị|Thông|Quyết)\s)[^:]*?(?=\s+như\s+sau|\s*:|$)"
)


def without_history(words: str) -> str:
    """Blank out what a stem says of earlier amendments; the same length."""
    return _HISTORY.sub(lambda match: " " * len(match.group()), words)


def outer_of(paths: Sequence[str]) -> list[str]:
    """Return the unit that units named below belong to: the path above, or the Điều of several."""
    if len(paths) == 1:
        return list(paths)
    dieus = {path.split("/")[0] for path in paths}
    return list(dieus) if len(dieus) == 1 and min(dieus).startswith("dieu-") else []


def stem_targets(words: str, above: Sequence[str]) -> list[str]:
    """Return the paths that an amending stem names, completed by those of the unit above it.

    «17. Sửa đổi khoản 3, khoản 5 Điều 32 như sau: a) Sửa đổi khoản 3 như sau»: the Điều of all.
    """
    lists = [
        unit for unit in unit_lists(without_history(words)) if unit.name not in ("phu-luc", "mau")
    ]
    paths = join_paths(lists, words)
    outer = next((path for path in outer_of(above) if path.startswith("dieu-")), "")
    if outer and not any("dieu-" in path for path in paths):
        paths = [path if outer.endswith(path) else f"{outer}/{path}" for path in paths]
    return paths or list(above)
