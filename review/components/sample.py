"""Đọc kiểm mẫu: one provision after the other, and what the sample says was missed."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import addition, guard, links
from review.components.formats import moment, number, percent
from review.components.trace import block
from review.components.wording import say
from review.people.permission import allows, scope
from review.reading.sampling import SIZE
from review.records import CampaignView, Person
from review.records.reading import ElusionReport, ElusionRow, SampleItem, SampleRound
from review.workbench import Workbench


def draw(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the sample of one's agency, and the estimate of every agency one may see."""
    st.html(f'<p class="rs-muted">{escape(say("sample.about"))}</p>')
    if allows(person, "sampling.current"):
        left, right = st.columns([3, 2])
        with left:
            _round(bench, person, campaign)
        with right:
            _estimate(bench, person, campaign)
    else:
        _estimate(bench, person, campaign)


def _round(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    agency = _agency(bench, person, campaign)
    if not agency:
        guard.empty(say("sample.none"), say("sample.none_advice"))
        return
    current = bench.sampling.current(person, campaign.id, agency)
    may_draw = allows(person, "sampling.draw", agency)
    if current is None:
        guard.empty(say("sample.none"), say("sample.none_advice"))
        if may_draw:
            _draw_button(bench, person, campaign, agency, say("sample.draw", size=number(SIZE)))
        return
    st.html(f'<p class="rs-muted">{escape(_head(current))}</p>')
    waiting = [item for item in current.items if not item.verdict]
    if waiting:
        st.progress(current.read / len(current.items))
        _item(bench, person, waiting[0], may_read=allows(person, "sampling.read", agency))
    else:
        st.html(f'<div class="rs-done" role="status">{escape(say("sample.all_read"))}</div>')
        if may_draw:
            words = say("sample.draw_next", size=number(SIZE))
            _draw_button(bench, person, campaign, agency, words)
    _hits(bench, person, current, agency)


def _agency(bench: Workbench, person: Person, campaign: CampaignView) -> str:
    """Return the agency whose sample is shown: one's own, or one of the campaign's."""
    own = scope(person, "sampling.current")
    codes = [item.code for item in campaign.agencies if own is None or item.code in own]
    codes = codes or sorted(own or ())
    if len(codes) < 2:
        return codes[0] if codes else ""
    names = {code: bench.agencies.name(code) for code in codes}
    return links.choose(say("sample.agency"), links.AGENCY, names)


def _draw_button(
    bench: Workbench, person: Person, campaign: CampaignView, agency: str, words: str
) -> None:
    def draw_round() -> None:
        drawn = bench.sampling.draw(person, campaign.id, agency)
        guard.tell(say("sample.drawn", number=number(drawn.number)))

    st.button(words, key="rut-mau", type="primary", on_click=guard.guarded(draw_round))


def _head(current: SampleRound) -> str:
    return say(
        "sample.head",
        number=number(current.number),
        when=moment(current.at),
        person=current.drawn_by,
        population=number(current.population),
        read=number(current.read),
        size=number(len(current.items)),
    )


def _item(bench: Workbench, person: Person, item: SampleItem, *, may_read: bool) -> None:
    name = f"{item.label} {item.number}".strip()
    names = {links.ACT: item.act_id, links.PLACE: item.path}
    stem = f'<br><span class="rs-muted">{escape(item.stem)}</span>' if item.stem else ""
    st.html(
        f'<ul class="rs-list"><li><b>{links.anchor("kho-van-ban", name, **names)}</b> '
        f'<span class="rs-muted">{escape(item.act_title)}</span>{stem}</li></ul>'
        f'<div class="rs-act"><p class="rs-unit">{escape(item.text)}</p></div>'
    )
    if not may_read:
        return
    note = st.text_input(say("sample.note"), key=f"ghi-chu-mau-{item.id}")

    def record(verdict: str, words: str) -> None:
        bench.sampling.read(person, item.id, item.sequence, verdict, note)
        guard.tell(words)

    clean, problem = st.columns(2)
    clean.button(
        say("sample.clean"),
        key="mau-khong",
        type="primary",
        shortcut="1",
        width="stretch",
        on_click=guard.guarded(record),
        args=("khong", say("sample.saved")),
    )
    problem.button(
        say("sample.problem"),
        key="mau-co",
        shortcut="2",
        width="stretch",
        on_click=guard.guarded(record),
        args=("co", say("sample.problem_saved")),
    )


def _hits(bench: Workbench, person: Person, current: SampleRound, agency: str) -> None:
    hits = [item for item in current.items if item.verdict == "co"]
    if not hits:
        return
    st.html(block(say("sample.hits"), ""))
    for item in hits:
        text, button = st.columns([4, 1], vertical_alignment="center")
        name = f"{item.label} {item.number}".strip()
        names = {links.ACT: item.act_id, links.PLACE: item.path}
        done = f" · {escape(say('sample.has_finding'))}" if item.has_finding else ""
        note = f" · {escape(item.note)}" if item.note else ""
        text.html(
            f'<ul class="rs-list"><li>{links.anchor("kho-van-ban", name, **names)} '
            f'<span class="rs-muted">{escape(item.person)}{note}{done}</span></li></ul>'
        )
        if not item.has_finding and allows(person, "findings.add_manual", agency):
            with button:
                addition.button(bench, person, item.provision_id, "", "", key=f"mau-them-{item.id}")


def _estimate(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    report = bench.sampling.report(person, campaign.id)
    st.html(block(say("sample.estimate"), _table(bench, report)))


def _table(bench: Workbench, report: ElusionReport) -> str:
    rows = [row for row in report.rows if row.estimate is not None]
    notes = []
    if report.without_sample:
        names = ", ".join(map(bench.agencies.name, report.without_sample))
        notes.append(say("sample.without", names=names))
    if not rows:
        notes.insert(0, say("sample.no_estimate"))
        return "".join(f'<p class="rs-muted">{escape(note)}</p>' for note in notes)
    notes.insert(0, say("sample.method", count=number(report.missed_at_most)))
    items = "".join(f"<li>{_line(bench, row)}</li>" for row in rows)
    below = "".join(f'<p class="rs-muted">{escape(note)}</p>' for note in notes)
    return f'<ul class="rs-list">{items}</ul>{below}'


def _line(bench: Workbench, row: ElusionRow) -> str:
    found = row.estimate
    assert found is not None
    low, likely, high = found.missed
    facts = [
        (say("sample.column_read"), f"{number(found.read)}/{number(row.drawn)}"),
        (say("sample.column_hits"), number(found.hits)),
        (say("sample.column_share"), _share(found.share)),
        (say("sample.column_interval"), f"{_share(found.low)} – {_share(found.high)}"),
        (
            say("sample.column_missed"),
            say("sample.missed", likely=number(likely), low=number(low), high=number(high)),
        ),
    ]
    if found.recall:
        worst, middle, _ = found.recall
        words = say("sample.recall", likely=_share(middle), low=_share(worst))
        facts.append((say("sample.column_recall"), words))
    body = "<br>".join(f"{escape(name)}: <b>{escape(value)}</b>" for name, value in facts)
    return f"<b>{escape(bench.agencies.name(row.agency))}</b><br>{body}"


def _share(value: float) -> str:
    return percent(round(value * 10_000), 10_000)
