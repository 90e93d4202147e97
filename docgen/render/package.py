"""An Office file as a zip: read once, changed members replaced, every other one copied as compressed bytes.

The bytes written depend on the members alone: fixed time 1980-01-01, fixed order, no extra fields.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from docgen.errors import DocgenError
from docgen.render.deflate import crc32, deflate, inflate

CONTENT_TYPES = "[Content_Types].xml"
MAX_TOTAL = 512 * 1024 * 1024  # bytes unpacked in one file; the largest official form known is under 5 MB
MAX_RATIO = 250  # unpacked ÷ packed of a large member; sheet XML reaches about 100
_SMALL = 4 * 1024 * 1024  # below this a high ratio harms nobody

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_UTF8 = 0x800
_DAY = 0x21  # 1980-01-01 in DOS form; the time is 0
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
Data = bytes  # `Package.bytes` hides the name inside the class
_OLE = b"\xd0\xcf\x11\xe0"


class PackageError(DocgenError):
    """The file is no Office package, is damaged or encrypted, or unpacks to more than it should."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it lies in the zip: compressed bytes and what the headers say about them."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> Self:
        """A member made from plain bytes."""
        return cls(name, _DEFLATED, crc32(data), len(data), deflate(data))

    def unpacked(self) -> bytes:
        """The plain bytes; PackageError when they are not what the headers promise."""
        try:
            data = self.packed if self.method == _STORED else inflate(self.packed, self.size)
        except zlib.error as error:
            raise PackageError(f"文件已损坏：{self.name} 无法解压。") from error
        if len(data) != self.size or crc32(data) != self.crc:
            raise PackageError(f"文件已损坏：{self.name} 的内容与校验值不符。")
        return data

    def local(self) -> bytes:
        """Local header and compressed bytes."""
        name, flags = _encoded(self.name)
        fixed = (20, flags, self.method, 0, _DAY, self.crc, len(self.packed), self.size, len(name), 0)
        return _LOCAL.pack(b"PK\x03\x04", *fixed) + name + self.packed

    def central(self, offset: int) -> bytes:
        """The record of the central directory for a local header at `offset`."""
        name, flags = _encoded(self.name)
        fixed = (20, 20, flags, self.method, 0, _DAY, self.crc, len(self.packed), self.size, len(name))
        return _CENTRAL.pack(b"PK\x01\x02", *fixed, 0, 0, 0, 0, 0, offset) + name


class Composer:
    """A package with some members still to come: the others are laid out once, for any number of files."""

    def __init__(self, fixed: Iterable[Member], open_names: Iterable[str]) -> None:
        body, directory, count = bytearray(), bytearray(), 0
        for member in fixed:
            directory += member.central(len(body))
            body += member.local()
            count += 1
        self._body, self._directory, self._count = bytes(body), bytes(directory), count
        self._names = tuple(open_names)

    def compose(self, contents: Iterable[bytes]) -> bytes:
        """The whole file; `contents` in the order of the open names."""
        pieces, directory, offset = [self._body], [self._directory], len(self._body)
        for name, data in zip(self._names, contents, strict=True):
            member = Member.of(name, data)
            local = member.local()
            directory.append(member.central(offset))
            pieces.append(local)
            offset += len(local)
        index = b"".join(directory)
        count = self._count + len(self._names)
        pieces += (index, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(index), offset, 0))
        return b"".join(pieces)


class Package:
    """The members of one Office file, in the order they will be written."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._members = {member.name: member for member in _types_first(members)}

    @classmethod
    def read(cls, source: Path | Data) -> Self:
        """Take the file apart; PackageError in one sentence when it cannot be trusted."""
        data = source if isinstance(source, Data) else source.read_bytes()
        if data[:4] == _OLE:
            raise PackageError("文件已加密，或是旧版（.doc/.xls）格式，请另存为不加密的 .docx/.xlsx。")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise PackageError("不是有效的 Office 文件，或文件不完整。") from error
        _guard(infos)
        return cls(_member(data, info) for info in infos)

    @property
    def members(self) -> tuple[str, ...]:
        """The names of the members, in order."""
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def bytes(self, name: str) -> Data:
        """The plain bytes of one member; PackageError when there is none of that name."""
        if name not in self._members:
            raise PackageError(f"文件不完整：缺少 {name}。")
        return self._members[name].unpacked()

    def changed(self, changes: Mapping[str, Data | None]) -> Package:
        """Another package with members replaced or added; None removes one."""
        members = dict(self._members)
        for name, data in changes.items():
            if data is None:
                members.pop(name, None)
            else:
                members[name] = Member.of(name, data)
        return Package(members.values())

    def replaced(self, changes: Mapping[str, Data | None]) -> Data:
        """The file with members replaced or added (None removes); the others as they were compressed."""
        return self.changed(changes).composer(()).compose(())

    def composer(self, open_names: Iterable[str]) -> Composer:
        """A composer whose open members are `open_names`, written last."""
        names = tuple(open_names)
        fixed = (member for name, member in self._members.items() if name not in names)
        return Composer(fixed, names)


def _encoded(name: str) -> tuple[bytes, int]:
    return name.encode(), 0 if name.isascii() else _UTF8


def _types_first(members: Iterable[Member]) -> list[Member]:
    return sorted(members, key=lambda member: member.name != CONTENT_TYPES)


def _guard(infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise PackageError("文件已加密，请取消密码后再用。")
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise PackageError("文件解压后过大，疑似压缩炸弹，未打开。")
    for info in infos:
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise PackageError(f"文件的压缩比异常（{info.filename}），疑似压缩炸弹，未打开。")


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    start = info.header_offset
    header = data[start : start + _LOCAL.size]
    if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
        raise PackageError("文件已损坏：压缩包的目录与内容不符。")
    if info.compress_type not in (_STORED, _DEFLATED):
        raise PackageError(f"文件用了不支持的压缩方式（{info.filename}），请用 Office 重新保存。")
    name_length, extra_length = _LOCAL.unpack(header)[-2:]
    start += _LOCAL.size + name_length + extra_length
    packed = data[start : start + info.compress_size]
    if len(packed) != info.compress_size:
        raise PackageError("文件不完整。")
    name = info.filename.replace("\\", "/").lstrip("/")
    return Member(name, info.compress_type, info.CRC, info.file_size, packed)
