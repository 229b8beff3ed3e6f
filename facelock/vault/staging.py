"""New states of several people, and a head, put in force in one transaction.

Order of the disk: the head's file, the new states of all people beside those in force, then one
write of the index, which decides; only then are files renamed, and heads that nobody names deleted.
Whatever a power cut leaves is finished or undone at the next opening, by what the index says.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from facelock.core.errors import NotEnrolled, StoreError
from facelock.core.head_version import HeadVersion
from facelock.core.template import Profile
from facelock.vault.key_cabinet import KeyCabinet
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.loaded import STAGED, LoadedStore
from facelock.vault.records import MachineRecord
from facelock.vault.sealed_folder import SealedFolder, head_name, renewed_name
from facelock.vault.sealed_records import SealedRecords


@dataclass(frozen=True, eq=False)
class StagedProfiles:
    """New states of people, sealed and on the disk, but not in force. Worth one `adopt`."""

    replaced: tuple[Profile, ...]  # those in force that it was made from
    renewed: tuple[Profile, ...]  # the same people, in the same order
    generations: Mapping[str, int]  # that the index will demand, by profile id
    head: HeadVersion | None = field(default=None, repr=False)  # on the disk with them


class StagingStore(LoadedStore):
    """What is loaded of a store, and what waits to be. `stage` alone may run in another thread."""

    def __init__(
        self,
        folder: SealedFolder,
        records: SealedRecords,
        keyring: KeyringEntries,
        keys: KeyCabinet,
    ) -> None:
        super().__init__(folder, records, keyring, keys)
        self._one_at_a_time = threading.Lock()
        self._staged: StagedProfiles | None = None  # the only ones whose files lie there

    def stage(
        self,
        renewed: Sequence[Profile],
        head: HeadVersion | None = None,
        *,
        made_from: Sequence[Profile] | None = None,
    ) -> StagedProfiles:
        """Write new states of people beside those in force, which stay so until `adopt`.

        `made_from` has the states that the new ones were made from; None: those loaded now. If one
        of them is in force no more, nothing is written, and `adopt` will refuse.
        Touches nothing that is loaded, so it may run while another thread uses the store. What was
        staged before, and not adopted, is worth nothing any more.
        Raises NotEnrolled; StoreUnwritable, after taking back what was written, and while what was
        adopted before cannot be put in its place.
        """
        known = tuple(self.profiles.values()) if made_from is None else made_from
        before = {one.profile_id: one for one in known}
        # The index after the people: a change between the two is then seen, and none written over.
        secret, generations = self.secret, self.file.generations
        if any(one.profile_id not in before for one in renewed):
            raise NotEnrolled("nobody of that id")
        staged = StagedProfiles(
            replaced=tuple(before[one.profile_id] for one in renewed),
            renewed=tuple(renewed),
            generations={
                one.profile_id: generations.get(one.profile_id, 0) + STAGED for one in renewed
            },
            head=head,
        )
        with self._one_at_a_time:
            self.place(staged.generations)
            self._staged = staged
            if not self._unchanged(staged):
                return staged
            try:
                if head is not None:
                    self.shelf.write(secret, head)
                for profile in renewed:
                    generation = staged.generations[profile.profile_id]
                    self._records.write_renewed(secret, profile, generation)
            except BaseException:
                self._drop(staged)
                raise
            if not self._unchanged(staged):  # nothing may be left of who was removed meanwhile
                self._take_back(staged)
        return staged

    def adopt(self, staged: StagedProfiles, machine: MachineRecord | None = None) -> bool:
        """Put all that was staged in force by one write of the index: all of it or nothing.

        `machine` goes into the same write. False, and nothing happens, if one of these people was
        changed or removed since, or if others were staged after them.
        """
        if not self._one_at_a_time.acquire(blocking=False):  # others are being staged just now
            return False
        try:
            if staged is not self._staged:
                return False
            if not self._stands(staged):
                self._drop(staged)
                return False
            self._decide(staged, machine or self.file.machine)
        finally:
            self._one_at_a_time.release()
        self._keyring.keep_generation(self._generation)
        return True

    def _stands(self, staged: StagedProfiles) -> bool:
        """True if nobody was changed, and the head is still there."""
        head = staged.head
        return self._unchanged(staged) and (
            head is None or self._folder.exists(head_name(head.network.model_sha256))
        )

    def _unchanged(self, staged: StagedProfiles) -> bool:
        """True if everybody is in force as it was made from."""
        return all(self.profiles.get(one.profile_id) is one for one in staged.replaced)

    def _decide(self, staged: StagedProfiles, machine: MachineRecord) -> None:
        """Write the index, then put everything in its place. Raises StoreUnwritable."""
        generations = {**self.file.generations, **staged.generations}
        file = replace(self.file, machine=machine, generations=generations)
        if staged.head is not None:
            self.shelf.take(staged.head)
        try:
            self.write_index(file, keep_keyring=False)
        except StoreError:
            self._drop(staged)
            raise
        self._staged = None
        self.unplaced.update(staged.generations)
        for profile in staged.renewed:
            self.profiles[profile.profile_id] = profile
            with suppress(StoreError):  # else before the next write, or at the next opening
                self.place((profile.profile_id,))
        self._clear_heads()

    def drop(self, staged: StagedProfiles) -> None:
        """Delete what was staged, unless others were staged since."""
        if not self._one_at_a_time.acquire(blocking=False):
            return
        try:
            if staged is self._staged:
                self._drop(staged)
        finally:
            self._one_at_a_time.release()

    def _drop(self, staged: StagedProfiles) -> None:
        """Delete what was staged. What cannot be deleted goes at the next opening."""
        self._staged = None
        self._take_back(staged)
        self._clear_heads()

    def _take_back(self, staged: StagedProfiles) -> None:
        with suppress(StoreError):
            for profile_id in staged.generations.keys() - self.unplaced:
                self._folder.delete(renewed_name(profile_id))

    def _clear_heads(self) -> None:
        """Delete every head that the index does not name. What cannot be deleted goes later."""
        with suppress(StoreError):
            self.shelf.clear(self.file.machine)
