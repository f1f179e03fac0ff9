"""Search over provisions, the order of reading, samples of what nothing flagged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from review.store.search import index_of
from review.store.search.fill import fill

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_index(op.f("ix_acts_version_id"), "acts", ["version_id"])
    op.create_index(op.f("ix_provisions_text_key"), "provisions", ["text_key"])
    op.create_table(
        "act_numbers",
        sa.Column("act_id", ID, primary_key=True),
        sa.Column("num", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("tail", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_act_numbers_num_year"), "act_numbers", ["num", "year"])
    op.create_table(
        "reading_order",
        sa.Column("finding_id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], ondelete="CASCADE"),
    )
    op.create_index(
        op.f("ix_reading_order_campaign_id_place"), "reading_order", ["campaign_id", "place"]
    )
    op.create_table(
        "reading_orders",
        sa.Column("campaign_id", ID, primary_key=True),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("learned", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], ondelete="CASCADE"),
    )
    op.create_table(
        "sample_rounds",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("ruleset", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.CheckConstraint("size > 0", name="size"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("campaign_id", "agency", "number"),
    )
    op.create_table(
        "sample_items",
        sa.Column("id", ID, primary_key=True),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("provision_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["sample_rounds.id"]),
        sa.ForeignKeyConstraint(["provision_id"], ["provisions.id"]),
        sa.UniqueConstraint("round_id", "place"),
        sa.UniqueConstraint("round_id", "provision_id"),
    )
    op.create_table(
        "sample_readings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["sample_items.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("item_id", "sequence"),
    )
    op.create_table(
        "dismissals",
        sa.Column("id", ID, primary_key=True),
        sa.Column("provision_id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["provision_id"], ["provisions.id"]),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(
        op.f("ix_dismissals_campaign_id_provision_id"),
        "dismissals",
        ["campaign_id", "provision_id"],
    )
    op.create_table(
        "simulations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_simulations_campaign_id"), "simulations", ["campaign_id"])
    db = op.get_bind()
    index_of(db).create(db)
    fill(db)
