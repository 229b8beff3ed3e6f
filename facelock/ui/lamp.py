"""A lamp for dark rooms: the lock page turns nearly white while the camera looks for a face."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from facelock.core.look import DARK_SCENE
from facelock.core.observation import NoFace, Observation, PoorQuality
from facelock.core.quality import Defect
from facelock.ui.guidance_text import observation_sentence
from facelock.ui.ring_state import RingMood
from facelock.ui.scan_view import ScanView
from facelock.ui.theme import lamp_palette

if TYPE_CHECKING:
    from facelock.services.recognition import Seen

DARK_SECONDS = 0.5
"""In the dark for so long, the lamp goes on: a hand that passes the lens does not light it."""
_DIM_SCENE = 2 * DARK_SCENE
_GOES_ON = frozenset(
    {RingMood.WAITING, RingMood.SCANNING, RingMood.ASKING, RingMood.REFUSED, RingMood.NO_CAMERA}
)


def lock_sentence(seen: Seen) -> str:
    """Return what the lock page says of one frame; of darkness, what the page does."""
    if _is_dark(seen):
        return QCoreApplication.translate(
            "LockPage",
            "It is too dark for the camera. This page lights up for you; or type your passphrase.",
        )
    return observation_sentence(seen.observation)


class Lamp(QObject):
    """Lights a page. Once on it stays on until the scan ends.

    The light it gives is what the face is seen by: a lamp that went out again as soon as there is
    light enough would flicker. It goes out when it does not help: the picture stays black.
    """

    def __init__(self, page: QWidget, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(page)
        self._page = page
        self._now = now
        self._dark_since: float | None = None
        self._on = False

    @property
    def is_on(self) -> bool:
        """True while the page gives light."""
        return self._on

    @Slot(object)
    def note(self, seen: Seen) -> None:
        """Take what one frame of a scan showed."""
        if not _is_dark(seen):
            self._dark_since = None
            if _is_black(seen.observation):  # no lamp shines through a shutter
                self.put_out()
            return
        now = self._now()
        if self._dark_since is None:
            self._dark_since = now
        if now - self._dark_since >= DARK_SECONDS:
            self._switch(on=True)

    @Slot(object)
    def follow(self, view: ScanView) -> None:
        """Go out when the scan is over, however it ended."""
        if view.mood not in _GOES_ON:
            self.put_out()

    @Slot()
    def put_out(self) -> None:
        """Give no light."""
        self._dark_since = None
        self._switch(on=False)

    def _switch(self, *, on: bool) -> None:
        if on is self._on:
            return
        self._on = on
        # All at once, without fading: what fades up is light too late, and motion besides.
        self._page.setPalette(lamp_palette() if on else QPalette())


def _is_black(seen: Observation) -> bool:
    return isinstance(seen, NoFace) and seen.black


def _is_dark(seen: Seen) -> bool:
    """True if light on the face would help. A face before a bright window is no dark room."""
    match seen.observation:
        case NoFace(too_dark, black):
            return too_dark and not black
        case PoorQuality(defects):
            return Defect.TOO_DARK in defects and seen.look.scene_brightness < _DIM_SCENE
        case _:
            return False
