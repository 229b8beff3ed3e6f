"""`facelock enrol`: enrol a person at the terminal, with the real camera."""

from __future__ import annotations

import argparse
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.ask import ask, ask_passphrase
from facelock.cli.consent_text import CONSENT
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.core.errors import NameTaken, SettingsError, TooFewSamples

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.ports import FrameSource
    from facelock.core.template import Profile
    from facelock.services.access import Access
    from facelock.services.enrolling import Enroller
    from facelock.vault.key_files import PreparedKeys

DEFAULT_SECONDS = 120.0

_DESCRIPTION = """\
Enrol a person: their name, their consent, a passphrase, and pictures of their face.

It asks for everything. No picture is taken before "yes" was typed to the consent. Then it says what
to do ("Turn your head slowly to the left.") and takes the pictures by itself, two in each of five
poses; --plain takes six as they come, for people who cannot turn their head. The second person and
every further one also needs the passphrase of somebody who is enrolled.
Answers may come through a pipe, one a line, in the order of the questions. Only a physical camera
is accepted; clips are for facelock simulate."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "enrol",
        run,
        About(
            summary="enrol a person with the camera",
            description=_DESCRIPTION,
            examples=("facelock enrol", "facelock enrol --name Ada --plain"),
            exits={
                Exit.OK: "enrolled",
                Exit.NO: "refused: no consent, weak or wrong passphrase, name or face known",
                Exit.NO_FACE: "no camera, or not enough usable pictures in time",
            },
        ),
    )
    parser.add_argument("--name", help="the person's name (default: it is asked)")
    parser.add_argument("--camera", metavar="CAMERA", help="name, number or id; see doctor")
    parser.add_argument("--plain", action="store_true", help="no turning of the head")
    parser.add_argument(
        "--timeout",
        type=float,
        default=DEFAULT_SECONDS,
        metavar="SECONDS",
        help="how long to try (default: %(default)g)",
    )


def run(args: argparse.Namespace) -> int:
    """Enrol. Raises CameraError, EnrolmentError, PassphraseError, StoreError and others."""
    from facelock.vault.keys import wipe

    out = Output(as_json=args.json)
    camera = machine.camera_source(machine.find_camera(args.camera))
    with machine.opened_access() as access:
        machine.unseal(access)
        name = _name(args.name, access)
        out.note(CONSENT)
        if ask("Do you agree? Type yes to go on:").lower() != "yes":
            out.note("Nothing was taken and nothing was stored.")
            out.result({"enrolled": False, "consent": False})
            return Exit.NO
        _confirm(access)
        keys = _keys(out, name)
        try:
            profile, camera_id = _captured(args, out, camera, access, name, keys.profile_id)
            _confirm(access)  # two minutes may be over
            access.enrol(profile, keys, camera_id=camera_id)
        finally:
            wipe(keys.vault_key)
        if args.json:  # another program reads that
            out.note("To get a recovery key, to print or write down: facelock recovery --new")
        threshold = profile.thresholds[access.level]
        out.result(
            {
                "enrolled": True,
                "consent": True,
                "name": profile.name,
                "samples": len(profile.samples),
                "poses": list(profile.poses),
                "level": access.level.value,
                "threshold": round(threshold.value, 4),
                "bound": threshold.bound.value,
                "needs_better_samples": threshold.needs_better_samples,
            },
            (
                f"Enrolled {profile.name} with {len(profile.samples)} pictures.",
                "Try it: facelock verify",
                "Recovery key, shown this once. It opens everything without the passphrase; print",
                "it or write it down, and keep it away from this computer:",
                keys.recovery_key.text,
            ),
        )
    return Exit.OK


def _name(given: str | None, access: Access) -> str:
    """Return a name that may be used. Raises SettingsError, NameTaken."""
    from facelock.services.enrolling import checked_name

    try:
        name = checked_name(given if given is not None else ask("Name:"))
    except ValueError as error:
        raise SettingsError("not a name") from error
    if name.casefold() in (profile.name.casefold() for profile in access.profiles):
        raise NameTaken("at the terminal")
    return name


def _confirm(access: Access) -> None:
    """Ask for somebody's passphrase if anybody is enrolled and it was not asked just now."""
    if access.is_enrolled and not access.is_confirmed:
        machine.open_anybody(access, "Passphrase of somebody who is enrolled:")


def _keys(out: Output, name: str) -> PreparedKeys:
    """Ask for a new passphrase, twice, and wrap a new key by it. Raises PassphraseTooWeak."""
    import secrets

    from facelock.vault.key_files import prepare_keys
    from facelock.vault.passphrases import check_new_passphrase

    passphrase = ask_passphrase("New passphrase:")
    check_new_passphrase(passphrase, (name,))
    while ask_passphrase("The same again:") != passphrase:
        out.note("That is not the same. Ctrl+C to stop.")
    return prepare_keys(secrets.token_hex(16), passphrase)


def _captured(
    args: argparse.Namespace,
    out: Output,
    camera: FrameSource,
    access: Access,
    name: str,
    profile_id: str,
) -> tuple[Profile, str]:
    """Return the profile made of the pictures taken, and the camera's id.

    Raises CameraError, EnrolmentError.
    """
    from facelock.services.enrolling import Enroller

    pipeline, calibration = access.heads.load_pipeline(), access.heads.load_calibration()
    access.renewal.run(pipeline, lambda: calibration)
    gallery = access.gallery(pipeline.model_sha256)
    enroller = Enroller(pipeline, gallery, calibration, demo=False)
    if args.plain:
        enroller.use_plain_mode()
    _take_pictures(enroller, camera, out, args.timeout)
    if not enroller.flow.is_complete:
        raise TooFewSamples(f"{len(enroller.flow.samples)} taken; or try --plain")
    profile = enroller.profile(name=name, created_at=time.time())
    return replace(profile, profile_id=profile_id), enroller.camera_id


def _take_pictures(enroller: Enroller, camera: FrameSource, out: Output, seconds: float) -> None:
    """Show the camera to the enrolment until it has all it wants or the time is over."""
    from facelock.cli.guidance_text import SENTENCES

    said = None
    camera.open()
    with closing(camera):
        until = time.monotonic() + seconds
        while not enroller.flow.is_complete and time.monotonic() < until:
            view = enroller.offer(camera.read())
            if view.sample_taken:
                out.note(f"  picture {len(view.flow.samples)}  ({view.flow.progress:.0%})")
            if view.flow.guidance is not said:
                said = view.flow.guidance
                out.note(SENTENCES[said])
