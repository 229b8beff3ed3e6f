"""The bytes of the activity log: a header, then frames of one fixed size, each sealed and chained.

    header, 80 bytes                              frame, 128 bytes
    0   8   magic "FLACTLOG"                      0    4   mark "FLE1"
    8   2   version, big-endian                   4    8   sequence number, big-endian
    10  1   flags: bit 0 = demo                   12   32  SHA-256 of the frame before it
    11  1   zero                                  44   12  nonce, random
    12  8   sequence number of the first frame    56   56  what happened, sealed
    20  32  SHA-256 of the frame before it        112  16  tag
    52  12  nonce, random
    64  16  tag over the header

What is sealed (AES-256-GCM under a key of its own, from the device secret): the time as a double,
16 bytes of whom it is about, 32 letters that name what happened. There is room for nothing else: no
score, no picture, no name of a file (threat-model row 20). All frames are equally long, so that
their size tells nothing, and a damaged one does not hide those behind it. A frame opens by itself;
number and former hash are bound to it, so one that is missing, moved or repeated breaks the chain.
"""

from __future__ import annotations

import math
import re
import secrets
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from facelock.core.activity import Activity, Happening
from facelock.core.errors import StoreDamaged
from facelock.vault.keys import NONCE_BYTES, derive

VERSION = 1
HEADER_BYTES, FRAME_BYTES = 80, 128
NO_HASH = bytes(32)
MAX_FAILURES = 20_000
"""So many frames that do not open are tried, then the rest of a file is given up."""

_PURPOSE = b"facelock activity log v1"
_MAGIC, _MARK = b"FLACTLOG", b"FLE1"
_HEADER = struct.Struct(">8sHBxQ32s")
_FRAME = struct.Struct(">4sQ32s")
_ENTRY = struct.Struct(">d16s32s")
_NOBODY = bytes(16)
_NAME = re.compile(rb"([a-z-]+)\x00*")
_KINDS = {kind.value.encode(): kind for kind in Happening}


@dataclass(frozen=True)
class Entry:
    """One frame that opened."""

    sequence: int
    former: bytes = field(repr=False)  # SHA-256 of the frame before it
    digest: bytes = field(repr=False)  # SHA-256 of this frame
    activity: Activity | None  # None: of a kind that only a newer Facelock knows


@dataclass(frozen=True)
class Found:
    """What a file holds. `whole_bytes` is 0 unless every frame follows from the one before."""

    entries: tuple[Entry, ...]  # by sequence number, each once
    first: int  # sequence number of the first frame, as the header says; 0 if that does not open
    whole_bytes: (
        int  # how far the file is as it was written; half a frame after that is a power cut
    )

    @property
    def highest(self) -> int:
        """The largest sequence number, 0 if there is none."""
        return max((entry.sequence for entry in self.entries), default=0)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Everything that can be shown."""
        return tuple(entry.activity for entry in self.entries if entry.activity is not None)


class LogFormat:
    """Seals and opens headers and frames under the device secret of one store."""

    def __init__(self, device_secret: bytes, *, demo: bool) -> None:
        self._aead = AESGCM(derive(device_secret, salt=b"", info=_PURPOSE))
        self._flags = int(demo)
        self._context = _PURPOSE + bytes([self._flags])

    def header(self, first: int, former: bytes) -> bytes:
        """Return the header of a file whose first frame has this number and follows this hash."""
        packed = _HEADER.pack(_MAGIC, VERSION, self._flags, first, former)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return packed + nonce + self._aead.encrypt(nonce, b"", self._context + packed)

    def open_header(self, data: bytes) -> tuple[int, bytes]:
        """Return number of the first frame and the hash before it. Raises StoreDamaged."""
        packed, sealed = data[: _HEADER.size], data[_HEADER.size : HEADER_BYTES]
        self._open(packed, sealed)
        magic, version, flags, first, former = _HEADER.unpack(packed)
        if (magic, version, flags) != (_MAGIC, VERSION, self._flags):
            raise StoreDamaged("not a header of an activity log")
        return int(first), bytes(former)

    def seal(self, activity: Activity, sequence: int, former: bytes) -> bytes:
        """Return the frame of an activity."""
        packed = _FRAME.pack(_MARK, sequence, former)
        about = bytes.fromhex(activity.profile_id) or _NOBODY
        entry = _ENTRY.pack(activity.at, about, activity.what.value.encode())
        nonce = secrets.token_bytes(NONCE_BYTES)
        return packed + nonce + self._aead.encrypt(nonce, entry, self._context + packed)

    def seal_all(self, activities: Iterable[Activity], sequence: int, former: bytes) -> bytes:
        """Return the frames of activities, the first with this number, chained."""
        frames = []
        for number, activity in enumerate(activities, sequence):
            frames.append(self.seal(activity, number, former))
            former = sha256(frames[-1]).digest()
        return b"".join(frames)

    def open(self, frame: bytes) -> Entry:
        """Return what a frame says. Raises StoreDamaged."""
        packed = frame[: _FRAME.size]
        at, about, name = _ENTRY.unpack(self._open(packed, frame[_FRAME.size : FRAME_BYTES]))
        _, sequence, former = _FRAME.unpack(packed)
        found = _NAME.fullmatch(name)
        if found is None or not math.isfinite(at):
            raise StoreDamaged("an entry of the activity log is impossible")
        kind = _KINDS.get(found[1])
        whom = "" if about == _NOBODY else about.hex()
        activity = None if kind is None else Activity(kind, at, whom)
        return Entry(int(sequence), bytes(former), sha256(frame).digest(), activity)

    def _open(self, packed: bytes, sealed: bytes) -> bytes:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._aead.decrypt(nonce, rest, self._context + packed)
        except (InvalidTag, ValueError) as error:  # ValueError: too short to be anything
            raise StoreDamaged("a part of the activity log does not open") from error


def scan(form: LogFormat, data: bytes) -> Found:
    """Return everything in a file that opens, and how far it is as it was written."""
    try:
        first, former = form.open_header(data)
    except StoreDamaged:
        first, former = 0, NO_HASH
    is_whole, expected = first > 0, first
    entries: dict[int, Entry] = {}
    offset, failures = HEADER_BYTES, 0
    while len(data) - offset >= FRAME_BYTES:
        try:
            entry = form.open(data[offset : offset + FRAME_BYTES])
        except StoreDamaged:
            is_whole, failures = False, failures + 1
            offset = data.find(_MARK, offset + 1)
            if offset < 0 or failures >= MAX_FAILURES:
                break
            continue
        is_whole = is_whole and (entry.sequence, entry.former) == (expected, former)
        entries.setdefault(entry.sequence, entry)
        expected, former = entry.sequence + 1, entry.digest
        offset += FRAME_BYTES
    in_order = tuple(entries[number] for number in sorted(entries))
    return Found(in_order, first, offset if is_whole else 0)
