"""`facelock erase`: one person, or everything, for good."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.ask import ask
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.core.errors import NotEnrolled

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.template import Person
    from facelock.services.access import Access

PHRASE = "erase everything"

_DESCRIPTION = f"""\
Erase one person: face data, keys, vault and entries in the system's keyring. Asks for that
person's passphrase, and to type their name.

Or erase everything that Facelock keeps for you on this computer: everybody's face data and vaults,
keys, logs, preferences and keyring entries, and the entry that starts it when you log in. This
needs no passphrase, since it is what is left when it is forgotten; it asks you to type
"{PHRASE}". It can be run again if it was interrupted.

Neither can be undone. Backups that you made are not touched. A solid-state disk may keep old copies
of deleted data for a while; they are encrypted, and the keys are erased first. If that is not
enough for you, keep the home folder on an encrypted disk."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "erase",
        run,
        About(
            summary="erase a person, or everything, for good",
            description=_DESCRIPTION,
            examples=("facelock erase Ada", "facelock erase --everything"),
            exits={
                Exit.OK: "erased",
                Exit.NO: "not confirmed, wrong passphrase, or something could not be erased",
                Exit.NOT_ENROLLED: "nobody of that name is enrolled",
            },
        ),
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="the person, by name or id")
    parser.add_argument("--everything", action="store_true", help="everybody and everything")
    parser.add_argument(
        "--yes-erase-everything", action="store_true", help="with --everything: do not ask"
    )


def run(args: argparse.Namespace) -> int:
    """Do it. Raises NotEnrolled, WrongPassphrase, StoreInUse, StoreError."""
    out = Output(as_json=args.json)
    if args.everything is bool(args.name) or (args.yes_erase_everything and args.name):
        out.failure("Usage", "name one person, or give --everything", Exit.USAGE)
        return Exit.USAGE
    return _everything(args, out) if args.everything else _person(args.name, out)


def _person(name: str, out: Output) -> int:
    if not machine.has_store():
        raise NotEnrolled("there is no store")
    with machine.opened_access() as access:
        machine.unseal(access)
        person = _find(access, name)
        machine.confirm(access, person)
        called = person.name or person.profile_id
        typed = ask(f"Everything of {called} will be erased. Type the name to go on:")
        if typed.casefold() != called.casefold():
            return _nothing_erased(out)
        access.remove(person.profile_id)
    out.result({"erased": called}, (f"Erased {called}, with face data, keys and vault.",))
    return Exit.OK


def _find(access: Access, name: str) -> Person:
    """Return the person; one whose record is damaged has no name and is found by id."""
    for person in access.people:
        if name.casefold() in ((person.name or "").casefold(), person.profile_id):
            return person
    raise NotEnrolled("nobody of that name")


def _everything(args: argparse.Namespace, out: Output) -> int:
    from facelock.services.erasing import erase_everything

    if not args.yes_erase_everything and ask(f'Type "{PHRASE}" to go on:') != PHRASE:
        return _nothing_erased(out)
    erased = erase_everything(machine.paths(), machine.keyring(), machine.autostart())
    lines = ["Everything of Facelock that could be erased is erased."]
    if not erased.keyring_was_reached:
        lines.append(
            "The keyring could not be reached. What it still holds opens nothing any more; to "
            "remove it too, unlock the keyring and run this again."
        )
    lines += [f"This could not be deleted: {path}" for path in erased.left]
    if erased.is_complete:
        lines = ["Everything of Facelock is erased from this computer. Your backups are not."]
    left = [str(path) for path in erased.left]
    out.result(
        {"erased": erased.is_complete, "keyring": erased.keyring_was_reached, "left": left}, lines
    )
    return Exit.OK if erased.is_complete else Exit.NO


def _nothing_erased(out: Output) -> int:
    out.result({"erased": False}, ("Nothing was erased.",))
    return Exit.NO
