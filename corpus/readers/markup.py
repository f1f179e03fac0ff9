"""HTML elements to lines of text: what a browser would show, one paragraph per line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from corpus.readers.tables import Row, table_lines

_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol
p pre section summary table tbody td tfoot th thead tr ul
"""
_UNSEEN_NAMES = """
script style noscript template head title meta link button select option input textarea
iframe object embed audio video svg canvas nav
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_PICTURES = frozenset(("img", "image", "imagedata", "picture"))
_HIDDEN_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I
)
# HTML collapses these; a no-break space stays what it is.
_BLANK_RUN = re.compile("[ \t\n\r\f]+")
_LETTERED = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(slots=True)
class Flow:
    """What became of an element: its lines, and what could not become text."""

    lines: list[str] = field(default_factory=list)
    pictures: int = 0
    struck: int = 0  # characters shown with a line through them
    _run: list[str] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        if text:
            self._run.append(text)

    def end_paragraph(self) -> None:
        if not self._run:
            return
        text = _BLANK_RUN.sub(" ", "".join(self._run)).strip(" ")
        self._run.clear()
        if text.strip():
            self.lines.append(text)


def flow(element: etree._Element) -> Flow:
    """Return the lines of ``element``, in document order."""
    result = Flow()
    _walk(element, result)
    result.end_paragraph()
    return result


def _walk(top: etree._Element, out: Flow) -> None:
    # Iterative: saved pages nest deeper than Python's stack.
    events = etree.iterwalk(top, events=("start", "end"))
    for event, element in events:
        tag = local_name(element)
        if event == "end":
            if tag in _BLOCKS:
                out.end_paragraph()
            if element is not top:
                out.add(element.tail)
            continue
        if tag in _PICTURES:
            out.pictures += 1
        if tag == "" or tag in _UNSEEN or (element is not top and is_hidden(element)):
            events.skip_subtree()
            continue
        if tag == "table":
            out.end_paragraph()
            inner = _table(element)
            out.lines.extend(inner.lines)
            out.pictures += inner.pictures
            out.struck += inner.struck
            events.skip_subtree()
            continue
        if tag in ("s", "strike", "del"):
            out.struck += len("".join(element.itertext()))
        if tag in _BLOCKS or tag == "br":
            out.end_paragraph()
        if tag == "li":
            out.add(_list_label(element))
        out.add(element.text)


def _table(table: etree._Element) -> Flow:
    result = Flow()
    rows: list[Row] = []
    carried: dict[int, tuple[int, list[str]]] = {}  # column -> rows left, text of a tall cell
    for row in table.iterdescendants("tr"):
        if _owner(row) is not table:
            continue
        rows.append(_row(row, carried, result))
    for caption in table.iterchildren("caption"):
        result.lines.extend(flow(caption).lines)
    if rows:
        result.lines.extend(table_lines(rows))
    return result


def _row(row: etree._Element, carried: dict[int, tuple[int, list[str]]], result: Flow) -> Row:
    cells: Row = []
    column = 0
    for cell in row.iterchildren("td", "th"):
        column = _pass_carried(column, carried, cells)
        inner = flow(cell)
        result.pictures += inner.pictures
        result.struck += inner.struck
        cells.append(inner.lines)
        tall = _span(cell, "rowspan")
        if tall > 1:
            carried[column] = (tall - 1, inner.lines)
        column += _span(cell, "colspan")
    _pass_carried(column, carried, cells)
    return cells


def _pass_carried(column: int, carried: dict[int, tuple[int, list[str]]], cells: Row) -> int:
    # A cell that spans rows is shown once; below it its column stays empty, so columns line up.
    while column in carried:
        left, text = carried.pop(column)
        if left > 1:
            carried[column] = (left - 1, text)
        cells.append([])
        column += 1
    return column


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), 1000) if value.isascii() and value.isdigit() and int(value) else 1


def _owner(row: etree._Element) -> etree._Element | None:
    # In a broken page a row may stand inside a cell: it is part of that cell, not a row as well.
    return next(row.iterancestors("table", "tr"), None)


def _list_label(item: etree._Element) -> str:
    parent = item.getparent()
    if parent is None or local_name(parent) != "ol":
        return "- " if parent is not None and local_name(parent) == "ul" else ""
    start = parent.get("start") or "1"
    number = (int(start) if start.lstrip("-").isdigit() else 1) + sum(
        1 for _ in item.itersiblings("li", preceding=True)
    )
    kind = parent.get("type") or "1"
    if kind in _LETTERED and 1 <= number <= 26:
        return f"{_LETTERED[kind][number - 1]}) "
    return f"{number}. "


def is_hidden(element: etree._Element) -> bool:
    """Say whether a browser would not show ``element``."""
    return element.get("hidden") is not None or bool(
        (style := element.get("style")) and _HIDDEN_STYLE.search(style)
    )


def local_name(element: etree._Element) -> str:
    """Return the tag without namespace, '' for comments and processing instructions."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower()
