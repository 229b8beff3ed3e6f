"""Whom the lock page compares with: the calibration it needs for that, and the name given last."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facelock.core.adaptation import OFFER_SECONDS
from facelock.services.gallery import LockGallery, Mode, lock_gallery
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.attempt import Verdict
    from facelock.core.threshold import Calibration
    from facelock.services.access import Access
    from facelock.services.adapting import NearMiss, NearMisses
    from facelock.services.recognition import Seen


class Identifying(QObject):
    """Loads the calibration in a Task, once it is needed: where several people are enrolled.

    The name chosen last is kept here, in memory, until the program ends: on the disk it would tell
    who uses this machine. Without a way to load the calibration, several people have to say who
    they are.
    """

    changed = Signal()  # the calibration came, or cannot be had
    mode_changed = Signal()  # a name has to come first now, or need not any more

    def __init__(
        self,
        access: Access,
        load_calibration: Callable[[], Calibration] | None = None,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._load = load_calibration
        self._wall = wall
        self._loading = False
        self._outdated = False  # what is being loaded is another head's
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.setInterval(int(OFFER_SECONDS * 1000) + 100)
        self._minute.timeout.connect(self._forget_old)
        self.calibration: Calibration | None = None
        self.chosen: str | None = None  # profile id
        self.near_misses: NearMisses | None = None  # None: no look is ever remembered
        self.finds_anybody = True  # False once it is known that a name has to come first

    @Slot()
    def forget_calibration(self) -> None:
        """Another head is in force: what was measured with the one before serves no more."""
        self.calibration = None
        self._outdated = self._loading

    def choose(self, profile_id: str | None) -> None:
        """Compare with this person alone; None: with everybody, if the level allows it."""
        self.chosen = profile_id

    def gallery(self, model_sha256: str) -> LockGallery | None:
        """Return what to compare with; None while the calibration it needs is being loaded."""
        if self.calibration is None and self._load is not None and self._is_needed:
            self._begin(self._load)
            return None
        found = lock_gallery(
            self._access.profiles,
            self._access.terms,
            self.calibration,
            model_sha256=model_sha256,
            now=self._wall(),
            chosen=self._known_choice,
        )
        if self._known_choice is None:
            self._note_mode(found.mode)
        return found

    def _note_mode(self, mode: Mode) -> None:
        """Tell, once, whether the face alone can say who it is."""
        finds = mode is not Mode.NAME_FIRST
        if finds is not self.finds_anybody:
            self.finds_anybody = finds
            self.mode_changed.emit()

    def note(self, seen: Seen, verdict: Verdict | None) -> None:
        """Take what the lock page saw, for an offer to remember the look, if there is one."""
        if self.near_misses is None:
            return
        self.near_misses.see(seen, verdict)
        if verdict is not None and self.near_misses.holds_anything:
            self._minute.start()

    def take_near_miss(self) -> NearMiss | None:
        """Return the near miss of just now, if there was one, and forget all."""
        self._minute.stop()
        return None if self.near_misses is None else self.near_misses.take()

    @Slot()
    def _forget_old(self) -> None:
        if self.near_misses is not None:
            self.near_misses.forget_old()

    @property
    def _known_choice(self) -> str | None:
        """The chosen person, unless they were removed meanwhile."""
        ids = [one.profile_id for one in self._access.people]
        return self.chosen if self.chosen in ids else None

    @property
    def _is_needed(self) -> bool:
        return self._known_choice is None and len(self._access.profiles) > 1

    def _begin(self, load: Callable[[], Calibration]) -> None:
        if not self._loading:
            self._loading = True
            run_task(self, load, self._on_loaded, self._on_failed)

    @Slot(object)
    def _on_loaded(self, calibration: Calibration) -> None:
        self._loading = False
        if self._outdated:  # asked for again by whoever hears of the change
            self._outdated = False
        else:
            self.calibration = calibration
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """Ask for names from here on; whoever needs the calibration itself tells why."""
        self._loading, self._load = False, None
        self.changed.emit()
