"""`facelock doctor`: looks at everything Facelock needs; each line is OK or says what to do."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands

_DESCRIPTION = """\
Look at versions, OpenCV, models (by hash, and one embedding against its known value), calibration,
cameras, keyring, display, folders and disk. Each line is OK, or !! with what to do.

No camera is switched on, nothing is written but the log, and no network is used."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(
        commands,
        "doctor",
        run,
        About(
            summary="check that everything needed is here and works",
            description=_DESCRIPTION,
            examples=("facelock doctor", "facelock doctor --json"),
            exits={Exit.OK: "everything is fine", Exit.NO: "something needs doing; it says what"},
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Check everything."""
    from facelock.cli import checks

    out = Output(as_json=args.json)
    lines = []
    for check in checks.ALL:
        for line in check():
            lines.append(line)
            out.say(f"{'OK' if line.is_ok else '!!'}  {line.about:18} {line.finding}")
            for advice in line.advice.splitlines():
                out.say(f"    {'':18} -> {advice}")
    ok = all(line.is_ok for line in lines)
    out.result({"ok": ok, "checks": [{**vars(line), "ok": line.is_ok} for line in lines]})
    return Exit.OK if ok else Exit.NO
