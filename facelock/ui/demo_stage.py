"""The demo's stage: who is before the simulated camera, as the person who tries it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from facelock.core.scene import Scene
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.text_labels import OneLine, Rank
from facelock.ui.theme import SPACE, colours
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import RadioButton

if TYPE_CHECKING:
    from facelock.core.ports import FrameSource
    from facelock.vision.camera_list import CameraInfo

_SCENES = (Scene.OWNER, Scene.STRANGER, Scene.BOTH, Scene.EMPTY, Scene.DARK)

Film = Callable[[Callable[[], Scene]], "FrameSource"]
"""Makes a camera that films what it is told at each frame."""


class DemoStage(QWidget):
    """A strip below the window, with the two names. The camera films on while the scene changes."""

    def __init__(
        self, owner: str, stranger: str, film: Film, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names = (owner, stranger)
        self._film = film
        whole = TurningRow(self._needed, self)
        whole.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        whole.setSpacing(SPACE)
        row = self._row = FlowLayout(gap=2 * SPACE, row_gap=SPACE)
        self._words = OneLine("", Rank.NOTE)
        row.addWidget(self._words)
        self._group = QButtonGroup(self)
        self.buttons: list[RadioButton] = []
        for index, scene in enumerate(_SCENES):
            button = RadioButton()
            button.setChecked(scene is Scene.OWNER)
            self._group.addButton(button, index)
            self.buttons.append(button)
            row.addWidget(button)
        credit = self._credit = OneLine("", Rank.NOTE)
        credit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(row, 1)
        whole.addWidget(credit)
        self._group.idToggled.connect(self._on_changed)
        self.scene = Scene.OWNER
        self._say()

    def film(self) -> FrameSource:
        """Return a camera on the stage; called in the camera's thread."""
        return self._film(lambda: self.scene)

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
        self._words.setText(self.tr("Demo. The camera sees:"))
        self._credit.setText(self.tr("Portraits: NASA, U.S. Navy"))
        owner, stranger = self._names
        words = {
            Scene.OWNER: owner,
            Scene.STRANGER: stranger,
            Scene.BOTH: self.tr("both"),
            Scene.EMPTY: self.tr("nobody"),
            Scene.DARK: self.tr("no light"),
        }
        for button, scene in zip(self.buttons, _SCENES, strict=True):
            button.setText(words[scene])

    def _needed(self) -> int:
        return self._row.sizeHint().width() + self._credit.sizeHint().width() + 6 * SPACE

    @Slot(int, bool)
    def _on_changed(self, index: int, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        if on:
            self.scene = _SCENES[index]


def simulated_camera() -> Sequence[CameraInfo]:
    """Return the demo's only camera, which can open nothing real; for a task."""
    from facelock.vision.camera_list import CameraInfo

    name = QCoreApplication.translate("demo", "Simulated camera")
    return (CameraInfo("demo", name, 0, 0, physical=False, why_refused="simulated"),)
