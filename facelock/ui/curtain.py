"""The curtain: hides what is on the screens while Facelock is locked. It is no lock, and says so.

There is a pane over every screen, and the window above them, as large as its screen. Whether it is
drawn follows from the lock and the preference alone. It does not outlive the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from facelock.desktop.capture_exclusion import Exclusion, exclusion_here
from facelock.ui.curtain_pane import FILLS_SCREENS, CurtainPane
from facelock.ui.screens import Area, Screens, SystemScreens, is_placeless

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.ui.main_window import MainWindow
    from facelock.ui.preferences import Preferences

_FULL, _SMALL = Qt.WindowState.WindowFullScreen, Qt.WindowState.WindowMinimized
_WATCHED = frozenset(
    {
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.WindowStateChange,
    }
)


class Curtain(QObject):
    """Belongs to the window. Take it away with `stop` before the program ends."""

    def __init__(
        self,
        window: MainWindow,
        access: Access,
        preferences: Preferences,
        screens: Screens | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._access, self._preferences = window, access, preferences
        self._screens = SystemScreens(_application(), self) if screens is None else screens
        self._panes: list[CurtainPane] = []
        self._before, self._place = window.windowState(), QRect()
        self._is_drawn = self._is_stopped = self._is_window_new = self._is_place_lost = False
        # A window that the system leaves out of captures would show what is behind it there.
        self._is_lined = exclusion_here() is not Exclusion.NONE
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._settle)
        self._screens.changed.connect(self._settle_soon)
        preferences.changed.connect(self._settle_soon)
        window.state_changed.connect(self._settle_soon)
        window.installEventFilter(self)
        self._settle_soon()

    @property
    def panes(self) -> tuple[CurtainPane, ...]:
        """What lies over the screens; nothing while it is open."""
        return tuple(self._panes)

    def stop(self) -> None:
        """Take it away: the program ends."""
        self._is_stopped = True
        self._soon.stop()
        self._settle()
        self._window.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if self._is_drawn and event.type() in _WATCHED:
            if event.type() is QEvent.Type.Show and not event.spontaneous():
                self._is_window_new = self._is_place_lost = True
            self._settle_soon()
        return False

    @Slot()
    def _settle_soon(self) -> None:
        # Not at once: a window that locks because it is closed may be about to end the program.
        if not self._is_stopped:
            self._soon.start(0)

    @Slot()
    def _settle(self) -> None:
        """Let what is shown follow from the lock, the preference and the screens."""
        is_locked = self._access.is_enrolled and self._access.unlocked_for is None
        wanted = is_locked and self._preferences.current.curtain and not self._is_stopped
        if wanted and not self._is_drawn:
            self._draw()
        elif self._is_drawn and not wanted:
            self._draw_back()
        if self._is_drawn:
            self._cover()
            if self._is_window_new:
                self._bring_forward()

    def _draw(self) -> None:
        self._is_drawn = True
        self._before = self._window.windowState()
        self._place = self._window.geometry()
        areas = self._screens.areas()
        if self._window.windowHandle() is None and areas:  # begun out of sight: it has none yet
            self._place.moveCenter(areas[0].geometry.center())
        self._is_place_lost = False
        # Closed, it comes back with a click; the program ends from the open window, or the tray.
        self._window.last.keep_going("curtain")
        self._cover()
        if self._window.isVisible():
            self._bring_forward()

    def _draw_back(self) -> None:
        self._is_drawn = False
        while self._panes:
            self._panes.pop().leave()
        self._window.last.may_end("curtain")
        self._stay_on_top(wanted=False)
        state = self._window.windowState()
        back = self._before & (_FULL | _SMALL)
        self._window.setWindowState((state & ~(_FULL | _SMALL)) | back)
        # Shown anew while it was full-screen: the system knows of no other place for it.
        is_lost = self._is_place_lost and self._before == Qt.WindowState.WindowNoState
        if is_lost and any(one.geometry.intersects(self._place) for one in self._screens.areas()):
            self._window.setGeometry(self._place)

    def _cover(self) -> None:
        areas = self._screens.areas()
        while len(self._panes) > len(areas):
            self._panes.pop().leave()
        while len(self._panes) < len(areas):
            self._panes.append(self._new_pane())
        has_come = False
        for pane, area in zip(self._panes, areas, strict=True):
            if self._is_covered(area):
                pane.hide()
            else:
                has_come = pane.cover(area) or has_come
        if has_come and self._is_window_shown():
            self._window.raise_()

    def _new_pane(self) -> CurtainPane:
        pane = CurtainPane()
        pane.window_wanted.connect(self._bring_forward)
        pane.touched.connect(self._on_touched)
        return pane

    def _is_window_shown(self) -> bool:
        return self._window.isVisible() and not self._window.isMinimized()

    def _is_covered(self, area: Area) -> bool:
        """Tell whether the window is all that this screen shows.

        No pane need lie there then, and none can come to lie above the window where a program has
        no say in that.
        """
        if self._is_lined or not self._is_window_shown() or not self._window.isFullScreen():
            return False
        place = self._window.geometry()
        if is_placeless():
            return self._window.screen() == area.screen and place.size() == area.geometry.size()
        return place.contains(area.geometry)

    @Slot()
    def _on_touched(self) -> None:
        """Put a pane back that was closed, and the keys where the passphrase is typed."""
        self._settle_soon()
        if self._is_window_shown() and any(pane.isActiveWindow() for pane in self._panes):
            self._activate()

    @Slot()
    def _bring_forward(self) -> None:
        """Show the window above the panes, as large as its screen."""
        state = self._window.windowState() & ~_SMALL
        self._window.setWindowState(state | _FULL if FILLS_SCREENS else state)
        self._window.show()
        self._is_window_new = False
        self._stay_on_top(wanted=True)
        self._window.raise_()
        self._activate()

    def _activate(self) -> None:
        front = QApplication.activeModalWidget() or self._window  # a dialog of the lock page
        front.raise_()
        front.activateWindow()

    def _stay_on_top(self, *, wanted: bool) -> None:
        """Ask it of the window that is there: asked of the widget, it would hide the page first."""
        if (handle := self._window.windowHandle()) is not None:
            handle.setFlag(Qt.WindowType.WindowStaysOnTopHint, wanted)


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)  # noqa: S101 - there is a window
    return application
