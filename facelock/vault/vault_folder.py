"""The folder of one person's vault, and its files written so that a full disk changes nothing.

    vaults/<profile id>/
        index.sealed         what is in it (vault_index.py)
        items/<file id>.age  the contents, each a standard age file
        items/<file id>.damaged   one that nothing is known of and that does not open; never deleted
        names.age            which file is what, for a recovery without Facelock
        identity.age         the vault's identity, encrypted to the recovery key

Knows nothing of keys or content. Translates OSError into the vault's errors.
"""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from facelock.core.atomic_file import (
    StagedFile,
    private_folder,
    read_private,
    sweep,
    sync_folder,
    write_atomically,
)
from facelock.core.errors import (
    ExportUnwritable,
    ItemDamaged,
    SourceUnreadable,
    StoreDamaged,
    VaultFull,
    VaultUnwritable,
)
from facelock.vault.envelope import MAX_SEALED_BYTES
from facelock.vault.item_names import numbered
from facelock.vault.item_streams import FileSource, opened_source

INDEX = "index.sealed"
NAMES = "names.age"
IDENTITY = "identity.age"
_MAX_SMALL_BYTES = 64 * 1024 * 1024
_SPARE_BYTES = 4 * 1024 * 1024  # for the index, beside what is put in
_ITEM = re.compile(r"([0-9a-f]{32})\.age")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextmanager
def vault_writing() -> Iterator[None]:
    """Turn OSError into VaultFull or VaultUnwritable."""
    try:
        yield
    except OSError as error:
        kind = VaultFull if error.errno in _NO_ROOM else VaultUnwritable
        raise kind(f"cannot write the vault: {error.strerror}") from error


def put_beside(staged: StagedFile, folder: Path, name: str) -> Path:
    """Give a file the first of "name.txt", "name (2).txt" ... that nothing has; return it.

    Raises OSError, ExportUnwritable.
    """
    for free in numbered(name):
        with suppress(FileExistsError):
            staged.commit_as(folder / free)
            return staged.path
    raise ExportUnwritable("too many files of that name")


class VaultFolder:
    """The files of one vault. Raises VaultFull or VaultUnwritable if its folder cannot be made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._items = folder / "items"
        with vault_writing():
            private_folder(folder)
            private_folder(self._items)
        with suppress(OSError):  # leftovers do no harm
            sweep(folder)
            sweep(self._items)

    def file_ids(self) -> frozenset[str]:
        """Return the ids of all item files there are."""
        found = (_ITEM.fullmatch(path.name) for path in self._items.iterdir())
        return frozenset(match[1] for match in found if match)

    def check_room(self, size: int) -> None:
        """Raise VaultFull if the disk has clearly no room for so many bytes."""
        with vault_writing():
            free = shutil.disk_usage(self._folder).free
        if free < size + _SPARE_BYTES:
            raise VaultFull("the disk is too full")

    def staged_item(self, file_id: str) -> StagedFile:
        """Return a new item file to write into. Raises OSError."""
        return StagedFile(self._item(file_id))

    def staged(self, name: str) -> StagedFile:
        """Return the next content of a file to write into. Raises OSError."""
        return StagedFile(self._folder / name)

    @contextmanager
    def opened_item(self, file_id: str) -> Iterator[FileSource]:
        """Open an item file. Raises ItemDamaged if it is gone, or cannot be read."""
        try:
            with opened_source(self._item(file_id)) as source:
                yield source
        except SourceUnreadable as error:
            raise ItemDamaged("the file of an item is gone or cannot be read") from error

    def read(self, name: str) -> bytes | None:
        """Return a small file, None if there is none. Raises StoreDamaged."""
        limit = MAX_SEALED_BYTES if name == INDEX else _MAX_SMALL_BYTES
        try:
            return read_private(self._folder / name, limit=limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreDamaged(f"{name} cannot be trusted or read: {error.strerror}") from error

    def write(self, name: str, data: bytes) -> None:
        """Replace a small file. Raises VaultFull or VaultUnwritable; the old one then stands."""
        with vault_writing():
            write_atomically(self._folder / name, data)

    def exists(self, name: str) -> bool:
        """True if there is such a file."""
        return (self._folder / name).exists()

    def has_item(self, file_id: str) -> bool:
        """True if an item file is there."""
        return self._item(file_id).exists()

    def delete_items(self, file_ids: Iterable[str]) -> None:
        """Delete item files. One that cannot be deleted (open on Windows, say) stays for now."""
        for file_id in file_ids:
            with suppress(OSError):
                self._item(file_id).unlink()
        with suppress(OSError):
            sync_folder(self._items)

    def set_aside(self, file_id: str) -> None:
        """Keep an item file that does not open where nothing will delete it."""
        with suppress(OSError):
            self._item(file_id).rename(self._items / f"{file_id}.damaged")

    def keep_damaged_index(self) -> None:
        """Put an index that does not open aside, for a person to look at. Best effort."""
        with suppress(OSError):
            (self._folder / INDEX).replace(self._folder / f"{INDEX}.damaged")

    def _item(self, file_id: str) -> Path:
        return self._items / f"{file_id}.age"
