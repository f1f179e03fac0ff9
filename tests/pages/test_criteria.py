"""The criteria page: everybody reads, who may edit edits, a second person applies."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from review.components.rule_editor import DRAFT
from review.records import Person
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

CHANGES = "categories: {B1: {wording: {add: ['biên bản họp xóm']}}}"
PersonOf = Callable[[str], Person]


def with_role(bench: Workbench, person_of: PersonOf, role: str) -> Person:
    for account in bench.people.demo_accounts():
        person = person_of(account.username)
        if role in person.roles():
            return person
    raise AssertionError(role)


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_a_reviewer_reads_and_cannot_edit(
    draw: Draw, bench: Workbench, person_of: PersonOf
) -> None:
    app = draw(with_role(bench, person_of, "phap_che_bo"), "bo-tieu-chi", muc="sua")
    assert "Lưu thành một bản" not in labels(app)
    assert "Sổ hộ khẩu" in texts(app)


def test_what_is_edited_is_tried_on_a_pasted_provision_and_saved(
    draw: Draw, bench: Workbench, person_of: PersonOf
) -> None:
    editor = with_role(bench, person_of, "quan_tri")
    bench.drafts.save(editor, DRAFT, {"changes": CHANGES, "based_on": None})
    app = draw(editor, "bo-tieu-chi", muc="sua")
    app.text_area(key="thu-doan").input("1. Người dân nộp biên bản họp xóm.").run()
    assert "B1 · «biên bản họp xóm»" in texts(app)
    app.text_input(key="ly-do-ban").input("thêm biên bản họp xóm").run()
    next(button for button in app.button if button.key == "luu-ban").click().run()
    assert not app.exception
    assert bench.rules.list(editor)[0].note == "thêm biên bản họp xóm"
    assert bench.drafts.load(editor, DRAFT) is None


def test_a_version_shows_its_trial_and_its_author_cannot_apply_it(
    draw: Draw, bench: Workbench, person_of: PersonOf
) -> None:
    editor = with_role(bench, person_of, "quan_tri")
    row = bench.rules.save(editor, CHANGES, "thử")
    job = bench.rule_trials.start(editor, row.id)
    assert bench.jobs.wait(job.id, 60).state == "xong"
    app = draw(editor, "bo-tieu-chi", muc="cac-ban", ban=row.id)
    assert not app.exception
    assert "Không có gợi ý nào thay đổi trong kho" in texts(app)
    assert next(b for b in app.button if b.key == "ap-dung").disabled


def test_a_link_that_names_a_colleagues_job_shows_the_version(
    draw: Draw, bench: Workbench, person_of: PersonOf
) -> None:
    editor = with_role(bench, person_of, "quan_tri")
    second = with_role(bench, person_of, "tct_thuongtruc")
    row = bench.rules.save(editor, CHANGES, "thử")
    job = bench.rule_trials.start(editor, row.id)
    assert bench.jobs.wait(job.id, 60).state == "xong"
    app = draw(second, "bo-tieu-chi", muc="cac-ban", ban=row.id, viec=job.id)
    assert not app.exception
    assert not next(b for b in app.button if b.key == "ap-dung").disabled
