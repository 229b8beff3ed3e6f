"""`facelock lock`: locks the window that is open, from anywhere: a key binding, a script."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.desktop.lock_request import LockAnswer, ask_to_lock

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands

_DESCRIPTION = """\
Lock the window now: the key is wiped and everything open is closed. Waits until the window says
that it is locked, three seconds at most. If no window runs, it is locked already."""

_WORDS = {
    LockAnswer.LOCKED: "Locked.",
    LockAnswer.NOTHING_RUNS: "No window of Facelock is running, so it is locked.",
    LockAnswer.NO_ANSWER: "Facelock did not answer. Close its window, or end the program: "
    "that locks it too.",
}


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(
        commands,
        "lock",
        run,
        About(
            summary="lock the window that is open",
            description=_DESCRIPTION,
            examples=("facelock lock", "facelock lock --json"),
            exits={Exit.OK: "it is locked", Exit.NO: "the window did not answer"},
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Lock it."""
    try:
        answer = ask_to_lock(machine.paths().state)
    except OSError:  # nobody can be asked in a folder that cannot be written
        answer = LockAnswer.NO_ANSWER
    locked = answer is not LockAnswer.NO_ANSWER
    out = Output(as_json=args.json)
    out.result({"locked": locked, "answer": answer.value}, (_WORDS[answer],))
    return Exit.OK if locked else Exit.NO
