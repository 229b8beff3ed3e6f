"""The login session on Linux: logind on the system bus, screen lockers on the session's, X."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from typing_extensions import override

from facelock.session.bus import Bus
from facelock.session.logind import Logind
from facelock.session.screen_savers import ScreenSavers
from facelock.session.watch import SessionWatch
from facelock.session.x11 import XIdle


class LinuxSession(SessionWatch):
    """Puts together what the parts tell. Buses that are not there only tell nothing.

    `has_x11`: the window is shown by an X server.
    `system`, `session`: given by tests; else the machine's own, connected to by `start`.
    """

    def __init__(
        self,
        *,
        has_x11: bool,
        system: Bus | None = None,
        session: Bus | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._has_x11 = has_x11
        self._buses = (system, session)
        self._logind: Logind | None = None
        self._savers: ScreenSavers | None = None
        self._x_idle = XIdle()

    @override
    def start(self) -> None:
        self.stop()
        if self._logind is None or self._savers is None:
            system, session = self._buses
            system = system or Bus(QDBusConnection.systemBus())
            session = session or Bus(QDBusConnection.sessionBus())
            self._buses = (system, session)
            self._logind, self._savers = Logind(system, self), ScreenSavers(session, self)
        self._logind.start()
        self._savers.start()

    @override
    def stop(self) -> None:
        for bus in self._buses:
            if bus is not None:
                bus.silence()
        if self._logind is not None:
            self._logind.stop()
        self._x_idle.close()

    @property
    @override
    def is_told(self) -> bool:
        return self._logind is not None and self._logind.is_there

    @property
    @override
    def can_lock(self) -> bool:
        parts = (self._savers, self._logind)
        return any(part is not None and part.can_lock for part in parts)

    @override
    def lock_session(self) -> bool:
        parts = (self._savers, self._logind)
        return any(part is not None and part.lock() for part in parts)

    @override
    def idle_seconds(self) -> float | None:
        """Return what GNOME says, else the X server; no other Wayland desktop tells anybody."""
        if self._savers is None or self._logind is None:
            return None
        seconds = self._savers.idle_seconds()
        # Under Wayland an X server sees its own windows only.
        if seconds is None and self._has_x11 and self._logind.is_x11 is not False:
            seconds = self._x_idle.seconds()
        return seconds
