"""The command `docgen bundle`: the set for handing over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docgen import console
from docgen.cli_command import DRAFTS, FINAL, OUTPUTS, OutOption


def bundle(
    departments: Annotated[
        list[str] | None, typer.Argument(metavar="部门…", help="哪些部门；不写就全部", show_default=False)
    ] = None,
    out: OutOption = OUTPUTS,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="文件夹", help="压缩包放在哪里；不写就放在 outputs/交付")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="只打包这一年度的")] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="草稿也打包")] = False,
    everything: Annotated[bool, typer.Option("--all", help="连校验结果和批注副本一起")] = False,
) -> None:
    """打包交付：每个部门一个 .zip，内有清单。草稿不打包，除非加 --drafts。

    例：docgen bundle
    """
    from docgen.outputs.bundle import Asked
    from docgen.outputs.bundle import bundle as make

    parcels = make(out, to or out / "交付", Asked(departments or (), year, drafts, everything))
    rows = [["部门", "年度", "份数", "压缩包"]]
    for parcel in parcels:
        made = str(parcel.path) if parcel.path else f"没有打包：{parcel.refusal}"
        rows.append([parcel.department, str(parcel.fiscal_year or ""), str(parcel.files or ""), made])
    for line in console.table(rows):
        console.say(line)
    for parcel in parcels:
        for path in parcel.edited:
            console.tell(f"{parcel.department}：{path} 被人改过，包里是改过的。")
    raise typer.Exit(FINAL if all(parcel.path for parcel in parcels) else DRAFTS)
