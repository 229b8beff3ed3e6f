"""`facelock verify`: whether an enrolled person is before the camera. It opens nothing."""

from __future__ import annotations

import argparse
import time
from contextlib import closing
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.renewal_text import NOBODY_LEFT
from facelock.core.errors import NotEnrolled, SimulatedCameraRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from facelock.cli.arguments import Commands
    from facelock.core.liveness import Prompt
    from facelock.core.observation import Observation
    from facelock.core.policy import LockState
    from facelock.services.access import Access
    from facelock.services.recognition import Recogniser
    from facelock.vision.camera_list import CameraInfo

DEFAULT_SECONDS = 10.0

_DESCRIPTION = """\
Look through the camera and say whether somebody who is enrolled is there.

The same attempt as at the lock: at the sealed security level, with the same thresholds. A failed
attempt counts here as it counts there, brings the same pauses, and after too many of them only the
passphrase opens. Nothing is unlocked; use the exit code. Only a physical camera is accepted, never
a file or a virtual camera. No distance is told.

With several people enrolled, each is held to a share of the level, so that together they let nobody
in more often than it allows; where the measurements cannot carry that share, a name is needed
(--person). With a name that person alone is looked for, at the whole level.
The level's layers of liveness apply as at the lock; what they ask for is said on standard error."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "verify",
        run,
        About(
            summary="say whether an enrolled person is before the camera",
            description=_DESCRIPTION,
            examples=(
                "facelock verify && echo welcome",
                "facelock verify --timeout 5 --json",
                "facelock verify --person Ada",
            ),
            exits={
                Exit.OK: "match",
                Exit.NO: "no match; this counts as a failed attempt",
                Exit.LOCKED_OUT: "locked out: a pause, or only the passphrase opens",
                Exit.NO_FACE: "no camera, or no usable face in time; this never counts",
                Exit.NOT_ENROLLED: "nobody is enrolled, or not the one named",
                Exit.USAGE: "wrong usage, or a name is needed at this level",
            },
        ),
    )
    parser.add_argument("--camera", metavar="CAMERA", help="name, number or id; see doctor")
    parser.add_argument("--person", metavar="NAME", help="look for this person alone")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=DEFAULT_SECONDS,
        metavar="SECONDS",
        help="how long to look for a usable face (default: %(default)g)",
    )


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 600:
        raise argparse.ArgumentTypeError("a time between 0 and 600 seconds")
    return seconds


def run(args: argparse.Namespace) -> int:
    """Verify. Raises CameraError, ModelError, StoreError, KeyringError, NotEnrolled."""
    out = Output(as_json=args.json)
    if not machine.has_store():
        raise NotEnrolled("there is no store")
    with machine.opened_access() as access:
        if not access.is_enrolled:
            raise NotEnrolled("the store is empty")
        if access.needs_passphrase:
            return _report(out, Exit.LOCKED_OUT, "the store opens by a passphrase only")
        if access.demo:  # cannot be: the store was opened as a real one
            raise SimulatedCameraRefused("a demo store")
        if not access.profiles:
            raise NotEnrolled("no profile opened")
        if refused := _locked_out(access.tick()):
            return _report(out, Exit.LOCKED_OUT, refused)
        chosen = machine.person(access, args.person).profile_id if args.person else None
        camera = machine.find_camera(args.camera)
        recogniser, mode = _prepared(access, chosen)
        if isinstance(recogniser, str):
            code = Exit.USAGE if mode == "name-first" else Exit.LOCKED_OUT
            return _report(out, code, recogniser, mode=mode)
        out.note("Look at the camera.")
        code, reason = _look(access, recogniser, camera, args.timeout, out.note)
        inside = access.unlocked_for
        name = inside.name if inside and code == Exit.OK else None
        return _report(out, code, reason, name, mode=mode)


def _locked_out(state: LockState) -> str | None:
    """Return why the face path is closed, None if it is open."""
    from facelock.core.policy import CoolingDown, PassphraseOnly

    match state:
        case CoolingDown():
            return "a pause after failed attempts; try again later, or use the passphrase"
        case PassphraseOnly(why):
            return f"only the passphrase opens ({why.value}); enter it in Facelock's window"
        case _:
            return None


def _prepared(access: Access, chosen: str | None) -> tuple[Recogniser | str, str]:
    """Return what compares, or why nothing does; and how somebody is recognised."""
    from facelock.services.gallery import Mode, lock_gallery
    from facelock.services.recognition import Recogniser

    pipeline = access.heads.load_pipeline()
    access.renewal.run(pipeline, access.heads.load_calibration)
    found = lock_gallery(
        access.profiles,
        access.terms,
        access.heads.load_calibration(),
        model_sha256=pipeline.model_sha256,
        now=time.time(),
        chosen=chosen,
    )
    if found.mode is Mode.NAME_FIRST:
        reason = f"at this level one of {found.people} people has to be named: --person NAME"
        return reason, found.mode.value
    if not found.can_match:
        return NOBODY_LEFT, found.mode.value
    recogniser = Recogniser(pipeline, found.gallery)
    recogniser.restart()
    return recogniser, found.mode.value


def _look(
    access: Access,
    recogniser: Recogniser,
    camera: CameraInfo,
    seconds: float,
    tell: Callable[[str], object],
) -> tuple[Exit, str]:
    """Run attempts until a verdict or the end of the time; return the exit code and why.

    A face that matches and is not yet shown to be live is looked at until the attempt itself ends:
    else short time-outs would let a picture be tried without end (threat-model row 9).
    """
    from facelock.cli.guidance_text import PROMPTS
    from facelock.core.attempt import Accepted, Rejected
    from facelock.core.observation import NonMatch, Unproven

    source = machine.camera_source(camera)
    last = "nothing was seen"
    refusal: NonMatch | None = None
    source.open()
    with closing(source):
        until = time.monotonic() + seconds
        seen: Observation | None = None
        asked: Prompt | None = None
        state = access.start_scan()
        while time.monotonic() < until or isinstance(seen, Unproven):
            if refused := _locked_out(state):  # the passphrase is due, or no key is armed
                return Exit.LOCKED_OUT, refused
            told = recogniser.observe(source.read())
            seen = told.observation
            if told.prompt is not None and told.prompt is not asked:
                tell(PROMPTS[told.prompt])
            asked = told.prompt
            refusal = seen if isinstance(seen, NonMatch) else refusal
            last = _what(seen) or last
            match access.observe(seen):
                case Accepted():
                    return Exit.OK, "match"
                case Rejected(reason):
                    return Exit.NO, reason
                case None:
                    continue
                case _:
                    recogniser.restart()
                    state = access.start_scan()
    if refusal is None:
        return Exit.NO_FACE, last
    return _count(access, refusal)


def _count(access: Access, refusal: Observation) -> tuple[Exit, str]:
    """End an attempt that compared and did not match when the time was over: it counts.

    Otherwise short time-outs would give a stranger comparisons that nobody counts (threat-model
    row 9). The last non-match stands for the looks that did not come.
    """
    access.start_scan()
    while access.observe(refusal) is None:
        pass
    return Exit.NO, "no match in time"


def _what(seen: Observation) -> str | None:
    """Return what kept a frame from being used, None if nothing did."""
    from facelock.core.observation import (
        NewCamera,
        NoFace,
        PoorQuality,
        SeveralFaces,
        Unproven,
    )

    match seen:
        case NoFace(too_dark):
            return "too dark" if too_dark else "no face"
        case SeveralFaces():
            return "several faces"
        case NewCamera():
            return "a camera new to Facelock: type your passphrase in the window once with it"
        case PoorQuality(defects):
            return defects[0].value
        case Unproven():
            return "not shown to be live"
        case _:
            return None


def _report(
    out: Output, code: Exit, reason: str, name: str | None = None, *, mode: str | None = None
) -> Exit:
    verdicts = {
        Exit.OK: "match",
        Exit.NO: "no-match",
        Exit.LOCKED_OUT: "locked-out",
        Exit.NO_FACE: "no-usable-face",
        Exit.USAGE: "name-needed",
    }
    line = f"MATCH: {name}" if code == Exit.OK else f"{verdicts[code].upper()}: {reason}"
    verdict, told = verdicts[code], {"name": name, "mode": mode}
    out.result({"verdict": verdict, "reason": reason, **told}, (line,))
    return code
