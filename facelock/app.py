"""Starts the window program: everything real is made here, and nowhere else.

Order of a start: look for a display, open the store in a thread, import Qt meanwhile, show the
window, and only then load the networks (`ui.program` wires the pages). What opens the lock is read
from no environment variable and no option.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.core.errors import Cancelled
from facelock.desktop.autostart import find_autostart
from facelock.desktop.clock import SystemClock, awake
from facelock.desktop.display import display_trouble
from facelock.desktop.hardening import harden
from facelock.desktop.logs import close_log, open_log
from facelock.desktop.paths import Paths
from facelock.desktop.settings_file import load_settings, save_settings
from facelock.desktop.start_options import start_options

if TYPE_CHECKING:
    from argparse import Namespace

    from facelock.core.ports import FrameSource
    from facelock.core.threshold import Calibration
    from facelock.services.erasing import Erased
    from facelock.services.recognition import FacePipeline
    from facelock.session.watch import SessionWatch
    from facelock.ui.camera_choice import LivePictures
    from facelock.ui.outside import Outside, Players
    from facelock.ui.program import Program
    from facelock.vault.store import ProfileStore
    from facelock.vision.camera_list import CameraInfo

EXIT_NO_WINDOW = 69
_SCANNING_SECONDS = 6.0


def load_pipeline() -> FacePipeline:
    """Load the networks, in whichever thread needs them."""
    from facelock.services.loading import load_pipeline as load

    return load()


def load_calibration() -> Calibration:
    """Load the calibration."""
    from facelock.services.calibration import load_calibration as load

    return load()


def list_cameras() -> Sequence[CameraInfo]:
    """List the cameras; for a task."""
    from facelock.vision.camera_list import list_cameras as look

    return look()


def open_camera(camera_id: str) -> FrameSource:
    """Make a physical camera; for the camera's thread, which opens it."""
    from facelock.vision.camera import OpenCVCamera

    return OpenCVCamera(camera_id)


def live_pictures() -> LivePictures:
    """Make the live thumbnails of the settings page."""
    from facelock.workers.thumbnails import Thumbnails

    return Thumbnails()


def login_session() -> SessionWatch | None:
    """Make what tells of the login session; for the GUI thread."""
    from PySide6.QtGui import QGuiApplication

    from facelock.session.here import session_here

    return session_here(has_x11=QGuiApplication.platformName() == "xcb")


@dataclass(frozen=True)
class OpenStore:
    """A store that opened, and whether its device secret outlives the program."""

    store: ProfileStore
    has_keyring: bool


def open_store(paths: Paths) -> OpenStore:
    """Open the real store. The keyring may ask the person something, so this may take long."""
    from facelock.vault.keyring import find_keyring
    from facelock.vault.store import ProfileStore

    secrets = find_keyring()
    return OpenStore(ProfileStore.open(paths.store, secrets, demo=False), secrets.is_persistent)


def open_demo_store(paths: Paths) -> OpenStore:
    """Make a store that can never hold a real face; its record says that liveness is off."""
    from facelock.vault.keyring import NoKeyring
    from facelock.vault.store import ProfileStore

    store = ProfileStore.open(paths.store, NoKeyring(), demo=True)
    store.save_machine(replace(store.machine, liveness=False))
    return OpenStore(store, has_keyring=False)


def real_outside(cast: Players | None = None) -> Outside:
    """Return the real world. With a cast, the camera is a simulated one: for demo stores only."""
    from facelock.ui.outside import Outside
    from facelock.ui.tray import has_tray

    return Outside(
        load_pipeline=load_pipeline,
        load_calibration=load_calibration,
        list_cameras=list_cameras,
        open_camera=open_camera,
        live_pictures=live_pictures,
        clock=SystemClock(),
        awake=awake,
        cast=cast,
        session=login_session,
        has_tray=has_tray,
        autostart=find_autostart() if cast is None else None,
    )


def build(opened: OpenStore, paths: Paths, outside: Outside) -> Program:
    """Wire the program. The caller shows `window`, and calls `stop` at the end."""
    from facelock.ui.preferences import Preferences
    from facelock.ui.program import Program

    preferences = Preferences(
        load_settings(paths.settings_file), partial(save_settings, paths.settings_file)
    )
    return Program(opened.store, paths, preferences, outside, has_keyring=opened.has_keyring)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window program; return its exit code."""
    if argv is None:  # this process is ours alone, and holds no secret yet
        harden()
    options = start_options(argv)
    if trouble := display_trouble():
        sys.stderr.write(trouble + "\n")
        return EXIT_NO_WINDOW
    manner = Manner(_measure(options), options.minimised)
    if options.demo_folder is not None:
        paths = Paths.below(options.demo_folder)
        if options.time_visits:
            return _time_visits(paths, options.time_visits)
        from facelock.services.demo_cast import OnlyStrangers

        return _run(paths, _open_demo_folder, OnlyStrangers(realtime=True, loop=True), manner)
    if options.demo:
        from facelock.services.demo_cast import DemoCast

        return main_demo(DemoCast(realtime=True, loop=True), manner)
    return _run(Paths.default(), open_store, None, manner)


def main_demo(cast: Players, manner: Manner | None = None) -> int:
    """Run the real window on a simulated camera, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="facelock-demo-") as folder:
        paths = Paths.below(Path(folder))
        return _run(paths, open_demo_store, cast, manner or Manner())


@dataclass(frozen=True)
class Manner:
    """How this start goes."""

    measure: float | None = None  # tell about it and quit, so many seconds after the first paint
    minimised: bool = False
    begin: Callable[[Program], object] | None = None  # what is done with the wired program


def _time_visits(paths: Paths, count: int) -> int:
    """Run the window while a demo's owner comes and goes, tell how long it took each time, quit."""
    from facelock.services.staged_cast import StagedCast

    stage = StagedCast()

    def begin(program: Program) -> object:
        from facelock.ui.visits_timed import VisitsTimed

        return VisitsTimed(program, stage, count)

    return _run(paths, _open_demo_folder, stage, Manner(begin=begin))


def _measure(options: Namespace) -> float | None:
    if options.exit_after_first_paint:
        return 0.0
    if options.exit_after_scanning:
        return _SCANNING_SECONDS
    return None


def _open_demo_folder(paths: Paths) -> OpenStore:
    from facelock.services.demo_store import open_demo_folder

    return OpenStore(open_demo_folder(paths.data), has_keyring=True)


@dataclass(frozen=True)
class _Opening:
    """A store that another thread opens, once it is known that this start is the first."""

    store: Future[OpenStore]
    is_first: Future[bool]


def _show(paths: Paths, opening: _Opening, cast: Players | None, manner: Manner) -> int:
    """Import Qt and run the window while the store is being opened."""
    from facelock.ui.entrances import Entrances
    from facelock.ui.start import Measure, Start

    def build_on(opened: OpenStore) -> Program:
        outside = real_outside(cast)  # a demo leaves nothing that could be erased
        program = build(
            opened, paths, replace(outside, erase=start.erase) if cast is None else outside
        )
        if manner.begin is not None:
            manner.begin(program)
        return program

    wanted = None if manner.measure is None else Measure(manner.measure)
    entrances = partial(Entrances, paths.state, opening.is_first.set_result)
    settings = load_settings(paths.settings_file)
    erase = partial(_erase_everything, paths)
    minimised = manner.minimised
    start = Start(opening.store, build_on, settings, wanted, entrances, erase, minimised=minimised)
    return start.run()


def _erase_everything(paths: Paths) -> Erased:
    from facelock.services.erasing import erase_everything
    from facelock.vault.keyring import find_keyring

    return erase_everything(paths, find_keyring(), find_autostart())


def _open_if_first(
    is_first: Future[bool], opener: Callable[[Paths], OpenStore], paths: Paths
) -> OpenStore:
    """Open the store, unless another window has it; import what that takes meanwhile."""
    import facelock.vault.keyring
    import facelock.vault.store  # noqa: F401 - 0.1 s, while the main thread imports Qt

    if not is_first.result():
        raise Cancelled
    return opener(paths)


def _run(
    paths: Paths,
    opener: Callable[[Paths], OpenStore],
    cast: Players | None,
    manner: Manner,
) -> int:
    log = open_log(paths.log_file)
    is_first: Future[bool] = Future()
    try:
        with ThreadPoolExecutor(1, "store") as pool:
            opening = pool.submit(_open_if_first, is_first, opener, paths)
            try:
                return _show(paths, _Opening(opening, is_first), cast, manner)
            finally:
                is_first.cancel()  # the other thread waits no longer, whatever became of Qt
    except ImportError as error:
        # A system library of Qt that `display_trouble` does not know.
        sys.stderr.write(f"Facelock's window cannot start: {error}\n")
        return EXIT_NO_WINDOW
    finally:
        if log is not None:
            close_log(log)


if __name__ == "__main__":
    sys.exit(main())
