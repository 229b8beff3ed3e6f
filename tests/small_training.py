"""A training small enough for a test: a head, made-up people, triplets, held-out people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from made_up_people import SIZE, Faces, fnmr_at_one_percent, made_up_faces
from torch import Tensor, nn

from facelock.learning.heads import ResidualHead
from facelock.learning.losses import BatchLoss, squared_distances
from facelock.learning.mining import batch_hard
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.sampling import PKSampler
from facelock.learning.seeds import generator
from facelock.learning.training import Training

MARGIN = 0.4


CONFIG = TrainingConfig(seed=3, epochs=4, learning_rate=1e-2, weight_decay=1e-2)


@dataclass
class Counter:
    """A clock, and a `should_stop` that says yes from a given call on."""

    calls: int = 0
    limit: int = 10**9

    def __call__(self) -> bool:
        self.calls += 1
        return self.calls > self.limit

    def clock(self) -> float:
        self.calls += 1
        return float(self.calls)


def triplet_training(
    head: ResidualHead,
    training_faces: Faces,
    held_out: Faces,
    settings: TrainingConfig,
    *,
    noise: float = 0.0,
) -> Training[tuple[Any, Any]]:
    """Return a training of `head`; `noise` is for augmentation by numpy and dropout by torch."""
    sampler = PKSampler(training_faces.labels, people=8, images=4, seed=settings.seed)

    def batches(epoch: int) -> Iterable[tuple[Any, Any]]:
        for number, rows in enumerate(sampler.epoch(epoch)):
            yield torch.from_numpy(rows), generator(settings.seed, epoch, number)

    def step(batch: tuple[Any, Any]) -> BatchLoss:
        rows, random = batch
        features = training_faces.features[rows]
        if noise:
            features = features + noise * torch.from_numpy(random.normal(size=features.shape))
            features = nn.functional.dropout(features.float(), noise)
        return triplets(head, features, training_faces.labels[rows])

    return Training(
        head,
        settings,
        batches=batches,
        step=step,
        validate=lambda: fnmr_at_one_percent(head, held_out),
    )


def triplets(head: nn.Module, features: Tensor, labels: Tensor) -> BatchLoss:
    embeddings = nn.functional.normalize(head(features))
    distances = squared_distances(embeddings, embeddings)
    return BatchLoss.of_triplets(*batch_hard(distances, labels).select(distances), MARGIN)


def small(settings: TrainingConfig = CONFIG) -> tuple[ResidualHead, Training[tuple[Any, Any]]]:
    """Return a head and its training with everything random in it that there can be."""
    head = ResidualHead(SIZE)
    faces, held_out = made_up_faces(20, 4, seed=1), made_up_faces(12, 4, seed=2)
    return head, triplet_training(head, faces, held_out, settings, noise=0.1)


def scripted(
    values: list[float], settings: TrainingConfig = CONFIG
) -> tuple[nn.Linear, Training[int], list[Tensor]]:
    """Return a model whose validation values are given, and the weights at each of them."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.ones_(model.weight)
    seen: list[Tensor] = []

    def validate() -> float:
        seen.append(model.weight.detach().clone())
        return values[len(seen) - 1]

    training = Training(
        model,
        settings,
        batches=lambda epoch: range(2),
        step=lambda batch: BatchLoss(model.weight.square().sum()),
        validate=validate,
        clock=Counter().clock,
    )
    return model, training, seen
