"""A line of the audit log as people read it: what was written, with names for columns and codes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from html import escape

from review.components.formats import day, moment, number, shorten
from review.components.wording import known, say
from review.meetings.rows import MEETING_STATES
from review.opinions.conclusion import OUTCOMES as CONCLUSIONS
from review.opinions.thread import KINDS as ANSWERS
from review.people.permission import TABLE as PERMISSIONS
from review.programme.step import plan
from review.programme.task import STATES as TASK_STATES
from review.programme.verification import OUTCOMES as VERIFIED
from review.proposals.proposal import HANDLINGS, PROPOSAL_STATES
from review.records import AuditRow
from review.state import ACT_STATES, FINDING_STATES, SUBMISSION_STATES

COLUMNS = ("id", "at", "person", "what", "change", "hash")
_EMPTY = (None, "", "[]", "{}", [], {})
_LISTS = {"agencies", "co_agencies"}  # columns that hold a JSON list
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LENGTH = 160  # characters: two lines of the column

# Columns that hold codes, by table; «decisions» are steps of findings.
CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("acts", "state"): ACT_STATES,
    ("findings", "state"): FINDING_STATES,
    ("decisions", "from_state"): FINDING_STATES,
    ("decisions", "to_state"): FINDING_STATES,
    ("proposals", "state"): PROPOSAL_STATES,
    ("submissions", "state"): SUBMISSION_STATES,
    ("meetings", "state"): MEETING_STATES,
    ("tasks", "state"): TASK_STATES,
    ("findings", "handling"): HANDLINGS,
    ("memberships", "role"): PERMISSIONS.roles,
    ("conclusions", "outcome"): CONCLUSIONS,
    ("thread_entries", "kind"): ANSWERS,
    ("verifications", "outcome"): VERIFIED,
    ("projects", "kind"): {code: kind.name for code, kind in plan().kinds.items()},
    ("project_steps", "step"): plan().step_names,
}


def line(row: AuditRow) -> str:
    """Return one row of the table, as HTML."""
    table = say(f"table.{row.table}") if known(f"table.{row.table}") else row.table
    what = f"{say(f'admin.action_{row.action}')} {table} {row.row_id}"
    return (
        f'<tr><td class="rs-num">{number(row.id)}</td><td class="rs-nowrap">{moment(row.at)}</td>'
        f'<td class="rs-nowrap">{escape(row.person)}</td><td>{escape(what)}</td>'
        f"<td>{escape(shorten(changes(row), _LENGTH))}</td>"
        f'<td class="rs-nowrap"><code>{escape(row.hash[:12])}</code></td></tr>'
    )


def changes(row: AuditRow) -> str:
    """Return the new values of columns that have a name; the others say nothing to people."""
    before = row.old or {}
    return "; ".join(
        f"{label}: {value(row.table, column, new)}"
        for column, new in (row.new or {}).items()
        if before.get(column) != new and new not in _EMPTY and (label := name(row.table, column))
    )


def name(table: str, column: str) -> str:
    """Return what a column is called: in this table, else in the log, else in forms; "" if none."""
    if known(f"logged.{table}.{column}"):
        return say(f"logged.{table}.{column}")
    if known(f"logged.any.{column}"):
        return say(f"logged.any.{column}")
    return say(f"field.{column}") if known(f"field.{column}") else ""


def value(table: str, column: str, new: object) -> str:
    """Return a stored value in words: codes by name, lists without brackets, days as dd/mm/yyyy."""
    text = str(new)
    if named := CODES.get((table, column), {}).get(text):
        return named
    if column in _LISTS and text.startswith("["):
        return ", ".join(json.loads(text))
    return day(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
