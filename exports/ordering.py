"""The order in which acts and findings are printed, the same in Word and in Excel."""

from __future__ import annotations

from exports import collation, terms
from review.reports.records import ActLine, FindingLine, ReportData


def acts(data: ReportData) -> list[ActLine]:
    """Return the acts by ministry (Vietnamese alphabet), rank of their type, and number."""
    names = terms.load()

    def order(act: ActLine) -> tuple[object, ...]:
        agency = collation.key(data.agencies.get(act.agency_code, act.agency_code))
        rank = names.types.index(names.type_of(act.type))
        return agency, rank, collation.key(act.number), act.act_id

    return sorted(data.acts, key=order)


def findings(data: ReportData) -> list[FindingLine]:
    """Return the findings act by act; within an act they keep their order in the text."""
    place = {act.act_id: index for index, act in enumerate(acts(data))}
    return sorted(data.findings, key=lambda line: place[line.act_id])
