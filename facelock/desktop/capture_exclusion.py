"""Keeps a window out of screenshots and screen sharing, where the operating system can do that.

Windows 10 2004 and newer leave the window out; older ones show it black. macOS is asked to
(`NSWindow.sharingType`), which programs that record through ScreenCaptureKit no longer obey since
macOS 15. X11 and Wayland have nothing of the kind. Sources: SetWindowDisplayAffinity in Microsoft's
documentation, NSWindowSharingType in Apple's.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from enum import Enum
from typing import Any

_WDA_MONITOR, _WDA_EXCLUDEFROMCAPTURE = 0x01, 0x11
_NS_WINDOW_SHARING_NONE = 0
_OBJC = "/usr/lib/libobjc.A.dylib"


class Exclusion(Enum):
    """How far this operating system goes."""

    WHOLE = "whole"
    ASKED = "asked"  # and obeyed by some
    NONE = "none"


def exclusion_here(platform: str = sys.platform) -> Exclusion:
    """Return what this operating system can do."""
    return {"win32": Exclusion.WHOLE, "darwin": Exclusion.ASKED}.get(platform, Exclusion.NONE)


def exclude(window: int, platform: str = sys.platform) -> bool:
    """Keep a window out; True if the system agreed.

    `window`: HWND on Windows, pointer to the NSView on macOS, as `QWidget.winId` gives. GUI thread.
    """
    with suppress(OSError, AttributeError):
        if platform == "win32":
            return _exclude_on_windows(window, _user32())
        if platform == "darwin":
            return _exclude_on_macos(window, _objc())
    return False


def _user32() -> Any:  # noqa: ANN401 - a library; ctypes has no other type for it
    return ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it


def _objc() -> Any:  # noqa: ANN401 - as above
    library = ctypes.CDLL(_OBJC)
    library.sel_registerName.restype = ctypes.c_void_p
    library.sel_registerName.argtypes = [ctypes.c_char_p]
    return library


def _exclude_on_windows(window: int, user32: Any) -> bool:  # noqa: ANN401 - a library
    handle = ctypes.c_void_p(window)
    return bool(
        user32.SetWindowDisplayAffinity(handle, _WDA_EXCLUDEFROMCAPTURE)
        or user32.SetWindowDisplayAffinity(handle, _WDA_MONITOR)
    )


def _exclude_on_macos(view: int, objc: Any) -> bool:  # noqa: ANN401 - a library
    # objc_msgSend has the signature of the method called: each is declared, or ARM passes rubbish.
    address = ctypes.cast(objc.objc_msgSend, ctypes.c_void_p).value
    if address is None:
        return False
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    window_of = ctypes.CFUNCTYPE(pointer, pointer, pointer)(address)
    share = ctypes.CFUNCTYPE(None, pointer, pointer, number)(address)
    window = window_of(view, objc.sel_registerName(b"window"))
    if not window:
        return False
    share(window, objc.sel_registerName(b"setSharingType:"), _NS_WINDOW_SHARING_NONE)
    return True
