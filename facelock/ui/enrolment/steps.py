"""Where the wizard stands: which step, what is complete, where one can go. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Step(Enum):
    """The steps in order."""

    CONSENT = "consent"
    PERSON = "person"
    CAMERA = "camera"
    CAPTURE = "capture"
    APPEARANCE = "appearance"
    RESULT = "result"
    TRY_OUT = "try-out"
    RECOVERY = "recovery"
    DONE = "done"


_ORDER = tuple(Step)
_NEEDS_CAPTURE = frozenset({Step.RESULT, Step.TRY_OUT})
_OPTIONAL = frozenset({Step.APPEARANCE, Step.DONE})


@dataclass(frozen=True)
class Steps:
    """Immutable: every move returns a new one. A move that is not allowed changes nothing."""

    at: Step = Step.CONSENT
    complete: frozenset[Step] = frozenset()
    saved: bool = False  # the person is enrolled: there is no way back

    @property
    def position(self) -> tuple[int, int]:
        """(number of this step from 1, how many there are)."""
        return _ORDER.index(self.at) + 1, len(_ORDER)

    @property
    def can_go_on(self) -> bool:
        """True if this step asks for nothing more."""
        return self.at in self.complete or self.at in _OPTIONAL

    @property
    def can_go_back(self) -> bool:
        """True if there is an earlier step to return to."""
        return not self.saved and self.at is not _ORDER[0]

    def mark(self, step: Step, *, complete: bool) -> Steps:
        """Note whether a step is complete. A new capture makes its result worthless."""
        done = self.complete | {step} if complete else self.complete - {step}
        if step is Step.CAPTURE and not complete:
            done -= _NEEDS_CAPTURE
        return replace(self, complete=done)

    def next(self) -> Steps:
        """Return the next step; the last two only after saving."""
        if not self.can_go_on or self.at is _ORDER[-1]:
            return self
        following = _ORDER[_ORDER.index(self.at) + 1]
        if following is Step.RECOVERY and not self.saved:
            return self
        return replace(self, at=following)

    def back(self) -> Steps:
        """Return the step before."""
        if not self.can_go_back:
            return self
        return replace(self, at=_ORDER[_ORDER.index(self.at) - 1])

    def jump_back(self, step: Step) -> Steps:
        """Return an earlier step, where something must be mended."""
        earlier = _ORDER.index(step) < _ORDER.index(self.at)
        return replace(self, at=step) if earlier and not self.saved else self

    def after_saving(self) -> Steps:
        """Return the step that shows what saving made: the recovery key."""
        return replace(self, at=Step.RECOVERY, saved=True)
