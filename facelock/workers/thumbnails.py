"""Live small pictures of all cameras at once, to choose one from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facelock.core.errors import CameraError, SimulatedCameraRefused
from facelock.core.frames import Frame
from facelock.core.ports import FrameSource
from facelock.vision.camera import OpenCVCamera
from facelock.vision.camera_list import CameraInfo
from facelock.vision.thumbnail import shrink
from facelock.workers.camera import CameraThread
from facelock.workers.latest import Latest

THUMBNAIL_WIDTH = 192  # pixels
_TICK_MILLISECONDS = 100  # ten pictures a second are live enough, and cheap


class _Thumbnail(QObject):
    """One camera's loop and its newest picture."""

    failed = Signal(str, object)  # camera_id, CameraError

    def __init__(
        self, camera: CameraInfo, open_source: Callable[[], FrameSource], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.camera_id = camera.camera_id
        self.newest: Latest[Frame] = Latest()
        self.loop = CameraThread(open_source, (self.newest,), self, pace=_TICK_MILLISECONDS / 1000)
        self.loop.failed.connect(self._on_failed)

    @Slot(object)
    def _on_failed(self, error: CameraError) -> None:
        self.failed.emit(self.camera_id, error)


class Thumbnails(QObject):
    """Shows what every physical camera sees until stopped. Lives in the GUI thread.

    All cameras run at once, each in a loop of its own: opening takes a second or more, in turns
    nothing would be live. Where a shared USB bus has no room for all, the last ones report busy
    and come in when room is made. Virtual cameras are refused without being opened.
    """

    picture = Signal(str, object)  # camera_id, Frame of THUMBNAIL_WIDTH pixels
    failed = Signal(str, object)  # camera_id, CameraError; tried again by itself

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        open_camera: Callable[[CameraInfo], FrameSource] = OpenCVCamera,
    ) -> None:
        super().__init__(parent)
        self._open_camera = open_camera
        self._shown: list[_Thumbnail] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def start(self, cameras: Sequence[CameraInfo]) -> None:
        """Show these cameras, and no others any more."""
        self.stop()
        for camera in cameras:
            if camera.physical:
                self._show(camera)
            else:
                refused = SimulatedCameraRefused(camera.why_refused or "not physical")
                self.failed.emit(camera.camera_id, refused)
        self._timer.start()

    def stop(self) -> bool:
        """Release all cameras; True if all did let go within their two seconds."""
        self._timer.stop()
        shown, self._shown = self._shown, []
        for thumbnail in shown:  # all at once, so that the waits below overlap
            thumbnail.loop.request_stop()
        stopped = [thumbnail.loop.stop() for thumbnail in shown]
        for thumbnail in shown:
            thumbnail.newest.clear()
            thumbnail.deleteLater()
        return all(stopped)

    @Slot()
    def look(self) -> None:
        """Send on what is new; the timer does it ten times a second."""
        for thumbnail in self._shown:
            frame = thumbnail.newest.take()
            if frame is not None:
                self.picture.emit(thumbnail.camera_id, shrink(frame, THUMBNAIL_WIDTH))

    def _show(self, camera: CameraInfo) -> None:
        thumbnail = _Thumbnail(camera, _opening(self._open_camera, camera), self)
        thumbnail.failed.connect(self.failed)
        self._shown.append(thumbnail)
        thumbnail.loop.start()


def _opening(
    open_camera: Callable[[CameraInfo], FrameSource], camera: CameraInfo
) -> Callable[[], FrameSource]:
    def open_source() -> FrameSource:
        return open_camera(camera)

    return open_source
