"""The commands: read options, call one function, print, choose the exit status.

0 final documents (or nothing found) · 1 drafts (or open findings) · 2 misused, or an input that cannot be
used · 3 docgen failed, log named · 130 interrupted.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import docgen
from docgen import console
from docgen.cli_bundle import bundle
from docgen.cli_command import (
    DRAFTS,
    FINAL,
    HELP,
    MISUSED,
    OUTPUTS,
    Command,
    Group,
    OutOption,
    PackOption,
    Workbooks,
    command_line,
)
from docgen.cli_history import history
from docgen.cli_schedule import schedule
from docgen.cli_watch import watch
from docgen.errors import DocgenError

if TYPE_CHECKING:
    from docgen.batch.wishes import Wishes

_CLOSING_MONTH = 9  # from October on, a new workbook is for the year that is ending


class Format(Enum):
    """How `docgen check` prints."""

    TEXT = "text"
    JSON = "json"


app = typer.Typer(
    cls=Group,
    help="一份工作簿进，全套绩效自评材料出。\n\n例：docgen run inputs/示例.xlsx",
    epilog="每个命令的用法：docgen 命令 --help",
    context_settings=HELP,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
packs = typer.Typer(
    cls=Group,
    help="模板包：列出、查看、检查。\n\n例：docgen packs list",
    context_settings=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(packs, name="packs")
app.add_typer(history, name="history")
app.add_typer(schedule, name="schedule")
app.command(cls=Command)(watch)
app.command(cls=Command)(bundle)

Workbook = Annotated[Path, typer.Argument(metavar="工作簿", help="填好的 .xlsx 工作簿", show_default=False)]
LastYearOption = Annotated[
    Path | None,
    typer.Option(
        "--last-year",
        metavar="run.json",
        help="上年定稿的运行记录，或放着各部门上年成品的文件夹",
    ),
]


def _version(wanted: bool) -> None:
    if wanted:
        console.say(f"docgen {docgen.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    pass


@app.command(cls=Command)
def new(
    file: Annotated[Path, typer.Argument(metavar="文件", help="要新建的 .xlsx", show_default=False)],
    pack: Annotated[
        str, typer.Option("--pack", metavar="模板包", help="按哪个模板包的表式；不写就用默认的")
    ] = "",
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="自评的年度，如 2025")] = None,
    last_year: Annotated[
        Path | None,
        typer.Option(
            "--last-year", metavar="run.json", help="上年定稿的运行记录：单位、项目、核实说明带过来"
        ),
    ] = None,
) -> None:
    """新建一份空白的填报工作簿。已有的文件不会被覆盖。

    例：docgen new 我局.xlsx --pack 模板包 --year 2025
    """
    from docgen.new_workbook import new_workbook
    from docgen.outputs.last_year import last_year_in

    today = date.today()  # noqa: DTZ011 - the clerk's own day
    past = last_year_in(last_year) if last_year else None
    closing = today.year if today.month > _CLOSING_MONTH else today.year - 1
    chosen = year or (past.fiscal_year + 1 if past else closing)
    made = new_workbook(file, pack, chosen, past)
    console.say(f"已新建 {file}（{made.title}，{chosen} 年度）。填好后运行：docgen run {file}")


@app.command(cls=Command)
def run(
    files: Workbooks,
    pack: PackOption = None,
    out: OutOption = OUTPUTS,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=0, help="同时用几个进程，0 为自动")
    ] = 0,
    force: Annotated[bool, typer.Option("--force", help="没有变的也重做")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="说明每份为什么要重做")] = False,
    no_pages: Annotated[bool, typer.Option("--no-pages", help="不测量目录页码，快几秒")] = False,
    watermark: Annotated[str, typer.Option("--watermark", metavar="文字", help="定稿上也印的水印")] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="另用 LibreOffice 生成 PDF")] = False,
    wait: Annotated[
        int, typer.Option("--wait", metavar="分钟", min=0, help="别的 docgen 正用着时，最多等多久")
    ] = 0,
    last_year: LastYearOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只说结果一句话")] = False,
) -> None:
    """按工作簿生成全套材料，放进 outputs/部门/年度/。

    给出文件夹、几份工作簿或通配符时，逐个部门生成，没有变的不重做，最后写 outputs/年终汇总.xlsx。
    有错误或未说明的核实时只出草稿，退出状态为 1。

    例：docgen run inputs/示例.xlsx
    """
    from docgen.batch.wishes import Wishes

    wishes = Wishes(out, pack, jobs, force, not no_pages, watermark, pdf, wait * 60, last_year)
    single = len(files) == 1 and not explain and not _means_many(files[0])
    status = _run_one(files[0], wishes, quiet) if single else _run_many(files, wishes, quiet, explain)
    raise typer.Exit(status)


def _means_many(path: Path) -> bool:
    return path.is_dir() or (not path.exists() and any(sign in str(path) for sign in "*?["))


def _run_one(path: Path, wishes: Wishes, quiet: bool) -> int:
    from docgen.batch.diary import diary, remember
    from docgen.outputs.lock import locked
    from docgen.pipeline import run as run_pipeline

    waiting = locked(wishes.out, wishes.patience) if wishes.patience else nullcontext()
    with diary(wishes.out, command_line()) as told, waiting as lock:
        done = run_pipeline(
            path,
            pack=wishes.pack,
            out=wishes.out,
            measure_pages=wishes.measure_pages,
            watermark=wishes.watermark,
            last_year=wishes.last_year,
            pdf=wishes.pdf,
            tell=console.ignore if quiet else console.tell,
            lock=lock,
        )
        remember(told, path, done)
    for trouble in told.trouble:
        console.complain(trouble)
    if quiet:
        console.say(console.verdict(done))
    else:
        console.show_findings([f for f in done.findings if f.explained is None], console.FEW)
        console.show_run(done)
    return FINAL if done.is_final else DRAFTS


def _run_many(paths: list[Path], wishes: Wishes, quiet: bool, explain: bool) -> int:
    if wishes.last_year and not wishes.last_year.is_dir():
        raise typer.BadParameter(
            "--last-year 是一个部门的记录；几份工作簿一起运行时，请给放着上年成品的文件夹"
        )
    from docgen import console_batch
    from docgen.batch.diary import remembered

    with console_batch.listener(quiet=quiet, explains=explain) as listener:
        county, troubles = remembered(paths, wishes, listener, command_line())
    for trouble in troubles:
        console.complain(trouble)
    if quiet:
        console.say(console_batch.county_sentence(county))
    else:
        console_batch.show_county(county)
    return county.status


@app.command(cls=Command)
def check(
    files: Workbooks,
    pack: PackOption = None,
    last_year: LastYearOption = None,
    form: Annotated[Format, typer.Option("--format", help="text 给人看，json 给程序读")] = Format.TEXT,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="文件", help="另写一份网页，手机上也能看")
    ] = None,
) -> None:
    """只检查，不生成材料。

    例：docgen check inputs/示例.xlsx
    """
    from docgen.batch.inputs import workbooks_in
    from docgen.pipeline import Examined, examine, write_report

    status = FINAL
    everything: list[Examined] = []
    for path in workbooks_in(files):
        try:
            examined = examine(path, pack, last_year=last_year)
        except DocgenError as error:
            console.complain(str(error))
            status = MISUSED
            continue
        status = max(status, FINAL if examined.is_clean else DRAFTS)
        everything.append(examined)
        for note in examined.notes:
            console.complain(note)
        if form is Format.TEXT:
            console.show_examined(path, examined.findings)
    if form is Format.JSON:
        console.show_json(finding for examined in everything for finding in examined.findings)
    if html:
        write_report(html, everything)
    raise typer.Exit(status)


@app.command(cls=Command)
def rules(
    code: Annotated[str, typer.Argument(metavar="编号", help="如 B204", show_default=False)] = "",
    pack: Annotated[
        str, typer.Option("--pack", metavar="模板包", help="连同这个模板包自己声明的规则（P 开头）")
    ] = "",
) -> None:
    """列出检查规则，或说明其中一条。

    例：docgen rules B204
    """
    from docgen.checks.catalogue import RULES, rules_of

    listed = rules_of(pack) if pack else RULES
    if not code:
        console.show_rules(listed)
        return
    found = [rule for rule in listed if rule.code == code.strip().upper()]
    if not found:
        own = "" if pack else "模板包自己的规则（P 开头）要加 --pack 模板包。"
        raise DocgenError(f"没有编号为 {code} 的规则；全部规则见 docgen rules。{own}")
    console.show_rule(found[0])


@packs.command("list", cls=Command)
def list_packs() -> None:
    """列出现有的模板包。

    例：docgen packs list
    """
    from docgen.packs import load_pack, pack_ids
    from docgen.packs.lint import open_pack
    from docgen.packs.places import own_packs

    console.show_packs(
        [*(load_pack(pack) for pack in pack_ids()), *(open_pack(str(folder)) for folder in own_packs())]
    )


PackName = Annotated[str, typer.Argument(metavar="模板包", help="名称或文件夹", show_default=False)]


@packs.command("show", cls=Command)
def show_pack(pack: PackName) -> None:
    """列出模板包的全部设置，和每项来自哪个文件。

    例：docgen packs show 模板包
    """
    from docgen.packs.lint import settings

    console.show_settings(settings(pack))


@packs.command("new", cls=Command)
def new_pack(
    pack: Annotated[
        str, typer.Argument(metavar="编号", help="小写英文字母，如 mycounty", show_default=False)
    ],
    parent: Annotated[
        str, typer.Option("--from", metavar="模板包", help="在哪个模板包上改；不写就是国家表式")
    ] = "",
    title: Annotated[str, typer.Option("--title", metavar="文字", help="标题，如：某县：绩效自评表")] = "",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="文件夹", help="放在哪个文件夹下", show_default=False)
    ] = None,
) -> None:
    """新建一个模板包：在现有的一个上面改出本县自己的表。

    不写 --to，就放在 docgen 自带的模板包旁边；那里不能写的，放在当前文件夹的“模板包”里。

    例：docgen packs new mycounty --from 模板包
    """
    from docgen.new_pack import new_pack as make

    console.show_new_pack(make(pack, parent, to, title))


@packs.command("check", cls=Command)
def check_packs(
    pack: Annotated[str, typer.Argument(metavar="模板包", help="不写就全查", show_default=False)] = "",
) -> None:
    """检查模板包：设置、模板里的每个标签、每个名称。

    例：docgen packs check 模板包
    """
    from docgen.packs import pack_ids
    from docgen.packs.places import own_packs
    from docgen.pipeline import pack_complaints

    status = FINAL
    for name in [pack] if pack else [*pack_ids(), *map(str, own_packs())]:
        complaints = pack_complaints(name)
        console.show_complaints(name, complaints)
        status = max(status, MISUSED if complaints else FINAL)
    raise typer.Exit(status)
