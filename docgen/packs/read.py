"""Find packs, merge a pack with its ancestry by name, and build the frozen ``Pack``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docgen
from docgen.errors import Complaint, PackError
from docgen.packs.classification import Classification
from docgen.packs.layout import Layout
from docgen.packs.norms import NormBook, Norms
from docgen.packs.pack import (
    CheckSetting,
    Definition,
    Document,
    Formats,
    Ledger,
    Options,
    Pack,
    UndertakingRow,
)
from docgen.packs.structure import Reader, hints_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARTS = ("pack", "terms", "layout", "norms", "checks")
_SHIPPED = Path(docgen.__file__).resolve().parent / "templates"
_BESIDE = Path(docgen.__file__).resolve().parent.parent / "templates"


def home() -> Path:
    """The folder of the packs that come with docgen."""
    return _SHIPPED if _SHIPPED.is_dir() else _BESIDE


def holds_pack(folder: Path) -> bool:
    """Whether ``folder`` is a pack; a name too long for a folder is none."""
    try:
        return (folder / "pack.toml").is_file()
    except OSError:
        return False


def pack_ids(root: Path | None = None) -> list[str]:
    """The ids of all packs below ``root`` that a workbook can name, in order."""
    folder = root or home()
    return sorted(p.parent.name for p in folder.glob("*/pack.toml") if not p.parent.name.startswith("_"))


def default_pack(root: Path | None = None) -> str:
    """The id of the pack that says ``default = true``; empty when none does."""
    folder = root or home()
    heads = ((pack, (folder / pack / "pack.toml").read_text(encoding="utf-8")) for pack in pack_ids(root))
    return next((pack for pack, head in heads if tomllib.loads(head).get("default")), "")


@dataclass(slots=True)
class Merged:
    """The tables of one pack's ancestry, laid over one another, and who gave each leaf."""

    folders: list[Path] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=lambda: {part: {} for part in PARTS})
    origin: dict[str, str] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)


@cache
def load_pack(pack_id: str, root: Path | None = None) -> Pack:
    """The pack ``pack_id`` with all it extends. Raises ``PackError`` listing every complaint."""
    return _build(pack_id, merge(pack_id, root))


def titles_of(pack_id: str, sheet: str) -> tuple[str, ...]:
    """The titles that one of docgen's own packs accepts for a sheet; of the pack, only its layout is read."""
    given = merge(pack_id, parts=("pack", "layout")).tables["layout"]["sheets"].get(sheet)
    return (given["title"], *given.get("aliases", ())) if given else ()


def merge(pack_id: str, root: Path | None = None, parts: Sequence[str] = PARTS) -> Merged:
    """The tables of ``pack_id`` and its ancestry in one. Raises ``PackError`` listing every complaint.

    ``parts`` are the files that are read; ``pack`` must be among them.
    """
    folder = root or home()
    if not pack_id or not holds_pack(folder / pack_id):
        near = get_close_matches(pack_id, pack_ids(folder), n=1)
        hint = f"是不是 {near[0]}？" if near else f"现有：{'、'.join(pack_ids(folder))}"
        own = "；自己的模板包放在工作簿旁边的“模板包”文件夹里，或写出它的文件夹" if root is None else ""
        raise PackError(pack_id, [Complaint(f"{pack_id}/pack.toml", "", f"没有这个模板包，{hint}{own}")])
    merged = Merged()
    _lay(folder, pack_id, merged, (), parts)
    if merged.complaints:
        raise PackError(pack_id, merged.complaints)
    return merged


def _lay(root: Path, pack_id: str, merged: Merged, children: tuple[str, ...], parts: Sequence[str]) -> None:
    """Lay ``pack_id`` over its parent, parent first."""
    folder = root / pack_id
    tables = {part: _toml(folder / f"{part}.toml", f"{pack_id}/{part}.toml", merged) for part in parts}
    parent = tables["pack"].pop("extends", "")
    tables["pack"].pop("default", None)  # of the pack itself, not of those that extend it
    above = root if holds_pack(root / parent) else home()
    if parent in (*children, pack_id):
        merged.complaints.append(Complaint(f"{pack_id}/pack.toml", "extends", f"继承成环：{parent}"))
    elif parent and not holds_pack(above / parent):
        merged.complaints.append(Complaint(f"{pack_id}/pack.toml", "extends", f"没有模板包 {parent}"))
    elif parent:
        _lay(above, parent, merged, (*children, pack_id), parts)
    merged.folders.insert(0, folder)
    for part, table in tables.items():
        _over(merged.tables[part], table, f"{pack_id}/{part}.toml", part, merged.origin)


def _toml(path: Path, file: str, merged: Merged) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return dict(_parsed(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        merged.complaints.append(Complaint(file, "", f"不是合法的 TOML：{error}"))
        return {}


@cache
def _parsed(text: str) -> dict[str, Any]:
    """The tables in ``text``; those of a pack that several extend are read once. Nobody changes them."""
    return tomllib.loads(text, parse_float=Decimal)


def _over(
    base: dict[str, Any], table: dict[str, Any], file: str, prefix: str, origin: dict[str, str]
) -> None:
    """Merge ``table`` into ``base`` by key; lists and scalars are replaced whole.

    A table that names every entry there is also gives their order.
    """
    for key, value in table.items():
        path = f"{prefix}.{key}"
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _over(base[key], value, file, path, origin)
        elif isinstance(value, dict):
            base[key] = {}
            _over(base[key], value, file, path, origin)
        else:
            base[key] = value
            origin[path] = file
    if base.keys() == table.keys():
        for key in table:
            base[key] = base.pop(key)


@dataclass(frozen=True, slots=True)
class _PackFile:
    """The keys of pack.toml besides ``extends``."""

    id: str
    title: str
    documents: dict[str, Document]
    docgen: str = "0.1"
    options: Options = field(default_factory=Options)
    formats: Formats = field(default_factory=Formats)
    derived: dict[str, str] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    undertakings: dict[str, UndertakingRow] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)


def _build(pack_id: str, merged: Merged) -> Pack:
    reader = Reader([])
    tables = merged.tables
    head: _PackFile | None = reader.record(_PackFile, tables["pack"], "pack")
    layout: Layout | None = reader.record(Layout, tables["layout"], "layout")
    classifications = _classifications(layout, merged, reader)
    norm_book: NormBook | None = reader.record(NormBook, {"norms": tables["norms"]}, "")
    checks = reader.value(dict[str, CheckSetting], tables["checks"], "checks")
    terms = reader.value(dict[str, str], tables["terms"], "terms")
    reader.complaints.extend(_disabled_without_reason(tables))
    troubles = [*merged.complaints, *_located(reader.complaints, merged.origin, pack_id)]
    if troubles or head is None or layout is None or norm_book is None:
        raise PackError(pack_id, troubles)
    _refuse_newer(head.docgen, pack_id)
    return Pack(
        id=pack_id,
        title=head.title,
        folders=tuple(merged.folders),
        documents={key: d for key, d in head.documents.items() if d.enabled},
        options=head.options,
        formats=head.formats,
        terms=terms,
        layout=layout,
        norm_book=norm_book,
        checks=checks,
        derived=head.derived,
        origin=merged.origin,
        ledger=head.ledger,
        undertakings=head.undertakings,
        classifications=classifications,
        definitions=head.definitions,
    )


def _classifications(layout: Layout | None, merged: Merged, reader: Reader) -> dict[int, Classification]:
    """The codes by year, from the nearest folder that has them; only for a layout that asks for codes."""
    columns = (c for s in layout.used_sheets.values() for c in s.used_columns.values()) if layout else ()
    if not any(column.type == "code" for column in columns):
        return {}
    files = {
        int(path.stem): path
        for folder in reversed(merged.folders)
        for path in sorted((folder / "classification").glob("[0-9]*.toml"))
    }
    found = {}
    for year, path in sorted(files.items()):
        key = f"classification.{year}"
        file = merged.origin[key] = f"{path.parent.parent.name}/classification/{path.name}"
        found[year] = reader.record(Classification, _toml(path, file, merged), key)
    return found


def _refuse_newer(needed: str, pack_id: str) -> None:
    have = tuple(int(part) for part in docgen.__version__.split("."))
    if tuple(int(part) for part in needed.split(".")) > have:
        message = f"需要 docgen {needed} 以上，现为 {docgen.__version__}"
        raise PackError(pack_id, [Complaint(f"{pack_id}/pack.toml", "docgen", message)])


def _disabled_without_reason(node: dict[str, Any], path: str = "") -> list[tuple[str, str]]:
    found = []
    for key, value in node.items():
        if isinstance(value, dict):
            here = f"{path}.{key}".strip(".")
            if value.get("enabled") is False and not value.get("reason"):
                found.append((here, "enabled = false 须写明 reason"))
            found.extend(_disabled_without_reason(value, here))
    return found


def _located(complaints: list[tuple[str, str]], origin: Mapping[str, str], pack_id: str) -> list[Complaint]:
    """Complaints with the file each key (or the nearest key above or below it) came from."""
    return [Complaint(_file_of(key, origin, pack_id), key, message) for key, message in complaints]


def _file_of(key: str, origin: Mapping[str, str], pack_id: str) -> str:
    probe = key
    while probe:
        for path, file in origin.items():
            if path == probe or path.startswith((f"{probe}.", f"{probe}[")):
                return file
        probe = probe.rpartition(".")[0]
    return f"{pack_id}/pack.toml"


def norms_at(pack: Pack, year: int) -> Norms:
    """The norms of ``pack`` in force in ``year``. Raises ``PackError`` for a missing or not yet valid one."""
    reader = Reader([])
    table: dict[str, Any] = {}
    for name in (f.name for f in fields(Norms)):
        norm = pack.norm_book.norms.get(name)
        try:
            table[name] = norm.at(year) if norm else None
        except KeyError:
            reader.complaints.append((f"norms.{name}", f"{year} 年度没有有效的数值"))
        if norm is None:
            reader.complaints.append((f"norms.{name}", "缺少这一项"))
    hints = hints_of(Norms)
    given = {name: raw for name, raw in table.items() if raw is not None}
    values = {name: reader.value(hints[name], raw, f"norms.{name}") for name, raw in given.items()}
    if reader.complaints:
        raise PackError(pack.id, _located(reader.complaints, pack.origin, pack.id))
    return Norms(**values)
