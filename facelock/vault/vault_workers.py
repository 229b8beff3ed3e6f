"""Who is at work on an open vault, and how all of them end when it closes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from facelock.core.errors import VaultLocked

_END_SECONDS = 1.0  # given to work to notice; what notices later cannot count any more


class Workers:
    """Counts threads at work, and gives one of them at a time the turn to change something."""

    def __init__(self) -> None:
        self.turn = threading.Condition(threading.RLock())
        self._threads: list[int] = []
        self._ended = False

    def check(self) -> None:
        """Raise VaultLocked if all is to end. Called now and then by whoever works."""
        if self._ended:
            raise VaultLocked("the vault is closed")

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count this thread among those at work. Raises VaultLocked."""
        with self.turn:
            self.check()
            self._threads.append(threading.get_ident())
        try:
            yield
        finally:
            with self.turn:
                self._threads.remove(threading.get_ident())
                self.turn.notify_all()

    @contextmanager
    def ending(self) -> Iterator[bool]:
        """End all work, wait a moment for it, and hold the turn; False if it had ended before."""
        with self.turn:
            first, self._ended = not self._ended, True
            if first:
                me = threading.get_ident()  # may itself be at work: a report of progress locks
                self.turn.wait_for(lambda: set(self._threads) <= {me}, _END_SECONDS)
            yield first
