"""A head for the people of one machine: how they look to its camera, learnt without forgetting.

The pictures of who is enrolled, varied as webcams vary them, are anchors and positives; everybody
else, and the bundled strangers, are negatives. A third term holds the head near the one it starts
from: where that put a stranger, the new one shall put them too. Two losses may be chosen: triplets
with the hardest positive and the hardest negative (Schroff et al. 2015; Hermans, Beyer & Leibe
2017), and the contrastive loss (Hadsell, Chopra & LeCun 2006) on the same pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from facelock.core.labelled_faces import LabelledFaces
from facelock.core.retraining import Loss, RetrainingOptions
from facelock.learning.heads import ResidualHead
from facelock.learning.losses import BatchLoss, contrastive_loss, squared_distances
from facelock.learning.mining import Triplets, batch_hard
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.seeds import generator
from facelock.learning.training import Training

NEARNESS: Final = 40.0
"""Weight of staying near. From 5 to 60 the misses of seven people's clips fell to a tenth and to a
third; from 40 on no more of 1,808 strangers came within 0.2 of the threshold than before."""
LEARNING_RATE: Final = 1e-3  # of AdamW
WEIGHT_DECAY: Final = 1e-2  # towards the head it starts from
STEPS: Final = 12  # batches of an epoch
ROWS: Final = 48  # pictures of enrolled people in a batch
PEOPLE: Final = 12  # of them, at most
STRANGERS: Final = 24  # people of whom two pictures are in a batch
HELD: Final = 128  # strangers that hold the head in place, a batch


@dataclass(frozen=True, eq=False)
class LocalBatch:
    """Row numbers of one step."""

    own: NDArray[np.int64]  # (ROWS,) of who is enrolled
    strangers: NDArray[np.int64]  # (up to 2 STRANGERS,) two of each
    held: NDArray[np.int64]  # (HELD,) of the strangers


class LocalHead:
    """Gives the training loop its batches and their loss.

    `own`: unit features of the enrolled, numbered from 0, all views of all samples; `strangers`:
    the bundled ones, numbered from 0 too. `head` stands on top of the one that is held near.
    """

    def __init__(
        self,
        head: ResidualHead,
        own: LabelledFaces,
        strangers: LabelledFaces,
        options: RetrainingOptions,
    ) -> None:
        self._head, self._options = head, options
        self._own = torch.from_numpy(own.embeddings)
        self._labels = torch.from_numpy(own.people)
        self._strangers = torch.from_numpy(strangers.embeddings)
        self._bank_labels = -1 - torch.from_numpy(strangers.people)  # never a number of `own`
        with torch.no_grad():
            self._places = functional.normalize(head(self._strangers))
        self._rows = [np.flatnonzero(own.people == one) for one in np.unique(own.people)]
        people, counts = np.unique(strangers.people, return_counts=True)
        self._pairs = [np.flatnonzero(strangers.people == one) for one in people[counts > 1]]

    def training(self) -> Training[LocalBatch]:
        """Return the training, which repeats for a seed bit for bit on one thread."""
        config = TrainingConfig(
            seed=self._options.seed,
            epochs=self._options.epochs,
            learning_rate=LEARNING_RATE,
            weight_decay=WEIGHT_DECAY,
            largest_gradient=5.0,
        )
        return Training(self._head, config, batches=self.batches, step=self.loss)

    def batches(self, epoch: int) -> Iterator[LocalBatch]:
        """Yield the batches of an epoch, counted from 1."""
        for step in range(STEPS):
            random = generator(self._options.seed, epoch, step)
            people = random.permutation(len(self._rows))[:PEOPLE]
            each = -(-ROWS // len(people))
            own = [random.choice(self._rows[one], each) for one in people]
            some = random.permutation(len(self._pairs))[:STRANGERS]
            pairs = [random.permutation(self._pairs[one])[:2] for one in some]
            yield LocalBatch(
                np.concatenate(own)[:ROWS],
                np.concatenate(pairs) if pairs else np.zeros(0, np.int64),
                random.integers(0, len(self._strangers), HELD),
            )

    def loss(self, batch: LocalBatch) -> BatchLoss:
        """Return what a batch costs, with a graph."""
        own, strangers = torch.from_numpy(batch.own), torch.from_numpy(batch.strangers)
        features = torch.cat([self._own[own], self._strangers[strangers]])  # (B, D)
        labels = torch.cat([self._labels[own], self._bank_labels[strangers]])  # (B,)
        embeddings = functional.normalize(self._head(features))
        bank = functional.normalize(self._head(self._strangers))  # (M, D)
        distances = squared_distances(embeddings, torch.cat([embeddings, bank]))  # (B, B + M)
        hardest = batch_hard(distances, labels, bank_labels=self._bank_labels)
        cost = self._chosen(distances, hardest)
        held = torch.from_numpy(batch.held)
        moved = (bank[held] - self._places[held]).square().sum(dim=1).mean()
        return BatchLoss(cost.loss + NEARNESS * moved, cost.active, cost.terms)

    def _chosen(self, distances: Tensor, hardest: Triplets) -> BatchLoss:
        mated, non_mated = hardest.select(distances)  # (T,) each
        margin = self._options.used_margin
        if self._options.loss is Loss.TRIPLET:
            return BatchLoss.of_triplets(mated, non_mated, margin)
        pairs = torch.cat([mated, non_mated])
        truth = torch.arange(len(pairs)) < len(mated)
        active = int(torch.count_nonzero(non_mated.detach().sqrt() < margin)) + len(mated)
        return BatchLoss(contrastive_loss(pairs, truth, margin), active, len(pairs))
