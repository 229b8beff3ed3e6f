"""A computer's camera that is plugged in and out, taken by others, frozen and covered on cue."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np
from fake_cameras import camera_info, noise
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.vision.camera import OpenCVCamera
from facelock.vision.camera_list import CameraInfo

HASTE = 10.0
"""Time passes so much faster for the camera: what it waits for seconds takes a test a moment."""


def black(_number: int) -> Pixels:
    return np.zeros((48, 64, 3), np.uint8)


def frozen(_number: int) -> Pixels:
    return noise(7)


class FakeUsb:
    """One physical camera, or none. `source` makes the real `OpenCVCamera` on it."""

    def __init__(self) -> None:
        self.index: int | None = 0  # None: it is not plugged in
        self.virtual_index: int | None = None  # a virtual camera that took a number
        self.is_taken = False  # another program has it
        self.picture: Callable[[int], Pixels] = noise
        self.opened: list[int] = []  # the numbers that were opened
        self.held: set[_Capture] = set()
        self.frames = 0
        self.grabs = 0

    def unplug(self) -> None:
        self.index = None

    def plug_in(self, index: int = 0) -> None:
        self.index = index

    def source(self) -> OpenCVCamera:
        return OpenCVCamera(
            camera_info().camera_id,
            cameras=self._cameras,
            capture=self._capture,
            access=lambda _: None,
            connected=lambda camera: camera.index == self.index,
            clock=lambda: time.monotonic() * HASTE,
            wait=lambda seconds: threading.Event().wait(seconds / HASTE),
        )

    def _cameras(self) -> Sequence[CameraInfo]:
        found = [] if self.index is None else [camera_info(index=self.index)]
        if self.virtual_index is not None:
            found.append(camera_info("Virtual", index=self.virtual_index, why_refused="virtual"))
        return found

    def _capture(self, index: int, _backend: int) -> _Capture:
        capture = _Capture(self, index)
        self.opened.append(index)
        self.held.add(capture)
        return capture


class _Capture:
    """What `cv2.VideoCapture` would be, on this bus."""

    def __init__(self, usb: FakeUsb, index: int) -> None:
        self._usb, self._index = usb, index

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self in self._usb.held and self._is_there()

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
        del propId, value
        return True

    def read(self) -> tuple[bool, NDArray[np.integer | np.floating] | None]:
        if not self.grab():
            return False, None
        return True, self._usb.picture(self._usb.frames)

    def grab(self) -> bool:
        assert self in self._usb.held, "what was released is not read"
        threading.Event().wait(0.002)  # a camera takes its time
        self._usb.grabs += 1
        self._usb.frames += self._is_there()
        return self._is_there()

    def release(self) -> None:
        self._usb.held.discard(self)

    def _is_there(self) -> bool:
        return self._usb.index == self._index and not self._usb.is_taken
