"""Bộ tiêu chí: categories, look-alikes, formulas and legal bases as the screen applies them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from models.basis import Basis
from models.formula import Formula
from models.look_alike import LookAlike
from models.requirement import Category
from review.components import evidence, headings, links, rule_editor, rule_versions, severity
from review.components.catalogue import catalogue
from review.components.formats import number
from review.components.wording import say
from review.people.permission import allows
from review.records import Person
from review.workbench import Workbench


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    found = bench.rules.catalogue()
    headings.title(say("criteria.heading"))
    if problem := bench.rules.unreadable():
        st.html(f'<div class="rs-notice rs-bad">{escape(problem)}</div>')
    st.html(
        f'<p class="rs-muted">{escape(say("criteria.version", version=found.version[:12]))}</p>'
    )
    view = links.switch(
        say("criteria.heading"),
        links.VIEW,
        {
            "": say("criteria.categories"),
            "khong-phai": say("criteria.look_alikes"),
            "cong-thuc": say("criteria.formulas"),
            "can-cu": say("criteria.bases"),
            "cac-ban": say("rules.versions"),
            **({"sua": say("rules.edit")} if allows(person, "rules.save") else {}),
        },
    )
    if view == "sua" and allows(person, "rules.save"):
        rule_editor.draw(bench, person)
    elif view == "cac-ban":
        rule_versions.draw(bench, person)
    elif view == "khong-phai":
        rows: Iterable[str] = map(_look_alike, found.look_alikes.values())
        st.html(_table(("code", "name", "why", "examples"), rows))
    elif view == "cong-thuc":
        rows = map(_formula, found.formulas.values())
        st.html(_table(("code", "name", "when", "template"), rows))
    elif view == "can-cu":
        rows = map(_basis, found.bases.rows.values())
        st.html(_table(("citation", "paraphrase", "categories", "evidence"), rows))
    else:
        rows = map(_category, found.categories.values())
        st.html(_table(("code", "name", "severity", "bases", "sources", "examples"), rows))


def _table(columns: tuple[str, ...], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{escape(say(f'criteria.column_{name}'))}</th>" for name in columns)
    return (
        f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}'
        "</tbody></table>"
    )


def _category(item: Category) -> str:
    bases = catalogue().bases.rows
    cited = "<br>".join(
        f"{escape(bases[key].citation)} {evidence.mark(bases[key].confidence)}"
        for key in item.bases
        if key in bases
    )
    proposed = f"{escape(item.handling)} {escape(item.formula)}"
    return (
        f"<tr><td><b>{escape(item.id)}</b></td><td>{escape(item.name)}</td>"
        f"<td>{severity.badge(item.severity)}<br>{escape(severity.readiness(item.readiness))}</td>"
        f"<td>{cited}</td><td>{escape(', '.join(item.sources))}<br>{proposed}</td>"
        f"<td>{_examples(item.examples)}</td></tr>"
    )


def _examples(examples: Iterable[object]) -> str:
    texts = [example.text for example in examples]
    if not texts:
        return ""
    more = say("criteria.more", count=number(len(texts) - 2)) if len(texts) > 2 else ""
    shown = "<br>".join(f"<q>{escape(text)}</q>" for text in texts[:2])
    return f'{shown}<br><span class="rs-muted">{escape(more)}</span>'


def _look_alike(item: LookAlike) -> str:
    return (
        f"<tr><td><b>{escape(item.id)}</b></td><td>{escape(item.name)}</td>"
        f"<td>{escape(item.why)}</td><td>{_examples(item.examples)}</td></tr>"
    )


def _formula(item: Formula) -> str:
    return (
        f"<tr><td><b>{escape(item.id)}</b></td><td>{escape(item.name)} "
        f"({escape(item.handling)})</td><td>{escape(item.when)}</td>"
        f"<td>{escape(item.template)}</td></tr>"
    )


def _basis(item: Basis) -> str:
    return (
        f"<tr><td>{escape(item.citation)}<br><span class='rs-muted'>{escape(item.act.title)}</span>"
        f"</td><td>{escape(item.paraphrase)}</td><td>{escape(', '.join(item.categories))}</td>"
        f"<td>{evidence.mark(item.confidence)}</td></tr>"
    )
