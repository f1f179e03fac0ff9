"""Who amends an act, by when, with which project; acts entered by hand; what is overdue."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from review.components import entry, guard
from review.components.drafts import Form
from review.components.formats import day, number, shorten
from review.components.wording import say
from review.people.permission import allows
from review.programme.step import plan
from review.records import CampaignView, Person
from review.records.programme import Board, InstrumentInput, InstrumentRow
from review.workbench import Workbench


def draw(bench: Workbench, person: Person, campaign: CampaignView, board: Board) -> None:
    """Draw what the person may change of the list; nothing for those who only read."""
    mine = {
        str(row.id): row
        for row in board.rows
        if allows(person, "instruments.assign", row.input.agency or None)
    }
    if mine and allows(person, "instruments.assign"):
        with st.expander(say("due_act.heading")):
            _assign(bench, person, campaign, mine)
    if allows(person, "instruments.add"):
        with st.expander(say("programme.list_heading")):
            _confirmed(bench, person, campaign)
            _by_hand(bench, person, campaign)
    if allows(person, "projects.mark_overdue") and board.by_risk["qua-han"]:
        _overdue(bench, person, campaign)


def _assign(
    bench: Workbench, person: Person, campaign: CampaignView, rows: dict[str, InstrumentRow]
) -> None:
    named = {
        key: shorten(" – ".join(part for part in (row.input.number, row.input.title) if part), 90)
        for key, row in rows.items()
    }
    chooser = Form(bench, person, f"chon-van-ban-sua:{campaign.id}")
    row = rows[chooser.pick(say("due_act.act"), "act", named)]
    form = Form(
        bench,
        person,
        f"van-ban-sua:{row.id}",
        {
            "agency": row.input.agency,
            "project": str(row.project_id or ""),
            "due": day(row.input.due),
        },
        row.version,
    )
    agencies = _agencies(bench, person, row.input.agency)
    projects = {
        str(one.id): shorten(one.input.title, 70)
        for one in bench.projects.list(person, campaign.id)
    }
    whose, which, when, save = st.columns([4, 5, 2, 2], vertical_alignment="bottom")
    with whose:
        form.pick(say("programme.column_agency"), "agency", agencies)
    with which:
        form.pick(
            say("programme.column_project"), "project", {"": say("lapse.no_project"), **projects}
        )
    with when:
        form.line(say("programme.column_due"), "due")

    def assign() -> None:
        typed = form.current()
        due = entry.needed_day(typed["due"])
        project = str(typed["project"])
        with form.saving():
            bench.instruments.assign(
                person,
                row.id,
                form.basis,
                agency=str(typed["agency"]),
                project_id=int(project) if project else None,
                due=due,
            )
        guard.tell(say("due_act.saved"))

    save.button(
        say("due_act.save"),
        key="phan-cong-van-ban",
        type="primary",
        width="stretch",
        on_click=guard.guarded(assign),
    )
    form.saved_line()


def _confirmed(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    # The deadline is the last day; what must be in force before a day is due the day after.
    due: date | None = campaign.deadline + timedelta(days=1) if campaign.deadline else None
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        due = st.date_input(say("programme.due_by"), value=due, format="DD/MM/YYYY")

    @guard.guarded
    def listed() -> None:
        if due:
            added, known = bench.instruments.add_confirmed(person, campaign.id, due)
            guard.tell(say("programme.listed", added=number(added), known=number(known)))

    right.button(
        say("programme.list_confirmed"),
        key="lap-danh-sach",
        on_click=listed,
        disabled=due is None,
    )


def _by_hand(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    start = {**_start(campaign), "agency": next(iter(person.agencies()), "")}
    form = Form(bench, person, f"them-van-ban-sua:{campaign.id}", start)
    kinds = [name for kind in plan().kinds.values() for name in kind.types]
    which, kind, whose, when, save = st.columns([5, 3, 4, 2, 2], vertical_alignment="bottom")
    with which:
        form.line(say("due_act.number_or_title"), "name")
    with kind:
        form.pick(say("programme.type"), "type", {name: name for name in kinds})
    with whose:
        form.pick(say("programme.column_agency"), "agency", _agencies(bench, person, ""))
    with when:
        form.line(say("programme.column_due"), "due")

    def add() -> None:
        typed = form.current()
        due = entry.needed_day(typed["due"])
        name = " ".join(str(typed.get("name") or "").split())
        numbered = any(sign.isdigit() for sign in name) and "/" in name
        entered = InstrumentInput(
            name if numbered else "",
            "" if numbered else name,
            str(typed["type"]),
            str(typed["agency"]),
            due,
            say("due_act.origin"),
        )
        added, known = bench.instruments.add(person, campaign.id, [entered])
        form.discard()
        guard.tell(say("programme.listed", added=number(added), known=number(known)))

    save.button(
        say("due_act.add"), key="them-van-ban-sua", width="stretch", on_click=guard.guarded(add)
    )


def _agencies(bench: Workbench, person: Person, standing: str) -> dict[str, str]:
    """Return who may be chosen; a body that is no more stays readable where it is entered."""
    named = {"": say("programme.unassigned"), **dict(bench.agencies.choices(person, bench.today()))}
    named.setdefault(standing, bench.agencies.name(standing))
    return named


def _start(campaign: CampaignView) -> dict[str, str]:
    due = campaign.deadline + timedelta(days=1) if campaign.deadline else None
    return {"type": "Thông tư", "due": day(due) if due else ""}


def _overdue(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    def mark() -> None:
        count = bench.projects.mark_overdue(person, campaign.id)
        guard.tell(say("due_act.overdue_marked", count=number(count)))

    st.button(say("due_act.overdue"), key="ghi-qua-han", on_click=guard.guarded(mark))
