"""The tags: docxtpl's syntax and our extensions, read, checked and followed through their scopes.

One `Outline` follows the tags of one part in document order. It reports every bad tag with its place, turns
each good one into `Code`, and records the dotted names used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import nodes

from docgen.render.expression import Name, comparison_problems, is_name, name_in, refusal, tree_of
from docgen.render.tag import Tag
from docgen.render.template import LOOP_WORDS, Code, TagComplaint

_FOR = re.compile(r"(\S+)\s+in\s+(.+)", re.DOTALL)
_LEVELS = {"": "段内", "p": "整段", "tr": "整行", "tc": "整格", "r": "整个文字块"}


@dataclass(slots=True)
class Frame:
    """An open for or if: where it was opened, and what it gives names to."""

    tag: Tag
    place: str
    holder: object
    code: Code
    number: int
    scope: dict[str, str] = field(default_factory=dict)
    variable: str = ""
    has_else: bool = False
    opens_inside: bool = False
    opens_outside: bool = False


class Outline:
    """The tags of one part, fed in document order."""

    def __init__(self) -> None:
        self.codes: list[Code] = []
        self.complaints: list[TagComplaint] = []
        self.names: dict[str, str] = {}
        self._where = ""
        self.frames: list[Frame] = []
        self._scope: dict[str, str] = {}
        self._count = 0

    def complain(self, place: str, tag: str, message: str) -> None:
        """Note one thing wrong."""
        self.complaints.append(TagComplaint(place, tag, message))

    def code(self, place: str, tag: str, main: str) -> int:
        """A piece of Jinja of the engine's own; its number."""
        self.codes.append(Code(place, tag, main))
        return len(self.codes) - 1

    def feed(self, tag: Tag, place: str, holder: object) -> int:
        """One tag; `holder` must be the same for the tags that open and close a block. Gives its code."""
        number = self.code(place, tag.source, "")
        self._where = f"{place} {tag.source}"
        code = self.codes[number]
        if tag.kind == "value":
            code.main = self._value(tag, place)
        elif tag.kind == "block":
            self._block(tag, place, holder, code)
        return number

    def finish(self) -> None:
        """Complain about what was opened and never closed."""
        for frame in self.frames:
            self.complain(frame.place, frame.tag.source, f"没有对应的 end{frame.tag.word}")

    def expression(self, tag: Tag, text: str, place: str) -> str:
        """The expression in a tag, checked and its names noted; empty when it is bad."""
        if name := name_in(text):
            self.names.setdefault(self._path_below(name), self._where)
            return text
        tree = tree_of(text)
        if tree is None:
            self.complain(place, tag.source, "标签写法不对")
            return ""
        problems = [*self._problems(tree)]
        for problem in problems:
            self.complain(place, tag.source, problem)
        return "" if problems else text

    def group(self, tag: Tag, place: str) -> str:
        """For `vm`: the name of what tells a merge's first cell from the others; empty when wrong."""
        loops = [frame for frame in self.frames if frame.tag.word == "for" and frame.tag.level == "tr"]
        if tag.rest:
            found = next((frame for frame in reversed(loops) if frame.variable == tag.rest), None)
            if found is None:
                self.complain(place, tag.source, f"外面没有以“{tag.rest}”循环的 {{%tr for %}}")
                return ""
            found.opens_inside = True
            return f"_in{found.number}"
        if not loops:
            self.complain(place, tag.source, "竖向合并只能用在 {%tr for %} 循环的行里")
            return ""
        loops[-1].opens_outside = True
        return f"_out{loops[-1].number}"

    def _value(self, tag: Tag, place: str) -> str:
        text = self.expression(tag, tag.rest, place)
        return f"{{{{ {text} }}}}" if text else ""

    def _block(self, tag: Tag, place: str, holder: object, code: Code) -> None:
        match tag.word:
            case "for":
                self._for(tag, place, holder, code)
            case "if":
                code.main = self._logic(tag, place)
                self._open(Frame(tag, place, holder, code, self._number()))
            case "elif" | "else":
                self._middle(tag, place, holder, code)
            case "endif" | "endfor":
                self._close(tag, place, holder, code)
            case "set":
                self._set(tag, place, code)
            case _:
                self.complain(place, tag.source, f"没有“{tag.word}”这种标签")

    def _for(self, tag: Tag, place: str, holder: object, code: Code) -> None:
        found = _FOR.fullmatch(tag.rest)
        frame = Frame(tag, place, holder, code, self._number())
        if found is None or not is_name(found[1]):
            self.complain(place, tag.source, "应写成 for 名称 in 列表")
        else:
            iterable = self.expression(tag, found[2], place)
            frame.variable = found[1]
            frame.scope[found[1]] = self._item_path(iterable)
            code.main = f"{{% for {found[1]} in _each({iterable or 'x'}) %}}"
        self._open(frame)

    def _middle(self, tag: Tag, place: str, holder: object, code: Code) -> None:
        frame = self._matching(tag, place, holder)
        if frame is None:
            return
        if frame.has_else or (frame.tag.word == "for" and tag.word == "elif"):
            self.complain(place, tag.source, f"不能放在 {frame.tag.source} 的 else 之后或循环里")
        frame.has_else = tag.word == "else"
        code.main = self._logic(tag, place) if tag.word == "elif" else "{% else %}"

    def _close(self, tag: Tag, place: str, holder: object, code: Code) -> None:
        frame = self._matching(tag, place, holder)
        if frame is None:
            return
        self.frames.pop()
        code.main = f"{{% {tag.word} %}}"
        if frame.opens_inside:
            frame.code.after += f"{{% set _in{frame.number} = _opening() %}}"
        if frame.opens_outside:
            frame.code.before += f"{{% set _out{frame.number} = _opening() %}}"

    def _set(self, tag: Tag, place: str, code: Code) -> None:
        name, equals, value = (part.strip() for part in tag.rest.partition("="))
        if not equals or not is_name(name):
            self.complain(place, tag.source, "应写成 set 名称 = 值")
            return
        text = self.expression(tag, value, place)
        scope = self.frames[-1].scope if self.frames else self._scope
        scope[name] = self._path_of(text)
        code.main = f"{{% set {name} = {text or 'x'} %}}"

    def _logic(self, tag: Tag, place: str) -> str:
        text = self.expression(tag, tag.rest, place)
        return f"{{% {tag.word} {text or 'x'} %}}"

    def _open(self, frame: Frame) -> None:
        self.frames.append(frame)

    def _number(self) -> int:
        self._count += 1
        return self._count

    def _matching(self, tag: Tag, place: str, holder: object) -> Frame | None:
        """The open block this tag belongs to, or None and a complaint."""
        words = {"endif": ("if",), "endfor": ("for",), "elif": ("if",), "else": ("if", "for")}[tag.word]
        if not self.frames or self.frames[-1].tag.word not in words:
            opened = f"，上一个未结束的是 {self.frames[-1].tag.source}" if self.frames else ""
            self.complain(place, tag.source, f"没有与它对应的 {{% {words[0]} %}}{opened}")
            return None
        frame = self.frames[-1]
        if frame.tag.level != tag.level:
            kinds = f"{_LEVELS[frame.tag.level]}，这里是{_LEVELS[tag.level]}"
            self.complain(place, tag.source, f"与 {frame.tag.source} 的种类不同：那里是{kinds}")
        elif frame.holder != holder:
            self.complain(
                place, tag.source, f"与 {frame.tag.source}（{frame.place}）不在同一段、同一表或同一格里"
            )
        return frame

    def _problems(self, node: nodes.Node) -> Iterator[str]:
        """What is not allowed in an expression; allowed names are noted on the way."""
        if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            yield from self._chain(node)
            return
        if refused := refusal(node):
            yield refused
            return
        if isinstance(node, nodes.Compare):
            yield from comparison_problems(node)
        for child in node.iter_child_nodes():
            yield from self._problems(child)

    def _chain(self, node: nodes.Node) -> Iterator[str]:
        """The problems of a dotted name; a good one is noted."""
        step = node
        while isinstance(step, (nodes.Getattr, nodes.Getitem)):
            if isinstance(step, nodes.Getitem) and not isinstance(step.arg, nodes.Const):
                yield "方括号里只能写固定的名称或序号"
                return
            step = step.node
        if not isinstance(step, nodes.Name):
            yield from self._problems(step)
            return
        if step.name.startswith("_"):
            yield "名称不能以下划线开头"
        elif step.name == "loop":
            yield from self._loop_word(node)
        else:
            self.names.setdefault(self._path(node), self._where)

    def _loop_word(self, node: nodes.Node) -> Iterator[str]:
        if not any(frame.tag.word == "for" for frame in self.frames):
            yield "loop 只能用在循环里"
        if not isinstance(node, nodes.Getattr) or node.attr not in LOOP_WORDS:
            yield "loop 后面只能写 first、last 或 index"

    def _path(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Getattr):
            return f"{self._path(node.node)}.{node.attr}"
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            tail = "[]" if isinstance(node.arg.value, int) else f".{node.arg.value}"
            return self._path(node.node) + tail
        return self._named(node.name if isinstance(node, nodes.Name) else "")

    def _path_below(self, name: Name) -> str:
        return name.below(self._named(name.root))

    def _named(self, name: str) -> str:
        """What a name stands for here: a loop's item, something set, or itself."""
        scopes = [self._scope, *(frame.scope for frame in self.frames)]
        return next((scope[name] for scope in reversed(scopes) if name in scope), name)

    def _path_of(self, text: str) -> str:
        if name := name_in(text):
            return self._path_below(name)
        tree = tree_of(text)
        return self._path(tree) if tree else "?"

    def _item_path(self, text: str) -> str:
        """The path of the items of an iterable; those of a list written out are what the list names."""
        node = None if name_in(text) else tree_of(text)
        if isinstance(node, nodes.List) and node.items:
            return self._path(node.items[0])
        return f"{self._path_of(text)}[]"
