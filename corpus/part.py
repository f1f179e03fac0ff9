"""Where annexes, forms and attached texts begin."""

from __future__ import annotations

from corpus.frame import attached_name
from corpus.headings import MOTTO
from corpus.lineview import ANNEXES, LineView
from corpus.outline import Kind, Line

_NEAR = 8
_SHORTEST_FORM = 3  # lines


def bare_forms(lines: list[Line]) -> frozenset[str]:
    """Return the numbers of forms whose heading stands alone: lines with a title only list them."""
    return frozenset(
        line.number for line in lines if line.kind is Kind.MAU and line.body >= line.end
    )


def part_name(
    view: LineView, line: Line, index: int, *, free: bool, signed: bool, forms: frozenset[str]
) -> str:
    """Return the segment name of the part ``line`` opens ("phu-luc", "mau", "quy-che" …) or "".

    ``free``: the text at hand is already an annex; ``signed``: the act's signature came before.
    Before that a heading needs more proof, since bodies of acts mention annexes all the time.
    """
    if line.kind not in ANNEXES:
        if line.kind not in (Kind.TEXT, Kind.SIGNATURE) or not view.text[line.start].isupper():
            return ""
        return attached_name(view.text, view.lines, index, signed)
    titled = line.body < line.end
    after = view.lines[index + 1] if index + 1 < len(view.lines) else None
    if titled and after is not None and after.kind is line.kind:
        return ""  # a list of annexes or forms
    if line.kind is Kind.MAU and any(
        other.kind is Kind.MAU for other in view.lines[index + 1 : index + 1 + _SHORTEST_FORM]
    ):
        return ""  # a table that lists forms: number, name, number, name
    if line.kind is Kind.MAU and titled and line.number in forms:
        return ""
    if not signed and not free:
        upper = view.words(line).isupper() or (not titled and not line.weak)
        if not upper or not view.after_end(index):
            return ""
        proof = _announced if line.kind is Kind.PHU_LUC else _motto_near
        if not proof(view, index):
            return ""
    return "phu-luc" if line.kind is Kind.PHU_LUC else "mau"


def _announced(view: LineView, index: int) -> bool:
    """A phụ lục heading is followed by its title in capitals or by «(kèm theo …)»."""
    return any(
        words.isupper() or words.startswith("(")
        for words in map(view.words, view.lines[index + 1 : index + 4])
    )


def _motto_near(view: LineView, index: int) -> bool:
    near = view.lines[index + 1 : index + 1 + _NEAR]
    return any(MOTTO.search(view.text, after.start, after.end) for after in near)
