"""`facelock verify`: whether an enrolled person is before the camera. It opens nothing."""

from __future__ import annotations

import argparse
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.renewal_text import NOBODY_LEFT
from facelock.cli.verify_text import HELD, hindrance, report_verdict
from facelock.core.errors import NotEnrolled, SimulatedCameraRefused, StoreInUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from facelock.cli.arguments import Commands
    from facelock.core.liveness import Prompt
    from facelock.core.observation import Observation
    from facelock.core.policy import LockState
    from facelock.core.ports import FrameSource
    from facelock.services.access import Access
    from facelock.services.recognition import Recogniser

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
The level's layers of liveness apply as at the lock; what they ask for is said on standard error.

With --demo-folder everything is a demo: a built-in face, a simulated camera, no liveness. It shows
how the command works and how long it takes; it proves nothing, so it never exits 0."""


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
                Exit.NO_FACE: (
                    "cannot look now: no camera, no usable face in time, or the window is open; "
                    "this never counts"
                ),
                Exit.NOT_ENROLLED: "nobody is enrolled, or not the one named",
                Exit.DEMO: "a demo, whatever the verdict: it proves nothing",
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
    parser.add_argument(
        "--demo-folder",
        type=Path,
        metavar="FOLDER",
        help="a demo profile in FOLDER, made if there is none; exits 5, never 0",
    )


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 600:
        raise argparse.ArgumentTypeError("a time between 0 and 600 seconds")
    return seconds


def run(args: argparse.Namespace) -> int:
    """Verify. Raises CameraError, ModelError, StoreError, KeyringError, NotEnrolled."""
    out, demo = Output(as_json=args.json), args.demo_folder is not None
    try:
        code = _verify(args, out, demo=demo)
    except StoreInUse:
        code = report_verdict(out, Exit.NO_FACE, HELD, verdict="cannot-look", demo=demo)
    return Exit.DEMO if demo else code


def _opened(demo_folder: Path | None) -> AbstractContextManager[Access]:
    """Return what opens the store and its lock: the real ones, or those of a demo."""
    if demo_folder is not None:
        from facelock.cli.verify_demo import opened_demo

        return opened_demo(demo_folder)
    if not machine.has_store():
        raise NotEnrolled("there is no store")
    return machine.opened_access()


def _source(wanted: str | None, *, demo: bool) -> FrameSource:
    """Return the camera, not open yet. Raises CameraNotFound, SimulatedCameraRefused."""
    if demo:
        from facelock.cli.verify_demo import demo_camera

        return demo_camera()
    return machine.camera_source(machine.find_camera(wanted))


def _verify(args: argparse.Namespace, out: Output, *, demo: bool) -> Exit:
    report = partial(report_verdict, out, demo=demo)
    with _opened(args.demo_folder) as access:
        if not access.is_enrolled:
            raise NotEnrolled("the store is empty")
        if access.needs_passphrase:
            return report(Exit.LOCKED_OUT, "the store opens by a passphrase only")
        if access.demo is not demo:  # cannot be: the store was opened as what it is to be
            raise SimulatedCameraRefused("a demo store")
        if not access.profiles:
            raise NotEnrolled("no profile opened")
        if refused := _locked_out(access.tick()):
            return report(Exit.LOCKED_OUT, refused)
        chosen = machine.person(access, args.person).profile_id if args.person else None
        source = _source(args.camera, demo=demo)
        recogniser, mode = _prepared(access, chosen)
        if isinstance(recogniser, str):
            code = Exit.USAGE if mode == "name-first" else Exit.LOCKED_OUT
            return report(code, recogniser, mode=mode)
        out.note("Look at the camera.")
        code, reason = _look(access, recogniser, source, args.timeout, out.note)
        inside = access.unlocked_for
        name = inside.name if inside and code == Exit.OK else None
        return report(code, reason, name, mode=mode)


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
    source: FrameSource,
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
            last = hindrance(seen) or last
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
