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
    "jobs",
    "memberships",
    "metadata",
    "opinions",
    "people",
    "proposals",
    "provisions",
    "sessions",
    "sign_offs",
    "suppressed",
]
