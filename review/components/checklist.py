"""Checklists of NĐ 104/2022 Đ15.1: how far ministries and provinces are with publishing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from review.components import entry, guard, headings, links
from review.components.drafts import Form
from review.components.formats import day, moment, number, percent
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, Person
from review.records.follow_up import ProcedureView
from review.records.procedure import ChecklistLine, ProvinceLine, PublicationInput
from review.workbench import Workbench

VIEW, PROVINCE = "tien-do", "tinh"
_SAID = {"": None, "co": True, "khong": False}


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw both checklists side by side."""
    st.html(f'<p class="rs-muted">{escape(say("checklist.about"))}</p>')
    left, right = st.columns(2)
    with left:
        headings.section(say("checklist.ministries"))
        _progress(bench.publications.ministries(person, campaign.id), links.AGENCY)
    with right:
        headings.section(say("checklist.provinces"))
        _progress(bench.publications.provinces(person, campaign.id), PROVINCE)


def _progress(lines: Sequence[ChecklistLine], opens: str) -> None:
    """Draw the lines; a name leads to its own list, named ``opens`` in the address."""
    if not lines:
        guard.empty(say("procedure.empty"), say("procedure.empty_advice"))
        return
    head = "".join(
        f'<th class="{style}">{escape(say(f"checklist.column_{name}"))}</th>'
        for name, style in (
            ("name", ""), ("progress", ""), ("published", "rs-num"), ("complete", "rs-num"),
        )
    )  # fmt: skip
    body = "".join(_line(line, opens) for line in lines)
    total = sum(line.procedures for line in lines)
    done = sum(line.complete for line in lines)
    words = say("checklist.total", done=number(done), all=number(total), part=percent(done, total))
    st.html(
        f'<p class="rs-muted">{escape(words)}</p><table class="rs-table"><thead><tr>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def _line(line: ChecklistLine, opens: str) -> str:
    view = {links.VIEW: VIEW} if opens == PROVINCE else {}
    name = links.anchor("thu-tuc", line.name, **view, **{opens: line.code})
    published = 100 * line.published / line.procedures if line.procedures else 0
    complete = 100 * line.complete / line.procedures if line.procedures else 0
    bar = (
        f'<span class="rs-bar" title="{percent(line.complete, line.procedures)}">'
        f'<i style="width:{published:.1f}%"></i><i style="width:{complete:.1f}%"></i></span>'
    )
    return (
        f"<tr><td>{name}</td><td>{bar}</td>"
        f'<td class="rs-num">{number(line.published)}/{number(line.procedures)}</td>'
        f'<td class="rs-num">{number(line.complete)}/{number(line.procedures)}</td></tr>'
    )


def provinces_of(bench: Workbench, person: Person, view: ProcedureView) -> None:
    """Draw what each province decided on one procedure, and the form for one more."""
    lines = bench.publications.of(person, view.id)
    done = sum(bool(line.input.decision and line.input.published) for line in lines)
    title = say("checklist.of_procedure", done=number(done), all=number(len(lines)))
    with st.expander(title):
        if allows(person, "publications.record", view.input.agency):
            record(bench, person, view.id, {line.input.province: line.name for line in lines})
        head = "".join(
            f"<th>{escape(say(f'checklist.column_{name}'))}</th>"
            for name in ("province", "decision", "day", "uses", "who")
        )
        body = "".join(map(_province, lines))
        st.html(
            f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        )


def said(uses_data: bool | None) -> str:
    """Return in words whether a decision puts data first."""
    key = next(key for key, value in _SAID.items() if value == uses_data)
    return say(f"procedure.uses_{key or 'open'}")


def _province(line: ProvinceLine) -> str:
    uses = said(line.input.uses_data) if line.at else "–"
    who = f"{line.person}, {moment(line.at)}" if line.at else ""
    return (
        f"<tr><td>{escape(line.name)}</td><td>{escape(line.input.decision or '–')}</td>"
        f"<td>{day(line.input.published)}</td><td>{escape(uses)}</td>"
        f'<td><span class="rs-muted">{escape(who)}</span></td></tr>'
    )


def record(bench: Workbench, person: Person, procedure_id: int, names: Mapping[str, str]) -> None:
    """Draw the form for what a province decided; ``names`` are the provinces to pick from."""
    first = next(iter(names))
    form = Form(bench, person, f"cong-bo-tinh:{procedure_id}")
    province_box, decision_box, day_box, uses_box = st.columns(4)
    with province_box:
        form.pick(say("checklist.column_province"), "province", names)
    with decision_box:
        form.line(say("checklist.column_decision"), "decision")
    with day_box:
        form.line(say("checklist.column_day"), "published", placeholder="dd/mm/yyyy")
    with uses_box:
        form.pick(
            say("checklist.column_uses"), "uses_data", {key: said(_SAID[key]) for key in _SAID}
        )
    form.saved_line()

    @guard.guarded
    def save() -> None:
        entered = form.current()
        bench.publications.record(
            person,
            procedure_id,
            PublicationInput(
                entered.get("province") or first,
                entered.get("decision", ""),
                entry.day(entered.get("published", "")),
                _SAID[entered.get("uses_data", "")],
            ),
        )
        form.discard()
        guard.tell(say("checklist.recorded"))

    st.button(say("checklist.save"), key="ghi-cong-bo-tinh", type="primary", on_click=save)
