"""How a training goes down: the optimiser, its learning rate, and how long it may take."""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import nn

from facelock.learning.early_stopping import Goal


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """Every number of a training that is not its data. Raises ValueError if one is out of range."""

    seed: int
    epochs: int  # at most
    learning_rate: float
    optimiser: Literal["adamw", "sgd"] = "adamw"
    weight_decay: float = 0.0
    momentum: float = 0.9  # of "sgd"
    schedule: Literal["constant", "cosine"] = "constant"
    largest_gradient: float = math.inf  # length to which the whole gradient is clipped
    rate_factors: tuple[tuple[str, float], ...] = ()  # of parameters whose name starts so
    patience: int | None = None  # epochs without a better validation; None: never stop early
    goal: Goal = "lowest"  # which validation value is the best

    def __post_init__(self) -> None:
        if self.epochs < 1 or self.seed < 0 or (self.patience is not None and self.patience < 1):
            raise ValueError("epochs and patience start at 1, the seed at 0")
        if not (self.learning_rate > 0 and self.largest_gradient > 0 and self.weight_decay >= 0):
            raise ValueError("learning rate and gradient are positive, decay is not negative")

    def learning_rate_in(self, epoch: int) -> float:
        """Return the learning rate of an epoch, counted from 1.

        "cosine" falls along half a cosine towards zero over all `epochs`, without restarts
        (Loshchilov & Hutter 2017, SGDR).
        """
        if self.schedule == "constant":
            return self.learning_rate
        return self.learning_rate * (1 + math.cos(math.pi * (epoch - 1) / self.epochs)) / 2


def build_optimiser(model: nn.Module, config: TrainingConfig) -> torch.optim.Optimizer:
    """Return the optimiser of all parameters of `model` that ask for a gradient.

    "adamw" is Adam (Kingma & Ba 2015) with decoupled weight decay (Loshchilov & Hutter 2019), so
    plain Adam without decay; "sgd" has momentum, and its decay is an L2 penalty. Raises ValueError
    if there is nothing to train, or a rate factor names no parameter.
    """
    groups: dict[float, list[nn.Parameter]] = {}
    unused = {prefix for prefix, _ in config.rate_factors}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        fitting = [one for one in config.rate_factors if name.startswith(one[0])]
        prefix, factor = fitting[0] if fitting else ("", 1.0)
        unused.discard(prefix)
        groups.setdefault(factor, []).append(parameter)
    if unused or not groups:
        raise ValueError(f"no parameter to train: {', '.join(sorted(unused)) or 'none at all'}")
    chosen = [{"params": some, "factor": factor} for factor, some in groups.items()]
    rate, decay = config.learning_rate, config.weight_decay
    if config.optimiser == "adamw":
        return torch.optim.AdamW(chosen, lr=rate, weight_decay=decay)
    return torch.optim.SGD(chosen, lr=rate, weight_decay=decay, momentum=config.momentum)


def set_learning_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """Set the learning rate of every group, each times its own factor."""
    for group in optimiser.param_groups:
        group["lr"] = rate * group["factor"]
