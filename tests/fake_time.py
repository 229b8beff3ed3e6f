"""Hours in seconds: Qt's timers go by a fake clock, which leaps from one to the next.

Only timers made in Python are caught. Qt's own (a blinking cursor, an animation) go on as ever, and
so do the tasks of the thread pool: while one is under way, no time passes.
"""

from __future__ import annotations

import heapq
import itertools
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from fakes import FakeClock
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer
from shiboken6 import isValid

_Due = tuple[float, int, "weakref.ref[Any] | Callable[[], object]"]


class FakeTime:
    """Every QTimer started from now on waits for `pass_by`. Ends with the monkeypatch."""

    def __init__(self, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
        self._clock = clock
        self._number = itertools.count()
        self._coming: list[_Due] = []
        self._running: dict[int, int] = {}  # id of a timer: the number of its next shot
        fakes: dict[str, object] = {
            "start": lambda timer, *ms: self._start(timer, *ms),  # noqa: PLW0108 - no timer else
            "stop": lambda timer: self._stop(timer),  # noqa: PLW0108 - a bound method gets none
            "isActive": lambda timer: id(timer) in self._running,
            "singleShot": staticmethod(self._single_shot),
        }
        for name, fake in fakes.items():
            monkeypatch.setattr(QTimer, name, fake)

    def pass_by(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let so many seconds pass, or fewer if something comes true."""
        end = self._clock.monotonic() + seconds
        self._settle()
        while not until() and self._coming and self._coming[0][0] <= end:
            due, number, what = heapq.heappop(self._coming)
            self._advance_to(due)
            if isinstance(what, weakref.ref):
                self._fire(what(), number)
            else:
                what()
            if not self._coming or self._coming[0][0] > due:  # no more of this moment
                self._settle()
        if not until():
            self._advance_to(end)

    def _advance_to(self, moment: float) -> None:
        self._clock.advance(max(moment - self._clock.monotonic(), 0.0))

    def _start(self, timer: QTimer, milliseconds: int | None = None) -> None:
        if milliseconds is not None:
            timer.setInterval(milliseconds)
        self._wait(timer)

    def _wait(self, timer: QTimer) -> None:
        number = self._running[id(timer)] = next(self._number)
        due = self._clock.monotonic() + timer.interval() / 1000
        heapq.heappush(self._coming, (due, number, weakref.ref(timer)))

    def _stop(self, timer: QTimer) -> None:
        self._running.pop(id(timer), None)

    def _single_shot(self, milliseconds: int, *arguments: Any) -> None:  # noqa: ANN401  # as Qt has it
        due = self._clock.monotonic() + milliseconds / 1000
        heapq.heappush(self._coming, (due, next(self._number), arguments[-1]))

    def _fire(self, timer: QTimer | None, number: int) -> None:
        if timer is None or not isValid(timer) or self._running.get(id(timer)) != number:
            return
        if timer.isSingleShot():
            self._stop(timer)
        else:
            self._wait(timer)
        timer.timeout.emit()

    def _settle(self) -> None:
        """Let Qt do what is due at this moment, and the tasks end that are under way."""
        QCoreApplication.processEvents()
        while QThreadPool.globalInstance().activeThreadCount():
            QThreadPool.globalInstance().waitForDone(10)
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
