"""Into the vault: files and folders by dialog, drop or paste; pasted text and pictures; notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from facelock.core.errors import FacelockError, SourceUnreadable
from facelock.ui.error_text import error_text
from facelock.ui.numbers import locale
from facelock.ui.text_labels import Tone
from facelock.ui.vault_ask import VaultQuestion
from facelock.ui.vault_file_dialog import QuietFileDialog
from facelock.ui.vault_intake import MOST_FILES, Given, Walked, walk
from facelock.ui.vault_jobs import Job, JobQueue, Step
from facelock.ui.vault_outcome_text import trouble_text
from facelock.ui.vault_text import first_line, names_text, picture_name, size_text
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.vault.items import Item
    from facelock.vault.vault import Vault

Say = Callable[[str, Tone], object]


class Taking(QObject):
    """Everything that puts something in. `window`: whom dialogs belong to."""

    added = Signal(str)  # id of something pasted, which is to be shown
    begun = Signal(str)  # id of an empty note, which is to be written

    def __init__(self, vault: Vault, queue: JobQueue, say: Say, window: QWidget) -> None:
        super().__init__(window)
        self._vault, self._queue, self._say, self._window = vault, queue, say, window
        self._walked = Walked((), 0)

    @Slot()
    def choose_files(self) -> None:
        """Ask which files to put in."""
        dialog = QuietFileDialog(self.tr("Add files to the vault"), self._window)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.open()

    def take(self, given: Given) -> None:
        """Put in what was dropped or pasted."""
        if given.paths:
            self.take_paths(given.paths)
        elif given.picture:
            self._add(partial(self._vault.add_bytes, picture_name(), given.picture))
        elif given.text.strip():
            name = first_line(given.text) or self.tr("Pasted text")
            self._add(partial(self._vault.add_note, name, given.text))
        else:
            self._say(self.tr("There is no file, text or picture in that."), Tone.WARNING)

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Put in files, and what is below folders; that is counted, and asked, first."""
        run_task(self, partial(walk, tuple(paths)), self._on_walked, self._on_failed)

    def add_note(self) -> None:
        """Put in an empty note; it is called by its first line when there is one."""
        work = partial(self._vault.add_note, self.tr("New note"), "")
        run_task(self, work, self._on_begun, self._on_failed)

    def _add(self, work: Callable[[], Item]) -> None:
        run_task(self, work, self._on_added, self._on_failed)

    @Slot(list)
    def _on_chosen(self, names: list[str]) -> None:
        self.take_paths([Path(name) for name in names])

    @Slot(object)
    def _on_walked(self, walked: Walked) -> None:
        self._walked = walked
        if walked.too_many:
            words = self.tr("That is more than {count} files. Add smaller folders one by one.")
            self._say(words.format(count=locale().toString(MOST_FILES)), Tone.WARNING)
        elif not walked.files:
            self._say(self._nothing(walked), Tone.WARNING)
        elif walked.folders:
            self._ask(walked)
        else:
            self._go_on()

    def _nothing(self, walked: Walked) -> str:
        if not walked.unreadable:
            return self.tr("There is no file in that folder.")
        return error_text(SourceUnreadable("nothing there can be read"))

    def _ask(self, walked: Walked) -> None:
        size = size_text(sum(size for _, size in walked.files))
        words = self.tr("{count} files, {size}, from the folder and the folders in it.")
        if walked.folders > 1:
            words = self.tr("{count} files, {size}, from the folders and the folders in them.")
        words = words.format(count=locale().toString(len(walked.files)), size=size)
        question = VaultQuestion(
            self.tr("Add everything in there?"), words, self.tr("Add"), self._window
        )
        question.accepted.connect(self._go_on)
        question.open()

    @Slot()
    def _go_on(self) -> None:
        walked, self._walked = self._walked, Walked((), 0)
        if walked.unreadable:
            words = self.tr("Could not be read: {names}.")
            self._say(words.format(names=names_text(walked.unreadable)), Tone.WARNING)
        steps = (
            Step(path.name, size, partial(self._vault.add_file, path))
            for path, size in walked.files
        )
        self._queue.add(Job(tuple(steps)))

    @Slot(object)
    def _on_added(self, item: Item) -> None:
        self.added.emit(item.item_id)

    @Slot(object)
    def _on_begun(self, item: Item) -> None:
        self.begun.emit(item.item_id)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, FacelockError):
            self._say(trouble_text(error), Tone.DANGER)
