"""Nhiệm vụ: what of the programme is not the amending of acts, with figures over time."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from corpus.datafile import CONFIDENCES
from review.components import entry, evidence, figure_chart, filters, guard, headings, links
from review.components.drafts import Form
from review.components.figure_chart import Point
from review.components.formats import amount, day, markdown, moment, number
from review.components.wording import say
from review.people.permission import allows
from review.programme.task import SECTIONS, STATES
from review.records import CampaignView, Person
from review.records.follow_up import TaskFigureInput, TaskFigureView, TaskInput, TaskView
from review.workbench import Workbench

TASK = "nhiem_vu"
_FIGURES = ("on", "name", "value", "document", "who")
_UNCHECKED = "chưa đối chiếu"


def render(bench: Workbench, person: Person) -> None:
    """Draw the tasks of the campaign, one of them with its figures."""
    campaign = filters.campaign_head(bench, person, say("task.heading"))
    if campaign is None:
        return
    tasks = bench.tasks.list(person, campaign.id)
    left, right = st.columns([22, 30])
    chosen = _chosen(tasks)
    with left:
        _list(bench, tasks, chosen)
        if allows(person, "tasks.add"):
            with st.expander(say("task.add"), expanded=not tasks):
                _edit(bench, person, campaign, None)
    with right:
        if chosen is None:
            guard.empty(say("task.empty"), say("task.empty_advice"))
        else:
            _one(bench, person, campaign, chosen)


def _chosen(tasks: Sequence[TaskView]) -> TaskView | None:
    wanted = links.integer(TASK)
    return next((one for one in tasks if one.id == wanted), tasks[0] if tasks else None)


def _list(bench: Workbench, tasks: Sequence[TaskView], chosen: TaskView | None) -> None:
    for code, name in SECTIONS.items():
        own = [one for one in tasks if one.input.section == code]
        if not own:
            continue
        headings.section(name)
        for one in own:
            mark = "chon-" if chosen and one.id == chosen.id else ""
            late = f" · {say('task.late')}" if one.late else ""
            due = day(one.input.due) if one.input.due else say("task.no_due")
            agency = bench.agencies.name(one.input.agency)
            st.button(
                f"**{markdown(one.input.code)}** {markdown(one.input.title)}\n"
                f"{markdown(agency)} · {STATES[one.input.state]} · {due}{late}",
                key=f"hang-{mark}nhiem-vu-{one.id}",
                on_click=links.put,
                kwargs={TASK: one.id},
                width="stretch",
                type="tertiary",
            )


def _one(bench: Workbench, person: Person, campaign: CampaignView, task: TaskView) -> None:
    headings.section(f"{task.input.code}. {task.input.title}")
    if task.input.text:
        st.html(f"<p>{escape(task.input.text)}</p>")
    if not task.figures:
        st.html(f'<p class="rs-muted">{escape(say("task.no_figures"))}</p>')
    else:
        figure_chart.draw(
            Point(one.input.name, one.input.unit, one.input.on, one.input.value)
            for one in task.figures
        )
        st.html(_figures(task.figures))
    if allows(person, "tasks.record"):
        with st.expander(say("task.record")):
            _record(bench, person, task)
    if allows(person, "tasks.change"):
        with st.expander(say("task.change")):
            _edit(bench, person, campaign, task)


def _figures(figures: Sequence[TaskFigureView]) -> str:
    head = "".join(f"<th>{escape(say(f'task.figure_{name}'))}</th>" for name in _FIGURES)
    body = "".join(
        f"<tr><td>{day(one.input.on)}</td><td>{escape(one.input.name)}</td>"
        f'<td class="rs-num">{escape(amount(one.input.value))} {escape(one.input.unit)}</td>'
        f"<td>{escape(one.input.document)} {evidence.mark(one.input.confidence)}</td>"
        f'<td>{escape(one.person)}<br><span class="rs-muted">{moment(one.at)}</span></td></tr>'
        for one in figures
    )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _record(bench: Workbench, person: Person, task: TaskView) -> None:
    start = {"on": day(bench.today()), "confidence": _UNCHECKED}
    form = Form(bench, person, f"so-lieu-nhiem-vu:{task.id}", start)
    form.line(say("task.figure_name"), "name")
    value_box, unit_box, day_box = st.columns(3)
    with value_box:
        form.line(say("task.figure_value"), "value")
    with unit_box:
        form.line(say("task.figure_unit"), "unit")
    with day_box:
        form.line(say("task.figure_on"), "on")
    document_box, mark_box = st.columns([2, 1])
    with document_box:
        form.line(say("task.figure_document"), "document")
    with mark_box:
        form.pick(say("task.figure_mark"), "confidence", {one: one for one in CONFIDENCES})
    form.saved_line()

    @guard.guarded
    def save() -> None:
        entered = form.current()
        value = entry.figure(entered.get("value", ""))
        if value is None:
            guard.tell(say("task.no_value"), good=False)
            return
        figure = TaskFigureInput(
            entry.day(entered["on"]) or bench.today(),
            entered.get("name", ""),
            value,
            entered.get("unit", ""),
            entered.get("document", ""),
            entered["confidence"],
        )
        bench.tasks.record(person, task.id, figure)
        form.discard()
        guard.tell(say("task.recorded"))

    st.button(say("task.save_figure"), key="ghi-so-lieu-nhiem-vu", type="primary", on_click=save)


def _edit(bench: Workbench, person: Person, campaign: CampaignView, task: TaskView | None) -> None:
    key = f"nhiem-vu:{task.id}" if task else f"nhiem-vu-moi:{campaign.id}"
    start = (
        {
            "code": task.input.code,
            "title": task.input.title,
            "section": task.input.section,
            "agency": task.input.agency,
            "due": day(task.input.due) if task.input.due else "",
            "state": task.input.state,
            "text": task.input.text,
        }
        if task
        else {"section": next(iter(SECTIONS)), "state": next(iter(STATES))}
    )
    form = Form(bench, person, key, start, task.version if task else 0)
    code_box, due_box = st.columns(2)
    with code_box:
        form.line(say("task.code"), "code")
    with due_box:
        form.line(say("task.due"), "due", placeholder="dd/mm/yyyy")
    form.line(say("task.title"), "title")
    form.pick(say("task.section"), "section", SECTIONS)
    agencies = dict(bench.agencies.choices(person, bench.today()))
    form.pick(say("task.agency"), "agency", agencies)
    form.pick(say("task.state"), "state", STATES)
    form.area(say("task.text"), "text", height=90)
    form.saved_line()

    @guard.guarded
    def save() -> None:
        entered = form.current()
        changed = TaskInput(
            entered.get("code", "").strip(),
            entered.get("title", "").strip(),
            entered["section"],
            entered.get("agency") or next(iter(agencies)),
            entry.day(entered.get("due", "")),
            entered["state"],
            entered.get("text", ""),
        )
        if task is None:
            links.put(**{TASK: bench.tasks.add(person, campaign.id, changed)})
        else:
            bench.tasks.change(person, task.id, form.basis, changed)
        form.discard()
        guard.tell(say("task.saved", code=changed.code))

    button = f"luu-nhiem-vu-{number(task.id)}" if task else "them-nhiem-vu"
    st.button(say("task.save"), key=button, type="primary", on_click=save)
