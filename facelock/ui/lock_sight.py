"""The seeing side of the lock page: the ring, and the one sentence about what the camera does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facelock.ui.announce import announce
from facelock.ui.camera_sign import CameraSign
from facelock.ui.preview_ring import PreviewRing
from facelock.ui.ring_state import RingMood
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.ui.scan_view import ScanView
    from facelock.workers.eyes import Eyes


class LockSight(QWidget):
    """Shows what a scan, or the watch for somebody who comes back, says of itself."""

    def __init__(self, eyes: Eyes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = PreviewRing()
        self.sentence = TextLabel("", Rank.LEAD)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumHeight(2 * self.sentence.fontMetrics().lineSpacing())
        self.sign = CameraSign(eyes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addStretch(1)
        column.addWidget(self.ring, 1000)
        column.addWidget(self.sentence)
        column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def fit(self, *, wide: bool) -> None:
        """Take the room there is beside the form, or above it."""
        self.ring.setMinimumHeight(300 if wide else 180)
        self.ring.setMaximumHeight(360 if wide else 220)

    @Slot(object)
    def tell(self, view: ScanView) -> None:
        """Show a view; screen readers hear what is new in it."""
        if view.prompt is None:
            self.ring.set_mood(view.mood)
        else:
            self.ring.ask(view.prompt)
        self.ring.show_look(view.look)
        self.ring.set_share_left(view.share_left)
        if view.sentence == self.sentence.text():
            return
        self.sentence.setText(view.sentence)
        self.ring.describe(view.sentence)
        # A countdown that speaks every second would drown the typing.
        if view.mood is not RingMood.COOLING or view.share_left > 0.98:
            announce(self.ring, view.sentence, urgent=view.mood is RingMood.REFUSED)
