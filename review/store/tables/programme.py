"""Tables of the programme: projects and their steps, instruments due, work lists, verification."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from review.store.tables.base import Id, Utc, id_column, metadata, reference

projects = Table(
    "projects",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("title", Text, nullable=False),
    Column("kind", String(40), nullable=False),  # code of programme/steps.yaml
    Column("agency", String(40), nullable=False),  # lead
    Column("co_agencies", JSON, nullable=False),
    Column("year", Integer, nullable=False),  # of the programme
    Column("basis", Text, nullable=False),  # the document that assigns it
    Column("number", String(120), nullable=False),  # of the issued act, "" before
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("written_by", Id),
    Column("written_at", Utc, nullable=False),
    Index(None, "campaign_id", "agency"),
)

project_steps = Table(
    "project_steps",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    Column("step", String(40), nullable=False),
    Column("planned", Date),
    Column("done", Date),
    Column("session", String(80), nullable=False),  # of the National Assembly; "" where none
    Column("written_by", Id),
    UniqueConstraint("project_id", "step"),
)

project_findings = Table(
    "project_findings",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    reference("finding_id", "findings.id"),
    Column("at", Utc, nullable=False),
    Column("written_by", Id),
    UniqueConstraint("finding_id"),  # one project carries a provision's amendment
    Index(None, "project_id"),
)

instruments = Table(
    "instruments",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("key", String(160), nullable=False),  # comparable number, else comparable name
    Column("number", String(160), nullable=False),
    Column("title", Text, nullable=False),
    Column("type", String(80), nullable=False),
    Column("agency", String(40), nullable=False),
    Column("due", Date, nullable=False),  # the amendment must be in force before this day
    Column("origin", Text, nullable=False),  # annex row, or that a finding was confirmed
    reference("project_id", "projects.id", nullable=True),
    Column("version", Integer, nullable=False),
    Column("written_by", Id),
    Column("written_at", Utc, nullable=False),
    UniqueConstraint("campaign_id", "key"),
    Index(None, "project_id"),
)

step_durations = Table(
    "step_durations",
    metadata,
    id_column(),
    Column("kind", String(40), nullable=False),
    Column("step", String(40), nullable=False),
    Column("days", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "kind", "step"),
)

worklists = Table(
    "worklists",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("doubts", JSON, nullable=False),  # what of the file was not understood
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("campaign_id", "digest"),
)

worklist_rows = Table(
    "worklist_rows",
    metadata,
    id_column(),
    reference("worklist_id", "worklists.id"),
    Column("position", Integer, nullable=False),
    Column("annex", String(4), nullable=False),
    Column("place", Text, nullable=False),
    Column("cells", JSON, nullable=False),  # as printed, by column
    Column("printed", JSON, nullable=False, server_default="[]"),  # [[heading, cell], …]
    Column("sources", JSON, nullable=False),  # ids of the databases named
    Column("owner", String(40), nullable=False),
    Column("acts", JSON, nullable=False),
    Column("targets", JSON, nullable=False),  # [[act, path], …]
    Column("state", String(20), nullable=False),  # code of worklist.MATCHES
    Column("found", JSON, nullable=False),  # [{act_id, path, provision_id, finding_id}, …]
    Column("matched_at", Utc),
    UniqueConstraint("worklist_id", "position"),
    Index(None, "worklist_id", "state"),
)

name_aliases = Table(
    "name_aliases",
    metadata,
    id_column(),
    Column("kind", String(20), nullable=False),  # code of alias.KINDS
    Column("said", Text, nullable=False),  # as it is printed
    Column("comparable", Text, nullable=False),  # without case, marks and punctuation
    Column("means", JSON, nullable=False),  # ids; the newest row counts, [] takes it back
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "kind", "comparable"),
)

verifications = Table(
    "verifications",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    reference("amending_act_id", "acts.id"),
    Column("issued", Boolean, nullable=False),  # False: a draft was held against the finding
    Column("outcome", String(20), nullable=False),  # code of verification.OUTCOMES
    Column("old_text", Text, nullable=False),
    Column("new_text", Text, nullable=False),
    Column("missed", JSON, nullable=False),  # words that still demand the paper
    Column("operations", JSON, nullable=False),  # what the amending act does to the provision
    reference("version_id", "act_versions.id", nullable=True),  # the text it became
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "finding_id"),
    Index(None, "amending_act_id"),
)

source_figures = Table(
    "source_figures",
    metadata,
    id_column(),
    Column("source", String(20), nullable=False),  # id of sources.yaml
    Column("on", Date, nullable=False),
    Column("readiness", Integer),  # D0–D3 as of that day; NULL: not said
    Column("name", Text, nullable=False),
    Column("value", Float),
    Column("unit", String(60), nullable=False),
    Column("document", Text, nullable=False),  # where the figure stands
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "source", "on"),
)

procedures = Table(
    "procedures",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("code", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("agency", String(40), nullable=False),
    Column("decision", String(160), nullable=False),  # that publishes it, "" while none
    Column("published", Date),
    Column("uses_data", Boolean),  # NĐ 104/2022 Đ15.1: says that data is read first; NULL: open
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("written_by", Id),
    Column("written_at", Utc, nullable=False),
    UniqueConstraint("campaign_id", "code", "agency"),
)

procedure_findings = Table(
    "procedure_findings",
    metadata,
    id_column(),
    reference("procedure_id", "procedures.id"),
    reference("finding_id", "findings.id"),
    Column("at", Utc, nullable=False),
    Column("written_by", Id),
    UniqueConstraint("procedure_id", "finding_id"),
    Index(None, "finding_id"),
)

procedure_dossiers = Table(
    "procedure_dossiers",
    metadata,
    id_column(),
    reference("procedure_id", "procedures.id"),
    Column("components", JSON, nullable=False),  # [{text, suggestions: […]}, …]
    Column("suggestions", Integer, nullable=False, server_default="0"),  # over all papers
    Column("bases", JSON, nullable=False),  # numbers of the acts it is based on
    Column("ruleset", String(80), nullable=False),
    Column("document", Text, nullable=False),  # the file it was read from
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "procedure_id"),
)

publications = Table(
    "publications",
    metadata,
    id_column(),
    reference("procedure_id", "procedures.id"),
    Column("province", String(40), nullable=False),  # code of provinces.yaml
    Column("decision", String(160), nullable=False),
    Column("published", Date),
    Column("uses_data", Boolean),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "procedure_id", "province"),
)

tasks = Table(
    "tasks",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("code", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("section", String(40), nullable=False),  # of the thematic report
    Column("agency", String(40), nullable=False),
    Column("due", Date),
    Column("state", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("written_by", Id),
    Column("written_at", Utc, nullable=False),
    UniqueConstraint("campaign_id", "code"),
)

task_figures = Table(
    "task_figures",
    metadata,
    id_column(),
    reference("task_id", "tasks.id"),
    Column("on", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("unit", String(60), nullable=False),
    Column("document", Text, nullable=False),
    Column("confidence", String(30), nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "task_id", "on"),
)

feeds = Table(
    "feeds",
    metadata,
    id_column(),
    reference("person_id", "people.id"),
    Column("secret_hash", String(64), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("withdrawn_at", Utc),
    Column("written_by", Id),
    UniqueConstraint("secret_hash"),
    Index(None, "person_id"),
)

saving_inputs = Table(
    "saving_inputs",
    metadata,
    id_column(),
    reference("finding_id", "findings.id"),
    Column("values", JSON, nullable=False),  # assumption code → number, where it differs
    Column("volume", Float),  # procedures a year; NULL: not known, no estimate
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "finding_id"),
)
