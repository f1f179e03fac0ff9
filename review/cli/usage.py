"""Help and wrong usage in Vietnamese: Typer itself speaks English."""

from __future__ import annotations

# Typer 0.29 carries click inside and names its exceptions nowhere else; the version is pinned.
from typer import rich_utils
from typer._click import exceptions
from typer._click.core import Context
from typer.core import TyperCommand, TyperGroup, TyperOption

from review.cli.errors import ERRORS

UsageError = exceptions.UsageError
NoArgsIsHelpError = exceptions.NoArgsIsHelpError

rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số"
rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn"
rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"
rich_utils.DEFAULT_STRING = "[mặc định: {}]"
rich_utils.REQUIRED_LONG_STRING = "[bắt buộc]"


_USAGE_WORDS = (
    ("Usage:", "Cách dùng:"),
    ("[OPTIONS]", "[TÙY CHỌN]"),
    ("COMMAND [ARGS]", "LỆNH [THAM SỐ]"),
)


class _Vietnamese:
    """What a command and a group of commands say about themselves."""

    def get_usage(self, ctx: Context) -> str:
        usage = super().get_usage(ctx)
        for english, vietnamese in _USAGE_WORDS:
            usage = usage.replace(english, vietnamese, 1)
        return usage

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Xem hướng dẫn này."
        return option


class Command(_Vietnamese, TyperCommand):
    """A command whose help is Vietnamese."""


class Group(_Vietnamese, TyperGroup):
    """A group of commands whose help is Vietnamese."""


def explain(error: UsageError) -> str:
    """Return what is wrong with the call and how to see the right one."""
    command = error.ctx.command_path if error.ctx else "rasoat"
    return str(ERRORS.error("RS-810", problem=_problem(error), command=command))


def _problem(error: UsageError) -> str:
    match error:
        case exceptions.NoSuchOption():
            return f"không có tùy chọn «{error.option_name}»"
        case exceptions.MissingParameter():
            return f"thiếu {_name(error)}"
        case exceptions.BadParameter():
            return f"giá trị của {_name(error)} không dùng được"
        case exceptions.BadOptionUsage():
            return f"tùy chọn «{error.option_name}» thiếu giá trị"
        case _:
            return "tên lệnh hoặc số tham số không đúng"


def _name(error: exceptions.BadParameter) -> str:
    if error.param is None:
        return "một tham số"
    is_option = error.param.param_type_name == "option"
    return f"«{error.param.opts[0] if is_option else error.param.metavar}»"
