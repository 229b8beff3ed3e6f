"""A backup as bytes: one tar file that the standard tools open too.

    keys.json      the person's key file: everything in it is wrapped
    backup.age     encrypted to the vault's identity and to the recovery key; a tar in turn:
        vault/index.sealed, vault/names.age, vault/identity.age, vault/items/<file id>.age
        profile.sealed     the templates (profile_record.py)
        manifest.sealed    the SHA-256 of every file before it

Both `.sealed` are envelopes (envelope.py) under a key derived from the vault key. That is what
makes a backup genuine: anybody who knows the public recipients can encrypt a tar to them, a face of
their own in it; nobody without the vault key can seal its manifest.

Tar is read by a parser of our own that knows plain files of these names and nothing else: no
links, no folders, no devices, no path that leads elsewhere, nothing twice (`tarfile` knows it all).
"""

from __future__ import annotations

import hashlib
import re
import tarfile
from collections.abc import Callable, Iterator
from typing import Protocol

from facelock.core.errors import BackupUnreadable
from facelock.vault.envelope import MAX_SEALED_BYTES
from facelock.vault.key_files import MAX_KEY_FILE_BYTES
from facelock.vault.keys import Key, derive

KEYS, PAYLOAD = "keys.json", "backup.age"
PROFILE, MANIFEST = "profile.sealed", "manifest.sealed"
VAULT = "vault/"
BLOCK = 512
_MEMBER = re.compile(
    r"vault/(index\.sealed|names\.age|identity\.age|items/[0-9a-f]{32}\.age)"
    r"|profile\.sealed|manifest\.sealed"
)
_MAX_MEMBERS = 100_000
_LARGEST = 1 << 50
_PURPOSE = b"facelock backup v1"


def backup_key(vault_key: Key) -> bytes:
    """Return what seals the manifest and the profile in a backup."""
    return derive(vault_key, salt=b"", info=_PURPOSE)


def header(name: str, size: int) -> bytes:
    """Return the block that begins a member of a tar."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


def padding(size: int) -> bytes:
    """Return what fills the last block of a member."""
    return bytes(-size % BLOCK)


def read_header(block: bytes) -> tuple[str, int] | None:
    """Return name and size of a plain member, None at the end. Raises BackupUnreadable."""
    if block == bytes(BLOCK):
        return None
    try:
        member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.TarError, ValueError) as error:
        raise BackupUnreadable("no tar file") from error
    if member.type != tarfile.REGTYPE or not 0 <= member.size <= _LARGEST:
        raise BackupUnreadable("a member of the tar is no plain file")
    return member.name, member.size


class Receiver(Protocol):
    """Takes the files of a backup, one after the other."""

    def begin(self, name: str) -> None: ...  # noqa: D102
    def data(self, data: bytes) -> None: ...  # noqa: D102
    def end(self) -> None: ...  # noqa: D102


class TarParser:
    """What the inner tar is written into as it is decrypted. Raises BackupUnreadable."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._waiting = bytearray()  # of a header not yet whole
        self._left = self._pad = 0  # bytes of the member under way, and of its padding
        self._seen: set[str] = set()
        self._ended = False

    def write(self, data: bytes, /) -> None:
        """Take the next bytes."""
        rest = memoryview(data)
        while rest:
            if self._left:
                part, rest = rest[: self._left], rest[self._left :]
                self._left -= len(part)
                self._receiver.data(bytes(part))
                if not self._left:
                    self._receiver.end()
            elif self._pad:
                taken = min(self._pad, len(rest))
                self._pad, rest = self._pad - taken, rest[taken:]
            else:
                part = rest[: BLOCK - len(self._waiting)]
                rest = rest[len(part) :]
                self._waiting += part
                if len(self._waiting) == BLOCK:
                    self._begin(bytes(self._waiting))
                    self._waiting.clear()

    def flush(self) -> None:
        """Nothing waits here."""

    def finish(self) -> None:
        """Raise BackupUnreadable unless the tar ended as it should."""
        if not self._ended or self._waiting:
            raise BackupUnreadable("the backup ends too soon")

    def _begin(self, block: bytes) -> None:
        found = read_header(block)
        if found is None:
            self._ended = True
            return
        name, size = found
        known = _MEMBER.fullmatch(name) is not None
        small = name.startswith(VAULT) or size <= MAX_SEALED_BYTES
        if self._ended or not known or not small or name in self._seen:
            raise BackupUnreadable("a file in the backup is none of ours, or is there twice")
        if len(self._seen) >= _MAX_MEMBERS:
            raise BackupUnreadable("too many files in the backup")
        self._seen.add(name)
        self._left, self._pad = size, len(padding(size))
        self._receiver.begin(name)
        if not size:
            self._receiver.end()


class TarStream:
    """What age reads the inner tar from; hears what it hands out."""

    def __init__(self, blocks: Iterator[bytes], told: Callable[[int], None]) -> None:
        self._blocks = blocks
        self._told = told
        self._chunk = memoryview(b"")
        self._done = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        while not self._chunk:
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._chunk = memoryview(block)
            self._done += len(block)
            self._told(self._done)
        taken = bytes(self._chunk[:size])
        self._chunk = self._chunk[size:]
        return taken


def outer_parts(read: Callable[[int], bytes], size: int) -> tuple[bytes, int]:
    """Read up to the payload of a backup file of `size` bytes; return its key file, and its size.

    Raises BackupUnreadable.
    """
    keys = read_header(_exactly(read, BLOCK))
    if keys is None or keys[0] != KEYS or keys[1] > MAX_KEY_FILE_BYTES:
        raise BackupUnreadable("no backup of Facelock")
    key_file = _exactly(read, keys[1])
    _exactly(read, len(padding(keys[1])))
    payload = read_header(_exactly(read, BLOCK))
    before = 2 * BLOCK + keys[1] + len(padding(keys[1]))
    if payload is None or payload[0] != PAYLOAD:
        raise BackupUnreadable("no backup of Facelock")
    if before + payload[1] + len(padding(payload[1])) + 2 * BLOCK != size:
        raise BackupUnreadable("the backup is cut short, or something was added")
    return key_file, payload[1]


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = read(size - len(data))
        if not part:
            raise BackupUnreadable("the backup is cut short")
        data += part
    return bytes(data)


def sha256(data: bytes) -> str:
    """Return the hash of a small file, in hex."""
    return hashlib.sha256(data).hexdigest()
