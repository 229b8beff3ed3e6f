"""Chooses who tells of the login session on this system."""

from __future__ import annotations

import sys

from facelock.session.watch import SessionWatch


def session_here(*, has_x11: bool, platform: str = sys.platform) -> SessionWatch | None:
    """Return the one for this system, not started; None where nobody tells.

    `has_x11`: the window is shown by an X server.
    """
    if platform.startswith("linux"):
        from facelock.session.linux import LinuxSession

        return LinuxSession(has_x11=has_x11)
    if platform == "win32":
        from facelock.session.win32 import Win32
        from facelock.session.windows import WindowsSession

        return WindowsSession(Win32())
    if platform == "darwin":
        from facelock.session.cocoa import Cocoa
        from facelock.session.macos import MacSession

        return MacSession(Cocoa())
    return None
