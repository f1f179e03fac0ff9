"""The fields of a project, for adding and for changing; they save themselves as drafts."""

from __future__ import annotations

import streamlit as st

from review.components.drafts import Form
from review.components.wording import say
from review.programme.step import plan
from review.records import Person
from review.records.programme import ProjectInput
from review.workbench import Workbench


def begin(
    bench: Workbench,
    person: Person,
    key: str,
    shown: ProjectInput | None = None,
    version: int = 0,
) -> Form:
    """Draw the fields and return their form; ``shown`` is what stands now."""
    start = {
        "kind": "thong-tu",
        "agency": next(iter(person.agencies()), ""),
        "year": str(bench.today().year),
    }
    if shown is not None:
        start = {
            "title": shown.title,
            "kind": shown.kind,
            "agency": shown.agency,
            "year": str(shown.year),
            "co_agencies": list(shown.co_agencies),
            "assigned_by": shown.basis,
            "number": shown.number,
            "note": shown.note,
        }
    form = Form(bench, person, key, start, version)
    agencies = dict(bench.agencies.choices(person, bench.today()))
    for code in (start["agency"], *start.get("co_agencies", [])):
        # A body that is no more stays readable where it is entered.
        agencies.setdefault(code, bench.agencies.name(code))
    form.line(say("project.title"), "title")
    kind, lead, year = st.columns([4, 6, 2])
    with kind:
        form.pick(say("project.kind"), "kind", {c: one.name for c, one in plan().kinds.items()})
    with lead:
        form.pick(say("project.lead"), "agency", agencies)
    with year:
        form.line(say("project.year"), "year")
    form.several(
        say("project.co_agencies"), "co_agencies", agencies, placeholder=say("proposal.pick")
    )
    basis, number = st.columns([7, 5])
    with basis:
        form.line(say("project.basis"), "assigned_by")
    with number:
        form.line(say("project.number"), "number")
    form.area(say("project.note"), "note", height=80)
    return form


def entered(form: Form) -> ProjectInput:
    """Return the fields as the service wants them; a year that is no number is refused there."""
    typed = form.current()
    year = str(typed.get("year") or "").strip()
    return ProjectInput(
        str(typed.get("title") or "").strip(),
        str(typed.get("kind") or ""),
        str(typed.get("agency") or ""),
        int(year) if year.isascii() and year.isdigit() else 0,
        tuple(typed.get("co_agencies") or ()),
        str(typed.get("assigned_by") or "").strip(),
        str(typed.get("number") or "").strip(),
        str(typed.get("note") or "").strip(),
    )
