"""`facelock people`: who is enrolled and how they look; rename and remove them, forget a look."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.ask import ask
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.renewal_text import left_behind, left_behind_line
from facelock.core.errors import Cancelled, NotEnrolled

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.template import Appearance, Profile
    from facelock.services.access import Access

_WHOSE = "Your passphrase (of anybody enrolled):"

_DESCRIPTION = """\
List everybody who is enrolled on this machine, and the looks that are known of them; rename or
remove a person, or forget one of their looks.

All of these ask for the passphrase of somebody who is enrolled. Removing erases template, pictures,
keys, the entries in the system's keyring and the person's vault with every file and note in it; it
cannot be undone, so it also asks for the name once more (or for --yes)."""


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
                "facelock people forget-look Ada remembered-1",
            ),
            exits={
                Exit.OK: "done",
                Exit.NO: "wrong passphrase, or the new name is taken",
                Exit.NOT_ENROLLED: "nobody of that name is enrolled, or there is no such look",
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
    remove.add_argument("--yes", action="store_true", help="do not ask for the name again")
    forget = actions.add_parser("forget-look", help="forget an appearance", allow_abbrev=False)
    forget.add_argument("name", metavar="NAME", help="the person, by name or id")
    forget.add_argument("look", metavar="LOOK", help="the appearance, as listed")
    parsers = {"list": listed, "rename": rename, "remove": remove, "forget-look": forget}
    for name, action in parsers.items():
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
    lines = [line for profile in access.profiles for line in _lines(profile)]
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
    match args.action:
        case "remove":
            _remove(out, access, profile, sure=args.yes)
        case "forget-look":
            _forget_look(out, access, profile, args.look)
        case _:
            machine.open_anybody(access, _WHOSE)
            access.rename(profile.profile_id, args.new_name)
            name = access.profile(profile.profile_id).name
            lines = (f"{profile.name} is now {name}.",)
            out.result({"renamed": profile.name, "name": name}, lines)


def _remove(out: Output, access: Access, profile: Profile, *, sure: bool) -> None:
    if not sure:
        out.note(f"This erases {profile.name}, and the vault with every file and note in it.")
        if ask(f"Type {profile.name} to confirm:") != profile.name:
            raise Cancelled
    machine.open_anybody(access, _WHOSE)
    access.remove(profile.profile_id)
    out.result({"removed": profile.name}, (f"Removed {profile.name}, with all that was kept.",))


def _forget_look(out: Output, access: Access, profile: Profile, look: str) -> None:
    """Raises NotEnrolled if there is no such look, or if it is the last one enrolled."""
    from facelock.services.adapting import forget_look

    machine.open_anybody(access, _WHOSE)
    try:
        forget_look(access, profile.profile_id, look, access.heads.load_calibration())
    except ValueError as error:
        raise NotEnrolled(str(error)) from error
    out.result({"forgotten": look, "name": profile.name}, (f"Forgot {look} of {profile.name}.",))


def _values(profile: Profile) -> dict[str, object]:
    from datetime import UTC, datetime

    return {
        "name": profile.name,
        "profile_id": profile.profile_id,
        "enrolled": datetime.fromtimestamp(profile.created_at, UTC).isoformat(timespec="seconds"),
        "samples": len(profile.samples),
        "poses": list(profile.poses),
        "looks": [_look_values(look) for look in profile.appearances],
    }


def _look_values(look: Appearance) -> dict[str, object]:
    return {
        "name": look.name,
        "source": look.source.value,
        "added": _day(look.added_at),
        "expires": None if look.expires_at is None else _day(look.expires_at),
    }


def _day(seconds: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _lines(profile: Profile) -> list[str]:
    values = _values(profile)
    head = f"{profile.name}  ({values['samples']} samples, enrolled {values['enrolled']})"
    return [head, *(_look_line(look) for look in profile.appearances)]


def _look_line(look: Appearance) -> str:
    until = "" if look.expires_at is None else f", until {_day(look.expires_at)}"
    return f"    {look.name}: {look.source.value} {_day(look.added_at)}{until}"
