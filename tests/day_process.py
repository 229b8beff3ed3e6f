"""A whole window program in a process of its own, before a stage, in this user's own folders.

Run as `python day_process.py`. One word a line on standard input, one line each on standard output:
a scene (`owner`, `stranger`, `both`, `empty`, `dark`), `unplug`, `plug`, `suspend`, `resume`,
`lock`, `key` and `passphrase` are answered by `done`; `state` by what the window shows, as JSON.
It is the program of `facelock-gui` on a demo store: no test has a face, or a lid to close.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from staged_home import PASSPHRASE, open_home

from facelock import app
from facelock.core.scene import Scene
from facelock.core.settings import Settings
from facelock.desktop.hardening import harden
from facelock.desktop.paths import Paths
from facelock.services.staged_cast import StagedCast
from facelock.session.watch import Cause, SessionWatch
from facelock.ui.entrances import Entrances
from facelock.ui.lock_page import LockPage
from facelock.ui.program import Program
from facelock.ui.start import Start
from facelock.ui.veil import Veil

_SCENES = {scene.value: scene for scene in Scene}


def say(word: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


class Hands(QObject):
    """What the test does to the stage, to the session and to the window."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.program: Program | None = None
        self.cast = StagedCast(Scene.EMPTY)
        self.session = SessionWatch()
        self.said.connect(self.do)

    @Slot(str)
    def do(self, word: str) -> None:
        """Do it."""
        assert self.program is not None
        window = self.program.window
        match word:
            case "unplug" | "plug":
                self.cast.is_plugged_in = word == "plug"
            case "suspend" | "resume":
                self.session.set(Cause.SLEEP, holds=word == "suspend")
            case "lock":
                window.activateWindow()  # nobody manages the windows under Xvfb
                assert QTest.qWaitForWindowActive(window)
                QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            case "key":
                QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Down)
            case "passphrase":
                assert isinstance(window.page, LockPage)
                QTest.keyClicks(window.page.passphrase.edit, PASSPHRASE)
                QTest.keyClick(window.page.passphrase.edit, Qt.Key.Key_Return)
            case "quit":
                QApplication.quit()
            case _ if word in _SCENES:
                self.cast.scene = _SCENES[word]
        say(json.dumps(self.state()) if word == "state" else "done")

    def state(self) -> dict[str, object]:
        """Return what somebody before the screen could tell."""
        assert self.program is not None
        window = self.program.window
        page = window.page
        return {
            "page": type(page).__name__,
            "says": page.sentence.text() if isinstance(page, LockPage) else "",
            "mood": page.ring.mood.value if isinstance(page, LockPage) else "",
            "veiled": any(one.isVisible() for one in window.findChildren(Veil)),
            "titles": sorted({one.windowTitle() for one in QApplication.topLevelWidgets()} - {""}),
            "cameras": self.cast.cameras_open,
        }

    def listen(self) -> None:
        """Take words; in a thread of its own."""
        for line in sys.stdin:
            self.said.emit(line.strip())


def main() -> int:
    """Run the window until `quit`."""
    harden()
    paths = Paths.default()
    opening: Future[app.OpenStore] = Future()
    opening.set_result(open_home(paths))
    hands: list[Hands] = []

    def build(opened: app.OpenStore) -> Program:
        outside = app.real_outside(hands[0].cast)
        outside = replace(outside, session=lambda: hands[0].session)
        program = app.build(opened, paths, outside)
        hands[0].program = program
        QTimer.singleShot(0, partial(say, "ready"))
        return program

    entrances = partial(Entrances, paths.state, lambda _is_first: None)
    start = Start(opening, build, Settings(), None, entrances)
    hands.append(Hands())
    threading.Thread(target=hands[0].listen, daemon=True).start()
    return start.run()


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    os._exit(exit_code)  # the listening thread would wait for another line
