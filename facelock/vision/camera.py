"""A physical camera through OpenCV.

What OpenCV reports as "no frame" is told apart here: missing, denied, busy, gone, frozen. One
object serves one thread; opened, read and closed there.
"""

from __future__ import annotations

import sys
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from typing import Literal, Protocol, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import (
    CameraBusy,
    CameraFrozen,
    CameraLost,
    CameraNotFound,
    SimulatedCameraRefused,
)
from facelock.core.frames import Frame, Pixels
from facelock.vision.camera_access import check_access, is_connected
from facelock.vision.camera_list import CameraInfo, choose_camera, list_cameras

WIDTH, HEIGHT, FRAMES_PER_SECOND = 640, 480, 30

FIRST_FRAME_SECONDS = 5.0  # slow cameras start their sensor and exposure first
LOST_SECONDS = 1.0  # without a frame from a camera that delivered before
FROZEN_SECONDS = 3.0  # of one and the same picture
RETRY_SECONDS = 0.02  # between two reads that gave nothing

T = TypeVar("T")


class Capture(Protocol):
    """The part of `cv2.VideoCapture` in use."""

    def isOpened(self) -> bool: ...  # noqa: D102, N802 - OpenCV's name
    def set(self, propId: int, value: float) -> bool: ...  # noqa: D102, N803 - OpenCV's name
    def read(self) -> tuple[bool, NDArray[np.integer | np.floating] | None]: ...  # noqa: D102
    def grab(self) -> bool: ...  # noqa: D102
    def release(self) -> None: ...  # noqa: D102


class FrozenPicture:
    """Notices that a camera repeats itself. Sensor noise never gives the same picture twice.

    A plain picture (lens cap, privacy shutter) may repeat: that is darkness, not a defect.
    """

    def __init__(self, seconds: float = FROZEN_SECONDS) -> None:
        self._seconds = seconds
        self._digest: int | None = None
        self._since = 0.0

    def holds(self, pixels: Pixels, now: float) -> bool:
        """True if `pixels` completes more than the allowed time of one and the same picture."""
        sample = np.ascontiguousarray(pixels[::8, ::8])
        digest = zlib.crc32(sample.tobytes())
        if digest != self._digest or int(np.ptp(sample)) <= 4:
            self._digest, self._since = digest, now
            return False
        return now - self._since > self._seconds


def _capture(index: int, backend: int) -> Capture:
    return cv2.VideoCapture(index, backend)


class OpenCVCamera:
    """A `FrameSource` on a physical camera, and on nothing else (threat-model row 3).

    `camera`: what `list_cameras` gave, or its stable id; "" is the first physical camera. The
    camera is looked up anew at each `open`: its number changes when it is plugged in again, and
    a virtual one may have taken the old number.
    """

    def __init__(
        self,
        camera: CameraInfo | str = "",
        *,
        cameras: Callable[[], Sequence[CameraInfo]] = list_cameras,
        capture: Callable[[int, int], Capture] = _capture,
        access: Callable[[CameraInfo], None] = check_access,
        connected: Callable[[CameraInfo], bool] = is_connected,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        if isinstance(camera, CameraInfo):
            if not camera.physical:
                raise SimulatedCameraRefused(camera.why_refused or "not physical")
            camera = camera.camera_id
        self._camera_id = camera
        self._cameras = cameras
        self._new_capture = capture
        self._check_access = access
        self._is_connected = connected
        self._clock = clock
        self._wait = wait or threading.Event().wait
        self._capture: Capture | None = None
        self._camera: CameraInfo | None = None
        self._first: Frame | None = None
        self._frozen = FrozenPicture()

    @property
    def simulated(self) -> bool:
        """Always False, and there is no way to set it."""
        return False

    @property
    def camera(self) -> CameraInfo | None:
        """The camera that is open, None if none is."""
        return self._camera

    def open(self) -> None:
        """Start, and wait for the first frame: a camera that gives none is not open.

        Raises CameraNotFound, CameraDenied, CameraBusy or SimulatedCameraRefused.
        """
        if self._capture is not None:
            raise RuntimeError("the camera is open already")
        camera = choose_camera(self._cameras(), self._camera_id)
        self._check_access(camera)
        self._frozen = FrozenPicture()
        self._capture = self._new_capture(camera.index, camera.backend)
        self._camera = camera
        try:
            if self._capture.isOpened():
                _configure(self._capture)
                self._first = self._next_frame(FIRST_FRAME_SECONDS)
        except BaseException:
            self.close()
            raise
        if self._first is None:
            self.close()
            self._check_access(camera)
            if not self._is_connected(camera):
                raise CameraNotFound(camera.name)
            raise CameraBusy(camera.name)

    def read(self) -> Frame:
        """Wait for the next frame: (H, W, 3) BGR, usually 640 x 480.

        Blocks for about two seconds at most on Linux. Other systems' drivers may block for longer;
        `workers.camera_watch` notices. Raises CameraLost or CameraFrozen; close it then.
        """
        if self._capture is None or self._camera is None:
            raise RuntimeError("the camera is not open")
        frame, self._first = self._first, None
        frame = frame or self._next_frame(LOST_SECONDS)
        if frame is None:
            raise CameraLost(self._camera.name)
        if self._frozen.holds(frame.pixels, frame.captured_at):
            raise CameraFrozen(self._camera.name)
        return frame

    def skip(self) -> None:
        """Take the next frame from the driver and leave it undecoded. Raises CameraLost."""
        if self._capture is None or self._camera is None:
            raise RuntimeError("the camera is not open")
        first, self._first = self._first, None
        if first is None and self._until_delivered(self._grab, LOST_SECONDS) is None:
            raise CameraLost(self._camera.name)

    def close(self) -> None:
        """Release the camera."""
        capture, self._capture = self._capture, None
        self._camera = self._first = None
        if capture is not None:
            capture.release()

    def _next_frame(self, patience: float) -> Frame | None:
        """Return the next frame, None if the camera is gone or gives none in `patience` seconds."""
        return self._until_delivered(self._retrieve, patience)

    def _retrieve(self, capture: Capture, camera: CameraInfo) -> Frame | None:
        delivered, picture = capture.read()
        if not delivered or (pixels := _as_bgr(picture)) is None:
            return None
        return Frame(pixels, self._clock(), simulated=False, camera_id=camera.camera_id)

    @staticmethod
    def _grab(capture: Capture, _camera: CameraInfo) -> Literal[True] | None:
        return True if capture.grab() else None

    def _until_delivered(
        self, take: Callable[[Capture, CameraInfo], T | None], patience: float
    ) -> T | None:
        """Try until there is something; None if the camera is gone, or after `patience` seconds."""
        if self._capture is None or self._camera is None:
            return None
        deadline = self._clock() + patience
        while (taken := take(self._capture, self._camera)) is None:
            if self._clock() >= deadline or not self._is_connected(self._camera):
                return None
            self._wait(RETRY_SECONDS)
        return taken


def _configure(capture: Capture) -> None:
    """Ask once, in this order: each change of the size restarts the camera.

    Motion JPEG because uncompressed 640 x 480 at 30 frames fills a USB 2 bus that is shared. A
    camera that has no such mode keeps its own.
    """
    if sys.platform != "darwin":
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
    capture.set(cv2.CAP_PROP_FPS, FRAMES_PER_SECOND)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not the queue of old ones


def _as_bgr(picture: NDArray[np.integer | np.floating] | None) -> Pixels | None:
    """Return (H, W, 3) uint8 BGR; grey cameras give (H, W). None if it is no picture."""
    if picture is None or picture.size == 0 or picture.dtype != np.uint8:
        return None
    pixels = np.asarray(picture, dtype=np.uint8)
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(pixels) if pixels.shape[2] == 3 else None
