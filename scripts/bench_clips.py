"""Every person's clip against every other: first half enrols, second half and the others probe.

    python scripts/bench_clips.py ../shared/data/clips [--level balanced] [--json]

Each row is an owner enrolled from the first half of their clip; each cell the verdict on a probe
clip, the smallest distance of the comparisons made, and the seconds of the clip it took.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import cv2

from facelock.core.levels import Level
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.services.simulation import SimulatedProbe, enrol_from, probe_with
from facelock.vision.clip import ClipRange
from facelock.vision.simulated_camera import SimulatedCamera

OWNERS = ("tran-live", *(f"person-{letter}" for letter in "abcdef"))


def duration(path: Path) -> float:
    """Return the length of a clip, seconds."""
    capture = cv2.VideoCapture(str(path))
    try:
        return float(capture.get(cv2.CAP_PROP_FRAME_COUNT) / capture.get(cv2.CAP_PROP_FPS))
    finally:
        capture.release()


def camera(path: Path, start: float = 0.0, end: float | None = None) -> SimulatedCamera:
    """Return a simulated camera that plays part of a clip once, at full speed."""
    return SimulatedCamera(ClipRange(path, start, end), realtime=False, loop=False)


def first_part(path: Path, seconds: float) -> list[SimulatedCamera]:
    """Return the camera of an enrolment: the beginning of a clip."""
    return [camera(path, 0.0, seconds)]


def cell(probe: SimulatedProbe) -> str:
    """Return a table cell: verdict, distance / threshold, seconds."""
    mark = {"accepted": "yes", "rejected": "no", "no-usable-face": "none"}[probe.verdict]
    distance = "-" if probe.distance is None else f"{probe.distance:.2f}"
    return f"{mark} {distance} {probe.seconds_to_verdict:.1f}s"


def main() -> int:
    """Print the table; return 0 if every owner was accepted and every other person refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", type=Path)
    parser.add_argument("--level", type=Level, default=Level.BALANCED, choices=list(Level))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    pipeline, calibration = load_pipeline(), load_calibration()
    paths = {name: options.clips / f"{name}.mp4" for name in OWNERS}
    halves = {name: duration(path) / 2 for name, path in paths.items()} | {"tran-live": 10.0}
    report, wrong = [], 0
    for owner, path in paths.items():
        first_half = partial(first_part, path, halves[owner])
        enrolment = enrol_from(first_half, pipeline, calibration)
        threshold = enrolment.threshold(options.level)
        probes = {}
        for name, clip in paths.items():
            source = camera(clip, halves[name]) if name == owner else camera(clip)
            probe = probe_with(source, name, enrolment.profile, pipeline, options.level)
            probes[name] = probe
            wrong += probe.verdict != ("accepted" if name == owner else "rejected")
        report.append(
            {
                "owner": owner,
                "samples": len(enrolment.profile.samples),
                "mode": enrolment.mode.value,
                "poses": [pose.value for pose in enrolment.poses],
                "complete": enrolment.complete,
                "threshold": round(threshold.value, 4),
                "bound": threshold.bound.value,
                "probes": [asdict(probe) for probe in probes.values()],
            }
        )
        if not options.json:
            print(
                f"{owner}: {len(enrolment.profile.samples)} samples, {enrolment.mode.value}, "
                f"{'+'.join(pose.value for pose in enrolment.poses)}, "
                f"threshold {threshold.value:.3f} ({threshold.bound.value}), "
                f"own q95 {threshold.own_q95:.2f}, "
                f"nearest impostor {threshold.nearest_impostor:.2f}"
            )
            for name, probe in probes.items():
                print(f"    {name:10} {cell(probe):20} {probe.reason}")
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        print(f"cells not as they should be: {wrong} of {len(OWNERS) ** 2}")
    return 0 if wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
