"""What `facelock doctor` looks at. Each check gives lines: OK, or what to do. No network, ever."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from facelock.cli import machine
from facelock.cli.error_text import explain
from facelock.cli.version import version_of
from facelock.core.errors import CameraError, FacelockError

DISTRIBUTIONS = (
    "PySide6-Essentials",
    "opencv-python-headless",
    "numpy",
    "torch",
    "cryptography",
    "keyring",
    "msgspec",
    "platformdirs",
    "safetensors",
    "cv2-enumerate-cameras",
    "zxcvbn",
    "matplotlib",
)
_LEAST_FREE = 200 * 2**20  # bytes: the store, its copies, and a log


@dataclass(frozen=True)
class Line:
    """One finding. `advice` says what to do; empty if nothing."""

    about: str
    finding: str
    advice: str = ""

    @property
    def is_ok(self) -> bool:
        """True if there is nothing to do."""
        return not self.advice


def versions() -> Iterator[Line]:
    """Python, Facelock and what it builds on."""
    advice = "" if sys.version_info >= (3, 11) else "Install Python 3.11 or newer."
    yield Line("python", f"{platform.python_version()} on {platform.platform()}", advice)
    yield Line("facelock", version_of())
    for name in DISTRIBUTIONS:
        found = version_of(name)
        missing = found == "not installed" and not getattr(sys, "frozen", False)
        yield Line(name, found, "Install Facelock again: make install" if missing else "")


def opencv() -> Iterator[Line]:
    """What this build of OpenCV can read."""
    import facelock.vision  # noqa: F401 - tells OpenCV its settings

    import cv2  # isort: skip

    registry = cv2.videoio_registry
    readers = sorted({registry.getBackendName(one) for one in registry.getBackends()})
    whole = "FFMPEG" in readers
    yield Line(
        "opencv",
        f"{cv2.__version__}, reads with {', '.join(readers)}",
        "" if whole else "Clips cannot be read: install opencv-python-headless again.",
    )


def models() -> Iterator[Line]:
    """Every bundled file by its hash, and one embedding against its known value."""
    from facelock.services.calibration import load_calibration
    from facelock.vision.models import PINNED, load_verified

    for name in PINNED:
        try:
            load_verified(name)
        except FacelockError as error:
            yield Line(name, type(error).__name__, "Install Facelock again: make install")
        else:
            yield Line(name, f"sha256 {PINNED[name].sha256[:12]}...")
    yield _self_test()
    try:
        calibration = load_calibration()
    except FacelockError as error:
        yield Line("calibration", type(error).__name__, "Install Facelock again: make install")
    else:
        yield Line(
            "calibration",
            f"{calibration.people} people, {calibration.comparisons} comparisons, "
            f"down to a false match rate of {calibration.strictest_fmr:.0e}",
        )


def _self_test() -> Line:
    from facelock.vision.embedder import MobileFaceNetEmbedder
    from facelock.vision.self_test import TOLERANCE, embedding_error

    try:
        error_size = embedding_error(MobileFaceNetEmbedder())
    except FacelockError as error:
        return Line("self-test", type(error).__name__, "Install Facelock again: make install")
    if error_size <= TOLERANCE:
        return Line("self-test", f"embeds as it should (off by {error_size:.0e})")
    return Line(
        "self-test",
        f"embeds differently (off by {error_size:.0e})",
        "This OpenCV computes something else: install the locked versions.",
    )


def cameras() -> Iterator[Line]:
    """Every camera, physical or not, and whether the system would let us open it."""
    from facelock.vision.camera_access import check_access
    from facelock.vision.camera_list import list_cameras

    found = list_cameras()
    if not any(camera.physical for camera in found):
        yield Line("cameras", "no physical camera", "Connect one; or try: facelock demo")
    for camera in found:
        about = f"camera {camera.index}"
        name = f"{camera.name} [{camera.camera_id}]"
        if not camera.physical:
            # Worth knowing, nothing to mend: it is refused and says so.
            yield Line(about, f"{name}: not physical ({camera.why_refused}), never used")
            continue
        try:
            check_access(camera)
        except CameraError as error:
            yield Line(about, f"{name}: {type(error).__name__}", explain(error)[0])
        else:
            yield Line(about, f"{name}: may be opened")


def keyring() -> Iterator[Line]:
    """Whether secrets outlive the program."""
    if machine.keyring().is_persistent:
        yield Line("keyring", "of the operating system")
    else:
        yield Line(
            "keyring",
            "none",
            "Without one the passphrase is needed after each start. On Linux install "
            "gnome-keyring or kwallet and log in to a desktop session.",
        )


def hardening() -> Iterator[Line]:
    """What keeps other programs from looking into this one. Nothing to mend: the system decides."""
    from facelock.desktop.hardening import Measure, harden

    found = harden()
    words = {
        Measure.CORE_DUMPS: ("off", "this system does not let us turn them off"),
        Measure.MEMORY: (
            "closed to other programs of yours, not to an administrator",
            "this system lets other programs of yours read it",
        ),
        Measure.DEBUGGER: (
            "other programs of yours cannot attach one",
            "this system lets other programs of yours attach one",
        ),
    }
    about = {
        Measure.CORE_DUMPS: "core dumps",
        Measure.MEMORY: "memory",
        Measure.DEBUGGER: "debugger",
    }
    for measure, (held, missing) in words.items():
        yield Line(about[measure], held if measure in found.held else missing)


def screenshots() -> Iterator[Line]:
    """Whether the window is left out of screenshots."""
    from facelock.desktop.capture_exclusion import Exclusion, exclusion_here

    words = {
        Exclusion.WHOLE: "the window is left out of screenshots and screen sharing",
        Exclusion.ASKED: "the system is asked to leave the window out; newer programs may not obey",
        Exclusion.NONE: "this system cannot leave a window out: what is open can be photographed",
    }
    yield Line("screenshots", words[exclusion_here()])


def display() -> Iterator[Line]:
    """Whether a window can be shown."""
    from facelock.desktop.display import display_trouble

    trouble = display_trouble()
    yield Line("display", "no window" if trouble else "a window can be shown", trouble)


def folders() -> Iterator[Line]:
    """Whether our folders can be written, are private, and lie on a disk with room."""
    paths = machine.paths()
    for about, folder in (("data", paths.data), ("settings", paths.config), ("log", paths.log)):
        yield Line(about, str(folder), _folder_advice(folder))
    nearest = _nearest(paths.data)
    free = shutil.disk_usage(nearest).free
    advice = "" if free >= _LEAST_FREE else "Make room on this disk."
    yield Line("disk", f"{free // 2**20} MB free", advice)


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def _folder_advice(folder: Path) -> str:
    nearest = _nearest(folder)
    if not os.access(nearest, os.W_OK | os.X_OK):
        return f"Make {nearest} writable for yourself."
    store = folder / "store"
    looked_at = store if store.is_dir() else folder
    if os.name == "posix" and looked_at.is_dir():
        mode = stat.S_IMODE(looked_at.stat().st_mode)
        if mode & (stat.S_IWGRP | stat.S_IWOTH):
            return f"Others can write here: chmod 700 '{looked_at}'"
    return ""


ALL = (versions, opencv, models, cameras, keyring, hardening, screenshots, display, folders)
"""Every check, in the order of the report."""
