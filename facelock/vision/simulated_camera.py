"""A camera that plays a clip, a folder of pictures, or pictures in memory.

For demo profiles and `facelock simulate` only. Every frame says `simulated`, and there is no
option that makes it say anything else (threat-model row 3).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from facelock.core.errors import PictureUnreadable
from facelock.core.frames import Frame, Pixels
from facelock.vision.clip import FOLDER_FPS, ClipRange, Played, parse_clip, play, play_memory

__all__ = ["ClipRange", "SimulatedCamera", "parse_clip"]


class SimulatedCamera:
    """A `FrameSource` that plays a `ClipRange`.

    `realtime` paces the frames as they were recorded; else they come as fast as they are read.
    `loop` begins again at the end, with `captured_at` going on; else the end is an EOFError.
    `clock` and `wait` (both in seconds) stand for time in tests.
    """

    def __init__(
        self,
        clip: ClipRange,
        *,
        realtime: bool,
        loop: bool,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._play: Callable[[], Played] = partial(play, clip)
        self._name = clip.path.name
        self._realtime = realtime
        self._loop = loop
        self._clock = clock
        self._wait = wait or threading.Event().wait
        self._playing: Played | None = None
        self._next: tuple[float, Pixels] | None = None
        self._first: float | None = None  # position of the first frame, seconds
        self._last = 0.0  # position of the frame read last
        self._step = 1.0 / FOLDER_FPS  # seconds between the last two frames
        self._played_before = 0.0  # seconds of the rounds before this one
        self._started: tuple[float, float] | None = None  # (clock, captured_at) of the first frame

    @classmethod
    def of_frames(
        cls,
        frames: Sequence[Pixels],
        fps: float,
        *,
        realtime: bool = False,
        loop: bool = False,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> SimulatedCamera:
        """Return a camera that plays pictures in memory, (H, W, 3) uint8 BGR each.

        They are copied as they are played: the caller's stay writable.
        """
        nowhere = ClipRange(Path("memory"))
        camera = cls(nowhere, realtime=realtime, loop=loop, clock=clock, wait=wait)
        camera._play = partial(play_memory, frames, fps)
        return camera

    @property
    def simulated(self) -> bool:
        """Always True, and there is no way to set it."""
        return True

    def open(self) -> None:
        """Start at the beginning of the range.

        Raises PictureUnreadable if there is no such file, or nothing in the range can be decoded.
        """
        if self._playing is not None:
            raise RuntimeError("the camera is open already")
        self._begin()
        self._playing = self._play()
        try:
            self._next = next(self._playing, None)
        except BaseException:
            self.close()
            raise
        if self._next is None:
            self.close()
            raise PictureUnreadable(f"no picture in it, or none in that time range: {self._name}")

    def read(self) -> Frame:
        """Return the next frame; in real time, wait until it is due.

        `captured_at` is the position in the clip, seconds. Raises EOFError at the end.
        """
        if self._playing is None:
            raise RuntimeError("the camera is not open")
        if self._next is None:
            self._rewind()
        if self._next is None:
            raise EOFError(self._name)
        position, pixels = self._next
        self._next = next(self._playing, None)
        if self._first is None:
            self._first = position
        elif position > self._last:
            self._step = position - self._last
        self._last = position
        captured_at = position + self._played_before
        if self._realtime:
            self._pace(captured_at)
        return Frame(pixels, captured_at, simulated=True)

    def skip(self) -> None:
        """Let one frame pass; it is decoded all the same, as the next one may depend on it."""
        self.read()

    def close(self) -> None:
        """Release the file."""
        playing, self._playing = self._playing, None
        self._next = None
        if playing is not None:
            playing.close()

    def _begin(self) -> None:
        self._first = self._started = None
        self._last = self._played_before = 0.0
        self._step = 1.0 / FOLDER_FPS

    def _rewind(self) -> None:
        if not self._loop or self._first is None:
            return
        self._played_before += self._last - self._first + self._step
        self._playing = self._play()
        self._next = next(self._playing, None)
        self._last = self._first

    def _pace(self, captured_at: float) -> None:
        now = self._clock()
        if self._started is None:
            self._started = (now, captured_at)
        began, first = self._started
        if (early := began + captured_at - first - now) > 0:
            self._wait(early)
