"""What the owner of a demo does before the real window: work, leave, come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from facelock.core.scene import Scene
from facelock.ui.player import Play, Throughout, Until
from facelock.ui.shell import Shell

if TYPE_CHECKING:
    from facelock.ui.program import Program

GRACE = 1.0
"""Seconds after the time away in which it must have locked: two frames of the watch."""

_OPENS_WITHIN = 20.0  # seconds; an attempt may need a second one
_READY_WITHIN = 60.0  # seconds; the networks may still be loading


class Stage(Protocol):
    """What is before the camera: `services.staged_cast.StagedCast`, or a test's own."""

    @property
    def scene(self) -> Scene:
        """Who is there."""
        ...

    @scene.setter
    def scene(self, scene: Scene) -> None: ...


@dataclass
class Times:
    """What was measured. Seconds from the moment the stage changed."""

    to_lock: list[float] = field(default_factory=list)
    to_open: list[float] = field(default_factory=list)


class Visits:
    """Plays for a `Player`. The owner must be enrolled, and their time away set."""

    def __init__(self, program: Program, stage: Stage) -> None:
        self.program = program
        self.stage = stage
        self.times = Times()

    @property
    def away(self) -> float:
        """Seconds of absence after which it is to lock. Raises ValueError if it does not."""
        away = self.program.access.leaving.away
        if away is None:
            raise ValueError("this level does not lock when nobody is there")
        return away

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
        self.stage.scene = Scene.OWNER
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
        within = self.away + GRACE
        self.stage.scene = Scene.EMPTY
        passed = yield Until("locked after leaving", self.is_locked, within)
        self.times.to_lock.append(passed)

    def be_gone(self, seconds: float) -> Play:
        """Let seconds pass in which it must not open."""
        yield Throughout("locked", self.is_locked, seconds)

    def come_back(self) -> Play:
        """The owner comes into the picture; it must open by itself."""
        self.stage.scene = Scene.OWNER
        passed = yield Until("open for whoever comes back", self.is_open, _OPENS_WITHIN)
        self.times.to_open.append(passed)

    def _is_ready(self) -> bool:
        return self.program.eyes.pipeline is not None
