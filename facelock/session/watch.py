"""What every system tells of the login session, as two signals: somebody left, somebody is back.

Any program of the session could send such a notice. That is no way in: a notice can lock, and let
the camera look again, but it opens nothing.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal

from facelock.core.leaving import Reason


class Cause(Enum):
    """What keeps whoever sits there from the window. Several can hold at once."""

    LOCK_ASKED = "lock-asked"  # the session was told to lock; whether it did is not known yet
    LOCKED = "locked"
    SCREEN_SAVER = "screen-saver"
    SLEEP = "sleep"
    LID = "lid"
    SWITCHED = "switched"


_REASONS = {
    Cause.LOCK_ASKED: Reason.SESSION_LOCKED,
    Cause.LOCKED: Reason.SESSION_LOCKED,
    Cause.SCREEN_SAVER: Reason.SESSION_LOCKED,
    Cause.SLEEP: Reason.SLEEP,
    Cause.LID: Reason.SLEEP,
    Cause.SWITCHED: Reason.SWITCHED,
}


class SessionWatch(QObject):
    """Knows nothing by itself; each system has one that does. Lives in the GUI thread."""

    left = Signal(object)  # Reason; handled when `emit` returns, before the machine may sleep
    returned = Signal()  # nothing keeps anybody away any more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._causes: set[Cause] = set()

    @property
    def is_away(self) -> bool:
        """True from `left` to `returned`."""
        return bool(self._causes)

    def holds(self, cause: Cause) -> bool:
        """Tell whether this keeps everybody away now."""
        return cause in self._causes

    @property
    def can_lock(self) -> bool:
        """True if `lock_session` has somebody to ask."""
        return False

    @property
    def is_told(self) -> bool:
        """True if the system tells of lock, sleep and a switch of user."""
        return False

    def start(self) -> None:
        """Begin to listen. What is so already is told too."""

    def stop(self) -> None:
        """Listen no more, and let the machine sleep without asking."""

    def lock_session(self) -> bool:
        """Ask the system to lock the session; True if it took the request."""
        return False

    def idle_seconds(self) -> float | None:
        """Return for how long nobody used the computer; None where no system tells."""
        return None

    def begin(self, cause: Cause) -> None:
        """Tell that this keeps everybody away from now on."""
        if cause not in self._causes:
            self._causes.add(cause)
            self.left.emit(_REASONS[cause])

    def end(self, *causes: Cause) -> None:
        """Tell that these are over."""
        before = self.is_away
        self._causes.difference_update(causes)
        if before and not self.is_away:
            self.returned.emit()

    def set(self, cause: Cause, *, holds: bool) -> None:
        """Begin or end one."""
        if holds:
            self.begin(cause)
        else:
            self.end(cause)

    def somebody_is_here(self) -> None:
        """End all: a key came to the window, so a notice of the return was missed or never sent."""
        self.end(*Cause)
