"""A4: 三公经费, 车辆, 机关运行经费 and 政府采购 fit into the spending they are part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docgen.checks.accounts import small_business_whole
from docgen.checks.case import Case, equation, quoted, residue, sources_of
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.figures.arithmetic import entered, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Place, Related, Remark, Severity
from docgen.model.final_accounts import CountLine, UseLine
from docgen.model.ledger import SangongLine
from docgen.quantity import ZERO, Yuan, plain

_PART = "部分不大于整体"
_COUNTS = "公开09表与“三公”经费实物量相互对应"


def printed_sangong(case: Case) -> dict[str, str]:
    """The English name of each 三公 item → its printed one."""
    return {key: printed for printed, key in case.pack.ledger.sangong.items()}


def sangong_final(case: Case, key: str) -> Figure:
    """The final amount of a 三公 item, as entered."""
    return total((entered(line.final, case.number) for line in _sangong_lines(case, key)), case.number)


def _sangong_lines(case: Case, key: str) -> list[SangongLine]:
    printed = printed_sangong(case).get(key)
    return [line for line in case.filing.sangong if line.item.value == printed]


def _final_place(case: Case, key: str) -> Place:
    places = (line.final.place for line in _sangong_lines(case, key))
    return next(places, case.sheet_place("sangong"))


@rule(
    "A401",
    severity=Severity.ERROR,
    basis="公开09表含基本支出和项目支出，不小于公开06表的对应科目",
    needs=("sangong", "economic"),
)
def sangong_covers_its_economic_lines(
    case: Case, *, sangong_codes: str, rounding_tolerance: Yuan
) -> Iterator[Remark]:
    """三公经费各项决算数，不小于基本支出里对应的经济科目。

    错例：公务接待费（30217）基本支出 13.24，三公经费的公务接待费决算数 0
    正例：公务接待费决算数不小于 13.24
    怎么改：三公经费包括基本支出和项目支出两部分，补全决算数；记错科目的改正经济分类。
    """
    economic = case.figures.final_accounts.economic
    for code, key in (pair.split("=") for pair in words(sangong_codes)):
        part, whole = economic.get(code, UNKNOWN), sangong_final(case, key)
        if part.value is None or (whole.value is None and whole != UNKNOWN):
            continue
        gap = part.value - (whole.value or ZERO)
        if gap > 0:
            text = (
                f"{printed_sangong(case)[key]}决算数 {case.number(whole.value or ZERO)}，"
                f"小于基本支出的经济科目 {code} {case.number(part.value)}"
            )
            place = _final_place(case, key)
            tier = residue(gap, rounding_tolerance)
            yield Remark(place, text, f"不小于 {case.number(part.value)}", sources_of(part, "经济科目"), tier)


@rule("A402", severity=Severity.ERROR, basis="各用途之和＝该项决算数", needs=("sangong", "sangong_uses"))
def sangong_uses_add_up(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """三公用途里写了金额的，各用途之和等于该项决算数。

    错例：公务用车运行维护费 5.56，保险费 1.93，燃料费 2.63
    正例：保险费 1.93，燃料费 3.63
    怎么改：改正用途的金额；没有列全的补上其他用途。
    """
    for key, printed in printed_sangong(case).items():
        lines = [line for line in case.filing.final_accounts.sangong_uses if line.item.value == printed]
        uses = total((entered(line.amount, case.number) for line in lines), case.number)
        final = sangong_final(case, key)
        if uses.value is None or final.value is None or uses.value == final.value:
            continue
        gap = uses.value - final.value
        how = equation(uses.how, case.number(uses.value))
        text = f"{printed}决算数 {case.number(final.value)}，各用途合计 {how}，相差 {case.amount(abs(gap))}"
        tier = residue(gap, rounding_tolerance, len(uses.sources))
        yield Remark(uses.sources[0], text, case.number(final.value), sources_of(final, "决算数"), tier)


def counted(case: Case, *keys: str) -> Figure:
    """Σ of the counts of these items (by English name); unknown where none is filled."""
    return total(entered(line.count) for line in _count_lines(case, keys))


def _count_lines(case: Case, keys: Iterable[str]) -> list[CountLine]:
    names = case.pack.ledger.counts
    wanted = set(keys)
    return [
        line
        for line in case.filing.final_accounts.sangong_counts
        if names.get(line.item.otherwise("")) in wanted
    ]


def _amount(case: Case, key: str) -> Figure:
    return total((entered(line.amount, case.number) for line in _count_lines(case, (key,))), case.number)


@rule("A403", severity=Severity.VERIFY, basis=_COUNTS, needs=("sangong", "sangong_counts"))
def amounts_and_counts_go_together(case: Case, *, sangong_counts: str) -> Iterator[Remark]:
    """三公经费有支出的项，实物量不为 0；没有支出的，实物量也是 0（保有量除外）。

    错例：公务接待费 1.22 万元，接待 0 批次；公务用车购置费 0，购置 1 辆
    正例：公务接待费 1.22 万元，接待 12 批次
    怎么改：补填或改正“三公实物量”；费用由其他资金负担的，写核实说明。
    """
    if not case.uses("sangong_counts"):
        return
    spent = [name for key, name in printed_sangong(case).items() if sangong_final(case, key).value]
    if spent and not case.filing.final_accounts.sangong_counts:
        text = f"{'、'.join(spent)}有支出，一项实物量也没有填"
        yield Remark(case.sheet_place("sangong_counts"), text, "填写实物量")
        return
    for pair in words(sangong_counts):
        key, names = pair.split("=")
        final, kept = sangong_final(case, key), names.endswith("?")
        count = counted(case, *names.rstrip("?").split("+"))
        if final.value is None or (count.value is None and count != UNKNOWN):
            continue
        is_spent, number = final.value > 0, count.value or ZERO
        if is_spent == (number > 0) or (kept and not is_spent):
            continue
        text = f"{printed_sangong(case)[key]}决算数 {case.number(final.value)}，实物量却是 {plain(number)}"
        lines = _count_lines(case, names.rstrip("?").split("+"))
        place = lines[0].count.place if lines else case.sheet_place("sangong_counts")
        yield Remark(place, text, "大于 0" if is_spent else "0", sources_of(final, "决算数"))


@rule(
    "A404",
    severity=Severity.ERROR,
    basis="公务接待费＝国内＋国（境）外，外事接待包含在国内接待里",
    needs=("sangong", "sangong_counts"),
)
def reception_parts_fit(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """国内、国（境）外接待费之和等于公务接待费，外事接待不超过国内接待。

    错例：公务接待费 1.22，国内接待费 1.02；国内 12 批次，外事 15 批次
    正例：国内接待费 1.22；国内 12 批次，外事 2 批次
    怎么改：改正“三公实物量”里的金额、批次或人次。
    """
    domestic, abroad = _amount(case, "receptions"), _amount(case, "receptions_abroad")
    parts, final = total((domestic, abroad), case.number), sangong_final(case, "official_reception")
    if parts.value is not None and final.value is not None and parts.value != final.value:
        gap = parts.value - final.value
        how = equation(parts.how, case.number(parts.value))
        text = f"国内、国（境）外接待费合计 {how}，公务接待费决算数 {case.number(final.value)}"
        tier = residue(gap, rounding_tolerance, len(parts.sources))
        yield Remark(parts.sources[0], text, case.number(final.value), sources_of(final, "决算数"), tier)
    pairs = (
        ("批次", counted(case, "foreign_receptions"), counted(case, "receptions"), plain),
        ("人次", counted(case, "foreign_guests"), counted(case, "guests"), plain),
        ("金额", _amount(case, "foreign_receptions"), domestic, case.number),
    )
    for name, part, whole, write in pairs:
        if part.value is not None and whole.value is not None and part.value > whole.value:
            text = f"外事接待{name} {write(part.value)}，大于国内接待{name} {write(whole.value)}"
            related = sources_of(whole, f"国内接待{name}")
            yield Remark(part.sources[0], text, f"不超过 {write(whole.value)}", related)


def _vehicles(case: Case) -> Figure:
    ledger = case.pack.ledger
    lines = [
        line
        for line in case.filing.final_accounts.assets
        if ledger.assets.get(line.item.otherwise("")) in ledger.vehicles
    ]
    return total(entered(line.count) for line in lines)


@rule(
    "A405",
    severity=Severity.VERIFY,
    basis="公务用车保有量不超过年末车辆数",
    needs=("sangong_counts", "assets"),
)
def vehicles_kept_are_owned(case: Case) -> Iterator[Remark]:
    """财政拨款负担的公务用车保有量，不超过年末车辆数。

    错例：公务用车保有量 8 辆，车辆合计 6 辆
    正例：公务用车保有量 8 辆，车辆合计 8 辆
    怎么改：核对“三公实物量”和“车辆与设备”；租用车辆的写核实说明。
    """
    kept, owned = counted(case, "vehicles_kept"), _vehicles(case)
    limit = owned.value if case.filing.final_accounts.assets else ZERO
    if kept.value is not None and limit is not None and kept.value > limit:
        text = f"公务用车保有量 {plain(kept.value)} 辆，年末车辆合计只有 {plain(limit)} 辆"
        yield Remark(kept.sources[0], text, f"不超过 {plain(limit)}", sources_of(owned, "计入合计"))


@rule("A406", severity=Severity.ERROR, basis="各用途的车辆数之和＝该类车辆数", needs=("assets", "asset_uses"))
def vehicle_uses_add_up(case: Case) -> Iterator[Remark]:
    """某类车辆写了使用情况的，各用途的数量之和等于该类车辆数。

    错例：其他用车 8 辆，办案用车 4 辆，下乡用车 3 辆
    正例：其他用车 8 辆，办案 4 辆，下乡 3 辆，日常公务 1 辆
    怎么改：改正“车辆使用”的数量，或补上漏写的用途。
    """
    by_item: dict[str, list[UseLine]] = {}
    for line in case.filing.final_accounts.asset_uses:
        by_item.setdefault(line.item.otherwise(""), []).append(line)
    assets = case.filing.final_accounts.assets
    yield from _used_but_not_owned(by_item, {asset.item.value for asset in assets})
    for asset in assets:
        lines = by_item.get(asset.item.otherwise(""), [])
        uses = total(entered(line.count) for line in lines)
        if asset.count.value is None or uses.value is None or uses.value == asset.count.value:
            continue
        how = equation(uses.how, plain(uses.value))
        text = f"{asset.item.otherwise('')} {plain(asset.count.value)} 辆，各用途合计 {how} 辆"
        yield Remark(uses.sources[0], text, plain(asset.count.value), (Related(asset.count.place, "车辆数"),))


def _used_but_not_owned(by_item: Mapping[str, list[UseLine]], owned: set[str | None]) -> Iterator[Remark]:
    """Uses of a kind of vehicle that 车辆与设备 has no row for."""
    for item, lines in by_item.items():
        if item and item not in owned and any(line.count.value for line in lines):
            text = f"{quoted(item)}写了用途，“车辆与设备”里却没有这一类车辆"
            yield Remark(lines[0].item.place, text, "改正类别，或补填车辆数")


@rule(
    "A407",
    severity=Severity.ERROR,
    basis="机关运行经费是行政、参公单位的公用经费，不超过公用经费合计",
    needs=("running_costs", "economic"),
)
def running_costs_fit_into_public_costs(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """机关运行经费不超过公用经费。

    错例：机关运行经费 142.8，公用经费合计 79.1
    正例：机关运行经费 79.1
    怎么改：核对“机关运行经费”；它只包括行政单位和参照公务员法管理事业单位的公用经费。
    """
    lines = case.filing.final_accounts.running_costs
    costs = total((entered(line.final, case.number) for line in lines), case.number)
    public = case.account("public")
    if costs.value is not None and public.value is not None and costs.value > public.value:
        how = equation(costs.how, case.number(costs.value))
        text = f"机关运行经费 {how}，超过公用经费合计 {case.number(public.value)}"
        tier = residue(costs.value - public.value, rounding_tolerance, len(public.sources))
        yield Remark(costs.sources[0], text, f"不超过 {case.number(public.value)}", severity=tier)


@rule("A408", severity=Severity.ERROR, basis=_PART, needs=("procurement",))
def small_business_fits_into_procurement(case: Case) -> Iterator[Remark]:
    """授予小微企业的合计不超过授予中小企业的合计，授予中小企业的合计不超过政府采购合计。

    错例：货物只填了小微企业 97.66，服务只填了中小企业 80
    正例：中小企业合计 105.66，其中小微企业合计 97.66
    怎么改：改正填错的一项；一类采购授予小微企业的，也计入授予中小企业。
    """
    pairs = (("small_business", small_business_whole(case)), ("micro_business", "small_business"))
    for part_key, whole_key in pairs:
        part, whole = (case.figures.accounts[f"procurement_{key}"] for key in (part_key, whole_key))
        if part.value is None or whole.value is None or part.value <= whole.value:
            continue
        if not _one_line_is_wrong(case, part_key, whole_key):
            small = f"{case.label('procurement', part_key)}合计 {case.number(part.value)}"
            text = f"{small}，大于{case.label('procurement', whole_key)}合计 {case.number(whole.value)}"
            related = sources_of(whole, "计入合计")
            yield Remark(part.sources[0], text, f"不超过 {case.number(whole.value)}", related)


def _one_line_is_wrong(case: Case, part: str, whole: str) -> bool:
    """Whether A107 already speaks of a single row."""
    pairs = [(getattr(line, part).value, getattr(line, whole).value) for line in case.filing.procurement]
    return any(small is not None and large is not None and small > large for small, large in pairs)


@rule("A409", severity=Severity.ERROR, basis=_PART, needs=("sangong", "spending"))
def parts_fit_into_disclosed_spending(case: Case) -> Iterator[Remark]:
    """三公经费不超过财政拨款支出，政府采购不超过本年支出。

    错例：本年支出 5061.13，政府采购合计 15277（少写了小数点）
    正例：政府采购合计 152.77
    怎么改：核对金额单位和小数点。
    """
    sangong = total((sangong_final(case, key) for key in printed_sangong(case)), case.number)
    parts = (
        ("三公经费", sangong, "财政拨款支出", case.account("fiscal_spending")),
        ("政府采购", case.figures.accounts["procurement_final"], "本年支出", case.account("spending")),
    )
    for name, part, whole_name, whole in parts:
        if part.value is not None and whole.value is not None and part.value > whole.value:
            text = f"{name}合计 {case.number(part.value)}，超过{whole_name} {case.number(whole.value)}"
            yield Remark(part.sources[0], text, f"不超过 {case.number(whole.value)}")


RULES = (
    sangong_covers_its_economic_lines,
    sangong_uses_add_up,
    amounts_and_counts_go_together,
    reception_parts_fit,
    vehicles_kept_are_owned,
    vehicle_uses_add_up,
    running_costs_fit_into_public_costs,
    small_business_fits_into_procurement,
    parts_fit_into_disclosed_spending,
)
