"""The folder of the store: whose it is, who has it open, and its files read and written safely.

    store/
        store.lock           held while a Facelock has the store open
        machine.sealed       the machine record and the index of people
        people/<id>.keys     the person's wrapped keys
        people/<id>.sealed   the person's profile
        people/<id>.renewed  the next one, waiting for the index to be written (`loaded.adopt`)
        heads/<hash>.sealed  a head trained here, by the hash of its network; never changed
        *.previous           the content before the last write, for looking at; never loaded
        *.damaged            a copy of what did not open; never deleted, never loaded

Knows nothing of keys or content. Translates OSError into the store's errors.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from facelock.core.atomic_file import (
    previous_copy,
    private_folder,
    read_private,
    sweep,
    sync_folder,
    write_atomically,
)
from facelock.core.errors import StoreDamaged, StoreInUse, StoreUnwritable
from facelock.vault.records import PROFILE_ID

MACHINE = "machine.sealed"
_KEYS = ".keys"
_HEAD = re.compile(r"([0-9a-f]{64})\.sealed(?:\.damaged|\.previous)?")

_log = logging.getLogger(__name__)


def keys_name(profile_id: str) -> str:
    """Return the name of a person's key file."""
    return f"people/{profile_id}{_KEYS}"


def profile_name(profile_id: str) -> str:
    """Return the name of a person's sealed profile."""
    return f"people/{profile_id}.sealed"


def renewed_name(profile_id: str) -> str:
    """Return the name of a person's sealed profile that is not in force yet."""
    return f"people/{profile_id}.renewed"


def head_name(model_sha256: str) -> str:
    """Return the name of a sealed head."""
    return f"heads/{model_sha256}.sealed"


class SealedFolder:
    """The files of a store, held exclusively from construction to `close`.

    `vaults` holds a folder of files and notes for each person; by default it lies beside the store.
    Raises StoreInUse if another process (or another object) has it, StoreUnwritable if the folder
    cannot be made or is not ours.
    """

    def __init__(self, folder: Path, vaults: Path | None = None) -> None:
        self._folder = folder
        self._vaults = folder.parent / "vaults" if vaults is None else vaults
        with _writing(folder):
            private_folder(folder)
            private_folder(folder / "people")
            self._lock = os.open(folder / "store.lock", _LOCK_FLAGS, 0o600)
        try:
            _lock_exclusively(self._lock)
        except OSError as error:
            os.close(self._lock)
            raise StoreInUse("another Facelock has the store open") from error
        with suppress(OSError):  # leftovers do no harm
            sweep(folder)
            sweep(folder / "people")
            sweep(folder / "heads")

    def close(self) -> None:
        """Let others open the store. May be called any number of times."""
        if self._lock >= 0:
            os.close(self._lock)  # which releases the lock
            self._lock = -1

    def people(self) -> tuple[str, ...]:
        """Return the ids of everybody who has a key file, sorted."""
        found = (path.name.removesuffix(_KEYS) for path in self._folder.glob(f"people/*{_KEYS}"))
        return tuple(sorted(one for one in found if PROFILE_ID.fullmatch(one)))

    def heads(self) -> frozenset[str]:
        """Return the hashes of every head there is a file of, copies of damaged ones included.

        None behind a link: what lies there is not ours to delete.
        """
        folder = self._folder / "heads"
        if folder.is_symlink() or not folder.is_dir():
            return frozenset()
        found = (_HEAD.fullmatch(path.name) for path in folder.iterdir())
        return frozenset(one[1] for one in found if one is not None)

    def prepare_heads(self) -> None:
        """Make the folder of heads. Raises StoreUnwritable also if what is there is not ours."""
        with _writing(self._folder / "heads"):
            private_folder(self._folder / "heads")

    def exists(self, name: str) -> bool:
        """True if there is such a file."""
        return (self._folder / name).exists()

    def read(self, name: str, *, limit: int) -> bytes | None:
        """Return the content of a file, None if there is none. Raises StoreDamaged."""
        try:
            return read_private(self._folder / name, limit=limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreDamaged(f"{name} cannot be trusted or read: {error.strerror}") from error

    def write(self, name: str, data: bytes, *, keep_previous: bool) -> None:
        """Replace a file. Raises StoreUnwritable; the old content then still stands."""
        with _writing(self._folder / name):
            write_atomically(self._folder / name, data, keep_previous=keep_previous)

    def put_back(self, name: str) -> None:
        """Undo the last write of a file by its previous copy; needs no space on the disk."""
        path = self._folder / name
        with _writing(path):
            previous_copy(path).replace(path)
            sync_folder(path.parent)

    def promote(self, name: str, to: str) -> None:
        """Put one file in the place of another, whose content becomes its previous copy."""
        path = self._folder / to
        with _writing(path):
            with suppress(FileNotFoundError):
                path.replace(previous_copy(path))
            (self._folder / name).replace(path)
            sync_folder(path.parent)

    def delete(self, name: str) -> None:
        """Delete a file with its previous and damaged copies. Raises StoreUnwritable."""
        path = self._folder / name
        with _writing(path):
            for one in (path, previous_copy(path), _damaged_copy(path)):
                one.unlink(missing_ok=True)
            sync_folder(path.parent)

    def delete_vault(self, profile_id: str) -> None:
        """Delete a person's files and notes, whatever lies there. Raises StoreUnwritable.

        Also what a restore that was cut off left of theirs: it would bring them back.
        Links are deleted, never followed. May be called again after a power cut in the middle.
        """
        for beginning in ("restored-", "restoring-", "replaced-", ""):
            path = self._vaults / f"{beginning}{profile_id}"
            with _writing(path):
                if path.is_symlink() or path.is_file():
                    path.unlink()
                elif path.exists():
                    shutil.rmtree(path)
                else:
                    continue
                sync_folder(self._vaults)

    def renew_identity(self, profile_id: str, sealed: bytes) -> None:
        """Replace the identity in a person's vault, if there is one. Raises StoreUnwritable."""
        vault = self._vaults / profile_id
        if vault.is_dir() and not vault.is_symlink():
            with _writing(vault):
                write_atomically(vault / "identity.age", sealed)

    def keep_damaged(self, name: str) -> None:
        """Copy a file that did not open to `<name>.damaged`, unless such a copy is there.

        Best effort: on a full or read-only disk the file itself is still left where it is.
        """
        path = self._folder / name
        try:
            if not _damaged_copy(path).exists():
                write_atomically(_damaged_copy(path), read_private(path, limit=_COPY_LIMIT))
        except OSError as error:
            _log.info("no copy of a damaged file was made: %s", error.strerror)


_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_COPY_LIMIT = 64 * 1024 * 1024


def _damaged_copy(path: Path) -> Path:
    return path.with_name(path.name + ".damaged")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnwritable(f"cannot write {path.name}: {error.strerror}") from error


if sys.platform == "win32":  # pragma: no cover - the other half runs on POSIX
    import msvcrt

    def _lock_exclusively(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_exclusively(descriptor: int) -> None:
        """Lock the open file, not the process: a second object in this process is refused too."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
