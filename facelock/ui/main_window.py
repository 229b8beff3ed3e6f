"""The one window: first run, lock page, or the open program; never two of them at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.core.leaving import Arming, Reason, arming_after
from facelock.ui.icons import app_icon
from facelock.ui.idle_watch import IdleWatch
from facelock.ui.last_window import LastWindow
from facelock.ui.lock_page import LockPage
from facelock.ui.place import Place
from facelock.ui.shell import Shell

if TYPE_CHECKING:
    from facelock.services.access import Access

_log = logging.getLogger(__name__)

_TICK_MILLISECONDS = 30_000  # while it is open; the lock page ticks by itself
_PATIENCE_MILLISECONDS = 500  # between two looks whether the page may be made anew
_SMALLEST = QSize(720, 540)
_USUAL = QSize(960, 680)


@dataclass(frozen=True)
class Pages:
    """How each page is made. The window calls these when, and only when, the page may be seen."""

    first_run: Callable[[], QWidget]
    lock: Callable[[], LockPage]
    shell: Callable[[], Shell]
    shell_again: Callable[[], Shell]  # in the midst of a visit: without greetings


class MainWindow(QMainWindow):
    """Shows what the lock state allows. Nothing private exists while it is locked (row 21).

    `footer`: shown below every page; it must hold nothing private.
    `idle_seconds`: as `IdleWatch` takes it.
    """

    state_changed = Signal()  # it may be open now, or locked, or not set up

    def __init__(
        self,
        access: Access,
        pages: Pages,
        footer: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        idle_seconds: Callable[[], float | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._pages = pages
        self._arming: Arming | None = None  # of the next lock page; None: as at the start
        self.last = LastWindow()
        self.stays: Callable[[], bool] = _ends  # what becomes of it when it is closed
        self._locked_for: Reason | None = None
        self.setWindowTitle(self.tr("Facelock"))  # and nothing more: titles are seen by all
        self.setWindowIcon(app_icon())
        self.setMinimumSize(_SMALLEST)
        self.resize(_USUAL)
        self.stack = QStackedWidget()
        self.inside = inside = QWidget()  # pages and footer
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        if footer is not None:
            column.addWidget(footer)
        self.setCentralWidget(inside)
        self.idle = IdleWatch(self, idle_seconds)
        self.idle.idle.connect(self._on_idle)
        self._clock_watch = QTimer(self)
        self._clock_watch.setInterval(_TICK_MILLISECONDS)
        self._clock_watch.timeout.connect(self._tick)
        self._rebuilding = QTimer(self)
        self._rebuilding.setSingleShot(True)
        self._rebuilding.timeout.connect(self.rebuild)
        self.refresh()

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.stack.currentWidget()

    @property
    def locked_for(self) -> Reason | None:
        """Why it locked last; None if it has not been open yet."""
        return self._locked_for

    @Slot()
    def refresh(self) -> None:
        """Show the page that fits the state of the lock; nothing happens if it is shown already."""
        self._show_what_fits()
        self.state_changed.emit()

    def _show_what_fits(self) -> None:
        inside = self._access.unlocked_for
        if inside is not None:
            if isinstance(self.page, Shell):
                self.page.name_person(inside.name or "")
            else:
                self._show(self._pages.shell())
            self.idle.start(self._access.lock_when_idle)
            if not self._clock_watch.isActive():
                self._clock_watch.start()
            return
        self.idle.stop()
        self._clock_watch.stop()
        if not self._access.is_enrolled:
            self._show(self._pages.first_run())
        elif not isinstance(self.page, LockPage):
            self._tear_down()  # first: whatever becomes of the page, nothing that was open stays
            page = self._pages.lock()
            page.unlocked.connect(self.refresh)
            if self._arming is not None:
                page.begin_as(self._arming)  # who has just locked sits before the camera
            self._show(page)
        self._arming = None

    @Slot()
    def lock(self, reason: Reason = Reason.MANUAL) -> None:
        """Lock now, and tear down everything that was open."""
        if self._access.unlocked_for is not None:
            self._locked_for = reason
            self._arming = arming_after(reason)
        try:
            self._access.lock()
        finally:  # the key goes even then, and so does what is shown
            self.refresh()

    def rebuild_soon(self) -> None:
        """Make the page anew once the event is over that asked for it, which may be the page's."""
        self._rebuilding.start(0)

    @Slot()
    def rebuild(self) -> None:
        """Make the page anew, in the language and the size of text that hold now.

        The lock stays as it is, and the person where they were. It waits for what it would cut
        off: work in the vault, a note that cannot be sealed, an open dialog.
        """
        before = self.page
        if _dialogs() or (isinstance(before, Shell) and not before.may_be_made_anew()):
            self._rebuilding.start(_PATIENCE_MILLISECONDS)
            return
        if not isinstance(before, Shell):
            if isinstance(before, LockPage):
                self._arming = before.back.arming
            self._tear_down()
            self.refresh()
            return
        place, banners = Place.of(before), before.take_banners()
        self._tear_down()
        # At once: the new pages take the place of the old ones with whoever keeps account of them.
        QCoreApplication.sendPostedEvents(before, QEvent.Type.DeferredDelete.value)
        shell = self._pages.shell_again()
        self._show(shell)
        for greet in banners:
            greet(shell)
        place.return_to(shell)

    @Slot()
    def _on_idle(self) -> None:
        self.lock(Reason.IDLE)

    @Slot()
    def _tick(self) -> None:
        """Let the lock notice, while it is open too, that somebody's passphrase has become due."""
        try:
            self._access.tick()
        except FacelockError as error:  # what cannot be written now is tried again, and at a lock
            _log.warning("the lock could not note the time: %s", type(error).__name__)

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        self.lock()
        if self.stays():
            event.ignore()
        else:
            super().closeEvent(event)

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self.page is not None:
            self._let_rest(self.page)

    def _let_rest(self, page: QWidget) -> None:
        """Have a lock page look at nobody while the window is minimised."""
        self.stack.setVisible(not (self.isMinimized() and isinstance(page, LockPage)))

    def _show(self, page: QWidget) -> None:
        self._rebuilding.stop()  # what is made now is made as it shall be
        self._tear_down()
        self._let_rest(page)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def _tear_down(self) -> None:
        """Close every dialog and forget every page. Deleted, not hidden: they hold private data."""
        for dialog in _dialogs():
            dialog.blockSignals(True)  # nobody shall act on it any more
            dialog.reject()  # which releases the camera, if it holds it
            dialog.hide()  # whatever it thought of being rejected
            dialog.deleteLater()
        while (page := self.stack.widget(0)) is not None:
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()


def _ends() -> bool:
    return False


def _dialogs() -> list[QDialog]:
    """Return the dialogs that are open, whoever opened them."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]
