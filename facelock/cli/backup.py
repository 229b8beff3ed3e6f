"""`facelock backup`: everything of a person in one encrypted file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.keys_at_terminal import enter, whom
from facelock.cli.output import Output
from facelock.cli.progress_bar import ProgressBar
from facelock.core.errors import NotEnrolled

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.services.access import Access
    from facelock.services.backup import BackupDesk
    from facelock.vault.items import Progress

_DESCRIPTION = """\
Write a backup of one person: keys, templates and everything in the vault, in one encrypted file.
It asks for the passphrase, and reads the file back before it counts.

The backup opens with the passphrase or the recovery key of today, also after these were changed.
It is an ordinary tar file with an age file in it: docs/recovery.md opens it without Facelock."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "backup",
        run,
        About(
            summary="write everything of a person into one encrypted file",
            description=_DESCRIPTION,
            examples=(
                "facelock backup ada.facelock",
                "facelock backup --person Ada --force /media/stick/ada.facelock",
            ),
            exits={
                Exit.OK: "written, and verified",
                Exit.NO: "wrong passphrase; it cannot be written there",
                Exit.NOT_ENROLLED: "nobody of that name, or several people and no name",
            },
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup to write")
    parser.add_argument("--person", metavar="NAME", help="whose, by name or id")
    parser.add_argument("--force", action="store_true", help="replace FILE if it is there")


def run(args: argparse.Namespace) -> int:
    """Write it. Raises BackupError, PassphraseError, NotEnrolled, StoreError, VaultError."""
    out = Output(as_json=args.json)
    if not machine.has_store():
        raise NotEnrolled("there is no store")
    with opened_backups() as (access, desk):
        enter(access, whom(access, args.person))
        with shown_progress("backing up") as progress:
            items = desk.make(args.file, progress, overwrite=args.force)
    size = args.file.stat().st_size
    line = f"{items} items in {args.file.name}, {size / 1e6:.1f} MB, read back and found whole."
    out.result({"file": str(args.file), "items": items, "bytes": size}, (line,))
    return Exit.OK


@contextmanager
def opened_backups() -> Iterator[tuple[Access, BackupDesk]]:
    """Open the lock and the desk for backups; lock at the end. Raises StoreError."""
    from facelock.services.backup import BackupDesk
    from facelock.services.vault_desk import VaultDesk

    vaults = machine.paths().vaults
    with machine.opened_lock() as (access, store):
        try:
            yield access, BackupDesk(access, store, VaultDesk(access, store, vaults), vaults)
        finally:
            access.lock()


@contextmanager
def shown_progress(what: str) -> Iterator[Progress]:
    """Give what shows bytes done as a bar, and take the bar away."""
    bar = ProgressBar()
    try:
        yield lambda done, total: bar.tell(what, done / max(total, 1))
    finally:
        bar.clear()
