"""A new pack on top of another: stubs to say what differs, the parent's documents to be redrawn, a sample."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from docgen import packs
from docgen.errors import DocgenError, StoreError
from docgen.outputs.reasons import reason
from docgen.packs import Pack, default_pack
from docgen.packs.lint import open_pack
from docgen.packs.places import bad_id, name_of, place_for_new
from docgen.workbook.rename import for_pack

_STUBS = Path(packs.__file__).parent / "stubs"
_SAMPLE = "sample/minimal.xlsx"


@dataclass(frozen=True, slots=True)
class NewPack:
    """A pack just made: its folder, the pack it extends, and how commands may call it."""

    folder: Path
    parent: Pack
    name: str


def new_pack(pack_id: str, parent_id: str = "", root: Path | None = None, title: str = "") -> NewPack:
    """Write a pack ``pack_id`` that extends ``parent_id`` (the default pack unless given) below ``root``.

    ``root`` is unless given the folder of docgen's packs, or the one for packs of one's own where that cannot
    be written. Raises ``DocgenError`` for an id that cannot be used, ``PackError`` for a parent that is not
    usable, ``StoreError`` where the folder cannot be written.
    """
    place = root or place_for_new()
    folder = place / pack_id
    trouble = bad_id(pack_id) or ("那里已经有这个文件夹" if folder.exists() else "")
    if trouble:
        raise DocgenError(f"不能新建模板包 {pack_id}：{trouble}。")
    parent = open_pack(parent_id or default_pack())
    files = dict(_files(pack_id, parent, title or parent.title))
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise StoreError(f"不能写入 {folder}：{reason(error)}。") from error
    return NewPack(folder, parent, name_of(folder))


def _files(pack_id: str, parent: Pack, title: str) -> Iterator[tuple[str, bytes]]:
    """What the folder will hold: the stubs, the templates of every document, the least workbook."""
    first = next(iter(parent.documents), "form")
    words = {"id": pack_id, "title": _quoted(title), "parent": parent.id, "document": first}
    for stub in sorted(_STUBS.glob("*.toml")):
        yield stub.name, Template(stub.read_text("utf-8")).substitute(words).encode()
    for name in sorted({name for document in parent.documents.values() for name in document.templates}):
        yield name, parent.template(name).read_bytes()
    sample = parent.folders[0] / _SAMPLE
    if sample.is_file():
        yield _SAMPLE, for_pack(sample.read_bytes(), parent.id, pack_id)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
