"""What the desktop's own screen locker tells, on the session's bus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtDBus import QDBusMessage

from facelock.session.bus import Bus, Place
from facelock.session.watch import Cause, SessionWatch

_SAVERS = tuple(
    Place(f"org.{desktop}.ScreenSaver", path, f"org.{desktop}.ScreenSaver")
    for desktop, path in (
        ("gnome", "/org/gnome/ScreenSaver"),
        ("freedesktop", "/org/freedesktop/ScreenSaver"),  # KDE
        ("cinnamon", "/org/cinnamon/ScreenSaver"),
        ("mate", "/org/mate/ScreenSaver"),
        ("xfce", "/org/xfce/ScreenSaver"),
    )
)
# GetSessionIdleTime is left out: seconds here, milliseconds there, and always 0 on some desktops,
# where it would keep the lock open for ever.
_IDLE = Place(
    "org.gnome.Mutter.IdleMonitor",
    "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor",
)


class ScreenSavers(QObject):
    """Tells a watch when any of them covers the screen, and when none does any more."""

    def __init__(self, bus: Bus, watch: SessionWatch) -> None:
        super().__init__(watch)
        self._bus = bus
        self._watch = watch
        self._active: set[str] = set()

    def start(self) -> None:
        """Listen, and tell what is so already."""
        for saver in _SAVERS:
            anywhere = Place("", "", saver.interface)  # paths differ from version to version
            self._bus.listen(anywhere, "ActiveChanged", self, "on_active")
            if self._bus.has(saver.service):
                self._note(saver.interface, self._bus.call(saver, "GetActive"))

    @property
    def can_lock(self) -> bool:
        """True if one of them is there."""
        return any(self._bus.has(saver.service) for saver in _SAVERS)

    def lock(self) -> bool:
        """Have the first that is there lock the session."""
        return any(
            self._bus.has(saver.service) and self._bus.call(saver, "Lock") is not None
            for saver in _SAVERS
        )

    def idle_seconds(self) -> float | None:
        """Return how long GNOME saw no key and no pointer."""
        answer = self._bus.call(_IDLE, "GetIdletime")
        return answer[0] / 1000 if answer and isinstance(answer[0], int) else None

    def _note(self, interface: str, arguments: list[object] | None) -> None:
        if arguments == [True]:
            self._active.add(interface)
            self._watch.begin(Cause.SCREEN_SAVER)
            return
        was_active = interface in self._active
        self._active.discard(interface)
        if was_active and not self._active:
            self._watch.end(Cause.SCREEN_SAVER, Cause.LOCK_ASKED)

    @Slot("QDBusMessage")
    def on_active(self, message: QDBusMessage) -> None:
        """One of them came or went."""
        self._note(message.interface(), message.arguments())
