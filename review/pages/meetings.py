"""Cuộc họp: agenda with disagreement first, decisions typed live, attendance, conclusion."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from review.components import entry, filters, formats, guard, headings, links
from review.components.drafts import Form
from review.components.trace import block
from review.components.wording import say
from review.meetings.rows import DECISIONS, MEETING_STATES
from review.opinions.ballot import VERDICTS, heading
from review.people.permission import allows
from review.records import AgendaItem, CampaignView, MeetingInput, MeetingView, Person
from review.workbench import Workbench

_MEETING = "hop"


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    campaign = filters.campaign_head(bench, person, say("meeting.heading"))
    if campaign is None:
        return
    meetings = {row.id: row for row in bench.meetings.list(person, campaign.id)}
    if allows(person, "meetings.add"):
        _add(bench, person, campaign)
    if not meetings:
        guard.empty(say("meeting.none"), say("meeting.none_advice"))
        return
    names = {
        str(row.id): f"{row.number}. {row.input.title} · {formats.day(row.input.held_on)} · "
        f"{MEETING_STATES[row.state]}"
        for row in meetings.values()
    }
    chosen = int(
        links.choose(say("meeting.choose"), _MEETING, names, resets=(links.FINDING, links.PAGE))
    )
    view = bench.meetings.get(person, chosen)
    side, main = st.columns([12, 40])
    with side:
        item = _agenda(view)
        if view.editable:
            _steps(bench, person, view)
    with main:
        if item is None:
            guard.empty(say("meeting.no_agenda"), say("meeting.no_agenda_advice"))
        else:
            _item(bench, person, view, item)
        _conclusion(bench, person, view)
        _attendance(bench, person, view)


def _add(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    with st.popover(say("meeting.add")):
        form = Form(bench, person, f"hop-moi:{campaign.id}")
        form.line(say("field.title"), "title")
        form.line(say("field.held_on"), "held_on", placeholder="25/11/2026")
        form.line(say("field.place"), "place")
        options = {part.code: part.name for part in campaign.agencies}
        form.several(say("field.agencies"), "agencies", options, placeholder=say("proposal.pick"))

        def add() -> None:
            typed = form.current()
            entered = MeetingInput(
                str(typed.get("title") or ""),
                entry.day(typed.get("held_on")) or bench.today(),
                agencies=tuple(typed.get("agencies") or ()),
                place=str(typed.get("place") or ""),
            )
            made = bench.meetings.add(person, campaign.id, entered)
            form.discard()
            links.put(**{_MEETING: made.row.id, links.FINDING: None})

        st.button(say("meeting.add_now"), key="lap-cuoc-hop", on_click=guard.guarded(add))


def _agenda(view: MeetingView) -> AgendaItem | None:
    ids = [item.finding.id for item in view.agenda]
    wanted = links.integer(links.FINDING)
    place = ids.index(wanted) if wanted in ids else 0
    left, right = st.columns(2)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    for column, label, key, shortcut, target in (
        (left, say("queue.previous"), "hop-lui", "K", before),
        (right, say("queue.next"), "hop-tiep", "J", after),
    ):
        column.button(
            label,
            key=key,
            shortcut=shortcut,
            disabled=target is None,
            on_click=links.open_finding,
            args=(target,),
            width="stretch",
        )
    st.html(
        f'<p class="rs-muted">'
        f"{escape(say('meeting.progress', done=view.row.decided, total=view.row.items))}</p>"
    )
    for number, item in enumerate(view.agenda):
        mark = "chon-" if number == place else ""
        state = say("meeting.divided") if item.divided else say("meeting.not_divided")
        if not item.opened:
            state = say("meeting.closed_round")
        if item.decision:
            state = DECISIONS[item.decision.decision]
        title = formats.markdown(item.finding.number or item.finding.act_title)
        st.button(
            f"{item.position}. **{title}**\n"
            f"{formats.markdown(item.finding.label)} · :gray[{formats.markdown(state)}]",
            key=f"hang-{mark}hop-{item.finding.id}",
            on_click=links.open_finding,
            args=(item.finding.id,),
            width="stretch",
            type="tertiary",
        )
    return view.agenda[place] if view.agenda else None


def _steps(bench: Workbench, person: Person, view: MeetingView) -> None:
    row = view.row
    steps = {
        "dang_hop": ("close", bench.meetings.close),
        "du_kien": ("start", bench.meetings.start),
    }
    name, take = steps[row.state]
    st.button(
        say(f"meeting.{name}"),
        key=f"hop-{name}",
        width="stretch",
        on_click=guard.guarded(take),
        args=(person, row.id, row.version),
    )
    st.button(
        say("meeting.fill"),
        key="hop-sap",
        width="stretch",
        on_click=guard.guarded(bench.meetings.fill),
        args=(person, row.id, row.version),
    )


def _item(bench: Workbench, person: Person, view: MeetingView, item: AgendaItem) -> None:
    finding, row = bench.findings.get(person, item.finding.id), item.finding
    st.html(
        f'<p class="rs-crumb">{escape(row.number)} › <b>{escape(row.label)}</b></p>'
        f'<div class="rs-act"><p>{escape(finding.provision.text)}</p></div>'
    )
    said = "".join(
        f"<li><b>{escape(heading(one.member, one.person))}: "
        f"{escape(VERDICTS[one.input.verdict])}</b> {escape(one.input.reason)}</li>"
        for one in item.opinions
    )
    if said:
        st.html(block(say("meeting.opinions"), f'<ul class="rs-list">{said}</ul>'))
    if view.row.state == "dang_hop" and allows(person, "meetings.decide"):
        _decide(bench, person, view, item)
    elif item.decision:
        words = f"<b>{escape(DECISIONS[item.decision.decision])}</b> {escape(item.decision.text)}"
        st.html(block(say("meeting.decision"), f"<p>{words}</p>"))


def _decide(bench: Workbench, person: Person, view: MeetingView, item: AgendaItem) -> None:
    standing = item.decision
    start = {
        "decision": standing.decision if standing else "thong_nhat",
        "text": standing.text if standing else "",
    }
    key = f"hop-kl:{view.row.id}:{item.finding.id}"
    form = Form(bench, person, key, start, standing.id if standing else 0)
    form.pick(say("meeting.decision"), "decision", DECISIONS)
    form.area(say("meeting.words"), "text", height=90)

    def send() -> None:
        typed = form.current()
        with form.saving():
            bench.meetings.decide(
                person,
                view.row.id,
                item.finding.id,
                str(typed["decision"]),
                str(typed["text"]),
                agency=item.finding.agency,
                seen=form.basis or None,
            )
        guard.tell(say("meeting.decided"))

    st.button(
        say("meeting.decide"),
        key="hop-ghi",
        type="primary",
        shortcut="Ctrl+S",
        on_click=guard.guarded(send),
    )
    form.saved_line()


def _conclusion(bench: Workbench, person: Person, view: MeetingView) -> None:
    standing = view.conclusion
    headings.section(say("meeting.conclusion"))
    if view.row.state != "dang_hop" or not allows(person, "meetings.conclude"):
        st.html(f"<p>{escape(standing.text if standing else '–')}</p>")
        return
    start = {"text": standing.text if standing else ""}
    form = Form(bench, person, f"hop-chung:{view.row.id}", start, standing.id if standing else 0)
    form.area(say("meeting.conclusion"), "text", height=90, label_visibility="collapsed")

    def send() -> None:
        text = str(form.current()["text"])
        with form.saving():
            bench.meetings.conclude(person, view.row.id, text, form.basis or None)

    st.button(say("meeting.conclude"), key="hop-ghi-chung", on_click=guard.guarded(send))
    form.saved_line()


def _attendance(bench: Workbench, person: Person, view: MeetingView) -> None:
    if not view.attendance:
        return
    names = {
        str(number): f"{one.name} – {bench.agencies.name(one.agency)}"
        for number, one in enumerate(view.attendance)
    }
    present = [str(number) for number, one in enumerate(view.attendance) if one.present]
    if not view.editable:
        people = ", ".join(names[number] for number in present) or "–"
        st.html(block(say("meeting.present"), f"<p>{escape(people)}</p>"))
        return
    form = Form(bench, person, f"hop-mat:{view.row.id}", {"present": present}, view.row.version)
    form.several(say("meeting.present"), "present", names, placeholder=say("meeting.pick"))

    def send() -> None:
        there = set(form.current()["present"])
        people = [
            replace(one, present=str(number) in there) for number, one in enumerate(view.attendance)
        ]
        bench.meetings.attend(person, view.row.id, view.row.version, people)
        form.discard()

    st.button(say("meeting.attend"), key="hop-ghi-mat", on_click=guard.guarded(send))
