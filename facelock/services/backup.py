"""One encrypted file with everything of a person, made and put back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from facelock.core.activity import Happening
from facelock.core.errors import (
    BackupUnreadable,
    KeyringUnavailable,
    NameTaken,
    PassphraseConfirmationNeeded,
    SimulatedCameraRefused,
    StoreDamaged,
    VaultLocked,
    WrongPassphrase,
)
from facelock.vault.backup_file import Backup, BackupKeys, opened_backup, write_backup
from facelock.vault.key_files import KeySlots, context, decode_slots, encode_slots, identity_of
from facelock.vault.keys import KDF_FLOOR, KdfParameters, unwrap_with_passphrase, wipe
from facelock.vault.records import PROFILE_ID
from facelock.vault.recovery import open_by_recovery, read_recovery_key
from facelock.vault.restoring import Restoring
from facelock.vault.vault_book import VaultKeys
from facelock.vault.vault_folder import vault_writing

if TYPE_CHECKING:
    from facelock.core.template import Profile
    from facelock.services.access import Access
    from facelock.services.vault_desk import VaultDesk
    from facelock.vault.items import Progress
    from facelock.vault.store import ProfileStore


class _Whose(msgspec.Struct):
    profile_id: str


OpenVaultKey = Callable[[str, KeySlots], bytearray]
"""Returns the vault key that a key file holds, by profile id and slots; may be slow."""


def by_passphrase(passphrase: str) -> OpenVaultKey:
    """Open a backup with the passphrase of the day it was made."""
    return lambda profile_id, slots: unwrap_with_passphrase(
        slots.passphrase, passphrase, context=context("passphrase", profile_id)
    )


def by_recovery_key(text: str) -> OpenVaultKey:
    """Open a backup with the recovery key of the day it was made."""

    def opened(_: str, slots: KeySlots) -> bytearray:
        if slots.recovery is None:
            raise WrongPassphrase("there was no recovery key when it was made")
        return open_by_recovery(slots.recovery, read_recovery_key(text))

    return opened


@dataclass(frozen=True)
class Restored:
    """Who came back, with how many items."""

    profile: Profile
    items: int


class BackupDesk:
    """Makes backups of the person inside, and puts people back. Slow; one thread, as `access`."""

    def __init__(
        self,
        access: Access,
        store: ProfileStore,
        desk: VaultDesk,
        vaults: Path,
        *,
        kdf_floor: KdfParameters = KDF_FLOOR,
    ) -> None:
        self._access = access
        self._store = store
        self._desk = desk
        self._vaults = vaults
        self._kdf_floor = kdf_floor

    def make(self, target: Path, progress: Progress, *, overwrite: bool = False) -> int:
        """Write a backup of the person inside, verified; return how many items are in it.

        The vault is closed meanwhile. Raises VaultLocked, PassphraseConfirmationNeeded, and what
        opening the vault and `write_backup` raise.
        """
        inside = self._access.unlocked_for
        if inside is None:
            raise VaultLocked("nobody is inside")
        if not self._access.is_confirmed:
            raise PassphraseConfirmationNeeded("a backup takes everything out")
        items = len(self._desk.open().items)  # rolled back? then it is said here
        self._desk.close()
        profile_id, vault_key = inside.profile_id, self._access.vault_key()
        identity = self._store.vault_identity(profile_id, vault_key)
        keys = BackupKeys(
            profile_id,
            vault_key,
            identity,
            self._store.recovery_recipient(profile_id, vault_key),
            encode_slots(profile_id, replace(self._store.key_slots(profile_id), face=None)),
            self._store.demo,
        )
        write_backup(
            target,
            keys,
            self._vaults / profile_id,
            self._access.unlocked_profile,
            progress=progress,
            overwrite=overwrite,
        )
        self._access.journal.note(Happening.BACKUP_MADE, profile_id)
        return items

    def restore(
        self,
        source: Path,
        open_key: OpenVaultKey,
        progress: Progress,
        *,
        in_place: bool = False,
        of: str | None = None,
    ) -> Restored:
        """Put the person of a backup in. The whole file is verified before anything changes.

        Where anybody is enrolled, the passphrase must have been typed just now. `of`: whose backup
        it was when that was asked; another one that took its place is refused. Raises NameTaken if
        the person is enrolled and `in_place` is not set, or if another has the name;
        BackupUnreadable, WrongPassphrase, WrongRecoveryKey, PassphraseConfirmationNeeded,
        SimulatedCameraRefused; VaultFull, VaultUnwritable, StoreError. The old state then stands.
        """
        if self._access.is_enrolled and not self._access.is_confirmed:
            raise PassphraseConfirmationNeeded("nobody is put in without the passphrase")
        with opened_backup(source) as backup:
            profile_id, slots = self._read_keys(backup)
            if of is not None and profile_id != of:
                raise BackupUnreadable("another backup was put in its place")
            if profile_id in self._store.people and not in_place:
                raise NameTaken("this person is enrolled")
            vault_key = open_key(profile_id, slots)
            try:
                keys = self._keys(profile_id, slots, vault_key, backup)
                with vault_writing():
                    return self._put_back(backup, keys, slots, progress)
            finally:
                wipe(vault_key)

    def whose(self, source: Path) -> str:
        """Return the profile id that a backup claims to be of. Raises BackupUnreadable."""
        with opened_backup(source) as backup:
            return self._read_keys(backup)[0]

    def _read_keys(self, backup: Backup) -> tuple[str, KeySlots]:
        try:
            profile_id = msgspec.json.decode(backup.key_file, type=_Whose).profile_id
            if not PROFILE_ID.fullmatch(profile_id):
                raise BackupUnreadable("the key file in the backup is nobody's")
            return profile_id, decode_slots(backup.key_file, profile_id, kdf_floor=self._kdf_floor)
        except (msgspec.DecodeError, StoreDamaged) as error:
            raise BackupUnreadable("the key file in the backup is damaged") from error

    def _keys(
        self, profile_id: str, slots: KeySlots, vault_key: bytearray, backup: Backup
    ) -> BackupKeys:
        try:
            identity = identity_of(slots, profile_id, vault_key)
        except StoreDamaged as error:
            raise BackupUnreadable("the key file in the backup was changed") from error
        recovery = slots.recovery_recipient or None
        demo = self._store.demo
        return BackupKeys(profile_id, vault_key, identity, recovery, backup.key_file, demo)

    def _put_back(
        self, backup: Backup, keys: BackupKeys, slots: KeySlots, progress: Progress
    ) -> Restored:
        profile_id, store = keys.profile_id, self._store
        ready = Restoring(self._vaults, profile_id)
        try:
            parts = backup.read_all(keys, ready.vault, progress)
            if parts.profile is None:
                raise BackupUnreadable("the backup holds no templates")
            if parts.profile.demo is not store.demo:
                raise SimulatedCameraRefused("demo and real profiles never share a store")
            opening = VaultKeys.of(profile_id, keys.vault_key, keys.identity, demo=store.demo)
            generation = ready.raise_generation(opening, store.vault_generation(profile_id))
            store.restore(parts.profile, slots, keys.vault_key, ready)
        finally:
            with suppress(OSError):
                ready.discard()
        with suppress(KeyringUnavailable):
            store.keep_vault_generation(profile_id, generation)
        self._access.journal.note(Happening.BACKUP_RESTORED, profile_id)
        return Restored(parts.profile, sum(name.startswith("items/") for name in parts.files))
