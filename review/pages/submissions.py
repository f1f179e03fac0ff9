"""Báo cáo của bộ: where each report stands, sending it, receiving it, what changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from review.components import filters, guard, headings, links
from review.components.drafts import Form
from review.components.formats import day, moment, number, shorten
from review.components.trace import block
from review.components.wording import known, say
from review.people.permission import allows
from review.records import (
    CampaignView,
    Difference,
    Person,
    SnapshotView,
    SubmissionStep,
    SubmissionView,
)
from review.state import FINDING_STATES, SUBMISSION_STATES
from review.workbench import Workbench

_SHOWN = 60  # differences listed; more are counted
_HEIGHT = 600
# The step that stands out among those that may be taken; the others are quiet.
_FIRST = ("send", "receive", "consolidate", "supplement")

_COLUMNS = (
    ("agency", ""), ("group", ""), ("state", ""), ("deadline", "rs-num"), ("sent", "rs-num"),
)  # fmt: skip


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    campaign = filters.campaign_head(bench, person, say("submission.heading"))
    if campaign is None:
        return
    reports = bench.submissions.list(person, campaign.id)
    if not reports:
        guard.empty(say("submission.none"), say("submission.none_advice"))
        return
    wanted = links.value(links.AGENCY)
    shown = next((one for one in reports if one.agency == wanted), reports[0])
    if len(reports) == 1:
        _report(bench, person, campaign, shown)
        return
    left, right = st.columns([28, 24])
    with left:
        st.html(_counts(reports) + _table(reports, shown))
        if allows(person, "submissions.verify"):
            _verify(bench, person)
    with right, st.container(height=_HEIGHT, border=False):
        _report(bench, person, campaign, shown)


def _counts(reports: Sequence[SubmissionView]) -> str:
    sent = sum(one.sent is not None for one in reports)
    late = sum(one.late for one in reports)
    words = say(
        "submission.counts", sent=number(sent), total=number(len(reports)), late=number(late)
    )
    return f'<p class="rs-muted">{escape(words)}</p>'


def _table(reports: Sequence[SubmissionView], shown: SubmissionView) -> str:
    head = "".join(
        f'<th class="{style}">{escape(say(f"submission.column_{name}"))}</th>'
        for name, style in _COLUMNS
    )
    body = "".join(_row(one, one.agency == shown.agency) for one in reports)
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(one: SubmissionView, chosen: bool) -> str:
    names = {links.CAMPAIGN: one.campaign_id, links.AGENCY: one.agency}
    link = links.anchor("bao-cao-bo", one.name, **names)
    late = _late(one)
    mark = ' class="rs-chosen"' if chosen else ""
    return (
        f"<tr{mark}><td>{link}</td><td>{escape(one.sector_group or '–')}</td>"
        f"<td>{escape(SUBMISSION_STATES[one.state])}</td>"
        f'<td class="rs-num">{day(one.deadline)}</td>'
        f'<td class="rs-num">{day(one.sent)}{late}</td></tr>'
    )


def _late(one: SubmissionView) -> str:
    words = escape(say("submission.late"))
    return f' <span class="rs-late-chip">{words}</span>' if one.late else ""


def _report(bench: Workbench, person: Person, campaign: CampaignView, one: SubmissionView) -> None:
    headings.section(one.name)
    st.html(_head(one))
    if one.actions:
        _steps(bench, person, campaign, one)
    if one.snapshot and allows(person, "submissions.differences"):
        changes = bench.submissions.differences(person, campaign.id, one.agency)
        st.html(_differences(changes))
    st.html(block(say("submission.history"), _history(one.steps)))
    if one.snapshot and allows(person, "submissions.content"):
        _download(bench, person, one, one.snapshot)


def _head(one: SubmissionView) -> str:
    late = _late(one)
    facts = [
        (say("filter.state"), f"<b>{escape(SUBMISSION_STATES[one.state])}</b>{late}"),
        (say("overview.column_deadline"), day(one.deadline)),
        (say("submission.column_sent"), day(one.sent)),
    ]
    if one.snapshot:
        kept = one.snapshot
        words = say(
            "submission.frozen",
            acts=number(kept.acts),
            findings=number(kept.findings),
            at=moment(kept.at),
            who=kept.person,
        )
        facts.append((say("submission.snapshot"), escape(words)))
        facts.append(("SHA-256", f"<code>{escape(kept.digest)}</code>"))
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{text}</td></tr>" for name, text in facts)
    return f'<table class="rs-table rs-facts"><tbody>{rows}</tbody></table>'


def _steps(bench: Workbench, person: Person, campaign: CampaignView, one: SubmissionView) -> None:
    """Draw the steps that may be taken now, with one note for whichever is taken."""
    form = Form(bench, person, f"bao-cao-bo:{campaign.id}:{one.agency}", {"note": ""}, one.version)
    form.area(say("submission.note"), "note", height=70)
    services: dict[str, Callable[..., SubmissionView]] = {
        "start": bench.submissions.start,
        "send": bench.submissions.send,
        "withdraw": bench.submissions.withdraw,
        "give_back": bench.submissions.give_back,
        "receive": bench.submissions.receive,
        "consolidate": bench.submissions.consolidate,
        "supplement": bench.submissions.supplement,
    }

    def take(action: str) -> None:
        note = str(form.current().get("note", ""))
        more = () if action == "start" else (note,)
        services[action](person, campaign.id, one.agency, one.version, *more)
        form.discard()
        guard.tell(say(f"submission.done_{action}"))

    main = next((name for name in _FIRST if name in one.actions), "")
    places = st.columns(max(2, len(one.actions)))
    ordered = sorted(one.actions, key=lambda name: name != main)
    for place, action in zip(places, ordered, strict=False):
        place.button(
            say(f"submission.{action}"),
            key=f"bao-cao-{action}",
            type="primary" if action == main else "secondary",
            width="stretch",
            help=say(f"submission.help_{action}"),
            on_click=guard.guarded(take),
            args=(action,),
        )
    form.saved_line()


def _differences(changes: Sequence[Difference]) -> str:
    if not changes:
        return block(
            say("submission.changes", count=0),
            f'<p class="rs-muted">{escape(say("submission.unchanged"))}</p>',
        )
    items = "".join(map(_difference, changes[:_SHOWN]))
    if len(changes) > _SHOWN:
        more = say("submission.more", count=number(len(changes) - _SHOWN))
        items += f'<li class="rs-muted">{escape(more)}</li>'
    title = say("submission.changes", count=number(len(changes)))
    return block(title, f'<ul class="rs-list">{items}</ul>')


def _difference(change: Difference) -> str:
    names = (
        {links.ACT: change.id}
        if change.what == "van_ban"
        else {links.FINDING: change.id, links.STATE: "tat-ca"}
    )
    page = "kho-van-ban" if change.what == "van_ban" else "ra-soat"
    name = change.name or say("library.no_number")
    place = escape(name) if change.kind == "mat" else links.anchor(page, name, **names)
    fields = "; ".join(
        f"{_field(key)}: {_short(old)} → {_short(new)}"
        for key, (old, new) in change.changed.items()
        if known(f"field.{key}")
    )
    kind = escape(say(f"submission.kind_{change.kind}"))
    return (
        f'<li><span class="rs-chip rs-strong">{kind}</span>'
        f" {place}{'<br>' + escape(fields) if fields else ''}</li>"
    )


def _field(key: str) -> str:
    return say(f"field.{key}")


def _short(value: object) -> str:
    if value in (None, "", [], {}):
        return "–"
    return shorten(FINDING_STATES.get(str(value), str(value)), 60)


def _history(steps: Sequence[SubmissionStep]) -> str:
    if not steps:
        return f'<p class="rs-muted">{escape(say("submission.no_step"))}</p>'
    rows = "".join(
        f'<li><span class="rs-muted">{moment(step.at)} · {escape(step.person)}</span><br>'
        f"{escape(SUBMISSION_STATES[step.state])}"
        f"{' · ' + escape(say('submission.late')) if step.late else ''}"
        f"{': ' + escape(step.note) if step.note else ''}"
        + (f"<br><code>{escape(step.snapshot.digest[:16])}…</code>" if step.snapshot else "")
        + "</li>"
        for step in steps
    )
    return f'<ul class="rs-list">{rows}</ul>'


def _download(bench: Workbench, person: Person, one: SubmissionView, kept: SnapshotView) -> None:
    st.download_button(
        say("submission.download"),
        data=lambda: bench.submissions.content(person, one.campaign_id, one.agency, kept.id),
        file_name=f"ban-chot-{one.agency}-{kept.id}.json",
        mime="application/json",
        key="tai-ban-chot",
        on_click="ignore",
    )


def _verify(bench: Workbench, person: Person) -> None:
    asked = st.button(say("submission.verify"), key="kiem-tra-ban-chot")
    with st.container(key="ket-qua-ban-chot"):
        if asked:
            verdict = bench.submissions.verify(person)
            tone = "rs-good" if verdict.broken is None else "rs-bad"
            st.html(f'<div class="rs-notice {tone}" role="status">{escape(verdict.sentence)}</div>')
