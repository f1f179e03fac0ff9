"""A provision with its act, as lists of provisions show it."""

from __future__ import annotations

from typing import Final

from review.store import tables as t

PLACE_COLUMNS: Final = (
    t.provisions.c.id,
    t.provisions.c.version_id,
    t.provisions.c.lineage,
    t.provisions.c.path,
    t.provisions.c.label,
    t.provisions.c.text,
    t.acts.c.id.label("act_id"),
    t.acts.c.identity,
    t.acts.c.campaign_id,
    t.acts.c.number,
    t.acts.c.title,
    t.acts.c.agency,
)
