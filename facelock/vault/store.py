"""The sealed store: who is enrolled, with which templates, and how strict the lock is.

Three rules:

1. **Nothing opens on doubt.** A profile that is damaged, replaced, swapped, rolled back, or not in
   the index is not loaded (`damaged` lists it) and so cannot match a face. If the machine record
   cannot be trusted, or the keyring lost its side, the whole store is *sealed*: no profiles, the
   strictest rules, until a passphrase opens it (`needs_passphrase`).
2. **The passphrase always works.** Key files depend neither on the keyring nor on the sealed files.
3. **Nothing is lost.** What does not open stays where it is, and is copied to `*.damaged` before
   anything else may be written there. The previous copy of a record is kept for a person to look
   at, and never loaded: its generation is older, and to trust it would be to allow the rollback
   that the generation exists to refuse.

Without a keyring there is no generation to compare with: a rollback made while the app was closed
is then not seen. SECURITY.md says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from facelock.core.errors import (
    KeyringUnavailable,
    NameTaken,
    NotEnrolled,
    SettingsError,
    SimulatedCameraRefused,
    StoreError,
)
from facelock.core.ports import SecretKeeper
from facelock.core.template import Profile
from facelock.vault.activity_log import ACTIVITY_LOG, ActivityLog
from facelock.vault.key_cabinet import KeyCabinet
from facelock.vault.key_files import KeySlots, PreparedKeys, encode_slots
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.keys import KDF_FLOOR, KdfParameters, Key
from facelock.vault.profile_record import is_name
from facelock.vault.records import MachineFile, MachineRecord
from facelock.vault.restoring import Restoring, finish_restoring
from facelock.vault.sealed_folder import SealedFolder
from facelock.vault.sealed_records import SealedRecords
from facelock.vault.staging import StagingStore
from facelock.vault.store_heads import StoreHeads
from facelock.vault.store_keys import OpenedKey

__all__ = ["DamagedRecord", "OpenedKey", "ProfileStore"]  # what others know the store by


@dataclass(frozen=True)
class DamagedRecord:
    """A profile that did not load, and why (in English, for the log). Its file is untouched."""

    profile_id: str
    reason: str


class ProfileStore(StoreHeads):
    """The store of one folder, held exclusively. Make it with `open`, end it with `close`.

    Not for use by two threads at once. Every writing method may raise StoreUnwritable (the old
    state then stands) and KeyringUnavailable (the new state stands; the keyring lags behind, which
    the next opening accepts).
    """

    def __init__(
        self,
        folder: Path,
        secrets: SecretKeeper,
        *,
        demo: bool,
        kdf_floor: KdfParameters,
        vaults: Path | None,
    ) -> None:
        self._log_path = folder / ACTIVITY_LOG
        self._folder = SealedFolder(folder, vaults)
        keyring = KeyringEntries(secrets, folder)
        keys = KeyCabinet(self._folder, keyring, kdf_floor)
        records = SealedRecords(self._folder, demo=demo)
        loaded = StagingStore(self._folder, records, keyring, keys)
        super().__init__(loaded, keys, keyring, demo=demo)

    @classmethod
    def open(
        cls,
        folder: Path,
        secrets: SecretKeeper,
        *,
        demo: bool,
        kdf_floor: KdfParameters = KDF_FLOOR,
        vaults: Path | None = None,
    ) -> ProfileStore:
        """Open the store of `folder`, or make an empty one.

        `demo` is fixed when a store is made. `kdf_floor` is lowered by tests alone; nothing else in
        the program passes it. `vaults` is where people's vaults are (None: beside `folder`); a
        person who is removed loses theirs.
        Raises StoreInUse, StoreUnwritable, StoreTooNew, KeyringUnavailable; StoreDamaged if a demo
        store is opened as a real one or the reverse.
        """
        store = cls(folder, secrets, demo=demo, kdf_floor=kdf_floor, vaults=vaults)
        try:
            with suppress(OSError):  # else at the next opening; what is there is whole
                finish_restoring(vaults or folder.parent / "vaults", folder)
            store._loaded.load()
        except BaseException:  # the lock must not outlive a failed opening
            store.close()
            raise
        return store

    def close(self) -> None:
        """Forget everything read and let others open the store. May be called again."""
        self._loaded.forget()
        self._folder.close()

    @property
    def demo(self) -> bool:
        """True if this store holds demo profiles only."""
        return self._demo

    @property
    def needs_passphrase(self) -> bool:
        """True if nothing can be read before somebody's passphrase was given."""
        return self._loaded.is_sealed

    @property
    def is_rolled_back(self) -> bool:
        """True if an old copy of the machine record was found at the opening, and not believed."""
        return self._loaded.is_rolled_back

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of everybody whose passphrase may be tried; known even while the store is sealed."""
        return self._loaded.people

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile that opened, in order of enrolment."""
        return tuple(sorted(self._loaded.profiles.values(), key=lambda one: one.created_at))

    @property
    def damaged(self) -> tuple[DamagedRecord, ...]:
        """Every profile that should be there and did not open."""
        return tuple(DamagedRecord(*item) for item in self._loaded.damaged.items())

    @property
    def machine(self) -> MachineRecord:
        """The sealed rules and counters; the strictest ones while the store is sealed."""
        return self._loaded.file.machine

    def activity_log(self) -> ActivityLog:
        """Return the activity log of this store. Raises StoreDamaged while the store is sealed."""
        return ActivityLog(self._log_path, self._loaded.secret, demo=self._demo)

    def save_machine(self, record: MachineRecord) -> None:
        """Write the rules and counters. Returns when they are on the disk.

        Heads are not among them, whatever the record says: `adopt_head` alone puts them in force.
        """
        file = self._loaded.file
        heads = file.machine.heads
        record = replace(record, head_sha256=file.machine.head_sha256, heads=heads)
        self._loaded.write_index(replace(file, machine=record))

    def enrol(self, profile: Profile, keys: PreparedKeys) -> None:
        """Add a person with their keys.

        Raises NameTaken, SettingsError (impossible name), SimulatedCameraRefused if a demo profile
        meets a real store or the reverse.
        """
        secret, profile_id = self._loaded.secret, profile.profile_id
        if keys.profile_id != profile_id or profile_id in self._loaded.file.generations:
            raise ValueError("the keys are somebody else's, or the person is enrolled")
        self._check(profile)
        self._add(profile, lambda: self._keys.add(keys, secret))

    def restore(self, profile: Profile, slots: KeySlots, vault_key: Key, ready: Restoring) -> None:
        """Put somebody in from a backup; all of it replaces what a person of that id has.

        Their face is not armed: the passphrase does that. Raises as `enrol`, and OSError; the old
        state then stands.
        """
        self._check(profile)
        loaded, profile_id = self._loaded, profile.profile_id
        slots = self._keys.adopted(profile_id, slots, vault_key, loaded.secret)
        if profile_id not in loaded.file.generations:

            def place() -> None:
                ready.place_vault()
                self._keys.put(profile_id, slots)

            self._add(profile, place)
            return
        self._keys.disarm_face(profile_id)
        ready.keep(encode_slots(profile_id, slots), loaded.sealed_anew(profile))
        ready.decide(self._log_path.parent)
        loaded.replaced(profile)

    def _add(self, profile: Profile, place_keys: Callable[[], None]) -> None:
        loaded, profile_id = self._loaded, profile.profile_id
        try:
            # Said first, so that a power cut in the middle leaves no half of a person behind.
            unfinished = (*loaded.file.unfinished, profile_id)
            loaded.write_index(replace(loaded.file, unfinished=unfinished))
            place_keys()
            loaded.write_profile(profile)
        except BaseException:
            if profile_id in loaded.file.unfinished:
                with suppress(StoreError, KeyringUnavailable):  # else at the next opening
                    loaded.finish_removing()
            raise

    def replace(self, profile: Profile) -> None:
        """Write a new state of an enrolled person (also of one whose record was damaged)."""
        self._check_enrolled(profile.profile_id)
        self._check(profile)
        self._loaded.write_profile(profile)

    def rename(self, profile_id: str, name: str) -> None:
        """Give a person another name. Raises NotEnrolled, NameTaken, SettingsError."""
        if profile_id not in self._loaded.profiles:
            raise NotEnrolled("nobody of that id")
        self.replace(replace(self._loaded.profiles[profile_id], name=name.strip()))

    def remove(self, profile_id: str) -> None:
        """Erase a person: record, previous and damaged copies, keys, keyring entries.

        The index is told first, so that a power cut in the middle is finished at the next opening.
        """
        self._check_enrolled(profile_id)
        loaded = self._loaded
        generations = {one: g for one, g in loaded.file.generations.items() if one != profile_id}
        unfinished = (*loaded.file.unfinished, profile_id)
        machine = loaded.shelf.without_person(loaded.file.machine, profile_id)
        loaded.write_index(MachineFile(machine, generations, unfinished))
        loaded.profiles.pop(profile_id, None)
        loaded.damaged.pop(profile_id, None)
        loaded.finish_removing()

    def _check(self, profile: Profile) -> None:
        if profile.demo is not self._demo:
            raise SimulatedCameraRefused("demo and real profiles never share a store")
        if not is_name(profile.name):
            raise SettingsError("a name is empty, too long, or cannot be shown")
        others = (
            one for one in self._loaded.profiles.values() if one.profile_id != profile.profile_id
        )
        if _folded(profile.name) in (_folded(one.name) for one in others):
            raise NameTaken("somebody of that name is enrolled")


def _folded(name: str) -> str:
    """Return a name as people compare names: whatever its case and composition."""
    return unicodedata.normalize("NFKC", name).casefold()
