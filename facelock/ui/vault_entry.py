"""The vault's place in the program: its page is made when it is shown, and left before the lock."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from facelock.core.errors import FacelockError
from facelock.services.vault_desk import VaultDesk
from facelock.ui.vault_drag import DragFolder

if TYPE_CHECKING:
    from facelock.desktop.paths import Paths
    from facelock.services.access import Access
    from facelock.ui.settings_section import SectionBody
    from facelock.ui.vault_page import VaultPage
    from facelock.vault.store import ProfileStore

_log = logging.getLogger(__name__)
translate = QCoreApplication.translate


class VaultEntry(QObject):
    """Makes the vault page. On every lock the page is left first, while the vault is still open."""

    def __init__(self, access: Access, store: ProfileStore, paths: Paths) -> None:
        super().__init__()
        self._access = access
        self._drag_folder = DragFolder(paths.state / "dragged-out")
        self._drag_folder.wipe()  # what a crash left
        self._page: VaultPage | None = None
        self._note_was_lost = False
        access.add_closer(self._leave)  # before the desk's, which closes the vault
        self.desk = VaultDesk(access, store, paths.vaults)

    def page(self) -> VaultPage:
        """Make the page for the person inside."""
        from facelock.ui.vault_page import VaultPage

        if self._access.demo:
            self._explain()
        page = VaultPage(
            self._access, self.desk, self._drag_folder, note_was_lost=self._note_was_lost
        )
        self._note_was_lost = False
        self._page = page
        page.destroyed.connect(self._on_gone)
        return page

    def settle(self, body: SectionBody) -> None:
        """Put the card about the vault's size into the settings."""
        from facelock.ui.settings_vault import VaultCard

        body.add_section(translate("vault", "Room in the vault"), VaultCard(self.desk))

    def _leave(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            page.destroyed.disconnect(self._on_gone)
            self._note_was_lost = not page.leave()
            if self._note_was_lost:
                _log.error("the last changes of a note could not be sealed before the lock")

    def _explain(self) -> None:
        """Put a first note into a demo's vault: what this is, and that it goes away."""
        try:
            vault = self.desk.open()
            if not vault.items and not vault.deleted:
                vault.add_note(translate("demo", "About this vault"), _first_note())
        except FacelockError:
            _log.warning("the demo's vault could not be given its first note")

    @Slot()
    def _on_gone(self) -> None:
        self._page = None


def _first_note() -> str:
    return translate(
        "demo",
        "This is the vault of a demo: try anything.\n\n"
        "Drop files on this page, paste a picture, change this note. Each one is encrypted on "
        "this computer before it is kept, and opened in memory only.\n\n"
        "Lock with Ctrl+L, and it is gone from the screen and from memory until you are "
        "recognised.\n\n"
        "The whole vault is deleted when the demo is closed. Keep nothing real in it.\n",
    )
