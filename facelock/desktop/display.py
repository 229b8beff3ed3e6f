"""Whether a window can be shown here, asked before Qt is: Qt would end the program without a word.

Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping

_XCB_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt's window needs of a Linux system, and the Debian package that brings it."""


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def display_trouble(
    *,
    platform: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
    loads: Callable[[str], bool] = _loads,
) -> str:
    """Return why no window can be shown and what to do, "" if one can. For the terminal."""
    if not platform.startswith("linux"):
        return ""
    if environ.get("QT_QPA_PLATFORM") not in {None, "", "xcb", "wayland"}:
        return ""  # offscreen, for pictures and tests
    if not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        return (
            "There is no display here, so Facelock cannot show its window.\n"
            "`facelock demo` plays the whole journey in the terminal."
        )
    missing = [soname for soname in _XCB_LIBRARIES if not loads(soname)]
    if not missing:
        return ""
    packages = " ".join(_XCB_LIBRARIES[soname] for soname in missing)
    return (
        f"Facelock's window needs system libraries that are missing: {', '.join(missing)}\n"
        f"On Debian and Ubuntu: sudo apt-get install {packages}"
    )
