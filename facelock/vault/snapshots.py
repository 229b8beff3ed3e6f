"""Pictures of who was refused: age files for one person, few of them and not for long.

`vaults/<profile id>/refused/<seconds>-<random>.age`, mode 0600. Written with the public recipient
alone, so the vault stays shut meanwhile; opened with the identity that only the vault key gives.
At most `MAX_SNAPSHOTS` and `MAX_AGE_SECONDS`: the oldest go first, and whatever is too old goes at
the next look. The name of a file tells when somebody was refused, and nothing more.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from facelock.core.atomic_file import private_folder, read_private, write_atomically
from facelock.core.errors import ItemDamaged, ItemMissing, StoreDamaged, VaultUnwritable
from facelock.vault.age import decrypt, encrypt

MAX_SNAPSHOTS = 20
MAX_AGE_SECONDS = 30 * 86_400.0
MAX_PICTURE_BYTES = 256 * 1024
_MAX_FILE_BYTES = MAX_PICTURE_BYTES + 4096
_NAME = re.compile(r"([0-9]{1,12})-[0-9a-f]{16}\.age")


@dataclass(frozen=True)
class Snapshot:
    """One picture that is kept."""

    name: str  # of its file
    at: float  # seconds since the epoch, whole


class SnapshotFolder:
    """The pictures of one person. Needs no key to write, list and delete."""

    def __init__(self, vault_folder: Path) -> None:
        self._vault_folder = vault_folder
        self._folder = vault_folder / "refused"

    def keep(self, jpeg: bytes, recipient: str, at: float) -> None:
        """Seal a picture; make room for it first.

        Raises VaultUnwritable; ValueError if it is too large; StoreDamaged if `recipient` is none.
        """
        if not 0 < len(jpeg) <= MAX_PICTURE_BYTES:
            raise ValueError("a picture of an impossible size")
        sealed = encrypt(jpeg, recipient)
        name = f"{max(int(at), 0)}-{secrets.token_hex(8)}.age"
        try:
            private_folder(self._vault_folder)
            private_folder(self._folder)
            self._make_room(at)
            write_atomically(self._folder / name, sealed)
        except OSError as error:
            raise VaultUnwritable(f"a picture was not kept: {error.strerror}") from error

    def pictures(self, now: float) -> tuple[Snapshot, ...]:
        """Return what is kept, newest first; what is too old is deleted."""
        found = self._found()
        old = [one for one in found if now - one.at > MAX_AGE_SECONDS]
        self.delete(one.name for one in old)
        return tuple(one for one in found if one not in old)

    def read(self, name: str, identity: str) -> bytes:
        """Return a picture as JPEG, in memory alone. Raises ItemMissing, ItemDamaged."""
        try:
            sealed = read_private(self._path(name), limit=_MAX_FILE_BYTES)
        except FileNotFoundError as error:
            raise ItemMissing("no such picture") from error
        except OSError as error:
            raise ItemDamaged("a picture cannot be read") from error
        try:
            return decrypt(sealed, identity)
        except StoreDamaged as error:
            raise ItemDamaged("a picture does not open") from error

    def delete(self, names: Iterable[str]) -> None:
        """Delete pictures. Raises VaultUnwritable."""
        try:
            for name in names:
                self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise VaultUnwritable(f"a picture was not deleted: {error.strerror}") from error

    def delete_all(self) -> None:
        """Delete every picture. Raises VaultUnwritable."""
        self.delete(one.name for one in self._found())
        with suppress(OSError):  # not there, or somebody else's file is in it
            self._folder.rmdir()

    def _make_room(self, now: float) -> None:
        kept = self.pictures(now)
        self.delete(one.name for one in kept[MAX_SNAPSHOTS - 1 :])

    def _found(self) -> tuple[Snapshot, ...]:
        """Return every picture, newest first, also the overdue."""
        names = (_NAME.fullmatch(path.name) for path in self._folder.glob("*.age"))
        found = [Snapshot(name[0], float(name[1])) for name in names if name]
        return tuple(sorted(found, key=lambda one: (one.at, one.name), reverse=True))

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ItemMissing("no name of a picture")
        return self._folder / name
