"""One enrolment under way, seen from the GUI thread: starts it, listens, hands out the profile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.services.enrolling import Enroller
from facelock.ui.enrolment.capture_work import CaptureWork, NumberedView, Once
from facelock.ui.error_text import error_text

if TYPE_CHECKING:
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.workers.eyes import Eyes, OpenSource


class Capture(QObject):
    """Shared by the capture step and the appearance step, which is a second pass of the same."""

    viewed = Signal(object)  # EnrolmentView
    face_seen = Signal()  # somebody is there: the program is in use though nobody touches it
    troubled = Signal(str)  # a sentence; "" when it is over

    def __init__(
        self, access: Access, eyes: Eyes, calibration: Calibration, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._eyes = eyes
        self._calibration = calibration
        self._number = 0
        self._running = False
        self._wishes: tuple[Once, ...] = ()
        self.enroller: Enroller | None = None
        eyes.seen.connect(self._on_seen)
        eyes.camera_failed.connect(self._on_trouble)
        eyes.pipeline_failed.connect(self._on_failed)
        eyes.camera_opened.connect(self._on_opened)
        eyes.pipeline_ready.connect(self._on_ready)

    def start(self, open_source: OpenSource) -> None:
        """Open the camera and begin, or go on where it was left."""
        self._running = True
        self._eyes.look(open_source)
        self._work()

    def stop(self) -> None:
        """Release the camera. What was taken is kept."""
        if self._running:
            self._running = False
            self._number += 1
            self._eyes.work(None)
            self._eyes.close_eyes()

    def restart(self) -> None:
        """Forget what was taken."""
        self.enroller, self._wishes = None, ()
        self._work()

    def use_plain_mode(self) -> None:
        """Ask for no turns of the head any more."""
        if self.enroller is not None:
            self._wish(self.enroller.use_plain_mode)
            self._work()

    def add_appearance(self, name: str) -> None:
        """Begin a second pass. Call before `start`."""
        if self.enroller is not None:
            self._wish(partial(self.enroller.add_appearance, name))

    def _wish(self, what: Callable[[], object]) -> None:
        self._wishes = (*self._wishes, Once(what))

    def _work(self) -> None:
        pipeline = self._eyes.pipeline
        if pipeline is None or not self._running:
            return
        if self.enroller is None:
            gallery = self._access.gallery(pipeline.model_sha256)
            self.enroller = Enroller(pipeline, gallery, self._calibration, self._access.demo)
            self._wish(pipeline.restart)
        self._number += 1
        self._eyes.work(CaptureWork(self.enroller, self._number, self._wishes))

    @Slot(object)
    def _on_seen(self, report: object) -> None:
        if self._running and isinstance(report, NumberedView) and report.number == self._number:
            self._wishes = ()  # done before the frame this view is of
            self.viewed.emit(report.view)
            if report.view.look.face is not None:
                self.face_seen.emit()

    @Slot(object)
    def _on_trouble(self, error: Exception) -> None:
        if self._running:
            self.troubled.emit(error_text(error))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """The work came to an end: nothing will look at another frame before a new start."""
        if self._running:
            self._eyes.close_eyes()
            self.troubled.emit(error_text(error))

    @Slot()
    def _on_opened(self) -> None:
        if self._running:
            self.troubled.emit("")

    @Slot(object)
    def _on_ready(self, _pipeline: object) -> None:
        self._work()
