"""What a retraining tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from facelock.core.threshold import ScoreDensities


class Stage(Enum):
    """What is being done; the value is its name in JSON."""

    CHECKING = "checking"  # are these samples of who they say
    PICTURES = "pictures"  # varied as webcams would, and seen by the backbone
    TRAINING = "training"
    JUDGING = "judging"  # on what was held out


@dataclass(frozen=True)
class Progress:
    """How far it is. A new value each time, so that it can be handed to another thread."""

    stage: Stage
    fraction: float  # 0-1, of the whole
    seconds_left: float | None  # None while nobody can tell
    losses: tuple[float, ...] = ()  # mean of each epoch of the head that is to be adopted
    before: ScoreDensities | None = field(default=None, repr=False)  # with the head in force
    now: ScoreDensities | None = field(default=None, repr=False)  # with the one being trained
