"""«Vì sao»: the steps that led to a suggestion, and what was decided on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from models.records import TraceStep
from review.components.formats import moment
from review.components.wording import known, say
from review.records import DecisionView


def why(trace: Sequence[TraceStep], title: str) -> str:
    """Return the trace as a list a lawyer reads: step, outcome."""
    if not trace:
        return block(title, f'<p class="rs-muted">{escape(say("trace.none"))}</p>')
    rows = "".join(
        f'<li><span class="rs-step">{escape(step_name(step.step))}</span>'
        f"<span>{escape(step.outcome)}</span></li>"
        for step in trace
    )
    return block(title, f'<ol class="rs-list rs-steps">{rows}</ol>')


def step_name(step: str) -> str:
    """Return the Vietnamese name of a trace step; an unknown step keeps its own name."""
    return say(f"trace.{step}") if known(f"trace.{step}") else step


def history(decisions: Iterable[DecisionView], labels: dict[str, str], title: str) -> str:
    """Return who decided what and when, newest last; nothing is ever missing from it."""
    rows = "".join(
        f'<li><span class="rs-muted">{moment(step.at)} · {escape(step.person)}</span><br>'
        f"{escape(labels.get(step.to_state, step.to_state))}"
        f"{' · ' + escape(step.code) if step.code else ''}"
        f"{': ' + escape(step.note) if step.note else ''}</li>"
        for step in decisions
    )
    if not rows:
        rows = f'<li class="rs-muted">{escape(say("history.none"))}</li>'
    return block(title, f'<ul class="rs-list">{rows}</ul>')


def block(title: str, body: str) -> str:
    """Return a titled section; ``body`` is HTML made by a component."""
    return f'<section class="rs-block"><h4>{escape(title)}</h4>{body}</section>'
