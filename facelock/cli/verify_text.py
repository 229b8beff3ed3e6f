"""What `facelock verify` says, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facelock.cli.exit_codes import Exit

if TYPE_CHECKING:
    from facelock.cli.output import Output
    from facelock.core.observation import Observation

HELD = "Facelock's window, or another command, is using the store; close it, also in the tray"

_VERDICTS = {
    Exit.OK: "match",
    Exit.NO: "no-match",
    Exit.LOCKED_OUT: "locked-out",
    Exit.NO_FACE: "no-usable-face",
    Exit.USAGE: "name-needed",
}


def report_verdict(
    out: Output,
    code: Exit,
    reason: str,
    name: str | None = None,
    *,
    mode: str | None = None,
    verdict: str = "",
    demo: bool = False,
) -> Exit:
    """Print the verdict of this exit code, or another one of the same code; return the code."""
    verdict = verdict or _VERDICTS[code]
    line = f"MATCH: {name}" if code == Exit.OK else f"{verdict.upper()}: {reason}"
    if demo:
        line = f"DEMO, which proves nothing: {line}"
    told = {"name": name, "mode": mode, "demo": demo}
    out.result({"verdict": verdict, "reason": reason, **told}, (line,))
    return code


def hindrance(seen: Observation) -> str | None:
    """Return what kept a frame from being used, None if nothing did."""
    from facelock.core.observation import (
        NewCamera,
        NoFace,
        PoorQuality,
        SeveralFaces,
        Unproven,
    )

    match seen:
        case NoFace(black=True):
            return "black picture: open the camera's shutter, or turn on a light"
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
