"""`facelock activity`: what happened on this lock."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.ask import ask
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.core.errors import NotEnrolled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from facelock.cli.arguments import Commands
    from facelock.core.activity import Activity
    from facelock.core.template import Person
    from facelock.services.access import Access

_DAY_SECONDS = 86_400.0
_KINDS = ("unlocks", "refusals", "changes", "vault")
_DESCRIPTION = """\
Show what happened: who came in, who was refused, and what was changed.

Asks for your passphrase, and shows what concerns you: your own entries and those about the whole
lock. An entry says that something happened, when, and about whom; it holds no score, no picture and
no name of a file. The log is sealed and chained: if entries were cut out or changed, it says so."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "activity",
        run,
        About(
            summary="show what happened on this lock",
            description=_DESCRIPTION,
            examples=(
                "facelock activity --since 7",
                "facelock activity --kind refusals --json",
                "facelock activity Ada --export activity.csv",
            ),
            exits={
                Exit.OK: "shown",
                Exit.NO: "wrong passphrase",
                Exit.NOT_ENROLLED: "nobody of that name is enrolled",
            },
        ),
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="you, if several are enrolled")
    parser.add_argument("--since", metavar="DAYS", type=_days, help="of the last DAYS days alone")
    parser.add_argument("--kind", choices=_KINDS, help="of this kind alone")
    parser.add_argument(
        "--export",
        metavar="FILE",
        type=Path,
        help="write it into a file, not sealed: JSON if its name ends in .json, else CSV",
    )


def _days(text: str) -> float:
    days = float(text)
    if not 0 < days <= 36_500:
        raise argparse.ArgumentTypeError("a number of days")
    return days


def run(args: argparse.Namespace) -> int:
    """Show it. Raises NotEnrolled, WrongPassphrase, ExportUnwritable, StoreError."""
    out = Output(as_json=args.json)
    if not machine.has_store():
        raise NotEnrolled("there is no store")
    with machine.opened_access() as access:
        person = _who(access, args.name)
        machine.confirm(access, person)
        names = {one.profile_id: one.name for one in access.people if one.name}
        found = _chosen(args, _read(access, person.profile_id))
        if args.export is not None:
            _export(out, access, args.export, (found, names), person)
        else:
            _show(out, found, names)
    return Exit.OK


def _who(access: Access, name: str | None) -> Person:
    if not access.is_enrolled:
        raise NotEnrolled("the store is empty")
    if name is None and len(access.people) == 1:
        return access.people[0]
    if access.needs_passphrase:  # before that nobody has a name
        machine.unseal(access)
    wanted = (ask("Your name:") if name is None else name).casefold()
    for one in access.people:
        if wanted in ((one.name or "").casefold(), one.profile_id):
            return one
    raise NotEnrolled("nobody of that name")


def _read(access: Access, profile_id: str) -> tuple[Activity, ...]:
    from facelock.services.activity import ActivityJournal

    journal = access.journal
    return journal.read(profile_id) if isinstance(journal, ActivityJournal) else ()


def _chosen(args: argparse.Namespace, found: tuple[Activity, ...]) -> tuple[Activity, ...]:
    from facelock.services.activity import GROUPS, Group

    since = time.time() - args.since * _DAY_SECONDS if args.since else float("-inf")
    kinds = GROUPS[Group(args.kind)] if args.kind else None
    return tuple(one for one in found if one.at >= since and (kinds is None or one.what in kinds))


def _show(out: Output, found: tuple[Activity, ...], names: Mapping[str, str]) -> None:
    from facelock.services.activity_export import as_values

    lines = [
        f"{time.strftime('%Y-%m-%d %H:%M', time.localtime(one.at))}  "
        f"{one.what.value.replace('-', ' ')}  {names.get(one.profile_id, one.profile_id)}".rstrip()
        for one in found
    ]
    entries = [as_values(one, names) for one in found]
    out.result({"activity": entries}, lines or ("Nothing of that kind happened in that time.",))


def _export(
    out: Output,
    access: Access,
    path: Path,
    what: tuple[tuple[Activity, ...], Mapping[str, str]],
    person: Person,
) -> None:
    from facelock.core.activity import Happening
    from facelock.services.activity_export import export_activities

    found, names = what
    export_activities(path, found, names)
    access.journal.note(Happening.LOG_EXPORTED, person.profile_id)
    out.result({"exported": len(found)}, (f"Wrote {len(found)} entries.",))
