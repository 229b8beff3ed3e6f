"""`facelock recovery`: make, check and use a recovery key."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli.arguments import About, add_command
from facelock.cli.ask import ask_passphrase
from facelock.cli.exit_codes import Exit
from facelock.cli.keys_at_terminal import enter, new_passphrase, opened_desk, whom
from facelock.cli.output import Output
from facelock.core.errors import WrongRecoveryKey

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.services.access import Access
    from facelock.services.keys_desk import KeysDesk
    from facelock.vault.store import OpenedKey

_MAX_FILE_BYTES = 4096

_DESCRIPTION = """\
The recovery key opens everything that the passphrase opens, when that is forgotten.

  (nothing)  say whether there is a recovery key
  --new      make one and print it, this once; the one before is worth nothing from then on
  --check    say whether the recovery key you kept is the right one
  --use      set a new passphrase with the recovery key

The recovery key is never an argument, where other programs could read it: it is typed at the
prompt, comes through a pipe, or from a file (--file). With --json it is printed only when --show
says so. It is an age identity: the standard age tool opens the vault with it, without Facelock."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "recovery",
        run,
        About(
            summary="make, check or use a recovery key",
            description=_DESCRIPTION,
            examples=(
                "facelock recovery",
                "facelock recovery --new Ada",
                "facelock recovery --check",
                "facelock recovery --use --file recovery-key.txt",
            ),
            exits={
                Exit.OK: "done; there is one; it is the right one",
                Exit.NO: "there is none; wrong recovery key or passphrase; new one too weak",
                Exit.NOT_ENROLLED: "nobody of that name, or several people and no name",
            },
        ),
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="whose, by name or id")
    action = parser.add_mutually_exclusive_group()
    for flag, words in (
        ("new", "make a recovery key and print it"),
        ("check", "say whether a recovery key is the right one"),
        ("use", "set a new passphrase with the recovery key"),
    ):
        action.add_argument(
            f"--{flag}", dest="action", action="store_const", const=flag, default="", help=words
        )
    parser.add_argument("--file", type=Path, metavar="FILE", help="read the recovery key from FILE")
    parser.add_argument("--show", action="store_true", help="with --new --json: print the key too")


def run(args: argparse.Namespace) -> int:
    """Do it. Raises PassphraseError, NotEnrolled, StoreError."""
    out = Output(as_json=args.json)
    with opened_desk() as (access, desk):
        match args.action:
            case "new":
                return _make(args, out, access, desk)
            case "check":
                return _check(args, out, access, desk)
            case "use":
                return _use(args, out, access, desk)
            case _:
                return _tell(args, out, access, desk)


def _tell(args: argparse.Namespace, out: Output, access: Access, desk: KeysDesk) -> int:
    enter(access, whom(access, args.name))
    there = desk.has_recovery
    line = "There is a recovery key." if there else "There is none: facelock recovery --new"
    out.result({"recovery_key": there}, (line,))
    return Exit.OK if there else Exit.NO


def _make(args: argparse.Namespace, out: Output, access: Access, desk: KeysDesk) -> int:
    enter(access, whom(access, args.name))
    recovery = desk.renew_recovery()
    values: dict[str, object] = {"made": True, "recipient": recovery.recipient}
    if args.show:
        values["key"] = recovery.text
    out.note("Print it or write it down. It is shown this once, and opens everything.")
    out.result(values, (recovery.text,))
    return Exit.OK


def _check(args: argparse.Namespace, out: Output, access: Access, desk: KeysDesk) -> int:
    with _reopened(args, access, desk):
        out.result({"right": True}, ("That is the right recovery key.",))
    return Exit.OK


def _use(args: argparse.Namespace, out: Output, access: Access, desk: KeysDesk) -> int:
    with _reopened(args, access, desk) as opened:
        slot = desk.reset_work(opened, new_passphrase(out))()
        desk.enter(opened, slot)
    out.result({"changed": True}, ("The new passphrase is in force.",))
    return Exit.OK


@contextmanager
def _reopened(args: argparse.Namespace, access: Access, desk: KeysDesk) -> Iterator[OpenedKey]:
    """Open whoever's key this is; a sealed store does not know names yet. Wipes it at the end."""
    from facelock.vault.keys import wipe

    opened = desk.reopen_any(_candidates(access, args.name), _key_text(args.file))
    try:
        yield opened
    finally:
        wipe(opened.vault_key)


def _candidates(access: Access, name: str | None) -> tuple[str, ...]:
    if name is not None:
        return (whom(access, name).profile_id,)
    return tuple(one.profile_id for one in access.people)


def _key_text(file: Path | None) -> str:
    """Return what may be a recovery key: from a file, or typed and not shown."""
    if file is None:
        return ask_passphrase("Recovery key:")
    try:
        if str(file) == "-":
            return sys.stdin.read(_MAX_FILE_BYTES)
        with file.open("rb") as stream:
            return stream.read(_MAX_FILE_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise WrongRecoveryKey(f"the file cannot be read: {error.strerror}") from error
