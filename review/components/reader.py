"""One act: contents with counts, text with marks, what was found; sign-off and downloads."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import addition, assigning, effect, guard, links, tree, versions
from review.components.drafts import Form
from review.components.formats import day, moment, number
from review.components.trace import block
from review.components.wording import say
from review.people.permission import allows
from review.records import ActView, Person
from review.state import ACT_STATES, FINDING_STATES
from review.workbench import Workbench

_HEIGHT = 560
_COMPARE = "so-sanh"
_OWN_NAMES = (links.ACT, links.PART, links.PLACE, links.VIEW, links.BEFORE, links.AFTER)


def draw(bench: Workbench, person: Person, act_id: int) -> None:
    """Draw the reader of one act."""
    view = bench.library.act(person, act_id)
    st.button(
        say("act.back"),
        key="ve-kho",
        type="tertiary",
        on_click=links.put,
        kwargs=dict.fromkeys(_OWN_NAMES),
    )
    st.html(_head(bench, view))
    _tools(bench, person, view)
    if len(view.versions) > 1:
        shown_as = links.switch(
            say("versions.views"),
            links.VIEW,
            {"": say("versions.text"), _COMPARE: say("versions.compare")},
        )
        if shown_as == _COMPARE:
            versions.draw(bench, person, view)
            return
    pieces = tree.parts(view.provisions)
    place = links.value(links.PLACE)
    number_shown = tree.part_of(pieces, place) or min(
        max(links.integer(links.PART) or 1, 1), max(len(pieces), 1)
    )
    shown = tree.from_unit(pieces[number_shown - 1], place) if pieces else tree.Part(())
    contents, middle, side = st.columns([11, 25, 14])
    with contents, st.container(height=_HEIGHT, border=False):
        st.html(block(say("act.contents"), tree.contents(view, shown)))
    with middle:
        if len(pieces) > 1:
            _turn(len(pieces), number_shown)
        with st.container(height=_HEIGHT, border=False):
            if pieces:
                found = bench.references.links(person, act_id, {unit.id for unit in shown.units})
                st.html(tree.text(shown, view.findings, found, act_id))
            else:
                guard.empty(say("act.no_text"), say("act.no_text_advice"))
    with side, st.container(height=_HEIGHT, border=False):
        assigning.of_act(bench, person, view.row)
        _effect(bench, person, act_id)
        names = dict(bench.findings.categories())
        total = sum(map(len, view.findings.values()))
        title = say("act.findings", count=number(total))
        st.html(block(title, tree.finding_list(view, shown, names, FINDING_STATES)))
        st.html(_sign_offs(view) + _versions(view))


def _effect(bench: Workbench, person: Person, act_id: int) -> None:
    """Draw the state of the act on the day of the address, today where it names none."""
    on = effect.asked_day(bench, say("effect.ask"))
    st.html(effect.panel(bench.effects.status(person, act_id, on)))


def _head(bench: Workbench, view: ActView) -> str:
    row = view.row
    facts = [
        row.type,
        row.number,
        row.issuer,
        say("act.issued", day=day(row.issued)) if row.issued else "",
        say("act.effective", day=day(row.effective)) if row.effective else "",
        say("act.agency", name=bench.agencies.name(row.agency)) if row.agency else "",
        ACT_STATES.get(row.state, row.state),
    ]
    line = " · ".join(escape(fact) for fact in facts if fact)
    return f'<h2 class="rs-title">{escape(row.title)}</h2><p class="rs-crumb">{line}</p>'


def _tools(bench: Workbench, person: Person, view: ActView) -> None:
    review, add, sign, source, assign = st.columns(5, vertical_alignment="center")
    if allows(person, "findings.queue"):
        review.page_link(
            links.page("ra-soat"),
            label=say("act.open_review"),
            query_params={links.ACT: str(view.row.id), links.STATE: "tat-ca"},
        )
    if allows(person, "findings.add_manual", view.row.agency) and add.button(
        say("addition.open"), key="them-phat-hien", width="stretch"
    ):
        addition.choose_place(bench, person, view.provisions)
    if allows(person, "library.sign_off", view.row.agency):
        with sign:
            sign_off(bench, person, view.row.id)
    source.download_button(
        say("act.download"),
        data=lambda: bench.library.source_text(person, view.row.id),
        file_name=f"{(view.row.number or str(view.row.id)).replace('/', '-')}.txt",
        mime="text/plain",
        key="tai-ve",
        on_click="ignore",
        width="stretch",
    )
    if allows(person, "library.assign"):
        with assign:
            _assign(bench, person, view)


def _assign(bench: Workbench, person: Person, view: ActView) -> None:
    """Give the act to the agency that reviews it."""
    agencies = dict(bench.agencies.choices(person, bench.today()))
    codes = list(agencies)
    with st.popover(say("assign.open"), width="stretch"):
        chosen = st.selectbox(
            say("library.column_agency"),
            codes,
            index=codes.index(view.row.agency) if view.row.agency in agencies else None,
            format_func=lambda code: agencies[code],
            placeholder=say("proposal.pick"),
            key=f"phan-cong-{view.row.id}",
        )

        def assign() -> None:
            bench.library.assign(person, view.row.id, view.row.version, chosen or "")
            guard.tell(say("assign.done", name=agencies.get(chosen or "", "")))

        st.button(
            say("assign.save"),
            key="phan-cong",
            type="primary",
            disabled=chosen is None,
            on_click=guard.guarded(assign),
        )


def sign_off(bench: Workbench, person: Person, act_id: int) -> None:
    """«Xác nhận văn bản không có vướng mắc»: asked once, with name, date and a note."""
    with st.popover(say("signoff.open"), width="stretch"):
        st.html(f'<p class="rs-muted">{escape(say("signoff.meaning"))}</p>')
        form = Form(bench, person, f"khong-vuong-mac:{act_id}")
        form.area(say("decision.note"), "note", height=70)

        def sign() -> None:
            with form.saving():
                bench.library.sign_off(person, act_id, form.current().get("note", ""))
            guard.tell(say("signoff.done"))

        st.button(
            say("signoff.confirm"),
            key="xac-nhan-khong",
            type="primary",
            on_click=guard.guarded(sign),
        )
        form.saved_line()


def _turn(count: int, shown: int) -> None:
    key = f"phan-so-{shown}"

    def take_over() -> None:
        links.put(**{links.PART: st.session_state[key], links.PLACE: None})

    st.pagination(count, default=shown, key=key, on_change=take_over)


def _sign_offs(view: ActView) -> str:
    if not view.sign_offs:
        return ""
    rows = "".join(
        f"<li>{escape(item.person)} · {moment(item.at)}"
        f"{'' if item.standing else ' · ' + escape(say('signoff.outdated'))}"
        f"{': ' + escape(item.note) if item.note else ''}</li>"
        for item in view.sign_offs
    )
    return block(say("signoff.heading"), f'<ul class="rs-list">{rows}</ul>')


def _versions(view: ActView) -> str:
    rows = "".join(
        f"<li><b>{escape(say('act.version', number=version.number))}</b> {escape(version.source)}"
        f'<br><span class="rs-muted">{moment(version.loaded_at)} · {escape(version.loaded_by)} · '
        f"{escape(version.digest[:12])}</span>"
        + "".join(f"<br>{escape(n.code)} {escape(n.message)}" for n in version.notices)
        + "</li>"
        for version in view.versions
    )
    return block(say("act.versions"), f'<ul class="rs-list">{rows}</ul>')
