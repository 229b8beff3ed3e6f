"""A login session that a test locks, sends to sleep and comes back to."""

from __future__ import annotations

from typing_extensions import override

from facelock.session.watch import SessionWatch


class FakeSession(SessionWatch):
    """Leave and return with `begin` and `end`."""

    def __init__(self, idle: float | None = None) -> None:
        super().__init__()
        self.idle = idle
        self.is_listening = False
        self.locks = 0

    @property
    @override
    def is_told(self) -> bool:
        return True

    @property
    @override
    def can_lock(self) -> bool:
        return True

    @override
    def start(self) -> None:
        self.is_listening = True

    @override
    def stop(self) -> None:
        self.is_listening = False

    @override
    def lock_session(self) -> bool:
        self.locks += 1
        return True

    @override
    def idle_seconds(self) -> float | None:
        return self.idle
