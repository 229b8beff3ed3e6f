"""A person's keys, as they change them: another passphrase, a new recovery key, the way back in.

Belongs to the thread that owns `access`. What is slow comes out as a piece of work for a task,
which touches nothing but a copy of the key that it wipes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from facelock.core.activity import Happening
from facelock.core.errors import (
    FacelockError,
    NotEnrolled,
    PassphraseConfirmationNeeded,
    PassphraseError,
    StoreError,
    VaultLocked,
    WrongRecoveryKey,
)
from facelock.vault.key_files import passphrase_slot
from facelock.vault.keys import KdfParameters, WrappedKey, wipe
from facelock.vault.passphrases import check_new_passphrase

if TYPE_CHECKING:
    from facelock.core.policy import LockState
    from facelock.services.access import Access
    from facelock.vault.recovery import RecoveryKey
    from facelock.vault.store import OpenedKey, ProfileStore

SlotWork = Callable[[], WrappedKey]


class KeysDesk:
    """`kdf` is calibrated to this machine unless a test gives one."""

    def __init__(
        self, access: Access, store: ProfileStore, *, kdf: KdfParameters | None = None
    ) -> None:
        self._access = access
        self._store = store
        self._kdf = kdf

    @property
    def has_recovery(self) -> bool:
        """True if the person inside has a recovery key, or their key file cannot be read now."""
        try:
            return self._store.has_recovery(self._inside)
        except StoreError:  # told elsewhere, and a new recovery key could not be written either
            return True

    def slot_work(self, passphrase: str) -> SlotWork:
        """Return the slow part of a change of passphrase, for a task; `change_passphrase` follows.

        Raises PassphraseTooWeak, PassphraseConfirmationNeeded; VaultLocked while nobody is inside.
        """
        inside = self._confirmed
        check_new_passphrase(passphrase, self._names(inside))
        key = bytearray(self._access.vault_key())
        return partial(_slot, inside, key, passphrase, self._kdf)

    def change_passphrase(self, slot: WrappedKey) -> None:
        """Put the new passphrase in force; the old one opens nothing from here on. Quick.

        Raises PassphraseConfirmationNeeded, VaultLocked, StoreUnwritable, StoreDamaged.
        """
        inside = self._confirmed
        self._store.keep_passphrase(inside, self._access.vault_key(), slot)
        self._access.journal.note(Happening.PASSPHRASE_CHANGED, inside)

    def renew_recovery(self) -> RecoveryKey:
        """Make a new recovery key for the person inside, to be shown once. Quick.

        The old one is worth nothing from here on. Raises as `change_passphrase`.
        """
        inside = self._confirmed
        recovery = self._store.renew_recovery(inside, self._access.vault_key())
        self._access.journal.note(Happening.RECOVERY_KEY_RENEWED, inside)
        return recovery

    def fits(self, text: str) -> None:
        """Raise WrongRecoveryKey unless this is the recovery key of the person inside."""
        wipe(self._store.try_recovery_key(self._inside, text).vault_key)

    def reopen(self, profile_id: str, text: str) -> OpenedKey:
        """Return what a recovery key opens. Nothing is open before `enter`.

        Raises WrongRecoveryKey, NotEnrolled, StoreDamaged; WrongPassphrase if the key file turns
        out to be a planted one.
        """
        opened = self._store.try_recovery_key(profile_id, text)
        self._store.admit(opened)
        return opened

    def reopen_any(self, people: Iterable[str], text: str) -> OpenedKey:
        """Return what a recovery key opens of these people; a damaged key file hinders nobody else.

        Raises as `reopen`, if it opens nothing.
        """
        trouble: FacelockError = WrongRecoveryKey("nobody's")
        for profile_id in people:
            try:
                return self.reopen(profile_id, text)
            except WrongRecoveryKey:
                continue
            except (StoreError, PassphraseError, NotEnrolled) as error:
                trouble = error
        raise trouble

    def reset_work(self, opened: OpenedKey, passphrase: str) -> SlotWork:
        """Return the slow part of the new passphrase that goes with `reopen`. PassphraseTooWeak."""
        check_new_passphrase(passphrase, self._names(opened.profile_id))
        key = bytearray(opened.vault_key)
        return partial(_slot, opened.profile_id, key, passphrase, self._kdf)

    def enter(self, opened: OpenedKey, slot: WrappedKey) -> LockState:
        """Put the new passphrase in force, then unlock. Without it the recovery key opens nothing.

        Raises StoreUnwritable, StoreDamaged, NotEnrolled; the lock is then as it was.
        """
        self._store.keep_passphrase(opened.profile_id, opened.vault_key, slot)
        self._access.journal.note(Happening.PASSPHRASE_CHANGED, opened.profile_id)
        return self._access.accept(opened)

    @property
    def _inside(self) -> str:
        inside = self._access.unlocked_for
        if inside is None:
            raise VaultLocked("nobody is inside")
        return inside.profile_id

    @property
    def _confirmed(self) -> str:
        inside = self._inside
        if not self._access.is_confirmed:
            raise PassphraseConfirmationNeeded("keys are changed on the passphrase alone")
        return inside

    def _names(self, profile_id: str) -> tuple[str, ...]:
        """Return what must not be most of the passphrase: the person's name, if it is known."""
        people = self._access.people
        return tuple(one.name for one in people if one.profile_id == profile_id and one.name)


def _slot(
    profile_id: str, vault_key: bytearray, passphrase: str, kdf: KdfParameters | None
) -> WrappedKey:
    try:
        return passphrase_slot(profile_id, vault_key, passphrase, kdf=kdf)
    finally:
        wipe(vault_key)
