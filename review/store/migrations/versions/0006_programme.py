"""Projects, instruments due, work lists, verification, figures of sources and tasks, savings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("act_versions", sa.Column("since", sa.Date()))
    op.create_table(
        "procedures",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=160), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("uses_data", sa.Boolean()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", ID),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.UniqueConstraint("campaign_id", "code", "agency"),
    )
    op.create_table(
        "projects",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("co_agencies", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", ID),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
    )
    op.create_index(op.f("ix_projects_campaign_id_agency"), "projects", ["campaign_id", "agency"])
    op.create_table(
        "source_figures",
        sa.Column("id", ID, primary_key=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("readiness", sa.Integer()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_source_figures_source_on"), "source_figures", ["source", "on"])
    op.create_table(
        "step_durations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_step_durations_kind_step"), "step_durations", ["kind", "step"])
    op.create_table(
        "tasks",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", ID),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.UniqueConstraint("campaign_id", "code"),
    )
    op.create_table(
        "worklists",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("campaign_id", "digest"),
    )
    op.create_table(
        "instruments",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("number", sa.String(length=160), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("project_id", ID),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", ID),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.UniqueConstraint("campaign_id", "key"),
    )
    op.create_index(op.f("ix_instruments_project_id"), "instruments", ["project_id"])
    op.create_table(
        "project_steps",
        sa.Column("id", ID, primary_key=True),
        sa.Column("project_id", ID, nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("planned", sa.Date()),
        sa.Column("done", sa.Date()),
        sa.Column("written_by", ID),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.UniqueConstraint("project_id", "step"),
    )
    op.create_table(
        "task_figures",
        sa.Column("id", ID, primary_key=True),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_task_figures_task_id_on"), "task_figures", ["task_id", "on"])
    op.create_table(
        "worklist_rows",
        sa.Column("id", ID, primary_key=True),
        sa.Column("worklist_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("annex", sa.String(length=4), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("matched_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["worklist_id"], ["worklists.id"]),
        sa.UniqueConstraint("worklist_id", "position"),
    )
    op.create_index(
        op.f("ix_worklist_rows_worklist_id_state"), "worklist_rows", ["worklist_id", "state"]
    )
    op.create_table(
        "procedure_findings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("procedure_id", ID, nullable=False),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedures.id"]),
        sa.UniqueConstraint("procedure_id", "finding_id"),
    )
    op.create_index(op.f("ix_procedure_findings_finding_id"), "procedure_findings", ["finding_id"])
    op.create_table(
        "project_findings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("project_id", ID, nullable=False),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.UniqueConstraint("finding_id"),
    )
    op.create_index(op.f("ix_project_findings_project_id"), "project_findings", ["project_id"])
    op.create_table(
        "saving_inputs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("volume", sa.Float()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_saving_inputs_finding_id"), "saving_inputs", ["finding_id"])
    op.create_table(
        "verifications",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("amending_act_id", ID, nullable=False),
        sa.Column("issued", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("old_text", sa.Text(), nullable=False),
        sa.Column("new_text", sa.Text(), nullable=False),
        sa.Column("missed", sa.JSON(), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("version_id", ID),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["amending_act_id"], ["acts.id"]),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["version_id"], ["act_versions.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_verifications_amending_act_id"), "verifications", ["amending_act_id"])
    op.create_index(op.f("ix_verifications_finding_id"), "verifications", ["finding_id"])
