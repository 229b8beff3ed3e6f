"""D-Bus as the session package needs it: short questions, and signals to slots.

Nothing is started by asking: a service that is not there stays away.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import SLOT, QObject
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

PROPERTIES = "org.freedesktop.DBus.Properties"
CHANGED = "PropertiesChanged"
_NO_REPLY = "org.freedesktop.DBus.Error.NoReply"
_PEACE_SECONDS = 30.0
_PATIENCE_MILLISECONDS = 500  # the window stands still meanwhile; a living service needs one


@dataclass(frozen=True)
class Place:
    """Who is spoken to on a bus. For signals, an empty service or path stands for any."""

    service: str
    path: str
    interface: str


ITSELF = Place("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class Bus:
    """One connection. A bus that is not there answers nothing and tells nothing.

    A service that hangs is left in peace for a while, so that the window does not stand still again
    and again; its signals are heard all the same.
    """

    def __init__(
        self, connection: QDBusConnection, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._connection = connection
        self._now = now
        self._hangs_until: dict[str, float] = {}  # by service
        self._heard: list[tuple[Any, ...]] = []

    def has(self, service: str) -> bool:
        """Tell whether somebody on it has this name."""
        return self.call(ITSELF, "NameHasOwner", service) == [True]

    def call(self, place: Place, member: str, *words: str) -> list[Any] | None:
        """Call a method; return what it answered, None if it did not."""
        in_peace = self._now() < self._hangs_until.get(place.service, 0.0)
        if in_peace or not self._connection.isConnected():
            return None
        message = QDBusMessage.createMethodCall(place.service, place.path, place.interface, member)
        message.setArguments(list(words))
        message.setAutoStartService(False)
        reply = self._connection.call(message, QDBus.CallMode.Block, _PATIENCE_MILLISECONDS)
        if reply.type() == QDBusMessage.MessageType.ReplyMessage:
            return reply.arguments()
        if reply.errorName() == _NO_REPLY:
            self._hangs_until[place.service] = self._now() + _PEACE_SECONDS
        return None

    def get(self, place: Place, name: str) -> object:
        """Return a property; None if it is not to be had."""
        properties = Place(place.service, place.path, PROPERTIES)
        answer = self.call(properties, "Get", place.interface, name)
        if not answer or not isinstance(answer[0], QDBusVariant):
            return None
        return answer[0].variant()

    def listen(self, place: Place, member: str, receiver: QObject, slot: str) -> None:
        """Have a signal call the receiver's slot, which takes a QDBusMessage."""
        self._hear(place.service, place.path, place.interface, member, receiver, _method(slot))

    def follow(self, service: str, receiver: QObject, slot: str) -> None:
        """Have the slot called when a service comes or goes."""
        where = (ITSELF.service, ITSELF.path, ITSELF.interface, "NameOwnerChanged")
        self._hear(*where, [service], "sss", receiver, _method(slot))

    def silence(self) -> None:
        """Hear no signal any more."""
        for what in self._heard:
            self._connection.disconnect(*what)
        self._heard.clear()

    def _hear(self, *what: Any) -> None:  # noqa: ANN401 - one of two forms of `connect`
        if self._connection.isConnected() and self._connection.connect(*what):
            self._heard.append(what)


def _method(slot: str) -> bytes:
    # Words, whatever the stubs say: PySide turns bytes away.
    return cast("bytes", SLOT(f"{slot}(QDBusMessage)"))
