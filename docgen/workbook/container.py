"""The zip around a workbook: guarded when read, unchanged members copied as compressed bytes when written."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.errors import WorkbookError

MAX_TOTAL = 512 * 1024 * 1024  # bytes unpacked; a thousand projects take about 10 MB
MAX_RATIO = 250  # unpacked ÷ packed of one large member; sheets reach about 100
_SMALL = 4 * 1024 * 1024  # below this a high ratio harms nobody
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DAY = 0x21  # 1980-01-01 in DOS form
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STORED, _DEFLATED = 0, 8
_LOCAL_MARK = b"PK\x03\x04"
_BROKEN = "文件已损坏，无法读取；请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。"


@dataclass(frozen=True, slots=True)
class _Packed:
    """A member as it lies in the zip."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes

    def header(self, offset: int | None) -> bytes:
        """The local header, or with an offset the entry of the central directory."""
        name = self.name.encode()
        flags = 0 if self.name.isascii() else _UTF8
        fixed = (20, flags, self.method, 0, _DAY, self.crc, len(self.data), self.size, len(name), 0)
        if offset is None:
            return _LOCAL.pack(_LOCAL_MARK, *fixed) + name
        return _CENTRAL.pack(b"PK\x01\x02", 20, *fixed, 0, 0, 0, 0, offset) + name


@dataclass(slots=True)
class Container:
    """The members of a workbook file; ``data`` is the whole file."""

    data: bytes
    _archive: zipfile.ZipFile = field(init=False)
    _infos: dict[str, zipfile.ZipInfo] = field(init=False)

    def __post_init__(self) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(self.data))
            infos = [info for info in self._archive.infolist() if not info.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error) as error:
            raise WorkbookError(_unopened(self.data)) from error
        _guard(infos)
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in order."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """The plain bytes of a member, never more than its header declares; empty when there is none."""
        if name not in self._infos:
            return b""
        try:
            return self._archive.read(self._infos[name])
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise WorkbookError(_BROKEN) from error

    def rewritten(self, changes: Mapping[str, bytes]) -> bytes:
        """The whole file with members replaced or added; the others keep their compressed bytes."""
        members = [
            _fresh(name, changes[name]) if name in changes else self._packed(name) for name in self._infos
        ]
        members += [_fresh(name, data) for name, data in changes.items() if name not in self._infos]
        pieces: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for member in members:
            directory.append(member.header(offset))
            local = member.header(None)
            pieces += (local, member.data)
            offset += len(local) + len(member.data)
        index = b"".join(directory)
        end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(index), offset, 0)
        return b"".join((*pieces, index, end))

    def _packed(self, name: str) -> _Packed:
        info = self._infos[name]
        if info.compress_type not in {_STORED, _DEFLATED}:
            return _fresh(name, self.read(name))
        header = self.data[info.header_offset : info.header_offset + _LOCAL.size]
        if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MARK):
            raise WorkbookError(_BROKEN)
        start = info.header_offset + _LOCAL.size + sum(_LOCAL.unpack(header)[-2:])
        packed = self.data[start : start + info.compress_size]
        return _Packed(name, info.compress_type, info.CRC, info.file_size, packed)


def _fresh(name: str, data: bytes) -> _Packed:
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -15)
    return _Packed(name, _DEFLATED, zlib.crc32(data), len(data), squeeze.compress(data) + squeeze.flush())


def _unopened(data: bytes) -> str:
    if data.startswith(_LOCAL_MARK):
        return "文件不完整（可能没有下载或复制完），请重新取得完整的文件。"
    return "这不是 Excel 工作簿（虽然扩展名像），请用 Excel 或 WPS 打开后另存为 .xlsx。"


def _guard(infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise WorkbookError("文件加了密码，请取消密码后另存，再试一次。")
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise WorkbookError("文件解压后过大，疑似压缩炸弹，没有打开；请把内容复制到新的工作簿里再试。")
    for info in infos:
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise WorkbookError("文件的压缩比异常，疑似压缩炸弹，没有打开；请把内容复制到新的工作簿里再试。")
