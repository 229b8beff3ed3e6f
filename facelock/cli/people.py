"""`facelock people`: who is enrolled; rename and remove them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.renewal_text import left_behind, left_behind_line
from facelock.core.errors import NotEnrolled

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.template import Profile
    from facelock.services.access import Access

_DESCRIPTION = """\
List everybody who is enrolled on this machine; rename or remove one of them.

Renaming and removing ask for that person's passphrase. Removing erases template, pictures, keys
and the entries in the system's keyring; it cannot be undone."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "people",
        run,
        About(
            summary="list, rename and remove the people enrolled",
            description=_DESCRIPTION,
            examples=(
                "facelock people",
                "facelock people rename Ada 'Ada Lovelace'",
                "facelock people remove Ada",
            ),
            exits={
                Exit.OK: "done",
                Exit.NO: "wrong passphrase, or the new name is taken",
                Exit.NOT_ENROLLED: "nobody of that name is enrolled",
            },
        ),
    )
    parser.set_defaults(action="list")
    actions = parser.add_subparsers(metavar="ACTION", title="actions (default: list)")
    listed = actions.add_parser("list", help="list everybody", allow_abbrev=False)
    rename = actions.add_parser("rename", help="give a person another name", allow_abbrev=False)
    rename.add_argument("name", metavar="NAME", help="the person, by name or id")
    rename.add_argument("new_name", metavar="NEW", help="the new name")
    remove = actions.add_parser("remove", help="erase a person", allow_abbrev=False)
    remove.add_argument("name", metavar="NAME", help="the person, by name or id")
    for action, name in ((listed, "list"), (rename, "rename"), (remove, "remove")):
        action.set_defaults(action=name)
        action.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="as for every command"
        )


def run(args: argparse.Namespace) -> int:
    """Do it. Raises NotEnrolled, WrongPassphrase, NameTaken, SettingsError, StoreError."""
    out = Output(as_json=args.json)
    if not machine.has_store():
        if args.action != "list":
            raise NotEnrolled("there is no store")
        out.result({"people": []}, ("Nobody is enrolled. To enrol: facelock enrol",))
        return Exit.OK
    with machine.opened_access() as access:
        machine.unseal(access)
        if args.action == "list":
            _list(out, access)
        else:
            _change(args, out, access)
    return Exit.OK


def _list(out: Output, access: Access) -> None:
    damaged = [record.profile_id for record in access.damaged]
    lines = [_line(profile) for profile in access.profiles]
    lines += [f"{profile_id}  DAMAGED: only the passphrase opens it" for profile_id in damaged]
    outdated = left_behind(access)
    lines += [left_behind_line(name) for name in outdated]
    out.result(
        {
            "people": [_values(profile) for profile in access.profiles],
            "damaged": damaged,
            "enrol_again": outdated,
        },
        lines or ("Nobody is enrolled. To enrol: facelock enrol",),
    )


def _change(args: argparse.Namespace, out: Output, access: Access) -> None:
    profile = machine.person(access, args.name)
    machine.confirm(access, profile)
    if args.action == "remove":
        access.remove(profile.profile_id)
        out.result({"removed": profile.name}, (f"Removed {profile.name}, with all that was kept.",))
        return
    access.rename(profile.profile_id, args.new_name)
    name = access.profile(profile.profile_id).name
    out.result({"renamed": profile.name, "name": name}, (f"{profile.name} is now {name}.",))


def _values(profile: Profile) -> dict[str, object]:
    from datetime import UTC, datetime

    return {
        "name": profile.name,
        "profile_id": profile.profile_id,
        "enrolled": datetime.fromtimestamp(profile.created_at, UTC).isoformat(timespec="seconds"),
        "samples": len(profile.samples),
        "poses": list(profile.poses),
    }


def _line(profile: Profile) -> str:
    values = _values(profile)
    return f"{profile.name}  ({values['samples']} samples, enrolled {values['enrolled']})"
