"""What happens while it is open and somebody leaves, comes, or looks on; wired to the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from facelock.core.activity import Happening
from facelock.core.leaving import Reason
from facelock.ui.countdown import Countdown
from facelock.ui.onlooker_shield import OnlookerShield
from facelock.ui.presence_watch import PresenceWatch

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.core.presence import Standing
    from facelock.services.access import Access
    from facelock.ui.main_window import MainWindow
    from facelock.workers.eyes import Eyes, OpenSource


class Leaving(QObject):
    """Belongs to the window: watches while it is open, and locks it."""

    def __init__(
        self,
        window: MainWindow,
        access: Access,
        eyes: Eyes,
        open_camera: OpenSource,
        clock: Clock,
        *,
        idle_seconds: Callable[[], float | None] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._access = window, access
        inside = window.inside
        self.watch = PresenceWatch(
            access, eyes, open_camera, clock, self, idle_seconds=idle_seconds
        )
        self.shield = OnlookerShield(inside, window.stack)
        self.countdown = Countdown(inside)
        self.watch.changed.connect(self._on_changed)
        self.watch.lock_wanted.connect(self._on_lock_wanted)
        self.shield.waved_off.connect(self._on_waved_off)
        window.idle.used.connect(self.watch.use)
        window.state_changed.connect(self.watch.settle)

    @Slot()
    def expect_nobody_else(self) -> None:
        """Whoever was enrolled has given the seat back."""
        self.watch.expect_others(False)

    def stop(self) -> None:
        """Let the camera go: the program ends."""
        self.watch.stop()

    @Slot(object)
    def _on_changed(self, standing: Standing) -> None:
        self.shield.set_up(standing.shield, unsure=standing.unsure)
        self.countdown.show_left(standing.seconds_left, unsure=standing.unsure)

    @Slot(object)
    def _on_lock_wanted(self, reason: Reason) -> None:
        inside = self._access.unlocked_for
        try:
            if reason is Reason.STRANGER and inside is not None:
                self._access.journal.note(Happening.SEAT_TAKEN, inside.profile_id)
        finally:  # written down or not
            self._window.lock(reason)

    @Slot()
    def _on_waved_off(self) -> None:
        self._window.idle.use()
        self.watch.wave_off()
