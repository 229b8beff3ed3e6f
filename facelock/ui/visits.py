"""What the owner of a demo does before the real window: work, leave, come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facelock.core.leaving import Reason
from facelock.ui.player import Play, Throughout, Until
from facelock.ui.shell import Shell
from facelock.vision.stage_camera import Scene

if TYPE_CHECKING:
    from facelock.services.staged_cast import StagedCast
    from facelock.ui.program import Program

GRACE = 1.0
"""Seconds after the time away in which it must have locked: two frames of the watch."""

_OPENS_WITHIN = 20.0  # seconds; an attempt may need a second one
_READY_WITHIN = 60.0  # seconds; the networks may still be loading
_ROOM_IS_SEEN_EMPTY = 1.5  # seconds, three frames of the watch


@dataclass
class Times:
    """What was measured. Seconds from the moment the stage changed."""

    to_lock: list[float] = field(default_factory=list)
    to_open: list[float] = field(default_factory=list)


class Visits:
    """Plays for a `Player`. The owner must be enrolled, and their time away set."""

    def __init__(self, program: Program, cast: StagedCast) -> None:
        self.program = program
        self.cast = cast
        self.times = Times()

    def is_locked(self) -> bool:
        """True if there is no key, and nothing of the inside is shown."""
        access, page = self.program.access, self.program.window.page
        return access.unlocked_for is None and not isinstance(page, Shell)

    def is_open(self) -> bool:
        """True if the window shows what is inside."""
        page = self.program.window.page
        return self.program.access.unlocked_for is not None and isinstance(page, Shell)

    def arrive(self) -> Play:
        """The owner sits down before a window that may just have started."""
        yield Until("the networks are there", self._is_ready, _READY_WITHIN)
        self.cast.scene = Scene.OWNER
        yield Until("open for whoever arrives", self.is_open, _READY_WITHIN)

    def work(self, seconds: float) -> Play:
        """The owner sits there and uses the computer now and then."""
        while seconds > 0:
            self.program.window.idle.use()
            part = min(seconds, 5.0)
            yield Throughout("open while the owner is there", self.is_open, part)
            seconds -= part

    def leave(self) -> Play:
        """The owner goes; it must lock in time."""
        away = self.program.access.leaving.away
        if away is None:
            raise ValueError("the level does not lock when nobody is there")
        self.cast.scene = Scene.EMPTY
        passed = yield Until("locked after leaving", self.is_locked, away + GRACE)
        self.times.to_lock.append(passed)

    def be_gone(self) -> Play:
        """It locks at once, as after an absence, and the room is seen empty."""
        self.cast.scene = Scene.EMPTY
        self.program.window.lock(Reason.AWAY)
        yield Throughout("locked while nobody is there", self.is_locked, _ROOM_IS_SEEN_EMPTY)

    def come_back(self) -> Play:
        """The owner comes into the picture; it must open by itself."""
        self.cast.scene = Scene.OWNER
        passed = yield Until("open for whoever comes back", self.is_open, _OPENS_WITHIN)
        self.times.to_open.append(passed)

    def _is_ready(self) -> bool:
        return self.program.eyes.pipeline is not None
