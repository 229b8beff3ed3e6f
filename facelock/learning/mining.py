"""Which triplets of a batch to learn from.

Mining looks at distances and gives row numbers; no gradient flows through the choice. The loss is
taken afterwards, with gradients, on the distances of the chosen triplets:

    distances = squared_distances(embeddings, torch.cat([embeddings, bank]))  # (B, B + M)
    triplets = batch_hard(distances, labels)
    loss = triplet_loss(*triplets.select(distances), margin)

The M further columns are a bank of extra negatives, embedded by the same head; they may be absent
(M = 0). They serve as negatives only. Among equal distances the first column wins, so that the
same batch always gives the same triplets.
"""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Triplets:
    """Row numbers of T triplets, each (T,) int64.

    `anchor` and `positive` count the rows of the batch; `negative` counts the columns of the
    distances, those of the bank after those of the batch.
    """

    anchor: Tensor
    positive: Tensor
    negative: Tensor

    def __len__(self) -> int:
        """How many triplets there are."""
        return self.anchor.numel()

    def select(self, distances: Tensor) -> tuple[Tensor, Tensor]:
        """Return d(A, P) and d(A, N), (T,) each, out of the (B, B + M) distances; differentiable.

        Through `index_select`, whose gradient adds up in a fixed order; that of `distances[i, j]`
        does not once it runs on several threads, and a training would not repeat bit for bit.
        """
        flat, columns = distances.flatten(), distances.shape[1]
        rows = self.anchor * columns  # (T,)
        return (
            flat.index_select(0, rows + self.positive),
            flat.index_select(0, rows + self.negative),
        )


@torch.no_grad()
def batch_hard(distances: Tensor, labels: Tensor, *, bank_labels: Tensor | None = None) -> Triplets:
    """Return for each anchor its farthest positive and its nearest negative.

    Batch-hard mining of Hermans, Beyer & Leibe 2017. `distances`: (B, B + M); `labels`: (B,) int,
    who each row is; `bank_labels`: (M,) int, who is in the bank, or None if none of the batch is.
    An anchor alone of its person, or without a negative, gives no triplet. Raises ValueError if
    the shapes do not fit.
    """
    mated, non_mated = _truth(distances, labels, bank_labels)
    within = distances[:, : len(labels)]
    positive = torch.where(mated, within, -torch.inf).argmax(dim=1)  # (B,)
    negative = torch.where(non_mated, distances, torch.inf).argmin(dim=1)  # (B,)
    anchor = (mated.any(dim=1) & non_mated.any(dim=1)).nonzero().squeeze(1)  # (T,)
    return Triplets(anchor, positive[anchor], negative[anchor])


@torch.no_grad()
def semi_hard(
    distances: Tensor, labels: Tensor, margin: float, *, bank_labels: Tensor | None = None
) -> Triplets:
    """Return for each mated pair the nearest negative beyond the positive but within the margin.

    Semi-hard negatives of FaceNet (Schroff et al. 2015): d(A, P) < d(A, N) < d(A, P) + margin,
    among them the hardest. A pair without such a negative gives no triplet. Shapes and errors as
    for `batch_hard`.
    """
    mated, non_mated = _truth(distances, labels, bank_labels)
    anchor, positive = mated.nonzero(as_tuple=True)  # (T,) each
    candidates = distances[anchor]  # (T, B + M)
    near = distances[anchor, positive][:, None]  # (T, 1)
    allowed = non_mated[anchor] & (candidates > near) & (candidates < near + margin)
    found = allowed.any(dim=1)  # (T,)
    negative = torch.where(allowed, candidates, torch.inf)[found].argmin(dim=1)
    return Triplets(anchor[found], positive[found], negative)


@torch.no_grad()
def all_valid(distances: Tensor, labels: Tensor, *, bank_labels: Tensor | None = None) -> Triplets:
    """Return every triplet there is: P x K rows give P K (K - 1) (P K - K + M) of them.

    Called batch-all by Hermans, Beyer & Leibe 2017; take the loss over the active ones only.
    Shapes and errors as for `batch_hard`; of the distances only the shape matters.
    """
    mated, non_mated = _truth(distances, labels, bank_labels)
    anchor, positive = mated.nonzero(as_tuple=True)
    pair, negative = non_mated[anchor].nonzero(as_tuple=True)
    return Triplets(anchor[pair], positive[pair], negative)


def _truth(distances: Tensor, labels: Tensor, bank_labels: Tensor | None) -> tuple[Tensor, Tensor]:
    """Return who is mated with whom, (B, B) without oneself, and who is not, (B, B + M)."""
    rows, columns = distances.shape
    extra = columns - rows
    if labels.shape != (rows,) or extra < 0:
        raise ValueError(f"{labels.shape} labels do not fit distances of {distances.shape}")
    if bank_labels is not None and bank_labels.shape != (extra,):
        raise ValueError(f"{bank_labels.shape} labels do not fit a bank of {extra}")
    same = labels[:, None] == labels[None, :]  # (B, B)
    if bank_labels is None:
        strangers = torch.ones(rows, extra, dtype=torch.bool, device=labels.device)
    else:
        strangers = labels[:, None] != bank_labels[None, :]  # (B, M)
    mated = same & ~torch.eye(rows, dtype=torch.bool, device=labels.device)
    return mated, torch.cat([~same, strangers], dim=1)
