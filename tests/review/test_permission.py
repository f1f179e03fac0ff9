"""The table of roles and actions is complete and says what was decided, method by method."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

from review.errors import Forbidden
from review.people.permission import TABLE, Table, allows, belongs, check, scope
from review.records import Membership, Person
from review.settings import Settings
from review.store.engine import Store
from review.workbench import Workbench


def services(bench: Workbench) -> dict[str, object]:
    """Everything the workbench holds but the store, the settings: a new service is seen at once."""
    return {name: held for name, held in vars(bench).items() if name not in ("settings", "store")}


# Public methods without an entry of their own, and why that is safe.
NEEDS_NO_ENTRY = {
    "people.sign_in": "opens the session",
    "people.sign_in_by": "opens the session for whom the identity server vouches",
    "people.person_of": "needs the session's token",
    "people.sign_out": "needs the session's token",
    "people.demo_accounts": "the sign-in buttons of demo mode",
    "people.operator": "who runs code on the machine has the store anyway",
    "people.create": "checked under people.add_person",
    "people.living": "for services, which check for themselves",
    "feeds.read": "needs the secret of the address",
    "agencies.name": "a public fact",
    "findings.look_alikes": "the catalogue, which is public",
    "findings.categories": "the catalogue, which is public",
    "reports.may_see_all": "only says what reports.overall allows",
    "rules.changes": "the criteria in force, which are public",
    "rules.catalogue": "the criteria in force, which are public",
    "rules.unreadable": "only says whether the criteria in force can be read",
    "rules.screen": "for services, which check for themselves",
    "jobs.wait": "for code that holds the job's id: tests and the command line",
    "jobs.after": "wired by the workbench, not by a person",
    "jobs.running": "for services, which check for themselves",
    "jobs.last": "for services, which check for themselves",
    "jobs.mark_interrupted": "done at start",
    "jobs.close": "done at the end",
    "similar.close": "done at the end",
}
# Rights that are asked for within a method.
WITHIN = {"jobs.all", "rules.drafts"}

MINISTRY, TASK_FORCE = {"nguoi_ra_soat", "phap_che_bo", "so_tu_phap"}, {
    "tct_thuongtruc", "tct_nhom_tt", "tct_chuyenvien", "tct_lanhdao",
}  # fmt: skip
COMMENTERS, READERS = {"tct_da06", "chuyen_gia"}, {"lanh_dao_cp"}
ROLES = [role for role in TABLE.roles if role != "he_thong"]

# Who writes the programme: those who draft, and the secretariat.
DRAFTERS = {"phap_che_bo", "so_tu_phap", "soan_thao", "tct_thuongtruc", "quan_tri"}
SECRETARIAT = {"tct_thuongtruc", "quan_tri"}
EVERY_READER = {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS}

# Who may write what: anybody not named here must be refused.
WRITES = {
    **dict.fromkeys(
        (
            "projects.add",
            "projects.change",
            "projects.set_step",
            "instruments.add",
            "instruments.add_confirmed",
            "instruments.assign",
            "instruments.bundle",
        ),
        DRAFTERS,
    ),
    # Who reads no findings carries none into a project.
    "projects.carry": DRAFTERS - {"quan_tri"},
    **dict.fromkeys(
        (
            "projects.mark_overdue",
            "projects.set_duration",
            "worklists.load",
            "worklists.match",
            "worklists.start",
            "worklists.start_match",
            "aliases.add",
            "readiness.record",
            "tasks.add",
            "tasks.change",
            "tasks.record",
        ),
        SECRETARIAT,
    ),
    **dict.fromkeys(
        (
            "procedures.add",
            "procedures.publish",
            "procedures.link",
            "procedures.unlink",
            "dossiers.load",
            "dossiers.start",
            "publications.record",
            "savings.enter",
        ),
        frozenset({*MINISTRY, "tct_thuongtruc"}),
    ),
    "closing.settle": {"phap_che_bo", "so_tu_phap", "tct_thuongtruc"},
    **dict.fromkeys(
        (
            "rules.check",
            "rules.preview",
            "rules.save",
            "rules.publish",
            "rules.withdraw",
            "rule_trials.start",
            "rescreening.start",
        ),
        SECRETARIAT,
    ),
    "people.add_person": {"quan_tri"},
    "people.set_memberships": {"quan_tri"},
    "people.set_post": {"quan_tri"},
    "people.set_password": {"quan_tri"},
    "people.deactivate": {"quan_tri"},
    "people.activate": {"quan_tri"},
    "successions.follow": {"quan_tri", "tct_thuongtruc"},
    "campaigns.add": {"quan_tri", "tct_thuongtruc"},
    "campaigns.change": {"quan_tri", "tct_thuongtruc"},
    "library.load": {*MINISTRY, "tct_thuongtruc", "quan_tri"},
    "library.load_files": {*MINISTRY, "tct_thuongtruc", "quan_tri"},
    "library.load_paths": {"quan_tri"},
    "library.assign": {"tct_thuongtruc", "quan_tri"},
    "library.sign_off": MINISTRY,
    "findings.confirm": MINISTRY,
    "findings.reject": MINISTRY,
    "findings.ask": MINISTRY,
    "findings.reopen": MINISTRY,
    "findings.edit": MINISTRY,
    "findings.add_manual": MINISTRY,
    "proposals.save": MINISTRY,
    "proposals.submit": {"phap_che_bo", "so_tu_phap"},
    "proposals.approve": {"phap_che_bo", "so_tu_phap"},
    "opinions.open": {"tct_thuongtruc"},
    "conclusions.compose": {"tct_thuongtruc"},
    "conclusions.escalate": {"tct_thuongtruc", "tct_lanhdao"},
    "conclusions.record_ruling": {"tct_thuongtruc"},
    "thread.answer": {"phap_che_bo", "so_tu_phap"},
    "thread.reply": {"tct_thuongtruc", "tct_chuyenvien", "tct_lanhdao"},
    "opinions.give": {"tct_nhom_tt", *COMMENTERS},
    "opinions.send_back": {"tct_thuongtruc", "tct_lanhdao"},
    **dict.fromkeys(
        (
            "meetings.add",
            "meetings.change",
            "meetings.arrange",
            "meetings.fill",
            "meetings.attend",
            "meetings.start",
            "meetings.close",
            "meetings.decide",
            "meetings.conclude",
        ),
        frozenset({"tct_thuongtruc", "tct_chuyenvien"}),
    ),
    "similar.dismiss": MINISTRY,
    "reading.refresh": {*MINISTRY, *TASK_FORCE},
    "reading.simulate": TASK_FORCE,
    "sampling.draw": MINISTRY,
    "sampling.read": MINISTRY,
    "exchange.apply": MINISTRY,
    "own_lists.remember": MINISTRY,
    "own_lists.add": MINISTRY,
    "similar.rebuild": {"quan_tri"},
    "similar.refresh": {"quan_tri"},
    "claims.claim": MINISTRY,
    "claims.claim_next": MINISTRY,
    "claims.take_over": MINISTRY,
    "claims.release": MINISTRY,
    "assignments.assign": {"phap_che_bo", "so_tu_phap"},
    "assignments.take": MINISTRY,
    "questions.answer": MINISTRY,
    "duplicates.merge": MINISTRY,
    "duplicates.undo": MINISTRY,
    "same_wording.apply": MINISTRY,
    "same_wording.undo": MINISTRY,
    "handovers.take_over": {"phap_che_bo", "so_tu_phap"},
    "submissions.start": MINISTRY,
    "submissions.send": {"phap_che_bo", "so_tu_phap"},
    "submissions.withdraw": {"phap_che_bo", "so_tu_phap"},
    "submissions.supplement": {"phap_che_bo", "so_tu_phap"},
    "submissions.give_back": {"tct_thuongtruc"},
    "submissions.receive": {"tct_thuongtruc"},
    "submissions.consolidate": {"tct_thuongtruc"},
}
READS = {
    # The programme and what must be amended are published; findings are not, beyond one's scope.
    **dict.fromkeys(
        (
            "projects.list",
            "projects.get",
            "projects.board",
            "projects.durations",
            "instruments.board",
            "instruments.of_project",
            "agenda.events",
            "worklists.list",
            "worklists.rows",
            "worklists.table",
            "worklists.spellings",
            "aliases.list",
            "readiness.sources",
            "readiness.history",
            "tasks.list",
        ),
        frozenset({*EVERY_READER, "quan_tri"}),
    ),
    **dict.fromkeys(
        (
            "projects.findings",
            "projects.agreed",
            "lapses.rules",
            "lapses.provisions",
            "closing.amending_acts",
            "closing.examine",
            "closing.start",
            "closing.examine_draft",
            "closing.start_draft",
            "closing.recorded",
            "closing.result",
            "closing.of_finding",
            "readiness.freed",
            "readiness.what_if",
            "readiness.if_published",
            "readiness.provisions",
            "procedures.list",
            "procedures.of_finding",
            "projects.of_finding",
            "procedures.findings",
            "procedures.get",
            "dossiers.of",
            "dossiers.candidates",
            "publications.of",
            "publications.ministries",
            "publications.provinces",
            "publications.duties",
            "savings.estimate",
            "savings.of_finding",
            "savings.waiting",
        ),
        EVERY_READER,
    ),
    "successions.waiting": {"quan_tri", "tct_thuongtruc"},
    "claims.of": {*MINISTRY, *TASK_FORCE},
    "claims.history": MINISTRY,
    "assignments.of": {*MINISTRY, "tct_thuongtruc", "quan_tri"},
    "assignments.history": MINISTRY,
    "assignments.candidates": {"phap_che_bo", "so_tu_phap"},
    "handovers.candidates": {"phap_che_bo", "so_tu_phap"},
    "questions.colleagues": MINISTRY,
    "questions.of": MINISTRY,
    "questions.queue": MINISTRY,
    "duplicates.candidates": MINISTRY,
    "duplicates.children": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "duplicates.parent": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "same_wording.of": MINISTRY,
    "same_wording.set_of": MINISTRY,
    "same_wording.members": MINISTRY,
    "work.mine": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "handovers.stranded": {"phap_che_bo", "so_tu_phap", "quan_tri"},
    "submissions.list": {*MINISTRY, *TASK_FORCE, *READERS},
    "submissions.get": {*MINISTRY, *TASK_FORCE, *READERS},
    "submissions.differences": {*MINISTRY, *TASK_FORCE},
    "submissions.content": {*MINISTRY, *TASK_FORCE},
    "submissions.verify": {"quan_tri", "tct_thuongtruc"},
    "findings.queue": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "findings.get": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "findings.suppressed": {*MINISTRY, *TASK_FORCE},
    "holdings.inventory": {*EVERY_READER, "quan_tri"},
    "holdings.rows": {*EVERY_READER, "quan_tri"},
    "reports.overall": {*TASK_FORCE, *READERS},
    "reports.ministry": {*MINISTRY, *TASK_FORCE, *READERS},
    "reports.sheet": {*MINISTRY, *TASK_FORCE},
    "exchange.preview": MINISTRY,
    "exchange.imports": {*MINISTRY, *TASK_FORCE},
    "own_lists.remembered": MINISTRY,
    "own_lists.match": MINISTRY,
    "reports.reminders": TASK_FORCE,
    "chases.letters": TASK_FORCE,
    "chases.thematic": {*TASK_FORCE, *READERS},
    "reports.opinion_members": TASK_FORCE,
    "reports.opinion_sheet": TASK_FORCE,
    "library.act": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS, "quan_tri"},
    "proposals.get": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "comparison.matrix": {*MINISTRY, *TASK_FORCE, *READERS},
    "comparison.agreement": {*MINISTRY, *TASK_FORCE, *READERS},
    "conclusions.rounds": {*MINISTRY, *TASK_FORCE, *COMMENTERS, *READERS},
    "conclusions.prefill": {"tct_thuongtruc"},
    "thread.read": {*MINISTRY, *TASK_FORCE, *READERS},
    "meetings.list": {*MINISTRY, *TASK_FORCE, *READERS},
    "meetings.get": {*MINISTRY, *TASK_FORCE, *READERS},
    "meetings.minutes": {*MINISTRY, *TASK_FORCE, *READERS},
    "opinions.board": {*MINISTRY, *TASK_FORCE, *COMMENTERS, *READERS},
    "lookup.find": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS, "quan_tri"},
    "similar.clusters": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "similar.offered": {*MINISTRY, *TASK_FORCE},
    "reading.state": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "reading.simulation": {*TASK_FORCE, *READERS},
    "sampling.current": {*MINISTRY, *TASK_FORCE},
    "sampling.report": {*MINISTRY, *TASK_FORCE, *READERS},
    "similar.of": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "similar.sisters": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "similar.look_ahead": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS},
    "similar.state": {*MINISTRY, "soan_thao", *TASK_FORCE, *COMMENTERS, *READERS, "quan_tri"},
    "rules.drafts": SECRETARIAT,
    "rule_trials.last": SECRETARIAT,
    "people.list_people": {"quan_tri"},
    "audit.list": {"quan_tri"},
    "backups.list": {"quan_tri"},
    "backups.start": {"quan_tri"},
    "audit.verify": {"quan_tri", "tct_thuongtruc"},
}


def person(role: str, agency: str = "BXD") -> Person:
    return Person(1, "thu", "Thử", memberships=(Membership(role, agency),))


def public_methods() -> list[str]:
    bench = Workbench(Settings(), Store("sqlite://"))
    return [
        f"{name}.{method}"
        for name, service in services(bench).items()
        for method, _ in inspect.getmembers(service, inspect.ismethod)
        if not method.startswith("_")
    ]


METHODS = public_methods()


def test_every_public_method_has_an_entry_and_every_entry_a_method() -> None:
    assert set(METHODS) - set(NEEDS_NO_ENTRY) == set(TABLE.actions) - WITHIN


@pytest.mark.parametrize("method", [name for name in METHODS if name not in NEEDS_NO_ENTRY])
def test_every_method_takes_the_person_first(method: str) -> None:
    bench = Workbench(Settings(), Store("sqlite://"))
    service, name = method.split(".")
    assert (
        next(iter(inspect.signature(getattr(getattr(bench, service), name)).parameters)) == "person"
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", [*WRITES, *READS])
def test_who_may(action: str, role: str) -> None:
    assert allows(person(role), action) is (role in {**WRITES, **READS}[action])


def test_the_table_above_names_every_action_that_is_not_for_everyone() -> None:
    """An action added without a decision on who may do it fails here."""
    reads_like = {"effects.status", "references.links", "versions.compare",
                  "findings.neighbours", "library.acts", "library.types", "library.years", "library.source_text",
                  "library.suppressed", "library.report_of", "proposals.history", "proposals.competence",
                  "opinions.queue", "overview.figures", "audit.exported", "audit.exports", "jobs.all"}  # fmt: skip
    for_all = {name for name, action in TABLE.actions.items() if action.everyone}
    assert set(TABLE.actions) == {*WRITES, *READS, *reads_like, *for_all}


@pytest.mark.parametrize(
    "action", sorted(name for name, found in TABLE.actions.items() if found.agency)
)
def test_a_ministry_reaches_its_own_work_only(action: str) -> None:
    role = sorted(TABLE.actions[action].agency)[0]
    assert scope(person(role), action) == {"BXD"}
    check(person(role), action, "BXD")
    with pytest.raises(Forbidden, match="RS-411"):
        check(person(role), action, "BYT")
    with pytest.raises(Forbidden, match="RS-411"):
        check(person(role), action, "")


@pytest.mark.parametrize("action", sorted(TABLE.actions))
def test_a_deactivated_person_may_nothing(action: str) -> None:
    for role in TABLE.roles:
        assert not allows(replace(person(role), active=False), action)


@pytest.mark.parametrize("action", sorted(TABLE.actions))
def test_the_operator_may_everything(action: str) -> None:
    assert scope(person("he_thong", ""), action) is None


def test_an_action_outside_the_table_is_refused() -> None:
    with pytest.raises(Forbidden, match="RS-412"):
        check(person("quan_tri"), "findings.delete")


def test_two_roles_add_up_and_do_not_mix() -> None:
    both = Person(
        1,
        "thu",
        "Thử",
        memberships=(Membership("phap_che_bo", "BTP"), Membership("tct_nhom_tt", "BTP")),
    )
    assert scope(both, "findings.queue") is None
    assert scope(both, "findings.confirm") == {"BTP"}
    assert belongs(both, "proposals.get", "BTP")
    assert not belongs(both, "proposals.get", "BXD")


@pytest.mark.parametrize(
    ("actions", "named"),
    [
        ({"a.b": {"label": "x", "agency": ["la"]}}, "la"),
        ({"a.b": {"label": "x"}}, "a.b"),
        ({"a.b": {"label": "x", "all": ["quan_tri"], "who": 1}}, "who"),
    ],
)
def test_a_wrong_table_names_its_entry(tmp_path, actions: dict, named: str) -> None:
    import yaml

    path = tmp_path / "permissions.yaml"
    path.write_text(
        yaml.safe_dump({"roles": {"quan_tri": "Quản trị"}, "groups": {}, "actions": actions})
    )
    with pytest.raises(ValueError, match=named):
        Table.load(path)
