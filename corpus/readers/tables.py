"""Tables as lines: one row per line, or cell by cell where a table only lays out the page."""

from __future__ import annotations

import re

Cell = list[str]  # paragraphs
Row = list[Cell]

#: Between two cells of a row.
CELL_MARK = " \t "

# Head and foot of an act stand in borderless tables: issuer | quốc hiệu, nơi nhận | signature.
_LAYOUT = re.compile(
    r"CỘNG\s+HÒA\s+XÃ\s+HỘI|CỘNG\s+HOÀ\s+XÃ\s+HỘI|VIỆT\s+NAM\s+DÂN\s+CHỦ|Độc\s+lập\s*[-–—]\s*Tự\s+do"
    r"|^\s*Nơi\s+nhận|^\s*(?:TM|KT|TL|TUQ)\.\s|^\s*Số\s*:.*/",
    re.I | re.M,
)
_PROVISION = re.compile(r"^\s*(?:Điều\s+\d+\w?\s*[.:]|Chương\s+[IVXLC]+\b)", re.M)


def table_lines(rows: list[Row]) -> list[str]:
    """Return the lines of a table; equal cells side by side all stay: they are its figures."""
    rows = [[[text for text in cell if text.strip()] for cell in row] for row in rows]
    rows = [row for row in rows if any(any(cell) for cell in row)]
    if not rows:
        return []
    if is_layout(rows):
        return [line for row in rows for cell in row for line in cell if line.strip()]
    lines = []
    for row in rows:
        cells = [" ".join(part.strip() for part in cell if part.strip()) for cell in row]
        lines.append(CELL_MARK.join(cell.replace("\n", " ") for cell in cells).rstrip())
    return lines


def is_layout(rows: list[Row]) -> bool:
    """Say whether a table only places text on the page: its cells are read one after another."""
    if all(sum(1 for cell in row if any(cell)) <= 1 for row in rows):
        return True
    if any(_PROVISION.search(line) for row in rows for cell in row for line in cell):
        return True
    widest = max(len(row) for row in rows)
    if widest > 3 or len(rows) > 8:
        return False
    return any(_LAYOUT.search("\n".join(cell)) for row in rows for cell in row)
