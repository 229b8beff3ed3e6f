"""For how long an X server saw no key and no pointer, by its MIT-SCREEN-SAVER extension."""

from __future__ import annotations

import ctypes
from typing import Any

from facelock.session.foreign import declare


class _Info(ctypes.Structure):
    """XScreenSaverInfo of X11/extensions/scrnsaver.h."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),  # milliseconds
        ("event_mask", ctypes.c_ulong),
    )


class XIdle:
    """A connection of its own to the X server, opened when first asked."""

    def __init__(self) -> None:
        self._x11: Any = None  # libraries; ctypes has no other type for them
        self._saver: Any = None
        self._display: int | None = None
        self._tried = False

    def seconds(self) -> float | None:
        """Return the idle time; None without an X server, the extension or its library."""
        if not self._tried:
            self._tried = True
            self._open()
        if self._display is None:
            return None
        info = _Info()
        root = self._x11.XDefaultRootWindow(self._display)
        if not self._saver.XScreenSaverQueryInfo(self._display, root, ctypes.byref(info)):
            return None
        return float(info.idle) / 1000

    def close(self) -> None:
        """Take leave of the X server."""
        if self._display is not None:
            self._x11.XCloseDisplay(self._display)
        self._display = None
        self._tried = False

    def _open(self) -> None:
        try:
            self._x11 = ctypes.CDLL("libX11.so.6")
            self._saver = ctypes.CDLL("libXss.so.1")
        except OSError:
            return
        pointer, number = ctypes.c_void_p, ctypes.c_ulong
        declare(self._x11.XOpenDisplay, pointer, ctypes.c_char_p)
        declare(self._x11.XDefaultRootWindow, number, pointer)
        declare(self._x11.XCloseDisplay, ctypes.c_int, pointer)
        declare(self._saver.XScreenSaverQueryInfo, ctypes.c_int, pointer, number, pointer)
        self._display = self._x11.XOpenDisplay(None)
