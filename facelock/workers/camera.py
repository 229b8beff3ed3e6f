"""The camera loop: reads frames until stopped, and tries again by itself when it cannot."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal
from typing_extensions import override

from facelock.core.errors import (
    CameraError,
    CameraFrozen,
    CameraLost,
    CameraNotFound,
    FacelockError,
)
from facelock.core.exposure import ExposureRamp
from facelock.core.frames import Frame
from facelock.core.ports import FrameSource
from facelock.workers.latest import Latest
from facelock.workers.share import Share

BACKOFF_SECONDS = (0.5, 1.0, 2.0)
"""Waits before the next try; the last one repeats."""

STOP_MILLISECONDS = 2000


class CameraThread(QThread):
    """Reads frames into mailboxes until stopped. Owns the source from `open` to `close`.

    Who gets them may change while it runs (`serve`). Frames that nobody is due are skipped.

    Busy, missing, denied, unplugged and frozen cameras are reported once each and tried again
    until they deliver; the camera is released between tries. `open_source` is called in the
    thread, for each try.

    A driver may keep `open` or `read` waiting; nothing can interrupt that. `CameraWatch` notices
    such a silence from the GUI thread.
    """

    opened = Signal()  # the first frame has come, at the start, after a failure or to new shares
    held = Signal(bool)  # the camera is open, and its light on; or it was released
    failed = Signal(object)  # CameraError: tried again; another FacelockError: the loop is over
    ended = Signal()  # a clip came to its end; the loop is over

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        mailboxes: Sequence[Latest[Frame]],
        parent: QObject | None = None,
        *,
        pace: float = 0.0,
        backoff: Sequence[float] = BACKOFF_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._open_source = open_source
        self._shares: tuple[Share, ...] = (Share(mailboxes, pace),)
        self._serving = threading.Lock()  # around the shares and what is put into them
        self._is_news = True  # whoever is served now has not been told of a first frame
        self._backoff = tuple(backoff)
        self._stopping = threading.Event()
        self._trouble: CameraError | None = None  # reported, and not over yet
        self._last_frame_at: float | None = None

    @property
    def last_frame_at(self) -> float | None:
        """Seconds (time.monotonic) of the newest frame; None while the camera does not deliver."""
        return self._last_frame_at

    def serve(self, shares: Sequence[Share]) -> None:
        """From any thread: from now on these get the frames, and whoever else did keeps none."""
        with self._serving:
            gone = [share for share in self._shares if share not in shares]
            self._is_news = self._is_news or any(share not in self._shares for share in shares)
            self._shares = tuple(shares)
            for share in gone:
                share.forget()

    def request_stop(self) -> None:
        """Ask the loop to end, without waiting for it."""
        self.requestInterruption()
        self._stopping.set()

    def stop(self) -> bool:
        """Ask the loop to end and wait; True if it did, and the camera is released.

        False after two seconds: a driver hangs. The thread then belongs to the application and
        deletes itself once the driver returns; the caller just lets go of it.
        """
        self.request_stop()
        if self.wait(STOP_MILLISECONDS):
            self._stopping.clear()  # may be started again
            return True
        # Deleting a QThread that runs aborts the program.
        self.setParent(QCoreApplication.instance())
        self.finished.connect(self.deleteLater)
        return False

    @override
    def run(self) -> None:
        self._trouble, self._is_news = None, True
        tries = 0
        try:
            while not self._is_stopping():
                try:
                    self._watch_once()
                except CameraError as error:
                    if self._trouble is None:
                        tries = 0
                    self._report(error)
                    self._forget_frames()
                    self._stopping.wait(self._backoff[min(tries, len(self._backoff) - 1)])
                    tries += 1
                except FacelockError as error:  # a clip that cannot be played: nothing to wait for
                    self.failed.emit(error)
                    return
                except EOFError:
                    self.ended.emit()
                    return
            self._forget_frames()
        finally:
            self._last_frame_at = None

    def _watch_once(self) -> None:
        """Open the camera and read until it fails or the loop is stopped; always release it."""
        source = self._open_source()
        is_held = False
        try:
            source.open()
            is_held = True
            self.held.emit(is_held)
            self._read(source)
        finally:
            source.close()
            if is_held:
                self.held.emit(not is_held)

    def _read(self, source: FrameSource) -> None:
        """Hand out frames until the source fails or the loop is stopped."""
        first: Frame | None = None
        ramp = None if source.simulated else ExposureRamp()
        while not self._is_stopping():
            if self._last_frame_at is not None and not self._is_wanted(time.monotonic()):
                source.skip()
                self._last_frame_at = time.monotonic()
                continue
            frame = source.read()
            first = first or frame
            if self._last_frame_at is None and self._still_frozen(first, frame):
                continue
            if ramp is not None and not ramp.is_over(frame.pixels, time.monotonic()):
                continue
            ramp = None
            self._deliver(frame)

    def _is_wanted(self, now: float) -> bool:
        with self._serving:
            return any(share.is_due(now) for share in self._shares)

    def _deliver(self, frame: Frame) -> None:
        now = time.monotonic()
        self._trouble = None
        self._last_frame_at = now
        with self._serving:
            is_news, self._is_news = self._is_news, False
        if is_news:
            self.opened.emit()
        with self._serving:
            for share in self._shares:
                share.put(frame, now)

    def _still_frozen(self, first: Frame, frame: Frame) -> bool:
        """True if the camera was frozen and has not yet shown two different pictures."""
        return isinstance(self._trouble, CameraFrozen) and np.array_equal(
            first.pixels, frame.pixels
        )

    def _is_stopping(self) -> bool:
        return self._stopping.is_set() or self.isInterruptionRequested()

    def _report(self, error: CameraError) -> None:
        """Tell once per kind of failure. After "unplugged", "not found" is no news."""
        known = self._trouble
        if type(error) is type(known):
            return
        if isinstance(known, CameraLost) and isinstance(error, CameraNotFound):
            return
        self._trouble = error
        self.failed.emit(error)

    def _forget_frames(self) -> None:
        self._last_frame_at = None
        with self._serving:
            self._is_news = True
            for share in self._shares:
                share.forget()
