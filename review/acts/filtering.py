"""Which acts a list is about: those a person may see, of a campaign, of an agency."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, true

from review.store import tables as t

NOBODYS: Final = "-"  # what a filter says for acts that no agency is responsible for


def in_scope(agencies: frozenset[str] | None) -> ColumnElement[bool]:
    """Acts of these agencies; None means all."""
    return true() if agencies is None else t.acts.c.agency.in_(sorted(agencies))


def asked_for(campaign_id: int | None, agency: str) -> list[ColumnElement[bool]]:
    """Acts of one campaign and one agency (``NOBODYS``: of none); None and "" mean all."""
    found = []
    if campaign_id is not None:
        found.append(t.acts.c.campaign_id == campaign_id)
    if agency:
        found.append(t.acts.c.agency == ("" if agency == NOBODYS else agency))
    return found
