"""Liveness on the clips: who gets in, who does not, why, how late, and at what cost.

    python scripts/bench_liveness.py ../shared/data/clips [--photos N] [--only PART] [--json]

Parts: "clips" (live clips and replays at Balanced and Convenient, second halves of people enrolled
on the first), "strict" (a responder that answers the challenge with stretches of a clip, and
recordings that do not), "photos" (single frames of the owner, held in made-up ways), "cost" (time
for each frame, and until the owner is in, with and without liveness).

Whoever is shown is the one enrolled: recognition lets them in, and liveness has to tell. The
stretches of the responder were chosen by looking at the clip. Random numbers are seeded, but for
the challenges: those are the operating system's.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

import cv2
import numpy as np
from still_photo import MOTIONS, held, shown

from facelock.core.frames import Frame, Pixels
from facelock.core.intervals import clopper_pearson
from facelock.core.levels import Level
from facelock.core.liveness import LAYERS, Judgement, Layer, Prompt
from facelock.core.look import Look
from facelock.core.ports import FrameSource
from facelock.core.template import Profile
from facelock.services.answering import AnsweringCamera, pictures_of
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline
from facelock.services.simulation import SimulatedProbe, enrol_from, probe_with
from facelock.vision.simulated_camera import SimulatedCamera, parse_clip

FPS: Final = 30.0
SECONDS: Final = 8  # of a photo
STRETCHES: Final = {
    Prompt.LOOK_STRAIGHT: "0,1.5",
    Prompt.TURN_LEFT: "2.0,4.5",
    Prompt.TURN_RIGHT: "7.2,9.5",
    Prompt.LOOK_DOWN: "11.3,13.0",
    Prompt.LOOK_UP: "14.3,15.8",
}
"""Seconds of tran-live.mp4."""


class Photo:
    """A `FrameSource` that makes its frames as they are read: most tries end early."""

    simulated = True

    def __init__(self, frames: Iterator[Pixels]) -> None:
        self._frames = enumerate(frames)

    def open(self) -> None:
        """Nothing is to be done."""

    def read(self) -> Frame:
        """Return the next frame. EOFError at the end."""
        number, pixels = next(self._frames, (0, None))
        if pixels is None:
            raise EOFError("the photo")
        return Frame(pixels, number / FPS, simulated=True)

    def skip(self) -> None:
        """Let one frame pass."""
        self.read()

    def close(self) -> None:
        """Nothing is held."""


class Bench:
    """The pipeline, and who is enrolled."""

    def __init__(self, clips: Path) -> None:
        self.clips = clips
        self.pipeline: FacePipeline = load_pipeline(threads=1)
        self.calibration = load_calibration()

    def camera(self, text: str) -> SimulatedCamera:
        """Return a camera that plays a clip of the folder."""
        return SimulatedCamera(parse_clip(str(self.clips / text)), realtime=False, loop=False)

    def enrolled(self, text: str) -> Profile:
        """Return who is in a clip, enrolled."""
        found = enrol_from(lambda: [self.camera(text)], self.pipeline, self.calibration)
        return found.profile

    def probe(
        self,
        source: FrameSource,
        owner: Profile,
        level: Level = Level.BALANCED,
        layers: frozenset[Layer] | None = None,
    ) -> SimulatedProbe:
        """Show somebody to the lock."""
        return probe_with(source, "", owner, self.pipeline, level, layers)


def told(probe: SimulatedProbe) -> str:
    """Return the outcome in words."""
    return f"{probe.verdict} ({probe.reason}) {probe.seconds_to_verdict:.2f} s"


def clips(bench: Bench) -> dict[str, Any]:
    """Return what becomes of each live clip and replay."""
    report: dict[str, Any] = {}
    tran = bench.enrolled("tran-live.mp4")
    for name in ("tran-live", "tran-screen-replay"):
        report[name] = told(bench.probe(bench.camera(f"{name}.mp4"), tran))
    phone = bench.enrolled("manikantha-screen-replay.mp4")
    report["manikantha-screen-replay"] = told(
        bench.probe(bench.camera("manikantha-screen-replay.mp4"), phone)
    )
    for name, length in halves(bench).items():
        owner = bench.enrolled(f"{name}.mp4#t=0,{length}")
        for level in (Level.BALANCED, Level.CONVENIENT):
            probe = bench.probe(bench.camera(f"{name}.mp4#t={length}"), owner, level)
            report[f"{name} second half, {level.value}"] = told(probe)
    return report


def halves(bench: Bench) -> dict[str, float]:
    """Return the middle of each person's clip, seconds."""
    found = {}
    for letter in "abcdef":
        capture = cv2.VideoCapture(str(bench.clips / f"person-{letter}.mp4"))
        frames, fps = capture.get(cv2.CAP_PROP_FRAME_COUNT), capture.get(cv2.CAP_PROP_FPS)
        found[f"person-{letter}"] = round(frames / fps / 2, 2)
        capture.release()
    return found


def strict(bench: Bench, tries: int = 5) -> dict[str, Any]:
    """Return how often the responder and its imitations get in at Strict."""
    tran = bench.enrolled("tran-live.mp4")
    live = _stretches(bench, "tran-live.mp4")
    replay = _stretches(bench, "tran-screen-replay.mp4")
    others = [prompt for prompt in live if prompt is not Prompt.LOOK_STRAIGHT]
    wrong = {
        prompt: live[others[(others.index(prompt) + 1) % len(others)]] for prompt in others
    } | {Prompt.LOOK_STRAIGHT: live[Prompt.LOOK_STRAIGHT]}
    whole, fps = pictures_of(bench.camera("tran-live.mp4"))
    makers: dict[str, Callable[[], FrameSource]] = {
        "answers": lambda: AnsweringCamera(live, fps),
        "answers too late": lambda: AnsweringCamera(live, fps, reaction=4.0),
        "another order": lambda: AnsweringCamera(wrong, fps),
        "of the replay": lambda: AnsweringCamera(replay, fps),
        "the whole clip playing": partial(SimulatedCamera.of_frames, whole, fps, loop=False),
        "the stretches one after another": lambda: SimulatedCamera.of_frames(
            [one for part in live.values() for one in part] * 2, fps
        ),
    }
    report = {}
    for name, make in makers.items():
        probes = [bench.probe(make(), tran, Level.STRICT) for _ in range(tries)]
        verdicts = Counter(f"{one.verdict} ({one.reason})" for one in probes)
        seconds = median(one.seconds_to_verdict for one in probes)
        report[name] = {"verdicts": dict(verdicts), "median_seconds": round(seconds, 1)}
        print(name, report[name], file=sys.stderr, flush=True)
    return report


def _stretches(bench: Bench, clip: str) -> Mapping[Prompt, list[Any]]:
    return {
        prompt: pictures_of(bench.camera(f"{clip}#t={seconds}"))[0]
        for prompt, seconds in STRETCHES.items()
    }


def photos(bench: Bench, tries: int) -> dict[str, Any]:
    """Return how often a single frame of the owner is refused, however it is held."""
    rng = np.random.default_rng(20_261_124)
    tran = bench.enrolled("tran-live.mp4")
    frames, _ = pictures_of(bench.camera("tran-live.mp4"))
    straight = [*frames[:60], *frames[180:210], *frames[510:]]
    verdicts: dict[str, Counter[str]] = {}
    for number in range(tries):
        motions = MOTIONS[number % len(MOTIONS)]
        picture = straight[int(rng.integers(len(straight)))]
        way = held(motions, int(SECONDS * FPS) + 20, FPS, rng)
        noise = rng.uniform(0.5, 4)
        probe = bench.probe(Photo(shown(picture, way, rng.spawn(1)[0], noise=noise)), tran)
        name = "+".join(motions) or "still"
        verdicts.setdefault(name, Counter())[f"{probe.verdict} ({probe.reason})"] += 1
        print(number, name, told(probe), file=sys.stderr, flush=True)
    rejected = sum(
        count
        for each in verdicts.values()
        for verdict, count in each.items()
        if verdict.startswith("rejected")
    )
    low, high = clopper_pearson(rejected, tries)
    return {
        "tries": tries,
        "rejected": rejected,
        "interval": [round(low, 3), round(high, 3)],
        "by_motion": {name: dict(each) for name, each in verdicts.items()},
    }


def cost(bench: Bench) -> dict[str, Any]:
    """Return milliseconds for each frame of liveness, and seconds until the owner is in."""
    spent: list[float] = []
    liveness = bench.pipeline.liveness
    judge = liveness.judge

    def timed(frame: Frame, look: Look, *, usable: bool) -> Judgement:
        began = time.perf_counter()
        said = judge(frame, look, usable=usable)
        spent.append(1000 * (time.perf_counter() - began))
        return said

    liveness.judge = timed  # type: ignore[method-assign]
    added, whole = [], []
    for name, length in halves(bench).items():
        owner = bench.enrolled(f"{name}.mp4#t=0,{length}")
        clip = f"{name}.mp4#t={length}"
        bare = bench.probe(bench.camera(clip), owner, layers=frozenset())
        spent_before = len(spent)
        probe = bench.probe(bench.camera(clip), owner)
        whole += spent[spent_before:]
        if probe.verdict == bare.verdict == "accepted":
            added.append(round(probe.seconds_to_verdict - bare.seconds_to_verdict, 2))
    liveness.judge = judge  # type: ignore[method-assign]
    return {
        "frames": len(whole),
        "milliseconds_median": round(median(whole), 2),
        "milliseconds_mean": round(float(np.mean(whole)), 2),
        "milliseconds_p95": round(float(np.quantile(whole, 0.95)), 2),
        "added_seconds": added,
        "added_seconds_median": median(added),
        "layers": sorted(layer.value for layer in LAYERS[Level.BALANCED]),
    }


def parts(bench: Bench, tries: int) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """Yield each part's name and what runs it."""
    yield "clips", partial(clips, bench)
    yield "strict", partial(strict, bench)
    yield "photos", partial(photos, bench, tries)
    yield "cost", partial(cost, bench)


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clips", type=Path)
    parser.add_argument("--photos", type=int, default=100, help="tries (default: 100)")
    parser.add_argument("--only", choices=("clips", "strict", "photos", "cost"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    bench = Bench(options.clips)
    report = {
        name: run() for name, run in parts(bench, options.photos) if options.only in (None, name)
    }
    print(json.dumps(report, indent=None if options.json else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
