"""A mailbox with one place: the newest value, never a queue."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Hand values to a slower thread without ever building a queue. For one taker.

    Frames sent as queued signals grow by hundreds of megabytes in front of a slow receiver; here
    a newer value replaces one that was not taken.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value: T | None = None

    def put(self, value: T) -> None:
        """Replace what is there."""
        with self._changed:
            self._value = value
            self._changed.notify()

    def take(self, timeout: float = 0.0) -> T | None:
        """Wait for a value and remove it; None if none came in `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._value is not None, timeout)
            value, self._value = self._value, None
            return value

    def peek(self) -> T | None:
        """Return what is there and leave it; None if there is nothing."""
        with self._changed:
            return self._value

    def clear(self) -> None:
        """Forget what is there: no picture outlives its camera."""
        with self._changed:
            self._value = None
