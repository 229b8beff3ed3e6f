"""The window and the tray: where it goes when it is closed, and how it begins without being seen.

Hidden it is always locked. Without a tray nothing of this exists, and the window ends when closed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.leaving import Arming
from facelock.ui.lock_page import LockPage
from facelock.ui.refusal_notice import RefusalNotice
from facelock.ui.timers import make_timer
from facelock.ui.tray import Tray

if TYPE_CHECKING:
    from facelock.desktop.autostart import Autostart
    from facelock.services.access import Access
    from facelock.services.activity import ActivityJournal
    from facelock.ui.main_window import MainWindow
    from facelock.ui.preferences import Preferences
    from facelock.ui.settings_start import StartCard

_LOOK_MS = 2000
_LOOKS = 60
"""A panel that starts at the same login is there within two minutes, or there is none."""


def bring_forward(window: QWidget) -> None:
    """Show a window in front of the others. What it shows stays as it is."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _tells_what_is_minimised() -> bool:
    """False on Wayland, where a program never hears that its window is."""
    return not QGuiApplication.platformName().startswith("wayland")


@dataclass(frozen=True)
class Desk:
    """What the desktop offers."""

    has_tray: Callable[[], bool] | None  # None: nobody asks
    autostart: Autostart | None  # None in a demo
    now: Callable[[], float]  # seconds, monotonic


class InTray(QObject):
    """Wires the window to the tray. Call `stop` at the end."""

    def __init__(
        self,
        window: MainWindow,
        access: Access,
        journal: ActivityJournal,
        preferences: Preferences,
        desk: Desk,
    ) -> None:
        super().__init__(window)
        self._window, self._access, self._preferences = window, access, preferences
        self._desk = desk
        self._ending = self._told = self._began_minimised = False
        self._looks_left = _LOOKS
        self.tray: Tray | None = None
        self.notice = RefusalNotice(journal, preferences, self._is_open, desk.now, self)
        self.notice.wanted.connect(self._on_notice)
        self._looking = make_timer(self, _LOOK_MS, self.look, once=False)
        window.stays = self._stay
        window.state_changed.connect(self._show_state)
        window.installEventFilter(self)
        if desk.has_tray is not None:
            self._looking.start()

    @property
    def is_there(self) -> bool:
        """True if the desktop shows icons of programs."""
        return self._desk.has_tray is not None and self._desk.has_tray()

    @Slot()
    def look(self) -> None:
        """Put the icon into the tray, if there is one by now."""
        self._looks_left -= 1
        if self.tray is None and self.is_there:
            self._appear()
        if self.tray is not None or self._looks_left <= 0:
            self._looking.stop()

    def begin_unseen(self) -> None:
        """Begin without a window on the screen; minimised where there is no tray to show it."""
        self.look()
        if self.tray is not None:
            self._window.last.keep_going("tray")
            return
        self._began_minimised = True
        page = self._window.page
        if isinstance(page, LockPage) and not _tells_what_is_minimised():
            page.begin_as(Arming.ON_RETURN)
        self._window.showMinimized()

    def card(self) -> StartCard:
        """Return a new card for the settings."""
        from facelock.ui.settings_start import StartCard

        return StartCard(self._preferences, self._desk.autostart, has_tray=self.is_there)

    @Slot()
    def show(self) -> None:
        """Show the window: locked, it is the lock page, and a click brought it back."""
        page = self._window.page
        if isinstance(page, LockPage) and not self._window.isVisible():
            page.returned()
        bring_forward(self._window)

    @Slot()
    def quit(self) -> None:
        """End the program."""
        self._end_soon()
        self._window.lock()
        QCoreApplication.quit()

    def stop(self) -> None:
        """Leave the tray: the program ends."""
        self._end_soon()
        self._looking.stop()
        self.notice.stop()
        self._window.removeEventFilter(self)
        if (application := QCoreApplication.instance()) is not None:
            application.removeEventFilter(self)
        if self.tray is not None:
            self.tray.remove()
        self._window.last.may_end("tray")

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        match event.type():
            case QEvent.Type.Quit:
                self._end_soon()
            case QEvent.Type.Show if watched is self._window:
                self._window.last.may_end("tray")
            case QEvent.Type.LanguageChange if watched is self._window and self.tray is not None:
                self.tray.name()
            case _:
                pass
        return False

    def _appear(self) -> None:
        tray = self.tray = Tray(self._window)
        tray.show_wanted.connect(self.show)
        tray.lock_wanted.connect(self._window.lock)
        tray.quit_wanted.connect(self.quit)
        self._show_state()
        application = QCoreApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._end_soon)  # the session ends
            if sys.platform == "darwin":  # Cmd+Q, and the end of a session, are events there
                application.installEventFilter(self)
        is_untouched = self._began_minimised and not self._is_open()
        if is_untouched and self._window.isMinimized():
            self._hide()  # it came with the login, and the tray after it

    def _stay(self) -> bool:
        """True if the window, which was closed and is locked, goes into the tray instead."""
        if self._ending or self.tray is None or not self._preferences.current.keep_in_tray:
            return False
        if not self.is_there:  # the panel is gone: nobody would find the window again
            return False
        self._hide()
        if not self._told:
            self._told = True
            words = self.tr("Facelock is locked and stays in the tray. Quit ends it.")
            self.tray.tell(words)
        return True

    def _hide(self) -> None:
        self._window.last.keep_going("tray")
        self._window.hide()

    @Slot()
    def _show_state(self) -> None:
        if self.tray is not None:
            self.tray.show_state(is_open=self._is_open())

    def _is_open(self) -> bool:
        return self._access.unlocked_for is not None

    @Slot(str)
    def _on_notice(self, words: str) -> None:
        if self.tray is not None:
            self.tray.tell(words)

    @Slot()
    def _end_soon(self) -> None:
        self._ending = True
