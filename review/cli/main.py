"""The ``rasoat`` command: one module per subcommand, Vietnamese help and messages.

Exit code 0 done, 1 some inputs failed, 2 wrong usage.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

import typer

from corpus.errors import RasoatError
from review.cli.usage import Command, Group, NoArgsIsHelpError, UsageError, explain

# Command -> module of this package, in the order of the help; the function has the command's name.
COMMANDS = {
    "parse": "parse",
    "check": "check",
    "screen": "screen",
    "evaluate": "evaluate",
    "annex": "annex",
    "load": "load",
    "export": "export",
    "lint": "lint",
    "serve": "serve",
    "backup": "store",
    "restore": "store",
}
GROUPS = ("user", "audit")


def application(wanted: str) -> typer.Typer:
    """Return the command line with ``wanted`` alone where that is a command, else with all.

    Only what is called gets imported: spaCy brings PyTorch, four seconds that reading files or
    checking a draft need not wait for.
    """
    app = typer.Typer(
        name="rasoat",
        cls=Group,
        help="Bàn rà soát 06: đọc, rà soát văn bản quy phạm pháp luật và xuất báo cáo.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_group)
    known = wanted in COMMANDS or wanted in GROUPS
    for name, module in COMMANDS.items():
        if not known or name == wanted:
            app.command(name, cls=Command)(getattr(_part(module), name))
    for name in GROUPS:
        if not known or name == wanted:
            app.add_typer(_part(name).app, name=name, cls=Group)
    return app


def _part(module: str) -> ModuleType:
    return import_module(f"review.cli.{module}")


def _group() -> None:
    # A callback keeps Typer from taking a single command for the whole programme.
    pass


def run() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = application(next(iter(sys.argv[1:]), ""))(standalone_mode=False)
    except NoArgsIsHelpError as error:
        typer.echo(error.format_message())
        code = 2
    except UsageError as error:
        typer.echo(explain(error), err=True)
        code = 2
    except typer.Abort:
        typer.echo("Đã dừng theo yêu cầu.", err=True)
        code = 1
    except RasoatError as error:
        typer.echo(str(error), err=True)
        code = 1
    sys.exit(code or 0)
