"""What is killed while it writes: the sealed store, its heads, and a vault."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Hashable, Mapping
from dataclasses import replace
from pathlib import Path

from kill_heads import HeadScenario
from sealed_people import PASSPHRASE, a_profile, keys_for, open_store
from torment import FolderKeeper, Make

from facelock.vault import age
from facelock.vault.items import ItemKind
from facelock.vault.records import MachineRecord
from facelock.vault.store import ProfileStore
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys


class StoreScenario:
    """Counters, a person's record, and a second person who comes and goes."""

    name = "store"
    longest = 0.12

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


class VaultScenario:
    """Files put in, renamed and deleted; a note that is changed."""

    name = "vault"
    longest = 0.12

    def __init__(self, folder: Path) -> None:
        self._folder, self._keeper = folder / "vault", FolderKeeper(folder / "keyring")
        self._identity = age.new_identity()
        vault = self._open()
        self._diary = vault.add_note("diary", "day 0").item_id
        vault.close()
        self._vault: Vault | None = None

    def _open(self) -> Vault:
        kept = self._keeper.get("generation")
        return Vault.open(
            self._folder,
            VaultKeys.of("0" * 32, bytes(32), self._identity),
            known_generation=None if kept is None else int.from_bytes(kept, "big"),
            keep_generation=lambda number: self._keeper.put(
                "generation", number.to_bytes(8, "big")
            ),
        )

    def begin(self) -> None:
        """Open the vault."""
        self._vault = self._open()

    def do(self, step: int) -> None:
        """Add, rename, change or delete."""
        vault = self._vault
        if vault is None:
            raise RuntimeError("begin comes first")
        ids = {item.name: item.item_id for item in vault.items}
        match step % 4:
            case 1:
                vault.add_bytes(f"file {step}", _content(step))
            case 2:
                vault.rename(ids[f"file {step - 1}"], f"renamed {step}")
            case 3:
                vault.change_note(self._diary, f"day {step}")
            case _ if step >= 8:
                vault.delete([ids[f"renamed {step - 6}"]])
            case _:
                vault.set_quota(step * 10**9)

    def state(self, step: int) -> Hashable:
        """Return (name, hash of content) of everything in it."""
        files = {
            (f"renamed {added + 1}" if added < step else f"file {added}", _hash(_content(added)))
            for added in range(1, step + 1, 4)
            if step < added + 7
        }
        return frozenset({*files, ("diary", _hash(f"day {_last(step, 3)}".encode()))})

    def observe(self) -> Hashable:
        """Open the vault and read everything that is in it."""
        vault = self._open()
        try:
            found = {
                (item.name, _hash(vault.read(item.item_id, limit=10**7))) for item in vault.items
            }
            assert sum(item.kind is ItemKind.NOTE for item in vault.items) == 1
            return frozenset(found)
        finally:
            vault.close()


def _content(step: int) -> bytes:
    dice = random.Random(step)  # noqa: S311 - content that can be made again
    return dice.randbytes(dice.choice((0, 10, 5_000, 200_000)))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


SCENARIOS: tuple[Make, ...] = (StoreScenario, HeadScenario, VaultScenario)
"""Each made in an empty folder."""
