"""The activity log on the disk: appended and synced, cut to its newest entries, mended if changed.

What keeps it honest lies elsewhere, in the sealed machine record (whose own age the keyring knows):
an `Anchor`, hash and number of an entry that was there. A log without that entry was cut, exchanged
or put back. Then whatever still opens is kept and shown, the file as it was found is copied to
`activity.log.damaged`, and an entry says that others are missing.

Entries written since the last anchor can be cut off unseen; `services.activity` sets one at once
after everything that an intruder might like to hide.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from facelock.core.activity import Activity, Happening
from facelock.core.atomic_file import read_private, write_atomically
from facelock.core.errors import StoreDamaged, StoreUnwritable
from facelock.vault.activity_format import (
    FRAME_BYTES,
    HEADER_BYTES,
    NO_HASH,
    Found,
    LogFormat,
    scan,
)

ACTIVITY_LOG = "activity.log"
MAX_ENTRIES = 20_000
KEPT_ENTRIES = 16_000
"""When the log is full, so many of the newest are kept."""

MAX_LOG_BYTES = 8 * 1024 * 1024
"""Three times a full log; checked before anything is parsed."""

_FLAGS = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Anchor:
    """Of an entry that must be in the log: its hash (64 hex digits) and number; ("", 0): none."""

    head: str = ""
    count: int = 0


@dataclass(frozen=True)
class _Tail:
    """Where the next entry goes."""

    first: int  # number of the first entry in the file
    last: int  # of the last
    digest: bytes  # of the last
    size: int  # of the file, bytes

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.digest.hex(), self.last) if self.last else Anchor()


class ActivityLog:
    """The log of one store. For one thread at a time; the store keeps other processes out."""

    def __init__(
        self, path: Path, device_secret: bytes, *, demo: bool, max_entries: int = MAX_ENTRIES
    ) -> None:
        self._path = path
        self._form = LogFormat(device_secret, demo=demo)
        self._max = max_entries
        self._kept = max_entries * KEPT_ENTRIES // MAX_ENTRIES
        self._tail: _Tail | None = None  # None: the file has to be looked at

    @property
    def anchor(self) -> Anchor:
        """The newest entry, to be kept in the machine record; nothing before the first write."""
        return self._tail.anchor if self._tail else Anchor()

    def read(self, known: Anchor, now: float) -> tuple[Activity, ...]:
        """Return all entries, oldest first, after checking every one of them.

        If some are missing or changed, the log is mended and its last entry says so, of `now`
        (seconds since the epoch); also where it cannot be written.
        """
        data = self._data()
        if data is None and not known.count:
            self._tail = _Tail(1, 0, NO_HASH, 0)
            return ()
        found = scan(self._form, data or b"")
        if not (found.whole_bytes and _holds(found, known)):
            return self._mend(data, found, known, now)
        self._tail = _tail_of(found)
        if data is not None and len(data) > found.whole_bytes:  # half a frame: a power cut
            self._replace(data[: found.whole_bytes], self._tail)
        return found.activities

    def append(self, activities: tuple[Activity, ...], known: Anchor, now: float) -> None:
        """Write entries; they are on the disk when this returns. Raises StoreUnwritable.

        If the log turns out to be cut, that is written before them.
        """
        tail = self._ready_for(len(activities), known, now)
        frames = self._form.seal_all(activities, tail.last + 1, tail.digest)
        try:
            first = self._write(tail, frames, len(activities))
        except OSError as error:
            self._tail = None
            raise StoreUnwritable(f"the activity log: {error.strerror}") from error
        digest = sha256(frames[-FRAME_BYTES:]).digest()
        self._tail = _Tail(first, tail.last + len(activities), digest, self._size())

    def _ready_for(self, count: int, known: Anchor, now: float) -> _Tail:
        """Return where entries go; the file was looked at, wholly if some of it will be dropped."""
        tail = self._tail or self._quick_tail(known)
        if tail is None or tail.size != self._size() or self._overflows(tail, count):
            self.read(known, now)
            tail = self._tail
        if tail is None:
            raise StoreUnwritable("the activity log cannot be mended")
        return tail

    def _overflows(self, tail: _Tail, count: int) -> bool:
        return tail.last - tail.first + 1 + count > self._max

    def _write(self, tail: _Tail, frames: bytes, count: int) -> int:
        """Write frames; return the number of the first entry in the file. Raises OSError."""
        if tail.size == 0:
            write_atomically(self._path, self._form.header(tail.first, tail.digest) + frames)
        elif self._overflows(tail, count):
            return self._rotate(frames)
        else:
            _append(self._path, frames, tail.size)
        return tail.first

    def _data(self) -> bytes | None:
        """Return the file, None if there is none, nothing if it cannot be trusted or read."""
        try:
            return read_private(self._path, limit=MAX_LOG_BYTES)
        except FileNotFoundError:
            return None
        except OSError:
            return b""

    def _size(self) -> int:
        try:
            return self._path.lstat().st_size
        except OSError:
            return 0

    def _quick_tail(self, known: Anchor) -> _Tail | None:
        """Look at header, last entry and anchor alone; None if anything is not as it should be.

        So that a start does not open 20,000 entries. `read` opens them all, at every unlock.
        """
        data = self._data() or b""
        count, rest = divmod(len(data) - HEADER_BYTES, FRAME_BYTES)
        if count < 1 or rest:
            return None
        try:
            first, _ = self._form.open_header(data)
            last = self._form.open(data[-FRAME_BYTES:])
        except StoreDamaged:
            return None
        at = HEADER_BYTES + (known.count - first) * FRAME_BYTES
        anchored = known.count < first or (
            sha256(data[at : at + FRAME_BYTES]).hexdigest() == known.head
        )
        if last.sequence != first + count - 1 or not anchored:
            return None
        return _Tail(first, last.sequence, last.digest, len(data))

    def _rotate(self, frames: bytes) -> int:
        """Keep the newest entries, to the byte, and add `frames`: one file for another."""
        data = self._data() or b""
        kept = (data[HEADER_BYTES:] + frames)[-self._kept * FRAME_BYTES :]
        try:
            oldest = self._form.open(kept[:FRAME_BYTES])
        except StoreDamaged as error:  # changed since it was looked at, a moment ago
            raise OSError(errno.ESTALE, "the file was changed") from error
        write_atomically(self._path, self._form.header(oldest.sequence, oldest.former) + kept)
        return oldest.sequence

    def _mend(
        self, data: bytes | None, found: Found, known: Anchor, now: float
    ) -> tuple[Activity, ...]:
        """Begin a new chain with what still opens, numbered after all that ever was."""
        kept = found.activities[-self._kept :]
        activities = (*kept, Activity(Happening.LOG_CUT, now))
        first = max(known.count, found.highest) + 1
        frames = self._form.seal_all(activities, first, NO_HASH)
        self._keep_damaged(data)
        digest = sha256(frames[-FRAME_BYTES:]).digest()
        tail = _Tail(first, first + len(activities) - 1, digest, 0)
        self._replace(self._form.header(first, NO_HASH) + frames, tail)
        return activities

    def _replace(self, data: bytes, tail: _Tail) -> None:
        try:
            write_atomically(self._path, data)
        except OSError:
            self._tail = None  # it is tried again at the next look
        else:
            self._tail = replace(tail, size=len(data))

    def _keep_damaged(self, data: bytes | None) -> None:
        """Keep a copy of what was found, unless there is one; best effort."""
        copy = self._path.with_name(self._path.name + ".damaged")
        with suppress(OSError):
            if data and not copy.exists():
                write_atomically(copy, data)


def _holds(found: Found, known: Anchor) -> bool:
    """True if the entry that the anchor names is there, or was dropped when the log was full."""
    if known.count < found.first:
        return True
    at = known.count - found.first  # the chain is whole: no number is left out
    return at < len(found.entries) and found.entries[at].digest.hex() == known.head


def _tail_of(found: Found) -> _Tail:
    if not found.entries:
        return _Tail(found.first, found.first - 1, NO_HASH, found.whole_bytes)
    last = found.entries[-1]
    return _Tail(found.first, last.sequence, last.digest, found.whole_bytes)


def _append(path: Path, data: bytes, size: int) -> None:
    """Append to a file of ours and sync it. After an OSError it is as it was, if possible."""
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            raise OSError(errno.ESTALE, "the file was changed")
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
