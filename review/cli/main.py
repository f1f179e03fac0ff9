"""The ``rasoat`` command: one module per subcommand, Vietnamese help and messages.

Exit code 0 done, 1 some inputs failed, 2 wrong usage.
"""

from __future__ import annotations

import sys

import typer

from corpus.errors import RasoatError
from review.cli import (
    annex,
    audit,
    check,
    evaluate,
    export,
    lint,
    load,
    parse,
    screen,
    serve,
    store,
    user,
)
from review.cli.usage import Command, Group, NoArgsIsHelpError, UsageError, explain

app = typer.Typer(
    name="rasoat",
    cls=Group,
    help="Bàn rà soát 06: đọc, rà soát văn bản quy phạm pháp luật và xuất báo cáo.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for name, function in {
    "parse": parse.parse,
    "check": check.check,
    "screen": screen.screen,
    "evaluate": evaluate.evaluate,
    "annex": annex.annex,
    "load": load.load,
    "export": export.export,
    "lint": lint.lint,
    "serve": serve.serve,
    "backup": store.backup,
    "restore": store.restore,
}.items():
    app.command(name, cls=Command)(function)
app.add_typer(user.app, name="user", cls=Group)
app.add_typer(audit.app, name="audit", cls=Group)


def run() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = app(standalone_mode=False)
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
