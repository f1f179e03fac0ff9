"""What the first start in demo mode prepares: people, two campaigns, the sample acts screened.

``tell`` goes on from there: each stage is a module of its own that writes through the services what
people would have done. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

import corpus
from review.demo import lists, programme, review
from review.demo.stage import Stage
from review.people.accounts import DEMO_PASSWORD
from review.people.permission import check
from review.records import (
    ActFilter,
    CampaignAgency,
    CampaignInput,
    CampaignView,
    LoadReport,
    Membership,
    PageRequest,
    Person,
)
from review.workbench import Workbench

Progress = Callable[[int, int, str], None]
Tell = Callable[[Stage], None]

# In this order: what comes later may rest on what came before. A stage told once is left alone.
STAGES: tuple[tuple[str, Tell], ...] = (
    ("Đợt rà soát 2023", review.tell),
    ("Đợt rà soát 2026", review.tell_today),
    ("Chương trình và thời hạn", programme.tell),
    ("Phụ lục, nguồn, thủ tục, nhiệm vụ", lists.tell),
)

_DATA = Path(__file__).with_name("first_start.yaml")
_SAMPLES = Path(corpus.__file__).parent / "samples"
_SAMPLE_FORMATS = {".txt", ".docx", ".html"}
_CAMPAIGN_OF_SAMPLES = "2026"


def prepare(workbench: Workbench, progress: Progress | None = None) -> LoadReport:
    """Create what is missing; a second call finds everything there and is quick.

    Raises RS-403 outside demo mode. Returns the load report of the samples loaded now.
    """
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    operator = workbench.people.operator()
    _add_people(workbench, operator, data["people"])
    campaigns = _add_campaigns(workbench, operator, data["campaigns"])
    return _load_samples(
        workbench, operator, campaigns[_CAMPAIGN_OF_SAMPLES], data["assignments"], progress
    )


def tell(workbench: Workbench, progress: Progress | None = None) -> None:
    """Tell the stages that have not been told; ``prepare`` comes first."""
    check(workbench.people.operator(), "library.load_paths")
    for number, (name, told) in enumerate(STAGES):
        if progress:
            progress(number, len(STAGES), name)
        told(Stage(workbench))


def _add_people(workbench: Workbench, operator: Person, entries: list[dict[str, Any]]) -> None:
    known = {person.username for person in workbench.people.list_people(operator)}
    for entry in entries:
        if entry["username"] not in known:
            workbench.people.create(
                operator,
                entry["username"],
                entry["name"],
                DEMO_PASSWORD,
                tuple(Membership(role, agency) for role, agency in entry["memberships"]),
                entry["title"],
                entry.get("unit", ""),
                demo=True,
            )


def _add_campaigns(
    workbench: Workbench, operator: Person, entries: list[dict[str, Any]]
) -> dict[str, CampaignView]:
    campaigns = {view.code: view for view in workbench.campaigns.list(operator)}
    for entry in entries:
        if entry["code"] not in campaigns:
            group_of = {
                code: group
                for group, codes in entry.get("sector_groups", {}).items()
                for code in codes
            }
            agencies = tuple(
                CampaignAgency(
                    code, workbench.agencies.name(code), None, order, group_of.get(code, "")
                )
                for order, code in enumerate(entry["agencies"], 1)
            )
            campaigns[entry["code"]] = workbench.campaigns.add(
                operator,
                CampaignInput(
                    code=entry["code"],
                    name=entry["name"],
                    basis_date=entry["basis_date"],
                    deadline=entry["deadline"],
                    cutoff=entry.get("cutoff"),
                    documents=tuple(entry["documents"]),
                    agencies=agencies,
                ),
            )
    return campaigns


def _load_samples(
    workbench: Workbench,
    operator: Person,
    campaign: CampaignView,
    assignments: dict[str, str],
    progress: Progress | None,
) -> LoadReport:
    check(operator, "library.load_paths")
    wanted = ActFilter(campaign.id)
    if workbench.library.acts(operator, wanted, PageRequest(size=1)).total:
        return LoadReport()
    paths = sorted(path for path in _SAMPLES.iterdir() if path.suffix in _SAMPLE_FORMATS)

    def told(done: int, _total: int, source: str) -> None:
        if progress:
            progress(done, len(paths), source)

    report = workbench.library.load_paths(operator, paths, campaign.id, told)
    for row in workbench.library.acts(operator, wanted, PageRequest(size=500)).items:
        agency = assignments.get(row.number)
        if agency and not row.agency:
            workbench.library.assign(operator, row.id, row.version, agency)
    return report
