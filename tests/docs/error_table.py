"""The table of error codes in the user guide, written from the error catalogues of all rooms.

``python -m tests.docs.error_table`` brings the guide up to date; the test tells when to.
"""

from __future__ import annotations

import re
from pathlib import Path

from corpus.errors import ErrorCatalogue

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "huong-dan.md"
ROOMS = ("corpus", "models", "review", "exports")
BEGIN, END = "<!-- bảng mã lỗi: bắt đầu -->", "<!-- bảng mã lỗi: hết -->"

_PLACEHOLDER = re.compile(r"\{\w+\}")
_SECTION = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)


def catalogues() -> list[Path]:
    """Return every ``errors.yaml`` of the project."""
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("errors.yaml"))


def all_entries() -> dict[str, dict[str, str]]:
    """Return code → sentences over all rooms; raises ``ValueError`` for a code used twice."""
    entries: dict[str, dict[str, str]] = {}
    for path in catalogues():
        for code, entry in ErrorCatalogue.load(path).entries.items():
            if code in entries:
                raise ValueError(f"{code} có hai lần (lần sau trong {path.relative_to(ROOT)})")
            entries[code] = entry
    return dict(sorted(entries.items()))


def table() -> str:
    """Return the table as Markdown; what is filled in at run time shows as «…»."""
    rows = ["| Mã | Điều đã xảy ra | Việc cần làm |", "|---|---|---|"]
    rows += [
        f"| {code} | {_cell(entry['happened'])} | {_cell(entry['remedy'])} |"
        for code, entry in all_entries().items()
    ]
    return "\n".join(rows)


def _cell(sentence: str) -> str:
    shown = _PLACEHOLDER.sub("…", sentence)
    return shown.replace("|", "\\|").strip()


def documented() -> set[str]:
    """Return the codes in the guide's table."""
    section = _SECTION.search(GUIDE.read_text(encoding="utf-8"))
    if section is None:
        raise ValueError(f"{GUIDE.name} không có phần bảng mã lỗi")
    return set(re.findall(r"^\| (RS-\d{3}) \|", section.group(), re.MULTILINE))


def write() -> None:
    """Replace the table in the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    section = f"{BEGIN}\n{table()}\n{END}"
    GUIDE.write_text(_SECTION.sub(lambda _: section, text), encoding="utf-8")


if __name__ == "__main__":
    write()
