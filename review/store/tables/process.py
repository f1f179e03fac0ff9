"""Tables of the process around findings: who works on what, questions, merges, sets, submissions.

Every table takes new rows only. Where something has a present state (who holds a finding, what
became of a report) it is the row with the highest ``sequence``; two people who write at once meet
the unique constraint, so one of them is told.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from review.store.tables.base import Utc, id_column, metadata, reference

assignments = Table(
    "assignments",
    metadata,
    id_column(),
    reference("act_id", "acts.id"),
    Column("sequence", Integer, nullable=False),
    reference("person_id", "people.id", nullable=True),  # NULL: given back
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Unique("act_id", "sequence"),
    Index(None, "person_id"),
)

claims = Table(
    "claims",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("sequence", Integer, nullable=False),
    reference("person_id", "people.id", nullable=True),  # NULL: let go
    Column("until", Utc, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Unique("finding_id", "sequence"),
    Index(None, "person_id", "until"),
)

questions = Table(
    "questions",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("sequence", Integer, nullable=False),
    reference("person_id", "people.id", nullable=True),  # NULL: any colleague of the agency
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Unique("finding_id", "sequence"),
    Index(None, "person_id"),
    Index(None, "written_by"),
)

answers = Table(
    "answers",
    metadata,
    id_column(),
    reference("question_id", "questions.id"),
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "question_id"),
)

merges = Table(
    "merges",
    metadata,
    id_column(),
    reference("child_id", "findings.id"),
    Column("sequence", Integer, nullable=False),
    reference("parent_id", "findings.id", nullable=True),  # NULL: taken apart again
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Unique("child_id", "sequence"),
    Index(None, "parent_id"),
)

decision_sets = Table(
    "decision_sets",
    metadata,
    id_column(),
    Column("set_id", String(32), nullable=False),
    reference("finding_id", "findings.id"),
    Column("finding_version", Integer, nullable=False),  # after the decision
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Unique("set_id", "finding_id"),
    Index(None, "finding_id"),
)

snapshots = Table(
    "snapshots",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("agency", String(40), nullable=False),
    Column("content", Text, nullable=False),  # canonical JSON, hashed as it stands
    Column("digest", String(64), nullable=False),  # SHA-256 of the content in UTF-8
    Column("acts", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "campaign_id", "agency"),
)

submissions = Table(
    "submissions",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("agency", String(40), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("action", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("deadline", Date),  # as it stood on that day
    Column("late", Boolean, nullable=False),
    reference("snapshot_id", "snapshots.id", nullable=True),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Unique("campaign_id", "agency", "sequence"),
)

handovers = Table(
    "handovers",
    metadata,
    id_column(),
    reference("from_id", "people.id"),
    reference("to_id", "people.id"),
    Column("agency", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("moved", JSON, nullable=False),  # {"acts": n, "claims": n, "questions": n, "drafts": n}
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "from_id"),
)

ALL = (
    assignments,
    claims,
    questions,
    answers,
    merges,
    decision_sets,
    snapshots,
    submissions,
    handovers,
)
