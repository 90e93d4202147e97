"""Run every rule that is switched on, with the pack's tiers and parameters, and apply the 核实说明."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from docgen.checks import explanations, kinds, left_out, lost_columns
from docgen.checks.case import Case
from docgen.checks.rule import Rule
from docgen.errors import Complaint, PackError
from docgen.figures.acceptance import Key, explained_keys, place_key, reason_of
from docgen.finding import Finding, Remark, Severity
from docgen.model import Filing
from docgen.packs import CheckSetting, Norms, Pack

_DEFAULT = CheckSetting()


def run(case: Case, rules: Iterable[Rule], reading: Iterable[Finding] = ()) -> list[Finding]:
    """All findings, gravest first: those of ``rules`` and those of reading the workbook.

    Raises ``PackError`` when the pack's checks.toml names a rule, tier or parameter that does not exist.
    """
    chosen = [*(rule for rule in rules if rule.function), *kinds.declared(case.pack)]
    complaints = [
        *setting_complaints(case.pack, case.norms, chosen),
        *(_complaint(case.pack, key, message) for key, message in kinds.complaints(case.pack)),
    ]
    if complaints:
        raise PackError(case.pack.id, complaints)
    made = list(_made(case, chosen))
    found = left_out.told_once([*reading, *lost_columns.told_once(made, case, chosen)])
    explained = explain(found, case.filing)
    for rule in explanations.RULES:
        explained.extend(_of(rule, case.pack, explanations.remarks(rule, case, explained)))
    return sorted(explained, key=lambda finding: finding.sort_key)


def _made(case: Case, rules: Iterable[Rule]) -> Iterator[Finding]:
    settings, filing = case.pack.checks, case.filing
    for rule in rules:
        setting = settings.get(rule.code, _DEFAULT)
        is_whole = not filing.gaps or filing.is_whole(*rule.needs)
        if setting.enabled and rule.function and is_whole:
            parameters = parameters_of(rule, setting, case.norms) if rule.parameters else {}
            yield from _of(rule, case.pack, rule.function(case, **parameters))


def _of(rule: Rule, pack: Pack, remarks: Iterable[Remark]) -> Iterator[Finding]:
    for remark in remarks:
        setting = pack.checks.get(rule.code, _DEFAULT)
        tier = Severity(setting.severity) if setting.severity else rule.severity
        yield Finding(
            code=rule.code,
            severity=remark.severity or tier,
            place=remark.place,
            message=remark.message,
            expected=remark.expected,
            basis=setting.basis or rule.basis,
            fix=rule.fix,
            related=remark.related,
        )


def parameters_of(rule: Rule, setting: CheckSetting, norms: Norms) -> dict[str, object]:
    """The values of a rule's parameters: from checks.toml, else the norm of that name."""
    return {
        name: setting.parameters[name] if name in setting.parameters else getattr(norms, name)
        for name in rule.parameters
    }


def setting_complaints(pack: Pack, norms: Norms, rules: Iterable[Rule]) -> Iterator[Complaint]:
    """What is wrong in the pack's settings of rules: unknown code, tier or parameter, missing parameter."""
    known = {rule.code: rule for rule in rules}
    tiers = {tier.value for tier in Severity}
    for code, rule in known.items():
        given = pack.checks[code].parameters if code in pack.checks else {}
        for name in rule.parameters:
            if name not in given and not hasattr(norms, name):
                yield _complaint(pack, f"{code}.parameters.{name}", f"规则 {code} 缺少参数 {name}")
        for name in given.keys() - set(rule.parameters) if given else ():
            yield _complaint(pack, f"{code}.parameters.{name}", f"规则 {code} 没有参数 {name}")
    for code, setting in pack.checks.items():
        if code not in known and not any(rule.code == code for rule in explanations.RULES):
            yield _complaint(pack, code, f"没有编号为 {code} 的规则")
        if setting.severity and setting.severity not in tiers:
            yield _complaint(pack, f"{code}.severity", f"等级只能是 {'、'.join(sorted(tiers))}")


def _complaint(pack: Pack, key: str, message: str) -> Complaint:
    path = f"checks.{key.partition('.')[0]}."
    file = next((file for found, file in pack.origin.items() if found.startswith(path)), "")
    return Complaint(file or f"{pack.id}/checks.toml", key, message)


def explain(findings: Iterable[Finding], filing: Filing) -> list[Finding]:
    """The findings, each 核实 with the reason written for it in 核实说明."""
    listed = list(findings)
    reasons = _reasons(filing, listed)
    return [_explained(finding, reasons) for finding in listed]


def _reasons(filing: Filing, findings: Iterable[Finding]) -> Mapping[Key, str]:
    known = explanations.by_key(findings)
    return {
        key: reason_of(row)
        for row in filing.explanations
        if explanations.closes(row, known)
        for key in explained_keys(row)
    }


def _explained(finding: Finding, reasons: Mapping[Key, str]) -> Finding:
    if finding.severity is not Severity.VERIFY:
        return finding
    reason = reasons.get(place_key(finding.code, finding.place))
    return replace(finding, explained=reason) if reason else finding
