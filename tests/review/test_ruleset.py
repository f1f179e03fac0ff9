"""The criteria people edit: written as versions, tried, applied by a second person, withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from corpus.errors import RasoatError
from models import catalogue
from models.requirement import Example
from review.acts.library import Library
from review.errors import Forbidden, NotFound
from review.records import JobView
from review.records.ruleset import RulesetRow
from review.store import tables as t
from tests.review.conftest import Desk, document

# «biên bản họp xóm» is no paper of the shipped catalogue: suggested only where a version says so.
MORE = """\
categories:
  B1:
    wording:
      add: ['biên bản họp xóm']
    examples:
      add:
      - {stem: '1. Hồ sơ gồm:', text: 'a) Bản sao biên bản họp xóm;', finding: B1}
"""
FEWER = """\
categories:
  A1:
    wording:
      remove: ['(?:{ban_giay} )?(?:quyển |cuốn )?sổ (?:đăng ký )?hộ khẩu']
"""
ACT = document(
    "902/2020/TT-BXD",
    "Điều 1. Hồ sơ đề nghị",
    "1. Hồ sơ gồm:",
    "a) Bản sao sổ hộ khẩu;",
    "b) Bản sao biên bản họp xóm;",
    "c) Bản sao giấy khai sinh.",
)


@pytest.fixture
def rules(desk: Desk) -> Desk:
    """A desk whose library screens with the criteria in force, with one act loaded."""
    bench = desk.bench
    bench.library = Library(desk.store, bench.jobs, desk.settings, screen=bench.rules.screen)
    desk.load(ACT)
    return desk


def without_book() -> str:
    """A version that takes out every wording of A1 but one that stands nowhere."""
    kept = catalogue.load().entries["A1"]
    data = {
        "categories": {
            "A1": {
                "wording": {"remove": kept["wording"], "add": ["sổ hộ khẩu mẫu cũ"]},
                "suspect": {"remove": kept["suspect"]},
                "examples": {"remove": [row["text"] for row in kept["examples"]]},
            }
        }
    }
    return json.dumps(data, ensure_ascii=False)


def accepted(desk: Desk, changes: str) -> str:
    """The same changes with every example taken out that they break."""
    data = json.loads(changes)
    for failure in desk.bench.rules.check(desk["son"], changes).failures:
        section = data.setdefault("look_alikes" if failure.owner[0] == "N" else "categories", {})
        examples = section.setdefault(failure.owner, {}).setdefault("examples", {})
        examples.setdefault("remove", []).append(failure.text)
    return json.dumps(data, ensure_ascii=False)


def tried(desk: Desk, changes: str, by: str = "son", gold: bytes | None = None) -> RulesetRow:
    row = desk.bench.rules.save(desk[by], changes, "thử")
    finished(desk, desk.bench.rule_trials.start(desk[by], row.id, gold))
    return row


def finished(desk: Desk, job: JobView) -> JobView:
    done = desk.bench.jobs.wait(job.id, 60)
    assert done.state == "xong", done.message
    return done


def categories(desk: Desk) -> list[str]:
    return sorted(row.category for row in desk.findings())


def test_nothing_is_changed_before_a_version_is_applied(rules: Desk) -> None:
    rules.bench.rules.save(rules["son"], MORE, "thêm biên bản họp xóm")
    assert rules.bench.rules.catalogue().version == catalogue.load().version


READIER = """\
sources:
  HT: {readiness: 3}
categories:
  D1: {readiness: 3, handling: BB, sources: [HT, DC]}
"""


def test_what_is_applied_holds_wherever_the_criteria_are_read(rules: Desk) -> None:
    person, bench = rules["vy"], rules.bench
    before = {row.id: row.readiness for row in bench.readiness.sources(person)}
    applied = bench.rules.publish(rules["vy"], tried(rules, READIER).id, "đã xem")
    after = {row.id: row.readiness for row in bench.readiness.sources(person)}
    assert (before["HT"], after["HT"]) == (2, 3)
    view = bench.library.act(rules["ha"], rules.findings()[0].act_id)
    provision = next(row for row in view.provisions if "khai sinh" in row.text)
    added = bench.findings.add_manual(rules["ha"], provision.id, "D1", "khai sinh", 3)
    assert (added.sources, added.ruleset) == (("HT", "DC"), applied.version)


def test_an_applied_version_screens_what_is_loaded_later(rules: Desk) -> None:
    row = tried(rules, MORE)
    applied = rules.bench.rules.publish(rules["vy"], row.id, "đã xem")
    assert (applied.state, applied.published_by) == ("ap_dung", "Vy")
    later = document("903/2021/TT-BXD", *ACT.text.split("\n"))
    rules.load(later)
    found = [row for row in rules.findings() if row.category == "B1"]
    assert [row.quote for row in found] == ["biên bản họp xóm"]
    with rules.store.read() as db:
        remembered = set(db.scalars(select(t.findings.c.ruleset)))
    assert remembered == {catalogue.load().version, row.version}


def test_withdrawing_goes_back_to_the_shipped_catalogue(rules: Desk) -> None:
    row = tried(rules, MORE)
    rules.bench.rules.publish(rules["vy"], row.id)
    rules.bench.rules.withdraw(rules["son"], "nhầm")
    assert rules.bench.rules.changes() == ""
    assert [r.state for r in rules.bench.rules.list(rules["son"])] == ["da_thay"]


def test_nobody_applies_what_they_wrote_themselves(rules: Desk) -> None:
    row = tried(rules, MORE)
    with pytest.raises(Forbidden, match="RS-595"):
        rules.bench.rules.publish(rules["son"], row.id)


def test_nothing_untried_is_applied(rules: Desk) -> None:
    row = rules.bench.rules.save(rules["son"], MORE, "chưa thử")
    with pytest.raises(RasoatError, match="RS-596"):
        rules.bench.rules.publish(rules["vy"], row.id)


def test_a_trial_against_other_criteria_counts_no_more(rules: Desk) -> None:
    first, second = tried(rules, MORE), tried(rules, MORE.replace("xóm", "bản làng"))
    rules.bench.rules.publish(rules["vy"], first.id)
    with pytest.raises(RasoatError, match="RS-596"):
        rules.bench.rules.publish(rules["vy"], second.id)
    assert rules.bench.rules.get(rules["son"], second.id).stale


def test_nothing_is_applied_that_breaks_an_example(rules: Desk) -> None:
    row = tried(rules, MORE.replace("finding: B1", "finding: C1"))
    checked = rules.bench.rules.check(rules["son"], MORE.replace("finding: B1", "finding: C1"))
    assert [(f.owner, f.expected, f.said) for f in checked.failures][-1:] == [("B1", "C1", "B1")]
    with pytest.raises(RasoatError, match="RS-596"):
        rules.bench.rules.publish(rules["vy"], row.id)


def test_the_wrong_line_is_named_and_nothing_is_stored(rules: Desk) -> None:
    wrong = MORE.replace("'biên bản họp xóm'", "'(a+)+'")
    with pytest.raises(RasoatError, match="dòng 4"):
        rules.bench.rules.save(rules["son"], wrong, "sai")
    assert rules.bench.rules.list(rules["son"]) == []


def test_a_version_needs_a_reason(rules: Desk) -> None:
    with pytest.raises(RasoatError, match="RS-594"):
        rules.bench.rules.save(rules["son"], MORE, "  ")


def test_drafts_are_for_editors(rules: Desk) -> None:
    row = rules.bench.rules.save(rules["son"], MORE, "nháp")
    assert rules.bench.rules.list(rules["ha"]) == []
    with pytest.raises(NotFound):
        rules.bench.rules.get(rules["ha"], row.id)


@pytest.mark.parametrize("table", ["rulesets", "ruleset_events", "ruleset_trials"])
def test_what_was_written_cannot_be_changed(rules: Desk, table: str) -> None:
    row = tried(rules, MORE)
    rules.bench.rules.publish(rules["vy"], row.id)
    with pytest.raises(DBAPIError, match="append-only"), rules.store.write() as db:
        db.execute(getattr(t, table).delete())


def test_preview_says_what_would_be_found_and_why(rules: Desk) -> None:
    example = Example(stem="1. Hồ sơ gồm:", text="a) Bản sao biên bản họp xóm;")
    preview = rules.bench.rules.preview(rules["son"], MORE, example)
    assert [f.category for f in preview.findings] == ["B1"]
    assert preview.before == []
    assert preview.findings[0].trace


def test_a_pasted_text_is_bounded(rules: Desk) -> None:
    with pytest.raises(RasoatError, match="RS-593"):
        rules.bench.rules.preview(rules["son"], "", Example(text="x" * 30_000))


def test_trial_shows_new_suggestions_on_acts_signed_off(rules: Desk) -> None:
    for row in rules.findings():
        rules.bench.findings.reject(rules["ha"], row.id, row.version, "N24", "")
    act = rules.bench.findings.get(rules["ha"], rules.findings(states=())[0].id).row.act_id
    rules.bench.library.sign_off(rules["ha"], act)
    trial = rules.bench.rule_trials.last(rules["son"], tried(rules, MORE).id)
    assert trial is not None
    assert trial.counts == {"them_da_ky": 1}
    assert [(r.category, r.quote) for r in trial.rows] == [("B1", "biên bản họp xóm")]


def test_trial_shows_recognised_findings_that_would_be_lost(rules: Desk) -> None:
    book = next(row for row in rules.findings() if row.category == "A1")
    rules.bench.findings.confirm(rules["ha"], book.id, book.version)
    trial = rules.bench.rule_trials.last(rules["son"], tried(rules, without_book()).id)
    assert trial is not None
    assert [(r.kind, r.finding_id) for r in trial.rows if r.category == "A1"] == [
        ("mat_xac_nhan", book.id)
    ]


def test_trial_shows_precision_and_recall_on_labels(rules: Desk) -> None:
    label = {
        "id": "thu-1",
        "act": "902/2020/NĐ-CP",
        "heading": "Điều 5. Hồ sơ",
        "article_text": "1. Hồ sơ gồm:\na) Bản sao biên bản họp xóm;",
        "unit": "a) Bản sao biên bản họp xóm;",
        "flags": [{"cat": "B1"}],
    }
    gold = json.dumps(label, ensure_ascii=False).encode()
    trial = rules.bench.rule_trials.last(rules["son"], tried(rules, MORE, gold=gold).id)
    assert trial is not None
    score = trial.gold[0]
    assert (score.group, score.recall_before, score.recall) == ("B", 0.0, 1.0)
    assert trial.gold_gained == [("thu-1", "B1")]


def test_damaged_labels_name_their_line(rules: Desk) -> None:
    row = rules.bench.rules.save(rules["son"], MORE, "thử")
    with pytest.raises(RasoatError, match="dòng 1"):
        rules.bench.rule_trials.start(rules["son"], row.id, b"{}")


def test_administrators_see_counts_of_a_trial_and_no_findings(rules: Desk) -> None:
    trial = rules.bench.rule_trials.last(rules["vy"], tried(rules, MORE).id)
    assert trial is not None
    assert (trial.counts, trial.rows) == ({"them": 1}, [])


def test_rescreening_adds_what_is_new_and_keeps_the_rows_of_the_rest(rules: Desk) -> None:
    before = {row.id: row.category for row in rules.findings()}
    rules.bench.rules.publish(rules["vy"], tried(rules, MORE).id)
    done = finished(rules, rules.bench.rescreening.start(rules["vy"]))
    assert done.result == {
        "acts": 1, "new": 1, "kept": len(before), "gone": 0, "decided": 0, "failed": [],
    }  # fmt: skip
    after = {row.id: row.category for row in rules.findings()}
    assert before.items() <= after.items()
    assert sorted(after.values()) == sorted([*before.values(), "B1"])


def test_rescreening_leaves_decisions_and_what_they_remember(rules: Desk) -> None:
    book = next(row for row in rules.findings() if row.category == "A1")
    rules.bench.findings.confirm(rules["ha"], book.id, book.version)
    changes = accepted(rules, without_book())
    rules.bench.rules.publish(rules["vy"], tried(rules, changes).id)
    done = finished(rules, rules.bench.rescreening.start(rules["vy"]))
    assert done.result["decided"] == 1
    view = rules.bench.findings.get(rules["ha"], book.id)
    assert view.row.state == "xac_nhan"
    with rules.store.read() as db:
        held = db.execute(select(t.findings).where(t.findings.c.id == book.id)).one()
    assert (held.standing, held.ruleset) == (True, catalogue.load().version)


def test_rescreening_twice_changes_nothing(rules: Desk) -> None:
    rules.bench.rules.publish(rules["vy"], tried(rules, MORE).id)
    finished(rules, rules.bench.rescreening.start(rules["vy"]))
    with rules.store.read() as db:
        events = db.scalar(select(func.max(t.audit_events.c.id)))
        aside = db.scalar(select(func.count()).select_from(t.suppressed))
    again = finished(rules, rules.bench.rescreening.start(rules["vy"]))
    assert (again.result["new"], again.result["gone"]) == (0, 0)
    with rules.store.read() as db:
        assert db.scalar(select(func.count()).select_from(t.suppressed)) == aside
        changed = db.scalar(
            select(func.count())
            .select_from(t.audit_events)
            .where(t.audit_events.c.id > events, t.audit_events.c.table_name == "findings")
        )
    assert changed == 0


def test_criteria_that_a_newer_program_cannot_read_leave_the_shipped_ones_in_force(
    rules: Desk, make_desk: Callable[..., Desk]
) -> None:
    row = tried(rules, MORE)
    rules.bench.rules.publish(rules["vy"], row.id)
    with rules.store.write() as db:
        later = db.execute(
            t.rulesets.insert().values(
                changes="categories: {Z9: {severity: 1}}", version="x", shipped="x", note="cũ",
                at=rules.store.now(), written_by=rules["son"].id,
            )
        ).inserted_primary_key[0]  # fmt: skip
        db.execute(
            t.ruleset_events.insert().values(
                ruleset_id=later, action="ap_dung", note="", at=rules.store.now(),
                written_by=rules["vy"].id,
            )
        )  # fmt: skip
    assert rules.bench.rules.catalogue().version == catalogue.load().version
    assert "RS-592" in rules.bench.rules.unreadable()
