"""What a finding leads to: the project that carries it, procedures, what people are spared."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from review.components import links, trace
from review.components.formats import amount, day, number, shorten
from review.components.programme_board import PATH
from review.components.wording import say
from review.people.permission import allows
from review.programme.saving import TOTALS
from review.records import FindingView, Person
from review.state import RECOGNISED
from review.workbench import Workbench

_OPENED_WITH = {"ra-soat": "findings.queue", "de-xuat": "proposals.get"}
_PROCEDURES = 3  # shown of one finding; the rest is counted
_NAME = 90


def draw(bench: Workbench, person: Person, view: FindingView, *pages: str) -> None:
    """Draw the links, and those to the finding's own ``pages`` ("ra-soat", "de-xuat")."""
    lines = [*_pages(person, view, pages), *_project(bench, person, view)]
    lines += [*_procedures(bench, person, view), *_saving(bench, person, view)]
    if lines:
        rows = "".join(f"<li>{line}</li>" for line in lines)
        st.html(trace.block(say("followed.heading"), f'<ul class="rs-list">{rows}</ul>'))


def _pages(person: Person, view: FindingView, pages: tuple[str, ...]) -> Iterator[str]:
    names = {links.CAMPAIGN: view.act.campaign_id, links.FINDING: view.row.id}
    for page in pages:
        if allows(person, _OPENED_WITH[page], view.row.agency or None):
            words = say(f"followed.open_{page.replace('-', '_')}")
            yield links.anchor(page, words, **names, **{links.STATE: "tat-ca"})


def _project(bench: Workbench, person: Person, view: FindingView) -> Iterator[str]:
    if not allows(person, "projects.of_finding", view.row.agency or None):
        return
    project = bench.projects.of_finding(person, view.row.id)
    if project is None:
        return
    names = {links.CAMPAIGN: view.act.campaign_id, links.PROJECT: project.id}
    title = links.anchor(PATH, shorten(project.input.title, _NAME), **names)
    state = say("followed.done")
    if project.current:
        state = say("followed.step", step=project.step_name)
    due = say("followed.due", day=day(project.due)) if project.due else ""
    yield f"{escape(say('followed.project'))} {title}<br>{_muted(state + due)}"


def _procedures(bench: Workbench, person: Person, view: FindingView) -> Iterator[str]:
    if not allows(person, "procedures.of_finding", view.row.agency or None):
        return
    found = bench.procedures.of_finding(person, view.row.id)
    for one in found[:_PROCEDURES]:
        words = f"{one.input.code} {shorten(one.input.name, _NAME)}"
        names = {links.CAMPAIGN: view.act.campaign_id, "thu_tuc": one.id}
        yield f"{escape(say('followed.procedure'))} {links.anchor('thu-tuc', words, **names)}"
    if len(found) > _PROCEDURES:
        yield _muted(say("followed.more", count=number(len(found) - _PROCEDURES)))


def _saving(bench: Workbench, person: Person, view: FindingView) -> Iterator[str]:
    row = view.row
    if row.state not in RECOGNISED or not allows(person, "savings.of_finding", row.agency or None):
        return
    saving = bench.savings.of_finding(person, row.id)
    names = {links.CAMPAIGN: view.act.campaign_id, links.FINDING: row.id}
    if not saving.totals:
        yield links.anchor("uoc-tinh", say("followed.no_volume"), **names)
        return
    figures = ", ".join(
        f"{amount(round(saving.totals[code]))} {unit}"
        for code, (_, unit) in TOTALS.items()
        if saving.totals[code]
    )
    link = links.anchor("uoc-tinh", say("followed.saving", figures=figures), **names)
    counted = say("followed.counted_at", place=saving.counted_at) if saving.counted_at else ""
    yield f"{link}<br>{_muted(counted)}" if counted else link


def _muted(words: str) -> str:
    return f'<span class="rs-muted">{escape(words)}</span>'
