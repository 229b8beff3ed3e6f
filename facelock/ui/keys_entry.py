"""Where a person meets their keys: the settings, a banner, and a passphrase that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from facelock.services.keys_desk import KeysDesk

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.ui.lock_page import LockPage
    from facelock.ui.settings_section import SectionBody
    from facelock.ui.shell import Shell
    from facelock.vault.keys import KdfParameters
    from facelock.vault.store import ProfileStore


class KeysEntry(QObject):
    """`kdf` is cheap in tests, and calibrated elsewhere."""

    def __init__(
        self,
        access: Access,
        store: ProfileStore,
        *,
        kdf: KdfParameters | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self.desk = KeysDesk(access, store, kdf=kdf)
        self._page: LockPage | None = None

    def greet(self, shell: Shell) -> None:
        """Offer a recovery key to somebody who has none."""
        if not self.desk.has_recovery:
            from facelock.ui.recovery_dialogs import RecoveryBanner

            shell.add_banner(RecoveryBanner(self._access, self.desk), self.greet)

    def settle(self, body: SectionBody) -> None:
        """Put the card about keys into the settings."""
        from facelock.ui.settings_keys import KeysCard

        body.add_section(self.tr("Passphrase and recovery key"), KeysCard(self._access, self.desk))

    def watch(self, page: LockPage) -> None:
        """Help on this lock page when the passphrase is forgotten."""
        self._page = page
        page.recovery_wanted.connect(self._on_forgotten)
        page.destroyed.connect(self._on_page_gone)

    @Slot()
    def _on_forgotten(self) -> None:
        from facelock.ui.recovery_forgotten import ForgottenDialog

        if self._page is not None:
            dialog = ForgottenDialog(self._access, self.desk, self._page)
            dialog.entered.connect(self._page.unlocked)
            dialog.open()

    @Slot()
    def _on_page_gone(self) -> None:
        self._page = None
