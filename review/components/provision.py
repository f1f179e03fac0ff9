"""Text of an act as HTML: the unit under review, its stem, its whole Điều."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from models.records import TraceStep
from review.components.highlight import Mark, highlight, shifted
from review.components.wording import say
from review.records import FindingRow, FindingView, ProvisionView

# Steps of the trace whose words are marked in the text besides the quote itself.
_MARKED_STEPS = {"modality", "exemption", "alternative", "mask"}

_INDENT = {"dieu": 1, "khoan": 2, "diem": 3}
_PARTS = {"phan", "chuong", "muc", "tieu-muc", "phu-luc", "mau"}


def trace_marks(trace: Iterable[TraceStep]) -> list[Mark]:
    """Return the marks of a trace, in source offsets."""
    return [
        Mark(step.span.start, step.span.end, step.step, say(f"trace.{step.step}"))
        for step in trace
        if step.span and step.step in _MARKED_STEPS
    ]


def quote_marks(row: FindingRow, *, here: bool = False, anchor: str = "") -> list[Mark]:
    """Return the marks of a finding's quote, in offsets of its provision's text.

    ``here`` adds the frame of the finding that is being decided.
    """
    title = say("act.mark_title", category=row.category, severity=row.severity)
    marks = [Mark(row.quote_start, row.quote_end, str(row.severity), title, anchor)]
    if here:
        marks.append(Mark(row.quote_start, row.quote_end, "here"))
    return marks


def _standing_marks(view: FindingView) -> list[Mark]:
    """Return the marks of the trace, none where an amendment has taken the quoted words out.

    The trace then speaks of the text before; its offsets mean nothing in this one.
    """
    row = view.row
    if view.provision.text[row.quote_start : row.quote_end] != row.quote:
        return []
    return trace_marks(view.trace)


def paragraph(provision: ProvisionView, marks: Sequence[Mark], *, style: str = "") -> str:
    """Return one unit with its own words; ``style`` is rs-unit, rs-stem or empty."""
    if provision.level in _PARTS:
        kind = "rs-part"
    else:
        head = " rs-head" if provision.level == "dieu" else ""
        kind = f"rs-in{_INDENT.get(provision.level, 2)}{head}"
    words = highlight(provision.text.rstrip(), marks)
    return f'<p class="{kind} {style}" id="{escape(anchor_of(provision.path))}">{words}</p>'


def anchor_of(path: str) -> str:
    """Return the HTML id of a unit."""
    return "dk-" + path.replace("/", "--")


def unit_in_context(view: FindingView) -> str:
    """Return the stem in grey and the unit in black with its marks."""
    unit = view.provision
    marks = quote_marks(view.row, here=True)
    marks += shifted(_standing_marks(view), unit.start, len(unit.text))
    stem = "".join(paragraph(p, [], style="rs-stem") for p in view.stem if p.level not in _PARTS)
    return f'<div class="rs-act">{stem}{paragraph(unit, marks, style="rs-unit")}</div>'


def breadcrumb(view: FindingView) -> str:
    """Return where the unit stands: act, chapters, Điều, khoản, điểm."""
    steps = [view.act.number or view.act.title]
    steps += [short_label(p) for p in view.stem]
    steps.append(short_label(view.provision))
    trail = " › ".join(escape(step) for step in steps[:-1])
    return f'<p class="rs-crumb">{trail} › <b>{escape(steps[-1])}</b></p>'


def short_label(provision: ProvisionView) -> str:
    """Return the unit's own part of its label: «điểm a» of «điểm a khoản 2 Điều 5»."""
    if provision.level in {"khoan", "diem", "doan"}:
        return " ".join(provision.label.split()[:2])
    return provision.label


def whole_article(view: FindingView) -> str:
    """Return the whole Điều with the unit standing out and every trace mark in place."""
    marks = _standing_marks(view)
    units = []
    for unit in view.article:
        here = unit.id == view.provision.id
        own = quote_marks(view.row, here=True) if here else []
        own += shifted(marks, unit.start, len(unit.text))
        units.append(paragraph(unit, own, style="rs-unit" if here else ""))
    return f'<div class="rs-act">{"".join(units)}</div>'
