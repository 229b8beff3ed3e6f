"""What is killed while it writes: the sealed store."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from pathlib import Path

from kill_harness import FolderKeeper, Make
from sealed_people import PASSPHRASE, a_profile, keys_for, open_store

from facelock.vault.records import MachineRecord
from facelock.vault.store import ProfileStore


class StoreScenario:
    """Counters, a person's record, and a second person who comes and goes."""

    name = "store"

    def __init__(self, folder: Path) -> None:
        self._folder, self._keeper = folder / "store", FolderKeeper(folder / "keyring")
        self._ada, self._bo = a_profile("Ada", crops=False), a_profile("Bo", crops=False)
        self._store: ProfileStore | None = None
        store = open_store(self._folder, self._keeper)
        store.enrol(replace(self._ada, created_at=0.0), keys_for(self._ada))
        store.save_machine(MachineRecord(failures=0))
        store.close()

    def begin(self) -> None:
        """Open the store."""
        self._store = open_store(self._folder, self._keeper)

    def do(self, step: int) -> None:
        """Write a counter, a record, or a person."""
        store = self._store
        if store is None:
            raise RuntimeError("begin comes first")
        match step % 4:
            case 0:
                store.save_machine(replace(store.machine, failures=step))
            case 1:
                store.replace(replace(self._ada, created_at=float(step)))
            case 2 if self._bo_is_there(step):
                store.enrol(self._bo, keys_for(self._bo))
            case 2:
                store.remove(self._bo.profile_id)
            case _:
                store.arm_face(
                    self._ada.profile_id, store.open_key(self._ada.profile_id, PASSPHRASE)
                )

    def _bo_is_there(self, step: int) -> bool:
        """Every second of the steps numbered 2, 6, 10 ... brings Bo, the others take them away."""
        return ((step + 2) // 4) % 2 == 1

    def state(self, step: int) -> Hashable:
        """Return (counter, date of the record, whether Bo is there)."""
        return (step - step % 4, float(_last(step, 1)), self._bo_is_there(step))

    def observe(self) -> Hashable:
        """Open the store; the passphrase must open, and no record may be damaged."""
        store = open_store(self._folder, self._keeper)
        try:
            assert not store.needs_passphrase
            assert store.damaged == ()
            assert store.open_key(self._ada.profile_id, PASSPHRASE)
            people: Mapping[str, float] = {one.name: one.created_at for one in store.profiles}
            return (store.machine.failures, people["Ada"], "Bo" in people)
        finally:
            store.close()


def _last(step: int, of_four: int) -> int:
    """Return the newest step of a kind up to `step`; 0 before the first."""
    return max(step - (step - of_four) % 4, 0)


SCENARIOS: tuple[Make, ...] = (StoreScenario,)
"""Each made in an empty folder."""
