"""A person put back from a backup: the old state or the new one, whenever the power goes.

Everything is made ready in `vaults/restoring-<id>/` (deleted at the next opening of the store if
the power goes before it is complete):

    vault/        becomes vaults/<id>
    keys          becomes people/<id>.keys
    sealed        becomes people/<id>.sealed

For somebody new, the sealed index says that the person is unfinished until all of it is in place;
what was cut off is taken away by the store. For somebody who is replaced, one rename to
`vaults/restored-<id>` decides; what follows are renames, gone through again at the next opening.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path

from facelock.core.atomic_file import (
    private_folder,
    read_private,
    sync_folder,
    write_atomically,
)
from facelock.core.errors import StoreDamaged
from facelock.vault.envelope import MAX_SEALED_BYTES
from facelock.vault.sealed_folder import keys_name, profile_name
from facelock.vault.vault_book import VaultKeys
from facelock.vault.vault_folder import INDEX
from facelock.vault.vault_index import open_index, seal_index

_READY = re.compile(r"restored-([0-9a-f]{32})")
_KEYS, _SEALED, _VAULT = "keys", "sealed", "vault"


class Restoring:
    """The new state of one person, being made ready. Raises OSError."""

    def __init__(self, vaults: Path, profile_id: str) -> None:
        private_folder(vaults)
        self._vaults = vaults
        self._profile_id = profile_id
        self._folder = vaults / f"restoring-{profile_id}"
        _delete(self._folder)
        private_folder(self._folder)
        private_folder(self.vault)
        private_folder(self.vault / "items")

    @property
    def vault(self) -> Path:
        """Where the vault's files go."""
        return self._folder / _VAULT

    def keep(self, keys: bytes, sealed: bytes) -> None:
        """Add the key file and the sealed profile."""
        write_atomically(self._folder / _KEYS, keys)
        write_atomically(self._folder / _SEALED, sealed)

    def raise_generation(self, keys: VaultKeys, known: int | None) -> int:
        """Let the vault's index count as newer than the one the keyring knows; return as what.

        Raises StoreDamaged if there is none that opens.
        """
        path = self.vault / INDEX
        try:
            sealed = read_private(path, limit=MAX_SEALED_BYTES)
        except FileNotFoundError:
            raise StoreDamaged("the backup has no index") from None
        generation, index = open_index(
            keys.index_key, sealed, profile_id=keys.profile_id, demo=keys.demo
        )
        generation = max(generation, known or 0) + 1
        sealed = seal_index(
            keys.index_key, index, profile_id=keys.profile_id, demo=keys.demo, generation=generation
        )
        write_atomically(path, sealed)
        return generation

    def place_vault(self) -> None:
        """Put the vault of somebody new in its place; one that nobody owned is taken away."""
        target = self._vaults / self._profile_id
        _delete(target)
        self.vault.rename(target)
        sync_folder(self._vaults)

    def decide(self, store: Path) -> None:
        """Put everything in the place of what somebody has, from here on for certain."""
        sync_folder(self._folder)
        self._folder.rename(self._vaults / f"restored-{self._profile_id}")
        sync_folder(self._vaults)
        finish_restoring(self._vaults, store)

    def discard(self) -> None:
        """Take away what was not put in its place."""
        _delete(self._folder)


def finish_restoring(vaults: Path, store: Path) -> None:
    """Go through with what was decided, and take away what was not. Raises OSError.

    Called with the store's lock held, before anything in it is read.
    """
    if not vaults.is_dir():
        return
    for folder in vaults.iterdir():
        if ready := _READY.fullmatch(folder.name):
            _put_in_place(folder, vaults, store, ready[1])
        elif folder.name.startswith(("restoring-", "replaced-")):
            _delete(folder)


def _put_in_place(folder: Path, vaults: Path, store: Path, profile_id: str) -> None:
    target, replaced = vaults / profile_id, vaults / f"replaced-{profile_id}"
    if (folder / _VAULT).exists():
        if target.exists():
            _delete(replaced)
            target.rename(replaced)
        (folder / _VAULT).rename(target)
    for part, name in ((_KEYS, keys_name(profile_id)), (_SEALED, profile_name(profile_id))):
        if (folder / part).exists():
            (folder / part).replace(store / name)
    sync_folder(store / "people")
    sync_folder(vaults)
    _delete(folder)
    _delete(replaced)


def _delete(folder: Path) -> None:
    """Delete a folder of ours, or whatever lies in its place; a link is not followed."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
        return
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
