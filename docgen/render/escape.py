"""How a shown string becomes text in a part: the only escaping policy there is.

Characters XML 1.0 cannot hold (control characters, lone surrogates) are dropped: reading has reported them.
Nothing else is lost, and nothing but strings (and the number of a loop's turn) can be printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXCEL_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ in a cell as the letter A
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class Raw(bytes):
    """Finished and encoded markup made by the engine itself; no page value ever is one."""

    __slots__ = ()


class RefusedError(ValueError):
    """A value does not fit where a tag puts it: half a Chinese sentence; `where` is place and tag."""

    where = ""

    @classmethod
    def of_kind(cls, value: object) -> RefusedError:
        """The complaint that this kind of value cannot stand here."""
        kinds = {
            "bool": "是非值",
            "list": "列表",
            "tuple": "列表",
            "dict": "一组内容",
            "NoneType": "空值",
            "str": "文字",
        }
        name = type(value).__name__
        return cls(f"这里用不上{kinds.get(name, name)}")


def clean(text: str) -> str:
    """The text without what XML cannot hold, its line ends as one newline each."""
    text = _FORBIDDEN.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def xml(text: str) -> str:
    """The text with markup characters escaped, fit for an element or a double-quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _policy(slow: Callable[[str], str]) -> Callable[[object], str]:
    """A finisher: plain printable text as it is, anything else through `slow`."""

    def finish(value: object) -> str:
        if isinstance(value, str):
            if value.isprintable() and "&" not in value and "<" not in value and ">" not in value:
                return value
            return slow(value)
        if type(value) is int:
            return str(value)
        if value is None or isinstance(value, (bool, list, tuple, dict)):
            raise RefusedError.of_kind(value)
        return str(value)  # an undefined name: raises with the name

    return finish


def _word(text: str) -> str:
    return xml(clean(text)).replace("\n", _BREAK).replace("\t", _TAB)


def _sheet(text: str) -> str:
    return xml(_EXCEL_CODE.sub("_x005F_", clean(text)))


def _plain(text: str) -> str:
    return xml(clean(text))


word_text = _policy(_word)
sheet_text = _policy(_sheet)
plain_text = _policy(_plain)
