"""Keeps keys out of the swap file, where the operating system allows it (threat-model row 14).

Best effort: an ordinary user may lock little memory, and some systems none. Locks do not nest, and
two keys may lie on one page, so a page stays locked until the program ends; the keys on it are
wiped long before. Copies that Python and OpenSSL make of their own are not reached.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache

Locker = Callable[[int, int], bool]  # (address, bytes) -> locked


def lock_pages(key: bytearray) -> bool:
    """Lock the pages that hold `key`, which must not be resized from here on. True if locked."""
    if not key:
        return False
    address = ctypes.addressof((ctypes.c_char * len(key)).from_buffer(key))
    return system_locker()(address, len(key))


@cache
def system_locker() -> Locker:
    """Return the operating system's call."""
    if sys.platform == "win32":  # pragma: no cover - no branch on POSIX
        return _calling(ctypes.windll.kernel32.VirtualLock, succeeded=lambda result: result != 0)
    try:
        mlock = ctypes.CDLL(None).mlock
    except (OSError, AttributeError):
        return _never
    return _calling(mlock, succeeded=lambda result: result == 0)


def _calling(function: Callable[..., int], *, succeeded: Callable[[int], bool]) -> Locker:
    def lock(address: int, size: int) -> bool:
        return succeeded(function(ctypes.c_void_p(address), ctypes.c_size_t(size)))

    return lock


def _never(_address: int, _size: int) -> bool:
    return False
