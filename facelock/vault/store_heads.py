"""The store's heads, and its people brought to another one, all at once.

Part of `ProfileStore`, which is what the rest of the program sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from facelock.core.errors import NetworkMismatch, SimulatedCameraRefused
from facelock.core.head_version import HeadVersion
from facelock.core.template import Profile
from facelock.vault.key_cabinet import KeyCabinet
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.staging import StagedProfiles, StagingStore
from facelock.vault.store_keys import StoreKeys


@dataclass(frozen=True, eq=False)
class StagedHead:
    """A head on the disk with everybody's new states, not in force. Worth one `adopt_head`."""

    version: HeadVersion | None  # None: the bundled head
    profiles: StagedProfiles = field(repr=False)
    everybody: tuple[Profile, ...] = field(repr=False)  # as they were when it was made


class StoreHeads(StoreKeys):
    """What a store knows of heads that were trained on this machine."""

    def __init__(
        self, loaded: StagingStore, keys: KeyCabinet, keyring: KeyringEntries, *, demo: bool
    ) -> None:
        super().__init__(loaded, keys, keyring)
        self._loaded: StagingStore = loaded
        self._demo = demo

    @property
    def heads(self) -> tuple[HeadVersion, ...]:
        """Every head that is kept and opened, the oldest first; none while the store is sealed."""
        read = self._loaded.shelf.heads
        return tuple(read[name] for name in self._loaded.file.machine.heads if name in read)

    @property
    def head_in_force(self) -> HeadVersion | None:
        """The head to compare with; None: the bundled one.

        So it is also while the store is sealed, and if the head in force did not open.
        """
        return self._loaded.shelf.heads.get(self._loaded.file.machine.head_sha256)

    def stage(
        self, profiles: Sequence[Profile], *, made_from: Sequence[Profile] | None = None
    ) -> StagedProfiles:
        """Seal new states of several enrolled people, to be put in force by `adopt`.

        `made_from` has the states that they were made from, so that a change made meanwhile is not
        written over; None: those of now.
        Takes long where there are many. May run while another thread uses the store.
        Raises NotEnrolled, SimulatedCameraRefused; StoreUnwritable, StoreDamaged.
        """
        self._check_kind(profiles)
        return self._loaded.stage(profiles, made_from=made_from)

    def adopt(self, staged: StagedProfiles) -> bool:
        """Put all that was staged in force, or none of it, whenever the power goes. Quick.

        False, and nothing happens, if one of these people was changed since.
        """
        return self._loaded.adopt(staged)

    def stage_head(
        self,
        version: HeadVersion | None,
        profiles: Sequence[Profile],
        *,
        everybody: Sequence[Profile] | None = None,
    ) -> StagedHead:
        """Seal a head (None: the bundled one) and the people under it, for `adopt_head`.

        `everybody` has all people as they were when this was made, those not under the head
        included; None: as they are now.
        Takes long where there are many people. May run while another thread uses the store.
        Raises NetworkMismatch if one of them is under another head, and as `stage`.
        """
        known = tuple(self._loaded.profiles.values()) if everybody is None else tuple(everybody)
        if version is not None and any(one.network != version.network for one in profiles):
            raise NetworkMismatch("a person is to be put under another head than this one")
        self._check_kind(profiles)
        staged = self._loaded.stage(profiles, version, made_from=known)
        return StagedHead(version, staged, known)

    def adopt_head(self, staged: StagedHead) -> bool:
        """Put a head and everybody under it in force, or nothing, whenever the power goes. Quick.

        False, and nothing happens, if anybody was changed, enrolled or removed since.
        """
        loaded, now = self._loaded, self._loaded.profiles
        if len(now) != len(staged.everybody) or any(
            now.get(one.profile_id) is not one for one in staged.everybody
        ):
            loaded.drop(staged.profiles)
            return False
        machine = loaded.shelf.with_head(loaded.file.machine, staged.version)
        return loaded.adopt(staged.profiles, machine)

    def drop_head(self, staged: StagedHead) -> None:
        """Delete what was staged and is not wanted. What cannot be deleted goes later."""
        self._loaded.drop(staged.profiles)

    def _check_kind(self, profiles: Sequence[Profile]) -> None:
        if any(profile.demo is not self._demo for profile in profiles):
            raise SimulatedCameraRefused("demo and real profiles never share a store")
