"""`facelock simulate`: enrol a throw-away profile from clips and play other clips to its lock."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command, level_of
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.simulated_probes import answer, play, plays
from facelock.core.errors import PictureUnreadable
from facelock.core.liveness import LAYERS, Layer

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.levels import Level
    from facelock.core.threshold import Threshold
    from facelock.services.simulation import SimulatedEnrolment, SimulatedProbe
    from facelock.vision.clip import ClipRange

_DESCRIPTION = """\
Enrol a throw-away demo profile from clips, lock, and play each probe clip to the lock.

Everything is the same as with a camera: the same guided enrolment, quality limits, thresholds,
attempts and lock. Where the clips never show the poses that the guided enrolment asks for, it goes
on in the plain mode and says which poses were covered. The profile lives in memory and is gone
afterwards; a clip can never enrol or open a real one.

A CLIP is a video, a picture, or a folder of pictures, and may say which seconds of it to play:
clip.mp4#t=0,10 is the first ten seconds, clip.mp4#t=10 all after them.

Each probe ends as "accepted", "rejected" or "no-usable-face". Rejected also counts a clip that
ended after a comparison but before the third. A probe that cannot be read is reported as
"no-usable-face" with the reason, and the others are still played.
Times are on the clip's own clock. The level's layers of liveness judge the probes as at the lock.
A clip that matches, but ends before liveness has seen enough, ends as "no-usable-face": it was
neither let in nor found out.

With --answers one more probe is played that does what liveness asks: for each prompt the stretch of
a clip that answers it (straight=, turn-left=, turn-right=, look-up=, look-down=, blink=)."""


_ANSWERING = (
    "facelock simulate --level strict --enrol me.mp4 --answers straight=me.mp4#t=0,1 "
    "turn-left=me.mp4#t=1,3 turn-right=me.mp4#t=5,7 look-up=me.mp4#t=9,11 look-down=me.mp4#t=13,15"
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "simulate",
        run,
        About(
            summary="enrol from clips and probe with clips, without a camera",
            description=_DESCRIPTION,
            examples=(
                "facelock simulate --enrol me.mp4#t=0,10 --probe me.mp4#t=10,20 you.mp4",
                "facelock simulate --enrol photos/ --probe a.mkv b.mkv --level strict --json",
                _ANSWERING,
            ),
            exits={
                Exit.OK: "it ran, whatever the verdicts",
                Exit.NO: "the clips to enrol show more than one person",
                Exit.NO_FACE: "a clip to enrol cannot be read, is too short or has no usable face",
            },
        ),
        has_level=True,
    )
    parser.add_argument("--enrol", nargs="+", required=True, metavar="CLIP", help="who owns it")
    parser.add_argument("--probe", nargs="+", default=[], metavar="CLIP", help="who tries")
    parser.add_argument(
        "--answers",
        nargs="+",
        default=[],
        type=answer,
        metavar="PROMPT=CLIP",
        help="a probe that answers what liveness asks, stretch by stretch",
    )
    parser.add_argument(
        "--without-liveness",
        action="store_true",
        help="judge by recognition alone, to measure that by itself",
    )


def run(args: argparse.Namespace) -> int:
    """Enrol, then probe. Raises PictureError and EnrolmentError for the clips to enrol."""
    from facelock.services.calibration import load_calibration
    from facelock.services.loading import load_pipeline
    from facelock.services.simulation import enrol_from
    from facelock.vision.simulated_camera import SimulatedCamera, parse_clip

    out, level = Output(as_json=args.json), level_of(args)
    if not (args.probe or args.answers):
        out.failure(
            "Usage",
            "nobody tries: give --probe or --answers (see facelock simulate --help)",
            Exit.USAGE,
        )
        return Exit.USAGE
    layers = frozenset() if args.without_liveness else LAYERS[level]
    clips = [_existing(parse_clip(text)) for text in args.enrol]
    pipeline = load_pipeline()
    enrolled = enrol_from(
        lambda: [SimulatedCamera(clip, realtime=False, loop=False) for clip in clips],
        pipeline,
        load_calibration(),
    )
    for line in _enrolment_lines(enrolled, level, layers):
        out.say(line)
    probes = []
    for name, make in plays(args.probe, args.answers):
        probe = play(name, make, enrolled.profile, pipeline, level, layers)
        out.say(_probe_line(probe))
        probes.append(probe)
    out.result(
        {
            "enrolment": _enrolment_values(enrolled, level),
            "probes": [vars(probe) for probe in probes],
            "liveness": [layer.value for layer in Layer if layer in layers],
        }
    )
    return Exit.OK


def _existing(clip: ClipRange) -> ClipRange:
    """Return the clip if there is such a file or folder, before any model is loaded."""
    if not clip.path.exists():
        raise PictureUnreadable(f"no such file or folder: {clip.path}")
    return clip


def _enrolment_values(enrolled: SimulatedEnrolment, level: Level) -> dict[str, object]:
    threshold = enrolled.threshold(level)
    return {
        "samples": len(enrolled.profile.samples),
        "poses": [pose.value for pose in enrolled.poses],
        "mode": enrolled.mode.value,
        "complete": enrolled.complete,
        "frames": enrolled.frames,
        "level": level.value,
        "level_supported": threshold.level_supported,
        "threshold": round(threshold.value, 4),
        "bound": _bound(threshold),
        "bound_detail": threshold.bound.value,
    }


def _bound(threshold: Threshold) -> str:
    """Return which of the two kinds of bound decided: "margin" or "fmr".

    The nearest impostor is a bound of the FMR's kind. A clamped threshold goes by the term that
    was the lower before clamping.
    """
    from facelock.core.threshold import Bound

    match threshold.bound:
        case Bound.MARGIN:
            return "margin"
        case Bound.CLAMP if threshold.margin_term <= threshold.fmr_term:
            return "margin"
        case _:
            return "fmr"


def _enrolment_lines(
    enrolled: SimulatedEnrolment, level: Level, layers: frozenset[Layer]
) -> list[str]:
    from facelock.core.enrolment import Mode, Pose

    threshold = enrolled.threshold(level)
    missing = [pose.value for pose in Pose if pose not in enrolled.poses]
    lines = [
        (
            f"Enrolled a throw-away demo profile: {len(enrolled.profile.samples)} samples "
            f"from {enrolled.frames} frames, {enrolled.mode.value} mode."
        ),
        "Poses covered: " + ", ".join(pose.value for pose in enrolled.poses) + ".",
    ]
    if enrolled.mode is Mode.PLAIN and missing:
        lines.append(f"The clips never show {', '.join(missing)} well enough: plain mode.")
    if not enrolled.complete:
        lines.append("The clips ended before the enrolment had all it asked for; it was enough.")
    lines += [
        f"Threshold at {level.value}: {threshold.value:.3f}, decided by {threshold.bound.value}.",
        _layers_line(layers),
        "",
        f"{'verdict':15} {'frames':>6} {'seconds':>8} {'distance':>9}  probe",
    ]
    return lines


def _layers_line(layers: frozenset[Layer]) -> str:
    if not layers:
        return "Without liveness: a printed photograph is judged like a face."
    return "Liveness: " + ", ".join(layer.value for layer in Layer if layer in layers) + "."


def _probe_line(probe: SimulatedProbe) -> str:
    distance = "-" if probe.distance is None else f"{probe.distance:.3f}"
    return (
        f"{probe.verdict:15} {probe.frames:6} {probe.seconds_to_verdict:8.2f} {distance:>9}  "
        f"{probe.probe} ({probe.reason})"
    )
