"""A vault on a disk that outlives it, with a keyring's memory of its generation."""

from __future__ import annotations

from pathlib import Path

from facelock.core.errors import KeyringUnavailable
from facelock.vault import age
from facelock.vault.vault import Vault
from facelock.vault.vault_book import VaultKeys

PERSON = "a" * 32
NOW = 1_700_000_000.0


class VaultDisk:
    """The folder, keys and keyring entry of one vault; opened and killed as often as one likes."""

    def __init__(self, folder: Path, person: str = PERSON) -> None:
        self.folder = folder
        self.person = person
        self.key = bytes(range(32))
        self.identity = age.new_identity()
        self.recovery = age.new_identity()
        self.known: int | None = None
        self.keyring_works = True
        self.now = NOW

    @property
    def items(self) -> Path:
        return self.folder / "items"

    def files(self) -> list[str]:
        """Every file there is, relative."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(self.folder)) for path in found)

    def keys(self, *, demo: bool = False, recovery: bool = True) -> VaultKeys:
        recipient = age.recipient_of(self.recovery) if recovery else None
        return VaultKeys.of(
            self.person, self.key, self.identity, recovery_recipient=recipient, demo=demo
        )

    def open(
        self, *, accept_rollback: bool = False, demo: bool = False, recovery: bool = True
    ) -> Vault:
        return Vault.open(
            self.folder,
            self.keys(demo=demo, recovery=recovery),
            known_generation=self.known,
            keep_generation=self.keep,
            accept_rollback=accept_rollback,
            wall=self._tick,
        )

    def keep(self, generation: int) -> None:
        if not self.keyring_works:
            raise KeyringUnavailable("it stays locked")
        self.known = generation

    def _tick(self) -> float:
        self.now += 1
        return self.now
