"""Cameras that misbehave on cue, and come back on cue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import CameraError, CameraFrozen, CameraLost
from facelock.core.frames import Frame, Pixels
from facelock.vision.camera_list import CameraInfo

PATIENCE = 5.0  # seconds a fake waits for its cue before it gives up: only a failing test does


def noise(seed: int, height: int = 48, width: int = 64) -> Pixels:
    """A picture like no other: (height, width, 3) uint8."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def camera_info(
    name: str = "Fake Camera", *, index: int = 0, why_refused: str | None = None
) -> CameraInfo:
    """A camera as `list_cameras` gives it; physical unless there is a reason to refuse it."""
    return CameraInfo(f"usb:0000:0000:{name}", name, index, 200, why_refused is None, why_refused)


class FakeSource:
    """A `FrameSource` whose troubles are switched on and off from the test's thread.

    `troubles_at_open` are raised by one `open` after the other; then it opens. While `trouble` is
    set, `read` raises it. `hold` makes `read` hang until `release`.
    """

    def __init__(
        self,
        troubles_at_open: Iterable[Exception] = (),
        *,
        trouble: Exception | None = None,
        frozen: bool = False,
        frames: int | None = None,
    ) -> None:
        self._troubles_at_open = list(troubles_at_open)
        self.trouble = trouble
        self.frozen = frozen
        self._left = frames
        self.picture: Callable[[int], Pixels] = noise  # by the number of the frame
        self.opens = 0
        self.closes = 0
        self.reads = 0
        self.skips = 0
        self.is_open = False
        self.threads: set[int] = set()
        self._may_read = threading.Event()
        self._may_read.set()
        self.is_hanging = threading.Event()

    @property
    def simulated(self) -> bool:
        return False

    def hold(self) -> None:
        self.is_hanging.clear()
        self._may_read.clear()

    def release(self) -> None:
        self._may_read.set()

    def open(self) -> None:
        assert not self.is_open
        self.opens += 1
        self.threads.add(threading.get_ident())
        if self._troubles_at_open:
            raise self._troubles_at_open.pop(0)
        self.is_open = True
        self._same = 0

    def _next(self) -> None:
        assert self.is_open
        self.threads.add(threading.get_ident())
        if not self._may_read.is_set():
            self.is_hanging.set()
            self._may_read.wait(PATIENCE)
        if self.trouble is not None:
            raise self.trouble
        threading.Event().wait(0.001)  # a camera takes its time; without it the GIL never rests

    def skip(self) -> None:
        self._next()
        self.skips += 1

    def read(self) -> Frame:
        self._next()
        if self._left is not None:
            if self._left == 0:
                raise EOFError
            self._left -= 1
        self.reads += 1
        if self.frozen:
            self._same += 1
            if self._same > 5:
                raise CameraFrozen("fake")
            return Frame(noise(0), 0.0, simulated=False)
        return Frame(self.picture(self.reads), self.reads / 30, simulated=False)

    def close(self) -> None:
        self.closes += 1
        self.is_open = False
        self.threads.add(threading.get_ident())


class FakeCapture:
    """What `cv2.VideoCapture` would be, on top of a list of pictures. None stands for no frame."""

    def __init__(
        self,
        pictures: Callable[[int], NDArray[np.uint8] | None],
        *,
        opens: bool = True,
    ) -> None:
        self._pictures = pictures
        self._opens = opens
        self.reads = 0
        self.grabs = 0
        self.released = 0
        self.settings: list[tuple[int, float]] = []

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._opens and not self.released

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
        self.settings.append((propId, value))
        return True

    def read(self) -> tuple[bool, NDArray[np.integer | np.floating] | None]:
        picture = self._pictures(self.reads)
        self.reads += 1
        return picture is not None, picture

    def grab(self) -> bool:
        self.grabs += 1
        return self.read()[0]

    def release(self) -> None:
        self.released += 1


class SteppingClock:
    """Time that passes only while somebody waits, or when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def lost() -> CameraError:
    return CameraLost("fake")
