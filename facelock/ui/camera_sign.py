"""The words that say that the camera is on, for as long as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from facelock.ui.text_labels import IconLine, Rank, Tone

if TYPE_CHECKING:
    from facelock.workers.eyes import Eyes


class CameraSign(IconLine):
    """Not every camera has a light, and not every light is seen. Keeps its place while it is off.

    It goes by the frames that come, not by what was asked of the camera.
    """

    def __init__(self, eyes: Eyes, parent: QWidget | None = None) -> None:
        super().__init__("camera", "", Tone.GOOD, Rank.NOTE, parent)
        self.label.setText(self.tr("Camera on"))
        self.label.setWordWrap(False)  # two short words; and what wraps asks for room it needs not
        self.setAccessibleName(self.tr("Camera on"))
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        eyes.camera_on_changed.connect(self._show)
        if not eyes.camera_is_on:  # to show it before it has a place would make it a window
            self.hide()

    @Slot(bool)
    def _show(self, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        self.setVisible(on)
