"""Files that ministries sent, as the store remembers them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from review.exchange.records import SentFile
from review.records import Person
from review.store import tables as t


def add_file(
    db: Connection, person: Person, campaign_id: int, file: SentFile, now: datetime
) -> int:
    """Log a file that ``person`` brings in; return its id."""
    return db.execute(
        insert(t.exchange_imports).values(
            campaign_id=campaign_id,
            kind=file.kind,
            filename=file.filename,
            digest=file.digest,
            rows=file.rows,
            at=now,
            written_by=person.id,
        )
    ).inserted_primary_key[0]
