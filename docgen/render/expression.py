"""What may stand in a tag: dotted names, simple tests, fixed words; no call, no arithmetic, no filter."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Call: "模板里不能调用函数",
    nodes.Filter: "模板里不能用过滤器（|）",
    nodes.BinExpr: "模板里不能计算，请由程序给出这个数",
    nodes.UnaryExpr: "模板里不能计算，请由程序给出这个数",
    nodes.Test: "模板里不能用 is 判断",
    nodes.CondExpr: "请改用 {% if %} … {% endif %}",
    nodes.Concat: "模板里不能拼接文字，请把两个标签写在一起",
    nodes.Slice: "方括号里只能写固定的名称或序号",
}
_LOGIC = (nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const, nodes.List, nodes.Tuple)
_NAME = re.compile(r"""([^\W\d]\w*)((?:\.[^\W\d]\w*|\["[^"\\]+"\]|\['[^'\\]+'\])*)""")
_STEP = re.compile(r"""\.(\w+)|\["(.*?)"\]|\['(.*?)'\]""")
_RESERVED = frozenset({*keyword.kwlist, "true", "false", "none"})
_parser = SandboxedEnvironment()


@cache
def tree_of(text: str) -> nodes.Node | None:
    """The tree of an expression; None when it is not one."""
    try:
        body = _parser.parse(f"{{{{ {text} }}}}").body if text else []
    except TemplateSyntaxError:
        return None
    output = body[0] if len(body) == 1 else None
    return output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else None


def refusal(node: nodes.Node) -> str:
    """Why a node can have no place in a template; empty when it can."""
    if isinstance(node, _LOGIC):
        return ""
    return next((message for kind, message in _REFUSED.items() if isinstance(node, kind)), "标签写法不对")


@dataclass(frozen=True, slots=True)
class Name:
    """An expression that is nothing but a name: its first word, and the steps from there."""

    root: str
    steps: tuple[str, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """All its words."""
        return (self.root, *self.steps)

    def below(self, path: str) -> str:
        """The dotted name, with ``path`` for its first word."""
        return ".".join((path, *self.steps))


@cache
def name_in(text: str, *, is_own: bool = False) -> Name | None:
    """The name that an expression is, as nearly all are: no parser need look at it. None for any other.

    The words of a loop, and what begins with an underscore, are the engine's own (``is_own``).
    """
    found = _NAME.fullmatch(text)
    if found is None or found[1] in _RESERVED:
        return None
    if not is_own and (text.startswith("_") or found[1] == "loop"):
        return None
    return Name(found[1], tuple(step for steps in _STEP.findall(found[2]) for step in steps if step))


def is_name(text: str) -> bool:
    """Whether a loop or an assignment may give this name."""
    return text.isidentifier() and not text.startswith("_") and text not in {"loop", "true", "false", "none"}


def comparison_problems(node: nodes.Compare) -> Iterator[str]:
    """What is wrong with a comparison."""
    if any(operand.op not in {"eq", "ne", "in", "notin"} for operand in node.ops):
        yield "模板里只能比较相同（==）、不同（!=）、属于（in），不能比大小"
    sides = [node.expr, *(operand.expr for operand in node.ops)]
    if not any(isinstance(side, (nodes.Const, nodes.List, nodes.Tuple)) for side in sides):
        yield "只能与固定的文字比较"
