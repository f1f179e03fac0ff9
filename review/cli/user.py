"""``rasoat user``: accounts from the command line, for the person who runs the machine."""

from __future__ import annotations

from typing import Annotated

import typer

from review.cli.desk import desk
from review.cli.errors import ERRORS
from review.cli.usage import Command, Group
from review.records import Membership, Person, post_of
from review.workbench import Workbench

app = typer.Typer(cls=Group, no_args_is_help=True, help="Quản lý tài khoản người dùng.")

Username = Annotated[str, typer.Argument(metavar="TÊN", help="Tên đăng nhập.")]
Password = Annotated[
    str,
    typer.Option(
        "--password", prompt="Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu"
    ),
]


@app.command("list", cls=Command)
def list_users() -> None:
    """Liệt kê tài khoản, chức vụ và đơn vị, vai trò và cơ quan."""
    with desk() as (workbench, person):
        accounts = workbench.people.list_people(person)
        if not accounts:
            typer.echo("Chưa có tài khoản nào. Thêm bằng lệnh «rasoat user add».")
        for row in accounts:
            roles = ", ".join(f"{item.role}@{item.agency}" for item in row.memberships)
            state = "" if row.active else " (đã khóa)"
            post = post_of(row.title, row.unit)
            typer.echo(f"{row.username}\t{row.name}\t{post}\t{roles}{state}")


@app.command("roles", cls=Command)
def list_roles() -> None:
    """Liệt kê mã vai trò dùng được."""
    with desk() as (workbench, person):
        for code, label in workbench.people.roles(person):
            typer.echo(f"{code}\t{label}")


@app.command("add", cls=Command)
def add(
    username: Username,
    name: Annotated[str, typer.Option("--name", metavar="HỌ_TÊN", help="Họ và tên.")],
    role: Annotated[str, typer.Option("--role", metavar="VAI_TRÒ", help="Mã vai trò.")],
    agency: Annotated[str, typer.Option("--agency", metavar="MÃ", help="Mã cơ quan.")],
    password: Password,
    title: Annotated[str, typer.Option("--title", metavar="CHỨC_VỤ", help="Chức vụ.")] = "",
    unit: Annotated[
        str, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Đơn vị, như «Vụ Pháp chế».")
    ] = "",
) -> None:
    """Thêm tài khoản."""
    with desk() as (workbench, person):
        added = workbench.people.add_person(
            person, username, name, password, (Membership(role, agency),), title, unit
        )
    typer.echo(f"Đã thêm tài khoản {added.username} ({added.name}).")


@app.command("password", cls=Command)
def set_password(username: Username, password: Password) -> None:
    """Đặt lại mật khẩu; các phiên đang mở của tài khoản kết thúc."""
    with desk() as (workbench, person):
        workbench.people.set_password(person, _id_of(workbench, person, username), password)
    typer.echo(f"Đã đặt mật khẩu mới cho {username}.")


@app.command("deactivate", cls=Command)
def deactivate(username: Username) -> None:
    """Khóa tài khoản; những gì người đó đã viết vẫn còn."""
    with desk() as (workbench, person):
        workbench.people.deactivate(person, _id_of(workbench, person, username))
    typer.echo(f"Đã khóa tài khoản {username}.")


@app.command("activate", cls=Command)
def activate(username: Username) -> None:
    """Mở lại tài khoản đã khóa."""
    with desk() as (workbench, person):
        workbench.people.activate(person, _id_of(workbench, person, username))
    typer.echo(f"Đã mở tài khoản {username}.")


def _id_of(workbench: Workbench, person: Person, username: str) -> int:
    """Return the id of an account; raises RS-822 where there is none of that name."""
    for row in workbench.people.list_people(person):
        if row.username == username:
            return row.id
    raise ERRORS.error("RS-822", username=username)
