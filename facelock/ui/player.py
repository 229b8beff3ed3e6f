"""Plays a demo's comings and goings on Qt's loop, step by step, and tells what did not happen.

For `facelock bench` and the long run: the window is the real one, and a play is a generator that
sets the stage and yields what it waits for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from facelock.ui.timers import make_timer

_LOOK_EVERY = 10  # milliseconds: so exact is every time that a play is told


@dataclass(frozen=True)
class Until:
    """Wait until something is so. The play fails if it is not within so many seconds."""

    what: str  # it is, for whoever reads the failure
    is_so: Callable[[], bool]
    within: float


@dataclass(frozen=True)
class Throughout:
    """Let so many seconds pass. The play fails if something is not so in any moment of them."""

    what: str
    is_so: Callable[[], bool]
    seconds: float


Step: TypeAlias = Until | Throughout
Play: TypeAlias = "Generator[Step, float, None]"
"""Yields steps, and is sent the seconds that each took."""


class Player(QObject):
    """Runs one play at a time."""

    ended = Signal(str)  # what failed; empty if all went as it should

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        look_every: int = _LOOK_EVERY,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._play: Play | None = None
        self._step: Step | None = None
        self._began = 0.0
        self._timer = make_timer(self, look_every, self.look, once=False)

    def begin(self, play: Play) -> None:
        """Run a play from its beginning."""
        self._play = play
        self._go_on(None)
        if self._play is not None:
            self._timer.start()

    def stop(self) -> None:
        """Run nothing any more."""
        self._timer.stop()
        if self._play is not None:
            self._play.close()
        self._play = self._step = None

    @Slot()
    def look(self) -> None:
        """See whether the step is over; go on to the next if it is."""
        step, passed = self._step, self._now() - self._began
        match step:
            case Until():
                if step.is_so():
                    self._go_on(passed)
                elif passed > step.within:
                    self._end(f"{step.what}: not within {step.within:g} s")
            case Throughout():
                if not step.is_so():
                    self._end(f"{step.what}: not after {passed:.2f} s")
                elif passed >= step.seconds:
                    self._go_on(passed)
            case None:
                pass

    def _go_on(self, passed: float | None) -> None:
        play = self._play
        if play is None:
            return
        try:
            self._step = next(play) if passed is None else play.send(passed)
        except StopIteration:
            self._end("")
        else:
            self._began = self._now()

    def _end(self, failure: str) -> None:
        self.stop()
        self.ended.emit(failure)
