"""How long it takes to be let in again after coming back: part of `facelock bench`.

The faces are rendered, so liveness is left out: it would find them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facelock.core.attempt import Accepted, Attempt
from facelock.core.levels import Level
from facelock.core.template import make_gallery
from facelock.services.face_watch import FaceWatch
from facelock.services.recognition import Recogniser
from facelock.vision.puppet_motion import FRAMES_PER_SECOND, glance_motion

if TYPE_CHECKING:
    from facelock.core.comparison import Gallery
    from facelock.core.frames import Frame
    from facelock.core.template import Profile
    from facelock.services.recognition import FacePipeline
    from facelock.vision.puppet import Puppet

PACE = 0.5  # seconds between two frames of the watch
_FIRST_SEED = 300


@dataclass(frozen=True)
class TimeToReturn:
    """From the first frame with a face until it opens, the camera watching at two frames a second.

    Camera clock and measured computing time. `opened` of `tries`; the seconds are of those.
    """

    tries: int
    opened: int
    p50_s: float | None  # None if it never opened
    p95_s: float | None


def time_to_return(
    pipeline: FacePipeline, owner: Profile, puppet: Puppet, tries: int
) -> TimeToReturn:
    """Let the owner come back so many times, each in another light, place and moment."""
    seconds = [
        seconds_to_return(pipeline, owner, glance_motion(puppet, seed), seed)
        for seed in range(_FIRST_SEED, _FIRST_SEED + tries)
    ]
    opened = [one for one in seconds if one is not None]
    if not opened:
        return TimeToReturn(tries, 0, None, None)
    p50, p95 = np.percentile(opened, [50, 95])
    return TimeToReturn(tries, len(opened), round(float(p50), 3), round(float(p95), 3))


def seconds_to_return(
    pipeline: FacePipeline, owner: Profile, glance: Iterator[Frame], seed: int
) -> float | None:
    """Return the seconds from the first frame with a face to accepted; None if the clip ended.

    Time is the camera's; what is computed passes on it as long as it takes here. The watch looks
    every half second, beginning at a moment that `seed` draws; once it has seen a face, every
    newest frame is compared, and what came meanwhile is left out.
    """
    clip = _Clip(glance)
    watch = FaceWatch(pipeline)
    appeared = next((one.captured_at for one in clip if watch(one).present), None)
    if appeared is None:
        return None
    recogniser = Recogniser(pipeline, demo_gallery(owner, pipeline, Level.BALANCED))
    recogniser.restart()
    now = float(np.random.default_rng((4, seed)).uniform(0, PACE))
    attempt, seen = Attempt(), False
    last = -1
    while (number := clip.newest(now)) is not None:
        if number == last:  # faster than the camera: the next frame is waited for
            now = (number + 1) / FRAMES_PER_SECOND
            continue
        frame, last = clip[number], number
        began = time.perf_counter()
        if not seen:
            seen = watch(frame).present
            took = time.perf_counter() - began
            now = now + took if seen else now + PACE
            continue
        observation = recogniser.observe(frame).observation
        now += time.perf_counter() - began
        after = attempt.observe(observation, now)
        if isinstance(after, Accepted):
            return now - appeared
        attempt = after if isinstance(after, Attempt) else Attempt()
    return None


class _Clip:
    """The frames of a take, rendered when they are first asked for."""

    def __init__(self, frames: Iterator[Frame]) -> None:
        self._coming = frames
        self._frames: list[Frame] = []

    def __iter__(self) -> Iterator[Frame]:
        """Yield all of them from the first."""
        number = 0
        while self._has(number):
            yield self._frames[number]
            number += 1

    def __getitem__(self, number: int) -> Frame:
        """Return a frame that `newest` told."""
        return self._frames[number]

    def newest(self, now: float) -> int | None:
        """Return the number of the newest frame at this moment, None once the clip is over."""
        number = int(now * FRAMES_PER_SECOND + 1e-6)
        return number if self._has(number) else None

    def _has(self, number: int) -> bool:
        while len(self._frames) <= number:
            frame = next(self._coming, None)
            if frame is None:
                return False
            self._frames.append(frame)
        return True


def demo_gallery(owner: Profile, pipeline: FacePipeline, level: Level) -> Gallery:
    """Return what a demo's owner is compared with at a level, without liveness."""
    model = pipeline.model_sha256
    return make_gallery((owner,), level, demo=True, model_sha256=model, layers=frozenset())
