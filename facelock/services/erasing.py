"""Erases everything Facelock keeps for this user: also with the passphrase forgotten, or damaged.

The order lets a kill in the middle be finished by running it again, and makes what is still there
unreadable first: entries of the keyring (named after people whose files still say who they are),
then the key files, overwritten once, then every folder. No promise about flash memory: an SSD
writes elsewhere and keeps the old copy for a while. What was on it was sealed.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.core.errors import (
    FacelockError,
    KeyringUnavailable,
    SettingsError,
    StoreInUse,
    StoreUnwritable,
)
from facelock.desktop.logs import close_log
from facelock.desktop.window_lock import WindowLock
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.records import PROFILE_ID
from facelock.vault.sealed_folder import SealedFolder
from facelock.vault.sealed_records import SealedRecords

if TYPE_CHECKING:
    from facelock.core.ports import SecretKeeper
    from facelock.desktop.autostart import Autostart
    from facelock.desktop.paths import Paths

_OVERWRITE_AT_MOST = 1024 * 1024  # bytes: keys are small, and vaults are sealed under them
_LOCK = "store.lock"


@dataclass(frozen=True)
class Erased:
    """What came of it."""

    keyring_was_reached: bool
    left: tuple[Path, ...]  # what could not be deleted

    @property
    def is_complete(self) -> bool:
        """True if nothing is left that we know of."""
        return self.keyring_was_reached and not self.left


def erase_everything(
    paths: Paths, keeper: SecretKeeper, autostart: Autostart | None = None
) -> Erased:
    """Erase store, vaults, logs, preferences, state and keyring entries of these folders.

    And the entry that starts the window at login.

    May be run any number of times. Takes long where vaults are large, and the keyring may ask the
    person something: not for the GUI thread.
    Raises StoreInUse while a window or another command has the store open; nothing is erased then.
    """
    window = WindowLock(paths.state)
    folder = None
    try:
        if paths.state.is_dir() and not _taken(window):
            raise StoreInUse("a window is open")
        folder = _held(paths.store)
        reached = _forget_keyring(paths, keeper, folder)
        _overwrite_keys(paths)
    finally:
        if folder is not None:
            folder.close()
        window.release()
    _close_logs(paths.log)
    left = _start_no_more(autostart)
    for place in (paths.vaults, paths.store, paths.data, paths.log, paths.config, paths.state):
        left += _deleted(place)
    return Erased(reached, tuple(dict.fromkeys(left)))


def _start_no_more(autostart: Autostart | None) -> list[Path]:
    """Remove the entry at login; return where it still is."""
    if autostart is None:
        return []
    try:
        autostart.off()
    except SettingsError:
        return [Path(autostart.place)]
    return []


def _taken(window: WindowLock) -> bool:
    try:
        return window.take()
    except OSError:
        return True  # a folder that is not ours is not the one of our window


def _held(store: Path) -> SealedFolder | None:
    """Hold the store, so that nobody opens it meanwhile. Raises StoreInUse."""
    if store.is_symlink() or not store.is_dir():
        return None
    try:
        return SealedFolder(store)
    except StoreUnwritable:
        return None  # read-only, say: nobody else can open it either


def people_on_disk(paths: Paths) -> tuple[str, ...]:
    """Return the profile ids that any file or folder still names, sorted."""
    found: set[str] = set()
    for folder in (paths.store / "people", paths.vaults):
        with suppress(OSError):
            found |= {one.name.partition(".")[0] for one in folder.iterdir()}
    return tuple(sorted(one for one in found if PROFILE_ID.fullmatch(one)))


def _forget_keyring(paths: Paths, keeper: SecretKeeper, folder: SealedFolder | None) -> bool:
    """Delete every entry of this store; False if the keyring could not be reached."""
    entries = KeyringEntries(keeper, paths.store)
    try:
        people = {*people_on_disk(paths), *_people_in_index(entries, folder)}
        entries.forget_everything(people)
    except KeyringUnavailable as error:
        logging.getLogger(__name__).info("the keyring was not reached: %s", error)
        return False
    return True


def _people_in_index(entries: KeyringEntries, folder: SealedFolder | None) -> set[str]:
    """Return who the sealed index names, whether or not their files are there; none on doubt."""
    found: set[str] = set()
    with suppress(FacelockError):
        secret = entries.device_secret()
        for demo in (False, True):
            if secret is None or folder is None:
                break
            read = SealedRecords(folder, demo=demo).read_machine(secret)
            if read is not None:
                found |= {*read[1].generations, *read[1].unfinished}
    return found


def _overwrite_keys(paths: Paths) -> None:
    """Write zeros over whatever opens something, once. Best effort."""
    for path in _key_files(paths):
        with suppress(OSError):
            flags = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            descriptor = os.open(path, flags)
            try:
                size = min(os.fstat(descriptor).st_size, _OVERWRITE_AT_MOST)
                os.write(descriptor, bytes(size))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _key_files(paths: Paths) -> Iterator[Path]:
    for folder in _real((paths.store, paths.store / "people")):
        with suppress(OSError):
            yield from (one for one in folder.iterdir() if one.is_file() and one.name != _LOCK)
    for vault in _real(one for vaults in _real((paths.vaults,)) for one in vaults.glob("*")):
        yield from vault.glob("*.sealed")
        yield from vault.glob("*.age")


def _real(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield those that are no links: what lies behind one is not ours to write zeros over."""
    yield from (one for one in folders if not (one.is_symlink() or one.parent.is_symlink()))


def _close_logs(folder: Path) -> None:
    """Let go of our own log: Windows deletes no file that is open, and nothing is to be added."""
    for handler in list(logging.getLogger().handlers):
        if isinstance(handler, logging.FileHandler):
            with suppress(ValueError):
                Path(handler.baseFilename).relative_to(folder)
                close_log(handler)


def _deleted(place: Path) -> list[Path]:
    """Delete a folder with all that is in it; return what could not be. Follows no link."""
    left: list[Path] = []
    if place.is_symlink():
        with suppress(OSError):
            place.unlink()
        return [place] if place.is_symlink() else []
    if place.exists():
        shutil.rmtree(place, onerror=lambda _call, name, _error: left.append(Path(name)))
    return [one for one in left if os.path.lexists(one)]
