"""A new passphrase, typed twice, with the strength meter between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_field import PassphraseField
from facelock.ui.strength_meter import StrengthMeter
from facelock.ui.text_labels import Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.vault.passphrases import PassphraseStrength


class PassphrasePair(QWidget):
    """Complete when both are alike and strong enough. `names` of the person count as guessed."""

    completed = Signal(bool)
    submitted = Signal()  # Enter in the second field

    def __init__(self, names: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._strength: PassphraseStrength | None = None
        self.first = PassphraseField(self.tr("New passphrase"))
        self.again = PassphraseField(self.tr("New passphrase once more"))
        self.meter = StrengthMeter()
        self.trouble = MessageBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for words, field in (
            (self.tr("&New passphrase"), self.first),
            (self.tr("New passphrase once &more"), self.again),
        ):
            label = QLabel(words)
            label.setWordWrap(True)
            label.setBuddy(field.edit)
            column.addWidget(label)
            column.addWidget(field)
            if field is self.first:
                column.addWidget(self.meter)
        column.addWidget(self.trouble)
        self.setFocusProxy(self.first)
        self.first.edited.connect(self._on_edited)
        self.first.submitted.connect(self.again.setFocus)
        self.again.edited.connect(self._check)
        self.again.submitted.connect(self.submitted)
        self.meter.judged.connect(self._on_judged)

    def text(self) -> str:
        """Return the new passphrase. Worth something only while complete."""
        return self.first.text()

    def forget(self) -> None:
        """Clear both."""
        self.first.clear()
        self.again.clear()

    @Slot()
    def _on_edited(self) -> None:
        self._strength = None
        self.meter.judge(self.first.text(), self._names)
        self._check()

    @Slot(object)
    def _on_judged(self, strength: PassphraseStrength) -> None:
        self._strength = strength
        self._check()

    @Slot()
    def _check(self) -> None:
        typed, again = self.first.text(), self.again.text()
        differ = bool(again) and not typed.startswith(again)
        words = self.tr("The two passphrases differ. Type the same one twice.") if differ else ""
        self.trouble.say(words, Tone.WARNING if differ else Tone.NEUTRAL)
        strong = self._strength is not None and self._strength.is_enough
        self.completed.emit(strong and bool(typed) and typed == again)
