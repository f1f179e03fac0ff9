"""Chương trình và thời hạn: countdown, projects, calendar, what lapses, and the check of texts."""

from __future__ import annotations

from collections.abc import Callable

from review.components import (
    checking,
    filters,
    links,
    programme_board,
    programme_calendar,
    programme_durations,
    programme_lapse,
    programme_project,
    programme_projects,
)
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, Person
from review.workbench import Workbench

Part = Callable[[Workbench, Person, CampaignView], None]


def _projects(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    project_id = links.integer(links.PROJECT)
    if project_id is None:
        programme_projects.draw(bench, person, campaign)
    else:
        programme_project.draw(bench, person, campaign, project_id)


def _durations(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    programme_durations.draw(bench, person)


# Part of the address: name in the catalogue, the action that opens it, what draws it.
PARTS: dict[str, tuple[str, str, Part]] = {
    "": ("board", "instruments.board", programme_board.draw),
    "du-an": ("projects", "projects.board", _projects),
    "lich": ("calendar", "agenda.events", programme_calendar.draw),
    "het-han": ("lapse", "lapses.rules", programme_lapse.draw),
    "kiem-lai": ("check", "closing.examine", checking.draw),
    "thoi-gian": ("durations", "projects.durations", _durations),
}
# What one part writes into the address means nothing, or something else, in another.
_RESETS = (
    links.PAGE, links.PROJECT, links.MONTH, links.STATE, links.RISK, links.TYPE, links.YEAR,
    links.RULE, links.CATEGORY, links.DUE_WITHIN, links.PART, links.ACT,
)  # fmt: skip


def render(bench: Workbench, person: Person) -> None:
    """Draw the part that the address names, of those the person may see."""
    campaign = filters.campaign_head(bench, person, say("programme.heading"))
    if campaign is None:
        return
    parts = {
        code: say(f"programme.view_{name}")
        for code, (name, action, _) in PARTS.items()
        if allows(person, action)
    }
    chosen = links.switch(say("programme.views"), links.VIEW, parts, resets=_RESETS)
    PARTS[chosen][2](bench, person, campaign)
