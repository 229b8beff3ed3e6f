"""A simulated camera before a small stage: who is on it can be changed while it runs.

For the demo, for measurements and for tests of a whole day. Every frame says `simulated`, and there
is no option that makes it say anything else (threat-model row 3). A frame that is skipped is not
rendered: what a watch of two frames a second costs is not drowned by the rendering.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from facelock.core.frames import Frame, HeadPose, Pixels
from facelock.core.scene import Scene
from facelock.vision.puppet import FRAME_HEIGHT, FRAME_WIDTH, Stance
from facelock.vision.puppet_motion import FRAMES_PER_SECOND
from facelock.vision.webcam_look import Light, WebcamLook

__all__ = ["Scene", "StageCamera"]

_ARRIVAL = 0.9  # seconds from the edge of the picture to the chair
_FROM = 360.0  # pixels beside the middle, where somebody comes into view
_ASIDE = 150.0  # pixels to either side, where two have room
_BLINK_EVERY, _BLINK_SECONDS = 3.7, 0.2
_DARKNESS = 0.03  # what is left of the light
_NOISE = 3.0  # grey values


class Actor(Protocol):
    """What renders a person, such as `Puppet`."""

    def render(self, stance: Stance) -> Pixels:
        """Return a frame of the person, (480, 640, 3) BGR."""
        ...


class StageCamera:
    """A `FrameSource` that films what `scene` says, 30 frames a second, without end.

    Whoever enters comes from the right and then sits there, sways a little and blinks. `clock` and
    `wait` (both in seconds) stand for time in tests.
    """

    def __init__(
        self,
        owner: Actor,
        stranger: Actor,
        scene: Callable[[], Scene],
        *,
        seed: int = 0,
        realtime: bool = True,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._owner, self._stranger, self._scene = owner, stranger, scene
        rng = np.random.default_rng((3, seed))
        self._bright = WebcamLook(Light(exposure=0.95), _NOISE, rng)
        self._dark = WebcamLook(Light(exposure=_DARKNESS), _NOISE / 2, rng)
        self._realtime = realtime
        self._clock = clock
        self._wait = wait or threading.Event().wait
        self._open = False
        self._count = 0
        self._started = 0.0
        self._shown: Scene | None = None
        self._since = 0.0  # when this scene began, seconds of the camera

    @property
    def simulated(self) -> bool:
        """Always True, and there is no way to set it."""
        return True

    def open(self) -> None:
        """Begin to film. Opening twice is an error."""
        if self._open:
            raise RuntimeError("the camera is open already")
        self._open, self._count, self._shown = True, 0, None
        self._started = self._clock()

    def read(self) -> Frame:
        """Return the next frame; in real time, wait until it is due."""
        at = self._next()
        return Frame(self._film(at), at, simulated=True)

    def skip(self) -> None:
        """Let one frame pass: it is not rendered."""
        self._next()

    def close(self) -> None:
        """Film no more. May be called any number of times."""
        self._open = False

    def _next(self) -> float:
        """Wait for the next frame; return its time."""
        if not self._open:
            raise RuntimeError("the camera is not open")
        at = self._count / FRAMES_PER_SECOND
        self._count += 1
        early = self._started + at - self._clock()
        if self._realtime and early > 0:
            self._wait(early)
        if (scene := self._scene()) is not self._shown:
            # Whoever stays where they are does not come in again.
            stays = {scene, self._shown} <= {Scene.OWNER, Scene.DARK}
            self._since = self._since if stays else at
            self._shown = scene
        return at

    def _film(self, at: float) -> Pixels:
        stance = _seated(at, at - self._since)
        match self._shown:
            case Scene.STRANGER:
                return self._bright.develop(self._stranger.render(stance))
            case Scene.BOTH:
                left = self._owner.render(_moved(_seated(at, _ARRIVAL), -_ASIDE))
                right = self._stranger.render(_moved(stance, _ASIDE))
                half = FRAME_WIDTH // 2
                return self._bright.develop(np.hstack([left[:, :half], right[:, half:]]))
            case Scene.DARK:
                return self._dark.develop(self._owner.render(stance))
            case Scene.OWNER:
                return self._bright.develop(self._owner.render(stance))
            case _:
                return self._bright.develop(_empty_room())


def _empty_room() -> Pixels:
    """Return a plain wall with a darker floor."""
    wall = np.full((FRAME_HEIGHT, FRAME_WIDTH, 3), (150, 160, 165), np.uint8)
    wall[FRAME_HEIGHT * 3 // 4 :] = (90, 105, 120)
    return wall


def _seated(at: float, present: float) -> Stance:
    """Return how somebody sits who came in so many seconds ago."""
    share = min(max(present / _ARRIVAL, 0.0), 1.0)
    way = 1 - share**3 * (10 - 15 * share + 6 * share**2)  # minimum jerk: Flash & Hogan 1985
    sway = np.sin(2 * np.pi * 0.23 * at)
    nod = np.sin(2 * np.pi * 0.31 * at + 1.0)
    shut = abs(at % _BLINK_EVERY - _BLINK_EVERY / 2) < _BLINK_SECONDS / 2
    return Stance(
        HeadPose(2.0 * float(sway) + 10 * way, 1.5 * float(nod), 0.0),
        across=_FROM * way + 4 * float(sway),
        down=2 * float(nod),
        scale=0.95,
        blink=1.0 if shut else 0.0,
    )


def _moved(stance: Stance, across: float) -> Stance:
    return Stance(stance.pose, stance.across + across, stance.down, stance.scale, stance.blink)
