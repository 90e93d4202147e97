"""Raw deflate and CRC-32 at the fast end: ISA-L where it is installed, zlib level 1 elsewhere.

Either way the bytes depend on the input and the installed library only, never on time or chance.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

_RAW = -15  # window bits for a stream without zlib header, as zip members are


def _zlib_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(1, zlib.DEFLATED, _RAW)
    return compressor.compress(data) + compressor.flush()


def _choose() -> tuple[Callable[[bytes], bytes], Callable[[bytes], int]]:
    try:
        from isal import igzip_lib, isal_zlib
    except ImportError:
        return _zlib_deflate, zlib.crc32
    raw = igzip_lib.COMP_DEFLATE
    return lambda data: igzip_lib.compress(data, 1, raw), isal_zlib.crc32


deflate, crc32 = _choose()


def inflate(data: bytes, limit: int) -> bytes:
    """The bytes behind raw-deflated `data`, at most `limit` + 1; zlib.error when it is not deflate."""
    engine = zlib.decompressobj(_RAW)
    return engine.decompress(data, limit + 1)
