"""The demo's stage: who stands before the simulated camera while the app is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from facelock.ui.flow_layout import FlowLayout
from facelock.ui.text_labels import OneLine, Rank
from facelock.ui.theme import SPACE, colours
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import RadioButton

if TYPE_CHECKING:
    from facelock.core.ports import FrameSource
    from facelock.vision.camera_list import CameraInfo
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
        whole = TurningRow(self._needed, self)
        whole.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        whole.setSpacing(SPACE)
        row = self._row = FlowLayout(gap=2 * SPACE, row_gap=SPACE)
        self._words = OneLine("", Rank.NOTE)
        row.addWidget(self._words)
        self._group = QButtonGroup(self)
        self.buttons: list[RadioButton] = []
        for index, (name, _) in enumerate(scenes):
            button = RadioButton(name)
            button.setChecked(index == 0)
            self._group.addButton(button, index)
            self.buttons.append(button)
            row.addWidget(button)
        credit = self._credit = OneLine("", Rank.NOTE)
        credit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(row, 1)
        whole.addWidget(credit)
        self._group.idToggled.connect(self._on_changed)
        self._chosen = 0
        self._say()

    def film(self) -> FrameSource:
        """Return a camera on whoever stands there; called in the camera's thread."""
        self._takes += 1
        return self._scenes[self._chosen][1](self._takes)

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.raised)
        painter.fillRect(0, 0, self.width(), 1, now.outline)

    def _say(self) -> None:
        self._words.setText(self.tr("Demo. Before the simulated camera:"))
        self._credit.setText(self.tr("Portraits: NASA, U.S. Navy"))

    def _needed(self) -> int:
        return self._row.sizeHint().width() + self._credit.sizeHint().width() + 6 * SPACE

    @Slot(int, bool)
    def _on_changed(self, index: int, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        if on:
            self._chosen = index
            if self._eyes.is_looking:
                self._eyes.look(self.film)


def simulated_camera() -> Sequence[CameraInfo]:
    """Return the demo's only camera, which can open nothing real; for a task."""
    from facelock.vision.camera_list import CameraInfo

    name = QCoreApplication.translate("demo", "Simulated camera")
    return (CameraInfo("demo", name, 0, 0, physical=False, why_refused="simulated"),)
