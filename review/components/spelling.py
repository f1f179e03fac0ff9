"""The names a list uses for databases, owners and acts, and what each is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components import guard, headings, links
from review.components.catalogue import catalogue
from review.components.drafts import Form
from review.components.formats import moment, number
from review.components.wording import say
from review.people.permission import allows
from review.programme.alias import DATABASE, KINDS, OWNER
from review.records import Person
from review.records.worklist import AliasView, Spelling, WorklistView
from review.workbench import Workbench

_KIND = "loai"
_ROWS = 25


def draw(bench: Workbench, person: Person, view: WorklistView) -> None:
    """Draw the names of a list, the form that explains one, and the names added so far."""
    found = bench.worklists.spellings(person, view.id)
    unknown = [one for one in found if not one.means]
    words = say("spelling.unknown", count=number(len(unknown))) if unknown else say("spelling.none")
    tone = "" if unknown else " rs-good"
    st.html(f'<div class="rs-notice{tone}">{escape(words)}</div>')
    kind = links.choose(
        say("spelling.kind"), _KIND, {"": say("filter.any"), **KINDS}, label_visibility="collapsed"
    )
    shown = [one for one in found if kind in ("", one.kind)]
    _table(bench, shown)
    headings.section(say("spelling.added"))
    if allows(person, "aliases.add"):
        _form(bench, person, unknown)
    _added(bench, person)


def _table(bench: Workbench, found: Sequence[Spelling]) -> None:
    page = links.page_of(found, _ROWS)
    head = "".join(
        f"<th>{escape(say(f'spelling.column_{name}'))}</th>"
        for name in ("kind", "printed", "means", "rows")
    )
    body = "".join(
        f"<tr><td>{escape(KINDS[one.kind])}</td><td>{escape(one.printed)}</td>"
        f"<td>{escape(_meaning(bench, one.kind, one.means))}</td>"
        f'<td class="rs-num">{number(one.rows)}</td></tr>'
        for one in page.items
    )
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count, page.number)


def _meaning(bench: Workbench, kind: str, means: Sequence[str]) -> str:
    if not means:
        return say("spelling.not_known")
    if kind == OWNER:
        return "; ".join(map(bench.agencies.name, means))
    if kind == DATABASE:
        rows = catalogue().sources.rows
        return "; ".join(f"{one} · {rows[one].name}" if one in rows else one for one in means)
    return "; ".join(means)


def _form(bench: Workbench, person: Person, unknown: Sequence[Spelling]) -> None:
    with st.expander(say("spelling.add"), expanded=bool(unknown)):
        form = Form(bench, person, "ten-goi")
        kind_box, said_box = st.columns([1, 3])
        with kind_box:
            kind = form.pick(say("spelling.kind"), "kind", KINDS)
        with said_box:
            hint = next((one.printed for one in unknown if one.kind == kind), "")
            form.line(say("spelling.said"), "said", placeholder=hint)
        if kind == DATABASE:
            rows = catalogue().sources.rows
            options = {one.id: f"{one.id} · {one.name}" for one in rows.values()}
            form.several(say("spelling.means"), f"means-{kind}", options)
        elif kind == OWNER:
            options = dict(bench.agencies.choices(person, bench.today()))
            form.several(say("spelling.means"), f"means-{kind}", options)
        else:
            form.line(say("spelling.means_act"), f"means-{kind}", help=say("spelling.act_help"))
        form.saved_line()

        @guard.guarded
        def save() -> None:
            entered = form.current()
            means = entered.get(f"means-{kind}") or ()
            chosen = means.split(";") if isinstance(means, str) else means
            if chosen:  # without a meaning the service would take a name back
                bench.aliases.add(person, kind, entered.get("said", ""), chosen)
                form.discard()
                guard.tell(say("spelling.saved"))
            else:
                guard.tell(say("spelling.no_meaning"), good=False)

        st.button(say("spelling.save"), key="luu-ten-goi", type="primary", on_click=save)


def _added(bench: Workbench, person: Person) -> None:
    added = bench.aliases.list(person)
    if not added:
        st.html(f'<p class="rs-muted">{escape(say("spelling.none_added"))}</p>')
    for place, one in enumerate(added):
        words, remove = st.columns([6, 1], vertical_alignment="center")
        words.html(_line(bench, one))
        if allows(person, "aliases.add"):
            remove.button(
                say("spelling.take_back"),
                key=f"bo-ten-goi-{place}",
                on_click=guard.guarded(bench.aliases.add),
                args=(person, one.kind, one.said, ()),
                width="stretch",
            )


def _line(bench: Workbench, one: AliasView) -> str:
    who = f"{one.person}, {moment(one.at)}" if one.at else say("spelling.shipped", why=one.person)
    return (
        f"<p>{escape(KINDS[one.kind])}: <b>{escape(one.said)}</b> → "
        f"{escape(_meaning(bench, one.kind, one.means))} "
        f'<span class="rs-muted">({escape(who)})</span></p>'
    )
