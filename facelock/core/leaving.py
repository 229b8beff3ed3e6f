"""Why Facelock locked, and what arms the face afterwards."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    """What made it lock."""

    MANUAL = "manual"  # a key, a button, the tray, `facelock lock`
    IDLE = "idle"  # nobody used the computer, or the window, for a while
    AWAY = "away"  # no face before the camera for a while
    STRANGER = "stranger"  # somebody else before the camera
    SESSION_LOCKED = "session-locked"
    SLEEP = "sleep"  # suspend, or the lid
    SWITCHED = "switched"  # another user has the screen


class Arming(Enum):
    """What has to happen before a face is compared again. A key or a click always does."""

    AT_ONCE = "at-once"
    WHEN_SEEN = "when-seen"  # the camera watches for a face at a low rate
    AFTER_ABSENCE = "after-absence"  # whoever is there must have left first
    ON_RETURN = "on-return"  # the camera is off until the session comes back


_ARMING = {
    Reason.MANUAL: Arming.AFTER_ABSENCE,  # else it would open in the face of who has just locked
    Reason.IDLE: Arming.AFTER_ABSENCE,  # the owner may sit there, reading
    Reason.AWAY: Arming.WHEN_SEEN,
    Reason.STRANGER: Arming.WHEN_SEEN,
    Reason.SESSION_LOCKED: Arming.ON_RETURN,
    Reason.SLEEP: Arming.ON_RETURN,
    Reason.SWITCHED: Arming.ON_RETURN,
}


def arming_after(reason: Reason) -> Arming:
    """Return what arms the face after a lock for this reason."""
    return _ARMING[reason]
