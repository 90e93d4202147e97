"""The first sheet of a new workbook: how to fill it in, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.packs import Pack
from docgen.workbook.styles import COMPUTED, MISSING, OPTIONAL, REQUIRED, Styles

if TYPE_CHECKING:  # XlsxWriter takes 30 ms to load and serves only when a workbook is made
    from xlsxwriter.worksheet import Worksheet

_STEPS = (
    "从“{first}”填起，再填单位、项目，其他表里的单位和项目名称就能从清单里选。",
    "每张表从标着“（示例）”的一行下面填起。示例行不会读取，可以留着，也可以删掉。",
    "核对：docgen check 文件名.xlsx，按提示逐条改正。",
    "出文件：docgen run 文件名.xlsx，全套表和报告生成在 outputs 文件夹里。",
)
_LEGEND = (
    (REQUIRED, "深蓝表头：必填"),
    (OPTIONAL, "浅蓝表头：可不填；程序能算的，填了就核对"),
    (COMPUTED, "灰色：自动计算，已锁定"),
    (MISSING, "浅黄单元格：这一行已经填了别的，这一格还没填"),
)
_HABITS = (
    "金额按“{first}”里的金额单位填；单个数也可以带上单位，如 16.06万元、160600元。",
    "百分比写上百分号，如 80.3%。日期写 2022-07-11、2022年7月11日都可以。",
    "指标值照写，如 ≥95%、47人、<10万元、8月31日前、符合标准；一个数的按规则算分，文字的由人评。",
    "一格里分段用 Alt+Enter。请不要合并单元格，不要改表名和列名；列的先后可以换，自己加的列不会读取。",
    "“核实”类问题属实的，在“{last}”里写明原因；“错误”类必须改正。",
)


def write_guide(worksheet: Worksheet, pack: Pack, year: int, styles: Styles) -> None:
    """Steps, colours, habits, and the list of sheets with links."""
    sheets = list(pack.layout.used_sheets.values())
    names = {"first": sheets[0].title, "last": sheets[-1].title}
    worksheet.set_column(0, 0, 18)
    worksheet.set_column(1, 1, 100)
    worksheet.hide_gridlines(2)
    worksheet.set_row(0, 30)
    worksheet.write_string(0, 0, f"{year} 年度绩效自评填报工作簿", styles.title)
    worksheet.write_string(1, 0, f"模板包：{pack.title}", styles.line)
    row = _numbered(worksheet, 3, "怎样填", [step.format(**names) for step in _STEPS], styles)
    worksheet.write_string(row, 0, "颜色", styles.section)
    for offset, (colour, text) in enumerate(_LEGEND, 1):
        worksheet.write_blank(row + offset, 0, None, styles.swatch(colour))
        worksheet.write_string(row + offset, 1, text, styles.plain)
    row = _numbered(
        worksheet, row + len(_LEGEND) + 2, "写法", [habit.format(**names) for habit in _HABITS], styles
    )
    worksheet.write_string(row, 0, "各表", styles.section)
    for offset, sheet in enumerate(sheets, 1):
        title = sheet.title.replace("'", "''")
        worksheet.write_url(row + offset, 0, f"internal:'{title}'!A1", styles.link, sheet.title)
        worksheet.write_string(row + offset, 1, sheet.help, styles.plain)
    worksheet.set_paper(9)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.protect("", {"format_columns": True, "format_rows": True})


def _numbered(worksheet: Worksheet, row: int, title: str, lines: list[str], styles: Styles) -> int:
    worksheet.write_string(row, 0, title, styles.section)
    for number, line in enumerate(lines, 1):
        worksheet.write_string(row + number, 0, f"{number}.", styles.number)
        worksheet.write_string(row + number, 1, line, styles.plain)
    return row + len(lines) + 2
