"""What reading may find wrong, as data: the rules of the families W (structure) and V (values)."""

from __future__ import annotations

from typing import NamedTuple

from docgen.finding import Finding, Place, Related, Severity


class Complaint(NamedTuple):
    """One rule that reading itself enforces; its sentence states what should be true."""

    code: str
    slug: str
    severity: Severity
    sentence: str
    wrong: str
    right: str
    fix: str

    def at(
        self,
        place: Place,
        message: str,
        expected: str = "",
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """The finding at ``place``; ``severity`` (seldom) overrides the rule's own tier."""
        tier = severity or self.severity
        return Finding(self.code, tier, place, message, expected, fix=self.fix, related=related)


ERROR, NOTE = Severity.ERROR, Severity.NOTE

SHEET_MISSING = Complaint(
    "W101",
    "sheet_is_present",
    ERROR,
    "模板包要求的表都在工作簿里。",
    "工作簿里没有“项目资金”，有一张“项目经费”",
    "表名与 docgen new 生成的一致",
    "把表名改回来；表被删掉的，用 docgen new 另生成一份，把整张表复制过来。",
)
COLUMN_MISSING = Complaint(
    "W102",
    "column_is_present",
    ERROR,
    "必填的列都在表里，列名与印出的一致。",
    "“绩效指标”的表头里没有“年度指标值”，有一列“年度指标”",
    "表头写“年度指标值”（列的先后不限）",
    "把表头改回来；列被删掉的，补上这一列。",
)
COLUMN_UNKNOWN = Complaint(
    "W103",
    "column_is_known",
    NOTE,
    "表里只有模板包认识的列。",
    "“项目”多出一列“备注”",
    "没有多出的列，或知道它不会被读取",
    "这一列不读取，可以保留；如果是列名写错，请改正。",
)
HEADING_TWICE = Complaint(
    "W104",
    "heading_is_unique",
    ERROR,
    "一张表里同一个列名只出现一次。",
    "“项目资金”的 D1 和 G1 都是“全年预算数”，两列都没有读取",
    "只有一列“全年预算数”",
    "删掉多余的一列，或改掉它的列名。",
)
NOTHING_FILLED = Complaint(
    "W105",
    "workbook_is_filled",
    ERROR,
    "工作簿里填了内容，必填的表至少有一行。",
    "“项目”只有表头和示例行",
    "“项目”里每个项目一行",
    "从第一行空行填起；示例行不算。",
)
SHEET_UNKNOWN = Complaint(
    "W106",
    "sheet_is_known",
    NOTE,
    "工作簿里只有模板包认识的表。",
    "多出一张“Sheet1”",
    "没有多出的表，或知道它不会被读取",
    "这张表不读取，可以保留；如果是表名写错，请改正。",
)
HIDDEN = Complaint(
    "W107",
    "rows_are_visible",
    NOTE,
    "填了内容的表、行、列没有隐藏。",
    "“绩效指标”第 12 行隐藏着，里面有一个指标",
    "取消隐藏，或知道隐藏的内容照样读取",
    "隐藏的内容照样读取；不要的请删除，不要只隐藏或筛掉。",
)
MERGED = Complaint(
    "W108",
    "data_cells_are_not_merged",
    NOTE,
    "数据区不合并单元格。",
    "“绩效指标”A3:A12 合并成一格写项目名称",
    "每一行都写项目名称",
    "取消合并，每行都填；合并的项目名称和各级指标已按每行相同读取，其他合并的只算在第一行。",
)
FILE_OPEN = Complaint(
    "W109",
    "workbook_is_closed",
    NOTE,
    "运行时工作簿没有在 Excel 里开着。",
    "旁边有 ~$ 开头的锁文件",
    "先保存并关闭，再运行",
    "读到的是上一次保存的内容；请保存并关闭后再运行一次。",
)
MACROS = Complaint(
    "W110",
    "workbook_has_no_macros",
    NOTE,
    "工作簿不带宏。",
    "文件是 .xlsm，里面有宏",
    "文件是 .xlsx",
    "宏不会运行，也不影响读取；不需要宏的请另存为 .xlsx。",
)
HEADINGS_MISSING = Complaint(
    "W111",
    "heading_row_is_found",
    ERROR,
    "每张表的前十行里有表头。",
    "“三公经费”的表头行被删掉了",
    "表头在第 1 行",
    "补上表头行，列名与 docgen new 生成的一致。",
)
AMOUNTS_UNKNOWN = Complaint(
    "W112",
    "amounts_stand_in_known_columns",
    ERROR,
    "填金额的表里，金额都填在模板包认识的列里。",
    "“支出”多出一列“社保基金支出”，里面填了 3 个数，合计 45.6",
    "社保基金的支出另起一行，资金性质选清单里的一项",
    "列名写错的改正；不属于这张表的金额，移到该填的列或行，再删掉这一列；自己用来核对的，移到别的表，"
    "或改成公式后在“核实说明”里写明。",
)
NAME_UNKNOWN = Complaint(
    "W201",
    "name_is_listed",
    ERROR,
    "各表里的项目和单位，都是“项目”“单位”两张表里有的。",
    "“绩效指标”里写“事业单位公开招聘”，“项目”里叫“事业单位招聘”",
    "两处名称一致",
    "从下拉清单里选；确实是新的，先在“项目”或“单位”里加一行。",
)
NAME_TWICE = Complaint(
    "W202",
    "name_is_unique",
    ERROR,
    "项目名称、单位名称各不相同。",
    "“项目”第 4 行和第 9 行都叫“培训经费”",
    "名称能区分开",
    "重复填的删掉一行；确是两个项目的，名称里写明区别。",
)
TEXT_TWICE = Complaint(
    "W203",
    "narrative_is_unique",
    ERROR,
    "同一单位的同一章节只写一行。",
    "“文字”里同一单位的“自评过程”有两行",
    "写在一格里，用 Alt+Enter 分段",
    "把两行合到一格里。",
)
TOTAL_TWICE = Complaint(
    "W205",
    "total_row_is_unique",
    ERROR,
    "每个项目的合计行最多一行。",
    "“项目资金”里同一项目有两行“年度资金总额”",
    "一行，或者不填（由程序合计）",
    "删掉多余的合计行。",
)
SECTION_ELSEWHERE = Complaint(
    "W204",
    "section_fits_scope",
    ERROR,
    "单位的章节写给单位，部门整体的章节写给部门整体。",
    "“适用单位”是“部门整体”，“章节”却是“自评过程”",
    "部门整体用“整体·自评过程”",
    "改“适用单位”或“章节”其中之一。",
)
NOT_A_NUMBER = Complaint(
    "V101",
    "number_is_readable",
    ERROR,
    "金额、分值、个数是数。",
    "“年初预算数”填“约20万”",
    "20，或 1,234.50，或 16.06万元",
    "填一个数；可以带单位，不带单位的金额按“单位信息”里的金额单位理解。",
)
NOT_A_RATIO = Complaint(
    "V102",
    "ratio_is_readable",
    ERROR,
    "百分比写明是百分之几。",
    "“执行率”填 1.05（是 105% 还是 1.05%？）",
    "105%",
    "写上百分号，如 80.3%。",
)
NOT_A_DATE = Complaint(
    "V103",
    "date_is_readable",
    ERROR,
    "日期写全年、月、日。",
    "“汇总日期”填“2022年7月”",
    "2022-07-11、2022/7/11、2022年7月11日、20220711 都可以",
    "写成 2022-07-11 的样子。",
)
NOT_A_YEAR = Complaint(
    "V104",
    "year_is_readable",
    ERROR,
    "年度是四位数。",
    "“年度”填“21”",
    "2021",
    "写四位数的年份。",
)
NOT_YES_OR_NO = Complaint(
    "V105",
    "yes_or_no_is_readable",
    ERROR,
    "是非项填“是”或“否”。",
    "“单独自评”填“部分”",
    "是",
    "从下拉清单里选“是”或“否”。",
)
NOT_A_CHOICE = Complaint(
    "V106",
    "choice_is_listed",
    ERROR,
    "有清单的项从清单里选。",
    "“资金来源”填“县财政”",
    "当年财政拨款",
    "从下拉清单里选一项。",
)
BLANK = Complaint(
    "V107",
    "required_is_filled",
    ERROR,
    "必填项不空着。",
    "“分值”空着",
    "10",
    "补填这一格；整行不要的，请删除整行。",
)
NOT_CALCULATED = Complaint(
    "V108",
    "formula_has_a_value",
    ERROR,
    "公式已经算出结果。",
    "“全年执行数”是公式，文件生成后从未在 Excel 或 WPS 里打开过",
    "打开并保存一次，或直接填数",
    "用 Excel 或 WPS 打开工作簿，保存后再运行；也可以把公式换成数。",
)
FORMULA_FAILED = Complaint(
    "V109",
    "cell_has_no_error",
    ERROR,
    "单元格里没有 #REF! 之类的错误值。",
    "“全年预算数”显示 #REF!",
    "16.06",
    "改正公式，或直接填数。",
)
CONTROL_CHARACTERS = Complaint(
    "V110",
    "text_has_no_control_characters",
    NOTE,
    "文字里没有看不见的控制字符。",
    "从网页复制来的文字里夹着控制字符",
    "只有看得见的文字",
    "已自动去掉，不影响出文件；想去掉提示，请重新输入这段文字。",
)
PERCENT_ASSUMED = Complaint(
    "V111",
    "percent_sign_is_written",
    NOTE,
    "大于 2 的百分比写上百分号。",
    "“执行率”填 80.3",
    "80.3%",
    "已按 80.3% 这样的百分数读取；请写上百分号，免得误会。",
)
NOT_A_CODE = Complaint(
    "V112",
    "code_is_readable",
    ERROR,
    "科目代码是 3、5 或 7 位数字。",
    "“科目代码”填“208-1”",
    "2080101",
    "照科目表写代码：类 3 位、款 5 位、项 7 位；名称填在旁边一列，也可以不填。",
)

COMPLAINTS = (
    SHEET_MISSING,
    COLUMN_MISSING,
    COLUMN_UNKNOWN,
    HEADING_TWICE,
    NOTHING_FILLED,
    SHEET_UNKNOWN,
    HIDDEN,
    MERGED,
    FILE_OPEN,
    MACROS,
    HEADINGS_MISSING,
    AMOUNTS_UNKNOWN,
    NAME_UNKNOWN,
    NAME_TWICE,
    TEXT_TWICE,
    SECTION_ELSEWHERE,
    TOTAL_TWICE,
    NOT_A_NUMBER,
    NOT_A_RATIO,
    NOT_A_DATE,
    NOT_A_YEAR,
    NOT_YES_OR_NO,
    NOT_A_CHOICE,
    BLANK,
    NOT_CALCULATED,
    FORMULA_FAILED,
    CONTROL_CHARACTERS,
    PERCENT_ASSUMED,
    NOT_A_CODE,
)
