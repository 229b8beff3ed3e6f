"""The end: enrolled, and what to know from here on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facelock.ui.app_mark import AppMark
from facelock.ui.card import Card
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.text_labels import IconLine, Tone


class DoneStep(StepPage):
    """Nothing more to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("You are enrolled"),
            self.tr("From now on a glance is enough, and your passphrase always works."),
            parent,
        )
        self.column.insertWidget(0, AppMark(72), 0, Qt.AlignmentFlag.AlignLeft)
        card = Card()
        for icon_name, text in (
            ("lock", self.tr("Lock with Ctrl+L whenever you leave.")),
            ("key", self.tr("Keep your passphrase safe: it is asked for now and then.")),
            ("people", self.tr("Under People you can enrol others, or erase yourself.")),
        ):
            card.column.addWidget(IconLine(icon_name, text, Tone.ACCENT))
        self.column.addWidget(card)
        self.column.addStretch(1)
