"""Tells outside the window that somebody tried to open it: how often, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.activity import Happening
from facelock.services.activity import UNLOCKS
from facelock.ui.timers import make_timer

if TYPE_CHECKING:
    from facelock.services.activity import ActivityJournal
    from facelock.ui.preferences import Preferences

REFUSALS = frozenset(
    {Happening.FACE_REFUSED, Happening.ATTACK_REFUSED, Happening.PASSPHRASE_REFUSED}
)
_QUIET_SECONDS = 60.0
_BREATH_MS = 1000  # a refusal is written in more than one entry


class RefusalNotice(QObject):
    """Counts from lock to unlock. At most one notice a minute, and none where nobody wants any."""

    wanted = Signal(str)  # what to say
    _heard = Signal(object)  # Happening; the journal may be written in any thread

    def __init__(
        self,
        journal: ActivityJournal,
        preferences: Preferences,
        is_open: Callable[[], bool],
        now: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._journal, self._preferences = journal, preferences
        self._is_open, self._now = is_open, now
        self._count = self._told_count = 0
        self._told_at: float | None = None
        self._soon = make_timer(self, _BREATH_MS, self.tell, once=True)
        self._heard.connect(self._on_heard)
        journal.listen(self._heard.emit)

    @property
    def count(self) -> int:
        """How many attempts failed since it was locked."""
        return self._count

    @Slot()
    def tell(self) -> None:
        """Say what has not been said yet, or as soon as a minute is over."""
        wanted = self._preferences.current.notices
        if self._is_open() or self._count == self._told_count or not wanted:
            return
        left = self._seconds_of_quiet()
        if left > 0:
            self._soon.start(round(left * 1000))
            return
        self._told_at, self._told_count = self._now(), self._count
        self.wanted.emit(self._words())

    def stop(self) -> None:
        """Hear and say nothing any more."""
        self._soon.stop()
        self._journal.listen(None)

    def _seconds_of_quiet(self) -> float:
        return 0.0 if self._told_at is None else self._told_at + _QUIET_SECONDS - self._now()

    def _words(self) -> str:
        if self._count == 1:
            return self.tr("Somebody tried to open Facelock: one failed attempt since it locked.")
        words = self.tr("Somebody tried to open Facelock: {count} failed attempts since it locked.")
        return words.format(count=self._count)

    @Slot(object)
    def _on_heard(self, what: Happening) -> None:
        if what in UNLOCKS or what is Happening.LOCKED:
            self._soon.stop()
            self._count = self._told_count = 0
        elif what in REFUSALS and not self._is_open():
            self._count += 1
            if not self._soon.isActive():
                self._soon.start(_BREATH_MS)
