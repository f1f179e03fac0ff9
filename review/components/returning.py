"""«Nhập lại bảng đã điền»: each cell that differs, conflicts apart, nothing written unasked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from exports.excel import filled, rows
from review.components import guard, headings, kept, taking_in
from review.components.formats import moment, number
from review.components.taking_in import Intake
from review.components.wording import say
from review.exchange.records import Applied, CellChange, Preview, RowProblem, SentFile, SentRow
from review.people.permission import allows
from review.records import CampaignView, Person
from review.workbench import Workbench

_INTAKE = Intake("nhap-lai", ("xlsx",))


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the upload, the differences, and what was taken over before."""
    if not allows(person, "exchange.apply"):
        return
    texts = (say("return.heading"), say("return.advice"), say("return.file"))
    with _INTAKE.opened(bench, texts, _done) as file:
        if file is not None:
            _compare(bench, person, campaign, file.name, file.getvalue())
        _imports(bench, person, campaign)


def _compare(
    bench: Workbench, person: Person, campaign: CampaignView, name: str, data: bytes
) -> None:
    turn = _INTAKE.turn
    back = kept.once(f"doc-nhap-lai-{turn}", data, lambda: filled.read(name, data))
    sent = [
        SentRow(row.place, row.finding_id, row.version, row.values, row.problems)
        for row in back.rows
    ]
    preview = bench.exchange.preview(person, campaign.id, sent)
    summary = say(
        "return.summary",
        rows=number(preview.rows),
        unchanged=number(preview.unchanged),
        changes=number(len(preview.clean)),
        conflicts=number(len(preview.conflicts)),
        problems=number(len(preview.problems)),
    )
    st.html(f'<div class="rs-notice">{escape(summary)}</div>')
    if back.missing:
        words = say("return.missing", columns=", ".join(back.missing))
        st.html(f'<div class="rs-notice">{escape(words)}</div>')
    chosen = _choose(say("return.clean"), preview.clean, "sach", taken=True)
    chosen += _choose(say("return.conflicts"), preview.conflicts, "vuong", taken=False)
    ignored = kept.once(
        f"bo-qua-nhap-lai-{turn}", data, lambda: _ignored(bench, person, campaign, back)
    )
    _problems(preview, ignored)
    file = SentFile("bm-03", name, back.digest, preview.rows)
    st.button(
        say("return.apply", count=number(len(chosen))),
        key="ghi-nhap-lai",
        type="primary",
        disabled=not chosen,
        on_click=guard.guarded(_apply),
        args=(bench, person, campaign, file, tuple(chosen)),
    )


def _choose(
    title: str, changes: Sequence[CellChange], key: str, *, taken: bool
) -> list[CellChange]:
    """Show one line a cell; returns the ticked ones."""
    if not changes:
        return []
    headings.section(title)
    columns = {
        say("return.place"): [change.place for change in changes],
        say("return.act"): [change.number for change in changes],
        say("return.label"): [change.label for change in changes],
        say("return.column"): [change.name for change in changes],
        say("return.standing"): [change.standing for change in changes],
        say("return.new"): [change.new for change in changes],
    }
    if not taken:
        columns[say("return.who")] = [f"{change.who}, {moment(change.at)}" for change in changes]
    marks = taking_in.tick(f"chon-{key}-{_INTAKE.turn}", columns, taken=taken)
    return [change for change, mark in zip(changes, marks, strict=True) if mark]


def _ignored(
    bench: Workbench, person: Person, campaign: CampaignView, back: filled.Filled
) -> list[RowProblem]:
    """Say which edits have no effect: those in columns that are not taken back."""
    found: list[RowProblem] = []
    for agency in person.agencies():
        if not allows(person, "reports.ministry", agency):
            continue
        report = bench.reports.ministry(person, campaign.id, agency)
        expected = {int(str(row["finding_id"])): row for row in rows.bm03(report)}
        found += [
            RowProblem(place, finding, say("return.ignored", column=title))
            for place, finding, title in filled.ignored(back, expected)
        ]
    return found


def _problems(preview: Preview, ignored: list[RowProblem]) -> None:
    problems = [*preview.problems, *ignored]
    if not problems:
        return
    headings.section(say("return.problems"))
    taking_in.left_out([taking_in.sentence(problem) for problem in problems])


def _apply(
    bench: Workbench,
    person: Person,
    campaign: CampaignView,
    file: SentFile,
    chosen: tuple[CellChange, ...],
) -> None:
    _INTAKE.finish(bench.exchange.apply(person, campaign.id, file, chosen))


def _done(done: Applied) -> str:
    return say("return.done", cells=number(done.cells), findings=number(done.findings))


def _imports(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    found = bench.exchange.imports(person, campaign.id)
    if not found:
        return
    head = "".join(
        f"<th>{escape(say(f'return.{name}'))}</th>" for name in ("file", "person", "changed")
    )
    body = "".join(
        f"<tr><td>{escape(row.filename)}</td>"
        f"<td>{escape(row.person)}, {escape(moment(row.at))}</td>"
        f"<td>{number(row.changes)}</td></tr>"
        for row in found
    )
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
