"""Two people wrote at once: both texts side by side, with who wrote the other one."""

from __future__ import annotations

from datetime import date
from html import escape

from review.components.formats import day, moment
from review.components.wording import known, say
from review.errors import Conflict


def both_texts(conflict: Conflict) -> str:
    """Return a table of the fields that differ: what stands now, what this person wrote."""
    names = [
        name
        for name in dict.fromkeys([*conflict.theirs, *conflict.mine])
        if conflict.theirs.get(name) != conflict.mine.get(name)
    ]
    rows = "".join(
        f"<tr><td>{escape(_label(name))}</td><td>{_cell(conflict.theirs.get(name))}</td>"
        f"<td>{_cell(conflict.mine.get(name))}</td></tr>"
        for name in names
    )
    theirs = say("conflict.theirs", who=conflict.who, at=moment(conflict.at))
    return (
        f'<table class="rs-table"><thead><tr><th></th><th>{escape(theirs)}</th>'
        f"<th>{escape(say('conflict.mine'))}</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _label(name: str) -> str:
    return say(f"field.{name}") if known(f"field.{name}") else name


def _cell(value: object) -> str:
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(item) for item in value)
    if isinstance(value, date):
        value = day(value)
    return escape("–" if value in (None, "") else str(value))
