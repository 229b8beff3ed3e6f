"""What the commands for the real lock work on: this user's store, a physical camera, the clocks.

The one place where they are put together, and where tests put fakes. There is deliberately no
option, variable or file that puts a simulated camera here (threat-model rows 3 and 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from facelock.cli.ask import ask_passphrase
from facelock.core.errors import (
    CameraNotFound,
    FacelockError,
    NotEnrolled,
    PassphraseTooSoon,
    StoreError,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from facelock.core.ports import FrameSource, SecretKeeper
    from facelock.core.template import Person, Profile
    from facelock.desktop.autostart import Autostart
    from facelock.desktop.paths import Paths
    from facelock.services.access import Access
    from facelock.vault.store import ProfileStore
    from facelock.vision.camera_list import CameraInfo


def paths() -> Paths:
    """Return this user's folders."""
    from facelock.desktop.paths import Paths

    return Paths.default()


def keyring() -> SecretKeeper:
    """Return the system's keyring, or the one that forgets."""
    from facelock.vault.keyring import find_keyring

    return find_keyring()


def autostart() -> Autostart:
    """Return the entry that starts the window at login."""
    from facelock.desktop.autostart import find_autostart

    return find_autostart()


def has_store() -> bool:
    """True if there is a store. Looking makes none."""
    return (paths().store / "people").is_dir()


@contextmanager
def opened_access() -> Iterator[Access]:
    """Open the real store and its lock; close both at the end. Raises as `opened_lock`."""
    with opened_lock() as (access, _store):
        yield access


@contextmanager
def opened_lock() -> Iterator[tuple[Access, ProfileStore]]:
    """Open the real store and its lock, for a command that works on both; close them at the end.

    Raises StoreInUse while the window is open, and whatever else opening a store raises.
    """
    from facelock.desktop.clock import SystemClock
    from facelock.services.access import Access
    from facelock.services.activity import ActivityJournal
    from facelock.vault.store import ProfileStore

    store = ProfileStore.open(paths().store, keyring(), demo=False)
    try:
        clock = SystemClock()
        access = Access(store, clock, ActivityJournal(store, clock))
        try:
            yield access, store
        finally:
            access.close()
    finally:
        store.close()


def find_camera(wanted: str | None) -> CameraInfo:
    """Return the camera of that id, name or number; without one, the chosen or the first.

    Raises CameraNotFound, SimulatedCameraRefused.
    """
    from facelock.desktop.settings_file import load_settings
    from facelock.vision.camera_list import choose_camera, list_cameras

    cameras = list_cameras()
    if wanted is None:
        return choose_camera(cameras, load_settings(paths().settings_file).camera_id)
    for camera in cameras:
        if wanted in (camera.camera_id, camera.name, str(camera.index)):
            return choose_camera(cameras, camera.camera_id)
    raise CameraNotFound("no such camera")


def camera_source(camera: CameraInfo) -> FrameSource:
    """Return the physical camera, not yet open."""
    from facelock.vision.camera import OpenCVCamera

    return OpenCVCamera(camera)


def person(access: Access, name: str) -> Profile:
    """Return the person of that name or profile id. Raises NotEnrolled."""
    for profile in access.profiles:
        if name.casefold() in (profile.name.casefold(), profile.profile_id):
            return profile
    raise NotEnrolled("nobody of that name")


def unseal(access: Access) -> None:
    """Ask for a passphrase if the store cannot be read without one. Raises WrongPassphrase."""
    if access.needs_passphrase and access.is_enrolled:
        open_anybody(access, "Your passphrase (there is no keyring to open the store):")


def open_anybody(access: Access, question: str) -> None:
    """Ask for the passphrase of anybody enrolled, and confirm it.

    Raises WrongPassphrase, which is counted; PassphraseTooSoon, before anything is asked. A
    damaged key file keeps nobody else's passphrase from serving.
    """
    waits = [access.seconds_to_wait(one.profile_id) for one in access.people]
    if all(waits):
        raise PassphraseTooSoon(seconds=min(waits, default=1.0))
    passphrase = ask_passphrase(question)
    tried = []
    trouble: FacelockError = WrongPassphrase("nobody's")
    for one in access.people:
        try:
            access.confirm(access.slow_open(one.profile_id, passphrase))
        except (PassphraseTooSoon, NotEnrolled):
            continue
        except WrongPassphrase:
            tried.append(one.profile_id)
        except StoreError as error:
            trouble = error
        else:
            return
    for profile_id in tried:  # it is nobody's: a guess at each of them
        access.refused(profile_id)
    raise WrongPassphrase("nobody's") if tried else trouble


def confirm(access: Access, profile: Profile | Person) -> None:
    """Ask for this person's passphrase, for a sensitive action.

    Raises WrongPassphrase, which is counted; PassphraseTooSoon, before anything is asked.
    """
    access.may_try(profile.profile_id)
    passphrase = ask_passphrase(f"Passphrase of {profile.name or profile.profile_id}:")
    try:
        opened = access.slow_open(profile.profile_id, passphrase)
    except WrongPassphrase:
        access.refused(profile.profile_id)
        raise
    access.confirm(opened)
