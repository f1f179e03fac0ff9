"""Tables of search and of the order of reading.

The words of provisions stand in ``provision_words``, which each database makes in its own way
(``review.store.search``); the tables here are the same in both.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from review.store.tables.base import Id, Utc, id_column, metadata, reference

# Số hiệu taken apart, so that «nd 61», «61/2015» and «08/2023/tt» find their act.
act_numbers = Table(
    "act_numbers",
    metadata,
    Column("act_id", Id, ForeignKey("acts.id", ondelete="CASCADE"), primary_key=True),
    Column("num", String(20), nullable=False),  # "61", "30a": lower case, no leading zeros
    Column("year", Integer),
    Column("type", String(80), nullable=False),  # name of the type, folded: "nghi dinh"
    Column("tail", String(120), nullable=False),  # folded: "nd-cp"
    Index(None, "num", "year"),
)

# Where each undecided suggestion stands in «nên đọc trước»; made anew by a job.
reading_order = Table(
    "reading_order",
    metadata,
    Column("finding_id", Id, ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    Column("campaign_id", Id, ForeignKey("campaigns.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),  # from 1
    Column("score", Float, nullable=False),  # what the learner gave it; higher is read earlier
    Index(None, "campaign_id", "place"),
)

# From what an order was made: one row a campaign, replaced with the order.
reading_orders = Table(
    "reading_orders",
    metadata,
    Column("campaign_id", Id, ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True),
    Column("decisions", Integer, nullable=False),  # decisions there were
    Column("confirmed", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("learned", Integer, nullable=False),  # 1: the learner had a say
    Column("made_at", Utc, nullable=False),
)

# A random sample of provisions that nothing flagged, drawn in a round for one agency.
sample_rounds = Table(
    "sample_rounds",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("agency", String(40), nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2 … of the agency in the campaign
    Column("size", Integer, nullable=False),
    Column("population", Integer, nullable=False),  # unflagged provisions when it was drawn
    Column("flagged", Integer, nullable=False),  # provisions with a standing finding then
    Column("seed", String(64), nullable=False),
    Column("ruleset", String(80), nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("campaign_id", "agency", "number"),
    CheckConstraint("size > 0", name="size"),
)

sample_items = Table(
    "sample_items",
    metadata,
    id_column(),
    reference("round_id", "sample_rounds.id"),
    reference("provision_id", "provisions.id"),
    Column("place", Integer, nullable=False),
    UniqueConstraint("round_id", "place"),
    UniqueConstraint("round_id", "provision_id"),
)

# What a person read in a sampled provision; a later reading supersedes, none is changed.
sample_readings = Table(
    "sample_readings",
    metadata,
    id_column(),
    reference("item_id", "sample_items.id"),
    Column("sequence", Integer, nullable=False),  # 1, 2 … of the item
    Column("verdict", String(20), nullable=False),  # "khong" or "co"
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    UniqueConstraint("item_id", "sequence"),
)

# «Không phải vướng mắc»: a provision offered for its likeness to confirmed findings, put aside.
dismissals = Table(
    "dismissals",
    metadata,
    id_column(),
    reference("provision_id", "provisions.id"),
    reference("campaign_id", "campaigns.id"),
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "campaign_id", "provision_id"),
)

# Filters that a person keeps under a name: rows supersede, the newest of a name counts.
saved_filters = Table(
    "saved_filters",
    metadata,
    id_column(),
    reference("person_id", "people.id"),
    Column("page", String(40), nullable=False),  # address of the page, "tra-cuu"
    Column("name", String(80), nullable=False),
    Column("address", JSON, nullable=False),  # names and values of the address
    Column("removed", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "person_id", "page", "name"),
)

# Finished replays of a campaign: curves and figures, as the job wrote them.
simulations = Table(
    "simulations",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("result", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "campaign_id"),
)
