"""What every command has: help in Chinese, an exit status, and a sentence where it fails."""

from __future__ import annotations

import gc
import shlex
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from docgen import console
from docgen.errors import DocgenError, StoreError

FINAL, DRAFTS, MISUSED, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]
_SELDOM = (200_000, 20, 100)  # looking for cycles among a million live values would double the time
HELP = {"help_option_names": ["--help", "-h"]}

OutOption = Annotated[Path, typer.Option("--out", metavar="文件夹", help="放在哪个文件夹下")]
PackOption = Annotated[
    str | None, typer.Option("--pack", metavar="模板包", help="用哪个模板包；不写就按工作簿里填的")
]
Workbooks = Annotated[
    list[Path], typer.Argument(metavar="工作簿…", help="一份或几份工作簿，也可以是文件夹", show_default=False)
]
OUTPUTS = Path("outputs")


class Command(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context
        """The help, in Chinese."""
        return console.in_chinese(super().get_help(ctx))


class Group(TyperGroup):
    """Commands that end in a sentence and an exit status, whatever happens."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - likewise
        """The help, in Chinese."""
        return console.in_chinese(super().get_help(ctx))

    def main(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - likewise
        """Run the command named in ``args`` and leave with its exit status."""
        console.prepare()
        gc.set_threshold(*_SELDOM)
        options |= {"standalone_mode": False, "prog_name": "docgen"}
        sys.exit(self._status(args, options))

    def _status(self, args: tuple[Any, ...], options: dict[str, Any]) -> int:
        try:
            return super().main(*args, **options) or FINAL
        except (KeyboardInterrupt, typer.Abort):
            console.complain("已中断，原有的文件没有改动。")
            return INTERRUPTED
        except _UsageError as error:
            console.complain(console.usage_sentence(error))
            return MISUSED
        except StoreError as error:
            console.complain(console.with_log(str(error)))
            return FAILED
        except DocgenError as error:
            console.complain(str(error))
            return MISUSED
        except Exception as error:  # noqa: BLE001 - the last one to hear of it: a sentence and a log
            console.complain(console.with_log(f"docgen 出错了（{type(error).__name__}），文件没有生成。"))
            return FAILED


def command_line() -> str:
    """The command as it was given, for logs."""
    return shlex.join(["docgen", *sys.argv[1:]])
