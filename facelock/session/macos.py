"""The login session on macOS, from the notices that go round there.

`com.apple.screenIsLocked` and its kin are in no documentation; programs have relied on them for
many years. The others are NSWorkspace's. The lid puts a Mac to sleep, unless another screen is on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from typing_extensions import override

from facelock.session.watch import Cause, SessionWatch

SENT_BY_PROGRAMS = {
    "com.apple.screenIsLocked": (Cause.LOCKED, True),
    "com.apple.screenIsUnlocked": (Cause.LOCKED, False),
    "com.apple.screensaver.didstart": (Cause.SCREEN_SAVER, True),
    "com.apple.screensaver.didstop": (Cause.SCREEN_SAVER, False),
}
SENT_BY_WORKSPACE = {
    "NSWorkspaceWillSleepNotification": (Cause.SLEEP, True),
    "NSWorkspaceDidWakeNotification": (Cause.SLEEP, False),
    "NSWorkspaceSessionDidResignActiveNotification": (Cause.SWITCHED, True),
    "NSWorkspaceSessionDidBecomeActiveNotification": (Cause.SWITCHED, False),
}
"""What each notice begins or ends."""

Hear = Callable[[str], None]


class MacPort(Protocol):
    """What is asked of macOS; `Cocoa` does, or a test's own."""

    def listen(self, hear: Hear) -> bool: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102
    def unused_seconds(self) -> float | None: ...  # noqa: D102


class MacSession(SessionWatch):
    """Tells what the notices of macOS mean. Programs are given no way to lock the session there."""

    def __init__(self, port: MacPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port = port
        self._listens = False

    @property
    @override
    def is_told(self) -> bool:
        return self._listens

    @override
    def start(self) -> None:
        self.stop()
        self._listens = self._port.listen(self._on_notice)

    @override
    def stop(self) -> None:
        if self._listens:
            self._port.close()
        self._listens = False

    @override
    def idle_seconds(self) -> float | None:
        return self._port.unused_seconds()

    def _on_notice(self, name: str) -> None:
        meaning = {**SENT_BY_PROGRAMS, **SENT_BY_WORKSPACE}.get(name)
        if meaning is not None:
            cause, holds = meaning
            self.set(cause, holds=holds)
