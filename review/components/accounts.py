"""Accounts: the list of people, adding one, roles, password, closing and reopening."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard
from review.components.wording import say
from review.people.permission import role_label
from review.records import Membership, Person, post_of
from review.workbench import Workbench


def draw(bench: Workbench, person: Person) -> None:
    """Draw the list and the two forms."""
    people = bench.people.list_people(person)
    table, forms = st.columns([30, 20])
    with table:
        st.html(_table(bench, people))
    with forms:
        with st.expander(say("account.add"), expanded=False):
            _add(bench, person)
        with st.expander(say("account.change"), expanded=True):
            _change(bench, person, people)


def _table(bench: Workbench, people: list[Person]) -> str:
    head = "".join(
        f"<th>{escape(say(f'account.column_{name}'))}</th>"
        for name in ("username", "name", "roles", "state")
    )
    body = "".join(
        f"<tr><td><b>{escape(item.username)}</b></td><td>{escape(item.name)}"
        f'<br><span class="rs-muted">{escape(post_of(item.title, item.unit))}</span></td>'
        f"<td>{'<br>'.join(escape(_role(bench, m)) for m in item.memberships)}</td>"
        f"<td>{escape(say('account.active') if item.active else say('account.inactive'))}"
        f"{' · ' + escape(say('account.demo')) if item.demo else ''}</td></tr>"
        for item in people
    )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _role(bench: Workbench, membership: Membership) -> str:
    return f"{role_label(membership.role)} – {bench.agencies.name(membership.agency)}"


def _roles_form(
    bench: Workbench, person: Person, prefix: str, start: tuple[Membership, ...]
) -> tuple[Membership, ...]:
    """The roles kept of those held, and one more; a person may work for several agencies."""
    kept = start
    if start:
        held = "-".join(f"{one.role}.{one.agency}" for one in start)
        kept = tuple(
            st.multiselect(
                say("account.held"),
                list(start),
                default=list(start),
                format_func=lambda one: _role(bench, one),
                placeholder=say("account.none_held"),
                key=f"{prefix}-dang-giu-{held}",
            )
        )
    roles = dict(bench.people.roles(person))
    agencies = dict(bench.agencies.choices(person, bench.today()))
    role = st.selectbox(
        say("account.more") if start else say("account.role"),
        list(roles),
        index=None if start else 0,
        format_func=lambda code: roles[code],
        placeholder=say("account.no_more"),
        key=f"{prefix}-vai-tro",
    )
    if role is None:
        return kept
    agency = st.selectbox(
        say("filter.agency"),
        list(agencies),
        format_func=lambda code: agencies[code],
        key=f"{prefix}-co-quan",
    )
    return (*kept, Membership(role, agency))


def _add(bench: Workbench, person: Person) -> None:
    username = st.text_input(say("account.column_username"), key="moi-ten")
    name = st.text_input(say("account.column_name"), key="moi-ho-ten")
    title = st.text_input(say("account.title"), key="moi-chuc-danh")
    unit = st.text_input(say("account.unit"), key="moi-don-vi")
    password = st.text_input(say("account.password"), type="password", key="moi-mat-khau")
    memberships = _roles_form(bench, person, "moi", ())

    def add() -> None:
        bench.people.add_person(person, username, name, password, memberships, title, unit)
        guard.tell(say("account.added", name=name))
        for key in ("moi-ten", "moi-ho-ten", "moi-chuc-danh", "moi-don-vi", "moi-mat-khau"):
            st.session_state[key] = ""

    st.button(say("account.add"), key="them-nguoi", type="primary", on_click=guard.guarded(add))


def _change(bench: Workbench, person: Person, people: list[Person]) -> None:
    by_id = {item.id: item for item in people}
    chosen = st.selectbox(
        say("account.who"),
        list(by_id),
        format_func=lambda key: f"{by_id[key].name} ({by_id[key].username})",
        key="sua-nguoi",
    )
    if chosen is None:
        return
    subject = by_id[chosen]
    memberships = _roles_form(bench, person, f"sua-{chosen}", subject.memberships)
    services = bench.people
    _act("save_roles", services.set_memberships, person, chosen, memberships)
    title = st.text_input(say("account.title"), subject.title, key=f"sua-chuc-danh-{chosen}")
    unit = st.text_input(say("account.unit"), subject.unit, key=f"sua-don-vi-{chosen}")
    _act("save_post", services.set_post, person, chosen, title, unit)
    password = st.text_input(
        say("account.new_password"), type="password", key=f"sua-mat-khau-{chosen}"
    )
    if password:
        _act("save_password", services.set_password, person, chosen, password)
    if subject.active:
        _act("deactivate", services.deactivate, person, chosen)
    else:
        _act("activate", services.activate, person, chosen)


def _act(name: str, service: object, *arguments: object) -> None:
    def run() -> None:
        service(*arguments)
        guard.tell(say(f"account.done_{name}"))

    st.button(say(f"account.{name}"), key=f"tk-{name}", on_click=guard.guarded(run))
