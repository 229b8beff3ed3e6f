"""How long this process has been running and how much memory it holds, for measuring."""

from __future__ import annotations

import os
import time
from pathlib import Path

_imported_at = time.perf_counter()


def process_age() -> float:
    """Return seconds since the process began; where that is not told, since this import.

    Linux tells it in clock ticks, usually a hundredth of a second.
    """
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
        return uptime - int(fields[19]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.perf_counter() - _imported_at


def resident_mb() -> float:
    """Return the resident memory of this process, megabytes (2^20); NaN where it is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError, IndexError):
        return float("nan")
