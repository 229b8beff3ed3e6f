"""Times a demo's owner who comes and goes before the window, tells it, and quits.

For `facelock bench --presence`: the window is the real one, and so are its camera's thread, its
watch and its lock page.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from facelock.ui.player import Play, Player
from facelock.ui.visits import Visits

if TYPE_CHECKING:
    from facelock.ui.program import Program
    from facelock.ui.visits import Stage

_WORK, _GONE = 1.0, 2.0  # seconds


class VisitsTimed(QObject):
    """Belongs to the program. Begins at once."""

    def __init__(self, program: Program, stage: Stage, count: int) -> None:
        super().__init__(program)
        self._visits, self._count = Visits(program, stage), count
        self._player = Player(self)
        self._player.ended.connect(self._on_ended)
        self._player.begin(self._play())

    def _play(self) -> Play:
        visits = self._visits
        yield from visits.arrive()
        for _ in range(self._count):
            yield from visits.work(_WORK)
            yield from visits.leave()
            yield from visits.be_gone(_GONE)
            yield from visits.come_back()

    @Slot(str)
    def _on_ended(self, failure: str) -> None:
        told = {**asdict(self._visits.times), "failure": failure}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        QCoreApplication.quit()
