"""How long steps usually take: assumptions that whoever may sets anew."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import guard
from review.components.drafts import Form
from review.components.formats import number
from review.components.wording import say
from review.people.permission import allows
from review.programme.durations import LONGEST, shipped
from review.programme.step import plan
from review.records import Person
from review.workbench import Workbench


def draw(bench: Workbench, person: Person) -> None:
    """Draw the assumptions by kind of project, and the field that changes one."""
    st.html(f'<p class="rs-muted">{escape(say("durations.about"))}</p>')
    usual = bench.projects.durations(person)
    head = "".join(f'<th class="rs-num">{escape(kind.name)}</th>' for kind in plan().kinds.values())
    body = ""
    for code, name in plan().step_names.items():
        cells = ""
        for kind in plan().kinds:
            days = usual.get((kind, code))
            if days is None:
                cells += '<td class="rs-num">–</td>'
                continue
            set_by_hand = days != shipped()[kind, code]
            shown = f"<b>{number(days)}</b>" if set_by_hand else number(days)
            cells += f'<td class="rs-num">{shown}</td>'
        body += f"<tr><td>{escape(name)}</td>{cells}</tr>"
    sums = [
        sum(usual[kind.code, step.code] for step in kind.steps) for kind in plan().kinds.values()
    ]
    totals = "".join(f'<td class="rs-num"><b>{number(days)}</b></td>' for days in sums)
    body += f"<tr><td><b>{escape(say('durations.total'))}</b></td>{totals}</tr>"
    st.html(
        f'<table class="rs-table"><thead><tr><th>{escape(say("project.step_name"))}</th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table>"
    )
    if allows(person, "projects.set_duration"):
        _set(bench, person)


def _set(bench: Workbench, person: Person) -> None:
    form = Form(bench, person, "thoi-gian-buoc")
    kind, step, days, save = st.columns([4, 4, 2, 3], vertical_alignment="bottom")
    with kind:
        chosen = form.pick(
            say("project.kind"), "kind", {code: one.name for code, one in plan().kinds.items()}
        )
    with step:
        steps = {one.code: one.name for one in plan().kinds[chosen].steps}
        form.pick(say("project.step_name"), "step", steps)
    with days:
        form.line(say("durations.days"), "days")

    def set_duration() -> None:
        typed = form.current()
        text = str(typed.get("days") or "").strip()
        count = (
            int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST)) else 0
        )
        bench.projects.set_duration(person, str(typed["kind"]), str(typed["step"]), count)
        form.discard()
        guard.tell(say("durations.saved"))

    save.button(
        say("durations.save"),
        key="ghi-thoi-gian",
        width="stretch",
        on_click=guard.guarded(set_duration),
    )
