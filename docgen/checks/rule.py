"""A check is one function and one sentence; this makes it a frozen ``Rule``. Nothing registers itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docgen.finding import Remark, Severity

Check = Callable[..., Iterator[Remark]]
PARTS = ("错例", "正例", "怎么改")


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its page in RULES.md.

    ``function(case, **parameters)`` yields remarks; ``parameters`` are the names of its keyword arguments,
    whose values come from the pack. ``needs`` are the sheets without which the rule would only repeat what
    reading reports: it is silent unless they were read whole. Rules without a function describe what reading
    the workbook reports.
    """

    code: str
    slug: str
    severity: Severity
    basis: str
    summary: str
    wrong: str
    right: str
    fix: str
    function: Check | None = None
    parameters: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def rule(
    code: str, *, severity: Severity, basis: str, needs: tuple[str, ...] = ()
) -> Callable[[Check], Rule]:
    """Make the decorated function a ``Rule``; its docstring is the rule's page.

    Raises ``ValueError`` for a docstring without one of its four parts.
    """

    def decorate(function: Check) -> Rule:
        summary, parts = _page(function)
        return Rule(
            code=code,
            slug=function.__name__,
            severity=severity,
            basis=basis,
            summary=summary,
            wrong=parts["错例"],
            right=parts["正例"],
            fix=parts["怎么改"],
            function=function,
            parameters=_keywords(function),
            needs=needs,
        )

    return decorate


def _keywords(function: Check) -> tuple[str, ...]:
    """The names of the keyword-only arguments; a signature of each of so many rules would cost a start."""
    code = function.__code__
    names: tuple[str, ...] = code.co_varnames[code.co_argcount :][: code.co_kwonlyargcount]
    return names


def _page(function: Check) -> tuple[str, dict[str, str]]:
    lines = [line.strip() for line in (function.__doc__ or "").strip().splitlines()]
    parts: dict[str, str] = {}
    current = ""
    for line in lines[1:]:
        name, colon, rest = line.partition("：")
        if colon and name in PARTS:
            current = name
            parts[current] = rest.strip()
        elif current:
            parts[current] += line
    if not lines or set(parts) != set(PARTS):
        raise ValueError(f"{function.__name__}: the docstring needs a sentence, 错例, 正例 and 怎么改")
    return lines[0], parts
