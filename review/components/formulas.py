"""Formula buttons K1–K7: each writes a proposed wording into the draft; a person edits it."""

from __future__ import annotations

import streamlit as st

from models import formula
from models.formula import FillContext, Formula
from review.components import guard
from review.components.catalogue import catalogue
from review.components.drafts import Form
from review.components.wording import say
from review.records import FindingView

REPEALS = frozenset({"BB", "BBT"})  # forms of handling that leave no new wording
_REPEAL, _REWRITE = "K1", "K2"  # formulas whose sentences order a repeal, a new wording


def buttons(view: FindingView, form: Form) -> None:
    """Draw the formulas side by side; the one that fits the category is named first."""
    formulas = catalogue().formulas
    context = _context(view)
    columns = st.columns(len(formulas))
    for column, item in zip(columns, formulas.values(), strict=True):
        fits = view.row.category in item.categories
        column.button(
            f"**{item.id}**" if fits else item.id,
            key=f"cong-thuc-{item.id}",
            width="stretch",
            type="secondary",
            help=f"{item.name}. {item.when}",
            on_click=_apply,
            args=(item, context, form),
        )
    fitting = [f"{item.id} {item.name}" for item in formulas.values() if _fits(item, view)]
    if fitting:
        st.html(f'<p class="rs-muted">{say("formula.fitting", names="; ".join(fitting))}</p>')


def _fits(item: Formula, view: FindingView) -> bool:
    return view.row.category in item.categories


def _context(view: FindingView) -> FillContext:
    known = catalogue().sources.rows
    databases = [known[key].name for key in view.sources if key in known]
    act = view.act
    return FillContext(
        text=view.provision.text.strip(),
        category=view.row.category,
        place=view.row.label,
        act=f"{act.type} số {act.number}" if act.number else act.title,
        quote=view.row.quote,
        database=databases[0] if databases else "",
    )


def clause(view: FindingView, handling: str, new_text: str) -> str:
    """Return the sentence as it will stand in the amending act; "" where none can be drafted."""
    context = _context(view)
    if handling in REPEALS:
        return formula.fill(_REPEAL, context).clause
    if not new_text.strip():
        return ""
    return f"{formula.fill(_REWRITE, context).clause}\n“{new_text.strip()}”"


def _apply(item: Formula, context: FillContext, form: Form) -> None:
    draft = formula.fill(item.id, context)
    if not draft.text and not draft.clause:
        guard.tell(say("formula.no_phrase", id=item.id), good=False)
        return
    # A repeal has no new wording; its sentence stands under the form.
    form.set("new_text", draft.text)
    form.set("handling", draft.handling)
    note = say("formula.applied", id=item.id, name=item.name)
    if draft.blanks:
        note = f"{note} {say('formula.blanks', blanks=', '.join(draft.blanks))}"
    guard.tell(note)
