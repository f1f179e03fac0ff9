"""Grammars of acts in the manner of bluebell, to compare speed with: PEGs over the lines of an act.

bluebell (Laws.Africa) parses acts with a PEG of nested blocks, whose lines are runs of inline rules.
These are far smaller: they know Phần, Chương, Mục, Điều, khoản, điểm and paragraphs, trust every
number at the start of a line, know no quotation, annex, signature or head, and build only the
parser's own tree.
"""

from __future__ import annotations

from typing import Final

from parsimonious.grammar import Grammar
from parsimonious.nodes import Node

_BLOCKS = r"""
    act      = block*
    block    = part / chapter / section / dieu / khoan / diem / para
    part     = part_l inner_part*
    inner_part = chapter / section / dieu / khoan / diem / para
    chapter  = chapter_l inner_chapter*
    inner_chapter = section / dieu / khoan / diem / para
    section  = section_l inner_section*
    inner_section = dieu / khoan / diem / para
    dieu     = dieu_l inner_dieu*
    inner_dieu = khoan / diem / para
    khoan    = khoan_l inner_khoan*
    inner_khoan = diem / para
    diem     = diem_l para*
    part_l   = ~"(?:Phần|PHẦN)[ \t]+(?:thứ[ \t]+)?\w+" rest
    chapter_l = ~"(?:Chương|CHƯƠNG)[ \t]+[IVXLC\d]+" rest
    section_l = ~"(?:Mục|MỤC)[ \t]+\d+" rest
    dieu_l   = ~"Điều[ \t]+\d+[a-zđ]?" rest
    khoan_l  = ~"\d{1,3}[a-zđ]?\.[ \t]" rest
    diem_l   = ~"[a-zđ]\d?\)[ \t]" rest
    para     = !part_l !chapter_l !section_l !dieu_l !khoan_l !diem_l rest
"""
#: Lines taken whole: the least that a grammar can do.
LINES: Final = Grammar(_BLOCKS + r'rest = ~"[^\n]*\n"')
#: Lines as runs of inline rules, as bluebell reads them: references, words, marks.
INLINES: Final = Grammar(
    _BLOCKS
    + r"""
    rest     = inline* "\n"
    inline   = ref / word / mark
    ref      = ~"(?:Điều|[Kk]hoản|[Đđ]iểm)[ \t]+\w+"
    word     = ~"\w+"
    mark     = ~"[^\w\n]+"
    """
)


def parse(grammar: Grammar, text: str) -> Node:
    """Return the parse tree of ``text``; every text has one."""
    return grammar.parse(text if text.endswith("\n") else f"{text}\n")
