"""A real vault in a folder of the test, behind a desk that asks no store for its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from a_vault import VaultDisk
from fakes_ui import FakeAccess, profile

from facelock.core.errors import FacelockError, PassphraseConfirmationNeeded, VaultRolledBack
from facelock.core.policy import Unlocked
from facelock.services.vault_desk import VaultDesk
from facelock.vault.items import Progress
from facelock.vault.vault import Vault


def unlocked_access() -> FakeAccess:
    """Return a lock that is open for Mira, her passphrase typed just now."""
    mira = profile("Mira", 1)
    return FakeAccess((mira,), state=Unlocked(mira.profile_id))


@dataclass
class FakeDesk:
    """Implements what the page uses of `services.vault_desk.VaultDesk`."""

    folder: Path
    access: FakeAccess = field(default_factory=unlocked_access)
    rolled_back: bool = False
    trouble: FacelockError | None = None  # raised by `open`
    allowed: int = 0  # exports that were allowed
    vault: Vault | None = None

    def __post_init__(self) -> None:
        self.disk = VaultDisk(self.folder)

    def open(self, *, accept_rollback: bool = False) -> Vault:
        if self.trouble is not None:
            raise self.trouble
        if self.rolled_back and not accept_rollback:
            raise VaultRolledBack("older")
        if accept_rollback and not self.access.is_confirmed:
            raise PassphraseConfirmationNeeded("older")
        if self.vault is None:
            self.vault = self.disk.open()
        self.rolled_back = False
        return self.vault

    def allow_export(self) -> None:
        if not self.access.is_confirmed:
            raise PassphraseConfirmationNeeded("export")
        self.allowed += 1

    def slow_export(
        self, ids: Sequence[str], folder: Path, progress: Progress | None = None
    ) -> tuple[Path, ...]:
        return tuple(self.open().export(item_id, folder, progress) for item_id in ids)

    def export(self, ids: Sequence[str], folder: Path) -> tuple[Path, ...]:
        self.allow_export()
        return self.slow_export(ids, folder)

    def close(self) -> None:
        if self.vault is not None:
            self.vault.close()

    def as_desk(self) -> VaultDesk:
        return cast("VaultDesk", self)
