"""The computer's clocks."""

from __future__ import annotations

import time
from functools import cache

from facelock.core.ports import Clock
from facelock.desktop.boot import boot_id


class SystemClock(Clock):
    """Time as it passes."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back. May stand still during suspend."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since the epoch; goes back when somebody sets the clock."""
        return time.time()

    def boot_id(self) -> str:
        """Name the present boot of the machine; empty if it cannot be known."""
        return _boot_id()


_boot_id = cache(boot_id)
