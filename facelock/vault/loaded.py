"""What is loaded of a store, whether it may be trusted, and how it is written back.

The rules of trust live here; `store.py` is what the rest of the program sees.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from facelock.core.errors import NotEnrolled, StoreDamaged, StoreError, StoreTooNew, StoreUnwritable
from facelock.core.template import Profile
from facelock.vault.head_shelf import HeadShelf
from facelock.vault.key_cabinet import KeyCabinet
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.records import MachineFile, MachineRecord, without_people
from facelock.vault.sealed_folder import SealedFolder, keys_name, profile_name, renewed_name
from facelock.vault.sealed_records import SealedRecords

WRITTEN, STAGED = 2, 1
"""How much newer than the one in force a record is that is written, or staged beside it.

A staged one that was dropped, and copied by somebody before, is thereby older than whatever is
written next: nobody can put it in its place. Two of one generation, both staged, hold the same
state of a person under two heads, of which only the one in force is compared with.
"""

_log = logging.getLogger(__name__)


class LoadedStore:
    """The open records of one folder. Sealed, with nothing loaded, until `load` or `unseal`."""

    def __init__(
        self,
        folder: SealedFolder,
        records: SealedRecords,
        keyring: KeyringEntries,
        keys: KeyCabinet,
    ) -> None:
        self._folder = folder
        self._records = records
        self._keyring = keyring
        self._keys = keys
        self.shelf = HeadShelf(records)
        self._secret: bytes | None = None
        self._secret_is_proven = False  # by a record that opened under it
        self._generation = 0  # of machine.sealed
        self._placing = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Drop everything that was read."""
        self._secret, self._secret_is_proven = None, False
        self.is_sealed = True
        self.is_rolled_back = False  # an old copy of the machine record was put back
        self.file = MachineFile(MachineRecord.closed())
        self.profiles: dict[str, Profile] = {}
        self.damaged: dict[str, str] = {}  # reason by profile id
        self.unplaced: set[str] = set()  # whose one valid record still waits beside its place
        self.shelf.forget()

    @property
    def secret(self) -> bytes:
        """The device secret. Raises StoreDamaged while the store is sealed."""
        if self._secret is None or self.is_sealed:
            raise StoreDamaged("the store is sealed until a passphrase is given")
        return self._secret

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody with a key file while sealed; afterwards everybody in the index."""
        return self._folder.people() if self.is_sealed else tuple(self.file.generations)

    def load(self) -> None:
        """Read everything that can be trusted without a passphrase."""
        self._secret = self._keyring.device_secret()
        known = self._keyring.generation()
        found = self._records.read_machine(self._secret)
        self._secret_is_proven = found is not None
        if found is not None and known is not None and found[0] >= known:
            self._adopt(*found)
            if found[0] > known:
                self._keyring.keep_generation(self._generation)
        elif self.people:
            self.is_rolled_back = found is not None and known is not None
            _log.info("the store is sealed until a passphrase is given")
        else:  # nobody to protect: begin anew, whatever lies there
            self._begin(known or 0)

    def _begin(self, known: int) -> None:
        secret = self._secret or self._keyring.new_device_secret()
        self._secret, self._secret_is_proven, self.is_sealed = secret, True, False
        self._generation = known
        self.write_index(MachineFile())

    def knows(self, secret: bytes, profile_id: str) -> bool:
        """True if a person's key file, by the device secret in it, belongs to this store.

        A keyring from another machine holds a secret that opens nothing here; then the key file's
        is believed if a record opens under it. Raises StoreDamaged if none does.
        """
        if secret == self._secret:
            return True
        if self._secret_is_proven:
            return False
        if not self._records.any_opens(secret, profile_id):
            raise StoreDamaged("no sealed record opens under this person's keys")
        return True

    def unseal(self, secret: bytes, profile_id: str) -> None:
        """Take the store as it is found, vouched for by a passphrase; renew the keyring's side.

        Rules that were lost or rolled back are not taken: they start again at their strictest.
        Raises NotEnrolled if the store opens and this person was removed from it, or was never
        enrolled to the end.
        """
        known = self._keyring.generation() or 0
        found = self._records.read_machine(secret)
        generation, file = found or (0, MachineFile(generations=dict.fromkeys(self.people, 1)))
        if profile_id not in (*file.generations, *file.unfinished):
            raise NotEnrolled("this person was removed")
        if found is None or generation < known:
            file = replace(file, machine=MachineRecord.closed())
        self._keyring.keep_device_secret(secret)
        self._secret, self._secret_is_proven = secret, True
        self._adopt(max(generation, known), file)
        self.write_index(self.file)
        if profile_id not in self.file.generations:
            raise NotEnrolled("this person's enrolment was never finished")

    def _adopt(self, generation: int, file: MachineFile) -> None:
        """Load everybody in the index; finish what a power cut left unfinished."""
        self._generation, self.file, self.is_sealed = generation, file, False
        generations = dict(file.generations)
        for profile_id, at_least in file.generations.items():
            try:
                generations[profile_id], self.profiles[profile_id] = self._read(
                    profile_id, at_least
                )
            except (StoreDamaged, StoreTooNew) as error:
                _log.info("a profile was not loaded: %s", error)
                self.damaged[profile_id] = str(error)
        self.file = replace(file, generations=generations)
        self.shelf.read(self.secret, file.machine)
        with suppress(StoreUnwritable):  # else at the next opening: it shuts nobody else out
            if file.unfinished:
                self.finish_removing()
            else:
                self.shelf.clear(file.machine)

    def _read(self, profile_id: str, at_least: int) -> tuple[int, Profile]:
        if not self._folder.exists(keys_name(profile_id)):
            raise StoreDamaged("the key file is missing")
        self._records.settle(self.secret, profile_id, at_least)
        return self._records.read_profile(self.secret, profile_id, at_least)

    def write_index(self, file: MachineFile, *, keep_keyring: bool = True) -> None:
        """Seal and write the machine file, then tell the keyring."""
        self._records.write_machine(self.secret, file, self._generation + 1)
        self._generation, self.file = self._generation + 1, file
        if keep_keyring:
            self._keyring.keep_generation(self._generation)

    def write_profile(self, profile: Profile) -> None:
        """Write a profile, and the index that vouches for its generation: both or none."""
        profile_id = profile.profile_id
        self.place((profile_id,))
        generations = dict(self.file.generations)
        generations[profile_id] = generations.get(profile_id, 0) + WRITTEN
        unfinished = tuple(one for one in self.file.unfinished if one != profile_id)
        file = MachineFile(self.file.machine, generations, unfinished)
        self._records.write_profile(self.secret, profile, generations[profile_id])
        try:
            self.write_index(file, keep_keyring=False)
        except StoreError:
            with suppress(StoreError):  # there is none for a new person, whose file is to go anyway
                self._folder.put_back(profile_name(profile_id))
            raise
        self.profiles[profile_id] = profile
        self.damaged.pop(profile_id, None)
        self._keyring.keep_generation(self._generation)

    def place(self, profile_ids: Iterable[str]) -> None:
        """Put in its place what the index has decided for and no rename has reached yet.

        Nothing may be written over these people's records before. Raises StoreUnwritable.
        """
        with self._placing:
            for profile_id in self.unplaced.intersection(profile_ids):
                new = renewed_name(profile_id)
                if self._folder.exists(new):  # else it is there, and only could not be synced
                    self._folder.promote(new, profile_name(profile_id))
                self.unplaced.discard(profile_id)

    def sealed_anew(self, profile: Profile) -> bytes:
        """Return the sealed file of an enrolled person's next state, which is not written.

        Raises StoreUnwritable if their state of now is not in its place.
        """
        self.place((profile.profile_id,))
        generation = self.file.generations[profile.profile_id] + WRITTEN
        return self._records.sealed(self.secret, profile, generation)

    def replaced(self, profile: Profile) -> None:
        """Take note that the file of `sealed_anew` is in its place."""
        profile_id = profile.profile_id
        generations = dict(self.file.generations)
        generations[profile_id] += WRITTEN
        self.profiles[profile_id] = profile
        self.damaged.pop(profile_id, None)
        with suppress(StoreError):  # a newer one than the index knows is accepted as well
            self.write_index(replace(self.file, generations=generations))

    def finish_removing(self) -> None:
        """Delete the files of everybody half enrolled or half removed, their vaults too.

        Heads that they had a part in go with them; one in force forgets that it was they.
        """
        with self._placing:
            self.unplaced.difference_update(self.file.unfinished)
        for profile_id in self.file.unfinished:
            self._keys.remove(profile_id)
            self._folder.delete_vault(profile_id)
            self._folder.delete(profile_name(profile_id))
            self._folder.delete(renewed_name(profile_id))
        gone = frozenset(self.file.unfinished)
        machine = self.shelf.forget_people(self.secret, self.file.machine, gone)
        machine = without_people(machine, gone)
        self.write_index(replace(self.file, machine=machine, unfinished=()))
