"""Markdown as people and programs write acts down: marks off, words, tables and lists kept.

Headings («## Điều 1. Phạm vi»), bold labels («**Điều 1.** Phạm vi»), tables, links, escapes. A
label that Markdown would turn into a list («1. », «- ») is the act's own and stays.
"""

from __future__ import annotations

import re
from html import unescape

from corpus.readers.tables import table_lines

_SAMPLE = 50_000  # characters looked at
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{3,})\s*$")  # of a heading, or a rule
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_QUOTE = re.compile(r"^ {0,3}(?:>\s?)+")
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_BULLET = re.compile(r"^(\s*)[*+]\s+(?=\S)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:https?:|mailto:|#|/|\.)[^)\s]*(?:\s+\"[^\"]*\")?\)")
_BOLD = re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# One mark alone is emphasis only at the border of a word: «số_hiệu», «2*3» stay.
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|br|p|div|span|center|a)(?:\s[^<>]*)?/?>", re.I)
_MARKS = (
    re.compile(r"^ {0,3}#{1,6}\s+\S", re.M),
    re.compile(r"\*\*\S[^*\n]*\*\*"),
    re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$", re.M),
)


def is_markdown(name: str, text: str) -> bool:
    """Say whether a text is Markdown: by its name, or by marks that no act has of itself."""
    if name.lower().endswith((".md", ".markdown")):
        return True
    sample = text[:_SAMPLE]
    return any(len(mark.findall(sample)) >= 3 for mark in _MARKS)


def plain_lines(text: str) -> list[str]:
    """Return the lines of ``text`` without Markdown's marks; wrapped lines stay as they are."""
    lines: list[str] = []
    table: list[list[list[str]]] = []
    fenced = False
    for raw in text.split("\n"):
        if _FENCE.match(raw):
            fenced = not fenced
            continue
        if fenced:
            lines.append(raw)
            continue
        if _TABLE_ROW.match(raw):
            if not _TABLE_RULE.match(raw):
                table.append([[_inline(cell.strip())] for cell in _cells(raw)])
            continue
        if table:
            lines += table_lines(table)
            table = []
        if not _UNDERLINE.match(raw):
            lines.append(_line(raw))
    return lines + table_lines(table)


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row.strip()[1:-1])


def _line(raw: str) -> str:
    raw = _QUOTE.sub("", raw)
    if heading := _HEADING.match(raw):
        return _inline(heading[2])
    return _inline(_BULLET.sub(r"\1- ", raw.rstrip()))


def _inline(words: str) -> str:
    words = _IMAGE.sub(r"\1", words)
    words = _LINK.sub(r"\1", words)
    words = _TAG.sub("", words)
    for _ in range(2):  # bold inside emphasis
        words = _EMPHASIS.sub(r"\2", _BOLD.sub(r"\2", words))
    return unescape(_ESCAPED.sub(r"\1", words)).strip()
