"""Look for what pip cannot install: Qt's system libraries, a font, Xvfb for the tests.

Names the exact line to type for what is missing, and with ``--install`` runs it where that is
allowed (Debian and Ubuntu, as root or with a sudo that asks nothing). Standard library only: it
runs before anything is installed.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)


@dataclass(frozen=True)
class Need:
    """Something Facelock or its tests cannot do without, and the package that brings it."""

    what: str
    debian: str
    fedora: str
    arch: str


@dataclass(frozen=True)
class Library(Need):
    """A shared library; `what` is its soname."""


QT_LIBRARIES = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
)
FONT = Need("a font", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
XVFB = Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb")
KEYRING = Need("gnome-keyring", "gnome-keyring", "gnome-keyring", "gnome-keyring")
AGE = Need("age", "age", "age", "age")
"""For the recovery drill with the standard tool. Done without where it cannot be had."""
SESSION_BUS = Need("dbus-daemon", "dbus-daemon", "dbus-daemon", "dbus")
VENV = Need(
    "Python's venv module",
    f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
    "python3",
    "python",
)


def loads(soname: str) -> bool:
    """Tell whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_font(folders: Iterable[Path] = FONT_FOLDERS) -> bool:
    """Tell whether any outline font is installed; without one Qt draws boxes."""
    return any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in folders
        if folder.is_dir()
        for path in folder.rglob("*")
    )


def missing(
    *,
    for_tests: bool,
    loads: Callable[[str], bool] = loads,
    has_font: Callable[[], bool] = has_font,
    which: Callable[[str], str | None] = shutil.which,
    has_module: Callable[[str], object] = importlib.util.find_spec,
) -> list[Need]:
    """Return what this Linux machine lacks, in a stable order."""
    needs: list[Need] = [library for library in QT_LIBRARIES if not loads(library.what)]
    if not has_font():
        needs.append(FONT)
    if not has_module("ensurepip"):
        needs.append(VENV)
    if for_tests and which("xvfb-run") is None:
        needs.append(XVFB)
    for program, need in (("gnome-keyring-daemon", KEYRING), ("dbus-daemon", SESSION_BUS)):
        if for_tests and which(program) is None:
            needs.append(need)
    if for_tests and which("age") is None:
        needs.append(AGE)
    return needs


def required(needs: Iterable[Need]) -> list[Need]:
    """Return those that nothing is done without."""
    return [need for need in needs if need is not AGE]


def family(release: Mapping[str, str]) -> str:
    """Return debian, fedora, arch or "" from the fields of os-release."""
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    for name in names:
        match name:
            case "debian" | "ubuntu":
                return "debian"
            case "fedora" | "rhel" | "centos":
                return "fedora"
            case "arch":
                return "arch"
            case _:
                continue
    return ""


def install_command(needs: Sequence[Need], family: str) -> list[str]:
    """Return the command that installs `needs`, or [] on a distribution we do not know."""
    match family:
        case "debian":
            words = ["apt-get", "install", "--yes", "--no-install-recommends"]
            return words + sorted({need.debian for need in needs})
        case "fedora":
            return ["dnf", "install", "--assumeyes", *sorted({need.fedora for need in needs})]
        case "arch":
            return ["pacman", "-S", "--needed", *sorted({need.arch for need in needs})]
        case _:
            return []


def privilege(
    *,
    user_id: int | None = None,
    which: Callable[[str], str | None] = shutil.which,
    run: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run,
) -> list[str] | None:
    """Return the words to put before a root command, [] for root, None if it is not allowed."""
    if (os.geteuid() if user_id is None else user_id) == 0:
        return []
    if which("sudo") is None:
        return None
    asked = run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def has_display(system: str = sys.platform, environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window could be shown."""
    if system in {"win32", "darwin"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def os_release() -> Mapping[str, str]:
    """Return the fields of os-release, or nothing where there is none."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def report(needs: Sequence[Need], command: Sequence[str]) -> str:
    """Say what is missing and what to type."""
    lines = ["Missing on this machine: " + ", ".join(need.what for need in needs)]
    if command:
        lines.append("Install it with:\n\n    sudo " + shlex.join(command) + "\n")
    else:
        lines.append("Install the packages of your distribution that bring these.")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, and install if asked and allowed; exit 1 if something is still missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--install", action="store_true", help="install what is missing, if allowed"
    )
    parser.add_argument("--tests", action="store_true", help="check what the tests need, too")
    parser.add_argument(
        "--display", action="store_true", help="only tell, by exit status, whether there is one"
    )
    options = parser.parse_args(arguments)
    if options.display:
        return 0 if has_display() else 1
    if not sys.platform.startswith("linux"):
        return 0  # Qt's wheels for Windows and macOS need nothing from the system
    needs = missing(for_tests=options.tests)
    if not (needs if options.install else required(needs)):
        return 0
    kind = family(os_release())
    command = install_command(needs, kind)
    prefix = privilege() if options.install and kind == "debian" else None
    if prefix is None:
        if required(needs):
            print(report(needs, command), file=sys.stderr)
        return 1 if required(needs) else 0
    print("Installing:", shlex.join([*prefix, *command]), flush=True)
    # A name may be newer than this machine's list of packages, so that is fetched first.
    subprocess.run([*prefix, "apt-get", "update", "--quiet"], check=False)
    subprocess.run([*prefix, *command], check=False)
    still = required(missing(for_tests=options.tests))
    if still:
        print(report(still, install_command(still, kind)), file=sys.stderr)
    return 1 if still else 0


if __name__ == "__main__":
    sys.exit(main())
