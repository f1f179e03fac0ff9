"""The campaign of 2023 as a story, and what became of its ministries (DOMAIN 1.2, 1.3 and 7.1).

Written through the services with the clock of the day, by people of the ministries of then; the
data is ``review.yaml``.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

import corpus
from review.demo.course import Courses, Traveller
from review.demo.stage import Stage
from review.errors import NotFound
from review.records import (
    ActFilter,
    CampaignView,
    FindingFilter,
    FindingRow,
    MeetingInput,
    MeetingView,
    Membership,
    PageRequest,
    Person,
)
from review.state import DECIDED
from review.workbench import Workbench

_CAMPAIGN, _TODAY = "2023", "2026"
_DATA = Path(__file__).with_name("review.yaml")
_ACTS = Path(corpus.__file__).parent / "samples" / "dot-2023"
_SECRETARIAT = "thuong.truc"
_MEMBERS = {"BTP": "tct.btp", "BCA": "tct.bca", "VPCP": "tct.vpcp"}
_ALL = PageRequest(size=500)
# What members say before the meetings, what follows them.
_BEFORE = ("ask", "reject", "confirm", "reply", "propose", "approve", "submit", "opinions", "open")
_AFTER = (
    "conclude", "send_back", "answer", "resubmit", "opinions_again", "escalate", "rule",
)  # fmt: skip


def tell(stage: Stage) -> None:
    """Tell the campaign unless it has been told."""
    bench, campaign = stage.workbench, stage.campaign(_CAMPAIGN)
    if bench.library.acts(stage.operator, ActFilter(campaign.id)).total:
        return
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    with stage.on(data["loaded"]):
        leads = _people(stage, data)
        _load(stage, campaign, data)
    secretariat = stage.person(_SECRETARIAT)
    courses = Courses(stage, data["days"], data["promised"], secretariat, _speakers(stage, data))
    travellers = travellers_of(bench, campaign, data["courses"], leads)
    courses.take(travellers, *_BEFORE)
    _sign_off(stage, campaign, data, leads)
    _meet(stage, campaign, data["meetings"], secretariat)
    courses.take(travellers, "conclude")
    _report(stage, campaign, data["submissions"], leads, secretariat)
    courses.take(travellers, *_AFTER[1:])
    _add_late(stage, campaign, data["after_cutoff"], leads)
    _merge(stage, data)


def tell_today(stage: Stage) -> None:
    """Begin the campaign of 2026: some ministries are far, most sample acts are untouched."""
    bench, campaign = stage.workbench, stage.campaign(_TODAY)
    # Whatever anybody has done there is theirs: the demo adds nothing to it.
    begun = FindingFilter(campaign_id=campaign.id, states=("can_hoi", *DECIDED))
    if bench.findings.queue(stage.operator, begun).total:
        return
    secretariat = stage.person(_SECRETARIAT)
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    today = data["today"]
    leads = {
        agency: (stage.person(by), stage.person(lead))
        for agency, (by, lead) in today["people"].items()
    }
    assert campaign.deadline is not None
    courses = Courses(stage, {}, campaign.deadline, secretariat, _speakers(stage, data))
    courses.take(travellers_of(bench, campaign, today["courses"], leads), *_BEFORE, *_AFTER)
    for agency, numbers in today["assigned"].items():
        by, lead = leads[agency]
        rows = bench.library.acts(lead, ActFilter(campaign.id, agency=agency), _ALL).items
        wanted = [row.id for row in rows if row.number in numbers]
        bench.assignments.assign(lead, wanted, by.id)
    _leave(stage, campaign, today["departed"], leads)
    _triage(stage, campaign, today, leads)
    for agency in today["reports_begun"]:
        bench.submissions.start(leads[agency][1], campaign.id, agency, 0)
    entered = MeetingInput(
        title=today["meeting"]["title"],
        held_on=bench.store.today() + timedelta(days=today["meeting"]["in_days"]),
        agencies=tuple(today["meeting"]["agencies"]),
        begins=today["meeting"]["begins"],
        place=data["meetings"]["place"],
        chair=data["meetings"]["chair"],
        secretary=secretariat.name,
    )
    bench.meetings.add(secretariat, campaign.id, entered)


def _leave(
    stage: Stage,
    campaign: CampaignView,
    entry: Mapping[str, Any],
    leads: Mapping[str, tuple[Person, Person]],
) -> None:
    """Somebody had an act and is gone: the work waits to be handed over."""
    bench, lead = stage.workbench, leads[entry["agency"]][1]
    gone = _person(stage, entry, "nguoi_ra_soat", entry["title"])
    rows = bench.library.acts(lead, ActFilter(campaign.id, agency=entry["agency"]), _ALL).items
    wanted = [row.id for row in rows if row.number in entry["acts"]]
    bench.assignments.assign(lead, wanted, gone.id)
    bench.people.deactivate(stage.operator, gone.id)


def _triage(
    stage: Stage,
    campaign: CampaignView,
    today: Mapping[str, Any],
    leads: Mapping[str, tuple[Person, Person]],
) -> None:
    """Merge a repeated demand, decide once for one wording, claim what is worked on now."""
    bench = stage.workbench

    def found(person: Person, number: str, label: str = "") -> list[FindingRow]:
        wanted = FindingFilter(campaign_id=campaign.id, states=("goi_y",))
        rows = bench.findings.queue(person, wanted, _ALL).items
        return [row for row in rows if row.number == number and row.label.startswith(label)]

    entry = today["merged"]
    by, lead = leads[entry["agency"]]
    child, parent = (found(lead, *entry[name])[0] for name in ("child", "parent"))
    bench.duplicates.merge(lead, child.id, child.version, parent.id, entry["note"])
    entry = today["together"]
    for number, title in entry["acts"].items():
        year = number.split("/")[1]
        words = entry["words"].format(number=number, title=title, year=year)
        stage.load(lead, _TODAY, number, words)
    same = bench.same_wording.of(lead, found(lead, number)[0].id)
    chosen = [(row.id, row.version) for row in same]
    bench.same_wording.apply(lead, chosen, "confirm", note=entry["note"])
    for row in found(by, today["claimed"]["number"])[: today["claimed"]["count"]]:
        bench.claims.claim(by, row.id)


def _speakers(stage: Stage, data: Mapping[str, Any]) -> dict[str, Person]:
    members = {code: stage.person(name) for code, name in _MEMBERS.items()}
    return {**members, "CG": stage.person(data["expert"])}


def _people(stage: Stage, data: Mapping[str, Any]) -> dict[str, tuple[Person, Person]]:
    """Return by ministry who reviews and who signs; who is added gets no sign-in button."""
    leads = {}
    for entry in data["people"]:
        lead = _person(stage, entry, "phap_che_bo", data["lead_title"], data["lead_unit"])
        leads[entry["agency"]] = (lead, lead)
    for agency, (by, lead) in data["existing"].items():
        leads[agency] = (stage.person(by), stage.person(lead))
    return leads


def _person(
    stage: Stage, entry: Mapping[str, str], role: str, title: str, unit: str = ""
) -> Person:
    """Return the person; an earlier start that was broken off may have added them."""
    try:
        return stage.person(entry["username"])
    except NotFound:
        return stage.workbench.people.create(
            stage.operator,
            entry["username"],
            entry["name"],
            secrets.token_urlsafe(24),
            (Membership(role, entry["agency"]),),
            title,
            unit,
        )


def _load(stage: Stage, campaign: CampaignView, data: Mapping[str, Any]) -> None:
    library = stage.workbench.library
    library.load_paths(stage.operator, sorted(_ACTS.glob("*.txt")), campaign.id)
    for row in library.acts(stage.operator, ActFilter(campaign.id), _ALL).items:
        if agency := data["assignments"].get(row.number):
            library.assign(stage.operator, row.id, row.version, agency)


def travellers_of(
    bench: Workbench,
    campaign: CampaignView,
    courses: Mapping[str, Sequence[str]],
    leads: Mapping[str, tuple[Person, Person]],
) -> list[Traveller]:
    """Return the findings of the campaign with their courses, by act in the order of its text."""
    found = defaultdict(list)
    queue = bench.findings.queue(
        bench.people.operator(), FindingFilter(campaign_id=campaign.id), _ALL
    )
    for row in queue.items:
        found[row.number].append(row)
    return [
        Traveller(row.id, course, *leads[row.agency])
        for number, names in courses.items()
        for row, course in zip(found[number], names, strict=False)
    ]


def _sign_off(
    stage: Stage,
    campaign: CampaignView,
    data: Mapping[str, Any],
    leads: Mapping[str, tuple[Person, Person]],
) -> None:
    library = stage.workbench.library
    with stage.on(data["days"]["submit"], 16):
        for row in library.acts(stage.operator, ActFilter(campaign.id), _ALL).items:
            if row.number in data["clean"]:
                library.sign_off(leads[row.agency][0], row.id, "Không có yêu cầu giấy tờ.")


def _meet(
    stage: Stage, campaign: CampaignView, data: Mapping[str, Any], secretariat: Person
) -> None:
    """Hold the eight meetings; what each says on a finding follows from how far that had come."""
    meetings = stage.workbench.meetings
    groups = list(dict.fromkeys(part.sector_group for part in campaign.agencies))
    called = []
    with stage.on(data["called"], 15):
        for group, moment in zip(groups, data["days"], strict=True):
            begins = datetime.fromisoformat(moment)
            entered = MeetingInput(
                title=f"Họp rà soát nhóm {group} (minh họa)",
                held_on=begins.date(),
                sector_group=group,
                begins=f"{begins:%H:%M}",
                place=data["place"],
                chair=data["chair"],
                secretary=secretariat.name,
            )
            called.append((meetings.add(secretariat, campaign.id, entered), begins))
    for meeting, begins in called:
        with stage.on(begins.date(), begins.hour, begins.minute):
            opened = _open(stage, secretariat, meeting)
        with stage.on(begins.date(), begins.hour + 2):
            for item in opened.agenda:
                said = data["decisions"][item.finding.state]
                meetings.decide(secretariat, opened.row.id, item.finding.id, **said)
            text = data["conclusion"].format(group=opened.row.input.sector_group)
            meetings.conclude(secretariat, opened.row.id, text)
            meetings.close(secretariat, opened.row.id, opened.row.version)


def _open(stage: Stage, secretariat: Person, meeting: MeetingView) -> MeetingView:
    meetings = stage.workbench.meetings
    filled = meetings.fill(secretariat, meeting.row.id, meeting.row.version)
    present = [replace(one, present=True) for one in filled.attendance]
    there = meetings.attend(secretariat, filled.row.id, filled.row.version, present)
    return meetings.start(secretariat, there.row.id, there.row.version)


def _report(
    stage: Stage,
    campaign: CampaignView,
    data: Mapping[str, Any],
    leads: Mapping[str, tuple[Person, Person]],
    secretariat: Person,
) -> None:
    """Let the ministries send their reports, some late, some not at all."""
    submissions = stage.workbench.submissions
    taken = {
        "started": (submissions.start, False),
        "sent": (submissions.send, False),
        "given_back": (submissions.give_back, True),
        "sent_again": (submissions.send, False),
        "received": (submissions.receive, True),
        "consolidated": (submissions.consolidate, True),
    }
    steps = sorted(
        (day, place, agency, step)
        for agency, entry in data.items()
        for place, step in enumerate(taken)
        if (day := entry.get(step))
    )
    for day, _, agency, step in steps:
        take, by_secretariat = taken[step]
        person = secretariat if by_secretariat else leads[agency][1]
        with stage.on(day, 10):
            version = submissions.get(person, campaign.id, agency).version
            note = {"note": data[agency]["note"]} if step == "given_back" else {}
            take(person, campaign.id, agency, version, **note)


def _add_late(
    stage: Stage,
    campaign: CampaignView,
    data: Mapping[str, Any],
    leads: Mapping[str, tuple[Person, Person]],
) -> None:
    """A finding recognised after the cut-off: «phát sinh sau thời điểm báo cáo»."""
    bench, by = stage.workbench, leads[data["agency"]][0]
    wanted = ActFilter(campaign.id, text=data["number"])
    act = bench.library.act(by, bench.library.acts(by, wanted).items[0].id)
    provision = next(unit for unit in act.provisions if unit.path == data["path"])
    with stage.on(data["day"]):
        bench.findings.add_manual(
            by, provision.id, data["category"], data["quote"], data["severity"], data["note"]
        )


def _merge(stage: Stage, data: Mapping[str, Any]) -> None:
    """Ministries merge: acts follow to the successor, and so do the people."""
    people = stage.workbench.people
    day: date = data["merged"]
    with stage.on(day):
        stage.workbench.successions.follow(stage.operator)
        for entry in data["people"]:
            if after := entry.get("after"):
                person = stage.person(entry["username"])
                people.set_memberships(
                    stage.operator, person.id, (Membership("phap_che_bo", after),)
                )
