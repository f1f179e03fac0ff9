"""«So sánh phiên bản»: two texts of one act side by side, by provision, changed words marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from corpus.compare import KIND_NAMES, Difference, Kind
from review.components import guard, links
from review.components.diff import changes
from review.components.formats import moment, number
from review.components.wording import say
from review.records import ActView, Person
from review.records.reader import VersionComparison
from review.workbench import Workbench

_ROWS = 40
_CHANGED: tuple[Kind, ...] = ("khac", "them", "bot", "chuyen")


def draw(bench: Workbench, person: Person, view: ActView) -> None:
    """Draw the choice of two versions and their units."""
    names = {
        str(one.number): say("versions.name", number=one.number, when=moment(one.loaded_at))
        for one in view.versions
    }
    newest = [str(one.number) for one in view.versions]
    left, right, which = st.columns([4, 4, 3])
    with left:
        before = links.choose(
            say("versions.before"), links.BEFORE, {one: names[one] for one in newest[1:]}
        )
    with right:
        after = links.choose(say("versions.after"), links.AFTER, names)
    with which:
        shown = links.choose(
            say("versions.show"),
            links.CHANGED,
            {"": say("versions.only_changes"), "het": say("versions.all")},
        )
    if before == after:
        guard.empty(say("versions.same"), say("versions.same_advice"))
        return
    comparison = bench.versions.compare(person, view.row.id, int(before), int(after))
    counts = " · ".join(
        f"{KIND_NAMES[kind]}: <b>{number(comparison.counts[kind])}</b>" for kind in KIND_NAMES
    )
    st.html(f'<p class="rs-muted">{counts}</p>')
    rows = [one for one in comparison.differences if shown or one.kind in _CHANGED]
    if not rows:
        guard.empty(say("versions.alike"), say("versions.alike_advice"))
        return
    page = links.page_of(rows, _ROWS)
    st.html(table(comparison, page.items))
    links.page_number(page.count, page.number)


def table(comparison: VersionComparison, rows: list[Difference]) -> str:
    """Return the units as a table of two texts."""
    heads = (
        say("versions.column_unit"),
        say("versions.column_text", number=comparison.before),
        say("versions.column_text", number=comparison.after),
    )
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(_row(one) for one in rows)
    return (
        '<table class="rs-table rs-versions"><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(one: Difference) -> str:
    was = f"{escape(one.was_label)} → " if one.was_label and one.was_label != one.label else ""
    before, after = sides(one.before, one.after)
    return (
        f'<tr><td><b>{was}{escape(one.label)}</b><br><span class="rs-muted">{escape(one.name)}'
        f"</span></td><td>{before}</td><td>{after}</td></tr>"
    )


def sides(before: str, after: str) -> tuple[str, str]:
    """Return both texts as HTML, deleted words struck out and inserted ones underlined."""
    left: list[str] = []
    right: list[str] = []
    for same, gone, come in changes(before, after):
        left.append(escape(same) + (f"<del>{escape(gone)}</del>" if gone else ""))
        right.append(escape(same) + (f"<ins>{escape(come)}</ins>" if come else ""))
    return "".join(left), "".join(right)
