"""The set for handing over: a .zip per department and year, one of the county's tables, each with a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from docgen.errors import DocgenError, StoreError
from docgen.outputs.commit import has_leftovers
from docgen.outputs.entry import ABOUT_THE_RUN, Entry, sha256_of
from docgen.outputs.headline import Headline, headline, run_folders
from docgen.outputs.lock import locked
from docgen.outputs.reasons import reason
from docgen.render.packing_list import Listed, packing_list
from docgen.render.pdf import pages_in

LIST = "清单.xlsx"
_MARK = b"docgen"  # the comment of an archive of ours; no other is written over
_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Asked:
    """What to bundle: ``departments`` by name (none: all), of one ``fiscal_year`` (None: each).

    ``drafts`` allows drafts; ``everything`` adds 校验结果 and the annotated copy.
    """

    departments: Sequence[str] = ()
    fiscal_year: int | None = None
    drafts: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """One department: its archive, or why there is none. ``edited`` are files a person has changed."""

    department: str
    fiscal_year: int | None
    path: Path | None
    files: int = 0
    refusal: str = ""
    edited: tuple[str, ...] = ()


class _RefusedError(DocgenError):
    """The department cannot be handed over as it is."""


def bundle(out: Path, target: Path, asked: Asked) -> list[Parcel]:
    """Put an archive of every department asked for into ``target``; a refusal never stops the rest.

    Where all departments are asked for, the tables over all of them make one more.
    Raises ``DocgenError`` when nothing in ``out`` is meant, ``StoreError`` when nothing can be written.
    """
    if not out.is_dir():
        raise DocgenError(f"没有文件夹 {out}；请先运行 docgen run。")
    with locked(out):
        chosen = list(_chosen(out, asked))
        if not chosen:
            raise DocgenError(f"{out} 里没有要打包的部门；请先运行 docgen run。")
        return [_parcel(last, target, asked) for last in (*chosen, *_county(out, chosen))]


def _chosen(out: Path, asked: Asked) -> Iterator[Headline]:
    runs = [last for last in map(headline, run_folders(out)) if last is not None]
    known = {last.department for last in runs}
    for name in asked.departments:
        if name not in known:
            raise DocgenError(f"{out} 里没有“{name}”的材料。现有：{'、'.join(sorted(known)) or '无'}。")
    for last in runs:
        is_asked = not asked.departments or last.department in asked.departments
        if is_asked and asked.fiscal_year in {None, last.fiscal_year}:
            yield last


def _county(out: Path, chosen: Sequence[Headline]) -> Iterator[Headline]:
    """The run of the county's own tables: of what they are made of, the worst is their status."""
    last = headline(out)
    if last is not None and len(chosen) == len(list(_chosen(out, Asked()))):
        drafts = any(each.status == "draft" for each in chosen)
        yield replace(last, status="draft" if drafts else last.status)


def _is_countys(last: Headline) -> bool:
    """Whether a run made the county's own tables: it has no pack of its own."""
    return not last.pack


def _parcel(last: Headline, target: Path, asked: Asked) -> Parcel:
    names = [last.department] if _is_countys(last) else [last.folder.parent.name, last.folder.name]
    path = target / f"{'-'.join(names)}.zip"
    try:
        _check(last, path, asked)
        contents = {entry.path: _content(last, entry) for entry in _entries(last, asked)}
        listed = [_listed(last, entry, contents) for entry in _entries(last, asked)]
        _write(path, _archive(last, contents, listed))
    except _RefusedError as refused:
        return Parcel(last.department, last.fiscal_year, None, refusal=str(refused))
    except OSError as error:
        raise StoreError(f"不能写入 {path}：{reason(error)}。") from error
    edited = tuple(file.path for file in listed if file.status == _EDITED)
    return Parcel(last.department, last.fiscal_year, path, len(listed), edited=edited)


def _check(last: Headline, path: Path, asked: Asked) -> None:
    if last.status == "draft" and not asked.drafts:
        whose = "有的部门" if _is_countys(last) else ""
        raise _RefusedError(f"{whose}还是草稿，没有打包；确要打包草稿请加 --drafts")
    if has_leftovers(last.folder):
        raise _RefusedError("上次没有做完，请先再运行一次 docgen run")
    if path.exists() and not _is_ours(path):
        raise _RefusedError(f"{path} 不是 docgen 打的包，没有覆盖；请先移走")


def _is_ours(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return archive.comment == _MARK
    except (BadZipFile, OSError):
        return False


def _entries(last: Headline, asked: Asked) -> list[Entry]:
    """What the run made, and what a person has changed of it; finals of an earlier workbook stay behind."""
    return [
        entry
        for entry in last.files
        if (not entry.made_from or _is_kept(last, entry))
        and (asked.everything or entry.document not in ABOUT_THE_RUN)
    ]


def _is_kept(last: Headline, entry: Entry) -> bool:
    """Whether ``entry`` is a person's version that lies beside the one the run made."""
    return entry.edited and entry.status == last.status and (last.folder / entry.path).is_file()


def _content(last: Headline, entry: Entry) -> bytes:
    try:
        return (last.folder / entry.path).read_bytes()
    except OSError as error:
        raise _RefusedError(f"{entry.path} 读不出来（{reason(error)}），请先再运行一次 docgen run") from error


_STATUS = {"final": "定稿", "draft": "草稿"}
_EDITED = "被人改过"


def _listed(last: Headline, entry: Entry, contents: dict[str, bytes]) -> Listed:
    content = contents[entry.path]
    digest = sha256_of(content)
    is_edited = entry.edited or digest != entry.sha256
    return Listed(
        path=entry.path,
        pages=None if is_edited else _pages(last, entry.path, contents),
        size=len(content),
        status=_EDITED if is_edited else _STATUS[last.status if _is_countys(last) else entry.status],
        sha256=digest,
    )


def _pages(last: Headline, path: str, contents: dict[str, bytes]) -> int | None:
    """As many as its PDF has, where there is one: nothing else knows."""
    pdf = str(PurePosixPath(path).with_suffix(".pdf"))
    recorded = {entry.path: entry.sha256 for entry in last.files}
    content = contents.get(pdf)
    if content is None or recorded[pdf] != sha256_of(content):
        return None
    return pages_in(content)


def _archive(last: Headline, contents: dict[str, bytes], listed: Sequence[Listed]) -> bytes:
    about = f"{last.department} {last.fiscal_year or ''} 年度绩效自评材料"
    made: tuple[str, ...] = (
        f"工作簿：{last.workbook}，SHA-256 {last.workbook_digest}",
        f"模板包：{last.pack}；docgen {last.docgen}",
    )
    if _is_countys(last):
        about, made = f"{last.department}绩效自评汇总材料", (f"由各部门的材料汇总；docgen {last.docgen}",)
    notes = (f"状态：{_STATUS[last.status]}；文件 {len(listed)} 份（不含本清单）。", *made)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.comment = _MARK
        for path, content in {LIST: packing_list(f"{about}清单", notes, listed), **contents}.items():
            member = ZipInfo(path, _TIME)
            member.external_attr = _READABLE
            archive.writestr(member, content)  # stored: the documents are compressed already
    return stream.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise
