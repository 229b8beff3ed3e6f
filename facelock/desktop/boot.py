"""Which boot of the machine this is: monotonic time means something only within one."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
import sys
from collections.abc import Callable
from pathlib import Path

_LINUX_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_POSSIBLE = re.compile(r"[0-9A-Fa-f-]{1,64}")  # a UUID, or a count


def boot_id(platform: str = sys.platform) -> str:
    """Return the name of the present boot; empty if this system does not tell."""
    readers: dict[str, Callable[[], str]] = {
        "linux": _linux,
        "darwin": _macos,
        "win32": _windows,
    }
    reader = readers.get(platform)
    if reader is None:
        return ""
    try:
        found = reader()
    except (OSError, AttributeError, ValueError):
        return ""
    return found.lower() if _POSSIBLE.fullmatch(found) else ""


def _linux() -> str:
    return _LINUX_BOOT_ID.read_text("ascii").strip()


def _macos() -> str:  # sysctl kern.bootsessionuuid, since macOS 10.9
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    size = ctypes.c_size_t(64)
    value = ctypes.create_string_buffer(size.value)
    if library.sysctlbyname(b"kern.bootsessionuuid", value, ctypes.byref(size), None, 0) != 0:
        raise OSError("sysctl does not know this boot")
    return value.value.decode("ascii")


def _windows() -> str:  # counted up by the boot loader
    if sys.platform != "win32":
        raise OSError("not this system")
    import winreg

    where = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where + r"\PrefetchParameters") as key:
        return str(winreg.QueryValueEx(key, "BootId")[0])
