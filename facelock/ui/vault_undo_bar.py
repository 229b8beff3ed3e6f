"""What was deleted can be brought back until Facelock locks: the bar that offers it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.icon_button import IconButton
from facelock.ui.text_labels import IconLine
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.vault_text import count_text
from facelock.ui.wrapping_text import letters_width

if TYPE_CHECKING:
    from facelock.vault.items import Item

_CHARACTERS = 30  # the words stand beside the button where there is room for so many more


class UndoBar(Card):
    """Remembers each deletion, and offers to take back the last one. Hidden without any."""

    wanted = Signal(object)  # the ids of the last deletion

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deletions: list[tuple[str, ...]] = []
        self.line = IconLine("trash", "")
        self.button = IconButton("undo", self.tr("Undo"))
        self.button.setToolTip(self.tr("Bring back what was deleted last (Ctrl+Z)"))
        self.button.clicked.connect(self.undo)
        self.column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row = TurningRow(self._row_width)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.line, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.column.addLayout(row)
        self.hide()

    def note(self, ids: Sequence[str]) -> None:
        """These were deleted just now."""
        self._deletions.append(tuple(ids))
        self._tell()
        announce(self, self.line.text())

    def resume(self, deleted: Sequence[Item]) -> None:
        """Offer what was deleted before this bar was made, as it was deleted together."""
        by_time = sorted(deleted, key=_deleted_at)
        self._deletions = [
            tuple(item.item_id for item in together)
            for _, together in groupby(by_time, key=_deleted_at)
        ]
        self._tell()

    def forget_last(self) -> None:
        """The last deletion was taken back."""
        self._deletions.pop()
        self._tell()

    @Slot()
    def undo(self) -> None:
        """Ask for the last deletion to be taken back."""
        if self._deletions:
            self.wanted.emit(self._deletions[-1])

    def _tell(self) -> None:
        self.setVisible(bool(self._deletions))
        if not self._deletions:
            return
        words = self.tr("Deleted {items}. They can be brought back until Facelock locks.")
        if len(self._deletions[-1]) == 1:
            words = self.tr("Deleted {items}. It can be brought back until Facelock locks.")
        words = words.format(items=count_text(len(self._deletions[-1])))
        self.line.label.setText(words)
        self.setAccessibleName(words)

    def _row_width(self) -> int:
        return self.button.sizeHint().width() + letters_width(self.fontMetrics(), _CHARACTERS)


def _deleted_at(item: Item) -> float:
    return item.deleted_at or 0.0
