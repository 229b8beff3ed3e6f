"""Out of the vault: export into a folder, and dragging out; each only on the passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from facelock.core.errors import ExportUnwritable, FacelockError, PassphraseConfirmationNeeded
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.text_labels import Tone
from facelock.ui.vault_drag import MOST_BYTES, DragFolder, DraggedItems, drag
from facelock.ui.vault_file_dialog import QuietFileDialog
from facelock.ui.vault_jobs import Job, JobQueue, Step
from facelock.ui.vault_text import count_text, size_text
from facelock.vault.items import Item, Progress

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.vault_desk import VaultDesk

Say = Callable[[str, Tone], object]


class Handing(QObject):
    """Everything that lets something out. `window`: whom dialogs belong to."""

    def __init__(
        self,
        access: Access,
        desk: VaultDesk,
        queue: JobQueue,
        folder: DragFolder,
        say: Say,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._access, self._desk, self._queue = access, desk, queue
        self._folder, self._say, self._window = folder, say, window
        self._items: tuple[Item, ...] = ()
        self._target = Path()
        self.run_drag = drag

    def export(self, items: Sequence[Item]) -> None:
        """Ask for the passphrase if need be, then for a folder, then write them there."""
        if not items:
            return
        self._items = tuple(items)
        if self._access.is_confirmed:
            self._choose_folder()
            return
        self._confirm(self._export_action(), self._choose_folder)

    def drag_out(self, items: Sequence[Item]) -> None:
        """Let the person drag them to another program."""
        if not items:
            return
        if not self._access.is_confirmed:
            action = self.tr(
                "What you drag to another program is written to the disk, decrypted, until "
                "Facelock locks. After the passphrase, drag it again."
            )
            self._confirm(action, self._say_drag_again)
            return
        if sum(item.size for item in items) > MOST_BYTES:
            words = self.tr("That is more than {size}, too much for dragging. Export it instead.")
            self._say(words.format(size=size_text(MOST_BYTES)), Tone.WARNING)
            return
        try:
            data = DraggedItems(items, self._folder, self._export_dragged)
        except OSError:
            self._say(error_text(ExportUnwritable("no folder to drag from")), Tone.DANGER)
            return
        if self.run_drag(data, self._window.window()):
            data.write()  # where the other program asked while the button was down
        if data.error is not None and self._access.unlocked_for is not None:
            self._say(error_text(data.error), Tone.DANGER)

    def _export_action(self) -> str:
        action = self.tr("{items} will be written to a folder of your choice, decrypted.")
        return action.format(items=count_text(len(self._items)))

    def _export_dragged(self, item_id: str, folder: Path) -> object:
        return self._desk.export((item_id,), folder)

    def _confirm(self, action: str, then: Callable[[], object]) -> None:
        dialog = ConfirmPassphrase(self._access, action, self.tr("Go on"), self._window)
        dialog.confirmed.connect(then)
        dialog.open()

    @Slot()
    def _say_drag_again(self) -> None:
        self._say(self.tr("You can drag it out now."), Tone.NEUTRAL)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QuietFileDialog(self.tr("Export to a folder"), self._window, folder=True)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    @Slot(str)
    def _on_folder(self, name: str) -> None:
        self.export_to(Path(name))

    def export_to(self, folder: Path) -> None:
        """Write what `export` was asked for into a folder, in the background."""
        self._target = folder
        self._start()

    @Slot()
    def _start(self) -> None:
        folder = self._target
        try:
            self._desk.allow_export()
        except PassphraseConfirmationNeeded:  # choosing a folder took longer than it holds
            self._confirm(self._export_action(), self._start)
            return
        except FacelockError as error:
            self._say(error_text(error), Tone.DANGER)
            return
        steps = tuple(
            Step(item.name, item.size, partial(_export_one, self._desk, item.item_id, folder))
            for item in self._items
        )
        self._queue.add(Job(steps, export=True))


def _export_one(desk: VaultDesk, item_id: str, folder: Path, progress: Progress) -> object:
    """In a task."""
    return desk.slow_export((item_id,), folder, progress)
