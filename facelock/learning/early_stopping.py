"""When to stop: after so many epochs without a better value on people held out."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Goal: TypeAlias = Literal["lowest", "highest"]


@dataclass(frozen=True, kw_only=True)
class EarlyStopping:
    """The best validation value so far, and how long ago (Prechelt 1998, with patience).

    A value is better only if it differs: of two equal ones the earlier stays the best. NaN is
    never the best. Without patience (None) the best is remembered and nothing is stopped.
    """

    patience: int | None = None  # epochs
    goal: Goal = "lowest"
    best: float | None = None
    best_epoch: int = 0  # 0: before training
    waited: int = 0  # epochs since the best

    def after(self, epoch: int, value: float) -> EarlyStopping:
        """Return the state after an epoch whose validation gave `value`."""
        if self._is_better(value):
            return replace(self, best=value, best_epoch=epoch, waited=0)
        return replace(self, waited=self.waited + 1)

    @property
    def is_over(self) -> bool:
        """True when patience has run out."""
        return self.patience is not None and self.waited >= self.patience

    def _is_better(self, value: float) -> bool:
        if math.isnan(value):
            return False
        if self.best is None:
            return True
        return value < self.best if self.goal == "lowest" else value > self.best
