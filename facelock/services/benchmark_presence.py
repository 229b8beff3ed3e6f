"""What leaving and coming back cost and take on this machine: part of `facelock bench`.

Everything runs on the built-in public-domain faces, through the parts of presence alone: no window
is in these figures. The faces are rendered, so liveness is left out: it would find them.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import facelock.vision  # noqa: F401 - tells OpenCV its settings, which it reads when loaded

import cv2  # isort: skip

from facelock.core.frames import Frame
from facelock.core.leaving import Reason
from facelock.core.levels import RULES, Level
from facelock.core.presence import Presence, PresenceRules, Sighting
from facelock.services.benchmark_return import PACE, TimeToReturn, demo_gallery, time_to_return
from facelock.services.presence import PresenceWork
from facelock.vision.portrait import Sitter, load_portrait
from facelock.vision.puppet import Puppet
from facelock.vision.puppet_motion import FRAMES_PER_SECOND
from facelock.vision.stage_camera import Scene, StageCamera

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from facelock.core.template import Profile
    from facelock.services.recognition import FacePipeline

_BETWEEN = round(PACE * FRAMES_PER_SECOND)  # frames of the camera from one to the next
_JPEG_QUALITY = 90  # percent; a 640 x 480 frame of a webcam has about so many bytes
_SITS = 15.0  # seconds the owner sits there before they leave
_PHASES = 5  # moments between two frames of the watch at which the owner leaves


@dataclass(frozen=True)
class WatchCost:
    """What the presence check costs at two frames a second, decoding of JPEG included."""

    decode_cpu_ms: float  # a frame, processor time of all threads
    frame_cpu_ms: float  # a frame, decoded and looked at
    core_percent: float  # of one core: two such frames a second
    threads_core_percent: float  # the same in real time, in two threads, a 30 fps camera beside


@dataclass(frozen=True)
class TimeToLock:
    """From the last frame that shows the owner until it locks, on the camera's clock."""

    level: Level
    away_s: float  # what the level sets
    shortest_s: float
    longest_s: float


@dataclass(frozen=True)
class PresenceBenchmark:
    """Everything about leaving and coming back."""

    watch: WatchCost
    locks: tuple[TimeToLock, ...]
    returns: TimeToReturn


def run_presence_benchmark(
    pipeline: FacePipeline, owner: Profile, *, returns: int, tell: Callable[[str], object]
) -> PresenceBenchmark:
    """Measure everything for an enrolled demo owner; `tell` hears what is being measured."""
    puppet = Puppet(load_portrait(Sitter.COLLINS))
    tell("what the presence check costs")
    cost = watch_cost(pipeline, owner, puppet)
    tell("time to lock after leaving")
    locks = tuple(
        time_to_lock(pipeline, owner, puppet, level)
        for level in Level
        if RULES[level].lock_when_away is not None
    )
    tell(f"time to unlock after returning, {returns} times")
    return PresenceBenchmark(cost, locks, time_to_return(pipeline, owner, puppet, returns))


def watch_cost(
    pipeline: FacePipeline, owner: Profile, puppet: Puppet, *, seconds: float = 10.0
) -> WatchCost:
    """Measure the presence check on its own, then for some seconds of real time in two threads."""
    pictures = _jpegs(puppet, count=round(30 / PACE))
    work = PresenceWork(pipeline, demo_gallery(owner, pipeline, Level.BALANCED))
    for number, picture in enumerate(pictures[:10]):  # the first touch memory for the first time
        work(_decoded(picture, number * PACE))
    began = time.process_time()
    for picture in pictures:
        _decoded(picture, 0.0)
    decode = (time.process_time() - began) / len(pictures)
    began = time.process_time()
    for number, picture in enumerate(pictures, start=10):
        work(_decoded(picture, number * PACE))
    frame = (time.process_time() - began) / len(pictures)
    return WatchCost(
        decode_cpu_ms=round(decode * 1000, 2),
        frame_cpu_ms=round(frame * 1000, 2),
        core_percent=round(frame / PACE * 100, 2),
        threads_core_percent=round(_share_of_a_core(work, pictures, seconds) * 100, 2),
    )


def _share_of_a_core(
    work: Callable[[Frame], Sighting], pictures: Sequence[NDArray[np.uint8]], seconds: float
) -> float:
    """Return processor time over wall time: a camera at 30 fps, of which every 15th is looked at.

    The camera costs nothing but its wakings: what a driver does is not in it.
    """
    handed, over = threading.Event(), threading.Event()
    newest: list[tuple[float, NDArray[np.uint8]]] = []

    def film() -> None:
        began = time.monotonic()
        for number in range(round(seconds * FRAMES_PER_SECOND)):
            threading.Event().wait(max(0.0, began + number / FRAMES_PER_SECOND - time.monotonic()))
            if number % _BETWEEN == 0:
                picture = pictures[number // _BETWEEN % len(pictures)]
                newest[:] = [(time.monotonic(), picture)]
                handed.set()
        over.set()
        handed.set()

    camera = threading.Thread(target=film, name="camera")
    wall, cpu = time.perf_counter(), time.process_time()
    camera.start()
    while not over.is_set():
        handed.wait()
        handed.clear()
        if newest:
            at, picture = newest.pop()
            work(_decoded(picture, at))
    camera.join()
    return (time.process_time() - cpu) / (time.perf_counter() - wall)


def time_to_lock(
    pipeline: FacePipeline, owner: Profile, puppet: Puppet, level: Level
) -> TimeToLock:
    """Let the owner sit there and leave, at several moments between two frames of the watch.

    The level must lock when nobody is there.
    """
    away = RULES[level].lock_when_away
    if away is None:
        raise ValueError("this level does not lock when nobody is there")
    rules = PresenceRules(away, RULES[level].onlooker_shield)
    times = []
    for phase in range(_PHASES):
        left_at = round(_SITS * FRAMES_PER_SECOND) + phase * _BETWEEN // _PHASES
        work = PresenceWork(pipeline, demo_gallery(owner, pipeline, level))
        presence = Presence.begin(0.0)
        for frame in _sits_and_leaves(puppet, left_at):
            now = frame.captured_at
            presence = presence.see(work(frame), now)
            lock = presence.standing(now, rules).lock
            if lock is not None:
                if lock is not Reason.AWAY:
                    raise ValueError(f"it locked for another reason: {lock.value}")
                times.append(now - (left_at - 1) / FRAMES_PER_SECOND)
                break
    return TimeToLock(level, away, round(min(times), 2), round(max(times), 2))


def _sits_and_leaves(puppet: Puppet, left_at: int) -> Iterator[Frame]:
    """Yield the frames of the watch; from frame number `left_at` of the camera on nobody is there.

    Without end.
    """
    number = 0
    camera = StageCamera(
        puppet,
        puppet,
        lambda: Scene.OWNER if number < left_at else Scene.EMPTY,
        realtime=False,
    )
    camera.open()
    while True:
        yield camera.read()
        number += 1
        for _ in range(_BETWEEN - 1):
            camera.skip()
            number += 1


def _jpegs(puppet: Puppet, count: int) -> list[NDArray[np.uint8]]:
    """Return the owner sitting there, two pictures a second, as a camera's MJPEG has them."""
    frames = _sits_and_leaves(puppet, left_at=sys.maxsize)
    for _ in range(round(2 / PACE)):  # until they have come in
        next(frames)
    quality = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    return [np.asarray(cv2.imencode(".jpg", next(frames).pixels, quality)[1]) for _ in range(count)]


def _decoded(picture: NDArray[np.uint8], at: float) -> Frame:
    pixels = np.asarray(cv2.imdecode(picture, cv2.IMREAD_COLOR), np.uint8)
    return Frame(pixels, at, simulated=True)
