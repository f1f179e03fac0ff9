"""Whether a numbered line fits the sequence of its siblings, and what to make of lists in lists."""

from __future__ import annotations

from collections.abc import Callable

from corpus.outline import Kind, Line
from corpus.tree import Sequence

# Numbers that may be missing between two siblings (repealed, or lost by the reader).
_LARGEST_GAP = {Kind.DIEM: 6}
_USUAL_GAP = 3

Ahead = Callable[[int, str], bool]
"""``ahead(value, delim)``: does a later line of the same unit carry this number and mark?"""


def fits(sequences: dict[Kind, Sequence], line: Line, ahead: Ahead, free: bool) -> bool:
    """Accept ``line`` as the next child of its kind, or note that it belongs to an inner list.

    ``free`` lets a sequence begin and jump anywhere (quoted new text begins with «3.» or «c)»).
    """
    sequence = sequences.get(line.kind)
    value, suffix = line.value, line.suffix
    if sequence is None:
        if not free and (value != 1 or suffix not in ("", "1")):
            return False
        if line.kind is Kind.DIEM and line.delim != ")" and not ahead(value + 1, line.delim):
            return False
        sequences[line.kind] = Sequence(value, suffix, line.delim)
        return True
    due = sequence.value + 1
    if sequence.inner and value == sequence.inner + 1 and not suffix:
        if value != due or ahead(value, sequence.delim):
            sequence.inner = value
            return False
    elif value == 1 and not suffix and sequence.value >= 1:
        sequence.inner = 1
        return False
    if sequence.delim and line.delim != sequence.delim and ahead(due, sequence.delim):
        return False
    accepted = (
        (value == due and suffix in ("", "a", "1"))
        or (value == sequence.value and suffix > sequence.suffix)
        or (free and value > sequence.value and not sequence.inner)
        or (
            line.delim == sequence.delim
            and not sequence.inner
            and due < value <= sequence.value + _LARGEST_GAP.get(line.kind, _USUAL_GAP)
            and not ahead(due, sequence.delim)
        )
    )
    if accepted:
        sequence.value, sequence.suffix, sequence.inner = value, suffix, 0
    return accepted
