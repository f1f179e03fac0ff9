"""«Lịch sử» of a proposal: every saved version, who wrote it, and what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components.diff import word_diff
from review.components.formats import day, moment, number
from review.components.wording import say
from review.people.permission import allows
from review.proposals.proposal import HANDLINGS
from review.records import FindingView, Person, ProposalView
from review.workbench import Workbench

_SHOWN = "lich-su-de-xuat"


def draw(bench: Workbench, person: Person, view: FindingView, standing: ProposalView) -> None:
    """Draw the versions in a box that opens on demand; nothing is read while it is closed."""
    if not standing.version or not allows(person, "proposals.history", view.act.agency):
        return
    label = say("proposal.history", count=number(standing.version))
    if not st.toggle(label, key=f"{_SHOWN}-{view.row.id}"):
        return
    versions = bench.proposals.history(person, view.row.id)
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        st.html(_version(bench, version, before))


def _version(bench: Workbench, version: ProposalView, before: ProposalView | None) -> str:
    state = say(f"proposal.state_{version.state}")
    line = say(
        "proposal.version_line",
        version=version.version,
        state=state,
        person=version.author,
        at=moment(version.at),
    )
    changed = _changed(bench, version, before)
    facts = f'<p class="rs-muted">{escape("; ".join(changed))}</p>' if changed else ""
    older = before.input.new_text if before else ""
    text = word_diff(older, version.input.new_text) if version.input.new_text != older else ""
    return f'<section class="rs-block"><h4>{escape(line)}</h4>{facts}{text}</section>'


def _changed(bench: Workbench, version: ProposalView, before: ProposalView | None) -> Sequence[str]:
    now = _facts(bench, version)
    then = _facts(bench, before) if before else {}
    return [
        f"{say(f'field.{name}')}: {then[name]} → {text}"
        if name in then
        else f"{say(f'field.{name}')}: {text}"
        for name, text in now.items()
        if then.get(name) != text and (name in then or text != "–")
    ]


def _facts(bench: Workbench, version: ProposalView) -> dict[str, str]:
    entered = version.input
    return {
        "handling": HANDLINGS.get(entered.handling, "–"),
        "instrument": entered.instrument or "–",
        "lead_agency": bench.agencies.name(entered.lead_agency) or "–",
        "co_agencies": ", ".join(map(bench.agencies.name, entered.co_agencies)) or "–",
        "deadline": day(entered.deadline),
        "reason": entered.reason or "–",
    }
