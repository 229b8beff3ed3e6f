"""`facelock status`: what the window does, who is enrolled, how strict the lock is."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.cli.renewal_text import left_behind, left_behind_line
from facelock.core.errors import CameraError, StoreInUse
from facelock.core.levels import Level
from facelock.core.liveness import LAYERS, Layer

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.policy import LockState
    from facelock.desktop.window_state import WindowState
    from facelock.services.access import Access

_DESCRIPTION = """\
Say whether a window runs, whether it is locked or open and has the camera on; who is enrolled, the
security level, its layers of liveness, whether the face path is open or locked out, where the
secret is kept, which camera would be used, and where everything lies.
While a window runs it holds the store: then what is in the store cannot be told.
Asks nothing and opens no camera."""

_HELD = "in use by the window: who is enrolled and how strict the lock is cannot be read meanwhile"


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
    window, window_line = _window()
    values: dict[str, object] = {
        "version": version_of(),
        **_lock(window_runs=bool(window["runs"])),
        "keyring": "system" if machine.keyring().is_persistent else "none",
        "camera": _camera(),
        "data": str(folders.data),
        "settings": str(folders.settings_file),
        "log": str(folders.log_file),
    }
    lines = [f"{key:11} {_text(value)}" for key, value in {"window": window_line, **values}.items()]
    outdated = values.get("enrol_again")
    lines += [left_behind_line(name) for name in outdated] if isinstance(outdated, list) else []
    Output(as_json=args.json).result({"window": window, **values}, lines)
    return Exit.OK


def _window() -> tuple[dict[str, object], str]:
    """Return what a window says of itself, for programs and for people."""
    from facelock.desktop.window_state import read_window_state

    if not _runs():
        return {"runs": False}, "no window runs"
    state = read_window_state(machine.paths().state)
    if state is None:
        return {"runs": True}, "one runs, and does not say what it is doing"
    values: dict[str, object] = {
        "runs": True,
        "state": state.mode.value,
        "camera": state.camera,
        "since": state.since,
        "pid": state.pid,
        "reason": state.reason.value if state.reason else None,
    }
    return values, _window_line(state)


def _runs() -> bool:
    from facelock.desktop.window_lock import window_is_open

    return window_is_open(machine.paths().state)


def _window_line(state: WindowState) -> str:
    since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(state.since))
    why = f" ({state.reason.value})" if state.reason else ""
    camera = "on" if state.camera else "off"
    return f"{state.mode.value} since {since}{why}, camera {camera}"


def _lock(*, window_runs: bool) -> dict[str, object]:
    """Return what the store tells; a machine without a store is told from one that has it.

    Raises StoreInUse if another command has it; a window that has it is no error.
    """
    try:
        return _told_by_store()
    except StoreInUse:
        if not (window_runs or _runs()):  # it may have started, or ended, in between
            raise
        return {"store": _HELD}


def _told_by_store() -> dict[str, object]:
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
