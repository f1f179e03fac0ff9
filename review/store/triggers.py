"""Triggers that the database itself runs: the audit chain, and rows that never change.

Each event's hash covers the hash before it, so a row changed, taken out or slipped in later is
found by ``review.audit``. What is hashed: ``payload`` below, the same on both databases.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, text

from review.store import tables as t

APPEND_ONLY = (
    t.decisions,
    t.opinions,
    t.proposals,
    t.sign_offs,
    t.exports,
    t.audit_events,
    t.openings,
    t.conclusions,
    t.thread_entries,
    t.meeting_decisions,
    t.meeting_conclusions,
    t.step_durations,
    t.worklists,
    t.verifications,
    t.source_figures,
    t.task_figures,
    t.saving_inputs,
    t.name_aliases,
    t.procedure_dossiers,
    t.publications,
    t.assignments,
    t.claims,
    t.questions,
    t.answers,
    t.merges,
    t.decision_sets,
    t.snapshots,
    t.submissions,
    t.handovers,
    t.exchange_imports,
    t.exchange_changes,
    t.exchange_mappings,
    t.sample_rounds,
    t.sample_items,
    t.sample_readings,
    t.simulations,
    t.dismissals,
    t.rulesets,
    t.ruleset_events,
    t.ruleset_trials,
)


@dataclass(frozen=True)
class Audited:
    """A table whose changes are written down, and the columns left out of the event."""

    table: Table
    leave_out: frozenset[str] = field(default_factory=frozenset)
    inserts_where: str = ""  # condition on NEW; "" = every insert


AUDITED = (
    Audited(t.people, frozenset({"password_hash"})),
    Audited(t.memberships),
    Audited(t.campaigns),
    Audited(t.campaign_agencies),
    Audited(t.acts, frozenset({"search"})),
    Audited(t.act_versions, frozenset({"text", "notices", "article_notes"})),
    # What the machine suggested is kept with the act; people's additions and changes are events.
    Audited(t.findings, frozenset({"trace", "bases"}), "NEW.origin = 'nguoi'"),
    Audited(t.decisions),
    Audited(t.opinions),
    Audited(t.proposals),
    Audited(t.sign_offs),
    Audited(t.exports),
    Audited(t.openings),
    Audited(t.conclusions),
    Audited(t.thread_entries),
    Audited(t.meetings),
    Audited(t.meeting_items),
    Audited(t.meeting_attendance),
    Audited(t.meeting_decisions),
    Audited(t.meeting_conclusions),
    Audited(t.projects),
    Audited(t.project_steps),
    Audited(t.project_findings),
    Audited(t.instruments),
    Audited(t.step_durations),
    Audited(t.worklists),
    Audited(t.verifications),
    Audited(t.source_figures),
    Audited(t.procedures),
    Audited(t.procedure_findings),
    Audited(t.tasks),
    Audited(t.task_figures),
    Audited(t.saving_inputs),
    Audited(t.feeds, frozenset({"secret_hash"})),
    Audited(t.name_aliases),
    Audited(t.procedure_dossiers, frozenset({"components"})),
    Audited(t.publications),
    Audited(t.assignments),
    Audited(t.claims),
    Audited(t.questions),
    Audited(t.answers),
    Audited(t.merges),
    Audited(t.decision_sets),
    Audited(t.snapshots, frozenset({"content"})),  # its digest is in the event
    Audited(t.submissions),
    Audited(t.handovers),
    Audited(t.sample_rounds),
    Audited(t.sample_readings),
    Audited(t.dismissals),
    Audited(t.rulesets),
    Audited(t.ruleset_events),
    Audited(t.exchange_imports),
    Audited(t.exchange_changes),
    Audited(t.exchange_mappings),
)

FIRST = "0" * 64  # what stands before the first event


def payload(
    previous: str,
    at: str,
    table: str,
    row_id: int,
    action: str,
    person_id: int | None,
    old: str | None,
    new: str | None,
) -> str:
    """Return what the hash of an event covers."""
    person = "" if person_id is None else str(person_id)
    return "|".join((previous, at, table, str(row_id), action, person, old or "", new or ""))


def sha256(value: str) -> str:
    """Return the SHA-256 of ``value`` in UTF-8, hex."""
    return hashlib.sha256(value.encode()).hexdigest()


def install(connection: Connection) -> None:
    """Create the triggers anew; called once after the migrations that were due."""
    build = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.dialect.name]
    for statement in build():
        connection.execute(text(statement.replace(":", r"\:")))


def _sqlite() -> list[str]:
    statements: list[str] = []
    for audited in AUDITED:
        for action in ("insert", "update", "delete"):
            if action != "insert" and audited.table in APPEND_ONLY:
                continue
            statements += _sqlite_audit(audited, action)
    for table in APPEND_ONLY:
        for action in ("update", "delete"):
            name = f"keep_{table.name}_{action}"
            statements.append(f"DROP TRIGGER IF EXISTS {name}")
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {action.upper()} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table.name}'); END"
            )
    return statements


def _sqlite_audit(audited: Audited, action: str) -> list[str]:
    name = audited.table.name
    columns = [column.name for column in audited.table.columns if column.name in _kept(audited)]

    def row(which: str) -> str:
        pairs = ", ".join(f"'{column}', {which}.\"{column}\"" for column in columns)
        return f"json_object({pairs})"

    old = "NULL" if action == "insert" else row("OLD")
    new = "NULL" if action == "delete" else row("NEW")
    which = "OLD" if action == "delete" else "NEW"
    where = f"WHEN {audited.inserts_where} " if action == "insert" and audited.inserts_where else ""
    trigger = f"audit_{name}_{action}"
    return [
        f"DROP TRIGGER IF EXISTS {trigger}",
        f"CREATE TRIGGER {trigger} AFTER {action.upper()} ON {name} {where}BEGIN "  # noqa: S608  (own names)
        "INSERT INTO audit_events "
        "(at, table_name, row_id, action, person_id, old, new, previous, hash) "
        f"SELECT e.at, '{name}', {which}.id, '{action}', {which}.written_by, e.old, e.new, "
        f"e.previous, rasoat_sha256(e.previous || '|' || e.at || '|{name}|' || {which}.id || "
        f"'|{action}|' || coalesce({which}.written_by, '') || '|' || coalesce(e.old, '') || '|' || "
        "coalesce(e.new, '')) "
        f"FROM (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS at, {old} AS old, {new} AS new, "
        "coalesce((SELECT hash FROM audit_events ORDER BY id DESC LIMIT 1), "
        f"'{FIRST}') AS previous) AS e; END",
    ]


def _kept(audited: Audited) -> set[str]:
    return {column.name for column in audited.table.columns} - audited.leave_out


_AUDIT_FUNCTION = f"""
CREATE OR REPLACE FUNCTION rasoat_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  event_at text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  old_row jsonb; new_row jsonb; subject jsonb; before text; act text := lower(TG_OP);
BEGIN
  IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - coalesce(TG_ARGV, '{{}}'); END IF;
  IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - coalesce(TG_ARGV, '{{}}'); END IF;
  subject := coalesce(new_row, old_row);
  -- One writer of the chain at a time, until its transaction ends.
  PERFORM pg_advisory_xact_lock(606060);
  SELECT hash INTO before FROM audit_events ORDER BY id DESC LIMIT 1;
  before := coalesce(before, '{FIRST}');
  INSERT INTO audit_events
    (at, table_name, row_id, action, person_id, old, new, previous, hash)
  VALUES
    (event_at, TG_TABLE_NAME, (subject->>'id')::bigint, act, (subject->>'written_by')::bigint,
     old_row::text, new_row::text, before,
     encode(sha256(convert_to(concat_ws('|', before, event_at, TG_TABLE_NAME, subject->>'id', act,
       coalesce(subject->>'written_by', ''), coalesce(old_row::text, ''),
       coalesce(new_row::text, '')), 'UTF8')), 'hex'));
  RETURN NULL;
END $$
"""  # noqa: S608  (a constant)

_KEEP_FUNCTION = """
CREATE OR REPLACE FUNCTION rasoat_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$
"""


def _postgresql() -> list[str]:
    statements = [_AUDIT_FUNCTION, _KEEP_FUNCTION]
    for audited in AUDITED:
        name = audited.table.name
        arguments = ", ".join(f"'{column}'" for column in sorted(audited.leave_out))
        for action in ("insert", "update", "delete"):
            if action != "insert" and audited.table in APPEND_ONLY:
                continue
            when = ""
            if action == "insert" and audited.inserts_where:
                when = f"WHEN ({audited.inserts_where}) "
            trigger = f"audit_{name}_{action}"
            statements.append(f"DROP TRIGGER IF EXISTS {trigger} ON {name}")
            statements.append(
                f"CREATE TRIGGER {trigger} AFTER {action.upper()} ON {name} FOR EACH ROW {when}"
                f"EXECUTE FUNCTION rasoat_audit({arguments})"
            )
    for table in APPEND_ONLY:
        trigger = f"keep_{table.name}"
        statements.append(f"DROP TRIGGER IF EXISTS {trigger} ON {table.name}")
        statements.append(
            f"CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table.name} "
            "FOR EACH ROW EXECUTE FUNCTION rasoat_keep()"
        )
    return statements
