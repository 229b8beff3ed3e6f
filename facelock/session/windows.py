"""The login session on Windows, from what a window is told there (Microsoft's documentation).

In Modern Standby no program is told of the sleep; the session's lock and the lid are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from typing_extensions import override

from facelock.session.watch import Cause, SessionWatch

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND, PBT_APMRESUMESUSPEND, PBT_APMRESUMEAUTOMATIC = 0x04, 0x07, 0x12
PBT_POWERSETTINGCHANGE = 0x8013
LID_CLOSED = 0
WTS_CONNECTED, WTS_DISCONNECTED = frozenset({1, 3}), frozenset({2, 4})  # at the console; remotely
WTS_LOCK, WTS_UNLOCK = 7, 8

Hear = Callable[[int, int, int], None]
"""Message, its first number, and the state of the lid where it is about the lid."""


class WindowsPort(Protocol):
    """What is asked of Windows; `Win32` does, or a test's own."""

    def listen(self, hear: Hear) -> bool: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102
    def lock(self) -> bool: ...  # noqa: D102
    def unused_milliseconds(self) -> int | None: ...  # noqa: D102
    def screens(self) -> int: ...  # noqa: D102


class WindowsSession(SessionWatch):
    """Tells what the messages of Windows mean."""

    def __init__(self, port: WindowsPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port = port
        self._listens = False
        self._lid_was_told = False

    @property
    @override
    def is_told(self) -> bool:
        return self._listens

    @property
    @override
    def can_lock(self) -> bool:
        return True

    @override
    def start(self) -> None:
        self.stop()
        self._listens = self._port.listen(self._on_message)

    @override
    def stop(self) -> None:
        if self._listens:
            self._port.close()
        self._listens = False
        self._lid_was_told = False

    @override
    def lock_session(self) -> bool:
        return self._port.lock()

    @override
    def idle_seconds(self) -> float | None:
        unused = self._port.unused_milliseconds()
        return None if unused is None else unused / 1000

    def _on_message(self, message: int, number: int, lid: int) -> None:
        """Handle it before the return: Windows waits for that, two seconds at most."""
        if message == WM_WTSSESSION_CHANGE:
            self._on_session(number)
        elif message == WM_POWERBROADCAST:
            self._on_power(number, lid)

    def _on_session(self, event: int) -> None:
        if event in WTS_DISCONNECTED:
            self.begin(Cause.SWITCHED)
        elif event in WTS_CONNECTED:
            self.end(Cause.SWITCHED)
        elif event == WTS_LOCK:
            self.begin(Cause.LOCKED)
        elif event == WTS_UNLOCK:
            self.end(Cause.LOCKED)

    def _on_power(self, event: int, lid: int) -> None:
        if event == PBT_APMSUSPEND:
            self.begin(Cause.SLEEP)
        elif event in {PBT_APMRESUMESUSPEND, PBT_APMRESUMEAUTOMATIC}:
            self.end(Cause.SLEEP)
        elif event == PBT_POWERSETTINGCHANGE:
            self._on_lid(closed=lid == LID_CLOSED)

    def _on_lid(self, *, closed: bool) -> None:
        """The first says how it is already; beside another screen a closed lid is no leaving."""
        first, self._lid_was_told = not self._lid_was_told, True
        if not closed:
            self.end(Cause.LID)
        elif not first and self._port.screens() < 2:
            self.begin(Cause.LID)
