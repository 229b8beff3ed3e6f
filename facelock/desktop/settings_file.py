"""Preferences as a small JSON file that a person may edit. Nothing in it can weaken the lock."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from facelock.core.atomic_file import private_folder, write_atomically
from facelock.core.errors import SettingsError
from facelock.core.settings import TEXT_SIZES, Appearance, Language, Settings

_MAX_BYTES = 64 * 1024
_MAX_CAMERA_ID = 1024  # characters

_log = logging.getLogger(__name__)


class _SettingsFile(msgspec.Struct, forbid_unknown_fields=True):
    """What the file may hold; what it leaves out has its default."""

    appearance: Appearance = Settings.appearance
    camera_id: str = Settings.camera_id
    language: Language = Settings.language
    text_size: int = Settings.text_size
    reduced_motion: bool = Settings.reduced_motion
    curtain: bool = Settings.curtain
    keep_in_tray: bool = Settings.keep_in_tray
    notices: bool = Settings.notices


def load_settings(path: Path) -> Settings:
    """Return the preferences; the defaults if there is no file, or none that can be understood.

    A file that cannot be understood is kept as it is until the next `save_settings`, which copies
    it to `<name>.previous` first.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _log.info("preferences cannot be read, using the defaults: %s", error.strerror)
        return Settings()
    try:
        return _decode(data)
    except (msgspec.DecodeError, ValueError) as error:
        # msgspec names the field and what was expected of it, never the value.
        _log.info("preferences cannot be understood, using the defaults: %s", error)
        return Settings()


def _decode(data: bytes) -> Settings:
    if len(data) > _MAX_BYTES:
        raise ValueError("the file is too large")
    record = msgspec.json.decode(data, type=_SettingsFile, strict=True)
    settings = Settings(**msgspec.structs.asdict(record))
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if len(settings.camera_id) > _MAX_CAMERA_ID or not settings.camera_id.isprintable():
        raise ValueError("camera_id is no id of a camera")
    if settings.text_size not in TEXT_SIZES:
        raise ValueError("text_size is none of those there are")


def save_settings(path: Path, settings: Settings) -> None:
    """Write the preferences. Raises SettingsError if that fails; the old file then still stands."""
    try:
        _check(settings)
        record = _SettingsFile(**vars(settings))
        data = msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"
        private_folder(path.parent)
        write_atomically(path, data, keep_previous=True)
    except OSError as error:
        raise SettingsError(f"preferences cannot be written: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(str(error)) from error
