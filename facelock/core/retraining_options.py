"""How a retraining may be asked for: the loss, its margin, the epochs.

Light: the command line names the ranges in its help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final


class Loss(Enum):
    """What training makes small. The value is its name on disk and on the command line."""

    TRIPLET = "triplet"  # max(0, d(A, P) - d(A, N) + margin): Schroff et al. 2015
    CONTRASTIVE = "contrastive"  # (1-y) d + y max(0, margin - sqrt d)^2: Hadsell et al. 2006


@dataclass(frozen=True)
class Range:
    """The values an option may have."""

    low: float
    high: float
    default: float

    def holds(self, value: float) -> bool:
        """True if the value is in range; NaN never is."""
        return self.low <= value <= self.high


MARGINS: Final[Mapping[Loss, Range]] = MappingProxyType(
    {
        Loss.TRIPLET: Range(0.2, 1.2, 0.4),  # squared distance
        Loss.CONTRASTIVE: Range(0.6, 1.4, 1.1),  # distance
    }
)
EPOCHS: Final = Range(5, 60, 20)


@dataclass(frozen=True, kw_only=True)
class RetrainingOptions:
    """How to train. The defaults are good; raises ValueError for a value out of its range."""

    loss: Loss = Loss.TRIPLET
    margin: float | None = None  # None: the default of the loss
    epochs: int = int(EPOCHS.default)
    seed: int = 20261129

    def __post_init__(self) -> None:
        if not MARGINS[self.loss].holds(self.used_margin):
            raise ValueError(f"the margin of the {self.loss.value} loss is out of range")
        if not EPOCHS.holds(self.epochs) or self.seed < 0:
            raise ValueError("so many epochs, or this seed, are not possible")

    @property
    def used_margin(self) -> float:
        """The margin that is trained with."""
        return MARGINS[self.loss].default if self.margin is None else self.margin
