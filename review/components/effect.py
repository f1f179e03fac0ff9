"""Effect of an act on a day: the state and the clauses that make it so, each with its link."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from review.components import links
from review.components.formats import day, read_day
from review.components.references import act_name
from review.components.trace import block
from review.components.wording import say
from review.records.effect import EffectReason, EffectView
from review.workbench import Workbench


def panel(view: EffectView) -> str:
    """Return the block beside the text of an act."""
    style = "" if view.state == "con_hieu_luc" else " rs-strong"
    state = f'<span class="rs-chip{style}">{escape(view.name)}</span>'
    on = f'<span class="rs-muted">{escape(say("effect.day", day=day(view.on)))}</span>'
    rows = "".join(f"<li>{_reason(reason)}</li>" for reason in view.reasons)
    if not rows:
        rows = f'<li class="rs-muted">{escape(say("effect.unsaid"))}</li>'
    body = f'<p class="rs-chips">{state} {on}</p><ul class="rs-list">{rows}</ul>'
    return block(say("effect.heading"), body)


def asked_day(bench: Workbench, label: str) -> date | None:
    """Draw the field for the day of the address; None where it names none, or no day at all."""
    typed = links.type_in(
        label,
        links.EFFECTIVE_ON,
        placeholder=day(bench.today()),
        help=say("effect.filter_day_hint"),
    )
    try:
        return read_day(typed)
    except ValueError:
        st.html(f'<p class="rs-muted">{escape(say("effect.wrong_day", typed=typed))}</p>')
        return None


def _reason(reason: EffectReason) -> str:
    words = escape(say(f"effect.reason_{reason.kind}"))
    if reason.target:
        words += f" {escape(act_name(reason.target))}"
    if reason.part:
        words += f" {escape(say('effect.part', unit=reason.part))}"
    days = []
    if reason.since is not None:
        days.append(escape(say("effect.since", day=day(reason.since))))
    if reason.until is not None:
        days.append(escape(say("effect.until", day=day(reason.until))))
    where = _where(reason)
    tail = f" – {where}" if where else ""
    mark = (
        f' <span class="rs-evidence">{escape(reason.confidence)}</span>'
        if reason.confidence
        else ""
    )
    return f"{words}{' ' if days else ''}{', '.join(days)}{tail}{mark}"


def _where(reason: EffectReason) -> str:
    """Return who says so: the clause, linked where that act is stored."""
    words = " ".join(filter(None, (reason.label, act_name(reason.by))))
    if not words:
        return ""
    if reason.by_id is None:
        missing = f' <span class="rs-muted">({escape(say("act.not_loaded"))})</span>'
        return f"{escape(words)}{missing}"
    return links.anchor("kho-van-ban", words, **{links.ACT: reason.by_id, links.PLACE: reason.path})
