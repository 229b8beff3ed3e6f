"""The lock goes with the login session: it locks with it, and the camera rests until the return."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from typing_extensions import override

from facelock.core.leaving import Reason
from facelock.ui.lock_page import LockPage

if TYPE_CHECKING:
    from facelock.session.watch import SessionWatch
    from facelock.ui.main_window import MainWindow
    from facelock.workers.eyes import Eyes

# Pointer movements are none: whoever clicks "lock the session" moves on while it locks.
_SOMEBODY = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class SessionLock(QObject):
    """Does what has to be done when the session is left, before the machine may sleep."""

    def __init__(self, window: MainWindow, eyes: Eyes, session: SessionWatch) -> None:
        super().__init__(window)
        self._window = window
        self._eyes = eyes
        self.session = session
        session.left.connect(self._on_left)
        session.returned.connect(self._on_returned)

    def start(self) -> None:
        """Begin to listen; it may be locked at once."""
        self.session.start()

    @property
    def lock_session(self) -> Callable[[], bool] | None:
        """What locks the session, and Facelock with it; None where no system can be asked."""
        return self._lock_both if self.session.can_lock else None

    def stop(self) -> None:
        """Listen no more."""
        self.session.stop()
        self._watch_for_keys(wanted=False)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """A key in the window proves a return that no system told of."""
        if event.type() in _SOMEBODY:
            self.session.somebody_is_here()
        return False

    def _lock_both(self) -> bool:
        if not self.session.lock_session():
            return False
        self._window.lock(Reason.SESSION_LOCKED)  # not every system tells of it afterwards
        return True

    @Slot(object)
    def _on_left(self, reason: Reason) -> None:
        try:
            self._window.lock(reason)  # the key first; a camera may take two seconds to be released
        finally:
            self._eyes.hold_off(self)
            self._watch_for_keys(wanted=True)

    @Slot()
    def _on_returned(self) -> None:
        self._watch_for_keys(wanted=False)
        self._eyes.go_on(self)
        page = self._window.page
        if isinstance(page, LockPage):
            page.returned()

    def _watch_for_keys(self, *, wanted: bool) -> None:
        application = QCoreApplication.instance()
        if application is None:
            return
        application.removeEventFilter(self)
        if wanted:
            application.installEventFilter(self)
