"""What systemd-logind (or elogind) tells: session lock, user switch, sleep and the lid.

The lock must be complete before the machine sleeps, so a delay is held from the start on; logind
waits for it to be let go, for five seconds as a rule.
"""

from __future__ import annotations

import os
from contextlib import suppress

from PySide6.QtCore import QObject, Slot
from PySide6.QtDBus import QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor

from facelock.session.bus import CHANGED, PROPERTIES, Bus, Place
from facelock.session.watch import Cause, SessionWatch

_LOGIND = "org.freedesktop.login1"
MANAGER = Place(_LOGIND, "/org/freedesktop/login1", f"{_LOGIND}.Manager")
POWER = Place("org.freedesktop.UPower", "/org/freedesktop/UPower", "org.freedesktop.UPower")


class Logind(QObject):
    """Tells a watch what logind says. Nothing at all where there is no logind."""

    def __init__(self, bus: Bus, watch: SessionWatch) -> None:
        super().__init__(watch)
        self._bus = bus
        self._watch = watch
        self._session: Place | None = None
        self._delay: int | None = None  # a file descriptor: the machine sleeps once it is closed
        self._lid_closed = False

    def start(self) -> None:
        """Listen, and tell what is so already; but a lid that is closed has a screen beside it."""
        if not self.is_there:
            return
        self._bus.listen(MANAGER, "PrepareForSleep", self, "on_sleep")
        self._bus.follow(_LOGIND, self, "on_owner")
        self._listen_for_changes(MANAGER, "on_lid")
        self._listen_for_changes(POWER, "on_power")  # logind does not tell of the lid everywhere
        self._lid_closed = self._bus.get(MANAGER, "LidClosed") is True
        self._session = self._find_session()
        if self._session is not None:
            self._bus.listen(self._session, "Lock", self, "on_lock")
            self._bus.listen(self._session, "Unlock", self, "on_unlock")
            self._listen_for_changes(self._session, "on_session")
            self._look_at_session()
        self._take_delay()

    def stop(self) -> None:
        """Let the machine sleep without asking. The bus is silenced by whoever has it."""
        self._let_go()
        self._session = None

    @property
    def is_x11(self) -> bool | None:
        """True in a session that an X server draws; None if nobody knows."""
        if self._session is None:
            return None
        return self._bus.get(self._session, "Type") == "x11"

    @property
    def is_there(self) -> bool:
        """True if there is a logind now."""
        return self._bus.has(_LOGIND)

    @property
    def can_lock(self) -> bool:
        """True if the window belongs to a session."""
        return self._session is not None

    def lock(self) -> bool:
        """Ask that the session be locked; a screen locker has to listen for it."""
        return self._session is not None and self._bus.call(self._session, "Lock") is not None

    def _find_session(self) -> Place | None:
        # "auto": the one this process is in; if the user's service manager started it, the one
        # that the user sees.
        answer = self._bus.call(MANAGER, "GetSession", "auto")
        if not answer or not isinstance(answer[0], QDBusObjectPath):
            return None
        return Place(_LOGIND, answer[0].path(), f"{_LOGIND}.Session")

    def _listen_for_changes(self, place: Place, slot: str) -> None:
        self._bus.listen(Place(place.service, place.path, PROPERTIES), CHANGED, self, slot)

    def _look_at_session(self) -> None:
        if self._session is None:
            return
        locked = self._bus.get(self._session, "LockedHint")
        if locked is True:
            self._watch.begin(Cause.LOCKED)
        elif locked is False and self._watch.holds(
            Cause.LOCKED
        ):  # else it may only not be locked yet
            self._watch.end(Cause.LOCKED, Cause.LOCK_ASKED)
        active = self._bus.get(self._session, "Active")
        if isinstance(active, bool):
            self._watch.set(Cause.SWITCHED, holds=not active)

    def _look_at_lid(self, closed: object) -> None:
        if not isinstance(closed, bool):
            return  # no answer says nothing
        was, self._lid_closed = self._lid_closed, closed
        if closed and not was and self._bus.get(MANAGER, "Docked") is not True:
            self._watch.begin(Cause.LID)
        elif not closed:
            self._watch.end(Cause.LID)

    def _take_delay(self) -> None:
        self._let_go()
        reason = "Forget the key before the computer sleeps"
        answer = self._bus.call(MANAGER, "Inhibit", "sleep", "Facelock", reason, "delay")
        if answer and isinstance(answer[0], QDBusUnixFileDescriptor) and answer[0].isValid():
            with suppress(OSError):
                self._delay = os.dup(answer[0].fileDescriptor())  # Qt closes its own

    def _let_go(self) -> None:
        if self._delay is not None:
            os.close(self._delay)
            self._delay = None

    @Slot("QDBusMessage")
    def on_sleep(self, message: QDBusMessage) -> None:
        """Lock first, then let it sleep; ask again after the return."""
        if message.arguments() == [True]:
            self._watch.begin(Cause.SLEEP)
            self._let_go()
        else:
            self._take_delay()
            self._watch.end(Cause.SLEEP)

    @Slot("QDBusMessage")
    def on_owner(self, _message: QDBusMessage) -> None:
        """It was started anew: the delay went with the old one, and no session did."""
        if self.is_there:
            self._take_delay()
            self._look_at_session()

    @Slot("QDBusMessage")
    def on_lock(self, _message: QDBusMessage) -> None:
        """Somebody asked that the session be locked."""
        self._watch.begin(Cause.LOCK_ASKED)

    @Slot("QDBusMessage")
    def on_unlock(self, _message: QDBusMessage) -> None:
        """The person proved to the system who they are."""
        self._watch.end(Cause.LOCK_ASKED, Cause.LOCKED)

    @Slot("QDBusMessage")
    def on_session(self, _message: QDBusMessage) -> None:
        """Something of the session changed: what it is now counts, not what the notice says."""
        self._look_at_session()

    @Slot("QDBusMessage")
    def on_lid(self, _message: QDBusMessage) -> None:
        """Something of the machine changed: perhaps the lid."""
        self._look_at_lid(self._bus.get(MANAGER, "LidClosed"))

    @Slot("QDBusMessage")
    def on_power(self, _message: QDBusMessage) -> None:
        """Something about power changed: perhaps the lid."""
        self._look_at_lid(self._bus.get(POWER, "LidIsClosed"))
