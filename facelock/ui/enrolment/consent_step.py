"""Consent in plain words, before the first picture is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.ui.card import Card
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.wrapping_text import CheckBox


class ConsentStep(StepPage):
    """What is stored, where, how it goes away again, and what a webcam lock cannot do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Before the camera looks"),
            self.tr("Your face is personal. This is what happens to it, and what does not."),
            parent,
        )
        card = Card()
        card.column.addWidget(TextLabel(self.tr("What is kept"), Rank.HEADING))
        for icon_name, text in self._kept():
            card.column.addWidget(IconLine(icon_name, text, Tone.ACCENT))
        self.column.addWidget(card)
        limits = Card()
        limits.column.addWidget(TextLabel(self.tr("What it can and cannot do"), Rank.HEADING))
        for icon_name, text in self._limits():
            limits.column.addWidget(IconLine(icon_name, text, Tone.WARNING))
        self.column.addWidget(limits)
        self.agree = CheckBox(self.tr("I &agree that my face is measured on this computer"))
        self.agree.toggled.connect(self.completed)
        self.column.addSpacing(SPACE)
        self.column.addWidget(self.agree)
        self.column.addStretch(1)

    @override
    def first_focus(self) -> QWidget:
        return self.agree

    def _kept(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                "face",
                self.tr(
                    "A row of numbers measured from your face, and small cut-outs of it, so that "
                    "you need not enrol again after an update."
                ),
            ),
            ("vault", self.tr("Encrypted, on this computer only. Nothing is ever sent anywhere.")),
            (
                "camera",
                self.tr(
                    "While Facelock is open, the camera looks twice a second whether you are still "
                    "there. No picture of that is kept, and Settings switch it off."
                ),
            ),
            (
                "trash",
                self.tr("Erase it at any time under People: pictures, numbers and keys go."),
            ),
        )

    def _limits(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                "key",
                self.tr(
                    "Your face is a convenience. Your passphrase is the key, and always works."
                ),
            ),
            (
                "people",
                self.tr("A webcam can mistake close relatives for you. An identical twin gets in."),
            ),
            (
                "camera",
                self.tr("It is no depth camera: a good photo of you may deceive it."),
            ),
        )
