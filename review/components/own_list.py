"""«Nhập danh sách của bộ»: columns named once, rows found in the acts, findings by a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from exports.excel import own_list
from exports.excel.own_list import Listing
from review.components import guard, headings, kept, severity, taking_in
from review.components.formats import number
from review.components.taking_in import Intake
from review.components.wording import say
from review.exchange.own_list import fields
from review.exchange.records import Applied, ListMatch, ListRow, SentFile
from review.people.permission import allows
from review.records import CampaignView, Person
from review.workbench import Workbench

_INTAKE = Intake("danh-sach", ("xlsx", "csv"))
_FOUND = "doi-chieu-danh-sach"
_DEFAULT_SEVERITY = 1  # place in (4, 3, 2, 1): M3


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the upload, the choice of columns, what was found, and the button."""
    if not allows(person, "own_lists.add"):
        return
    texts = (say("own_list.heading"), say("own_list.advice"), say("own_list.file"))
    with _INTAKE.opened(bench, texts, _done) as file:
        if file is not None:
            with guard.boundary():
                _listed(bench, person, campaign, file.name, file.getvalue())


def _listed(
    bench: Workbench, person: Person, campaign: CampaignView, name: str, data: bytes
) -> None:
    turn = _INTAKE.turn
    read = kept.once(f"doc-danh-sach-{turn}", data, lambda: own_list.read(name, data))
    chosen_sheet = 0
    if len(read.sheets) > 1:
        chosen_sheet = st.selectbox(
            say("own_list.sheet"),
            range(len(read.sheets)),
            format_func=lambda place: read.sheets[place].sheet,
            key=f"sheet-danh-sach-{turn}",
        )
    listing = read.sheets[chosen_sheet]
    columns = _columns(bench, person, listing, f"{turn}-{listing.sheet}")
    missing = [field.name for key, field in fields().items() if field.needed and key not in columns]
    if missing:
        words = say("own_list.missing", names=", ".join(missing))
        st.html(f'<div class="rs-notice">{escape(words)}</div>')
        return
    rows = listing.mapped(columns)
    found = _matched(bench, person, campaign, (read.digest, listing.sheet, columns), rows)
    ready = [match for match in found if match.ready]
    summary = say("own_list.summary", rows=number(len(found)), ready=number(len(ready)))
    st.html(f'<div class="rs-notice">{escape(summary)}</div>')
    chosen = _choose(ready, f"{turn}-{listing.sheet}")
    _not_found([match for match in found if not match.ready])
    if ready:
        file = SentFile("danh-sach", name, read.digest, len(found))
        _add(bench, person, campaign, file, listing, columns, chosen)


def _columns(bench: Workbench, person: Person, listing: Listing, key: str) -> dict[str, int]:
    """Let the person say which column is which; guessed from headings, or as chosen last time."""
    known = bench.own_lists.remembered(person, listing.headings)
    places = [place for place, heading in enumerate(listing.headings) if heading.strip()]
    chosen: dict[str, int] = {}
    for slot, (name, field) in zip(st.columns(len(fields())), fields().items(), strict=True):
        with slot:
            place = st.selectbox(
                f"{field.name} *" if field.needed else field.name,
                places,
                index=places.index(known[name]) if known.get(name) in places else None,
                format_func=lambda at: " ".join(listing.headings[at].split())[:60],
                placeholder=say("own_list.no_column"),
                key=f"cot-{name}-{key}",
            )
        if place is not None:
            chosen[name] = place
    return chosen


def _matched(
    bench: Workbench,
    person: Person,
    campaign: CampaignView,
    asked: tuple[str, str, Mapping[str, int]],
    rows: Sequence[ListRow],
) -> list[ListMatch]:
    """Look the rows up once for each file and choice of columns, not at every drawing."""

    def look() -> list[ListMatch]:
        with st.spinner(say("own_list.looking")):
            return bench.own_lists.match(person, campaign.id, rows)

    return kept.once(_FOUND, asked, look)


def _choose(ready: Sequence[ListMatch], key: str) -> list[ListMatch]:
    if not ready:
        return []
    headings.section(say("own_list.ready"))
    columns = {
        say("return.place"): [match.place for match in ready],
        say("return.act"): [match.act for match in ready],
        say("return.label"): [match.label for match in ready],
        say("own_list.quote"): [match.quote for match in ready],
        say("own_list.note"): [match.note for match in ready],
    }
    marks = taking_in.tick(f"chon-danh-sach-{key}", columns, taken=True)
    return [match for match, mark in zip(ready, marks, strict=True) if mark]


def _not_found(left: Sequence[ListMatch]) -> None:
    if not left:
        return
    headings.section(say("own_list.left", count=number(len(left))))
    taking_in.left_out([_sentence(match) for match in left])


def _sentence(match: ListMatch) -> str:
    return say(
        "own_list.row",
        place=match.place,
        act=match.act,
        location=match.location,
        reason=match.reason,
    )


def _add(
    bench: Workbench,
    person: Person,
    campaign: CampaignView,
    file: SentFile,
    listing: Listing,
    columns: Mapping[str, int],
    chosen: Sequence[ListMatch],
) -> None:
    names = dict(bench.findings.categories())
    turn = _INTAKE.turn
    kind, level, go = st.columns([24, 14, 14], vertical_alignment="bottom")
    category = kind.selectbox(
        say("own_list.category"),
        list(names),
        index=None,
        format_func=lambda code: f"{code} · {names[code]}",
        placeholder=say("addition.pick"),
        key=f"nhom-danh-sach-{turn}",
    )
    grade = level.selectbox(
        say("filter.severity"),
        (4, 3, 2, 1),
        index=_DEFAULT_SEVERITY,
        format_func=severity.name,
        key=f"muc-danh-sach-{turn}",
    )

    @guard.guarded
    def add() -> None:
        agency = next(a for a in person.agencies() if allows(person, "own_lists.remember", a))
        bench.own_lists.remember(person, agency, listing.headings, columns)
        done = bench.own_lists.add(person, campaign.id, file, chosen, category, grade)
        _INTAKE.finish(done)
        st.session_state.pop(_FOUND, None)

    go.button(
        say("own_list.add", count=number(len(chosen))),
        key="ghi-danh-sach",
        type="primary",
        width="stretch",
        disabled=not chosen or category is None,
        on_click=add,
    )


def _done(done: Applied) -> str:
    return say("own_list.done", findings=number(done.findings))
