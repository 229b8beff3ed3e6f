"""The demo's stage: who stands before the simulated camera while the app is locked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QRadioButton, QWidget
from typing_extensions import override

from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE, colours

if TYPE_CHECKING:
    from facelock.core.ports import FrameSource
    from facelock.workers.eyes import Eyes

Scene = tuple[str, "Callable[[int], FrameSource]"]


class DemoStage(QWidget):
    """A strip below the window. `scenes`: a name and how to film them; the first is the owner."""

    def __init__(
        self, scenes: tuple[Scene, ...], eyes: Eyes, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scenes = scenes
        self._eyes = eyes
        self._takes = 0  # no two takes are the same
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        self._row.setSpacing(SPACE)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        label = TextLabel(self.tr("Demo. Before the simulated camera:"), Rank.NOTE)
        label.setWordWrap(False)
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        for index, (name, _) in enumerate(scenes):
            button = QRadioButton(name)
            button.setChecked(index == 0)
            self._group.addButton(button, index)
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        credit = TextLabel(self.tr("Portraits: NASA, U.S. Navy"), Rank.NOTE)
        credit.setWordWrap(False)
        self._row.addWidget(label)
        self._row.addLayout(row, 1)
        self._row.addWidget(credit)
        self._needed = self._row.sizeHint().width()  # side by side
        self._group.idToggled.connect(self._on_changed)
        self._chosen = 0

    def film(self) -> FrameSource:
        """Return a camera on whoever stands there; called in the camera's thread."""
        self._takes += 1
        return self._scenes[self._chosen][1](self._takes)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """In large print, or in a narrow window, the parts stand below each other."""
        super().resizeEvent(event)
        beside = self.width() >= self._needed
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.raised)
        painter.fillRect(0, 0, self.width(), 1, now.outline)

    @Slot(int, bool)
    def _on_changed(self, index: int, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        if on:
            self._chosen = index
            if self._eyes.is_looking:
                self._eyes.look(self.film)
