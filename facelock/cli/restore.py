"""`facelock restore`: a person put back from a backup."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.ask import ask_passphrase
from facelock.cli.backup import opened_backups, shown_progress
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.core.errors import NameTaken

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.services.access import Access
    from facelock.services.backup import BackupDesk

_DESCRIPTION = """\
Put a person back from a backup, on this or on a new computer: keys, templates and vault.
The whole file is verified before anything changes, and until the end the old state stands.

It asks for the passphrase that was in force when the backup was made, or for the recovery key
(--recovery). Where somebody is enrolled, it first asks for the passphrase in force here. The face
opens again after the first unlock with the passphrase."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "restore",
        run,
        About(
            summary="put a person back from a backup",
            description=_DESCRIPTION,
            examples=(
                "facelock restore ada.facelock",
                "facelock restore --recovery ada.facelock",
                "facelock restore --replace ada.facelock",
            ),
            exits={
                Exit.OK: "the person is back",
                Exit.NO: "wrong passphrase; no whole backup; enrolled, and no --replace",
            },
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument(
        "--replace", action="store_true", help="replace what this person has here now"
    )
    parser.add_argument(
        "--recovery", action="store_true", help="open the backup with the recovery key"
    )


def run(args: argparse.Namespace) -> int:
    """Restore. Raises BackupError, PassphraseError, NameTaken, StoreError, VaultError."""
    from facelock.services.backup import by_passphrase, by_recovery_key

    out = Output(as_json=args.json)
    with opened_backups() as (access, desk):
        whose = _confirm(args, access, desk)
        if args.recovery:
            open_key = by_recovery_key(ask_passphrase("Recovery key:"))
        else:
            open_key = by_passphrase(ask_passphrase("Passphrase of the backup:"))
        with shown_progress("restoring") as progress:
            restored = desk.restore(args.file, open_key, progress, in_place=args.replace, of=whose)
    name = restored.profile.name
    out.result(
        {"restored": name, "items": restored.items},
        (f"{name} is back, with {restored.items} items. Unlock with the passphrase once.",),
    )
    return Exit.OK


def _confirm(args: argparse.Namespace, access: Access, desk: BackupDesk) -> str:
    """Ask for a passphrase of this machine, if there is any: whoever is replaced must agree.

    Returns whose backup it is.
    """
    whose = desk.whose(args.file)
    if not access.is_enrolled:
        return whose
    for one in access.people:
        if one.profile_id == whose:
            if not args.replace:
                raise NameTaken("this person is enrolled; --replace puts the backup in their place")
            machine.confirm(access, one)
            return whose
    machine.open_anybody(access, "Passphrase of somebody enrolled here:")
    return whose
