"""Who is it? Asked only where several people are enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.core.template import Person
    from facelock.ui.identifying import Identifying


class WhoChoice(QWidget):
    """A list of names with its label; hidden while there is nothing to choose.

    Where there is, nobody is chosen at first: the face says who it is, or a name has to be given
    (`Identifying.finds_anybody`). A passphrase always needs a name.
    """

    picked = Signal()  # by the person who sits there

    def __init__(self, identifying: Identifying, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identifying = identifying
        identifying.mode_changed.connect(self._name_nobody)
        self.combo = QComboBox()
        self.combo.setAccessibleName(self.tr("Who are you?"))
        self.combo.activated.connect(self._on_activated)
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
        """Id of the person; None if nobody is enrolled, or several and none of them was named."""
        chosen = self.combo.currentData()
        return chosen if isinstance(chosen, str) else None

    def fill(self, people: Sequence[Person]) -> None:
        """Offer these people, and stay with the one who was chosen."""
        before = self._identifying.chosen
        self.combo.clear()
        if len(people) > 1:
            self.combo.addItem("", None)
        for number, person in enumerate(people, 1):
            # A sealed store knows who has a passphrase, and not what they are called.
            name = person.name or self.tr("Person {number}").format(number=number)
            self.combo.addItem(name, person.profile_id)
        self.combo.setCurrentIndex(max(self.combo.findData(before), 0))
        self._name_nobody()
        self.setVisible(len(people) > 1)

    @Slot()
    def _name_nobody(self) -> None:
        """Say what it means that nobody is chosen: the first entry, where there are several."""
        finds = self._identifying.finds_anybody
        words = self.tr("Whoever my face says") if finds else self.tr("Choose your name…")
        if self.combo.count() > 1:
            self.combo.setItemText(0, words)

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self._identifying.choose(self.chosen)
        self.picked.emit()
