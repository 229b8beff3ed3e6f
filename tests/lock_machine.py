"""A computer on which Facelock is started, killed and started again: real store, fake keyring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakes import FakeClock, FakeSecrets, made_up_profile
from sealed_people import FAST, keys_for

from facelock.core.activity import Happening, Journal
from facelock.core.errors import StoreUnwritable
from facelock.services.access import Access
from facelock.vault.records import MachineRecord
from facelock.vault.store import ProfileStore

ADA, BOB = made_up_profile(1, "Ada"), made_up_profile(2, "Bob")
"""Ada is enrolled on every machine; synthetic frames show her as person 1."""


class DiaryStore(ProfileStore):
    """The real store, which also notes what is written; `full` makes writing fail."""

    saved: list[MachineRecord]
    full = False

    def save_machine(self, record: MachineRecord) -> None:
        if self.full:
            raise StoreUnwritable("the disk is full")
        super().save_machine(record)
        self.saved.append(record)


class RecordedJournal(Journal):
    """Keeps what was noted, in order."""

    def __init__(self) -> None:
        self.noted: list[tuple[Happening, str]] = []

    def note(self, what: Happening, profile_id: str = "") -> None:
        self.noted.append((what, profile_id))

    def count(self, what: Happening) -> int:
        """Return how often it happened."""
        return sum(one is what for one, _ in self.noted)


class Machine:
    """Its disk, keyring and clocks outlive Facelock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secrets = FakeSecrets()
        self.clock = FakeClock()
        self.journal = RecordedJournal()
        with self.started() as access:
            access.enrol(ADA, keys_for(ADA))

    @contextmanager
    def started(self) -> Iterator[Access]:
        """Run Facelock until the end of the block, then kill it: nothing is said to `Access`."""
        store = DiaryStore.open(self.folder, self.secrets, demo=False, kdf_floor=FAST)
        assert isinstance(store, DiaryStore)
        store.saved = []
        self.store = store
        try:
            yield Access(store, self.clock, self.journal)
        finally:
            store.close()
