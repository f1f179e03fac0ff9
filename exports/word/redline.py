"""Words taken out and put in: struck and underlined in black, or as tracked changes of Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import count

from docx.oxml.xmlchemy import BaseOxmlElement

from corpus.compare import Piece
from exports.formats import legal
from exports.word.oxml import Run, element, paragraph, run

_TOKEN = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")  # a word or a sign with the blanks before it


@dataclass(slots=True)
class Reviewer:
    """Who is said to have made tracked changes, and when; ``number`` names each of them."""

    name: str
    at: datetime
    number: Iterator[int]

    @classmethod
    def of(cls, name: str, at: datetime) -> Reviewer:
        return cls(legal(name)[:120], at, count(1))


def changes(old: str, new: str) -> list[Piece]:
    """Return the words of both texts in order, each run marked; spelling and punctuation count.

    What stays and what goes is ``old`` to the letter, what stays and what comes is ``new``: a
    comparison quotes the law in force, and rejecting tracked changes must give it back.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("nhu_nhau", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece("bot", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("them", "".join(after[c:d])))
    return pieces


def struck(old: str, new: str, style: str, size: float) -> list[BaseOxmlElement]:
    """Return ``old`` with what goes out struck through, and nothing of what comes in."""
    runs = [
        _marked(piece.text, size, "strike" if piece.kind == "bot" else "")
        for piece in changes(old, new)
        if piece.kind != "them"
    ]
    return [_paragraph(runs, style)]


def inserted(old: str, new: str, style: str, size: float) -> list[BaseOxmlElement]:
    """Return ``new`` with what comes in bold and underlined."""
    runs = [
        _marked(piece.text, size, "u" if piece.kind == "them" else "")
        for piece in changes(old, new)
        if piece.kind != "bot"
    ]
    return [_paragraph(runs, style)]


def tracked(
    old: str, new: str, style: str, size: float, reviewer: Reviewer
) -> list[BaseOxmlElement]:
    """Return ``old`` turned into ``new`` by w:del and w:ins that Word can accept or reject."""
    made: list[BaseOxmlElement] = []
    for piece in changes(old, new):
        if piece.kind == "nhu_nhau":
            made.append(_marked(piece.text, size, ""))
            continue
        tag = "del" if piece.kind == "bot" else "ins"
        words = _marked(piece.text, size, "")
        if tag == "del":
            for text in list(words.iter(f"{{{words.nsmap['w']}}}t")):
                text.tag = f"{{{words.nsmap['w']}}}delText"
        made.append(
            element(
                tag,
                words,
                id=next(reviewer.number),
                author=reviewer.name,
                date=f"{reviewer.at:%Y-%m-%dT%H:%M:%SZ}",
            )
        )
    return [_paragraph(made, style)]


def _paragraph(runs: list[BaseOxmlElement], style: str) -> BaseOxmlElement:
    made = paragraph("", style)
    made.extend(runs)
    return made


def _marked(text: str, size: float, mark: str) -> BaseOxmlElement:
    made = run(Run(text, bold=True if mark == "u" else None, size=size))
    properties = made.rPr
    if mark == "strike":
        properties.insert(0, element("strike"))
    elif mark == "u":
        properties.append(element("u", val="single"))
    return made
