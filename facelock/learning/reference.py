"""The customer's reference: a small AlexNet-like Siamese network, as their notebook trains it.

It is here to be measured beside ours on the same faces (`facelock train --recipe reference-orl`);
nothing is ever unlocked by it. Its layers are those of AlexNet (Krizhevsky, Sutskever & Hinton
2012) cut down to one of each size, its two ends those of Hadsell, Chopra & LeCun 2006: a plane in
which mated pairs are pulled together and non-mated pairs are pushed `MARGIN` apart. It has no local
response normalisation; AlexNet's is not among the layers the customer names.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from facelock.learning.losses import BatchLoss, contrastive_loss
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.seeds import generator
from facelock.learning.training import Training

IMAGE_SIZE: Final = 100  # pixels, square
MARGIN: Final = 2.0  # of the contrastive loss, Euclidean
MATCHED_BELOW: Final = 3.0  # Euclidean distance; the customer's, and beyond what the loss asks for
LEARNING_RATE: Final = 5e-4  # of Adam; ours to choose, as is the batch: the customer names neither
BATCH: Final = 64  # pairs


class ReferenceNetwork(nn.Module):
    """Grey face to a point in the plane: 2.2 million parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(1, 96, kernel_size=11, stride=4),  # (B, 96, 23, 23)
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # (B, 96, 11, 11)
            nn.Conv2d(96, 256, kernel_size=5),  # (B, 256, 7, 7)
            nn.ReLU(),
            nn.MaxPool2d(2, stride=2),  # (B, 256, 3, 3)
            nn.Conv2d(256, 384, kernel_size=3),  # (B, 384, 1, 1)
            nn.ReLU(),
        )
        self.connected = nn.Sequential(
            nn.Linear(384, 1024),
            nn.ReLU(),
            nn.Linear(1024, 256),
            nn.ReLU(),
            nn.Linear(256, 2),
        )

    def forward(self, images: Tensor) -> Tensor:
        """Map (B, 1, 100, 100) float32, 0 (black) to 1, to (B, 2); not of unit length."""
        x: Tensor = self.convolutions(images)  # (B, 384, 1, 1)
        points: Tensor = self.connected(x.flatten(1))
        return points


def new_reference(seed: int) -> ReferenceNetwork:
    """Return an untrained network whose weights depend on the seed alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = ReferenceNetwork()
    for parameter in network.parameters():
        if parameter.ndim == 4:  # channels last in memory: the same network, a quarter faster
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    return network


def draw_pairs(
    people: NDArray[np.int64], count: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """Return `count` pairs of images, (count, 2) int64 row numbers, drawn as the notebook does.

    The first image is any; then a coin decides whether the second is of the same person or of
    another. With replacement: a mated pair may be one image twice. `people`: (N,) whom each image
    shows. Raises ValueError unless there are two people or more.
    """
    if np.unique(people).size < 2:
        raise ValueError("pairs of different people need two people")
    pairs = np.empty((count, 2), np.int64)
    for pair in pairs:
        pair[0] = random.integers(people.size)
        same = people == people[pair[0]]  # (N,)
        pair[1] = random.choice(np.flatnonzero(same if random.random() < 0.5 else ~same))
    return pairs


def reference_training(
    network: ReferenceNetwork,
    images: NDArray[np.float32],
    people: NDArray[np.int64],
    *,
    seed: int,
    epochs: int,
) -> Training[Tensor]:
    """Return the training of the reference: as many random pairs an epoch as there are images.

    Nothing is held out, and the last weights stand, as in the notebook. `images`:
    (N, 100, 100) float32, 0 to 1; `people`: (N,) int64. Raises ValueError as `draw_pairs` does,
    from the first epoch on.
    """
    pixels = torch.from_numpy(images)[:, None]  # (N, 1, 100, 100)
    labels = torch.from_numpy(people)

    def batches(epoch: int) -> Iterable[Tensor]:
        pairs = draw_pairs(people, len(people), generator(seed, epoch))
        parts: Iterable[Tensor] = torch.from_numpy(pairs).split(BATCH)
        return parts

    def step(pairs: Tensor) -> BatchLoss:
        # An image in several pairs of the batch passes once.
        rows, where = pairs.unique(return_inverse=True)  # (U,), (B, 2)
        points = network(pixels[rows])  # (U, 2)
        one, other = points.index_select(0, where[:, 0]), points.index_select(0, where[:, 1])
        distance = (one - other).square().sum(dim=1)  # (B,)
        mated = labels[pairs[:, 0]] == labels[pairs[:, 1]]
        return BatchLoss(contrastive_loss(distance, mated, MARGIN))

    config = TrainingConfig(seed=seed, epochs=epochs, learning_rate=LEARNING_RATE)
    return Training(network, config, batches=batches, step=step)


def embed(network: ReferenceNetwork, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the points of faces in the plane: (N, 100, 100) float32, 0 to 1, to (N, 2)."""
    network.eval()
    with torch.no_grad():
        parts = [network(part[:, None]) for part in torch.from_numpy(images).split(BATCH)]
        return np.asarray(torch.cat(parts).numpy(), np.float32)
