"""Fine-tuning the Siamese network for webcams, without forgetting what it knows.

The student is the backbone itself. It sees augmented pictures; the teacher, its frozen copy, has
seen the clean ones once. Two terms hold each other:

- distillation keeps the geometry: the student's embedding of a bad picture shall lie where the
  teacher put the clean one, d(student(augmented), teacher(clean)) (Hinton, Vinyals & Dean 2015, on
  embeddings as in Park et al. 2019). The teacher looks twice, at the face and its mirror image;
- the triplet loss (Schroff et al. 2015) with the hardest positive and the hardest negative
  (Hermans, Beyer & Leibe 2017), negatives also from a bank of embeddings of all training people,
  keeps people apart.

Afterwards the weights are averaged with those it started from (Wortsman et al. 2022, WiSE-FT), by
a share that is chosen on people held out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from facelock.core.comparison import Embedding
from facelock.core.threshold import MARGIN
from facelock.learning.augmentation import WebcamAugmentation
from facelock.learning.losses import BatchLoss, squared_distances
from facelock.learning.mining import batch_hard
from facelock.learning.network import INPUT_MEAN, INPUT_SCALE, MobileFaceNet
from facelock.learning.sampling import PKSampler
from facelock.learning.seeds import generator

Crops: TypeAlias = NDArray[np.uint8]
"""(N, 112, 112, 3) uint8, BGR: aligned faces."""

_AUGMENTATION, _VIEWS = 1, 2  # places of the augmentation's random numbers among the seed's
_PASS: Final = 128  # faces that go through the network at once where no gradient is wanted


@dataclass(frozen=True, kw_only=True)
class TuningConfig:
    """What is trained, and towards what. The defaults are those of the bundled network."""

    seed: int
    people: int = 16  # in a batch
    images: int = 4  # of each of them
    steps: int = 32  # batches between two looks at the people held out
    margin: float = MARGIN  # of the triplet loss, squared distance
    triplet: float = 1.0  # weight of the triplet loss
    distillation: float = 1.0  # weight of the distance to the teacher
    bank: bool = True  # negatives from all training people, not from the batch alone
    frozen: int = 0  # parts kept as they are: 1 the stem, 2 the first block too, and so on


@dataclass(frozen=True)
class Batch:
    """The rows of one step, and its place in the training."""

    place: int  # counted through all epochs
    rows: NDArray[np.int64]


@dataclass(frozen=True)
class Student:
    """What is trained, as functions: it does not matter here whether a network or a head."""

    embed: Callable[[Batch], Tensor]  # (B, D) unit embeddings of a batch, with a graph
    bank: Callable[[], Tensor]  # (N, D) unit embeddings of all training faces, no graph needed


class Tuning:
    """Gives the training loop its batches and their loss.

    `people`: (N,) int, whose each training face is; `teacher`: (N, D) float32, where each shall
    lie: the unit features of the clean faces.
    """

    def __init__(
        self,
        student: Student,
        people: NDArray[np.int64],
        teacher: Embedding,
        config: TuningConfig,
    ) -> None:
        self._student = student
        self._config = config
        self._people = torch.from_numpy(people)
        self._teacher = torch.from_numpy(teacher)
        self._sampler = PKSampler(
            people, people=config.people, images=config.images, seed=config.seed
        )

    def batches(self, epoch: int) -> Iterator[Batch]:
        """Yield the batches between two looks; `epoch` counts from 1.

        The sampler's own epochs, which show everybody once, follow one another without a gap.
        """
        first = (epoch - 1) * self._config.steps
        drawn: dict[int, list[NDArray[np.int64]]] = {}
        for place in range(first, first + self._config.steps):
            turn, within = divmod(place, len(self._sampler))
            if turn not in drawn:
                drawn = {turn: list(self._sampler.epoch(turn + 1))}
            yield Batch(place, drawn[turn][within])

    def loss(self, batch: Batch) -> BatchLoss:
        """Return what a batch costs, with a graph."""
        config = self._config
        embeddings = self._student.embed(batch)  # (B, D)
        rows = torch.from_numpy(batch.rows)
        bank = self._student.bank() if config.bank else embeddings[:0].detach()
        bank_people = self._people if config.bank else self._people[:0]
        distances = squared_distances(embeddings, torch.cat([embeddings, bank]))  # (B, B + M)
        triplets = batch_hard(distances, self._people[rows], bank_labels=bank_people)
        cost = BatchLoss.of_triplets(*triplets.select(distances), config.margin)
        astray = (embeddings - self._teacher[rows]).square().sum(dim=1).mean()
        total = config.triplet * cost.loss + config.distillation * astray
        return BatchLoss(total, cost.active, cost.terms)


def network_student(
    network: MobileFaceNet, crops: Crops, teacher: Embedding, config: TuningConfig
) -> Student:
    """Return the whole network as the student; it sees every face in another webcam's picture.

    The first `config.frozen` parts are kept as they are. The bank is the teacher's: near enough,
    and it costs nothing.
    """
    freeze(network, config.frozen)
    bank = torch.from_numpy(teacher)

    def embed(batch: Batch) -> Tensor:
        augment = WebcamAugmentation(generator(config.seed, _AUGMENTATION, batch.place))
        images = to_input(np.stack([augment(crops[row]) for row in batch.rows]))
        return functional.normalize(network(images))

    return Student(embed, lambda: bank)


def head_student(
    head: nn.Module, views: NDArray[np.float32], teacher: Embedding, config: TuningConfig
) -> Student:
    """Return a head as the student; the backbone has seen `views` of every face beforehand.

    `views`: (N, V, D) float32, unit features of V augmented pictures of each face.
    """
    seen, clean = torch.from_numpy(views), torch.from_numpy(teacher)

    def embed(batch: Batch) -> Tensor:
        random = generator(config.seed, _AUGMENTATION, batch.place)
        view = torch.from_numpy(random.integers(0, views.shape[1], len(batch.rows)))
        return functional.normalize(head(seen[torch.from_numpy(batch.rows), view]))

    def bank() -> Tensor:
        with torch.no_grad():
            return functional.normalize(head(clean))

    return Student(embed, bank)


def augmented_views(
    network: nn.Module,
    crops: Crops,
    count: int,
    seed: int,
    tell: Callable[[int], None] = lambda _done: None,
) -> NDArray[np.float32]:
    """Return the unit features of `count` augmented pictures of each face, (N, V, D) float32."""
    parts = []
    for view in range(count):
        augment = WebcamAugmentation(generator(seed, _VIEWS, view))
        pictures = np.stack([augment(crop) for crop in crops])
        parts.append(features_of(network, pictures))
        tell(view + 1)
    return np.stack(parts, axis=1)


def to_input(crops: Crops) -> Tensor:
    """Return aligned faces as the network takes them: (B, 3, 112, 112) float32, RGB, -1 to 1."""
    rgb = torch.from_numpy(np.ascontiguousarray(crops[..., ::-1])).permute(0, 3, 1, 2)
    scaled = (rgb.float() - INPUT_MEAN) * INPUT_SCALE
    return scaled.contiguous(memory_format=torch.channels_last)  # four times as fast on a CPU


def teacher_features(
    network: nn.Module, crops: Crops, tell: Callable[[int], None] = lambda _done: None
) -> Embedding:
    """Return where the student shall put each face: (N, D) float32, unit length.

    The mean of the face's and its mirror image's features is better than either and costs twice as
    much (docs/decisions/0003); the student is to reach it with one look.
    """
    count = len(crops)
    straight = features_of(network, crops, tell)
    mirrored = features_of(network, crops[:, :, ::-1], lambda done: tell(count + done))
    both = straight + mirrored
    unit: Embedding = both / np.linalg.norm(both, axis=1, keepdims=True)
    return unit


@torch.no_grad()
def features_of(
    network: nn.Module, crops: Crops, tell: Callable[[int], None] = lambda _done: None
) -> Embedding:
    """Return the unit features of aligned faces, (N, D) float32. Sets evaluation mode."""
    network.eval()
    parts = []
    for start in range(0, len(crops), _PASS):
        parts.append(functional.normalize(network(to_input(crops[start : start + _PASS]))))
        tell(min(start + _PASS, len(crops)))
    features: Embedding = torch.cat(parts).numpy()
    return features


def freeze(network: MobileFaceNet, parts: int) -> None:
    """Keep the first parts as they are: 0 none, 1 the stem, 2 the stem and one block, ..."""
    kept = [network.stem, *network.blocks][:parts]
    for part in kept:
        for parameter in part.parameters():
            parameter.requires_grad_(requires_grad=False)


def averaged(first: nn.Module, second: nn.Module, share: float) -> dict[str, Tensor]:
    """Return the weights (1 - share) first + share second (Wortsman et al. 2022).

    Both of the same shape. A straight line between them works because the second was trained from
    the first.
    """
    other = second.state_dict()
    return {
        name: torch.lerp(value, other[name], share) for name, value in first.state_dict().items()
    }
