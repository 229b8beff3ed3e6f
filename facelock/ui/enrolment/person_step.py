"""Name and passphrase of the new person."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from typing_extensions import override

from facelock.core.template import MAX_NAME_LENGTH
from facelock.services.enrolling import checked_name
from facelock.ui.card import Card
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_field import PassphraseField
from facelock.ui.strength_meter import StrengthMeter
from facelock.ui.text_labels import IconLine, Rank, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.vault.passphrases import PassphraseStrength


class PersonStep(StepPage):
    """Complete when the name is free and two equal, strong enough passphrases were typed."""

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Who are you?"),
            self.tr("The passphrase is the key to everything here. Your face is the quick way in."),
            parent,
        )
        self._access = access
        self._strength: PassphraseStrength | None = None
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.name.setPlaceholderText(self.tr("As others should see it here"))
        self.passphrase = PassphraseField(self.tr("Passphrase"))
        self.again = PassphraseField(self.tr("Passphrase once more"))
        self.meter = StrengthMeter()
        self.message = MessageBar()
        card = Card()
        self._add(card, self.tr("&Name"), self.name, self.name)
        card.column.addSpacing(SPACE)
        self._add(card, self.tr("&Passphrase"), self.passphrase, self.passphrase.edit)
        card.column.addWidget(self.meter)
        card.column.addSpacing(SPACE)
        self._add(card, self.tr("Passphrase once &more"), self.again, self.again.edit)
        card.column.addWidget(self.message)
        self.column.addWidget(card)
        words = self.tr(
            "Nobody can give a lost passphrase back to you. Write it down and keep it safe."
        )
        self.column.addWidget(IconLine("info", words, Tone.NEUTRAL, Rank.NOTE))
        self.column.addStretch(1)
        self.name.textChanged.connect(self._on_edited)
        self.passphrase.edited.connect(self._on_edited)
        self.again.edited.connect(self._check)
        self.meter.judged.connect(self._on_judged)
        stops = (self.name, *self.passphrase.tab_widgets(), *self.again.tab_widgets())
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    @property
    def clean_name(self) -> str:
        """The name as it will be stored. Only while the step is complete."""
        return checked_name(self.name.text())

    def forget(self) -> None:
        """Clear both passphrases: they have done their work."""
        self.passphrase.clear()
        self.again.clear()

    @override
    def first_focus(self) -> QWidget:
        return self.name

    def _add(self, card: Card, text: str, field: QWidget, buddy: QWidget) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setBuddy(buddy)
        card.column.addWidget(label)
        card.column.addWidget(field)

    @Slot()
    def _on_edited(self) -> None:
        self._strength = None
        self.meter.judge(self.passphrase.text(), (self.name.text(),))
        self._check()

    @Slot(object)
    def _on_judged(self, strength: PassphraseStrength) -> None:
        self._strength = strength
        self._check()

    @Slot()
    def _check(self) -> None:
        trouble = self._name_trouble()
        typed, again = self.passphrase.text(), self.again.text()
        if not trouble and again and not typed.startswith(again):
            trouble = self.tr("The two passphrases differ. Type the same one twice.")
        strong = self._strength is not None and self._strength.is_enough
        if not trouble and typed and typed == again and self._strength is not None and not strong:
            trouble = self.tr("This passphrase is too easily guessed. {why}")
            trouble = trouble.format(why=self.meter.words)
        self.message.say(trouble, Tone.WARNING if trouble else Tone.NEUTRAL)
        named = bool(self.name.text().strip())
        self.completed.emit(named and not trouble and strong and typed == again)

    def _name_trouble(self) -> str:
        if not self.name.text().strip():
            return ""
        try:
            name = checked_name(self.name.text())
        except ValueError:
            return self.tr("This name holds characters that cannot be shown. Leave them out.")
        if name.casefold() in {one.name.casefold() for one in self._access.profiles}:
            return self.tr("Somebody of that name is enrolled. Choose another name.")
        return ""
