"""Add a finding the machine missed, on a provision and with its exact words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.components import guard, severity
from review.components.drafts import Form
from review.components.formats import shorten
from review.components.wording import say
from review.records import Person, ProvisionView
from review.workbench import Workbench


def button(
    bench: Workbench, person: Person, provision_id: int, category: str, quote: str, key: str
) -> None:
    """Draw a button that records what the machine set aside as a finding after all."""
    if st.button(say("addition.restore"), key=key, width="stretch"):
        _restore(bench, person, provision_id, category, quote)


@st.dialog(say("addition.heading"), width="medium", position="right")
def _restore(
    bench: Workbench, person: Person, provision_id: int, category: str, quote: str
) -> None:
    with guard.boundary():
        _form(bench, person, provision_id, category, quote)


@st.dialog(say("addition.heading"), width="medium", position="right")
def choose_place(
    bench: Workbench, person: Person, units: Sequence[ProvisionView], start: int | None = None
) -> None:
    """Open the form on one of ``units``, first on ``start``, else on the first Điều."""
    with guard.boundary():
        ids = [unit.id for unit in units]
        names = {unit.id: f"{unit.label} – {shorten(unit.text, 60)}" for unit in units}
        place = st.selectbox(
            say("addition.place"),
            ids,
            index=ids.index(start) if start in ids else _first_article(units),
            format_func=lambda unit: names[unit],
            key="bo-sung-vi-tri",
        )
        text = next(unit.text for unit in units if unit.id == place)
        st.html(f'<p class="rs-muted">{say("addition.copy_from")}</p>')
        st.code(text, language=None, wrap_lines=True)
        _form(bench, person, place, "", "")


def _first_article(units: Sequence[ProvisionView]) -> int:
    return next((place for place, unit in enumerate(units) if unit.level == "dieu"), 0)


def _form(bench: Workbench, person: Person, provision_id: int, category: str, quote: str) -> None:
    names = dict(bench.findings.categories())
    codes = list(names)
    chosen = st.selectbox(
        say("filter.category"),
        codes,
        index=codes.index(category) if category in codes else None,
        format_func=lambda code: f"{code} · {names[code]}",
        placeholder=say("addition.pick"),
        key="bo-sung-nhom",
    )
    level = st.selectbox(
        say("filter.severity"),
        (4, 3, 2, 1),
        index=1,
        format_func=severity.name,
        key="bo-sung-muc",
    )
    form = Form(bench, person, f"bo-sung:{provision_id}:{category}", {"quote": quote})
    words = form.area(say("decision.quote"), "quote", height=90)
    note = form.area(say("decision.note"), "note", height=70)
    form.saved_line()
    save = st.button(
        say("addition.save"), type="primary", key="bo-sung-luu", disabled=chosen is None
    )
    if save and chosen is not None:
        with form.saving():
            view = bench.findings.add_manual(person, provision_id, chosen, words, level, note)
        guard.tell(say("addition.saved", what=view.row.label))
        st.rerun()
