"""A sleep that no system told of: it locks as soon as the computer is awake again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from facelock.core.leaving import Reason
from facelock.ui.timers import make_timer

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.ui.main_window import MainWindow

SLEPT_SECONDS = 5.0
"""Two readings of two clocks are never quite of one moment; a shorter sleep is no leaving."""

_LOOK_MILLISECONDS = 1000


class UntoldSleep(QObject):
    """Belongs to the window. Timers stand still in a sleep, so no time without use runs out there.

    `elapsed`: seconds that go on while the machine sleeps. `awake`: seconds that do not; where
    both go on, nothing is ever noticed here.
    """

    def __init__(
        self,
        window: MainWindow,
        access: Access,
        elapsed: Callable[[], float],
        awake: Callable[[], float],
    ) -> None:
        super().__init__(window)
        self._window, self._access = window, access
        self._elapsed, self._awake = elapsed, awake
        self._asleep = 0.0  # what it had slept when it was opened
        self._timer = make_timer(self, _LOOK_MILLISECONDS, self.look, once=False)
        window.state_changed.connect(self._settle)

    @Slot()
    def look(self) -> None:
        """Lock if the machine has slept since it was opened."""
        if self._access.unlocked_for is not None and self._slept() >= SLEPT_SECONDS:
            self._window.lock(Reason.SLEEP)

    @Slot()
    def _settle(self) -> None:
        if self._access.unlocked_for is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._asleep += self._slept()
            self._timer.start()

    def _slept(self) -> float:
        return self._elapsed() - self._awake() - self._asleep
