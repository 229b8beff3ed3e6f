"""May we open this camera, and if not, why: missing, denied or busy.

OpenCV says only "not opened"; a person needs to hear which. Linux tells by opening the node,
Windows by its privacy switch. On macOS the app asks for permission before it opens a camera, so
what is left there counts as busy.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from facelock.core.errors import CameraBusy, CameraDenied, CameraLost, CameraNotFound
from facelock.vision.camera_list import CameraInfo

_DEV = Path("/dev")
_CONSENT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam"


def check_access(
    camera: CameraInfo,
    *,
    platform: str = sys.platform,
    dev: Path = _DEV,
    open_node: Callable[[Path, int], int] = os.open,
    registry: Callable[[str, str], str | None] | None = None,
) -> None:
    """Raise CameraNotFound, CameraDenied or CameraBusy if the system already says so."""
    if platform == "linux":
        _check_node(dev / f"video{camera.index}", open_node)
    elif platform == "win32":
        _check_consent(registry or _registry_value)


def is_connected(camera: CameraInfo, *, platform: str = sys.platform, dev: Path = _DEV) -> bool:
    """False if the camera is certainly gone; where that cannot be told cheaply, True."""
    return platform != "linux" or (dev / f"video{camera.index}").exists()


def _check_node(node: Path, open_node: Callable[[Path, int], int]) -> None:
    try:
        descriptor = open_node(node, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise CameraNotFound(node.name) from error
    except PermissionError as error:  # EACCES, EPERM: not in the group `video`, or a sandbox
        raise CameraDenied(node.name) from error
    except OSError as error:
        if error.errno in (errno.ENODEV, errno.ENXIO):
            raise CameraNotFound(node.name) from error
        if error.errno in (errno.EBUSY, errno.EAGAIN):
            raise CameraBusy(node.name) from error
        raise CameraLost(f"{node.name}: errno {error.errno}") from error
    os.close(descriptor)


def _check_consent(registry: Callable[[str, str], str | None]) -> None:
    """Settings > Privacy > Camera: for the machine, for the user, for desktop programs."""
    for hive, key in (
        ("HKLM", _CONSENT),
        ("HKCU", _CONSENT),
        ("HKCU", _CONSENT + r"\NonPackaged"),
    ):
        if registry(hive, key) == "Deny":
            raise CameraDenied(f"privacy settings, {hive}")


def _registry_value(hive: str, key: str) -> str | None:
    if sys.platform != "win32":
        return None
    import winreg

    root = winreg.HKEY_LOCAL_MACHINE if hive == "HKLM" else winreg.HKEY_CURRENT_USER
    try:
        with winreg.OpenKey(root, key) as opened:
            return str(winreg.QueryValueEx(opened, "Value")[0])
    except OSError:
        return None  # not set: allowed
