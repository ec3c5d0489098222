"""HTTP content codings both ways, as clickhouse-connect uses them: lz4 and zstd frames, gzip, deflate."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Protocol

import lz4.frame
import zstandard


class _Frame(Protocol):
    """What the compressors of all codings have in common."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _Lz4:
    def __init__(self) -> None:
        self._frame = lz4.frame.LZ4FrameCompressor()
        self._begun = False

    def compress(self, data: bytes) -> bytes:
        begin = b"" if self._begun else self._frame.begin()
        self._begun = True
        return bytes(begin + self._frame.compress(data))

    def flush(self) -> bytes:
        return self.compress(b"") + bytes(self._frame.flush())


_ENCODERS: dict[str, Callable[[], _Frame]] = {
    "lz4": _Lz4,
    "zstd": lambda: zstandard.ZstdCompressor(level=1).compressobj(),
    "gzip": lambda: zlib.compressobj(level=1, wbits=31),
    "deflate": lambda: zlib.compressobj(level=1),
}
_DECODERS: dict[str, Callable[[], Any]] = {
    "lz4": lz4.frame.LZ4FrameDecompressor,
    "zstd": lambda: zstandard.ZstdDecompressor().decompressobj(),
    "gzip": lambda: zlib.decompressobj(wbits=31),
    "x-gzip": lambda: zlib.decompressobj(wbits=31),
    "deflate": lambda: zlib.decompressobj(),
}


def choose(accepted: str) -> str:
    """The first coding in an Accept-Encoding header that we can write, "" for none."""
    names = (part.partition(";")[0].strip().lower() for part in accepted.split(","))
    return next((name for name in names if name in _ENCODERS), "")


class Encoder:
    """Compresses one answer, piece by piece, into one frame; name "" leaves it as it is."""

    def __init__(self, name: str) -> None:
        self._frame = _ENCODERS[name]() if name else None

    def feed(self, data: bytes) -> bytes:
        """What is ready to be sent."""
        return self._frame.compress(data) if self._frame else data

    def end(self) -> bytes:
        """The rest."""
        return self._frame.flush() if self._frame else b""


class Decoder:
    """Decompresses a body that may be several frames in a row, as clickhouse-connect sends one per block.

    Raises ValueError for an unknown coding or broken data.
    """

    def __init__(self, coding: str) -> None:
        if coding not in _DECODERS:
            raise ValueError(f"Unknown Content-Encoding {coding!r}; known: {', '.join(_DECODERS)}")
        self._new = _DECODERS[coding]
        self._frame = self._new()

    def feed(self, data: bytes) -> bytes:
        """Decompress the next piece of the body."""
        out = []
        try:
            while data:
                if self._frame.eof:
                    self._frame = self._new()
                out.append(self._frame.decompress(data))
                data = self._frame.unused_data if self._frame.eof else b""
        except (zlib.error, zstandard.ZstdError, RuntimeError) as error:
            raise ValueError(f"The body is not what its Content-Encoding says: {error}") from error
        return b"".join(out)
