"""The vault of the person inside: opened with their key, closed before that key is wiped."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.core.activity import Happening
from facelock.core.errors import PassphraseConfirmationNeeded, VaultLocked, VaultRolledBack
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.vault.items import Progress
    from facelock.vault.store import ProfileStore


class VaultDesk:
    """Hands out the one open vault, and lets things out of it only where that is allowed.

    `folder` holds the vaults of everybody. Belongs to the thread that owns `access`; only what
    begins with `slow_` may run in a task.
    """

    def __init__(self, access: Access, store: ProfileStore, folder: Path) -> None:
        self._access = access
        self._store = store
        self._folder = folder
        self._guard = threading.Lock()
        self._vault: Vault | None = None
        self._locks = 0  # how often it was closed: an opening that began before must not end after
        access.add_closer(self.close)

    @property
    def is_open(self) -> bool:
        """True if the vault of the person inside was opened, and not closed since."""
        return self._vault is not None

    def open(self, *, accept_rollback: bool = False) -> Vault:
        """Return the vault of the person inside; the same one until the lock closes it.

        Raises VaultLocked while nobody is inside; VaultRolledBack if an older copy was put back,
        unless `accept_rollback`, which asks for the passphrase (PassphraseConfirmationNeeded);
        StoreDamaged, StoreTooNew, VaultFull, VaultUnwritable, KeyringUnavailable.
        """
        if self._vault is not None:
            return self._vault
        inside = self._access.unlocked_for
        if inside is None:
            raise VaultLocked("nobody is inside")
        if accept_rollback and not self._access.is_confirmed:
            raise PassphraseConfirmationNeeded("an older vault is taken on the passphrase alone")
        try:
            return self._opened(inside.profile_id, accept_rollback=accept_rollback)
        except VaultRolledBack:
            self._access.journal.note(Happening.VAULT_ROLLED_BACK, inside.profile_id)
            raise

    def _opened(self, profile_id: str, *, accept_rollback: bool) -> Vault:
        store, locks = self._store, self._locks
        vault_key = self._access.vault_key()
        identity = store.vault_identity(profile_id, vault_key)
        recovery = store.recovery_recipient(profile_id, vault_key)
        keys = VaultKeys.of(
            profile_id, vault_key, identity, recovery_recipient=recovery, demo=store.demo
        )
        vault = Vault.open(
            self._folder / profile_id,
            keys,
            known_generation=store.vault_generation(profile_id),
            keep_generation=lambda generation: store.keep_vault_generation(profile_id, generation),
            accept_rollback=accept_rollback,
        )
        with self._guard:
            if self._locks == locks:
                self._vault = vault
                return vault
        vault.close()
        raise VaultLocked("it was locked meanwhile")

    def allow_export(self) -> None:
        """Let items out, and note it in the log. Raises PassphraseConfirmationNeeded, VaultLocked.

        Called before `slow_export`, by the thread that owns the access.
        """
        inside = self._access.unlocked_for
        if inside is None or self._vault is None:
            raise VaultLocked("the vault is closed")
        if not self._access.is_confirmed:
            raise PassphraseConfirmationNeeded("nothing is exported without the passphrase")
        self._access.journal.note(Happening.ITEMS_EXPORTED, inside.profile_id)

    def slow_export(
        self, ids: Sequence[str], folder: Path, progress: Progress | None = None
    ) -> tuple[Path, ...]:
        """Write items into a folder, once `allow_export` did not refuse; return where they are.

        May run in a task. Raises what `Vault.export` raises; what was written before then stays.
        """
        vault = self._vault
        if vault is None:
            raise VaultLocked("the vault is closed")
        sizes = {item.item_id: item.size for item in vault.items}
        total, before = sum(sizes.get(item_id, 0) for item_id in ids), 0
        written = []
        for item_id in ids:
            written.append(vault.export(item_id, folder, _shifted(progress, before, total)))
            before += sizes.get(item_id, 0)
        return tuple(written)

    def export(
        self, ids: Sequence[str], folder: Path, progress: Progress | None = None
    ) -> tuple[Path, ...]:
        """Do `allow_export` and `slow_export` in one."""
        self.allow_export()
        return self.slow_export(ids, folder, progress)

    def close(self) -> None:
        """Close the vault, if it is open; work under way in it ends. Called on every lock."""
        with self._guard:
            self._locks += 1
            vault, self._vault = self._vault, None
        if vault is not None:
            vault.close()


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Return what tells of one item as a part of all of them."""
    if progress is None:
        return None
    return lambda done, _: progress(before + done, total)
