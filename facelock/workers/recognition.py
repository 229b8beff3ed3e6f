"""The recognition loop: takes the newest frame, does the work, reports small values."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QThread, Signal
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.core.frames import Frame
from facelock.workers.latest import Latest

if TYPE_CHECKING:
    from facelock.services.recognition import FacePipeline  # brings OpenCV: not before first paint

_WAIT_SECONDS = 0.1


class FrameWork(Protocol):
    """What is done with each frame: recognise, enrol, watch for presence."""

    def __call__(self, frame: Frame) -> object:
        """Return the value to report (a `Seen`, an `EnrolmentView`)."""
        ...


class RecognitionThread(QThread):
    """Loads the pipeline, then works on the newest frame until stopped.

    What is done with a frame is handed over whole through `work`, a one-place mailbox, so that the
    GUI thread never touches an object that this thread is using. While no work is set, frames are
    left alone and cost nothing.

    A watch is a second work, on frames of its own that come seldom. A frame of the first goes
    before it.
    """

    ready = Signal(object)  # FacePipeline: loaded and verified
    seen = Signal(object, object)  # the work, and what it returned: Seen, EnrolmentView
    failed = Signal(object)  # FacelockError or another exception: no models, or work that ended
    watched = Signal(object, object)  # the work of the watch, and what it returned
    watch_failed = Signal(object, object)  # the work of the watch, and the exception that ended it

    def __init__(
        self,
        load: Callable[[], FacePipeline],
        frames: Latest[Frame],
        parent: QObject | None = None,
        *,
        watched_frames: Latest[Frame] | None = None,
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._frames = frames
        self._watched_frames = Latest() if watched_frames is None else watched_frames
        self._work: Latest[tuple[FrameWork | None]] = Latest()
        self._watch: Latest[tuple[FrameWork | None]] = Latest()

    def do(self, work: FrameWork | None) -> None:
        """From any thread: replace what is done with frames; None rests."""
        self._work.put((work,))

    def watch(self, work: FrameWork | None) -> None:
        """From any thread: replace what is done with the frames of the watch; None ends it."""
        self._watch.put((work,))

    @override
    def run(self) -> None:
        try:
            self.ready.emit(self._load())
        except Exception as error:  # noqa: BLE001 - whatever it was, the GUI must hear and stay locked
            self._tell(error)
            return
        work: FrameWork | None = None
        watch: FrameWork | None = None
        while not self.isInterruptionRequested():
            # One wait a round, where the next frame is looked for; the other place is glanced at.
            watches_only = work is None and watch is not None
            frame = self._frames.take(0.0 if watches_only else _WAIT_SECONDS)
            if (change := self._work.take(0.0)) is not None:
                (work,) = change
            if frame is not None and work is not None:
                work = self._look(work, frame)
            seldom = self._watched_frames.take(_WAIT_SECONDS if watches_only else 0.0)
            if (change := self._watch.take(0.0)) is not None:
                (watch,) = change
            if seldom is not None and watch is not None:
                watch = self._do_watch(watch, seldom)

    def _look(self, work: FrameWork, frame: Frame) -> FrameWork | None:
        """Do the work; return what is to be done with the next frame."""
        try:
            self.seen.emit(work, work(frame))
        except Exception as error:  # noqa: BLE001 - as above; later work finds the loop alive
            self._tell(error)
            return None
        return work

    def _do_watch(self, watch: FrameWork, frame: Frame) -> FrameWork | None:
        """Do the work of the watch; what goes wrong there ends the watch and nothing else."""
        try:
            self.watched.emit(watch, watch(frame))
        except Exception as error:  # noqa: BLE001 - as above
            self.watch_failed.emit(watch, error)
            self._hand_to_the_hook(error)
            return None
        return watch

    def _tell(self, error: Exception) -> None:
        """Tell the GUI; what nobody foresaw goes to the one hook too, as from a task."""
        self.failed.emit(error)
        self._hand_to_the_hook(error)

    @staticmethod
    def _hand_to_the_hook(error: Exception) -> None:
        if not isinstance(error, FacelockError):
            sys.excepthook(type(error), error, error.__traceback__)

    def stop(self) -> bool:
        """Ask the loop to end and wait for it; True if it did within two seconds."""
        self.requestInterruption()
        return self.wait(2000)
