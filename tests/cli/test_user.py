"""``rasoat user``: what the person who runs the machine sees of the accounts."""

from __future__ import annotations

from tests.cli.conftest import Run

SECRET = "mat-khau-thu-01"


def test_an_empty_store_says_how_the_first_account_is_added(rasoat: Run) -> None:
    done = rasoat("user", "list")
    assert done.returncode == 0, done.stderr
    assert "Chưa có tài khoản nào" in done.stdout
    assert "rasoat user add" in done.stdout


def test_an_account_that_was_added_is_listed_with_unit_role_and_agency(rasoat: Run) -> None:
    names = ("--name", "Vũ Thị Sen", "--role", "nguoi_ra_soat", "--agency", "BXD")
    names += ("--title", "Chuyên viên", "--unit", "Vụ Pháp chế")
    added = rasoat("user", "add", "sen", *names, "--password", SECRET)
    assert added.returncode == 0, added.stderr
    listed = rasoat("user", "list").stdout
    assert listed == "sen\tVũ Thị Sen\tChuyên viên, Vụ Pháp chế\tnguoi_ra_soat@BXD\n"
