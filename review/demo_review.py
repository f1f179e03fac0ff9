"""The campaign of 2023 as a story: eight meetings by sector group (DOMAIN 1.2)."""

from __future__ import annotations

from datetime import date

from review.demo_stage import Stage
from review.records import MeetingInput

_CAMPAIGN = "2023"
_SECRETARIAT = "thuong.truc"
# 28/6–05/7/2023 (DOMAIN 1.2); which group met on which of these days is invented.
_DAYS = (
    (date(2023, 6, 28), "08:30"),
    (date(2023, 6, 29), "08:30"),
    (date(2023, 6, 29), "14:00"),
    (date(2023, 6, 30), "08:30"),
    (date(2023, 7, 3), "08:30"),
    (date(2023, 7, 4), "08:30"),
    (date(2023, 7, 4), "14:00"),
    (date(2023, 7, 5), "08:30"),
)


def tell(stage: Stage) -> None:
    """Tell the campaign unless it has been told."""
    bench, campaign = stage.workbench, stage.campaign(_CAMPAIGN)
    secretariat = stage.person(_SECRETARIAT)
    if bench.meetings.list(secretariat, campaign.id):
        return
    groups = list(dict.fromkeys(part.sector_group for part in campaign.agencies))
    with stage.on(date(2023, 6, 20)):
        for group, (day, begins) in zip(groups, _DAYS, strict=True):
            bench.meetings.add(
                secretariat,
                campaign.id,
                MeetingInput(
                    title=f"Họp rà soát nhóm {group} (minh họa)",
                    held_on=day,
                    sector_group=group,
                    begins=begins,
                    place="Trụ sở Bộ Tư pháp",
                    chair=secretariat.name,
                    secretary=secretariat.name,
                ),
            )
