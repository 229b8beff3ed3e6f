"""The computer's clocks."""

from __future__ import annotations

import sys
import time
from functools import cache

from facelock.core.ports import Clock
from facelock.desktop.boot import boot_id


class SystemClock(Clock):
    """Time as it passes."""

    def monotonic(self) -> float:
        """Seconds since the start of the machine; never goes back, and goes on during suspend."""
        return _since_boot()

    def wall(self) -> float:
        """Seconds since the epoch; goes back when somebody sets the clock."""
        return time.time()

    def boot_id(self) -> str:
        """Name the present boot of the machine; empty if it cannot be known."""
        return _boot_id()


def awake() -> float:
    """Seconds since some fixed moment without the time asleep, where the system can tell."""
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)
    return time.monotonic()


_boot_id = cache(boot_id)


def _since_boot() -> float:
    """Return what the system's monotonic clock tells, time asleep included.

    Python's own stands still while Linux or macOS sleep: clock_gettime(2) of either.
    """
    name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform, "")
    clock: int | None = getattr(time, name, None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
