"""How long things take on this machine: what `facelock bench` prints.

Everything runs on the built-in public-domain faces. Starts are timed as whole processes, from the
outside or from the process's own age, so that imports and the opening of files count.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import facelock.vision  # noqa: F401 - tells OpenCV its settings, which it reads when loaded

import cv2  # isort: skip

from facelock.core.attempt import Accepted, Attempt
from facelock.core.levels import Level
from facelock.core.observation import NoFace
from facelock.core.template import make_gallery
from facelock.desktop.clock import SystemClock
from facelock.desktop.paths import Paths
from facelock.services.calibration import load_calibration
from facelock.services.demo_cast import DemoCast
from facelock.services.demo_store import enrol_demo_owner
from facelock.services.loading import load_pipeline
from facelock.services.recognition import Recogniser
from facelock.services.simulation import enrol_from, frames_of

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.core.ports import FrameSource
    from facelock.core.template import Profile
    from facelock.services.recognition import FacePipeline

_COLD_START = """
import sys, time
from facelock.services.benchmark_start import first_embedding
first_embedding()
sys.stdout.write("torch" if "torch" in sys.modules else "ok")
"""
_START_SECONDS = 60.0  # a start that takes longer has failed


@dataclass(frozen=True)
class Benchmark:
    """What was measured. Seconds, milliseconds and megabytes as the names say."""

    first_paint_s: float | None  # process start to painted lock page; None without a display
    cold_first_embedding_s: float
    frame_ms_p50: float  # detect + align + measure + embed, 640 x 480, one thread
    frame_ms_p95: float
    seconds_to_unlock_p50: float  # face in view to accepted, simulated camera at 30 fps
    seconds_to_unlock_p95: float
    rss_locked_mb: float | None  # the window, locked and scanning
    runs: int
    unlocks: int
    torch_imported: bool


def run_benchmark(*, runs: int, unlocks: int, tell: Callable[[str], object]) -> Benchmark:
    """Measure everything; `tell` hears what is being measured. About half a minute.

    Raises ModelError, StoreUnwritable.
    """
    tell("frame by frame")
    cores = cv2.getNumThreads()
    frame_ms = frame_times(load_pipeline(threads=1), count=40 * runs)
    cv2.setNumThreads(cores)
    tell("time to unlock")
    pipeline = load_pipeline()
    cast = DemoCast(realtime=False)
    calibration = load_calibration()
    owner = enrol_from(lambda: [cast.owner_enrolment()], pipeline, calibration).profile
    live = DemoCast(realtime=True)
    seconds = [
        seconds_to_unlock(live.owner_glance(seed), owner, pipeline)
        for seed in range(100, 100 + unlocks)
    ]
    tell("cold start to the first embedding")
    colds = [_cold_start() for _ in range(runs)]
    tell("first paint and memory of the window")
    with tempfile.TemporaryDirectory(prefix="facelock-bench-") as folder:
        data = Paths.below(Path(folder)).data
        enrol_demo_owner(data, cast, pipeline, calibration, SystemClock())
        paints = [_window(Path(folder), "--exit-after-first-paint") for _ in range(runs)]
        locked = _window(Path(folder), "--exit-after-scanning")
    painted = [paint["first_paint_s"] for paint in paints if paint is not None]
    return Benchmark(
        first_paint_s=round(float(np.median(painted)), 3) if painted else None,
        cold_first_embedding_s=round(float(np.median([cold.seconds for cold in colds])), 3),
        frame_ms_p50=round(float(np.percentile(frame_ms, 50)), 2),
        frame_ms_p95=round(float(np.percentile(frame_ms, 95)), 2),
        seconds_to_unlock_p50=round(float(np.percentile(seconds, 50)), 3),
        seconds_to_unlock_p95=round(float(np.percentile(seconds, 95)), 3),
        rss_locked_mb=None if locked is None else round(locked["rss_mb"], 1),
        runs=runs,
        unlocks=unlocks,
        torch_imported=any(cold.torch for cold in colds)
        or any(bool(paint["torch"]) for paint in paints if paint is not None),
    )


def frame_times(pipeline: FacePipeline, *, count: int) -> list[float]:
    """Return the milliseconds from frame to embedding, for `count` frames after a warm-up."""
    frames = list(frames_of([DemoCast(realtime=False).owner_glance(7)]))
    times: list[float] = []
    warm_up = 10
    while len(times) < count + warm_up:
        for frame in frames:
            began = time.perf_counter()
            look = pipeline.look(frame)
            if look.face is None:
                continue
            pipeline.embed(look.face)
            times.append((time.perf_counter() - began) * 1000)
    return times[warm_up : warm_up + count]


def seconds_to_unlock(source: FrameSource, owner: Profile, pipeline: FacePipeline) -> float:
    """Return the real seconds from the first frame with a face to the accepted attempt.

    The camera runs in its own thread at its own speed and only its newest frame is looked at, as
    in the window. Infinity if the clip ended before.
    """
    model = pipeline.model_sha256
    # Rendered faces: without the layers that are there to find such.
    gallery = make_gallery(
        (owner,), Level.BALANCED, demo=True, model_sha256=model, layers=frozenset()
    )
    recogniser = Recogniser(pipeline, gallery)
    recogniser.restart()
    newest: deque[Frame] = deque(maxlen=1)
    arrived, ended = threading.Event(), threading.Event()

    def film() -> None:
        source.open()
        with closing(source):
            while not ended.is_set():
                try:
                    newest.append(source.read())
                except EOFError:
                    break
                arrived.set()
        ended.set()
        arrived.set()

    camera = threading.Thread(target=film, name="camera")
    camera.start()
    attempt, seen_at = Attempt(), None
    try:
        while not ended.is_set():
            arrived.wait()
            arrived.clear()
            if not newest:
                continue
            observation = recogniser.observe(newest.pop()).observation
            now = time.perf_counter()
            if seen_at is None and not isinstance(observation, NoFace):
                seen_at = now
            after = attempt.observe(observation, now)
            if isinstance(after, Accepted) and seen_at is not None:
                return now - seen_at
            attempt = after if isinstance(after, Attempt) else Attempt()
    finally:
        ended.set()
        camera.join()
    return float("inf")


@dataclass(frozen=True)
class _ColdStart:
    seconds: float
    torch: bool


def _cold_start() -> _ColdStart:
    """Time a fresh process from its start to the first embedding."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own interpreter and a constant program
        [sys.executable, "-c", _COLD_START], capture_output=True, check=True, text=True
    )
    return _ColdStart(time.perf_counter() - began, done.stdout == "torch")


def _window(folder: Path, option: str) -> dict[str, float] | None:
    """Start the window on the demo store of `folder`; return what it tells, None if it cannot."""
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own options
        [sys.executable, "-m", "facelock.app", "--demo-folder", str(folder), option],
        capture_output=True,
        check=False,
        text=True,
        timeout=_START_SECONDS,
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        return None
    told: dict[str, float] = json.loads(lines[-1])
    return told
