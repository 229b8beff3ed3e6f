"""Trains a passive network on ready-made pictures: live ones and attacks."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from facelock.learning.early_stopping import EarlyStopping
from facelock.learning.liveness_network import LivenessNetwork, scores, to_tensor
from facelock.learning.seeds import generator


@dataclass(frozen=True, eq=False)
class Labelled:
    """Pictures (N, H, W, 3) uint8 BGR, whether each is an attack (N,), and its weight (N,)."""

    pictures: NDArray[np.uint8]
    attack: NDArray[np.bool_]
    weight: NDArray[np.float64]

    def __post_init__(self) -> None:
        if not len(self.pictures) == len(self.attack) == len(self.weight):
            raise ValueError("pictures, labels and weights differ in number")


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How long and how hard."""

    epochs: int = 12
    batch: int = 64
    rate: float = 2e-3
    decay: float = 1e-3
    patience: int = 4
    seed: int = 20_261_124


def weighted_loss(
    logits: torch.Tensor, attack: torch.Tensor, weight: torch.Tensor, smoothing: float = 0.02
) -> torch.Tensor:
    """Return the mean binary cross-entropy with smoothed labels, each picture by its weight."""
    wanted = attack * (1 - 2 * smoothing) + smoothing
    each = nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (each * weight).sum() / weight.sum()


def train(
    network: LivenessNetwork,
    learn: Labelled,
    check: Labelled,
    schedule: Schedule,
    tell: Callable[[str], object],
) -> LivenessNetwork:
    """Return the network as it was best on `check` (people held out), by its loss there.

    AdamW with a cosine schedule; pictures are mirrored and their brightness varied at random.
    Same data, same schedule, one thread: the same network.
    """
    torch.manual_seed(schedule.seed)
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=schedule.rate, weight_decay=schedule.decay
    )
    steps = schedule.epochs * -(-len(learn.pictures) // schedule.batch)
    slope = torch.optim.lr_scheduler.OneCycleLR(optimiser, schedule.rate, total_steps=steps)
    stopping, best = EarlyStopping(patience=schedule.patience), copy.deepcopy(network)
    for epoch in range(schedule.epochs):
        rng = generator(schedule.seed, epoch)
        network.train()
        order = rng.permutation(len(learn.pictures))
        for start in range(0, len(order), schedule.batch):
            chosen = order[start : start + schedule.batch]
            loss = weighted_loss(
                network(to_tensor(_varied(learn.pictures[chosen], rng))).ravel(),
                torch.from_numpy(learn.attack[chosen]).float(),
                torch.from_numpy(learn.weight[chosen]).float(),
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            slope.step()
        value = checked(network, check)
        stopping = stopping.after(epoch + 1, value)
        if stopping.best_epoch == epoch + 1:
            best = copy.deepcopy(network)
        tell(f"epoch {epoch + 1}: loss on the people held out {value:.4f}")
        if stopping.is_over:
            break
    return best.eval()


def checked(network: LivenessNetwork, check: Labelled) -> float:
    """Return the weighted loss on `check`."""
    logits = torch.from_numpy(scores(network, check.pictures))
    attack = torch.from_numpy(check.attack).double()
    return float(weighted_loss(logits, attack, torch.from_numpy(check.weight)))


def limit_at(live: NDArray[np.float64], bpcer: float) -> float:
    """Return the smallest limit that at most `bpcer` of the live scores exceed.

    Raises ValueError if there are too few scores to tell such a share.
    """
    if len(live) * bpcer < 1:
        raise ValueError(f"{len(live)} scores cannot show a BPCER of {bpcer}")
    above = int(np.floor(len(live) * bpcer))
    return float(np.sort(live)[len(live) - 1 - above])


def _varied(pictures: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    flips = rng.random(len(pictures)) < 0.5
    varied = pictures.astype(np.float32)
    varied[flips] = varied[flips][:, :, ::-1]
    gains = np.exp(rng.normal(0, 0.12, (len(pictures), 1, 1, 1))).astype(np.float32)
    return np.asarray(np.clip(varied * gains, 0, 255), np.uint8)
