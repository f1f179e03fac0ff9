"""All tables of the store, one module a subject. Types are portable between both databases.

Tables in ``triggers.APPEND_ONLY`` take new rows only (database triggers refuse the rest), so
nothing that a person wrote can be overwritten; ``triggers.AUDITED`` tables leave an event in the
hash chain.
"""

from __future__ import annotations

from review.store.tables.base import metadata
from review.store.tables.core import (
    act_versions,
    acts,
    audit_events,
    campaign_agencies,
    campaigns,
    decisions,
    drafts,
    exports,
    findings,
    jobs,
    memberships,
    opinions,
    people,
    proposals,
    provisions,
    sessions,
    sign_offs,
    suppressed,
)
from review.store.tables.programme import (
    instruments,
    procedure_findings,
    procedures,
    project_findings,
    project_steps,
    projects,
    saving_inputs,
    source_figures,
    step_durations,
    task_figures,
    tasks,
    verifications,
    worklist_rows,
    worklists,
)

__all__ = [
    "act_versions",
    "acts",
    "audit_events",
    "campaign_agencies",
    "campaigns",
    "decisions",
    "drafts",
    "exports",
    "findings",
    "instruments",
    "jobs",
    "memberships",
    "metadata",
    "opinions",
    "people",
    "procedure_findings",
    "procedures",
    "project_findings",
    "project_steps",
    "projects",
    "proposals",
    "provisions",
    "saving_inputs",
    "sessions",
    "sign_offs",
    "source_figures",
    "step_durations",
    "suppressed",
    "task_figures",
    "tasks",
    "verifications",
    "worklist_rows",
    "worklists",
]
