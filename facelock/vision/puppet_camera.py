"""A camera in front of a puppet: the demo's only one. Frames are rendered as they are read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeAlias

from facelock.core.frames import Frame
from facelock.vision.puppet_motion import FRAMES_PER_SECOND

Take: TypeAlias = Callable[[], Iterator[Frame]]
"""Plays one and the same clip from its beginning, every time it is called."""


class PuppetCamera:
    """A `FrameSource` that films one take. Every frame says `simulated` (threat-model row 3).

    `realtime` paces the frames at 30 a second; else they come as fast as they are rendered. `loop`
    begins again at the end, with `captured_at` going on; else the end is an EOFError. `clock` and
    `wait` (both in seconds) stand for time in tests.
    """

    def __init__(
        self,
        take: Take,
        *,
        realtime: bool,
        loop: bool,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._take = take
        self._realtime = realtime
        self._loop = loop
        self._clock = clock
        self._wait = wait or threading.Event().wait
        self._frames: Iterator[Frame] | None = None
        self._count = 0  # frames read since the camera was opened
        self._started = 0.0

    @property
    def simulated(self) -> bool:
        """Always True, and there is no way to set it."""
        return True

    def open(self) -> None:
        """Begin the take. Opening twice is an error."""
        if self._frames is not None:
            raise RuntimeError("the camera is open already")
        self._frames = self._take()
        self._count = 0
        self._started = self._clock()

    def read(self) -> Frame:
        """Return the next frame; in real time, wait until it is due. Raises EOFError at the end."""
        if self._frames is None:
            raise RuntimeError("the camera is not open")
        frame = next(self._frames, None)
        if frame is None and self._loop:
            self._frames = self._take()
            frame = next(self._frames, None)
        if frame is None:
            raise EOFError("the take is over")
        captured_at = self._count / FRAMES_PER_SECOND
        self._count += 1
        if self._realtime:
            early = self._started + captured_at - self._clock()
            if early > 0:
                self._wait(early)
        return Frame(frame.pixels, captured_at, simulated=True)

    def skip(self) -> None:
        """Let one frame pass; it is rendered all the same, for the take is one long motion."""
        self.read()

    def close(self) -> None:
        """End the take. May be called any number of times."""
        self._frames = None
