"""A residual head on frozen features, trained with batch-hard triplets.

The plain way: no augmentation, no further negatives. It serves for comparisons on small sets,
where features are all there is.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from facelock.learning.heads import ResidualHead
from facelock.learning.losses import BatchLoss, squared_distances, triplet_loss
from facelock.learning.mining import all_valid, batch_hard
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.sampling import PKSampler
from facelock.learning.seeds import generator
from facelock.learning.training import Training

MARGIN: Final = 1.2  # squared Euclidean on unit vectors
"""Wide, for sets that a good backbone finds easy: at 0.4 no triplet of ORL's people held out
violates the margin before training, and there would be nothing to learn."""

PEOPLE: Final = 16  # P of a batch
IMAGES: Final = 4  # K of a batch
HELD_OUT: Final = 0.2  # of the people: they tell when to stop
PATIENCE: Final = 10  # epochs
LEARNING_RATE: Final = 1e-3  # of Adam
WEIGHT_DECAY: Final = 1e-2  # towards the head that changes nothing


def held_out_people(people: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Return the people whom a training of this seed holds out, a fifth of them and two at least.

    `people`: (N,) whom each row shows. Raises ValueError if fewer than two would be left.
    """
    everybody = np.unique(people)
    count = max(round(HELD_OUT * everybody.size), 2)
    if everybody.size - count < 2:
        raise ValueError("a head needs two people to learn from and two to be held out")
    return np.sort(generator(seed).permutation(everybody)[:count])


def triplet_head_training(
    head: ResidualHead,
    features: NDArray[np.float32],
    people: NDArray[np.int64],
    *,
    seed: int,
    epochs: int,
) -> Training[Tensor]:
    """Return the training of a head on unit features, (N, D) float32, of people, (N,) int64.

    Some people are held out; what counts is the mean triplet loss over all of their triplets,
    that of the untrained head included. Raises ValueError with fewer than four people.
    """
    held_out = np.isin(people, held_out_people(people, seed))
    learnt, labels = torch.from_numpy(features[~held_out]), torch.from_numpy(people[~held_out])
    others, their_labels = torch.from_numpy(features[held_out]), torch.from_numpy(people[held_out])
    sampler = PKSampler(labels.numpy(), people=PEOPLE, images=IMAGES, seed=seed)

    def batches(epoch: int) -> Iterable[Tensor]:
        return map(torch.from_numpy, sampler.epoch(epoch))

    def step(rows: Tensor) -> BatchLoss:
        distances = _distances(head, learnt[rows])  # (B, B)
        triplets = batch_hard(distances, labels[rows])
        return BatchLoss.of_triplets(*triplets.select(distances), MARGIN)

    def validate() -> float:
        distances = _distances(head, others)
        triplets = all_valid(distances, their_labels)
        return float(triplet_loss(*triplets.select(distances), MARGIN))

    config = TrainingConfig(
        seed=seed,
        epochs=epochs,
        learning_rate=LEARNING_RATE,
        weight_decay=WEIGHT_DECAY,
        patience=PATIENCE,
    )
    return Training(head, config, batches=batches, step=step, validate=validate)


def _distances(head: ResidualHead, features: Tensor) -> Tensor:
    """Return the squared distances of all embeddings, (N, D) to (N, N)."""
    embeddings = functional.normalize(head(features))
    return squared_distances(embeddings, embeddings)
