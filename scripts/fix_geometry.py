"""Where the geometry layer's constants come from: people a, b and c alone, and pictures of them.

    python scripts/fix_geometry.py ../shared/data/clips [--photos N] [--motions FILE]

Records how the points move (`MotionSample`) in the live clips of three people and in made-up
presentations of single frames of the same three, then tries constants and prints the
quickest of those that deny nobody and take one picture in sixty at most for a head: how long
attempts last that begin anywhere in the live clips, and which pictures got by. person-d to f, tran
and the replays are not touched: `bench_liveness.py` reports on them. `--motions` keeps the
recording, so that trying again takes seconds.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, Final
from unittest import mock

import cv2
import msgspec
import numpy as np
from still_photo import MOTIONS, held, shown

from facelock.core import solidity
from facelock.core.frames import Frame, Pixels
from facelock.core.gaze import EyeSample, Gaze
from facelock.core.liveness import Denied, Shown
from facelock.core.solidity import MotionSample, Solidity
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline
from facelock.vision.face_motion import FaceMotion

PEOPLE: Final = ("person-a", "person-b", "person-c")
SECONDS: Final = 8  # of a picture
FPS: Final = 30.0
PICTURE: Final = "picture"
LEFT: Final = 1.5  # seconds of a clip that an attempt must have before it
APART: Final = 0.3  # seconds between two beginnings of an attempt
GRID: Final = {
    "EVIDENCE": (0.5, 0.7, 1.0, 1.5),  # three frames at least, with the next
    "MOST_OF_ONE": (0.1, 0.2),
    "RESIDUAL_FLOOR": (0.007, 0.008, 0.010),
    "RESIDUAL_PER_MOTION": (0.16, 0.18, 0.20, 0.24),
    "FLAT_WEIGHT": (0.1, 0.3, 0.5),
    "FLAT_SECONDS": (2.0, 2.5),
}
FOOLED_AT_MOST: Final = 1 / 60  # of the pictures


@dataclass(frozen=True)
class Recorded:
    """One clip or one try."""

    name: str
    samples: tuple[MotionSample, ...]
    blinked_at: float | None  # seconds, of the first natural blink


def record(pipeline: FacePipeline, name: str, frames: Iterable[Pixels], fps: float) -> Recorded:
    """Return how the points moved from frame to frame."""
    motion, gaze = FaceMotion(), Gaze()
    samples = []
    blinked_at = None
    pipeline.restart()
    for number, pixels in enumerate(frames):
        frame = Frame(pixels, number / fps, simulated=True)
        face = pipeline.look(frame).face
        if face is None:
            motion.reset()
            continue
        gaze = gaze.add(EyeSample(frame.captured_at, face.report.eye_openness, face.report.pose))
        if gaze.has_blinked and blinked_at is None:
            blinked_at = frame.captured_at
        sample = motion.measure(frame, face.landmarks, face.track_id)
        if sample is not None:
            samples.append(sample)
    return Recorded(name, tuple(samples), blinked_at)


def recordings(clips: Path, photos: int) -> Iterator[Recorded]:
    """Yield the live clips, then the pictures."""
    pipeline = load_pipeline(threads=1)
    rng = np.random.default_rng(5)
    pictures = {}
    for name in PEOPLE:
        frames, fps = frames_of(clips / f"{name}.mp4")
        pictures[name] = frames
        yield record(pipeline, name, frames, fps)
    for number in range(photos):
        name, motions = PEOPLE[number % len(PEOPLE)], MOTIONS[number % len(MOTIONS)]
        way = held(motions, int(SECONDS * FPS), FPS, rng)
        picture = pictures[name][int(rng.integers(len(pictures[name])))]
        seen = shown(picture, way, rng.spawn(1)[0], noise=rng.uniform(0.5, 4))
        yield record(pipeline, "+".join((PICTURE, *motions)), seen, FPS)
        print(number, file=sys.stderr, flush=True)


def frames_of(path: Path) -> tuple[list[Pixels], float]:
    """Return all frames of a clip, and how many there are in a second."""
    capture = cv2.VideoCapture(str(path))
    frames = []
    while True:
        found, pixels = capture.read()
        if not found:
            break
        frames.append(np.asarray(pixels, np.uint8))
    return frames, capture.get(cv2.CAP_PROP_FPS)


def judged(recorded: Recorded, began: float = 0.0) -> tuple[str, float]:
    """Return what an attempt that begins then comes to, and after how many seconds.

    Blinks are left out: whoever blinks is in sooner, and that is not what is fixed here.
    """
    known = Solidity()
    for sample in recorded.samples:
        if sample.at < began:
            continue
        known = known.add(sample)
        said = known.judge()
        if isinstance(said, Shown):
            return "shown", sample.at - began
        if isinstance(said, Denied):
            return "denied", sample.at - began
    return "wanting", float(SECONDS)


def tried(live: Sequence[Recorded], pictures: Sequence[Recorded]) -> dict[str, Any]:
    """Return what the constants of this moment come to."""
    seconds = []
    denied = 0
    for recorded in live:
        last = recorded.samples[-1].at - LEFT
        for began in np.arange(0, last, APART):
            verdict, after = judged(recorded, float(began))
            seconds.append(after if verdict == "shown" else float(SECONDS))
            denied += verdict == "denied"
    fooled = [one.name for one in pictures if judged(one)[0] == "shown"]
    return {
        "attempts": len(seconds),
        "denied": denied,
        "seconds_median": round(float(np.median(seconds)), 2),
        "seconds_p90": round(float(np.quantile(seconds, 0.9)), 2),
        "pictures": len(pictures),
        "fooled": fooled,
    }


def sweep(recorded: Sequence[Recorded]) -> Iterator[dict[str, Any]]:
    """Yield what each choice of constants comes to."""
    pictures = [one for one in recorded if one.name.startswith(PICTURE)]
    live = [one for one in recorded if not one.name.startswith(PICTURE)]
    for values in itertools.product(*GRID.values()):
        chosen: dict[str, Any] = dict(zip(GRID, values, strict=True))
        with mock.patch.multiple(solidity, **chosen):
            yield chosen | tried(live, pictures)


def allowed(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the choices that deny no living face and let few pictures by, the quickest first."""
    fit = [
        row
        for row in rows
        if row["denied"] == 0 and len(row["fooled"]) <= FOOLED_AT_MOST * row["pictures"]
    ]
    return sorted(fit, key=itemgetter("seconds_median", "seconds_p90"))


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clips", type=Path)
    parser.add_argument("--photos", type=int, default=60, help="pictures (default: 60)")
    parser.add_argument("--motions", type=Path, help="the recording: read if it is there")
    parser.add_argument("--best", type=int, default=10, help="choices to print (default: 10)")
    options = parser.parse_args()
    kept: Path | None = options.motions
    if kept is not None and kept.exists():
        recorded = msgspec.json.decode(kept.read_bytes(), type=list[Recorded])
    else:
        recorded = list(recordings(options.clips, options.photos))
        if kept is not None:
            kept.write_bytes(msgspec.json.encode(recorded))
    for row in allowed(sweep(recorded))[: options.best]:
        print(json.dumps(row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
