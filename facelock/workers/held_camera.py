"""The one camera that is open, or none: opened for who wants it, kept while it is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import CameraError
from facelock.workers.camera import CameraThread
from facelock.workers.camera_watch import CameraWatch
from facelock.workers.share import Share

if TYPE_CHECKING:
    from facelock.core.ports import FrameSource

OpenSource = Callable[[], "FrameSource"]


class HeldCamera(QObject):
    """Holds a `CameraThread` while frames are wanted. Lives in the GUI thread.

    What a camera says after it was let go of is not passed on.
    """

    opened = Signal()  # frames come: at the start, after trouble, or to a new share
    failed = Signal(object)  # CameraError; the loop goes on trying by itself
    ended = Signal()  # a simulated camera came to its end
    on_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop: CameraThread | None = None
        self._opened: OpenSource | None = None  # what it was opened with
        self._is_on = False
        self._has_trouble = False
        self._is_over = False

    @property
    def is_on(self) -> bool:
        """True from when it was opened until it is released: its light is on."""
        return self._is_on

    @property
    def has_trouble(self) -> bool:
        """True if it told of trouble that is not over."""
        return self._has_trouble

    def is_of(self, open_source: OpenSource) -> bool:
        """True if this is what it was opened with."""
        return self._loop is not None and self._opened == open_source

    def have(self, open_source: OpenSource, shares: Sequence[Share]) -> None:
        """Give the frames of this camera to these and to nobody else."""
        if self._is_over or not self.is_of(open_source):
            self.release()
        if self._loop is None:
            self._open(open_source, shares)
        else:
            self._loop.serve(shares)

    def release(self) -> None:
        """Close it; nothing happens if none is open. No picture of it is left."""
        loop, self._loop = self._loop, None
        self._opened, self._has_trouble, self._is_over = None, False, False
        if loop is not None:
            loop.serve(())
            # A hanging driver keeps its thread: then the application deletes it later.
            if loop.stop():
                loop.deleteLater()
        self._set_on(on=False)

    def _open(self, open_source: OpenSource, shares: Sequence[Share]) -> None:
        loop = CameraThread(open_source, (), self)
        loop.serve(shares)
        loop.opened.connect(self._on_opened)
        loop.held.connect(self._on_held)
        loop.failed.connect(self._on_failed)
        loop.ended.connect(self._on_ended)
        watch = CameraWatch(loop, loop)  # for a driver that hangs and can report nothing
        watch.failed.connect(self._on_silence)
        watch.recovered.connect(self._on_recovered)
        self._loop, self._opened = loop, open_source
        loop.start()

    def _set_on(self, *, on: bool) -> None:
        if on is not self._is_on:
            self._is_on = on
            self.on_changed.emit(on)

    def _is_stale(self) -> bool:
        """True if the signal under way comes from a camera that was let go of since."""
        sender = self.sender()
        loop = sender.parent() if isinstance(sender, CameraWatch) else sender
        return self._loop is None or loop is not self._loop

    @Slot(bool)
    def _on_held(self, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        if not self._is_stale():
            self._set_on(on=on)

    @Slot()
    def _on_opened(self) -> None:
        if not self._is_stale():
            self._has_trouble = False
            self.opened.emit()

    @Slot()
    def _on_recovered(self) -> None:
        if not self._is_stale():
            self._has_trouble = False
            self.opened.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not self._is_stale():
            self._has_trouble = True
            self._is_over = not isinstance(error, CameraError)
            self.failed.emit(error)

    @Slot(object)
    def _on_silence(self, error: Exception) -> None:
        if not self._is_stale():
            self._has_trouble = True  # and it is on: the driver has it
            self.failed.emit(error)

    @Slot()
    def _on_ended(self) -> None:
        if not self._is_stale():
            self._is_over = True
            self.ended.emit()
