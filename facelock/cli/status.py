"""`facelock status`: who is enrolled, how strict the lock is, and what state it is in."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.renewal_text import left_behind, left_behind_line
from facelock.core.errors import CameraError
from facelock.core.levels import Level
from facelock.core.liveness import LAYERS, Layer

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.policy import LockState
    from facelock.services.access import Access

_DESCRIPTION = """\
Say who is enrolled, the security level, its layers of liveness, whether the face path is open or
locked out, where the secret is kept, which camera would be used, and where everything lies.
Asks nothing and opens no camera."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(
        commands,
        "status",
        run,
        About(
            summary="who is enrolled and how the lock stands",
            description=_DESCRIPTION,
            examples=("facelock status", "facelock status --json"),
            exits={Exit.OK: "told, whatever there was to tell"},
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Tell. Raises StoreError, KeyringError."""
    from facelock.cli.version import version_of

    folders = machine.paths()
    values: dict[str, object] = {
        "version": version_of(),
        **_lock(),
        "keyring": "system" if machine.keyring().is_persistent else "none",
        "camera": _camera(),
        "data": str(folders.data),
        "settings": str(folders.settings_file),
        "log": str(folders.log_file),
    }
    lines = [f"{key:11} {_text(values[key])}" for key in values]
    outdated = values.get("enrol_again")
    lines += [left_behind_line(name) for name in outdated] if isinstance(outdated, list) else []
    Output(as_json=args.json).result(values, lines)
    return Exit.OK


def _lock() -> dict[str, object]:
    """Return what the store tells; a machine without a store is told from one that has it."""
    if not machine.has_store():
        return {
            "people": [],
            "level": Level.BALANCED.value,
            "liveness": _layers(LAYERS[Level.BALANCED]),
            "lock": "not set up",
        }
    from facelock.cli.retrain_text import short_name

    with machine.opened_access() as access:
        sealed = access.needs_passphrase and access.is_enrolled
        return {
            "people": None if sealed else [profile.name for profile in access.profiles],
            "damaged": len(access.damaged),
            "enrol_again": left_behind(access),
            "level": access.level.value,
            "liveness": _layers(access.layers),
            "recognises": _mode(access),
            "head": short_name(access.heads.in_force),
            "lock": "passphrase only (no-face-key)" if sealed else _state(access.tick()),
        }


def _layers(layers: frozenset[Layer]) -> list[str]:
    """Return the names of the layers of liveness in force, in the order of their definition."""
    return [layer.value for layer in Layer if layer in layers]


def _mode(access: Access) -> str:
    """Return how the lock finds out who it is: 1:1, 1:N at the level over N, or name-first."""
    import time

    from facelock.services.gallery import lock_gallery

    found = lock_gallery(
        access.profiles,
        access.terms,
        access.heads.load_calibration(),
        model_sha256=access.heads.network().model_sha256,
        now=time.time(),
    )
    return found.mode.value


def _state(state: LockState) -> str:
    from facelock.core.policy import CoolingDown, PassphraseOnly

    match state:
        case CoolingDown(failures):
            return f"locked, pausing after {failures} failed attempts"
        case PassphraseOnly(why):
            return f"passphrase only ({why.value})"
        case _:
            return "locked"


def _camera() -> str | None:
    try:
        return machine.find_camera(None).name
    except CameraError:
        return None


def _text(value: object) -> str:
    match value:
        case None:
            return "unknown: sealed, missing or not connected"
        case [] | "":
            return "nobody"
        case list():
            return ", ".join(str(one) for one in value)
        case _:
            return str(value)
