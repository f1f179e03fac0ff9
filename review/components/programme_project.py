"""One project: its steps with dates, the acts it amends together, the provisions it carries."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import entry, guard, headings, links, project_form
from review.components.drafts import Form
from review.components.formats import day, number, shorten
from review.components.programme_board import PATH, acts_table, risk_mark
from review.components.programme_projects import PART
from review.components.wording import say
from review.people.permission import allows
from review.programme.step import plan
from review.records import CampaignView, FindingRow, Person
from review.records.programme import InstrumentFilter, InstrumentRow, ProjectRow, StepView
from review.state import FINDING_STATES
from review.workbench import Workbench


def draw(bench: Workbench, person: Person, campaign: CampaignView, project_id: int) -> None:
    """Draw the project that the address names."""
    row = bench.projects.get(person, project_id)
    st.html(_crumb(campaign, row))
    headings.title(row.input.title)
    facts, steps = st.columns([20, 34])
    with facts:
        st.html(_facts(bench, row))
        if allows(person, "projects.change", row.input.agency):
            _change(bench, person, row)
    with steps:
        headings.section(say("project.steps"))
        st.html(_steps(row))
        if allows(person, "projects.set_step", row.input.agency):
            _set_step(bench, person, row)
    _acts(bench, person, row)
    if allows(person, "projects.findings"):
        _findings(bench, person, campaign, row)


def _crumb(campaign: CampaignView, row: ProjectRow) -> str:
    names = {links.CAMPAIGN: campaign.id, links.VIEW: PART}
    back = links.anchor(PATH, say("project.back"), **names)
    kind = plan().kinds[row.input.kind].name
    words = f"{kind} · {row.programme} {row.input.year}"
    return f'<p class="rs-crumb">{back} › {escape(words)}</p>'


def _facts(bench: Workbench, row: ProjectRow) -> str:
    entered = row.input
    due = day(row.due)
    if row.due and row.risk.days_left is not None:
        due += " · " + say(
            "project.needs",
            left=number(row.risk.days_left),
            needed=number(row.risk.days_needed),
        )
    lines = (
        (say("project.lead"), escape(bench.agencies.name(entered.agency))),
        (
            say("project.co_agencies"),
            escape(", ".join(map(bench.agencies.name, entered.co_agencies)) or "–"),
        ),
        (say("project.basis"), escape(entered.basis or "–")),
        (say("project.due"), escape(due)),
        (say("programme.risk"), risk_mark(row.risk.code)),
        (say("project.number"), escape(entered.number or "–")),
        (say("project.note"), escape(entered.note or "–")),
    )
    cells = "".join(f"<tr><th>{escape(name)}</th><td>{text}</td></tr>" for name, text in lines)
    return f'<table class="rs-table rs-facts"><tbody>{cells}</tbody></table>'


def _change(bench: Workbench, person: Person, row: ProjectRow) -> None:
    with st.expander(say("project.change")):
        form = project_form.begin(bench, person, f"du-an:{row.id}", row.input, row.version)

        def change() -> None:
            with form.saving():
                bench.projects.change(person, row.id, form.basis, project_form.entered(form))
            guard.tell(say("project.changed"))

        st.button(say("project.save"), key="luu-du-an", on_click=guard.guarded(change))
        form.saved_line()


def _steps(row: ProjectRow) -> str:
    columns = ["name", "planned", "done", "usual"]
    if any(step.in_session for step in row.steps):
        columns.insert(3, "session")
    head = "".join(f"<th>{escape(say(f'project.step_{name}'))}</th>" for name in columns)
    body = "".join(_step(row, step, sessions="session" in columns) for step in row.steps)
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _step(row: ProjectRow, step: StepView, *, sessions: bool) -> str:
    here = step.code == row.current
    name = f"<b>▸ {escape(step.name)}</b>" if here else escape(step.name)
    usual = say("project.days", days=number(step.days))
    session = f"<td>{escape(step.session or '–')}</td>" if sessions else ""
    return (
        f"<tr><td>{name}</td><td>{day(step.planned)}</td><td>{day(step.done)}</td>{session}"
        f'<td class="rs-muted">{escape(usual)}</td></tr>'
    )


def _set_step(bench: Workbench, person: Person, row: ProjectRow) -> None:
    at = row.current or row.steps[-1].code
    start = {"step": at}
    for step in row.steps:
        start[f"planned-{step.code}"] = day(step.planned) if step.planned else ""
        start[f"done-{step.code}"] = day(step.done) if step.done else ""
        start[f"session-{step.code}"] = step.session
    form = Form(bench, person, f"buoc-du-an:{row.id}", start, row.version)
    names = {step.code: step.name for step in row.steps}
    which, planned, done, save = st.columns([4, 3, 3, 3], vertical_alignment="bottom")
    with which:
        code = form.pick(say("project.step_name"), "step", names)
    example = say("project.day_example")
    with planned:
        form.line(say("project.step_planned"), f"planned-{code}", placeholder=example)
    with done:
        form.line(say("project.step_done"), f"done-{code}", placeholder=example)
    in_session = {step.code for step in row.steps if step.in_session}
    if code in in_session:
        form.line(
            say("project.step_session"),
            f"session-{code}",
            placeholder=say("project.session_example"),
        )

    def set_step() -> None:
        typed = form.current()
        step = str(typed["step"])
        session = str(typed[f"session-{step}"]) if step in in_session else ""
        days = [entry.day(typed[f"{which}-{step}"]) for which in ("planned", "done")]
        with form.saving():
            bench.projects.set_step(person, row.id, form.basis, step, *days, session)
        guard.tell(say("project.step_saved"))

    save.button(
        say("project.save_step"),
        key="ghi-buoc",
        type="primary",
        width="stretch",
        on_click=guard.guarded(set_step),
    )


def _acts(bench: Workbench, person: Person, row: ProjectRow) -> None:
    rows = bench.instruments.of_project(person, row.id)
    headings.section(say("project.acts", count=number(len(rows))))
    if rows:
        st.html(acts_table(bench, rows))
    else:
        st.html(f'<p class="rs-muted">{escape(say("project.acts_none"))}</p>')
    if allows(person, "instruments.bundle", row.input.agency):
        _bundle(bench, person, row)


def _bundle(bench: Workbench, person: Person, row: ProjectRow) -> None:
    board = bench.instruments.board(person, InstrumentFilter(row.campaign_id, state="chua-lam"))
    free = {
        str(one.id): _named(one)
        for one in board.rows
        if one.input.agency in ("", row.input.agency, *row.input.co_agencies)
    }
    if not free:
        return
    form = Form(bench, person, f"gop-du-an:{row.id}")
    which, save = st.columns([10, 3], vertical_alignment="bottom")
    with which:
        form.several(say("project.bundle"), "instruments", free, placeholder=say("project.pick"))

    def bundle() -> None:
        ids = [int(one) for one in form.current().get("instruments") or ()]
        added = bench.instruments.bundle(person, row.id, ids)
        form.discard()
        guard.tell(say("project.bundled", count=number(added)))

    save.button(
        say("project.bundle_now"), key="gop", width="stretch", on_click=guard.guarded(bundle)
    )


def _named(row: InstrumentRow) -> str:
    return shorten(" – ".join(part for part in (row.input.number, row.input.title) if part), 110)


def _findings(bench: Workbench, person: Person, campaign: CampaignView, row: ProjectRow) -> None:
    carried = bench.projects.findings(person, row.id)
    headings.section(say("project.findings", count=number(len(carried))))
    if carried:
        st.html(_carried(campaign, carried))
        if allows(person, "reports.ministry", row.input.agency):
            names = {
                links.CAMPAIGN: campaign.id,
                "tai_lieu": "du-thao",
                links.AGENCY: row.input.agency,
            }
            link = links.anchor("xuat-bao-cao", say("project.draft_link"), **names)
            st.html(f"<p>{link}</p>")
    else:
        st.html(f'<p class="rs-muted">{escape(say("project.findings_none"))}</p>')
    if allows(person, "projects.carry", row.input.agency):
        _carry(bench, person, row)


def _carried(campaign: CampaignView, rows: list[FindingRow]) -> str:
    head = "".join(
        f"<th>{escape(say(f'project.finding_{name}'))}</th>"
        for name in ("where", "what", "state", "proposal")
    )
    body = ""
    for one in rows:
        names = {links.FINDING: one.id, links.CAMPAIGN: campaign.id, links.STATE: "tat-ca"}
        where = links.anchor("ra-soat", f"{one.number} – {one.label}", **names)
        proposal = links.anchor("de-xuat", say("project.open_proposal"), **names)
        body += (
            f"<tr><td>{where}</td><td>{escape(one.category)} · {escape(one.quote)}</td>"
            f"<td>{escape(FINDING_STATES[one.state])}</td><td>{proposal}</td></tr>"
        )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _carry(bench: Workbench, person: Person, row: ProjectRow) -> None:
    waiting = {
        str(one.id): shorten(f"{one.number} – {one.label}: {one.quote}", 110)
        for one in bench.projects.agreed(person, row.campaign_id)
    }
    if not waiting:
        return
    form = Form(bench, person, f"dua-vao:{row.id}")
    which, save = st.columns([10, 3], vertical_alignment="bottom")
    with which:
        form.several(say("project.carry"), "findings", waiting, placeholder=say("project.pick"))

    def carry() -> None:
        ids = [int(one) for one in form.current().get("findings") or ()]
        count = bench.projects.carry(person, row.id, ids)
        form.discard()
        guard.tell(say("project.carried", count=number(count)))

    save.button(
        say("project.carry_now"), key="dua-vao", width="stretch", on_click=guard.guarded(carry)
    )
