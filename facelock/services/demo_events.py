"""What happens in the demo, step by step, and what came of it in the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from facelock.core.enrolment import Pose
from facelock.core.threshold import Threshold


@dataclass(frozen=True)
class SampleTaken:
    """The enrolment took a picture."""

    pose: Pose
    samples: int


@dataclass(frozen=True)
class OwnerEnrolled:
    """The profile is sealed in the demo store."""

    samples: int
    poses: tuple[str, ...]
    threshold: Threshold


@dataclass(frozen=True)
class Glanced:
    """Somebody looked at the locked app. `unlocked`: whether it opened for them."""

    owner: bool
    unlocked: bool
    frames: int
    seconds: float  # on the camera's clock, from the first frame to the verdict


@dataclass(frozen=True)
class PassphraseTried:
    """A passphrase was entered."""

    right: bool
    opened: bool


@dataclass(frozen=True)
class OwnerRemoved:
    """The profile was erased; the store is empty."""


DemoEvent: TypeAlias = SampleTaken | OwnerEnrolled | Glanced | PassphraseTried | OwnerRemoved


@dataclass(frozen=True)
class DemoResult:
    """What came of it. Every field is what the program computed."""

    enrolled: bool = False
    owner_unlocked: bool = False
    stranger_refused: bool = False
    wrong_passphrase_refused: bool = False
    passphrase_opened: bool = False
    removed: bool = False
    liveness: bool = False  # True if presentation attack detection took part
    samples: int = 0
    poses: tuple[str, ...] = ()

    @property
    def went_well(self) -> bool:
        """True if every step did what it should."""
        return (
            self.enrolled
            and self.owner_unlocked
            and self.stranger_refused
            and self.wrong_passphrase_refused
            and self.passphrase_opened
            and self.removed
        )
