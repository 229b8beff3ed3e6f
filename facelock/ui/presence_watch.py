"""While it is open: two looks a second at who is there, and what follows from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from facelock.core.errors import CameraError
from facelock.core.presence import Presence, PresenceRules, Sighting, Standing
from facelock.ui.idle_watch import seconds_unused
from facelock.ui.timers import make_timer

if TYPE_CHECKING:
    from facelock.core.ports import Clock
    from facelock.core.template import Profile
    from facelock.services.access import Access
    from facelock.services.gallery import Terms
    from facelock.services.recognition import FacePipeline
    from facelock.services.watching import WatchWork
    from facelock.workers.eyes import Eyes, OpenSource

PACE = 0.5
"""Seconds between two looks."""

SILENCE = 4.0
"""Seconds without a look after which the camera counts as giving nothing: eight looks are missing.

Another camera is being looked through, or the machine is too busy. Nobody is locked out for it;
nor does it keep anything open for long, since the time without use goes on. Less than any time
away, so that silence alone never locks; more than a busy machine takes for a look.
"""

AGAIN_SECONDS = 30.0
"""After a look that went wrong the watch begins anew so much later: one mishap does not leave the
rest of a long day without a lock for who goes away."""

CALM = Standing(lock=None, seconds_left=None, shield=False, unsure=False, paused=False)
"""How it stands while nobody is watched for."""

_TICK_MILLISECONDS = 250

_log = logging.getLogger(__name__)


class PresenceWatch(QObject):
    """Holds the camera only while something depends on it: a time away, or the shield.

    `idle_seconds`: for how long nobody used the computer, as the system says; None: it does not.
    """

    changed = Signal(object)  # Standing
    lock_wanted = Signal(object)  # Reason

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        open_camera: OpenSource,
        clock: Clock,
        parent: QObject | None = None,
        *,
        idle_seconds: Callable[[], float | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._access, self._eyes, self._clock = access, eyes, clock
        self._idle_seconds = idle_seconds
        self._open_camera = open_camera
        self._work: WatchWork | None = None
        self._made_for: _MadeFor | None = None
        self._others = False
        self._was_open = False
        self._presence = Presence.begin(0.0)
        self._heard_at = 0.0
        self._again_at: float | None = None  # when a watch that ended begins anew
        self._standing = CALM
        self._timer = make_timer(self, _TICK_MILLISECONDS, self.tick, once=False)
        eyes.watched.connect(self._on_watched)
        eyes.watch_failed.connect(self._on_failed)
        eyes.pipeline_ready.connect(self._on_pipeline)

    @property
    def is_on(self) -> bool:
        """True while it looks for the person inside."""
        return self._work is not None

    @property
    def standing(self) -> Standing:
        """How it stood at the last tick."""
        return self._standing

    def expect_others(self, expected: bool) -> None:  # noqa: FBT001 - the one value there is
        """Look away while somebody else shall sit there: they are being enrolled."""
        self._others = expected
        self.settle()

    @Slot()
    def settle(self) -> None:
        """Watch as the lock and the settings say now; what is known goes on for the same person."""
        wanted = self._wanted()
        if wanted is None:
            self.stop()
            return
        if self._made_for is not None and wanted.is_as(self._made_for):
            return
        from facelock.services.watching import watch_work  # brings OpenCV: after first paint

        work = watch_work(self._access, wanted.pipeline, self._clock.wall())
        if work is None:  # nothing of theirs can be compared: only idleness locks
            self.stop()
            return
        now = self._clock.monotonic()
        if self._made_for is None or self._made_for.inside != wanted.inside:
            # Until the camera is open, which may take seconds, nobody is missed.
            self._presence = Presence.begin(now).lose_sight(now)
        self._made_for, self._work, self._heard_at = wanted, work, now
        self._again_at = None
        self._eyes.watch(self._open_camera, work, pace=PACE)
        self._timer.start()
        self.tick()

    @Slot()
    def stop(self) -> None:
        """Let the camera go, and forget what was known."""
        work, self._work, self._made_for = self._work, None, None
        self._again_at = None
        self._timer.stop()
        if work is not None:
            self._eyes.stop_watching(work)
        self._tell(CALM)

    @Slot()
    def use(self) -> None:
        """Somebody touched the mouse or a key."""
        if self._work is not None:
            self._presence = self._presence.use(self._clock.monotonic())
            if self._standing.seconds_left is not None:
                self.tick()

    @Slot()
    def wave_off(self) -> None:
        """Somebody asked for the shield to be lowered."""
        if self._work is not None:
            self._presence = self._presence.wave_off(self._clock.monotonic())
            self.tick()

    @Slot()
    def tick(self) -> None:
        """Let time pass: a countdown goes on, and may be over."""
        if self._work is None:
            return
        now = self._clock.monotonic()
        if self._again_at is not None and now >= self._again_at:
            self._made_for = self._again_at = None
            self.settle()
            return
        if now - self._heard_at > SILENCE:
            self._presence = self._presence.lose_sight(now)
        standing = self._stands_at(now)
        if standing.seconds_left is not None and self._was_used_elsewhere(now):
            standing = self._stands_at(now)
        self._tell(standing)
        if standing.lock is not None:
            self.lock_wanted.emit(standing.lock)

    def _stands_at(self, now: float) -> Standing:
        leaving = self._access.leaving
        return self._presence.standing(now, PresenceRules(leaving.away, leaving.shield))

    def _was_used_elsewhere(self, now: float) -> bool:
        """Take in that another program was used, of which this one's windows hear nothing.

        Asked while it counts down and not before: it is a question to another process.
        """
        idle = seconds_unused(self._idle_seconds)
        if idle is None or now - idle <= self._presence.proven_at:
            return False
        self._presence = self._presence.use(now - idle)
        return True

    def _wanted(self) -> _MadeFor | None:
        """Return what the work shall be made for; None if nobody shall be watched for."""
        access, pipeline = self._access, self._eyes.pipeline
        inside, leaving = access.unlocked_for, access.leaving
        if inside is None and self._was_open:
            self._others = False  # a lock ends every enrolment; the first one begins before any
        self._was_open = inside is not None
        is_needed = leaving.away is not None or leaving.shield
        if inside is None or pipeline is None or self._others or not is_needed:
            return None
        return _MadeFor(inside.profile_id, pipeline, access.profiles, access.terms)

    def _tell(self, standing: Standing) -> None:
        if standing != self._standing:
            self._standing = standing
            self.changed.emit(standing)

    @Slot(object, object)
    def _on_watched(self, work: object, sighting: Sighting | None) -> None:
        if self._work is None or work is not self._work:
            return  # the lock page's, or one that is over
        now = self._heard_at = self._clock.monotonic()
        if sighting is None:
            self._presence = self._presence.lose_sight(now)
        else:
            self._presence = self._presence.see(sighting, now)
        self.tick()

    @Slot(object, object)
    def _on_failed(self, work: object, error: Exception) -> None:
        if self._work is None or work is not self._work:
            return
        now = self._clock.monotonic()
        self._presence = self._presence.lose_sight(now)
        if not isinstance(error, CameraError):  # which is tried again by itself
            _log.info("the watch ended: %s", type(error).__name__)
            self._again_at = None if isinstance(error, EOFError) else now + AGAIN_SECONDS
        self.tick()

    @Slot(object)
    def _on_pipeline(self, _pipeline: object) -> None:
        self.settle()


class _MadeFor:
    """What a work was made for: when any of it changes, it is made anew."""

    def __init__(
        self, inside: str, pipeline: FacePipeline, people: tuple[Profile, ...], terms: Terms
    ) -> None:
        self.inside, self.pipeline = inside, pipeline
        self._people, self._terms = people, terms

    def is_as(self, other: _MadeFor) -> bool:
        """True if both are made for the same."""
        same_people = len(self._people) == len(other._people) and all(
            mine is theirs for mine, theirs in zip(self._people, other._people, strict=True)
        )
        return (
            same_people
            and self.inside == other.inside
            and self.pipeline is other.pipeline
            and self._terms == other._terms
        )
