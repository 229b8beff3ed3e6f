"""Content on its way into and out of age files: hashed, measured, reported, and stoppable."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from facelock.core.atomic_file import open_regular
from facelock.core.errors import ItemDamaged, SourceUnreadable
from facelock.vault.items import Progress

_CHUNK = 1 << 20  # bytes between two reports, and between two looks at whether to stop


def unheard(_done: int, _total: int) -> None:
    """Hear of progress, and do nothing."""


class Source(Protocol):
    """Where content comes from. `read` returns at most so many bytes, none at the end."""

    size: int  # bytes, when it was opened

    def read(self, size: int = -1, /) -> bytes: ...  # noqa: D102


class FileSource:
    """A plain file of somebody's, which must not change while it is read."""

    def __init__(self, descriptor: int, status: os.stat_result) -> None:
        self._descriptor = descriptor
        self._status = status
        self._read = 0
        self.size = status.st_size

    def read(self, size: int = _CHUNK, /) -> bytes:
        """Read on. Raises SourceUnreadable; at the end also if the file became another."""
        try:
            data = os.read(self._descriptor, size)
            now = os.fstat(self._descriptor)
        except OSError as error:
            raise SourceUnreadable(f"the source cannot be read: {error.strerror}") from error
        self._read += len(data)
        changed = (now.st_size, now.st_mtime_ns) != (self.size, self._status.st_mtime_ns)
        if changed or self._read > self.size or (not data and self._read != self.size):
            raise SourceUnreadable("the source changed while it was read")
        return data


@contextmanager
def opened_source(path: Path) -> Iterator[FileSource]:
    """Open a file to be put into the vault. Raises SourceUnreadable: also for links and pipes."""
    try:
        descriptor, status = open_regular(path)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise SourceUnreadable(f"the source cannot be opened: {type(error).__name__}") from error
    try:
        yield FileSource(descriptor, status)
    finally:
        os.close(descriptor)


class BytesSource:
    """Content that is in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.size = len(data)

    def read(self, size: int = _CHUNK, /) -> bytes:
        """Read on."""
        data = self._data[self._at : self._at + size]
        self._at += len(data)
        return data


class Intake:
    """What age reads of a source: in large steps, each of them hashed and reported."""

    def __init__(self, source: Source, progress: Progress, check: Callable[[], None]) -> None:
        self._source = source
        self._progress = progress
        self._check = check  # raises where the work is to stop
        self._chunk = memoryview(b"")
        self._digest = hashlib.sha256()
        self.size = 0  # bytes read

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        if not self._chunk:
            self._fill()
        taken = bytes(self._chunk[:size])
        self._chunk = self._chunk[size:]
        return taken

    @property
    def sha256(self) -> str:
        """Of everything read, in hex."""
        return self._digest.hexdigest()

    def _fill(self) -> None:
        self._check()
        data = self._source.read(_CHUNK)
        self._digest.update(data)
        self.size += len(data)
        self._chunk = memoryview(data)
        self._progress(self.size, self._source.size)


class Outlet:
    """What age writes an item's content into: on to `write`, no byte more than was put in."""

    def __init__(
        self,
        write: Callable[[bytes], object],
        size: int,
        progress: Progress,
        check: Callable[[], None],
    ) -> None:
        self._write = write
        self._size = size  # bytes expected
        self._progress = progress
        self._check = check
        self._digest = hashlib.sha256()
        self._done = self._told = 0

    def write(self, data: bytes, /) -> None:
        """Take bytes. Raises ItemDamaged if they are more than the item has."""
        self._done += len(data)
        if self._done > self._size:
            raise ItemDamaged("an item holds more than was put in")
        self._digest.update(data)
        self._write(data)
        if self._done - self._told >= _CHUNK or self._done == self._size:
            self._told = self._done
            self._check()
            self._progress(self._done, self._size)

    def flush(self) -> None:
        """Nothing waits here."""

    def verify(self, sha256: str) -> None:
        """Raise ItemDamaged unless everything came through, as it was put in."""
        if self._done != self._size or self._digest.hexdigest() != sha256:
            raise ItemDamaged("an item is not what was put in")


class Sink:
    """What age writes an encrypted file into."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write

    def write(self, data: bytes, /) -> None:
        """Pass it on."""
        self._write(data)

    def flush(self) -> None:
        """Nothing waits here; the file is synced before it counts."""
