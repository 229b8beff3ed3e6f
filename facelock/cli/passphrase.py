"""`facelock passphrase`: change a person's passphrase."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.keys_at_terminal import enter, new_passphrase, opened_desk, whom
from facelock.cli.output import Output

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands

_DESCRIPTION = """\
Change a passphrase. It asks for the one in force, then for the new one, twice.

Nothing is encrypted anew: the passphrase wraps the key to the vault, and that key stays. Whoever
has a copy of this computer's files from before the change can still try the old passphrase on it.
A forgotten passphrase is replaced with the recovery key: facelock recovery --use."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "passphrase",
        run,
        About(
            summary="change a passphrase",
            description=_DESCRIPTION,
            examples=("facelock passphrase", "facelock passphrase Ada"),
            exits={
                Exit.OK: "changed",
                Exit.NO: "wrong passphrase, or the new one is too weak",
                Exit.NOT_ENROLLED: "nobody of that name, or several people and no name",
            },
        ),
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="whose, by name or id")


def run(args: argparse.Namespace) -> int:
    """Change it. Raises PassphraseError, NotEnrolled, StoreError."""
    out = Output(as_json=args.json)
    with opened_desk() as (access, desk):
        enter(access, whom(access, args.name))
        desk.change_passphrase(desk.slot_work(new_passphrase(out))())
    out.result({"changed": True}, ("The passphrase is changed.",))
    return Exit.OK
