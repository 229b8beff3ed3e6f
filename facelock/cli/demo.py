"""`facelock demo`: the whole journey on built-in faces, as a window or in the terminal."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command, level_of
from facelock.cli.consent_text import CONSENT
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.threshold import Threshold
    from facelock.services.demo_events import DemoEvent

_NO_WINDOW = 69  # what facelock-gui exits with where it cannot show one

_HONESTY = """\
DEMO. One photograph of each person was set in motion; the enrolment and the glances at the lock are
rendered from it. So this shows that the machinery works, not how accurate it is with people.
Liveness is off in the demo. Everything lives in a temporary folder and is gone afterwards."""

_DESCRIPTION = f"""\
Show the whole journey without a camera: a person enrols, the lock closes, opens for them, stays
shut for somebody else and for a wrong passphrase, opens for the right one; the person is removed.

With a display this opens the real window on a simulated camera. Without one, and with --json or
--terminal, the same journey runs in the terminal, through the same code as with a camera.

{_HONESTY}"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "demo",
        run,
        About(
            summary="the whole journey on built-in faces, without a camera",
            description=_DESCRIPTION,
            examples=(
                "facelock demo",
                "facelock demo --terminal --level strict",
                "facelock demo --json",
            ),
            exits={Exit.OK: "every step did what it should", Exit.NO: "a step did not"},
        ),
        has_level=True,
    )
    parser.add_argument("--terminal", action="store_true", help="no window, even with a display")


def run(args: argparse.Namespace) -> int:
    """Show it. Raises ModelError, StoreUnwritable, PictureUnreadable."""
    if not args.json and not args.terminal and has_display():
        code = _open_window()
        if code != _NO_WINDOW:
            return Exit.OK if code == 0 else Exit.NO
    return _show_film(args)


def has_display() -> bool:
    """True if a window can be shown and seen, as far as the system tells without opening one."""
    from facelock.desktop.display import display_trouble

    unseen = os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}
    return not unseen and not display_trouble()


def window_command() -> list[str]:
    """Return how to start the window: a program of its own, since the command line has no Qt."""
    if getattr(sys, "frozen", False):
        here = Path(sys.executable)
        return [str(here.with_name("facelock-gui" + here.suffix)), "--demo"]
    return [sys.executable, "-m", "facelock.app", "--demo"]


def _open_window() -> int:
    """Return the window's exit code, once it is closed. Ended by SIGTERM, it takes it along."""
    import signal
    import subprocess

    with subprocess.Popen(window_command()) as window:  # noqa: S603 - our own program
        before = signal.signal(signal.SIGTERM, lambda *_: window.terminate())
        try:
            return window.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


def _show_film(args: argparse.Namespace) -> int:
    from facelock.services.calibration import load_calibration
    from facelock.services.demo import run_demo
    from facelock.services.demo_cast import DemoCast
    from facelock.services.demo_events import OwnerEnrolled
    from facelock.services.loading import load_pipeline

    out, level = Output(as_json=args.json), level_of(args)
    cast = DemoCast(realtime=False)
    out.say(_HONESTY)
    for credit in cast.credits:
        out.say(f"  {credit}")
    out.say()
    out.say(CONSENT)
    out.say("In the demo the photographs agree.")
    out.say()
    thresholds: list[Threshold] = []

    def tell(event: DemoEvent) -> None:
        if isinstance(event, OwnerEnrolled):
            thresholds.append(event.threshold)
        out.say(_line(event, cast.owner_name, cast.stranger_name))

    started = time.perf_counter()
    result = run_demo(cast, load_pipeline(), load_calibration(), level, tell=tell)
    values: dict[str, object] = {
        **vars(result),
        "poses": list(result.poses),
        "demo": True,
        "level": level.value,
        "threshold": round(thresholds[0].value, 4) if thresholds else None,
        "bound": thresholds[0].bound.value if thresholds else None,
        "faces": list(cast.credits),
        "seconds": round(time.perf_counter() - started, 2),
    }
    ending = (
        "All of it as it should be."
        if result.went_well
        else "That is not as it should be. Try: facelock doctor"
    )
    out.result(values, ("", ending))
    return Exit.OK if result.went_well else Exit.NO


def _line(event: DemoEvent, owner: str, stranger: str) -> str:
    """Return the line of the film for an event."""
    from facelock.services.demo_events import (
        Glanced,
        OwnerEnrolled,
        PassphraseTried,
        SampleTaken,
    )

    match event:
        case SampleTaken(pose, samples):
            return f"  {owner} enrols: picture {samples}, {pose.value}"
        case OwnerEnrolled(samples, poses, threshold):
            return (
                f"ENROLLED   {owner}: {samples} pictures ({', '.join(poses)}); "
                f"threshold {threshold.value:.3f}, decided by {threshold.bound.value}; "
                "sealed under a random key, wrapped by a passphrase"
            )
        case Glanced(by_owner, unlocked, frames, seconds):
            name = owner if by_owner else stranger
            return (
                f"LOCKED     {name} looks at the camera\n"
                f"{_outcome(opened=unlocked)}   after {frames} frames, {seconds:.2f} s"
            )
        case PassphraseTried(right, opened):
            which = "the right" if right else "a wrong"
            return f"LOCKED     {which} passphrase is entered\n{_outcome(opened=opened)}"
        case _:
            return f"REMOVED    {owner}, with template, pictures and keys"


def _outcome(*, opened: bool) -> str:
    return "UNLOCKED" if opened else "REFUSED "
