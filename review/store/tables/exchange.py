"""Tables of the way back: files that came in, each change taken from them, remembered columns."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from review.store.tables.base import Utc, id_column, metadata, reference

exchange_imports = Table(
    "exchange_imports",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns.id"),
    Column("kind", String(20), nullable=False),  # "bm-03", "danh-sach"
    Column("filename", Text, nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of the file that came in
    Column("rows", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "campaign_id"),
)

exchange_changes = Table(
    "exchange_changes",
    metadata,
    id_column(),
    reference("import_id", "exchange_imports.id"),
    reference("finding_id", "findings.id"),
    Column("field", String(40), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("place", Integer, nullable=False),  # row in the file
    Column("version", Integer, nullable=False),  # of the proposal that now holds it
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "import_id"),
    Index(None, "finding_id"),
)

exchange_mappings = Table(
    "exchange_mappings",
    metadata,
    id_column(),
    Column("agency", String(40), nullable=False),
    Column("signature", String(64), nullable=False),  # SHA-256 of the folded headings
    Column("columns", JSON, nullable=False),  # field → place of the column, from 0
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "agency", "signature"),
)
