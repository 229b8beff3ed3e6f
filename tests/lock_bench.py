"""A lock page on a lock in memory, with eyes that see what a test says and a clock it moves."""

from __future__ import annotations

from typing import NoReturn

from fakes_ui import FakeAccess, FakeEyes, ScriptedPipeline, calibration, profile
from PySide6.QtTest import QTest

from facelock.core.liveness import PASSIVE, Layer
from facelock.core.observation import NonMatch
from facelock.core.ports import FrameSource
from facelock.services.face_watch import FaceThere
from facelock.ui.identifying import Identifying
from facelock.ui.lock_page import LockPage
from facelock.ui.renewing import Renewing
from facelock.ui.ring_state import RingMood


def never() -> NoReturn:
    raise AssertionError("the fake renewal loads nothing")


class LockBench:
    """A lock page and what it drives."""

    def __init__(
        self,
        people: int = 1,
        *,
        loaded: bool = True,
        layers: frozenset[Layer] = PASSIVE,
    ) -> None:
        names = ("Mira", "Jonas", "Ana")[:people]
        self.access = FakeAccess(profiles=tuple(profile(n, i + 1) for i, n in enumerate(names)))
        self.access.layers = layers
        self.eyes = FakeEyes(ScriptedPipeline() if loaded else None)
        access, eyes = self.access.as_access(), self.eyes.as_eyes()
        self.renewing = Renewing(access, eyes, never, never)
        self.identifying = Identifying(access, calibration)
        self.page = LockPage(
            access,
            eyes,
            self._open,
            self.renewing,
            identifying=self.identifying,
            now=lambda: self.access.now,
        )
        self.page.resize(900, 640)

    def _open(self) -> FrameSource:
        raise AssertionError("the fake eyes open nothing")

    def shows(self, mood: RingMood) -> bool:
        return self.page.ring.mood is mood

    @property
    def sentence(self) -> str:
        return self.page.sentence.text()

    def watched(self, seconds: float, *, present: bool = False, too_dark: bool = False) -> None:
        """Let the watch see the same for so long, a frame each half second."""
        for _ in range(round(2 * seconds)):
            self.eyes.show_watched(FaceThere(present=present, too_dark=too_dark))
            self.access.now += 0.5

    @property
    def says_camera_on(self) -> bool:
        return self.page.sight.sign.isVisible()

    def stranger(self) -> None:
        for frames in (5, 12, 25):
            self.eyes.show(NonMatch(frames, 1.2, 0.6))

    def type(self, text: str) -> None:
        QTest.keyClicks(self.page.passphrase.edit, text)

    def close(self) -> None:
        self.page.hide()
        self.page.deleteLater()
        self.identifying.deleteLater()
        self.eyes.deleteLater()
