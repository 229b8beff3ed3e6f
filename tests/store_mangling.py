"""A whole store of which one file is damaged: what opens then, and for whom.

Holds for every damage: nothing is shown but what was enrolled, no rule is weaker than it was, no
wrong passphrase opens, and the right one either opens the very same key or is refused in words.
"""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from made_up_heads import a_version
from mangling import mangled
from sealed_people import BACKBONE, FAST, PASSPHRASE, a_profile, keys_for, open_store

from facelock.core.errors import FacelockError
from facelock.core.levels import Level
from facelock.core.policy import Why
from facelock.core.template import Profile
from facelock.vault.head_record import encode_head
from facelock.vault.keyring import NoKeyring
from facelock.vault.profile_record import encode_profile
from facelock.vault.records import MachineRecord
from facelock.vault.store import ProfileStore

RULES = MachineRecord(
    level=Level.STRICT, failures=3, passphrase_only=Why.TOO_MANY_FAILURES, non_matches=1
)


class MangledStore:
    """One store of two people in `folder`, damaged and mended again and again."""

    def __init__(self, folder: Path) -> None:
        self._good, self._bad = folder / "good", folder / "bad"
        self._people: tuple[Profile, ...] = (
            a_profile("Ada", crops=False),
            a_profile("Bo", crops=False),
        )
        # The entries of the keyring are named after the folder, which must be the same then.
        self._entries = NoKeyring()
        store = open_store(self._bad, self._entries)
        self._keys = {}
        for one in self._people:
            keys = keys_for(one)
            self._keys[one.profile_id] = bytes(keys.vault_key)
            store.enrol(one, keys)
            store.arm_face(one.profile_id, keys.vault_key)
        head = a_version(5, *self._keys, backbone=BACKBONE)
        model = head.network.model_sha256
        self._people = tuple(replace(one, model_sha256=model) for one in self._people)
        store.adopt_head(store.stage_head(head, self._people))
        self._head = encode_head(head)
        store.save_machine(RULES)
        store.close()
        shutil.copytree(self._bad, self._good)
        self._records = {one.profile_id: encode_profile(one) for one in self._people}
        self.files = sorted(
            path.relative_to(self._good)
            for path in self._good.rglob("*")
            if path.is_file() and path.stat().st_size and ".previous" not in path.name
        )

    def try_once(self, dice: random.Random) -> str:
        """Damage one file, see what opens; return the name of the outcome.

        Raises AssertionError if the damage opened something, or whatever escaped.
        """
        shutil.rmtree(self._bad)
        shutil.copytree(self._good, self._bad)
        name = dice.choice(self.files)
        (self._bad / name).write_bytes(mangled((self._good / name).read_bytes(), dice))
        entries = self._copied_entries()
        try:
            store = open_store(self._bad, entries)
        except FacelockError as error:
            return type(error).__name__
        outcome = "sealed" if store.needs_passphrase else f"{len(store.damaged)} damaged"
        try:
            self._check(store)
        finally:
            store.close()
        return outcome

    def _copied_entries(self) -> NoKeyring:
        entries = NoKeyring()
        for entry, secret in self._entries._secrets.items():
            entries.put(entry, secret)
        return entries

    def _check(self, store: ProfileStore) -> None:
        self._check_what_shows(store)
        for one in self._people:
            self._check_person(store, one.profile_id)
        self._check_what_shows(store)  # a passphrase may have opened more of it

    def _check_what_shows(self, store: ProfileStore) -> None:
        for one in store.profiles:
            assert encode_profile(one) == self._records[one.profile_id]
        assert store.machine.level is Level.STRICT
        assert store.machine.passphrase_only is not None
        assert all(encode_head(one) == self._head for one in store.heads)
        assert store.head_in_force in (None, *store.heads)

    def _check_person(self, store: ProfileStore, profile_id: str) -> None:
        with suppress(FacelockError):
            key = store.open_key_by_face(profile_id)
            assert key is None or bytes(key) == self._keys[profile_id]
        # A cost that the damage raised, within its bounds, would only make the test slow.
        with suppress(FacelockError):
            if store.key_slots(profile_id).passphrase.kdf != FAST:
                return
            assert bytes(store.open_key(profile_id, PASSPHRASE)) == self._keys[profile_id]
