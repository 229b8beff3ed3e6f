"""A whole vault of which one file is damaged: what can still be read is what was put in."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from mangling import mangled

from facelock.core.errors import FacelockError, StoreTooNew, VaultRolledBack
from facelock.vault import age
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys


class MangledVault:
    """One vault of a few items in `folder`, damaged and mended again and again."""

    def __init__(self, folder: Path) -> None:
        self._good, self._bad = folder / "good", folder / "bad"
        self._identity = age.new_identity()
        recovery = age.recipient_of(age.new_identity())
        self._recovery = recovery
        self._generation = 0
        vault = self._open(self._good)
        contents = {"a letter": b"dear " * 200, "nothing": b"", "a picture": bytes(range(256)) * 20}
        for name, content in contents.items():
            vault.add_bytes(name, content)
        vault.add_note("a note", "milk, bread")
        self._contents = {
            item.item_id: vault.read(item.item_id, limit=10**6) for item in vault.items
        }
        vault.close()
        self.files = sorted(
            path.relative_to(self._good)
            for path in self._good.rglob("*")
            if path.is_file() and path.stat().st_size
        )

    def _open(self, folder: Path, *, accept_rollback: bool = False) -> Vault:
        keys = VaultKeys.of("0" * 32, bytes(32), self._identity, recovery_recipient=self._recovery)
        return Vault.open(
            folder,
            keys,
            known_generation=self._generation or None,
            keep_generation=self._keep if folder == self._good else lambda _: None,
            accept_rollback=accept_rollback,
        )

    def _keep(self, generation: int) -> None:
        self._generation = generation

    def try_once(self, dice: random.Random) -> str:
        """Damage one file, see what can be read; return the name of the outcome.

        Raises AssertionError if anything but what was put in is read, or whatever escaped.
        """
        if self._bad.exists():
            shutil.rmtree(self._bad)
        shutil.copytree(self._good, self._bad)
        name = dice.choice(self.files)
        (self._bad / name).write_bytes(mangled((self._good / name).read_bytes(), dice))
        try:
            vault, how = self._open(self._bad), "opened"
        except StoreTooNew:  # the index's version itself was hit: refused, and left as it is
            return "too new"
        except VaultRolledBack:
            vault, how = self._open(self._bad, accept_rollback=True), "doubted"
        try:
            return f"{how}, {self._refused(vault, trusted=how == 'opened')} refused"
        finally:
            vault.close()

    def _refused(self, vault: Vault, *, trusted: bool) -> int:
        refused = 0
        if trusted:
            assert {item.item_id for item in vault.items} == set(self._contents)
        for item in vault.items:
            try:
                content = vault.read(item.item_id, limit=10**6)
            except FacelockError:
                refused += 1
                continue
            # After a doubt, items may come back under another id, but never with another content.
            assert content in self._contents.values()
            assert not trusted or content == self._contents[item.item_id]
        return refused
