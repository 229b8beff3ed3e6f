"""The clocks of the lock."""

from __future__ import annotations

import sys
import time

import pytest

from facelock.desktop.clock import SystemClock


def test_monotonic_time_goes_on_and_never_back() -> None:
    clock = SystemClock()
    seen = [clock.monotonic() for _ in range(1000)]
    assert seen == sorted(seen)
    assert seen[-1] > 0


@pytest.mark.skipif(sys.platform != "linux", reason="the clock is Linux's")
def test_time_asleep_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """CLOCK_BOOTTIME is the one that goes on while the machine sleeps: clock_gettime(2)."""
    asked: list[int] = []

    def shown(which: int) -> float:
        asked.append(which)
        return 12.5

    monkeypatch.setattr(time, "clock_gettime", shown)
    assert SystemClock().monotonic() == 12.5
    assert asked == [time.CLOCK_BOOTTIME]


def test_a_system_without_such_a_clock_has_pythons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    before = time.monotonic()
    assert before <= SystemClock().monotonic() <= time.monotonic()
