"""Pictures of who was refused, for people who asked for them: off for everybody else, and in demos.

Asking takes the passphrase. A picture is sealed by public recipients, in a task, after the verdict;
it is seen through the vault key, by the person inside, among their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.core.activity import Happening
from facelock.core.errors import FacelockError, PassphraseConfirmationNeeded, VaultLocked
from facelock.vault.snapshots import Snapshot, SnapshotFolder

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.services.access import Access
    from facelock.vault.store import ProfileStore


@dataclass(frozen=True)
class SealedTo:
    """Whom the next picture is for: one of these each. Made in the GUI thread, used in a task."""

    profile_id: str
    recipient: str
    folder: Path


@dataclass(frozen=True)
class Picture:
    """One picture, opened."""

    name: str
    at: float  # seconds since the epoch
    jpeg: bytes = field(repr=False)


class RefusedPictures:
    """Who wants pictures, the keeping of them, and the pictures of the person inside."""

    def __init__(self, access: Access, store: ProfileStore, vaults: Path, clock: Clock) -> None:
        self._access, self._store, self._vaults, self._clock = access, store, vaults, clock

    @property
    def are_wanted(self) -> bool:
        """True if the person inside asked for pictures."""
        inside = self._access.unlocked_for
        return inside is not None and inside.profile_id in self._store.machine.snapshots_for

    def want(self, *, wanted: bool) -> None:
        """Keep pictures from now on for the person inside, or no longer, deleting those there are.

        Raises VaultLocked, PassphraseConfirmationNeeded, StoreUnwritable, VaultUnwritable.
        """
        profile_id = self._inside()
        if not self._access.is_confirmed:
            raise PassphraseConfirmationNeeded("pictures of other people")
        machine = self._store.machine
        others = tuple(one for one in machine.snapshots_for if one != profile_id)
        asked = (*others, profile_id) if wanted else others
        self._store.save_machine(replace(machine, snapshots_for=asked))
        self._access.journal.note(Happening.SETTING_CHANGED, profile_id)
        if not wanted:
            self.folder(profile_id).delete_all()

    def whom_for(self) -> tuple[SealedTo, ...]:
        """Return whom a picture of somebody refused now is for; nobody in a demo."""
        if self._store.demo or self._store.needs_passphrase:
            return ()
        found = []
        for one in self._store.machine.snapshots_for:
            with suppress(FacelockError):  # removed since, or a key file that does not open
                if one in self._store.people and (key := self._store.vault_recipient(one)):
                    found.append(SealedTo(one, key, self._vaults / one))
        return tuple(found)

    def keep(self, whom: Iterable[SealedTo], make_jpeg: Callable[[], bytes]) -> tuple[str, ...]:
        """Seal the picture for each; return for whom it was kept. For a task.

        What the disk has no room for is not kept: the lock owes nobody a picture.
        """
        jpeg, at = make_jpeg(), self._clock.wall()
        kept = []
        for one in whom:
            with suppress(FacelockError):
                SnapshotFolder(one.folder).keep(jpeg, one.recipient, at)
                kept.append(one.profile_id)
        return tuple(kept)

    def note_kept(self, profile_ids: Iterable[str]) -> None:
        """Write down that pictures were kept. In the GUI thread."""
        for one in profile_ids:
            self._access.journal.note(Happening.SNAPSHOT_KEPT, one)

    def listed(self) -> tuple[Snapshot, ...]:
        """Return what is kept for the person inside, newest first. Raises VaultLocked."""
        return self.folder(self._inside()).pictures(self._clock.wall())

    def opener(self) -> Callable[[], tuple[Picture, ...]]:
        """Return what opens all pictures of the person inside, in memory; for a task.

        Raises VaultLocked now; the task leaves out what does not open.
        """
        profile_id = self._inside()
        identity = self._store.vault_identity(profile_id, self._access.vault_key())
        folder, now = self.folder(profile_id), self._clock.wall()

        def work() -> tuple[Picture, ...]:
            opened = []
            for one in folder.pictures(now):
                with suppress(FacelockError):
                    opened.append(Picture(one.name, one.at, folder.read(one.name, identity)))
            return tuple(opened)

        return work

    def delete(self, names: Iterable[str]) -> None:
        """Delete pictures of the person inside. Raises VaultLocked, VaultUnwritable."""
        self.folder(self._inside()).delete(names)

    def folder(self, profile_id: str) -> SnapshotFolder:
        """Return where a person's pictures are."""
        return SnapshotFolder(self._vaults / profile_id)

    def _inside(self) -> str:
        inside = self._access.unlocked_for
        if inside is None:
            raise VaultLocked("nobody is inside")
        return inside.profile_id
