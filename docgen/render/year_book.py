"""年终汇总.xlsx: every department and project of a batch, with native charts. Lines come one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.render.ledger_sheet import Heading, LedgerSheet, Rate, Value

MOST_BARS = 120  # departments one chart can name legibly
_CHART_COLUMN = 5
_BAR_HEIGHT = 18  # pixels
_SMALLEST_CHART = 320

DEPARTMENTS = (
    Heading("序号", 6),
    Heading("部门", 30),
    Heading("年度", 7),
    Heading("模板包", 12),
    Heading("结果", 8),
    Heading("项目数", 8),
    Heading("年初预算数（万元）", 14),
    Heading("全年预算数（万元）", 14),
    Heading("全年执行数（万元）", 14),
    Heading("执行率", 9),
    Heading("项目平均得分", 10),
    Heading("整体得分", 9),
    Heading("整体等级", 9),
    Heading("错误", 6),
    Heading("核实", 6),
    Heading("已说明", 7),
    Heading("提示", 6),
    Heading("工作簿", 26),
    Heading("说明", 40),
)
PROJECTS = (
    Heading("序号", 6),
    Heading("部门", 28),
    Heading("年度", 7),
    Heading("实施单位", 26),
    Heading("项目", 34),
    Heading("年初预算数（万元）", 14),
    Heading("全年预算数（万元）", 14),
    Heading("全年执行数（万元）", 14),
    Heading("执行率", 9),
    Heading("自评总分", 9),
    Heading("等级", 8),
    Heading("发现", 6),
)
RATES = (Heading("部门", 34), Heading("执行率", 10))


@dataclass(frozen=True, slots=True)
class Front:
    """The first sheet: sentences, a table of totals, and how many projects reached which score."""

    notes: Sequence[str]
    totals: Sequence[tuple[str, Value]]
    scores: Sequence[tuple[str, int]]


class YearBook:
    """The book being written; a line that is written is no longer held in memory."""

    def __init__(self) -> None:
        from docgen.render.row_book import RowBook  # with it XlsxWriter is loaded

        self._book = RowBook("年终汇总", constant_memory=True)
        self._front, self._departments, self._projects, self._rates = (
            LedgerSheet(self._book, name) for name in ("汇总", "部门", "项目", "执行率")
        )
        self._departments.open_table(DEPARTMENTS)
        self._projects.open_table(PROJECTS)
        self._rates.open_table(RATES)

    def department(self, values: Sequence[Value]) -> None:
        """The next line of the departments."""
        self._departments.line(values)

    def project(self, values: Sequence[Value]) -> None:
        """The next line of the projects."""
        self._projects.line(values)

    def rate(self, department: str, rate: Rate) -> None:
        """The next line of the rates by department, the lowest first."""
        self._rates.line([department, rate])

    def finished(self, front: Front) -> bytes:
        """The bytes of the book; nothing can be added after."""
        for sheet in (self._departments, self._projects, self._rates):
            sheet.close_table()
        self._write_front(front)
        return self._book.finished()

    def _write_front(self, front: Front) -> None:
        sheet = self._front
        sheet.widths((26, 20, 4, 4, 4))
        sheet.title("年终汇总")
        for note in front.notes:
            sheet.note(note)
        sheet.note("")
        sheet.headings([Heading("全部部门"), Heading("")])
        for line in front.totals:
            sheet.line(line)
        sheet.note("")
        sheet.headings([Heading("自评总分"), Heading("项目数")])
        first = sheet.row
        for line in front.scores:
            sheet.line(line)
        sheet.chart(self._score_chart(first, sheet.row - 1), 1, _CHART_COLUMN)
        if self._rates.row > 1:
            sheet.chart(self._rate_chart(), 22, _CHART_COLUMN)

    def _score_chart(self, first: int, last: int) -> object:
        chart = self._book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": "项目数",
                "categories": ["汇总", first, 0, last, 0],
                "values": ["汇总", first, 1, last, 1],
                "data_labels": {"value": True},
                "gap": 40,
            }
        )
        chart.set_title({"name": "项目自评总分分布", "overlay": False})
        chart.set_legend({"none": True})
        chart.set_x_axis({"name": "自评总分（分）"})
        chart.set_y_axis({"name": "项目数", "major_gridlines": {"visible": True}, "num_format": "0"})
        chart.set_size({"width": 640, "height": 380})
        return chart

    def _rate_chart(self) -> object:
        bars = min(self._rates.row - 1, MOST_BARS)
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": "执行率",
                "categories": ["执行率", 1, 0, bars, 0],
                "values": ["执行率", 1, 1, bars, 1],
                "data_labels": {"value": True},
                "gap": 40,
            }
        )
        which = "" if bars == self._rates.row - 1 else f"（最低的 {bars} 个）"
        chart.set_title({"name": f"各部门预算执行率{which}", "overlay": False})
        chart.set_legend({"none": True})
        chart.set_x_axis({"num_format": "0%", "min": 0})
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
        chart.set_size({"width": 640, "height": max(_SMALLEST_CHART, 80 + _BAR_HEIGHT * bars)})
        return chart
