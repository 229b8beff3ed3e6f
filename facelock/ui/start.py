"""Qt's loop around a start: one window for each user, a store still being opened, the window."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from facelock.core.errors import FacelockError
from facelock.core.settings import Settings
from facelock.desktop.process_age import process_age, resident_mb
from facelock.ui.capture_shield import CaptureShield
from facelock.ui.entrances import Entrances
from facelock.ui.file_dialogs import prepare_file_dialogs
from facelock.ui.first_paint import FirstPaint
from facelock.ui.in_tray import bring_forward
from facelock.ui.looks import wear
from facelock.ui.mishap import Mishap
from facelock.ui.single_instance import Standing
from facelock.ui.waiting_window import WaitingWindow
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.erasing import Erased
    from facelock.ui.program import Program

_log = logging.getLogger(__name__)

EXIT_NO_STORE = 70
_STORE_SECONDS = 0.4
"""The window waits so long for the store. A keyring that asks the person something takes longer."""

_SILENT = (
    "Facelock is running already and does not answer. End it, or wait for it, and try again.\n"
)

T = TypeVar("T")


@dataclass(frozen=True)
class Measure:
    """Tell about the start and quit, so many seconds after the first paint."""

    seconds: float


class Start(QObject, Generic[T]):
    """Runs Qt's loop around a store that is still being opened."""

    def __init__(
        self,
        opening: Future[T],
        build: Callable[[T], Program],
        settings: Settings,
        measure: Measure | None = None,
        entrances: Callable[[], Entrances] | None = None,
        erase: Callable[[], Erased] | None = None,
        *,
        minimised: bool = False,
    ) -> None:
        prepare_file_dialogs()
        application = QApplication.instance() or QApplication(sys.argv[:1])
        super().__init__(application)
        self._app = application
        self._opening, self._build, self._measure = opening, build, measure
        self._exit_code = 0
        self._first_paint_s = 0.0
        self._program: Program | None = None
        self._app.setApplicationName("Facelock")
        QGuiApplication.setDesktopFileName("facelock")
        if isinstance(self._app, QApplication):
            CaptureShield(self._app)
        self._wear(settings)  # before the first window: whatever is made now has its words
        self._app.aboutToQuit.connect(self._stop)
        self._erase, self._minimised = erase, minimised
        self._entrances = None if entrances is None else entrances()
        self._waiting = WaitingWindow()
        self._again = QTimer(self)
        self._again.setInterval(50)
        self._again.timeout.connect(self._try)

    def run(self) -> int:
        """Return the exit code of the program."""
        if self._entrances is not None:
            standing = self._entrances.open(self._show, self._lock)
            if standing is not Standing.FIRST:
                return _end_for(standing)
        try:
            self._opening.exception(_STORE_SECONDS)
        except NotYet:
            if not self._minimised:
                self._waiting.show()
            self._again.start()
        else:
            self._try()
        self._app.exec()
        return self._exit_code

    @Slot()
    def _try(self) -> None:
        """Show the window once the store is open, or say why it does not open."""
        if not self._opening.done():
            return
        self._again.stop()
        error = self._opening.exception()
        if error is not None:
            if not isinstance(error, FacelockError):
                _log.error("the store did not open: %s", type(error).__name__)
            self._exit_code = EXIT_NO_STORE
            self._waiting.tell(error if isinstance(error, Exception) else RuntimeError())
            self._waiting.show()
            return
        self._open_window(self._opening.result())
        self._waiting.close()

    def _open_window(self, opened: T) -> None:
        program = self._build(opened)
        self._program = program
        program.preferences.changed.connect(self._on_preferences)
        sys.excepthook = Mishap(program.window).hook
        if self._measure is not None:
            self._first_paint = FirstPaint(program.window)
            self._first_paint.done.connect(self._on_first_paint)
        if self._minimised and not self._waiting.isVisible():  # a second start asked to see it
            program.in_tray.begin_unseen()
        else:
            program.window.show()

    @Slot()
    def _on_first_paint(self) -> None:
        self._first_paint_s = process_age()
        seconds = self._measure.seconds if self._measure is not None else 0.0
        QTimer.singleShot(round(seconds * 1000), self._tell_measured)

    def _tell_measured(self) -> None:
        told = {
            "first_paint_s": round(self._first_paint_s, 3),
            "rss_mb": resident_mb(),
            "torch": "torch" in sys.modules,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        self._app.quit()

    def erase(self) -> None:
        """End the window, erase everything and say what came of it. It was confirmed before."""
        if self._erase is None:
            return
        self._waiting.say(self.tr("Erasing…"))
        self._waiting.show()
        program, self._program = self._program, None
        if program is not None:
            program.in_tray.stop()  # this window ends
            program.window.close()
            program.stop()
            sys.excepthook = sys.__excepthook__
            program.window.deleteLater()
        if self._entrances is not None:
            self._entrances.close()
        run_task(self, self._erase, self._on_erased, self._on_not_erased)

    @Slot(object)
    def _on_erased(self, erased: Erased) -> None:
        if erased.is_complete:
            self._waiting.say(self.tr("Everything is erased. You can close this window."))
            return
        words = self.tr("Not all could be erased. In a terminal, run: facelock erase --everything")
        self._waiting.say(words)

    @Slot(object)
    def _on_not_erased(self, error: Exception) -> None:
        self._waiting.tell(error, self.tr("Nothing was erased"))

    def _show(self) -> None:
        """Come to the front, as a second start asks. Whatever is shown stays as it is."""
        bring_forward(self._waiting if self._program is None else self._program.window)

    def _lock(self) -> None:
        """Lock, as `facelock lock` asks. Without a window there is no key yet."""
        if self._program is not None:
            self._program.window.lock()

    @Slot(object)
    def _on_preferences(self, settings: Settings) -> None:
        if self._wear(settings) and self._program is not None:
            self._program.window.rebuild_soon()

    def _wear(self, settings: Settings) -> bool:
        return isinstance(self._app, QApplication) and wear(self._app, settings)

    @Slot()
    def _stop(self) -> None:
        program, self._program = self._program, None
        if program is not None:
            program.stop()
            sys.excepthook = sys.__excepthook__
        if self._entrances is not None:
            self._entrances.close()  # not before the store is free for the next start


def _end_for(standing: Standing) -> int:
    """Return the exit code of a start that is not the first."""
    if standing is Standing.SHOWN:
        return 0
    sys.stderr.write(_SILENT)
    return EXIT_NO_STORE
