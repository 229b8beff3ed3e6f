"""Backups written, verified and taken apart. What their bytes mean: backup_format.py."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from facelock.core.atomic_file import StagedFile, open_regular
from facelock.core.errors import (
    BackupUnreadable,
    BackupUnwritable,
    StoreError,
    VaultError,
)
from facelock.core.template import Profile
from facelock.vault import age
from facelock.vault.backup_format import (
    BLOCK,
    KEYS,
    MANIFEST,
    PAYLOAD,
    PROFILE,
    VAULT,
    TarParser,
    TarStream,
    backup_key,
    header,
    outer_parts,
    padding,
    sha256,
)
from facelock.vault.envelope import Header, Kind, open_sealed, seal
from facelock.vault.item_streams import opened_source
from facelock.vault.items import Progress
from facelock.vault.keys import Key
from facelock.vault.profile_record import PROFILE_VERSION, decode_profile, encode_profile

_CHUNK = 1 << 20


@dataclass(frozen=True)
class BackupKeys:
    """What a backup is sealed with and encrypted to."""

    profile_id: str
    vault_key: Key = field(repr=False)
    identity: str = field(repr=False)
    recovery_recipient: str | None
    key_file: bytes = field(repr=False)  # everything in it is wrapped
    demo: bool


@dataclass(frozen=True)
class RestoredParts:
    """What was in a backup besides the vault's files. All of it is vouched for."""

    profile: Profile | None  # None if the record did not open when the backup was made
    files: tuple[str, ...]  # relative to the vault's folder


class _Manifest(msgspec.Struct, forbid_unknown_fields=True):
    files: dict[str, str]  # SHA-256 by name in the tar


def write_backup(
    target: Path,
    keys: BackupKeys,
    vault: Path,
    profile: Profile | None,
    *,
    progress: Progress,
    overwrite: bool = False,
) -> None:
    """Write a backup and read it back before it counts.

    Raises BackupUnwritable (also if there is a file and `overwrite` is not set), SourceUnreadable;
    Cancelled, if `progress` raises it. Nothing is left then.
    """
    if not overwrite and os.path.lexists(target):
        raise BackupUnwritable("there is a file of that name")
    try:
        with StagedFile(target) as staged:
            _write(staged, keys, vault, profile, progress)
            staged.finish()
            with opened_backup(staged.temporary) as backup:
                backup.read_all(keys, None)
            if overwrite:
                staged.commit()
            else:
                staged.commit_as(target)
    except OSError as error:
        raise BackupUnwritable(f"the backup cannot be written: {error.strerror}") from error


def _write(
    staged: StagedFile, keys: BackupKeys, vault: Path, profile: Profile | None, progress: Progress
) -> None:
    paths = sorted(path for path in vault.rglob("*") if _belongs(path.relative_to(vault)))
    total = sum(path.stat().st_size for path in paths)
    staged.write(header(KEYS, len(keys.key_file)))
    staged.write(keys.key_file + padding(len(keys.key_file)))
    at = BLOCK + len(keys.key_file) + len(padding(len(keys.key_file)))
    staged.write(header(PAYLOAD, 0))
    measured = _Measured(staged)
    recipients = [age.recipient_of(keys.identity)]
    if keys.recovery_recipient:
        recipients.append(keys.recovery_recipient)
    blocks = _blocks(keys, vault, paths, profile)
    stream = TarStream(blocks, lambda done: progress(min(done, total), total))
    age.encrypt_stream(stream, measured, *recipients)
    staged.write(padding(measured.size) + bytes(2 * BLOCK))
    staged.write_at(at, header(PAYLOAD, measured.size))  # now that it is known


def _belongs(path: Path) -> bool:
    names = ("index.sealed", "names.age", "identity.age")
    is_item = path.parts[0] == "items" and path.suffix == ".age" and not path.name.startswith(".")
    return str(path) in names or (len(path.parts) == 2 and is_item)


def _blocks(
    keys: BackupKeys, vault: Path, paths: list[Path], profile: Profile | None
) -> Iterator[bytes]:
    """Yield the inner tar."""
    hashes: dict[str, str] = {}
    for path in paths:
        name = VAULT + path.relative_to(vault).as_posix()
        digest = hashlib.sha256()
        with opened_source(path) as source:
            yield header(name, source.size)
            while data := source.read(_CHUNK):
                digest.update(data)
                yield data
            yield padding(source.size)
        hashes[name] = digest.hexdigest()
    if profile is not None:
        sealed = _sealed(keys, Kind.PROFILE, encode_profile(profile), PROFILE_VERSION)
        hashes[PROFILE] = sha256(sealed)
        yield header(PROFILE, len(sealed)) + sealed + padding(len(sealed))
    sealed = _sealed(keys, Kind.BACKUP, msgspec.json.encode(_Manifest(hashes)), 1)
    yield header(MANIFEST, len(sealed)) + sealed + padding(len(sealed))
    yield bytes(2 * BLOCK)


def _sealed(keys: BackupKeys, kind: Kind, content: bytes, version: int) -> bytes:
    head = Header(kind, keys.demo, 1, version=version)
    return seal(backup_key(keys.vault_key), head, keys.profile_id, content)


class _Measured:
    def __init__(self, staged: StagedFile) -> None:
        self._staged = staged
        self.size = 0

    def write(self, data: bytes, /) -> None:
        self.size += self._staged.write(data)

    def flush(self) -> None:
        """Nothing waits here."""


class _Files:
    """Takes the files of a backup: the vault's into a folder (or nowhere), the rest in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._name = ""
        self._digest = hashlib.sha256()
        self._staged: StagedFile | None = None
        self.hashes: dict[str, str] = {}
        self.small: dict[str, bytearray] = {}

    def begin(self, name: str) -> None:
        self._name, self._digest = name, hashlib.sha256()
        if not name.startswith(VAULT):
            self.small[name] = bytearray()
        elif self._folder is not None:
            path = self._folder / name.removeprefix(VAULT)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            self._staged = StagedFile(path)

    def data(self, data: bytes) -> None:
        self._digest.update(data)
        if self._staged is not None:
            self._staged.write(data)
        elif self._name in self.small:
            self.small[self._name] += data

    def end(self) -> None:
        self.hashes[self._name] = self._digest.hexdigest()
        if self._staged is not None:
            self._staged.commit()
            self._staged = None

    def close(self) -> None:
        if self._staged is not None:
            self._staged.discard()


class Backup:
    """A backup file, open. Its key file is not vouched for before a key in it opened the rest."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self._progress: Progress | None = None
        self.key_file, self._left = outer_parts(self._bytes, size)
        self.size = self._left

    def _bytes(self, size: int) -> bytes:
        return os.read(self._descriptor, size)

    def read_all(
        self, keys: BackupKeys, folder: Path | None, progress: Progress | None = None
    ) -> RestoredParts:
        """Decrypt and verify everything, once; put the vault's files into `folder`.

        Raises BackupUnreadable; OSError if `folder` cannot be written; what `progress` raises.
        """
        files = _Files(folder)
        parser = TarParser(files)
        self._progress = progress
        try:
            age.decrypt_stream(self, parser, keys.identity)
            parser.finish()
            return _vouched(files, keys)
        except (StoreError, VaultError) as error:
            raise BackupUnreadable("the backup is not as it was made") from error
        finally:
            files.close()

    def read(self, size: int = -1, /) -> bytes:
        """Read on in the payload; for age."""
        data = self._bytes(min(size, self._left))
        self._left -= len(data)
        if self._progress is not None:
            self._progress(self.size - self._left, self.size)
        return data


def _vouched(files: _Files, keys: BackupKeys) -> RestoredParts:
    """Return the parts if the sealed manifest knows them all, and no others. Raises StoreError."""
    manifest = files.small.get(MANIFEST)
    if manifest is None:
        raise BackupUnreadable("the backup has no manifest")
    try:
        known = msgspec.json.decode(_opened(keys, Kind.BACKUP, manifest)[1], type=_Manifest).files
    except (msgspec.DecodeError, ValueError) as error:
        raise BackupUnreadable("the manifest is not as it was written") from error
    del files.hashes[MANIFEST]
    if files.hashes != known:
        raise BackupUnreadable("the backup does not hold what it should")
    profile = None
    if PROFILE in files.small:
        head, content = _opened(keys, Kind.PROFILE, files.small[PROFILE])
        profile = decode_profile(content, head.version)
        if (profile.profile_id, profile.demo) != (keys.profile_id, keys.demo):
            raise BackupUnreadable("the backup holds somebody else's templates")
    names = tuple(name.removeprefix(VAULT) for name in known if name.startswith(VAULT))
    return RestoredParts(profile, names)


def _opened(keys: BackupKeys, kind: Kind, sealed: bytearray) -> tuple[Header, bytes]:
    return open_sealed(
        backup_key(keys.vault_key),
        bytes(sealed),
        kind=kind,
        demo=keys.demo,
        record_id=keys.profile_id,
    )


@contextmanager
def opened_backup(path: Path) -> Iterator[Backup]:
    """Open a backup file. Raises BackupUnreadable."""
    try:
        descriptor, status = open_regular(path)
    except (OSError, ValueError) as error:
        raise BackupUnreadable("the backup cannot be opened") from error
    try:
        yield Backup(descriptor, status.st_size)
    finally:
        os.close(descriptor)
