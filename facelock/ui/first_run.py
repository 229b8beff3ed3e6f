"""The first page a new person sees: what this is, what it promises, and what it cannot do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.app_mark import AppMark
from facelock.ui.card import Card, Rule
from facelock.ui.demo_badge import DemoBadge
from facelock.ui.liveness_text import liveness_sentence
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import READING_WIDTH, SPACE


class FirstRunPage(QScrollArea):
    """Welcome. `begin` leads into the wizard, which asks for consent before the camera looks."""

    begin = Signal()

    def __init__(self, *, demo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Welcome to Facelock"))
        self.button = PushButton(self.tr("&Begin"))
        self.button.setDefault(True)
        self.button.clicked.connect(self.begin)
        card = Card()
        card.setMaximumWidth(READING_WIDTH + 8 * SPACE)
        card.column.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 4 * SPACE)
        card.column.setSpacing(2 * SPACE)
        card.column.addWidget(AppMark(80), 0, Qt.AlignmentFlag.AlignHCenter)
        for text, rank in (
            (self.tr("Welcome to Facelock"), Rank.TITLE),
            (self.tr("Your private corner of this computer, opened with a glance."), Rank.MUTED),
        ):
            label = TextLabel(text, rank)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            card.column.addWidget(label)
        card.column.addSpacing(SPACE)
        for icon_name, text in self._promises():
            card.column.addWidget(IconLine(icon_name, text, Tone.ACCENT))
        card.column.addWidget(Rule())
        for icon_name, text in self._limits():
            card.column.addWidget(IconLine(icon_name, text, Tone.NEUTRAL, Rank.NOTE))
        card.column.addSpacing(SPACE)
        card.column.addWidget(self.button)

        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addWidget(DemoBadge(shown=demo), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 1000)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidget(inside)

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.button.setFocus()

    def _promises(self) -> tuple[tuple[str, str], ...]:
        return (
            ("face", self.tr("A glance is enough. You are recognised within a second.")),
            ("vault", self.tr("Nothing leaves this computer. No account, no cloud.")),
            ("key", self.tr("Your passphrase always works, with or without a camera.")),
        )

    def _limits(self) -> tuple[tuple[str, str], ...]:
        return (
            ("info", self.tr("A webcam is no depth camera: a twin may get past it.")),
            ("info", liveness_sentence()),
            ("info", self.tr("It does not replace the login of your computer.")),
        )
