"""Who is it? Asked only where several people are enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.core.template import Person


class WhoChoice(QWidget):
    """A list of names with its label; hidden while there is nothing to choose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = QComboBox()
        self.combo.setAccessibleName(self.tr("Who are you?"))
        label = QLabel(self.tr("&Who are you?"))
        label.setWordWrap(True)
        label.setBuddy(self.combo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label)
        column.addWidget(self.combo)

    @property
    def chosen(self) -> str | None:
        """Id of the person; None if nobody is enrolled."""
        chosen = self.combo.currentData()
        return chosen if isinstance(chosen, str) else None

    def fill(self, people: Sequence[Person]) -> None:
        """Offer these people, and stay with the one who was chosen."""
        before = self.chosen
        self.combo.clear()
        for number, person in enumerate(people, 1):
            # A sealed store knows who has a passphrase, and not what they are called.
            name = person.name or self.tr("Person {number}").format(number=number)
            self.combo.addItem(name, person.profile_id)
        self.combo.setCurrentIndex(max(self.combo.findData(before), 0))
        self.setVisible(self.combo.count() > 1)
