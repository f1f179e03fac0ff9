"""Tables of deliberation: openings, conclusions, answers, meetings."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from review.store.tables.base import Id, Utc, id_column, metadata, reference

# The chair opened a round before every counted member had spoken.
openings = Table(
    "openings",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("round", Integer, nullable=False),
    Column("last_opinion_id", Id, nullable=False),  # what was given until then was given blind
    Column("reason", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("finding_id", "round"),
)

# «Ý kiến độc lập của Tổ công tác» and what follows from it; a later one supersedes.
conclusions = Table(
    "conclusions",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("round", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),  # action of review.state
    Column("verdict", String(20), nullable=False),
    Column("agreed", Text, nullable=False),
    Column("disagreed", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("opinions", JSON, nullable=False),  # ids of all opinions it rests on
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("finding_id", "round", "sequence"),
)

# The thread between ministry and task force.
thread_entries = Table(
    "thread_entries",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("round", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("side", String(10), nullable=False),  # "bo" or "tct"
    Column("kind", String(20), nullable=False),
    Column("explanation", Text, nullable=False),
    Column("text", Text, nullable=False),  # wording of the provision, where one is offered
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("finding_id", "round", "sequence"),
)

meetings = Table(
    "meetings",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("number", Integer, nullable=False),  # 1, 2 … in the campaign
    Column("title", Text, nullable=False),
    Column("sector_group", String(200), nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("begins", String(5), nullable=False),  # "08:30", "" where not set
    Column("place", Text, nullable=False),
    Column("chair", String(200), nullable=False),
    Column("secretary", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("started_at", Utc),
    Column("closed_at", Utc),
    Column("version", Integer, nullable=False),
    Column("written_by", Id),
    Column("written_at", Utc, nullable=False),
    UniqueConstraint("campaign_id", "number"),
)

meeting_items = Table(
    "meeting_items",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    reference("finding_id", "findings.id"),
    Column("position", Integer, nullable=False),
    Column("written_by", Id),
    UniqueConstraint("meeting_id", "finding_id"),
    Index(None, "finding_id"),
)

meeting_attendance = Table(
    "meeting_attendance",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    reference("person_id", "people.id", nullable=True),  # NULL: a representative without account
    Column("name", String(200), nullable=False),
    Column("title", String(200), nullable=False),
    Column("agency", String(40), nullable=False),
    Column("part", String(20), nullable=False),
    Column("present", Boolean, nullable=False),
    Column("written_by", Id),
    Index(None, "meeting_id"),
)

# What the meeting said on one finding; a later row supersedes.
meeting_decisions = Table(
    "meeting_decisions",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    reference("finding_id", "findings.id"),
    Column("sequence", Integer, nullable=False),
    Column("decision", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("agency", String(40), nullable=False),  # who is charged with it
    Column("deadline", Date),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("meeting_id", "finding_id", "sequence"),
)

# The conclusion of the whole meeting; a later row supersedes.
meeting_conclusions = Table(
    "meeting_conclusions",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    Column("sequence", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("meeting_id", "sequence"),
)
