"""An Excel workbook as a reader sees it, in plain text: one line per row that holds anything.

Cells are parted by ``│`` and shown roughly as their number format shows them; ``⇠n`` says that a cell covers
n columns, ``⇡`` that it continues the cell above; a formula is ``=… ⇒ cached value``. What belongs to the
sheet as a whole (print area, drop-downs, notes, protection) follows its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from tests.ooxml import ABOVE, BAR, BREAK, Element, Parts, R, Source, spanned

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 22: "yyyy/m/d h:mm",
    31: "yyyy年m月d日", 49: "@", 57: "yyyy年m月",
}  # fmt: skip
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no time zone
Spans = dict[tuple[int, int], tuple[int, bool]]  # (row, column) → columns covered, continues the row above


def xlsx_text(source: Source) -> str:
    """All that a reader sees of an .xlsx, ending in a line feed."""
    parts = Parts(source)
    main = parts.of_kind("", "officeDocument")[0]
    book = _Book(parts, main, _strings(parts, main), _formats(parts, main))
    title = [f"〔标题〕{parts.title()}"] if parts.title() else []
    return "\n".join(line.rstrip() for line in [*title, *book.lines()]) + "\n"


@dataclass(frozen=True, slots=True)
class _Book:
    parts: Parts
    main: str
    strings: list[str]
    formats: list[str]

    def lines(self) -> Iterator[str]:
        root = self.parts.tree(self.main)
        targets = self.parts.targets(self.main)
        for index, sheet in enumerate(root.iterfind(f"{S}sheets/{S}sheet")):
            state = {"hidden": "（隐藏）", "veryHidden": "（深度隐藏）"}.get(sheet.get("state", ""), "")
            yield f"══ {sheet.get('name')}{state} ══"
            yield from self.sheet(targets[sheet.get(R + "id", "")])
            for name in root.iterfind(f"{S}definedNames/{S}definedName[@localSheetId='{index}']"):
                yield f"〔{name.get('name', '').removeprefix('_xlnm.')}〕{name.text}"
        for name in root.iterfind(f"{S}definedNames/{S}definedName"):
            if name.get("localSheetId") is None:
                yield f"〔名称〕{name.get('name')}：{name.text}"

    def sheet(self, part: str) -> Iterator[str]:
        root = self.parts.tree(part)
        spans = _spans(root)
        for row in root.iterfind(f"{S}sheetData/{S}row"):
            number = int(row.get("r", "0"))
            cells = {_place(cell.get("r", ""))[1]: self.cell(cell) for cell in row.iterfind(S + "c")}
            text = _row(number, cells, spans)
            if text:
                yield f"{number:>3} {'（隐藏）' if row.get('hidden') in {'1', 'true'} else ''}│ {text}"
        yield from _settings(root)
        for comments in self.parts.of_kind(part, "comments"):
            for note in self.parts.tree(comments).iter(S + "comment"):
                yield f"〔批注〕{note.get('ref')}：{_joined(note)}"

    def cell(self, cell: Element) -> str:
        formula = cell.find(S + "f")
        shown = self.value(cell).replace("\n", BREAK)
        return shown if formula is None else f"={formula.text or ''} ⇒ {shown}"

    def value(self, cell: Element) -> str:
        kind, value = cell.get("t", "n"), cell.findtext(S + "v") or ""
        if kind == "s":
            return self.strings[int(value)]
        if kind == "inlineStr":
            return _joined(cell)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return _shown(value, self.formats[int(cell.get("s", "0"))]) if kind == "n" else value


def _row(number: int, cells: dict[int, str], spans: Spans) -> str:
    if not any(cells.values()):
        return ""
    last = max(*cells, *(column for row, column in spans if row == number), 0)
    shown: list[str] = []
    column = 1
    while column <= last:
        width, continues = spans.get((number, column), (1, False))
        shown.append(spanned(ABOVE if continues else cells.get(column, ""), width))
        column += width
    while not shown[-1]:
        shown.pop()
    return BAR.join(shown)


def _spans(root: Element) -> Spans:
    spans: Spans = {}
    for merge in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        for row in range(top, bottom + 1):
            spans[row, left] = (right - left + 1, row > top)
    return spans


def _settings(root: Element) -> Iterator[str]:
    pane = root.find(f"{S}sheetViews/{S}sheetView/{S}pane")
    if pane is not None:
        yield f"〔冻结〕{pane.get('topLeftCell')}"
    if root.find(S + "sheetProtection") is not None:
        yield "〔保护〕"
    for rule in root.iter(S + "dataValidation"):
        facts = [rule.get("type", ""), *(child.text or "" for child in rule), rule.get("prompt", "")]
        yield f"〔校验〕{rule.get('sqref')}：{'；'.join(fact for fact in facts if fact)}"
    for rule in root.iter(S + "conditionalFormatting"):
        yield f"〔条件格式〕{rule.get('sqref')}：{'；'.join(f.text or '' for f in rule.iter(S + 'formula'))}"
    for name in ("oddHeader", "oddFooter"):
        text = root.findtext(f"{S}headerFooter/{S}{name}")
        if text:
            yield f"〔{'页眉' if name == 'oddHeader' else '页脚'}〕{text}"


def _strings(parts: Parts, main: str) -> list[str]:
    return [
        _joined(item)
        for part in parts.of_kind(main, "sharedStrings")
        for item in parts.tree(part).iterfind(S + "si")
    ]


def _joined(node: Element) -> str:
    """The text of a string item, without its phonetic guide."""
    return "".join(
        text.text or "" for text in node.iter(S + "t") if getattr(text.getparent(), "tag", "") != S + "rPh"
    )


def _formats(parts: Parts, main: str) -> list[str]:
    """The number format of every cell style."""
    styles = parts.tree(parts.of_kind(main, "styles")[0])
    own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in styles.iter(S + "numFmt")}
    ids = [int(xf.get("numFmtId", "0")) for xf in styles.iterfind(f"{S}cellXfs/{S}xf")]
    return [own.get(number, BUILT_IN.get(number, "General")) for number in ids] or ["General"]


def _shown(value: str, code: str) -> str:
    """A number roughly as a spreadsheet shows it: places, thousands, percent, dates, literals."""
    plain = re.sub(r"\[[^]]*]|_.|\*.", "", code.split(";", 1)[0])
    bare = re.sub(r'"[^"]*"|\\.', "", plain)
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if re.search(r"[yd]", bare.lower()) and "General" not in code:
        return _day(number, plain.lower())
    digits = re.search(r"[#0?,]*[0#?](?:\.[0#?]+)?%?", bare)
    if digits is None:
        return value
    return _literal(plain, digits[0], _rounded(number, digits[0]))


def _rounded(number: Decimal, digits: str) -> str:
    scaled = number * 100 if digits.endswith("%") else number
    places = digits.rstrip("%").partition(".")[2]
    exact = scaled.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{exact:{',' if ',' in digits else ''}f}"
    optional = len(places) - len(places.rstrip("#"))
    trimmed = text[: len(text) - optional] + text[len(text) - optional :].rstrip("0") if optional else text
    return trimmed.removesuffix(".") + ("%" if digits.endswith("%") else "")


def _literal(plain: str, digits: str, number: str) -> str:
    pieces = re.findall(r'"[^"]*"|\\.|' + re.escape(digits) + "|.", plain)
    return "".join(
        number if piece == digits else piece.strip('"') if piece[0] == '"' else piece.lstrip("\\")
        for piece in pieces
    )


def _day(number: Decimal, code: str) -> str:
    day = EPOCH + timedelta(days=int(number))
    pieces = {"yyyy": f"{day:%Y}", "yy": f"{day:%y}", "mm": f"{day:%m}", "dd": f"{day:%d}"}
    pieces |= {"m": str(day.month), "d": str(day.day), "hh": "00", "h": "0"}
    return re.sub(r"y+|m+|d+|h+", lambda found: pieces.get(found[0], found[0]), re.sub(r'["\\]', "", code))


def _place(reference: str) -> tuple[int, int]:
    """Row and column of ``B7``, both from 1."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :] or 0), column
