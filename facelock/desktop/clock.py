"""The computer's clocks."""

from __future__ import annotations

import time

from facelock.core.ports import Clock


class SystemClock(Clock):
    """Time as it passes."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back. May stand still during suspend."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since the epoch; goes back when somebody sets the clock."""
        return time.time()
